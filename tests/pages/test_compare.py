"""So sánh: the communes and departments of Phú Thọ, the provinces, and addresses nothing answers to."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dunghen import questions
from dunghen.scope import Scope

PAGE = "pages/so_sanh.py"
OpenPage = Callable[..., AppTest]
WordsOf = Callable[[AppTest], str]


def main_links(page: AppTest) -> list[tuple[str, str]]:
    """Where the links of the main part lead: page and parameters."""
    return [(link.proto.page, link.proto.query_string) for link in page.main.get("page_link")]


def charts(page: AppTest) -> list[set[str]]:
    """The authorities that have a mark, for each chart."""
    specs = [json.loads(chart.proto.spec) for chart in page.get("plotly_chart")]
    return [{code for trace in spec["data"] for code in trace.get("customdata", ())} for spec in specs]


def test_the_communes_of_phu_tho(open_page: OpenPage, words_of: WordsOf) -> None:
    page = open_page(PAGE, trong="25")
    text = words_of(page).replace("\u00a0", " ")

    assert page.title[0].value == "Tỷ lệ đúng hạn của 148 xã, phường tỉnh Phú Thọ"
    assert ":red[▼] thấp rõ rệt **4**" in text
    assert ":orange[▽] hơi thấp **5**" in text
    assert ":gray[●] trong mức thường **136**" in text
    assert ":green[△] hơi cao **3**" in text
    assert ":green[▲] cao rõ rệt **0**" in text
    assert [metric.value for metric in page.metric] == ["92,7%", "88,4%", "94,5%", "95%"]
    assert "452.893 / 488.451 hồ sơ" in text
    assert "số công bố cho toàn tỉnh: 528.684 / 597.918 hồ sơ · hồ sơ của mọi cơ quan trên địa bàn" in text
    assert "số hồ sơ của nhóm: tỷ lệ chung" not in text
    assert "**42** đơn vị đạt mốc 95%, **69** dưới mốc, **37** chưa đủ căn cứ để nói" in text
    assert [len(codes) for codes in charts(page)] == [148, 15]
    assert all(chart.proto.alt for chart in page.get("plotly_chart"))


def test_periods_are_never_mixed_and_one_period_makes_no_change(
    open_page: OpenPage, words_of: WordsOf
) -> None:
    text = words_of(open_page(PAGE, trong="25"))

    assert "88,40% (530.487 / 600.081 hồ sơ)" in text
    assert "trang này chỉ dùng số từ 01/01 đến 26/09/2026" in text
    assert "Đây là kỳ duy nhất so sánh được ở cấp này" in text


def test_the_other_definitions_are_named_with_what_they_lack(open_page: OpenPage, words_of: WordsOf) -> None:
    lines = [line for line in words_of(open_page(PAGE, trong="25")).splitlines() if line.startswith("- **")]

    assert len(lines) == 6
    assert all("hưa có số liệu" in line or "Nguồn không" in line for line in lines), lines


def test_departments_tell_of_the_small_and_of_the_one_without_dossiers(
    open_page: OpenPage, words_of: WordsOf
) -> None:
    page = open_page(PAGE, trong="25", cap="department")
    labels = [link.proto.label for link in page.main.get("page_link")]

    text = words_of(page)

    assert page.title[0].value == "Tỷ lệ đúng hạn của 14 sở, ngành tỉnh Phú Thọ"
    assert "Bảng 15 đơn vị: 14 có số liệu, 1 chưa có hồ sơ" in text
    assert "**Sở Nông nghiệp và Môi trường** (83.675 hồ sơ, 69,9%) chiếm 76% số hồ sơ của nhóm" in text
    assert "**Sở Ngoại vụ** · 3 / 5 hồ sơ" in labels
    assert "**Thanh tra tỉnh** · chưa có hồ sơ." in labels
    assert all("H44.23" not in codes for codes in charts(page))


def test_the_provinces_are_the_comparison_without_an_address(open_page: OpenPage, words_of: WordsOf) -> None:
    page = open_page(PAGE)

    assert page.title[0].value == "Tỷ lệ đúng hạn của 34 tỉnh, thành phố"
    assert [metric.value for metric in page.metric] == ["85,9%", "–", "87,8%", "95%"]
    assert [len(codes) for codes in charts(page)] == [34, 34]


def test_chosen_ones_are_told_apart_by_the_interval_of_their_difference(
    open_page: OpenPage, words_of: WordsOf
) -> None:
    page = open_page(PAGE, trong="25", chon="09025,08515,05305")
    text = words_of(page)

    assert "Xã Yên Lạc và Xã Hy Cương: chênh 1,2 điểm phần trăm" in text
    assert "(khoảng 95%: −0,6 đến 3,0), **chưa đủ căn cứ để nói khác nhau**" in text
    assert "Xã Yên Lạc thấp hơn Xã Yên Phú 19,5 điểm phần trăm" in text
    assert "2 trên 3 cặp khác nhau" in text
    assert {"09025", "08515", "05305"} in charts(page)


def test_one_is_not_enough_and_what_cannot_be_chosen_is_told(open_page: OpenPage, words_of: WordsOf) -> None:
    page = open_page(PAGE, trong="25", cap="department", chon="zzz,H44.23,H44.42")
    text = words_of(page)

    assert "Không có trong nhóm đang so sánh: zzz" in text
    assert "Chưa có tỷ lệ trong kỳ này: Thanh tra tỉnh" in text
    assert "Đã chọn Sở Nội vụ" in text
    assert len(charts(page)) == 2


def test_adding_by_a_name_without_accents_changes_the_address(open_page: OpenPage) -> None:
    page = open_page(PAGE, trong="25", chon="09025")
    search = next(box for box in page.main.text_input if "đơn vị" in box.label)
    search.input("hy cuong").run()
    next(button for button in page.main.button if button.label == "Xã Hy Cương").click().run()

    assert page.query_params["chon"] == "09025,08515"


def test_all_dots_are_shown_on_demand(open_page: OpenPage) -> None:
    assert [len(codes) for codes in charts(open_page(PAGE, trong="25", xem="all"))] == [148, 148]


@pytest.mark.parametrize(
    ("code", "words", "ways"),
    [
        ("30", "Chỉ có một đơn vị trong tỉnh Hải Dương có số liệu: [Huyện Bình Giang]", ("don-vi", "ma=30")),
        ("11203", "là cấp cuối: không có đơn vị nào bên trong để so sánh", ("don-vi", "ma=31")),
        ("01", "Chưa thấy công bố số liệu nào của các đơn vị trong thành phố Hà Nội",
         ("so-sanh", "trong=VN&cap=province&chon=01")),
    ],
)  # fmt: skip
def test_nothing_to_compare_is_told_and_leads_on(
    open_page: OpenPage, words_of: WordsOf, code: str, words: str, ways: tuple[str, str]
) -> None:
    page = open_page(PAGE, trong=code)

    assert "Chưa có gì để so sánh" in page.title[0].value
    assert words in words_of(page)
    assert ways in main_links(page)
    assert ("so-sanh", "trong=25&cap=commune") in main_links(page)
    assert charts(page) == []


def test_a_definition_or_period_without_figures_is_told_and_others_are_offered(
    open_page: OpenPage, words_of: WordsOf
) -> None:
    page = open_page(PAGE, trong="25", cach="resolved", den="2026-12-31")

    assert page.title[0].value == "Không có số liệu đúng như địa chỉ yêu cầu"
    asked = "không có so sánh nào theo cách tính “đúng hạn trên đã giải quyết”, trong kỳ đến 31/12/2026."
    assert asked in words_of(page)
    offered = [query for name, query in main_links(page) if name == "so-sanh"]
    assert len(offered) == 2
    assert all("cach=portal" in query and "den=2026-09-26" in query for query in offered)
    assert charts(page) == []


def test_a_bad_value_is_told_in_the_frame_and_leads_to_the_page_without_it(
    open_page: OpenPage, words_of: WordsOf
) -> None:
    page = open_page(PAGE, trong="25", cap="department", cach="foo", ky="2019")

    assert page.title[0].value == "Địa chỉ có chỗ không hiểu được"
    assert "**cach** = “foo”. Cho phép: resolved, portal" in words_of(page)
    assert "không phải trang chính thức" in words_of(page)
    assert page.sidebar.get("page_link")
    assert ("so-sanh", "trong=25&cap=department") in main_links(page)


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"ky": "2019-Q1", "x*y": "1"}, "tham số không dùng: ky, x*y."),
        ({"fbclid": "a", "utm_source": "b", "chon": "09025", "embed": "true", "tu": ""}, None),
    ],
)
def test_parameters_nobody_reads_are_told_but_for_the_marks_of_senders(
    open_page: OpenPage, words_of: WordsOf, parameters: dict[str, str], told: str | None
) -> None:
    text = words_of(open_page(PAGE, trong="25", **parameters))

    assert told in text if told else "tham số không dùng" not in text


def test_an_unknown_place_is_told(open_page: OpenPage, words_of: WordsOf) -> None:
    assert "danh mục không có mã đó" in words_of(open_page(PAGE, trong="no-such"))


def test_english_is_complete(open_page: OpenPage, words_of: WordsOf) -> None:
    page = open_page(PAGE, trong="25", lang="en", chon="09025,08515")

    assert page.title[0].value == "On-time rate of 148 communes and wards in Tỉnh Phú Thọ"
    assert "it cannot be said that they differ" in words_of(page)
    assert "đơn vị" not in words_of(page)


def test_one_office_that_has_finished_nothing_does_not_choose_the_definition_of_all(
    open_page: OpenPage, words_of: WordsOf
) -> None:
    rated = questions.ask("period_by_comparison", Scope(parent_code="MH", level="department")).rows
    newest = {
        row["definition_code"]: row["children"] for row in rated if row["last_day"] == rated[0]["last_day"]
    }
    assert newest["received"] > newest["resolved"], "else this tests nothing"

    assert "Cách tính: **đúng hạn trên đã giải quyết**" in words_of(
        open_page(PAGE, trong="MH", cap="department")
    )
