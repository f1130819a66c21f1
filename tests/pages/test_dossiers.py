"""Đơn vị with dossiers: the headline and what stands beside it, months, parts with small numbers hidden."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dunghen.ui.dossiers.looked import name_of_period

PAGE = "pages/don_vi.py"
PARTS_WITHOUT_CHANNELS = """
import datetime as dt
from dunghen.ui.dossiers import parts
from dunghen.ui.dossiers.looked import Looked

looked = Looked({"authority_code": "M1"}, "own", dt.date(2025, 11, 1), dt.date(2025, 12, 31))
parts.show_parts(looked, "field", are_channels_known=False)
"""
OpenPage = Callable[..., AppTest]
WordsOf = Callable[[AppTest], str]


def test_the_headline_says_that_it_is_computed_from_dossiers(
    open_small_country: OpenPage, words_of: WordsOf
) -> None:
    page = open_small_country(PAGE, ma="M1")
    text = words_of(page)

    assert "đã giải quyết 16 hồ sơ; 14 hồ sơ đúng hạn, 2 hồ sơ trễ hạn. Tính từ hồ sơ" in text
    assert "87,5%" in page.metric[0].value
    assert "nguồn ghi" not in page.caption[0].value


def test_what_stands_beside_the_headline(open_small_country: OpenPage, words_of: WordsOf) -> None:
    text = words_of(open_small_country(PAGE, ma="M1"))

    for told in (
        "**phải bổ sung giấy tờ**: 2 / 16 hồ sơ",
        "**trả lại hoặc rút**: 1 / 17 hồ sơ",
        "9 trong 10",
    ):
        assert told in text
    assert "**đang quá hạn, chưa xong**: vào ngày 31/12/2025" in text
    assert "Đến hạn trong 3 ngày làm việc tới: **0** hồ sơ" in text


def test_what_one_export_does_not_tell_is_said_to_be_unknown(
    open_small_country: OpenPage, words_of: WordsOf
) -> None:
    """M2 tells moved promises of November and not of December: of both together they are not known."""
    for code, whose in (("M2", "Bản xuất của cơ quan (ít nhất ở một kỳ)"), ("M", "ít nhất một cơ quan")):
        text = words_of(open_small_country(PAGE, ma=code))
        assert "**Chưa biết**: phải bổ sung giấy tờ; bị dời ngày hẹn; đúng hạn" in text
        assert f"{whose} không có mục này" in text
        assert "**phải bổ sung giấy tờ**" not in text
        assert "**trả lại hoặc rút**" in text
    assert "- tiếp nhận trực tuyến" in words_of(open_small_country(PAGE, ma="M2"))
    november = {"tu": "2025-11-01", "den": "2025-11-30", "so-lieu": "dossiers"}
    assert "**phải bổ sung giấy tờ**: 1 / 8 hồ sơ" in words_of(open_small_country(PAGE, ma="M2", **november))


def test_any_month_can_be_chosen_by_the_address(open_small_country: OpenPage, words_of: WordsOf) -> None:
    page = open_small_country(PAGE, ma="M1", tu="2025-12-01", den="2025-12-31", **{"so-lieu": "dossiers"})
    text = words_of(page)

    assert "Trong tháng 12/2025" in text
    assert "7 hồ sơ đúng hạn, 1 hồ sơ trễ hạn" in text


def test_a_run_that_is_not_there_is_not_replaced(open_small_country: OpenPage, words_of: WordsOf) -> None:
    text = words_of(open_small_country(PAGE, ma="M1", tu="2025-10-01", den="2025-12-31"))
    assert "không có báo cáo của kỳ" in text


def test_small_numbers_are_said_to_be_hidden(open_small_country: OpenPage, words_of: WordsOf) -> None:
    page = open_small_country(PAGE, ma="M1", tu="2025-12-01", den="2025-12-31", theo="field")
    text = words_of(page)

    assert "| Đất đai | :gray[ẩn] | dưới 5 |" in text
    assert "Dòng nào cũng có số bị che" in text
    assert "Số của cả năm thường ít bị che hơn" in text
    # what the two words mean stands above the table, in the line below the title
    assert any("“Dưới 5”: từ 1 đến 4 hồ sơ. “Ẩn”: không nêu số" in part.value for part in page.caption)


def test_parts_of_which_nothing_is_told_stand_in_one_line(open_page: OpenPage, words_of: WordsOf) -> None:
    """A table that says "hidden" twice in every row tells nothing: its rows are named below it instead."""
    page = open_page(PAGE, ma="MH-01", tu="2026-10-01", den="2026-10-31", theo="field")
    rows = page.main.markdown
    untold = next(part.value for part in rows if part.value.startswith("**Ẩn cả tỷ lệ lẫn số trễ hạn"))
    named = untold.partition(": ")[2].rstrip(".").split("; ")

    assert f"({len(named)})" in untold
    assert "| :gray[ẩn] | ẩn |" not in words_of(page)


def test_a_month_is_named_as_a_month_though_its_quarter_is_running(
    open_page: OpenPage, words_of: WordsOf
) -> None:
    page = open_page(PAGE, ma="MH-01", tu="2026-10-01", den="2026-10-31", **{"so-lieu": "dossiers"})

    assert page.selectbox[0].options.count("Tháng 10/2026") == 1
    assert page.selectbox[0].value == (dt.date(2026, 10, 1), dt.date(2026, 10, 31))
    assert "tháng 10/2026 ·" in words_of(page)
    assert "quý IV/2026" not in words_of(page)


def test_rows_are_counted_as_hidden_for_what_is_shown_of_them(
    open_small_country: OpenPage, words_of: WordsOf
) -> None:
    text = words_of(open_small_country(PAGE, ma="M1", theo="channel"))
    assert "có số bị che" not in text


def test_the_classes_of_days_late_are_hidden_too(open_small_country: OpenPage, words_of: WordsOf) -> None:
    text = words_of(open_small_country(PAGE, ma="M1", theo="days_late"))
    assert "Dòng nào cũng có số bị che" in text


def test_ages_that_are_not_told_say_when_they_are(open_small_country: OpenPage, words_of: WordsOf) -> None:
    text = words_of(open_small_country(PAGE, ma="M1"))
    assert "chỉ khi không khoảng nào có từ 1 đến 4 hồ sơ" in text


def test_how_many_are_overdue_is_said_where_their_ages_are_hidden(
    open_page: OpenPage, words_of: WordsOf
) -> None:
    """An office's own ages are told nowhere: its page says how many there are in all, or that none is."""
    some, none = (words_of(open_page(PAGE, ma=code)) for code in ("MH-02", "MH-10"))

    overdue = re.search(r"Đang quá hạn, chưa xong: \*\*(\d+)\*\* hồ sơ\. Thời gian quá hạn", some)
    assert overdue is not None
    assert f"| quá hạn chưa xong | **{overdue[1]}** |" in some
    assert "Không có hồ sơ nào đang quá hạn." in none
    assert "Thời gian quá hạn" not in none


def test_a_channel_that_no_export_tells_is_missed_where_one_looks_for_it(
    open_small_country: OpenPage, words_of: WordsOf
) -> None:
    missed = "**Cách nộp: chưa biết**, vì bản xuất của cơ quan"
    assert missed in words_of(AppTest.from_string(PARTS_WITHOUT_CHANNELS, default_timeout=60).run())
    assert missed not in words_of(open_small_country(PAGE, ma="M1"))


def test_a_period_that_is_over_and_not_broken_down_says_why(open_page: OpenPage, words_of: WordsOf) -> None:
    """Nobody handed anything in on the dream island in October 2025."""
    october = {"tu": "2025-10-01", "den": "2025-10-31", "so-lieu": "dossiers"}
    text = words_of(open_page(PAGE, ma="MH-12", **october))

    assert "Kỳ này không có số chia nhỏ: quá ít hồ sơ" in text
    assert "Hãy chọn một kỳ đã hết" not in text


def test_the_form_of_the_period_can_be_had(open_small_country: OpenPage, words_of: WordsOf) -> None:
    text = words_of(open_small_country(PAGE, ma="M1"))
    address = "form-ii06a.xlsx?from=2025-11-01&to=2025-12-31&coverage=own&record_kind=dossiers"
    assert f"/api/v1/authorities/M1/{address}" in text


def test_published_figures_have_neither_months_nor_parts(
    open_small_country: OpenPage, words_of: WordsOf
) -> None:
    text = words_of(open_small_country(PAGE, ma="A"))
    for nowhere in ("Từng tháng", "Chia nhỏ", "Tính từ hồ sơ", "minh họa"):
        assert nowhere not in text


@pytest.mark.parametrize(
    ("kind", "first", "last", "name"),
    [
        ("month", dt.date(2026, 10, 1), dt.date(2026, 10, 15), "tháng 10/2026 (đến 15/10/2026)"),
        ("month", dt.date(2026, 10, 1), dt.date(2026, 10, 31), "tháng 10/2026"),
        ("quarter", dt.date(2026, 7, 1), dt.date(2026, 9, 30), "quý III/2026"),
        ("year", dt.date(2024, 7, 1), dt.date(2024, 12, 31), "năm 2024 (từ 01/07/2024)"),
        ("year", dt.date(2025, 1, 1), dt.date(2025, 12, 31), "năm 2025"),
        ("run", dt.date(2026, 3, 1), dt.date(2026, 5, 31), "từ tháng 3/2026 đến tháng 5/2026"),
    ],
)
def test_periods_in_words(kind: str, first: dt.date, last: dt.date, name: str) -> None:
    assert name_of_period(kind, first, last, "vi") == name


def test_a_period_without_parts_leads_to_the_newest_that_have_them(open_page: OpenPage) -> None:
    page = open_page(PAGE, ma="MH-S2", tu="2026-09-01", den="2026-10-31", **{"so-lieu": "dossiers"})
    labels = [link.proto.label for link in page.main.get("page_link")]
    assert [label for label in labels if label.startswith(("Năm", "Quý", "Tháng"))] == [
        "Năm 2025",
        "Quý III/2026",
        "Tháng 10/2026",
    ]
