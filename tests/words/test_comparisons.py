"""Comparisons in words: what a group is called, who differs and in which direction, how a funnel is made."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dunghen.measures import Funnel
from dunghen.words import comparisons

Row = dict[str, Any]


def group(level: str, last_day: dt.date = dt.date(2026, 9, 26)) -> Row:
    return {"level": level, "last_day": last_day, "authority_name": "Tỉnh Phú Thọ"} | {
        "authorities_with_rate": 148,
        "denominator": 488_451,
        "definition_code": "portal",
        "first_day": dt.date(2026, 1, 1),
    }


@pytest.mark.parametrize(
    ("row", "title"),
    [
        (group("commune"), "Tỷ lệ đúng hạn của 148 xã, phường tỉnh Phú Thọ"),
        (group("commune", dt.date(2025, 6, 30)), "Tỷ lệ đúng hạn của 148 xã, phường, thị trấn tỉnh Phú Thọ"),
        (group("department"), "Tỷ lệ đúng hạn của 148 sở, ngành tỉnh Phú Thọ"),
        (group("province"), "Tỷ lệ đúng hạn của 148 tỉnh, thành phố"),
        (group("ministry"), "Tỷ lệ đúng hạn của 148 đơn vị thuộc tỉnh Phú Thọ"),
    ],
)
def test_a_title_names_what_is_compared_where(row: Row, title: str) -> None:
    assert comparisons.title(row) == title


def difference(size: float, low: float, high: float) -> Row:
    differ = low > 0 or high < 0
    return {"first_name": "A", "second_name": "B", "difference": size, "low": low, "high": high} | {
        "differ": differ
    }


def test_a_difference_is_told_from_the_first_ones_side() -> None:
    assert comparisons.difference_text(difference(-0.195, -0.208, -0.182)) == (
        "A thấp hơn B 19,5 điểm phần trăm (khoảng 95%: 18,2 đến 20,8): **khác nhau**."
    )
    assert comparisons.difference_text(difference(0.02, 0.01, 0.03), "en") == (
        "A is higher than B by 2.0 percentage points (95% interval: 1.0 to 3.0): **they differ**."
    )


def test_a_difference_within_the_margin_is_no_difference() -> None:
    assert comparisons.difference_text(difference(-0.012, -0.03, 0.006)) == (
        "A và B: chênh 1,2 điểm phần trăm (khoảng 95%: −0,6 đến 3,0), **chưa đủ căn cứ để nói khác nhau**."
    )


def test_bands_are_counted_from_below_to_above_and_the_small_only_if_there_are_any() -> None:
    rows = [{"band": band} for band in ("as_expected", "clearly_below", "as_expected", None)]
    counted = comparisons.band_counts(rows)

    assert list(counted.items()) == [
        ("clearly_below", 1),
        ("leaning_below", 0),
        ("as_expected", 2),
        ("leaning_above", 0),
        ("clearly_above", 0),
    ]
    assert comparisons.band_counts([*rows, {"band": "too_few"}])["too_few"] == 1


def test_a_rank_is_told_only_outside_the_usual_spread() -> None:
    told = {"rank": 148, "rank_of": 148, "band": "clearly_below"}

    assert comparisons.rank_text(told) == "148/148"
    assert comparisons.rank_text(told | {"band": "as_expected"}) == ""
    assert comparisons.rank_text(told | {"band": "too_few", "rank": None}) == ""


def test_a_funnel_tells_which_limits_it_has() -> None:
    spread = Funnel(0.9272, phi=38.22, tau=0.02771, authorities=148)
    text = comparisons.funnel_explained(spread, 111)

    assert "**111 trên 148 đơn vị** ra ngoài giới hạn 99,8%" in text
    assert "**φ = 38,2**" in text
    assert "**τ = 2,77 điểm phần trăm**" in text
    assert "p = 92,72%" in text
    assert comparisons.funnel_note(spread, group("commune")).startswith("Phễu 95% (nét đứt) và 99,8%")


def test_an_exact_funnel_says_so() -> None:
    exact = Funnel(0.9, phi=0.8, tau=0.0, authorities=3)

    assert "giới hạn nhị thức chính xác" in comparisons.funnel_explained(exact, 0)
    assert comparisons.funnel_note(exact, group("commune")).startswith("Phễu nhị thức chính xác")


def test_a_majority_is_told_only_above_half() -> None:
    largest = {"authority_name": "Sở A", "denominator": 760, "rate": 0.7, "share_of_group": 0.76}

    assert comparisons.majority(largest) == (
        "**Sở A** (760 hồ sơ, 70,0%) chiếm 76% số hồ sơ của nhóm: tỷ lệ chung gần như là của đơn vị này."
    )
    assert comparisons.majority({**largest, "share_of_group": 0.5}) == ""
    assert comparisons.majority(None) == ""


def test_a_table_tells_why_it_holds_more_than_the_heading() -> None:
    whole = {"rate": 0.9, "reason": None}
    empty, silent = {"rate": None, "reason": "no_dossiers"}, {"rate": None, "reason": "no_report"}

    assert comparisons.table_title([whole, whole]) == "Bảng 2 đơn vị"
    assert comparisons.table_title([whole, empty, silent, silent]) == (
        "Bảng 4 đơn vị: 1 có số liệu, 1 chưa có hồ sơ, 2 chưa có số liệu"
    )
