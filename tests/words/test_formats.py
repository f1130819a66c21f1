"""Numbers as they are read: published digits are kept, nothing rounds to what it is not."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from dunghen.words import formats


@pytest.mark.parametrize(
    ("share", "vi", "en"),
    [
        ("0.999000", "99,9%", "99.9%"),
        ("0.988400", "98,84%", "98.84%"),
        ("1", "100%", "100%"),
        ("0", "0%", "0%"),
    ],
)
def test_a_published_percentage_keeps_its_digits(share: str, vi: str, en: str) -> None:
    assert formats.published_percent(Decimal(share)) == vi
    assert formats.published_percent(Decimal(share), "en") == en


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.893, "89,3%"),
        (0.99861, "99,86%"),
        (0.99999, "99,99%"),
        (0.00001, "0,01%"),
        (1.0, "100%"),
        (0.0, "0%"),
        (None, "–"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_nothing(share: float | None, shown: str) -> None:
    assert formats.percent(share) == shown


def test_a_period_is_worded_by_its_source_in_vietnamese_and_by_its_days_in_english() -> None:
    days = {"first_day": dt.date(2025, 1, 1), "last_day": dt.date(2025, 10, 31)}
    year = days | {"period_label": "Điểm năm 2025"}
    undated = {"first_day": None, "last_day": None, "period_label": "hiện nay"}

    assert formats.period_named(year, "vi") == "Điểm năm 2025"
    assert formats.period_named(year, "en") == "1 Jan – 31 Oct 2025"
    assert formats.period_named(undated, "en") == "the source says “hiện nay”"
