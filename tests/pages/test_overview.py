"""Tổng quan: search and words first, the provinces' sum named as one, doors, who has figures."""

from __future__ import annotations

import json
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

PAGE = "pages/tong_quan.py"
OpenPage = Callable[..., AppTest]
WordsOf = Callable[[AppTest], str]


def test_the_nation_is_a_sum_of_provinces_with_its_denominator(
    open_page: OpenPage, words_of: WordsOf
) -> None:
    page = open_page(PAGE)
    text = words_of(page)

    assert page.metric[0].value == "85,9%"
    assert "34 tỉnh, thành phố cộng lại có **13.086.280 hồ sơ**" in text
    assert "**11.242.420 hồ sơ** đúng hạn hoặc còn trong hạn" in text
    assert "Là tổng của các tỉnh, không phải con số cả nước" in text
    assert "hưa đối chiếu" in text


def test_the_search_stands_before_the_only_chart(open_page: OpenPage) -> None:
    kinds = [element.type for element in open_page(PAGE).main]

    assert kinds.index("text_input") < kinds.index("metric")
    assert len(open_page(PAGE).get("plotly_chart")) == 1


def test_the_chart_holds_every_province_and_leads_on(open_page: OpenPage) -> None:
    spec = json.loads(open_page(PAGE).get("plotly_chart")[0].proto.spec)
    links = [note["text"] for note in spec["layout"]["annotations"] if "/don-vi?ma=" in note["text"]]

    assert len(links) == 34
    assert any("/don-vi?ma=25" in link and "Phú Thọ" in link for link in links)


def test_three_doors(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    leads = {(link.proto.page, link.proto.query_string) for link in page.main.get("page_link")}

    assert {
        ("so-sanh", "trong=VN&cap=province"),
        ("so-sanh", "trong=25&cap=commune"),
        ("man-hinh", "trong=25"),
        ("du-lieu", ""),
    } <= leads
    assert [button.proto.url for button in page.main.get("link_button")] == ["/tra-cuu"]


def test_what_is_new_and_who_has_figures(open_page: OpenPage, words_of: WordsOf) -> None:
    page = open_page(PAGE)

    assert "**đến 30/09/2026**" in words_of(page)
    assert "Tỉnh, thành phố · 34" in [box.label for box in page.main.expander]
    assert any("đơn vị đã có số liệu" in heading.value for heading in page.subheader)


def test_english_keeps_its_language_in_its_links(open_page: OpenPage) -> None:
    page = open_page(PAGE, lang="en")

    assert page.title[0].value == "Who returns papers on the promised day?"
    assert all("lang=en" in link.proto.query_string for link in page.main.get("page_link"))
