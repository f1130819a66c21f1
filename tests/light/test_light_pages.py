"""The light pages: the worked examples as a citizen reads them, weight, well-formedness, links, refusals."""

from __future__ import annotations

import gzip
import json
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from starlette.testclient import TestClient

from dunghen import questions
from dunghen.addresses import PAGES
from dunghen.scope import LANGUAGES, Scope
from tests.light.reading import Element, loads, read

HEAVIEST = 40_000
VIET_TRI, BINH_GIANG, DONG_TAM, NINH_GIANG = "07900", "296", "11203-2024", "11203"
QUANG_NINH, VINH_PHUC = "22", "26"
VINH_THUAN, KIEN_XUONG, PHU_THO, INSPECTORATE = "910", "343", "25", "H44.23"
EXAMPLES = (VIET_TRI, BINH_GIANG, DONG_TAM, NINH_GIANG, VINH_THUAN, KIEN_XUONG, PHU_THO, INSPECTORATE)
HEAVY = (*EXAMPLES, "52", "79", "22", "31", "VN", "30", "29869", "nhom-63-tinh-thanh")
SEARCHES = ("", "?q=dong+tam", "?q=xa&trang=2", "?q=zzzzzz")


def page(client: TestClient, path: str, **parameters: str) -> Element:
    answer = client.get(f"/tra-cuu{path}", params=parameters)
    assert answer.status_code == 200, path
    return read(answer.text)


def authority(client: TestClient, code: str, **parameters: str) -> Element:
    return page(client, f"/{quote(code)}", **parameters)


def number(document: Element) -> str:
    (big,) = document.all("p", class_="big")
    return big.text


def links(document: Element) -> list[str]:
    return [anchor.attributes["href"] for anchor in document.all("a")]


def test_viet_tri_in_one_sentence_one_number_and_its_standing(client: TestClient) -> None:
    document = authority(client, VIET_TRI)
    assert document.all("p", class_="lead")[0].text == (
        "Từ 01/01 đến 26/09/2026, phường có 8.253 hồ sơ đã hoặc đang giải quyết; 7.368 hồ sơ đúng hạn hoặc "
        "còn trong hạn, 885 hồ sơ không đúng hạn (trễ hoặc đang quá hạn). Tỷ lệ này nằm trong mức thường của "
        "148 xã, phường trong tỉnh."
    )
    assert number(document) == "89,3%"
    for told in (
        "đúng hạn hoặc còn trong hạn = 7.368 / 8.253 hồ sơ",
        "88,6% – 89,9%",
        "cần thêm 473 hồ sơ",
        "3,63 ngày",
        "17,86 / 20",
        "Quá hạn chưa xong chưa có số liệu",
        "Trễ hạn chưa có số liệu",
        "● Trong mức thường.",
        "Tỷ lệ chung của 148 xã, phường trong tỉnh: 92,7%",
        "chưa đối chiếu",
    ):
        assert told in document.text


def test_the_strip_says_in_words_what_it_shows(client: TestClient) -> None:
    (drawing,) = authority(client, VIET_TRI).all("svg")
    named = {
        element.attributes["id"]: element.text for element in drawing.all("*") if "id" in element.attributes
    }
    told = " ".join(named[name] for name in drawing.attributes["aria-labelledby"].split())
    assert "Phường Việt Trì so với 148 xã, phường trong tỉnh" in told
    assert "89,3%" in told
    assert "92,7%" in told
    marks = "".join(path.attributes["d"] for path in drawing.all("path"))
    assert marks.count("h0") + marks.count("z") == 147


def test_binh_giang_shows_every_definition_and_explains_the_152(client: TestClient) -> None:
    document = authority(client, BINH_GIANG)
    assert number(document) == "99,86%"
    for told in (
        "43.250 / 43.310 hồ sơ",
        "99,82% – 99,89%",
        "99,51% 43.250 / 43.462",
        "99,86% 43.402 / 43.462",
        "Nguồn tự công bố 99,9% (không trễ trên tổng xử lý)",
        "43.462 − 43.250 − 60 = 152 hồ sơ nguồn không nói kết quả",
        "đơn vị cũ",
        "Thành phố Hải Phòng",
        "hai giai đoạn, không so sánh",
    ):
        assert told in document.text


def test_dong_tam_shows_its_criteria_with_public_finance_marked(client: TestClient) -> None:
    document = authority(client, DONG_TAM)
    assert number(document) == "100%"
    for told in (
        "127 / 127 hồ sơ",
        "97,1% – 100%",
        "87,75 / 100 điểm",
        "9/20 xã",
        "Cải cách tài chính công (5/7 = 71,4%) là tiêu chí duy nhất dưới 75%",
        "nay thuộc xã Ninh Giang (thành phố Hải Phòng)",
    ):
        assert told in document.text
    rows = document.all("tbody")[0].all("tr")
    assert len(rows) == 10
    marked = [row.text for row in rows if "▼ dưới 75%" in row.text]
    assert len(marked) == 1
    assert "5/7 71,4%" in marked[0]
    assert {"/tra-cuu/11203-2025", "/tra-cuu/11203"} <= set(links(document))


def test_vinh_thuan_shows_the_whole_and_the_land_that_cannot_be_squared_with_it(client: TestClient) -> None:
    text = authority(client, VINH_THUAN).text
    assert "99,41% đúng hạn = 1.181 / 1.188 hồ sơ" in text
    assert "97,60% 1.181 / 1.210" in text
    assert "82,55% 866 / 1.049" in text
    assert "Nguồn không nêu số hồ sơ: trễ hạn." in text


def test_kien_xuongs_share_resolved_is_never_an_on_time_rate(client: TestClient) -> None:
    document = authority(client, KIEN_XUONG)
    assert document.all("p", class_="big") == []
    assert "Chưa thấy công bố số liệu đúng hạn nào của huyện này." in document.text
    assert "Không tính được tỷ lệ đúng hạn." in document.text
    shown = [element.text for element in document.all("dd") if "90,3%" in element.text]
    labels = [line.all("dt")[0].text for line in document.all("div") if line.text.endswith("90,3%")]
    assert len(shown) == 1
    assert [label for label in labels if label.startswith("Tỷ lệ đã giải quyết")]
    assert "90,3%" not in document.all("meta", name="description")[0].attributes["content"]


def test_phu_tho_keeps_its_two_periods_apart(client: TestClient) -> None:
    document = authority(client, PHU_THO)
    assert "530.487 / 600.081 hồ sơ" in document.text
    assert "88,42% 528.684 / 597.918" in document.text
    assert "không nối thành xu hướng" in document.text
    assert "148 xã, phường trong tỉnh có tỷ lệ chung 92,7%" in document.text


def test_no_dossiers_is_neither_0_nor_100_percent(client: TestClient) -> None:
    document = authority(client, INSPECTORATE)
    assert "chưa có hồ sơ" in document.all("p", class_="lead")[0].text
    assert number(document) == "Chưa có tỷ lệ"
    (card, *_) = document.all("section", class_="card")
    assert "Nguồn ghi 0% dù chưa có hồ sơ nào." in card.text
    assert card.text.count("0%") == 1


def test_an_authority_without_figures_is_no_dead_end(client: TestClient) -> None:
    document = authority(client, NINH_GIANG)
    assert document.all("p", class_="big") == []
    for told in (
        "Đơn vị cấp trên: Thành phố Hải Phòng",
        "Đây là số liệu của thành phố Hải Phòng, không phải của xã Ninh Giang.",
        "127 / 127 hồ sơ",
        "Gần nhất có số liệu",
        "Cơ quan muốn công bố?",
    ):
        assert told in document.text
    assert f"/tra-cuu/{DONG_TAM}" in links(document)


def test_only_what_is_near_is_called_a_neighbour(client: TestClient) -> None:
    with questions.view():
        candidates = questions.ask("neighbour_by_authority", Scope(authority_code="29869")).rows
    far = {row["authority_code"] for row in candidates if row["distance_km"] > 500}
    assert far
    addresses = links(authority(client, "29869"))
    assert not {f"/tra-cuu/{code}" for code in far} & set(addresses)


def test_the_nearest_are_in_order_of_distance_and_apart_from_siblings(client: TestClient) -> None:
    document = authority(client, NINH_GIANG)
    headings = [heading.text for heading in document.all("h3")]
    assert "Gần nhất có số liệu" in headings
    with questions.view():
        candidates = questions.ask("neighbour_by_authority", Scope(authority_code=NINH_GIANG)).rows
    siblings = [row for row in candidates if row["is_sibling"]]
    assert ("Cùng cấp, cùng nơi, có số liệu" in headings) == bool(siblings)
    others = [row for row in candidates if not row["is_sibling"] and row["distance_km"] < 150]
    nearest = sorted(others, key=lambda row: float(row["distance_km"]))[:3]
    expected = [f"/tra-cuu/{row['authority_code']}" for row in nearest]
    assert len(expected) == 3
    assert [link for link in links(document) if link in expected] == expected


@pytest.mark.parametrize(
    ("code", "language", "told"),
    [
        (QUANG_NINH, "vi", "Nguồn tự công bố 87,03% ("),
        (QUANG_NINH, "en", "The source itself published 87.03% ("),
        (BINH_GIANG, "vi", "Nguồn tự công bố 99,9% ("),
        (VINH_PHUC, "vi", "Nguồn tự công bố 99,74% ("),
    ],
)
def test_a_published_rate_keeps_its_digits(client: TestClient, code: str, language: str, told: str) -> None:
    assert told in authority(client, code, lang=language).text


def test_dossiers_due_are_not_called_resolved(client: TestClient) -> None:
    document = authority(client, VINH_PHUC)
    lead = document.all("p", class_="lead")[0].text
    assert lead == (
        "Trong quý III/2021, tỉnh có 14.101 hồ sơ đến hạn; 14.064 hồ sơ đúng hạn, 37 hồ sơ không đúng hạn."
    )
    assert not [line for line in document.all("dt") if line.text == "Đã giải quyết"]


def test_percentages_without_counts_are_not_denied(client: TestClient) -> None:
    document = authority(client, "17")
    assert "Chỉ thấy công bố phần trăm" in document.all("p", class_="lead")[0].text
    assert "96,6%" in document.text
    assert "Chưa thấy công bố" not in document.text


def test_a_split_commune_leads_to_all_its_successors(client: TestClient, published: Any) -> None:
    code = "00634-2025"
    with questions.view():
        related = questions.ask("related_by_authority", Scope(authority_code=code)).rows
    successors = [row["authority_code"] for row in related if row["direction"] == "successor"]
    document = authority(client, code)
    assert len(successors) == 5
    assert {f"/tra-cuu/{successor}" for successor in successors} <= set(links(document))
    assert "được chia về 5 đơn vị" in document.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", HEAVY)
def test_a_page_is_light_whole_and_without_script(client: TestClient, code: str, language: str) -> None:
    answer = client.get(
        f"/tra-cuu/{code}", params={"lang": language}, headers={"Accept-Encoding": "identity"}
    )
    document = read(answer.text)
    assert len(answer.content) < HEAVIEST
    assert loads(answer.text) == []
    assert document.all("html")[0].attributes["lang"] == language
    assert [one.attributes for one in document.all("script")] == [{"type": "application/ld+json"}]
    assert not [name for element in document.all("*") for name in element.attributes if name.startswith("on")]
    assert "None" not in document.text
    assert "không phải trang chính thức" in document.text or "not an official site" in document.text


@pytest.mark.parametrize("search", SEARCHES)
def test_the_search_page_is_light_and_without_script(client: TestClient, search: str) -> None:
    answer = client.get(f"/tra-cuu{search}", headers={"Accept-Encoding": "identity"})
    assert len(answer.content) < HEAVIEST
    assert loads(answer.text) == []
    assert read(answer.text).all("script") == []


@pytest.mark.slow
def test_every_authority_with_figures_has_a_page(client: TestClient) -> None:
    rows = questions.ask("authority_with_figures").rows
    assert len(rows) > 200
    for row in rows:
        answer = client.get(f"/tra-cuu/{row['authority_code']}", headers={"Accept-Encoding": "identity"})
        assert answer.status_code == 200
        assert len(answer.content) < HEAVIEST
        assert row["authority_name"] in read(answer.text).all("h1")[0].text


@pytest.mark.slow
def test_every_internal_link_answers(client: TestClient) -> None:
    asked = [authority(client, code, lang=language) for code in EXAMPLES for language in LANGUAGES]
    asked += [page(client, search) for search in SEARCHES]
    addresses = {link for document in asked for link in links(document) if link.startswith("/")}
    explorer = {one.path for one in PAGES}
    ours = {address for address in addresses if urlsplit(address).path not in explorer}
    assert len(addresses - ours) > 5
    assert {urlsplit(address).path for address in addresses - ours} <= explorer
    silent = {address for address in ours if client.head(address).status_code != 200}
    assert silent == set()


def test_links_keep_the_language(client: TestClient) -> None:
    document = authority(client, VIET_TRI, lang="en")
    inner = [
        link for link in links(document) if link.startswith(("/tra-cuu", "/don-vi", "/so-sanh", "/du-lieu"))
    ]
    without = [link for link in inner if "lang=en" not in link]
    assert without == ["/tra-cuu/07900"]
    assert document.all("a", hreflang="vi")[0].attributes["href"] == "/tra-cuu/07900"
    assert [hidden.attributes["value"] for hidden in document.all("input", name="lang")] == ["en"]


def test_in_english(client: TestClient) -> None:
    document = authority(client, BINH_GIANG, lang="en")
    text = document.text
    assert "Up to 11 Dec 2023, the district resolved 43,310 dossiers: 43,250 on time, 60 late." in text
    assert "43,462 − 43,250 − 60 = 152 dossiers whose outcome the source does not tell." in text
    headings = [heading.text for heading in document.all("h2")]
    assert headings[1:4] == [
        "On-time rate",
        "What is known and what is not",
        "The same counts, other definitions",
    ]


def test_what_a_shared_link_shows(client: TestClient) -> None:
    document = authority(client, VIET_TRI)
    graph = {
        meta.attributes["property"]: meta.attributes["content"]
        for meta in document.all("meta")
        if "property" in meta.attributes
    }
    assert graph["og:title"] == "Phường Việt Trì: 89,3% đúng hạn hoặc còn trong hạn"
    assert graph["og:description"].startswith("Từ 01/01 đến 26/09/2026, phường có 8.253 hồ sơ")
    assert graph["og:url"] == document.all("link", rel="canonical")[0].attributes["href"]
    assert graph["og:url"] == "http://testserver/tra-cuu/07900"
    (data,) = document.all("script")
    described = json.loads("".join(part for part in data.own_text if isinstance(part, str)))
    assert described["about"]["name"] == "Phường Việt Trì"
    assert described["mainEntity"]["value"] == pytest.approx(7368 / 8253)


def test_search_tells_namesakes_apart(client: TestClient) -> None:
    document = page(client, "", q="dong tam")
    results = document.all("ul", class_="card")[0].all("li")
    assert results[0].all("a")[0].attributes["href"] == f"/tra-cuu/{DONG_TAM}"
    assert "Huyện Ninh Giang · Tỉnh Hải Dương" in results[0].text
    assert "có số liệu" in results[0].text
    assert "cũ, muộn nhất đến 31/12/2024" in results[0].text
    assert any("chưa có số liệu" in result.text for result in results)
    assert document.all("input", name="q")[0].attributes["value"] == "dong tam"


def test_search_pages_hold_20_each(client: TestClient) -> None:
    first, second = (
        page(client, "", q="tan", trang=number).all("ul", class_="card")[0] for number in ("1", "2")
    )
    assert len(first.all("li")) == len(second.all("li")) == 20
    assert not set(links(first)) & set(links(second))
    document = page(client, "", q="tan")
    assert "/tra-cuu?q=tan&trang=2" in links(document)


def test_nothing_found_gives_advice(client: TestClient) -> None:
    document = page(client, "", q="zzzzzz")
    assert "Không có đơn vị nào tên giống “zzzzzz”." in document.text
    assert "tên cũ trước khi sáp nhập" in document.text


def test_an_empty_search_shows_the_provinces(client: TestClient) -> None:
    document = page(client, "")
    assert len(document.all("ul", class_="card")[0].all("li")) == 34
    assert "34 tỉnh, thành phố trong cả nước có tỷ lệ chung 85,9%" in document.text


@pytest.mark.parametrize(
    "hostile", ['"><script>alert(1)</script>', "'; DROP TABLE report; --", "</title><b>"]
)
def test_what_is_typed_is_only_text(client: TestClient, hostile: str) -> None:
    for answer in (
        client.get("/tra-cuu", params={"q": hostile}),
        client.get(f"/tra-cuu/{quote(hostile.replace('/', ''))}"),
        client.get("/tra-cuu", params={"trang": hostile}),
    ):
        document = read(answer.text)
        assert document.all("script") == []
        assert document.all("b") == []


def test_an_unknown_code_is_told_with_a_way_on(client: TestClient) -> None:
    answer = client.get("/tra-cuu/viet-tri")
    document = read(answer.text)
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"
    assert "Danh mục không có đơn vị mang mã “viet-tri”" in document.text
    assert document.all("input", name="q")
    assert f"/tra-cuu/{VIET_TRI}" in links(document)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/tra-cuu?trang=0", "Phần “trang” đang là “0”"),
        ("/tra-cuu?q=a&trang=000001" + "9" * 4500, "Phần “trang” đang là “0000019"),
        ("/tra-cuu?trang=x", "số nguyên từ 1 đến 999"),
        ("/tra-cuu/07900?lang=fr", "Cho phép: vi, en."),
        ("/tra-cuu?q=" + "a" * 201, "tối đa 200 ký tự"),
        ("/tra-cuu?lang=en&trang=-1", "a whole number from 1 to 999"),
    ],
)
def test_a_bad_parameter_is_told_in_words(client: TestClient, address: str, told: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 422
    assert told in read(answer.text).text


def test_a_page_is_sent_again_only_when_it_changed(client: TestClient) -> None:
    first = client.get(f"/tra-cuu/{VIET_TRI}")
    tag = first.headers["etag"]
    assert questions.snapshot_in_view().snapshot in tag
    assert "max-age" in first.headers["cache-control"]
    again = client.get(f"/tra-cuu/{VIET_TRI}", headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    english = client.get(f"/tra-cuu/{VIET_TRI}?lang=en", headers={"If-None-Match": tag})
    assert english.status_code == 200
    assert english.headers["content-language"] == "en"


def test_a_page_is_compressed_for_those_who_take_it(client: TestClient) -> None:
    plain = client.get(f"/tra-cuu/{VIET_TRI}", headers={"Accept-Encoding": "identity"})
    with client.stream("GET", f"/tra-cuu/{VIET_TRI}", headers={"Accept-Encoding": "gzip"}) as packed:
        body = b"".join(packed.iter_raw())
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == plain.content
    assert len(body) < len(plain.content) / 2
    assert packed.headers["vary"] == "Accept-Encoding"


def test_head_gives_the_headers_alone(client: TestClient) -> None:
    head = client.head(f"/tra-cuu/{VIET_TRI}", headers={"Accept-Encoding": "identity"})
    whole = client.get(f"/tra-cuu/{VIET_TRI}", headers={"Accept-Encoding": "identity"})
    assert head.content == b""
    assert head.headers["content-length"] == str(len(whole.content))
    assert head.headers["etag"] == whole.headers["etag"]


def test_other_methods_are_refused(client: TestClient) -> None:
    assert client.post("/tra-cuu").status_code == 405


def test_a_code_of_the_portal_leads_to_ours(client: TestClient) -> None:
    answer = client.get("/tra-cuu/H44.100?lang=en", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, f"/tra-cuu/{VIET_TRI}?lang=en")
