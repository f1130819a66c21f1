"""Rows of cells → the rows that may be the heading, and the rows that only number the columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from dunghen.intake.reading.tables import HeadingRow

# a heading stands among the first rows; forms put up to about twenty lines of titles above theirs
SEARCHED_ROWS = 40
# "(1)", "1", "(3)=(4)+(5)", "(A)": how forms number their columns
_NUMBER = re.compile(r"\(?\s*(?:(\d{1,2})|[A-Z])\s*\)?(?:\s*=.*)?")


class Row(NamedTuple):
    """A row near the top of a table: its 1-based place and its cells as text."""

    line: int
    cells: tuple[str, ...]


def tidy(text: str) -> str:
    """The text in NFC, with single spaces and none around, as headings are compared."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def heading_rows(rows: Sequence[Row]) -> list[HeadingRow]:
    """Each non-blank row by itself, and with the one or two below it as one heading of merged cells.

    Of a merged heading come two readings: the lowest text of each column, and all its texts joined by " / ".
    """
    filled = [Row(line, tuple(map(tidy, cells))) for line, cells in rows if any(map(str.strip, cells))]
    candidates = [HeadingRow(row.line, row.cells) for row in filled]
    for depth in (2, 3):
        for start in range(len(filled) - depth + 1):
            candidates += _merged(filled[start : start + depth])
    return candidates


def _merged(rows: Sequence[Row]) -> list[HeadingRow]:
    width = max(len(row.cells) for row in rows)
    padded = [row.cells + ("",) * (width - len(row.cells)) for row in rows]
    spread = [padded[-1]]
    # from the bottom up: a merged cell may stand over merged cells
    for above in reversed(padded[:-1]):
        spread.insert(0, _spread(above, spread[0]))
    stacks = [[text for text in column if text] for column in zip(*spread, strict=True)]
    lowest = tuple(stack[-1] if stack else "" for stack in stacks)
    joined = tuple(" / ".join(dict.fromkeys(stack)) for stack in stacks)
    line, depth = rows[0].line, len(rows)
    return [HeadingRow(line, headings, depth) for headings in dict.fromkeys((joined, lowest))]


def _spread(above: tuple[str, ...], below: tuple[str, ...]) -> tuple[str, ...]:
    """A merged cell keeps its text in its first column: give it to those right of it that have one below."""
    spread, last = [], ""
    for text, under in zip(above, below, strict=True):
        last = text or (last if under else "")
        spread.append(last)
    return tuple(spread)


def numbers_columns(cells: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: "(1) (2) (3)=(4)+(5)", three of them or more, in order."""
    texts = [text for text in map(tidy, cells) if text]
    found = [_NUMBER.fullmatch(text) for text in texts]
    if len(texts) < 3 or not all(found):
        return False
    numbers = [int(match[1]) for match in found if match and match[1]]
    rising = all(left + 1 == right for left, right in pairwise(numbers))
    return bool(numbers) and numbers[0] <= 2 and rising
