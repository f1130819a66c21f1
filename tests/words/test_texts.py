"""The two languages say the same things, and nothing is asked for that neither says."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from dunghen.words import say, texts

ROOT = Path(__file__).resolve().parents[2]
ASKING = {"say", "text"}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys() -> None:
    assert sorted(texts("vi")) == sorted(texts("en"))


def test_both_languages_leave_the_same_holes() -> None:
    english = texts("en")
    assert [
        key for key, text in texts("vi").items() if placeholders(text) != placeholders(english[key])
    ] == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_text_is_empty(language: str) -> None:
    assert [key for key, text in texts(language).items() if not text.strip()] == []


def asked_keys() -> Iterator[tuple[str, str]]:
    """Every key written out in the program, with its place."""
    for path in sorted([*ROOT.glob("dunghen/**/*.py"), *ROOT.glob("pages/*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                key = node.args[0].value
                if called in ASKING and isinstance(key, str) and "." in key:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", key


def test_every_key_asked_for_exists() -> None:
    asked = list(asked_keys())
    assert len(asked) > 50
    assert [f"{place}: {key}" for place, key in asked if key not in texts("vi")] == []


def test_a_missing_key_or_value_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        say("no.such.key")
    with pytest.raises(KeyError):
        say("trouble.not_found_detail")


def test_values_fill_the_holes() -> None:
    assert say("trouble.not_found_detail", "en", path="/x").startswith("Đúng Hẹn has nothing at /x.")
