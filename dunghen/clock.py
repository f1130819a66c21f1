"""What the time is in Vietnam, where the figures are made and looked at."""

from __future__ import annotations

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The time in Vietnam to the second, without a zone, as all times of dossiers are."""
    return datetime.now(VIETNAM).replace(tzinfo=None, microsecond=0)


def today() -> date:
    """The day in Vietnam; `$DUNGHEN_TODAY` (YYYY-MM-DD) takes its place in trials with other days.

    Raises ValueError where that is no day.
    """
    told = os.environ.get("DUNGHEN_TODAY")
    return date.fromisoformat(told) if told else now().date()
