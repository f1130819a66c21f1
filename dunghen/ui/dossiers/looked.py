"""Which dossiers a page looks at: whose, and of which months."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dunghen import questions
from dunghen.figures.dossiers import FIRST_DAY_OF_NEW_ERA
from dunghen.scope import PERIOD_KINDS, Scope
from dunghen.ui import address
from dunghen.words import formats

__all__ = ["FIRST_DAY_OF_NEW_ERA", "Looked", "name_of_days", "name_of_period", "periods"]

Row = Mapping[str, Any]

MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Looked:
    """The dossiers of one authority and coverage over a run of months, both days included."""

    authority: Row
    coverage: str
    first_day: dt.date
    last_day: dt.date

    @classmethod
    def at(cls, authority: Row, counts: Row) -> Looked:
        """Those that a row of counts was computed from (`result_by_report`, `headline_by_authority`)."""
        return cls(authority, counts["coverage"], counts["first_day"], counts["last_day"])

    @property
    def whose(self) -> Scope:
        """The dossiers of the authority and coverage, of all months."""
        return Scope(authority_code=self.authority["authority_code"], coverage=self.coverage)

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Which periods of the calendar the months are: `month`, `quarter`, `year`; none for other runs."""
        return tuple(
            kind for kind in PERIOD_KINDS if any(self.is_of(period) for period in periods(self.whose, kind))
        )

    @property
    def scope(self) -> Scope:
        """The dossiers of these months; asked as a run where the calendar has no such period."""
        return self.whose.but(
            first_day=self.first_day, last_day=self.last_day, record_kind="dossiers", is_run=not self.kinds
        )

    def is_of(self, row: Row) -> bool:
        """Whether a row speaks of these months."""
        return (row["first_day"], row["last_day"]) == (self.first_day, self.last_day)

    @property
    def is_over(self) -> bool:
        """Whether the months are a whole month, quarter or year of the calendar, nothing of it to come."""
        return any(_is_over(kind, self.last_day) for kind in self.kinds)

    def in_words(self) -> str:
        """The months in words: "quý III/2026", "năm 2026 (đến 31/10/2026)"."""
        # the shortest fits best: October is October, not the fourth quarter up to its first month
        kind = self.kinds[0] if self.kinds else "run"
        return name_of_period(kind, self.first_day, self.last_day, address.language())


def periods(whose: Scope, kind: str) -> tuple[Row, ...]:
    """The months, quarters or years for which the dossiers of an authority and coverage are counted."""
    return questions.ask("result_by_report", whose.but(record_kind="dossiers", period_kind=kind)).rows


def name_of_days(first_day: dt.date, last_day: dt.date, language: str) -> str:
    """A run of months in words, by the calendar where it is a period of it."""
    months = (last_day.year - first_day.year) * 12 + last_day.month - first_day.month
    if months == 0:
        kind = "month"
    elif months < MONTHS["quarter"] and first_day.month % MONTHS["quarter"] == 1:
        kind = "quarter"
    elif first_day.year == last_day.year and first_day.month == 1:
        kind = "year"
    else:
        kind = "run"
    return name_of_period(kind, first_day, last_day, language)


def name_of_period(kind: str, first_day: dt.date, last_day: dt.date, language: str) -> str:
    """A period in words; from or up to which day where it is not whole ("tháng 10/2026 (đến 15/10/2026)")."""
    if kind == "run":
        return address.text(
            "authority.period_kind.run",
            first=f"{first_day.month}/{first_day.year}",
            last=f"{last_day.month}/{last_day.year}",
        )
    name = address.text(
        f"authority.period_kind.{kind}",
        month=first_day.month,
        quarter=("I", "II", "III", "IV")[(first_day.month - 1) // 3],
        year=first_day.year,
    )
    if not _is_over(kind, last_day):
        name = address.text("authority.period_kind.until", name=name, day=formats.day(last_day, language))
    elif first_day.month % MONTHS[kind] != 1 % MONTHS[kind]:
        name = address.text("authority.period_kind.since", name=name, day=formats.day(first_day, language))
    return name


def _is_over(kind: str, last_day: dt.date) -> bool:
    ends_month = last_day.day == calendar.monthrange(last_day.year, last_day.month)[1]
    return ends_month and last_day.month % MONTHS[kind] == 0
