"""The strip of siblings and the dots of published shares place what the rows say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from dunghen.figures.authority import shares, strip


def sibling(code: str, rate: float | None, band: str | None = "as_expected") -> dict[str, Any]:
    return {
        "authority_code": code,
        "authority_name": f"Xã {code}",
        "rate": rate,
        "numerator": None if rate is None else round(rate * 100),
        "denominator": 100,
        "band": band,
    }


ROWS = [
    sibling("low", 0.8, "clearly_below"),
    sibling("mine", 0.9),
    sibling("twin", 0.9),
    sibling("silent", None, None),
]


def test_everybody_with_a_rate_is_on_the_strip_once_and_the_own_one_last() -> None:
    figure = strip(ROWS, "mine", [(0.95, "mốc 95%")], "vi", "light")

    assert [trace["x"] for trace in figure["data"]] == [[0.8], [0.9], [0.9]]
    assert figure["data"][-1]["name"] == "Xã mine"
    assert figure["data"][-1]["marker"]["symbol"] == "diamond"


def test_dots_of_one_rate_do_not_cover_one_another() -> None:
    figure = strip([sibling(str(n), 0.9) for n in range(4)], "none", [], "vi", "light")

    heights = figure["data"][0]["y"]
    assert len(set(heights)) == 4


def test_a_mark_is_drawn_and_named() -> None:
    figure = strip(ROWS, "mine", [(0.95, "mốc 95%"), (0.85, "gộp chung 85%")], "vi", "light")

    assert [shape["x0"] for shape in figure["layout"]["shapes"]] == [0.95, 0.85]
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["gộp chung 85%", "mốc 95%"]


def test_published_shares_are_dots_without_a_line() -> None:
    rows = [
        {"value": Decimal("84.52"), "period_label": "tháng 06/2026"},
        {"value": Decimal("31.58"), "period_label": "tháng 04/2026"},
    ]
    (dots,) = shares(rows, "vi", "dark")["data"]

    assert dots["mode"] == "markers+text"
    assert dots["x"] == [84.52, 31.58]
    assert dots["text"] == ["84,52%", "31,58%"]
