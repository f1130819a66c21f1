"""The rewritten index: language, title, a way on without script; and a refusal when the original changed."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dunghen.addresses import PAGES, Page
from dunghen.serving import index_page
from dunghen.serving.errors import StartError
from dunghen.words import say

SHIPPED = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def template() -> index_page.Template:
    return index_page.Template(SHIPPED)


@pytest.fixture
def client(template: index_page.Template) -> TestClient:
    names = {"25": "Tỉnh Phú Thọ", "26": "<b>"}
    routes = index_page.routes(template, lambda code, _language: names.get(code))
    return TestClient(Starlette(routes=routes))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_has_its_own_head(client: TestClient, page: Page, language: str) -> None:
    html = client.get(page.path, params={"lang": language}).text

    assert html.startswith("<!DOCTYPE html>")
    assert f'<html lang="{language}">' in html
    assert f"<title>{say(f'page.{page.key}.title', language)}</title>" in html
    assert f'<meta name="description" content="{say(f"page.{page.key}.description", language)}">' in html
    assert '<meta property="og:title"' in html
    assert html.count("<title>") == 1


def test_nothing_of_streamlits_own_head_is_left(client: TestClient) -> None:
    html = client.get("/").text

    for gone in ("<title>Streamlit", "service-desc", "SourceSans", "favicon.png", "agent"):
        assert gone not in html
    assert "Licensed under the Apache License" in html
    assert '<div id="root"></div>' in html
    assert html.count('type="module"') == 1


@pytest.mark.parametrize(
    ("query", "target"),
    [("", "/tra-cuu"), ("?ma=11203-2024", "/tra-cuu/11203-2024"), ("?trong=25", "/tra-cuu/25")],
)
def test_without_script_there_is_a_way_on(client: TestClient, query: str, target: str) -> None:
    html = client.get(f"/don-vi{query}").text

    assert f'<a href="{target}">' in html.split("<noscript>")[1].split("</noscript>")[0]


def test_a_shared_link_is_titled_by_its_authority(client: TestClient) -> None:
    html = client.get("/don-vi?ma=25").text

    title = f"Tỉnh Phú Thọ · {say('page.authority.title')}"
    assert f"<title>{title}</title>" in html
    assert f'<meta property="og:title" content="{title}">' in html
    assert f"<title>{say('page.compare.title')}</title>" in client.get("/so-sanh?trong=unknown").text
    assert "<b>" not in client.get("/don-vi?ma=26").text


def test_a_code_cannot_break_out_of_the_page(client: TestClient) -> None:
    html = client.get("/don-vi", params={"ma": '"><script>alert(1)</script>'}).text

    assert "<script>alert" not in html
    assert "/tra-cuu/%22%3E%3Cscript%3Ealert%281%29%3C%2Fscript%3E" in html


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/man-hinh", "/man-hinh?embed=true&embed_options=dark_theme"),
        ("/man-hinh?trong=25&giay=20", "/man-hinh?trong=25&giay=20&embed=true&embed_options=dark_theme"),
    ],
)
def test_the_wall_is_led_to_its_night_colours(client: TestClient, asked: str, led_to: str) -> None:
    assert client.get(asked, follow_redirects=False).headers["location"] == led_to
    assert client.get(led_to, follow_redirects=False).status_code == 200


def test_the_start_page_is_compressed_and_never_stale(client: TestClient) -> None:
    answer = client.get("/")

    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "no-cache"
    assert int(answer.headers["content-length"]) < 4000
    assert client.get("/", headers={"Accept-Encoding": "identity"}).text == answer.text


def test_compressing_keeps_the_text() -> None:
    assert gzip.decompress(index_page.answer("chữ".encode(), "gzip").body).decode() == "chữ"


def test_the_inline_script_is_found_as_the_browser_sees_it(template: index_page.Template) -> None:
    assert [script.strip() for script in template.inline_scripts] == ["window.prerenderReady = false"]


@pytest.mark.parametrize("lost", ["<title>Streamlit</title>", '<html lang="en">', "</noscript>"])
def test_another_index_is_refused_in_words(lost: str) -> None:
    with pytest.raises(StartError, match=r"another index\.html.*requirements\.txt"):
        index_page.Template(SHIPPED.replace(lost, ""))
