"""Light pages, box and titles of imaginary authorities say so, in both languages; real ones never do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dunghen import open_data, questions
from dunghen.light.routes import routes
from tests.light.reading import read

WORDS = {"vi": "dữ liệu minh họa", "en": "illustrative data"}
LANGUAGES = tuple(WORDS)
IMAGINARY = ("M", "M1", "M2")
REAL = ("P", "A", "C", "S2", "VN")


@pytest.fixture
def small_client(small_country: Path) -> TestClient:
    return TestClient(Starlette(routes=[*routes, *open_data.routes]))


@pytest.mark.parametrize("code", IMAGINARY)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_so_wherever_it_is_quoted(small_client: TestClient, code: str, language: str) -> None:
    html = small_client.get(f"/tra-cuu/{code}", params={"lang": language}).text
    document, words = read(html), WORDS[language]

    (title,) = document.all("title")[:1]
    described = [
        meta.attributes["content"].lower()
        for meta in document.all("meta")
        if meta.attributes.get("property", meta.attributes.get("name"))
        in ("og:title", "og:description", "description")
    ]
    assert words in title.text
    assert len(described) == 3
    assert all(words in text for text in described)
    assert words in document.all("p", class_="sample")[0].text.lower()
    assert words in document.all("p", class_="lead")[0].text.lower()
    data = json.loads(html.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert words in data["about"]["name"]
    for drawing in document.all("svg"):
        assert words in drawing.all("title")[0].text.lower()


@pytest.mark.parametrize("code", IMAGINARY)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_box_says_so_in_every_form(small_client: TestClient, code: str, language: str) -> None:
    for ending in ("", ".svg"):
        text = small_client.get(f"/nhung/{code}{ending}", params={"lang": language}).text.lower()
        shown = text[text.index("<main" if not ending else "<rect") :]
        assert shown.index(WORDS[language]) < shown.index(str(questions.name_of(code)).lower()), ending
    answer = small_client.get(f"/nhung/{code}.json").json()
    assert answer["illustrative"] is True or not answer["data"]


@pytest.mark.parametrize("code", REAL)
def test_real_ones_do_not(small_client: TestClient, code: str) -> None:
    for address in (f"/tra-cuu/{code}", f"/nhung/{code}", f"/nhung/{code}.svg", f"/nhung/{code}.json"):
        text = small_client.get(address).text.lower()
        assert WORDS["vi"] not in text
        assert '"illustrative": true' not in text


def test_search_marks_the_imaginary_line_only(small_client: TestClient) -> None:
    (found,) = read(small_client.get("/tra-cuu?q=mo+mot").text).all("main")
    assert "dữ liệu minh họa" in found.all("li")[0].text
    real = read(small_client.get("/tra-cuu?q=an+thi").text)
    assert "minh họa" not in real.text


def test_the_first_page_lists_no_imaginary_province(small_client: TestClient) -> None:
    assert "Minh Họa" not in small_client.get("/tra-cuu").text
