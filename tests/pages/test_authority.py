"""Đơn vị: the worked examples as a visitor reads them, and no dead end for anybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dunghen import questions
from dunghen.scope import Scope

PAGE = "pages/don_vi.py"
OpenPage = Callable[..., AppTest]
WordsOf = Callable[[AppTest], str]


def test_binh_giang_shows_three_rates_and_what_is_missing(open_page: OpenPage, words_of: WordsOf) -> None:
    page = open_page(PAGE, ma="296")
    text = words_of(page)

    assert page.metric[0].value == "99,86%"
    assert "43.250 / 43.310" in text
    assert "**99,51%** = 43.250 / 43.462" in text
    assert "Nơi công bố ghi: **99,9%** (ứng với cách tính: không trễ trên tổng xử lý)" in text
    assert "43.462 − 43.250 − 60 = 152 hồ sơ nguồn không nói kết quả" in text


def test_kien_xuong_never_shows_its_share_resolved_as_on_time(open_page: OpenPage, words_of: WordsOf) -> None:
    page = open_page(PAGE, ma="343")
    text = words_of(page)

    assert len(page.metric) == 0
    assert "chưa tính được tỷ lệ đúng hạn" in text
    assert "**1.745**" in text
    assert "90,3% là phần đã giải quyết, không phải tỷ lệ đúng hạn" in text


def test_the_land_office_of_vinh_thuan_has_one_rate_and_lacks_another(
    open_page: OpenPage, words_of: WordsOf
) -> None:
    text = words_of(open_page(PAGE, ma="910"))

    assert "**82,55%** = 866 / 1.049" in text
    assert "Nguồn không nêu số hồ sơ: trễ hạn." in text
    assert "**97,60%** = 1.181 / 1.210" in text


def test_nothing_and_nothing_is_no_rate(open_page: OpenPage, words_of: WordsOf) -> None:
    page = open_page(PAGE, ma="H44.23")

    assert len(page.metric) == 0
    assert "chưa có hồ sơ, nên chưa có tỷ lệ đúng hạn" in words_of(page)


def test_two_sets_of_phu_tho_stand_side_by_side(open_page: OpenPage, words_of: WordsOf) -> None:
    text = words_of(open_page(PAGE, ma="25"))

    assert "**88,42%** = 528.684 / 597.918" in text
    assert "**88,40%** = 530.487 / 600.081" in text
    assert "Tháng nào cũng thấp hơn số lũy kế cả năm" in text


def test_the_address_chooses_the_period(open_page: OpenPage) -> None:
    page = open_page(PAGE, ma="25", tu="2026-01-01", den="2026-09-26")

    assert "528.684 / 597.918" in page.metric[0].label + "".join(part.value for part in page.markdown[:4])


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ({"den": "2020-12-31"}, "không có báo cáo của kỳ"),
        ({"cach": "resolved"}, "không đủ số liệu cho cách tính"),
    ],
)
def test_a_figure_that_is_not_there_is_not_replaced(
    open_page: OpenPage, words_of: WordsOf, address: dict[str, str], words: str
) -> None:
    page = open_page(PAGE, ma="25", **address)

    assert words in words_of(page)
    assert len(page.metric) == 0


def test_an_unknown_code_gets_a_sentence(open_page: OpenPage, words_of: WordsOf) -> None:
    text = words_of(open_page(PAGE, ma="nobody"))

    assert "Không có đơn vị này" in text
    assert "nobody" in text


def test_a_commune_without_figures_is_no_dead_end(open_page: OpenPage, words_of: WordsOf) -> None:
    text = words_of(open_page(PAGE, ma="11203"))

    assert "Chưa thấy công bố số liệu đúng hạn nào" in text
    assert "Số liệu của **Thành phố Hải Phòng**, không phải của Xã Ninh Giang" in text
    assert "qua Thị trấn Ninh Giang · **100%** (127/127" in text
    assert "Cơ quan muốn công bố?" in text


def test_a_province_leads_down_to_its_communes(open_page: OpenPage) -> None:
    labels = [box.label.replace("\\", "") for box in open_page(PAGE, ma="25").expander]

    assert any("đơn vị trong Tỉnh Phú Thọ" in label for label in labels)


def test_a_group_is_called_a_group(open_page: OpenPage, words_of: WordsOf) -> None:
    assert "một nhóm đơn vị" in words_of(open_page(PAGE, ma="nhom-36-khoi-so"))


def test_without_a_code_everybody_with_figures_is_listed(open_page: OpenPage, words_of: WordsOf) -> None:
    text = words_of(open_page(PAGE, cap="district"))

    assert "[Huyện Bình Giang](/don-vi?ma=296)" in text
    assert "**99,86%** = 43.250 / 43.310" in text


def test_english_is_complete(open_page: OpenPage, words_of: WordsOf) -> None:
    page = open_page(PAGE, ma="296", lang="en")

    assert "43,250 / 43,310" in words_of(page)
    assert any(box.label.startswith("What the source does not tell") for box in page.expander)


@pytest.mark.slow
def test_every_kind_of_authority_with_figures_opens(open_page: OpenPage, published: object) -> None:
    rows = questions.ask("authority_with_figures", Scope()).rows
    chosen = {(row["level"], bool(row["editions"]), row["definition_code"]): row for row in rows}

    assert len(chosen) > 10
    for row in chosen.values():
        assert open_page(PAGE, ma=row["authority_code"]).title[0].value == row["authority_name"]


def test_where_it_stands_is_told_once_and_what_is_not_known_is_folded(
    open_page: OpenPage, words_of: WordsOf
) -> None:
    page = open_page(PAGE, ma="25")

    told = [line for line in words_of(page).split("\n") if line.startswith(("▼", "▽", "●", "△", "▲"))]
    assert len(told) == 1
    (folded,) = [box for box in page.expander if box.label.startswith("Nguồn không cho biết")]
    assert "tiếp nhận" in folded.markdown[0].value


@pytest.mark.parametrize(("code", "day"), [("296", "11/12/2023"), ("MH", "31/10/2026"), ("VN", None)])
def test_how_fresh_is_said_of_the_figures_shown(
    open_page: OpenPage, words_of: WordsOf, code: str, day: str | None
) -> None:
    whole = f"{questions.snapshot_in_view().as_of:%d/%m/%Y}"
    page = open_page(PAGE, ma=code)
    said = [*(part.value for part in page.sidebar.caption), words_of(page)]
    assert all(f"Số liệu đến {day or whole}" in text for text in said), said[0]
    assert day is None or not any(f"Số liệu đến {whole}" in text for text in said)
