"""The box to embed: the same figures as HTML, as picture and as data; words, not blanks, without figures."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from starlette.testclient import TestClient

from dunghen import questions
from dunghen.scope import Scope

SVG = "{http://www.w3.org/2000/svg}"


def words_of_picture(content: bytes) -> str:
    tree = ET.fromstring(content)  # noqa: S314 - our own answer
    return " ".join(text.text or "" for text in tree.iter(f"{SVG}text"))


def words_of_page(content: str) -> str:
    body = re.sub(r"<style>.*?</style>", "", content, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).replace("&#34;", '"').split())


@pytest.mark.parametrize(
    ("language", "figures"),
    [
        ("vi", ["99,86%", "43.462", "43.250", "trễ hạn", "11/12/2023", "không phải trang chính thức"]),
        ("en", ["99.86%", "43,462", "43,250", "late", "11 Dec 2023", "not an official site"]),
    ],
)
def test_page_and_picture_say_the_same(client: TestClient, language: str, figures: list[str]) -> None:
    page = client.get(f"/nhung/296?lang={language}")
    picture = client.get(f"/nhung/296.svg?lang={language}")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert picture.headers["content-type"] == "image/svg+xml"
    assert f'<html lang="{language}">' in page.text
    for figure in ["Huyện Bình Giang", "Tỉnh Hải Dương", *figures]:
        assert figure in words_of_page(page.text)
        assert figure in words_of_picture(picture.content)


def test_the_data_are_the_figures_of_the_pages(client: TestClient) -> None:
    answer = client.get("/nhung/296.json").json()
    (row,) = answer["data"]
    headline = questions.ask("headline_by_authority", Scope(authority_code="296")).one
    assert headline is not None
    assert (row["rate"], row["denominator"], row["low"]) == (
        headline["rate"],
        headline["denominator"],
        headline["low"],
    )
    assert (row["handled"], row["late"], row["published_rate"]) == (43462, 60, 0.999)
    assert [one["definition_code"] for one in answer["definitions"]] == ["resolved"]
    assert [one["source_id"] for one in answer["sources"]] == ["seed-000-widget"]


def test_no_dossiers_are_no_percentage(client: TestClient) -> None:
    code = questions.find("thanh tra tỉnh phú thọ", Scope(limit=1)).rows[0]["authority_code"]
    text = words_of_page(client.get(f"/nhung/{code}").text)
    assert "chưa có hồ sơ" in text
    assert "%" not in text
    assert client.get(f"/nhung/{code}.json").json()["data"][0]["reason"] == "no_dossiers"


@pytest.mark.parametrize(("code", "reason"), [("11203", "no_report"), ("343", "no_rate")])
def test_without_an_on_time_figure_the_box_says_so(client: TestClient, code: str, reason: str) -> None:
    page, picture = client.get(f"/nhung/{code}"), client.get(f"/nhung/{code}.svg")
    assert "%" not in words_of_page(page.text)
    assert "%" not in words_of_picture(picture.content)
    assert f'href="/tra-cuu/{code}?lang=vi" target="_top"' in page.text
    answer = client.get(f"/nhung/{code}.json").json()
    assert (answer["data"], answer["reason"]) == ([], reason)


def test_the_picture_holds_all_its_lines(client: TestClient) -> None:
    rows = questions.ask("authority_with_figures").rows
    of_level = {row["level"]: row["authority_code"] for row in rows}
    for code in of_level.values():
        tree = ET.fromstring(client.get(f"/nhung/{code}.svg").content)  # noqa: S314 - our own answer
        lines = [int(text.get("y") or 0) for text in tree.iter(f"{SVG}text")]
        assert max(lines) < int(tree.get("height") or 0)
        assert all(len(text.text or "") <= 58 for text in tree.iter(f"{SVG}text"))


def test_unknown_codes_and_languages_are_told_in_the_box(client: TestClient) -> None:
    unknown = client.get("/nhung/%3Cb%3Ezzz")
    assert unknown.status_code == 404
    assert "<b>zzz" not in unknown.text
    assert "Danh mục không có mã" in unknown.text
    assert 'href="/tra-cuu" target="_top"' in unknown.text
    assert client.get("/nhung/296?lang=fr").status_code == 422
    assert client.get("/nhung/zzz.svg").status_code == 404
    assert client.get("/nhung/zzz.json").json()["code"] == "zzz"


def test_the_box_weighs_little_and_loads_nothing(client: TestClient) -> None:
    page = client.get("/nhung/25")
    assert len(page.content) < 4000
    assert re.findall(r"\b(?:src|srcset)=|<script|<link|url\(", page.text) == []
    tag = page.headers["etag"]
    assert client.get("/nhung/25", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/nhung/25?lang=en").headers["etag"] != tag
