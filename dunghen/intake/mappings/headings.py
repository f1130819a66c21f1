"""How headings are compared: what a mapping calls a column and what a file calls it.

A heading of a mapping is looked for as it is written first (Unicode NFC, capitals and runs of spaces do not
count). Only if no column of the file is called so, accents, đ and marks stop counting too: "Ngày tiếp nhận",
"NGAY TIEP NHAN" and "ngày_tiếp_nhận" are then one heading, "NgayTiepNhan", which is one word, is another.
The number of a column in brackets at the end ("Trực tuyến (4)") never counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

# possessive: a heading of a damaged file may be a megabyte long
_COLUMN_NUMBER = re.compile(r"\s*+\(\d{1,2}\)(\s*+=(\s*+[+=-]?+\s*+\(?+\d{1,2}+\)?+(?!\d))*+)?+$")
_NO_LETTERS = re.compile(r"[^\w%]+|_+")
_MARKS = re.compile("[\u0300-\u036f]")


@lru_cache(maxsize=16_384)
def as_written(heading: str) -> str:
    """The heading as it is first compared: NFC, small letters, single spaces, no column number at the end."""
    plain = " ".join(unicodedata.normalize("NFC", heading).casefold().split())
    return _COLUMN_NUMBER.sub("", plain) or plain


@lru_cache(maxsize=16_384)
def letters_only(heading: str) -> str:
    """The heading as it is compared next: no accents, đ as d, every run of marks as one space; % stays."""
    return _NO_LETTERS.sub(" ", without_accents(as_written(heading))).strip()


def without_accents(text: str) -> str:
    """Text in small letters as it is typed where there are no accents: "đang xử lý" is "dang xu ly"."""
    return _MARKS.sub("", unicodedata.normalize("NFD", text)).replace("đ", "d")


def places(names: Sequence[str], headings: Sequence[str]) -> list[int]:
    """Where in `headings` the first of `names` that is there stands; two places if the file has it twice."""
    for form in (as_written, letters_only):
        compared = _compared(form, tuple(headings))
        for name in map(form, names):
            if name and (found := compared.get(name)):
                return list(found)
    return []


def begins_one(names: Sequence[str], headings: Sequence[str]) -> bool:
    """Whether one of `names` is in `headings` with more words behind it: never taken for it, but near it."""
    lines = _lines(tuple(headings))
    return any(f"\n{begun} " in lines for begun in map(letters_only, names) if begun)


# a row of headings is asked for every column of every mapping
@lru_cache(maxsize=256)
def _compared(form: Callable[[str], str], headings: tuple[str, ...]) -> dict[str, list[int]]:
    """Each heading as it is compared → where it stands."""
    found: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        found.setdefault(form(heading), []).append(place)
    return found


@lru_cache(maxsize=256)
def _lines(headings: tuple[str, ...]) -> str:
    """All headings as they are compared without marks, each after a line end."""
    return "".join(f"\n{heading}" for heading in _compared(letters_only, headings))
