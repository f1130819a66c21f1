"""The strip: every sibling drawn, none hiding another, the axis around all of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dunghen.light.strip import HALF_HEIGHT, MARGIN, MARK, MIDDLE, WIDTH, stacked, strip


def _row(code: str, rate: float | None, band: str | None = "as_expected") -> dict[str, Any]:
    return {"authority_code": code, "rate": rate, "band": band}


ROWS = [
    _row("low", 0.80, "clearly_below"),
    _row("here", 0.89),
    _row("twin", 0.89),
    _row("high", 0.99, "leaning_above"),
    _row("none", None, None),
]


def test_every_other_authority_with_a_rate_is_drawn_once() -> None:
    drawn = strip(ROWS, "here", 0.95)
    assert drawn is not None
    assert drawn.authorities == 4
    assert {band: path.count("M") for band, path in drawn.paths} == {
        "clearly_below": 1,
        "as_expected": 1,
        "leaning_above": 1,
    }


def test_the_axis_holds_all_rates_and_the_reference() -> None:
    drawn = strip([_row("here", 0.981), _row("b", 0.985)], "here", 0.95)
    assert drawn is not None
    assert drawn.ticks[0].share <= 0.95
    assert drawn.ticks[-1].share >= 0.985
    assert MARGIN <= drawn.reference < drawn.here <= WIDTH - MARGIN
    assert drawn.ticks[0].x == MARGIN


@pytest.mark.parametrize("rates", [(1.0, 1.0), (0.0, 0.0), (0.0, 1.0)])
def test_the_axis_never_leaves_0_to_100(rates: tuple[float, float]) -> None:
    drawn = strip([_row("here", rates[0]), _row("b", rates[1])], "here", 0.95)
    assert drawn is not None
    assert all(0 <= tick.share <= 1 for tick in drawn.ticks)
    assert len(drawn.ticks) >= 2


def test_alone_or_without_a_rate_there_is_nothing_to_compare() -> None:
    assert strip(ROWS, "none", 0.95) is None
    assert strip(ROWS, "unknown", 0.95) is None
    assert strip(ROWS[:1], "low", 0.95) is None


@given(st.lists(st.floats(MARGIN, WIDTH - MARGIN), max_size=45).map(sorted))
def test_marks_do_not_hide_each_other_while_there_is_room(places: list[float]) -> None:
    heights = stacked(places)
    assert all(abs(y - MIDDLE) <= HALF_HEIGHT for y in heights)
    lanes = int(HALF_HEIGHT / MARK) * 2 + 1
    crowded = any(sum(abs(x - other) < MARK for other in places) > lanes for x in places)
    marks = list(zip(places, heights, strict=True))
    hidden = [
        (one, two)
        for place, one in enumerate(marks)
        for two in marks[place + 1 :]
        if one[1] == two[1] and two[0] - one[0] < MARK
    ]
    assert crowded or hidden == []
