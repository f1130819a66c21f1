"""Names of places, fields and procedures of our own lists: in a file's name they tell of nobody."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

_DATA = Path(__file__).resolve().parents[3] / "data"
_PLACES = ("registry/authorities.csv", "registry/illustrative.csv")
_SUBJECTS = {
    "reference/fields.csv": "field_name_vi",
    "reference/procedures.csv": "procedure_name_vi",
}
_MARKS = re.compile("[\u0300-\u036f]")
# Streets and communes bear names of people: with these a place must be called one ("xã Nguyễn Huệ").
_ALWAYS_A_FAMILY = "nguyen"
_PLACE_WORDS = {"xa", "phuong", "huyen", "quan", "tinh", "tp", "pho", "tran", "ubnd"}
# What may follow a place; the given name of a person is nothing of this.
_AFTER = re.compile(
    r"[\W_]*($|\d|(thang|quy|nam|ngay|den|tu|ky)[\W_]*\d|(csv|xlsx?|jsonl?|txt|gz|zip)\b|"
    r"(tinh|huyen|quan|tp|xa|phuong|thi|thanh pho)[\W_]|ho[\W_]?so\b|bao[\W_]?cao\b)"
)


def unaccented(text: str) -> str:
    """The text without accents, đ as d; capitals stay."""
    return _MARKS.sub("", unicodedata.normalize("NFD", text)).replace("đ", "d").replace("Đ", "D")


def is_of_a_subject(first: str, second: str) -> bool:
    """Whether two syllables without accents follow one another in the name of a field or procedure."""
    return (first, second) in _pairs_of_subjects()


def is_place(name: str, syllables: list[str], before: str | None, after: str) -> bool:
    """Whether syllables without accents begin with a place that ends where `after`, what follows the first
    two in the file's `name`, goes on as no person's name does.

    `before` is the syllable in front of them. Where the name has accents they must be the place's."""
    known = _places().get(" ".join(syllables[:2]), ())
    if syllables[0] == _ALWAYS_A_FAMILY and before not in _PLACE_WORDS:
        return False
    written = unicodedata.normalize("NFC", name).casefold()
    has_accents = unaccented(written) != written
    return bool(_AFTER.match(after.lower())) and any(
        not has_accents or place.split() == _words_at(written, place) for place in known
    )


def _words_at(written: str, place: str) -> list[str]:
    """The words of the place if they stand in the text one after the other, whatever is between them."""
    pattern = r"[\W_]*".join(map(re.escape, place.split()))
    return place.split() if re.search(pattern, written) else []


@cache
def _places() -> dict[str, tuple[str, ...]]:
    """Places of two syllables: without accents → as they are written, in small letters."""
    found: dict[str, tuple[str, ...]] = {}
    for path in _PLACES:
        for row in _rows(path):
            name = unicodedata.normalize("NFC", row["short_name"]).casefold()
            if len(name.split()) == 2:
                found.setdefault(unaccented(name), ())
                found[unaccented(name)] += (name,)
    return found


@cache
def _pairs_of_subjects() -> set[tuple[str, str]]:
    names = (row[column] for path, column in _SUBJECTS.items() for row in _rows(path))
    return {pair for name in names for pair in pairwise(unaccented(name).lower().split())}


def _rows(path: str) -> Iterator[dict[str, str]]:
    with (_DATA / path).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
