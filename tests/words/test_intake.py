"""The words of the intake: the same keys and names in both languages, and errors that know their key."""

from __future__ import annotations

import re

import pytest

from dunghen.intake.errors import RefusedError, UnusableError
from dunghen.intake.reading.naming import shown_name
from dunghen.words.intake import intake_texts, tell

NAMES = re.compile(r"{(\w+)")


def test_both_languages_have_the_same_keys_and_names() -> None:
    vietnamese, english = intake_texts("vi"), intake_texts("en")

    assert list(vietnamese) == list(english)
    for key, text in vietnamese.items():
        assert set(NAMES.findall(text)) == set(NAMES.findall(english[key])), key


def test_an_error_speaks_both_languages() -> None:
    error = UnusableError("key.short", how="python")

    assert str(error) == error.text() == tell("key.short", how="python")
    assert error.text("en") == tell("key.short", "en", how="python") != str(error)


def test_an_error_can_go_on_in_a_second_line() -> None:
    error = UnusableError("key.short", how="python").then("key.missing", how="python")

    assert error.text("en").splitlines() == [
        tell(f"key.{key}", "en", how="python") for key in ("short", "missing")
    ]


@pytest.mark.parametrize("kind", [UnusableError, RefusedError])
def test_an_error_without_words_is_a_mistake(kind: type[UnusableError]) -> None:
    with pytest.raises(KeyError):
        kind("no.such.key")
    with pytest.raises(KeyError):
        kind("key.short")


def test_what_is_called_by_its_number_is_called_so_in_each_language() -> None:
    place = f"{shown_name('@', 2)}/{shown_name('@', 1)} [{shown_name('@', 3, 'sheet')}]"

    assert tell("reading.missing", "vi", file=place).startswith("Không có tệp 2/tệp 1 [trang tính 3].")
    assert tell("reading.missing", "en", file=place).startswith("There is no file 2/file 1 [sheet 3].")
    assert tell("inbox.file", "vi", file="file 2", day="").startswith("── file 2 ("), "a name as it is"


@pytest.mark.parametrize(
    ("key", "name", "one", "many"),
    [
        ("inbox.undated", "files", "1 file has no day (YYYY-MM-DD) in its name", "2 files have no day"),
        ("store.busy", "seconds", "after 1 second of waiting", "after 2 seconds of waiting"),
        ("import.nothing_left", "read", "Of 1 row read none", "Of 2 rows read none"),
        ("progress.done", "speed", "1 row per second", "2 rows per second"),
    ],
)
def test_one_is_told_as_one_in_english(key: str, name: str, one: str, many: str) -> None:
    others = dict.fromkeys(NAMES.findall(intake_texts("en")[key]), "x") | {"rows": 5}

    assert one in tell(key, "en", **others | {name: 1})
    assert many in tell(key, "en", **others | {name: 2})


def test_a_count_has_the_word_that_goes_with_it() -> None:
    """A name of a count that is followed by a word in the plural would be told as "1 rows"."""
    counts = "rows|files|codes|seconds|read|speed|loaded|entries|new|changed|known"
    for key, text in intake_texts("en").items():
        assert not re.search(rf"{{(?:{counts})}} [a-z]+s\b", text), key


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_reason_calls_a_column_as_one_kind_of_export_does(language: str) -> None:
    """The national fields' names (`NgayTra`) are none of a file with Vietnamese headings."""
    reasons = {key: text for key, text in intake_texts(language).items() if key.startswith("reason.")}

    assert len(reasons) > 20
    assert [key for key, text in reasons.items() if re.search(r"\b[A-Z][a-z]+[A-Z]\w+", text)] == []
