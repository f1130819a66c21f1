"""What stands behind the options of the commands: days, numbers. Others are refused in words."""

from __future__ import annotations

import time
from datetime import date

from dunghen import simulation
from dunghen.intake.errors import UnusableError

LAST_PORT = 65535
# More than any number that is asked for; Python reads none of some thousands.
_MOST_DIGITS = 18


def seconds(text: str) -> float:
    """A number of seconds from 0 on, decimals allowed. Raises `UnusableError` for anything else."""
    try:
        number = float(text)
    except ValueError:
        number = -1
    # filelock takes a negative number for ever; so does it one that is none
    if not 0 <= number < float("inf"):
        raise UnusableError("arguments.seconds", text=text)
    return number


def day(text: str) -> date:
    """A day as programs write it, or as people here do. Raises `UnusableError` for anything else."""
    try:
        is_vietnamese = "/" in text
        return date(*time.strptime(text, "%d/%m/%Y")[:3]) if is_vietnamese else date.fromisoformat(text)
    except ValueError:
        raise UnusableError("arguments.day", text=text) from None


def day_of_sample(text: str) -> date:
    """A day that the imaginary province has. Raises `UnusableError` for any other."""
    found, first, last = day(text), simulation.FIRST_DAY, simulation.LAST_DAY
    if not first <= found <= last:
        raise UnusableError("arguments.day_of_sample", first=first, last=last)
    return found


def port(text: str) -> int:
    """A port that can be listened at. Raises `UnusableError` for anything else."""
    if not 0 < (number := _whole(text) or 0) <= LAST_PORT:
        raise UnusableError("arguments.port", text=text, last=str(LAST_PORT))
    return number


def dossiers(text: str) -> int:
    """How many dossiers to write. Raises `UnusableError` for none and for too many."""
    if not 0 < (number := _whole(text) or 0) <= simulation.MOST_DOSSIERS:
        raise UnusableError("arguments.dossiers", text=text, last=simulation.MOST_DOSSIERS)
    return number


def seed(text: str) -> int:
    """A whole number from 0 on. Raises `UnusableError` for anything else."""
    if (number := _whole(text)) is None:
        raise UnusableError("arguments.seed", text=text)
    return number


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None
