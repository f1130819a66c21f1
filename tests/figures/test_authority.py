"""The dots of published shares place what the rows say and are joined to nothing."""

from __future__ import annotations

from decimal import Decimal

from dunghen.figures.authority import shares


def test_published_shares_are_dots_without_a_line() -> None:
    rows = [
        {"value": Decimal("84.52"), "period_label": "tháng 06/2026"},
        {"value": Decimal("31.58"), "period_label": "tháng 04/2026"},
    ]
    (dots,) = shares(rows, "vi", "dark")["data"]

    assert dots["mode"] == "markers+text"
    assert dots["x"] == [84.52, 31.58]
    assert dots["text"] == ["84,52%", "31,58%"]
