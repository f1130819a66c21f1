"""The words of the intake: the same keys and names in both languages, and errors that know their key."""

from __future__ import annotations

import re

import pytest

from dunghen.intake.errors import RefusedError, UnusableError
from dunghen.words import texts
from dunghen.words.intake import is_known, tell

NAMES = re.compile(r"{(\w+)")


def test_both_languages_have_the_same_keys_and_names() -> None:
    vietnamese, english = texts("intake_vi"), texts("intake_en")

    assert list(vietnamese) == list(english)
    for key, text in vietnamese.items():
        assert set(NAMES.findall(text)) == set(NAMES.findall(english[key])), key


def test_an_error_speaks_both_languages() -> None:
    error = UnusableError("key.short", how="python")

    assert str(error) == error.text() == tell("key.short", how="python")
    assert error.text("en") == tell("key.short", "en", how="python") != str(error)


@pytest.mark.parametrize("kind", [UnusableError, RefusedError])
def test_an_error_without_words_is_a_mistake(kind: type[UnusableError]) -> None:
    assert not is_known("no.such.key")
    with pytest.raises(KeyError):
        kind("no.such.key")
    with pytest.raises(KeyError):
        kind("key.short")
