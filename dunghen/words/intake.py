"""Every word of the intake that an office reads: errors, reasons, summaries, looked up by key."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dunghen.words import formats, say, texts

LANGUAGES = ("vi", "en")
_HERE = Path(__file__).parent
# what `shown_name` calls a file or a sheet of which the name may tell of a person
_UNNAMED = re.compile(r"(?:\b(\w+) )?(file|sheet|list)\u00a0([0-9]+)")


class Share(float):
    """A share of a whole, 0..1, to be told as a percentage."""


@dataclass(frozen=True)
class _Count:
    """A whole number as a language writes it; `{rows:row|rows}` is the word that goes with it."""

    number: int
    language: str

    def __format__(self, words: str) -> str:
        if not words:
            return formats.count(self.number, self.language)
        one, many = words.split("|")
        return one if self.number == 1 else many


def tell(key: str, language: str = "vi", /, **values: object) -> str:
    """The text under a dotted key of `intake_vi.toml` or `intake_en.toml`, with its `{names}` filled in.

    Whole numbers, shares and days among the values stand in it as the language writes them: 1.234; 12,5%;
    31/10/2026; so do files that are called by their number: tệp 2. Raises KeyError for a key that is not
    there and for a name without a value: a missing word is a mistake in the program, not something to
    print."""
    text = intake_texts(language)[key]
    shown = {name: _written(value, language) for name, value in values.items()}
    return called(text.format_map(shown), language) if shown or "{" in text else text


def called(text: str, language: str) -> str:
    """The text with files and sheets that are called by their number in its language: "Tệp 2 trống"."""

    def in_words(found: re.Match[str]) -> str:
        before, what, number = found.groups(default="")
        name = intake_texts(language)[f"unnamed.{what}"].format(number=number)
        # the sentence may say "file" already
        said = before and name.startswith(f"{before.lower()} ")
        return before + name[len(before) :] if said else f"{before} {name}".lstrip()

    return _UNNAMED.sub(in_words, text)


def _written(value: object, language: str) -> object:
    if isinstance(value, Share):
        return formats.percent(float(value), language)
    if isinstance(value, dt.datetime):
        return formats.moment(value, language)
    if isinstance(value, dt.date):
        return formats.day(value, language)
    return _Count(value, language) if type(value) is int else value


def in_both(key: str, /, **values: object) -> str:
    """A text in both languages, for the help of a command: nobody has yet said which one is read."""
    return " | ".join(tell(key, language, **values) for language in LANGUAGES)


def column_text(name: str, language: str = "vi") -> str:
    """What a column of ours is called: "ngày hẹn trả"; a criterion has no words here and keeps its code."""
    key, count = f"column.{name}", f"sentence.count.{name}"
    if key in intake_texts(language):
        return tell(key, language)
    return say(count, language) if count in texts(language) else name


@cache
def intake_texts(language: str) -> dict[str, str]:
    """All texts of the intake in one language: dotted key → text."""
    with (_HERE / f"intake_{language}.toml").open("rb") as file:
        return _flat(tomllib.load(file))


def _flat(table: dict[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = str(value)
    return flat
