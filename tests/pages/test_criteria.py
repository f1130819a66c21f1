"""Tiêu chí: where points are lost, sums and ranks as published, editions and measures kept apart."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

PAGE = "pages/tieu_chi.py"
OpenPage = Callable[..., AppTest]
WordsOf = Callable[[AppTest], str]


def test_dong_tam_shows_its_sums_its_rank_and_the_one_criterion_under_the_mark(
    open_page: OpenPage, words_of: WordsOf
) -> None:
    text = words_of(open_page(PAGE, ma="11203-2024"))

    assert "87,75 / 100 điểm · hạng công bố 9/20 xã" in text
    assert "Cộng các tiêu chí: 87,747 – công bố 87,75 (làm tròn). Điểm tối đa cộng lại: 100 / 100." in text
    assert "Bốn tiêu chí chiếm 78% số điểm mất" in text
    assert "(5/7 = 71,4%) là tiêu chí duy nhất dưới 75%" in text
    assert "Hoàn thành tốt nhiệm vụ" in text
    assert "nguồn không nói ngưỡng" in text


def test_the_nation_lays_its_provinces_side_by_side(open_page: OpenPage, words_of: WordsOf) -> None:
    page = open_page(PAGE)

    assert "34/34 đơn vị dưới 75%" in words_of(page)
    assert len(page.get("plotly_chart")) == 1


def test_the_finding_is_of_the_period_looked_at(open_page: OpenPage, words_of: WordsOf) -> None:
    year = words_of(open_page(PAGE, bo="service_quality_index", tu="2025-01-01", den="2025-10-31"))
    month = words_of(open_page(PAGE, bo="service_quality_index", tu="2025-10-01", den="2025-10-31"))

    def finding(text: str) -> str:
        return next(line for line in text.split("\n") if "đơn vị đứng giữa đạt" in line)

    assert finding(year) != finding(month)


def test_regions_and_provinces_of_one_edition_are_chosen_between(
    open_page: OpenPage, words_of: WordsOf
) -> None:
    text = words_of(open_page(PAGE, bo="par_index", ban="2023", cap="region"))

    assert "Vùng Đồng bằng sông Hồng" in text
    assert "[Thành phố Hải Phòng]" not in text


def test_an_index_without_criteria_is_a_table_of_published_ranks(
    open_page: OpenPage, words_of: WordsOf
) -> None:
    page = open_page(PAGE, bo="par_index", ban="2024")

    assert len(page.get("plotly_chart")) == 0
    assert "Hạng công bố" in words_of(page)


def test_an_edition_that_is_not_there_is_not_replaced(open_page: OpenPage, words_of: WordsOf) -> None:
    page = open_page(PAGE, bo="sipas", ban="1999")

    assert "Không có điểm cho chỉ số, bản tiêu chí hoặc kỳ" in words_of(page)
    assert len(page.get("plotly_chart")) == 0


def test_self_and_appraised_scores_stand_beside_each_other(open_page: OpenPage, words_of: WordsOf) -> None:
    text = words_of(open_page(PAGE, ma="nhom-36-khoi-so"))

    assert "tự chấm" in text
    assert "thẩm định" in text


def test_a_place_without_scores_leads_to_places_with_them(open_page: OpenPage, words_of: WordsOf) -> None:
    page = open_page(PAGE, ma="296")

    assert "Chưa có bảng điểm nào của **Huyện Bình Giang**" in words_of(page)


def test_edition_and_measure_are_named_and_kept_apart(open_page: OpenPage, words_of: WordsOf) -> None:
    text = words_of(open_page(PAGE, ma="25"))

    assert "bản tiêu chí 2025" in text
    assert "ba thước đo khác nhau" in text


def test_periods_stand_newest_first_and_say_when_one_authority_alone_has_them(open_page: OpenPage) -> None:
    page = open_page(PAGE, trong="VN", bo="service_quality_index")
    (periods,) = [box for box in page.selectbox if box.label == "Kỳ"]

    assert periods.value == "01/01 – 31/10/2025"
    assert periods.options == [
        "17/11 – 23/11/2025 · chỉ Hồ Chí Minh",
        "10/11 – 16/11/2025 · chỉ Hồ Chí Minh",
        "01/01 – 31/10/2025",
        "01/10 – 31/10/2025",
        "21/09 – 20/10/2025 · chỉ Gia Lai",
    ]


def test_a_place_is_not_named_as_its_own_place(open_page: OpenPage) -> None:
    labels = [link.proto.label for link in open_page(PAGE, trong="MH").main.get("page_link")]
    assert any(label.startswith("Tỉnh An Giang: ") for label in labels), labels
    assert not any("Tỉnh An Giang (" in label for label in labels)
