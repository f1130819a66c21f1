"""The figures of index scores place what the rows say and say in text what they show in colour."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from dunghen.figures.criteria import breakdown, heat_map

LOW: dict[str, Any] = {
    "authority_name": "Tỉnh A",
    "criterion_code": "6",
    "position": 6,
    "criterion_name_vi": "Cải cách tài chính công",
    "score": Decimal(5),
    "max_score": Decimal(7),
    "points_lost": Decimal(2),
    "score_share": 5 / 7,
}
FULL: dict[str, Any] = LOW | {
    "criterion_code": "4",
    "position": 4,
    "criterion_name_vi": "Cải cách tổ chức bộ máy",
    "score": Decimal(6),
    "max_score": Decimal(6),
    "points_lost": Decimal(0),
    "score_share": 1.0,
}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_bar_a_criterion_with_its_mark_at_three_quarters(theme: str) -> None:
    figure = breakdown([LOW, FULL], {"6": "12/12 hạng"}, "vi", theme)
    gained, lost, marks = figure["data"]

    assert gained["x"] == [5.0, 6.0]
    assert lost["x"] == [2.0, 0.0]
    assert marks["x"] == [5.25, 4.5]


def test_the_text_beside_a_bar_says_score_loss_rank_and_mark() -> None:
    figure = breakdown([LOW, FULL], {"6": "12/12 hạng"}, "vi", "light")
    texts = [note["text"] for note in figure["layout"]["annotations"]]

    assert "5 / 7" in texts[1]
    assert "−2" in texts[1]
    assert "12/12 hạng" in texts[1]
    assert "▼ dưới 75%" in texts[1]
    assert "▼" not in texts[3]


def test_a_criterion_without_a_score_is_left_out() -> None:
    figure = breakdown([LOW | {"score": None}, FULL], {}, "vi", "light")

    assert figure["data"][0]["x"] == [6.0]


def test_the_heat_map_marks_what_is_under_three_quarters_in_text() -> None:
    other = FULL | {"authority_name": "Tỉnh B"}
    (cells,) = heat_map([LOW, FULL, other], "vi", "light")["data"]

    assert cells["x"] == ["4", "6"]
    assert cells["y"] == ["Tỉnh A", "Tỉnh B"]
    assert cells["text"] == [["100", "▼71"], ["100", "–"]]
    assert cells["z"][1][1] is None


def test_a_cell_just_under_the_mark_does_not_read_as_the_mark() -> None:
    shares = {"Tỉnh A": 0.7451, "Tỉnh B": 0.7499, "Tỉnh C": 0.75, "Tỉnh D": 0.7541}
    rows = [LOW | {"authority_name": name, "score_share": share} for name, share in shares.items()]
    (cells,) = heat_map(rows, "vi", "light")["data"]

    assert cells["text"] == [["▼74,5"], ["▼74,99"], ["75"], ["75"]]
