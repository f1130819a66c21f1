"""Days and working days of the imaginary world, as numbers that numpy can reckon with.

A moment is a number of seconds since EPOCH; NEVER is a moment that does not come.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TypeAlias

import holidays
import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.int64]

EPOCH = date(2024, 1, 1)
FIRST_DAY, LAST_DAY = date(2024, 7, 1), date(2026, 10, 31)
# two-level local government: districts and the communes of before end
LAST_DAY_OF_DISTRICTS = date(2025, 6, 30)
# promises, late endings and the clean-up after them reach beyond the last day
HORIZON = date(2030, 1, 1)
DAY = 86_400
NEVER = 10**12
OPENING, CLOSING = 7 * 3600 + 1800, 17 * 3600


def number_of(day: date) -> int:
    """How many days after EPOCH a day is."""
    return (day - EPOCH).days


@cache
def all_days() -> tuple[date, ...]:
    """Every day from EPOCH to HORIZON; its place is its number."""
    return tuple(EPOCH + timedelta(n) for n in range(number_of(HORIZON)))


@cache
def is_working_day() -> NDArray[np.bool_]:
    """Of every day by its number: is it Monday to Friday and no public holiday of Vietnam?"""
    free = holidays.country_holidays("VN", years=range(EPOCH.year, HORIZON.year))
    return np.array([day.weekday() < 5 and day not in free for day in all_days()])


@cache
def working_days() -> Numbers:
    """The numbers of all working days, ascending."""
    return np.flatnonzero(is_working_day())


@cache
def _working_days_to() -> Numbers:
    return np.cumsum(is_working_day())


def working_day_after(days: Numbers, steps: Numbers) -> Numbers:
    """The day that is so many working days after a day, which itself does not count.

    With 0 steps: the day itself where it is a working day, else the one before it.
    """
    found: Numbers = working_days()[_working_days_to()[days] + steps - 1]
    return found


def working_days_between(first: Numbers, last: Numbers) -> Numbers:
    """How many working days lie after the first day, up to and including the last."""
    found: Numbers = _working_days_to()[last] - _working_days_to()[first]
    return found


def next_working_day(days: Numbers) -> Numbers:
    """The day itself where it is a working day, else the first one after it."""
    return np.where(is_working_day()[days], days, working_day_after(days, np.ones_like(days)))


@cache
def rhythm() -> NDArray[np.float64]:
    """How much comes in on each day from FIRST_DAY to LAST_DAY, summing to 1.

    Mondays are full, weekends nearly empty, the weeks around Tết thin out and the one after is busy.
    """
    numbers = range(number_of(FIRST_DAY), number_of(LAST_DAY) + 1)
    weights = np.array([_weight(number) for number in numbers])
    shares: NDArray[np.float64] = weights / weights.sum()
    return shares


def _weight(number: int) -> float:
    day = all_days()[number]
    weekly = (1.25, 1.1, 1.0, 0.95, 0.9, 0.14, 0.05)[day.weekday()]
    if day.weekday() < 5 and not is_working_day()[number]:
        weekly = 0.04
    growth = 1 + 0.08 * (day - FIRST_DAY).days / 365
    return weekly * growth * _around_tet(day)


@cache
def _tet(year: int) -> date:
    found = holidays.country_holidays("VN", years=year).get_named("Lunar New Year", lookup="exact")
    return found[0]


def _around_tet(day: date) -> float:
    distance = (day - _tet(day.year)).days
    for last, share in ((-21, 1.0), (-8, 0.75), (-1, 0.4), (6, 0.5), (12, 0.7), (26, 1.3)):
        if distance <= last:
            return share
    return 1.0
