"""The months of a light page: every rate drawn, the line broken where it must be."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dunghen.light.strip import WIDTH
from dunghen.light.trend import BOTTOM, LEFT, MOST_MONTHS, TOP, trend


def month(number: int, rate: float | None = 0.9, denominator: int = 50) -> dict[str, Any]:
    """The month `number` months after January 2025."""
    first = dt.date(2025 + number // 12, number % 12 + 1, 1)
    low, high = (None, None) if rate is None else (rate - 0.05, min(1.0, rate + 0.05))
    return {"first_day": first, "rate": rate, "low": low, "high": high, "denominator": denominator}


def test_the_line_breaks_at_the_eras_and_at_small_months() -> None:
    drawn = trend([month(3), month(4), month(6), month(7, denominator=29), month(8), month(9)])

    assert drawn is not None
    assert drawn.line.count("M") == 2
    assert (drawn.full.count("M"), len(drawn.hollow)) == (5, 1)
    assert drawn.strokes.count("M") == 6
    assert drawn.era is not None


def test_months_without_a_rate_leave_a_gap() -> None:
    drawn = trend([month(12), month(13, None), month(14), month(15)])

    assert drawn is not None
    assert drawn.line.count("M") == 1
    assert drawn.full.count("M") == 3
    assert drawn.era is None


def test_one_rate_is_no_trend() -> None:
    assert trend([month(12), month(13, None)]) is None
    assert trend([]) is None


def test_everything_lies_within_the_picture_and_the_newest_month_is_named() -> None:
    rows = [month(number, rate=number % 10 / 10) for number in range(MOST_MONTHS + 5)]
    drawn = trend(rows)

    assert drawn is not None
    assert drawn.months[-1].value == rows[-1]["first_day"]
    assert all(LEFT <= mark.place <= WIDTH for mark in drawn.months)
    assert all(TOP <= mark.place <= BOTTOM for mark in drawn.shares)
    assert drawn.strokes.count("M") == MOST_MONTHS
