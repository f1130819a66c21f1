"""Dữ liệu: every section says what it owes, from the figures themselves, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dunghen import questions
from dunghen.ui.data.checks import check_in_words
from dunghen.ui.data.sections import SECTIONS
from dunghen.words import say, texts
from dunghen.words.comparisons import capital

PAGE = "pages/du_lieu.py"
CHECKS = sorted(path.stem for path in (Path(__file__).parents[2] / "queries" / "checks").glob("*.sql"))
OpenPage = Callable[..., AppTest]
WordsOf = Callable[[AppTest], str]


def test_all_seven_definitions_have_a_formula_and_a_real_example(
    open_page: OpenPage, words_of: WordsOf
) -> None:
    text = words_of(open_page(PAGE))

    assert text.count(f"**{say('data.definitions.formula')}**") == 7
    assert text.count("Ví dụ thật") == 7
    assert "43.250 ÷ 43.462 = **99,51%**" in text
    assert "43.402 ÷ 43.462 = **99,86%**" in text
    assert "Nơi công bố ghi 99,9% (không trễ trên tổng xử lý)" in text


def test_every_count_of_the_glossary_has_a_name(open_page: OpenPage, words_of: WordsOf) -> None:
    text = words_of(open_page(PAGE))

    for name in ("carried_over", "overdue", "handled", "portal_not_on_time", "unexplained"):
        assert f"`{name}`" in text


def test_what_does_not_add_up_is_told(open_page: OpenPage, words_of: WordsOf) -> None:
    text = words_of(open_page(PAGE, muc="chua-khop"))

    assert "43.250 + 60 = 43.310, thiếu 152" in text
    assert "90,3% (không phải tỷ lệ đúng hạn)" in text


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_section_draws_in_both_languages(
    open_page: OpenPage, words_of: WordsOf, section: str, language: str
) -> None:
    page = open_page(PAGE, muc=section, lang=language)

    assert page.header[0].value == say(f"data.section.{section}", language)
    assert len(words_of(page)) > 300


@pytest.mark.parametrize(("address", "words"), [({"muc": "khac"}, "khac"), ({"bang": "khac"}, "khac")])
def test_an_unknown_section_or_table_is_told(
    open_page: OpenPage, address: dict[str, str], words: str
) -> None:
    page = open_page(PAGE, **({"muc": "tu-dien"} | address))

    assert words in page.warning[0].value


def test_how_to_cite_names_the_snapshot(open_page: OpenPage, words_of: WordsOf) -> None:
    page = open_page(PAGE, muc="tai-ve")

    assert questions.snapshot_in_view().snapshot in words_of(page)


@pytest.mark.parametrize("name", CHECKS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_check_is_in_words(name: str, language: str) -> None:
    assert f"data.check.{name}" in texts(language)
    assert check_in_words(name, "as the file says it", language) != "as the file says it"


def test_a_check_without_words_is_shown_as_its_file_says_it() -> None:
    assert check_in_words("new_one", "Is it new?", "vi") == "Is it new?"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_rows_put_aside_are_told_with_their_reasons(
    open_small_country: OpenPage, words_of: WordsOf, language: str
) -> None:
    page = open_small_country(PAGE, muc="ho-so", lang=language)
    published, imports, reasons = (pd.DataFrame(table.value) for table in page.dataframe)

    of_fields = published[say("data.dossiers.what", language)].str.startswith(
        say("data.dossiers.dimension.field", language)
    )
    assert list(published[say("data.dossiers.rows_with_hidden", language)][of_fields]) == [0, 1]
    # all of them are imaginary: the note says so, and no name is longer for it
    label = say("illustration.label", language)
    assert not published[say("data.dossiers.what", language)].str.contains(label).any()
    assert any(f"**{capital(label)}**" in note.value for note in page.caption)
    assert list(imports[say("data.quarantine.import", language)]) == [
        "0001",
        f"0002 ({say('illustration.label', language)})",
    ]
    assert list(imports[capital(say("data.quarantine.rows_quarantined", language))]) == [2, 2]
    assert list(reasons[say("data.quarantine.rows", language)]) == [1, 1, 1, 1]
    assert say("data.quarantine.imaginary", language, count=1) in words_of(page)
