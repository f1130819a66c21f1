"""Every page that shows an imaginary authority says so; no page of a real one does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dunghen import illustration, questions
from dunghen.scope import Scope
from dunghen.ui.exhibit import csv_of, file_name

OpenPage = Callable[..., AppTest]
WordsOf = Callable[[AppTest], str]
WORDS = {"vi": "dữ liệu minh họa", "en": "illustrative data"}
IMAGINARY = [
    ("pages/don_vi.py", {"ma": "M"}),
    ("pages/don_vi.py", {"ma": "M1"}),
    ("pages/don_vi.py", {"ma": "M1", "tu": "2025-12-01", "den": "2025-12-31"}),
    ("pages/don_vi.py", {"ma": "M1", "den": "2020-12-31"}),
    ("pages/so_sanh.py", {"trong": "M"}),
    ("pages/so_sanh.py", {"trong": "M1"}),
    ("pages/so_sanh.py", {"trong": "M", "cap": "department"}),
    ("pages/tieu_chi.py", {"trong": "M"}),
    ("pages/tieu_chi.py", {"ma": "M1"}),
]
REAL = [
    ("pages/tong_quan.py", {}),
    ("pages/don_vi.py", {}),
    ("pages/don_vi.py", {"ma": "A"}),
    ("pages/don_vi.py", {"ma": "P"}),
    ("pages/so_sanh.py", {"trong": "P"}),
    ("pages/tieu_chi.py", {"trong": "P"}),
]


@pytest.mark.parametrize(("script", "asked"), IMAGINARY)
@pytest.mark.parametrize("language", WORDS)
def test_what_is_imaginary_says_so(
    open_small_country: OpenPage, words_of: WordsOf, script: str, asked: dict[str, str], language: str
) -> None:
    text = words_of(open_small_country(script, **asked, lang=language)).lower()
    assert WORDS[language] in text


@pytest.mark.parametrize(("script", "asked"), REAL)
def test_what_is_real_does_not(
    open_small_country: OpenPage, words_of: WordsOf, script: str, asked: dict[str, str]
) -> None:
    text = words_of(open_small_country(script, **asked)).lower()
    assert WORDS["vi"] not in text
    assert "mơ một" not in text


def test_every_exhibit_of_an_imaginary_authority_says_so_in_its_note(open_small_country: OpenPage) -> None:
    page = open_small_country("pages/don_vi.py", ma="M1")
    titles = [part for part in page.markdown if part.value.startswith("#### ")]
    notes = [part.value for part in page.caption if part.value.startswith("**Dữ liệu minh họa**")]
    without_figures = 1  # what can be taken along
    sources = 1
    assert len(notes) >= len(titles) - without_figures - sources


def test_search_marks_the_imaginary_hit(open_small_country: OpenPage) -> None:
    page = open_small_country("pages/tong_quan.py")
    page.text_input(key="search-main").set_value("mo mot").run()
    assert any("dữ liệu minh họa" in caption.value for caption in page.caption)


def test_a_download_says_so_in_a_column_and_in_its_name(small_country: object) -> None:
    imaginary = questions.ask("trend_by_month", Scope(authority_code="M1"))
    real = questions.ask("comparison_by_authority", questions.settle(Scope(parent_code="P", level="commune")))

    head, *lines = csv_of(imaginary).decode("utf-8-sig").splitlines()
    assert head.split(",")[-1] == illustration.COLUMN
    assert all(line.endswith(",dữ liệu minh họa") for line in lines)
    assert "dữ_liệu_minh_họa" in file_name(imaginary)
    assert illustration.COLUMN not in csv_of(real).decode("utf-8-sig")
    assert "minh" not in file_name(real)


@pytest.mark.parametrize("name", ["distribution_by_item", "overdue_age_by_authority", "period_by_breakdown"])
def test_answers_without_a_mark_of_their_own_are_known_by_their_place(
    small_country: object, name: str
) -> None:
    asked = Scope(dimension="field")
    assert illustration.shows_imaginary(questions.ask(name, asked.but(authority_code="M1")))
    assert not illustration.shows_imaginary(questions.ask(name, asked.but(authority_code="A")))


def test_the_title_of_a_shared_link_says_so(small_country: object) -> None:
    assert illustration.title_of("M1", "vi") == "Mơ Một (dữ liệu minh họa)"
    assert illustration.title_of("M1", "en") == "Mơ Một (illustrative data)"
    assert illustration.title_of("A", "vi") == "Ân Thi"
    assert illustration.title_of("nobody", "vi") is None


@pytest.mark.parametrize("asked", [{"trong": "M"}, {"trong": "M1"}, {"trong": "M", "dung": "o-dau"}])
def test_every_view_of_the_wall_says_so(open_small_country: OpenPage, asked: dict[str, str]) -> None:
    page = open_small_country("pages/man_hinh.py", **asked)
    bodies = [str(block.proto.body) for block in page.get("html")]
    titles = [body for body in bodies if "<h1" in body]
    assert titles
    assert all("dữ liệu minh họa" in title for title in titles)


def test_the_wall_of_a_real_place_does_not(open_small_country: OpenPage) -> None:
    page = open_small_country("pages/man_hinh.py", trong="P")
    assert not any("minh họa" in str(block.proto.body) for block in page.get("html"))
