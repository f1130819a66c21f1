"""So sánh of dossiers: what changed since as many months just before, never across the change of eras."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dunghen.ui.comparison.change import period_before


@pytest.mark.parametrize(
    ("days", "before"),
    [
        (("2026-07-01", "2026-09-30"), ("2026-04-01", "2026-06-30")),
        (("2026-01-01", "2026-01-31"), ("2025-12-01", "2025-12-31")),
        (("2025-07-01", "2025-07-31"), None),
        (("2026-01-01", "2026-10-31"), None),
        (("2026-10-01", "2026-10-15"), None),
        (("2026-07-02", "2026-07-31"), None),
    ],
)
def test_the_period_before(days: tuple[str, str], before: tuple[str, str] | None) -> None:
    first, last = map(dt.date.fromisoformat, days)
    expected = before and tuple(map(dt.date.fromisoformat, before))
    assert period_before(first, last) == expected


def test_a_month_is_held_against_the_month_before(
    open_small_country: Callable[..., AppTest], words_of: Callable[[AppTest], str]
) -> None:
    page = open_small_country("pages/so_sanh.py", trong="M", tu="2025-12-01", den="2025-12-31")
    text = words_of(page)
    assert "So với tháng 11/2025" in text
    assert "**0** đơn vị tăng, **0** giảm, **2** chưa đủ căn cứ" in text


def test_published_reports_are_never_subtracted(
    open_small_country: Callable[..., AppTest], words_of: Callable[[AppTest], str]
) -> None:
    text = words_of(open_small_country("pages/so_sanh.py", trong="P"))
    assert "đơn vị tăng" not in text
