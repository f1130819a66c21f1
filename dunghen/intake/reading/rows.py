"""Where the rows of a CSV begin, as DuckDB reads them: quoted cells may hold separators and line ends."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

_REST_OF_QUOTED = re.compile(rb'(?:[^"]|"")*+"')
_SPACES = re.compile(rb" *+")
_QUOTE = b'"'


class Extent(NamedTuple):
    """One row: its 0-based byte offset, its 1-based physical line, how many lines and bytes it takes."""

    offset: int
    line: int
    lines: int
    size: int


def extents(lines: Iterable[bytes], separator: bytes, longest: int = sys.maxsize) -> Iterator[Extent]:
    """The rows, blank ones too, of a CSV given as its physical lines (with their ends).

    The first of several lines with more than `longest` bytes is the last, and ends where that shows: what a
    quote that nobody closed swallows need not be walked through to the end of the file."""
    offset = start = 0
    first = number = 1
    quoted = False
    for number, line in enumerate(lines, 1):
        offset += len(line)
        if quoted or _QUOTE in line:
            quoted = _left_open(line, separator, quoted=quoted)
        if not quoted:
            yield Extent(start, first, number - first + 1, offset - start)
            start, first = offset, number + 1
        elif offset - start > longest and number > first:
            break
    if quoted:
        yield Extent(start, first, number - first + 1, offset - start)


def oddly_quoted_lines(blocks: Iterable[bytes]) -> Iterator[int]:
    """The 0-based byte offsets of the physical lines with an odd number of quotes.

    A row of several lines begins with one; in a file without any, each line is a row."""
    begins = start = carried = 0
    for block in blocks:
        if carried or _QUOTE in block:
            signs = np.frombuffer(block, np.uint8)
            ends = np.flatnonzero(signs == ord("\n"))
            quotes = np.searchsorted(np.flatnonzero(signs == ord(_QUOTE)), ends)
            counts = np.diff(quotes, prepend=-carried)
            starts = np.concatenate(([start], begins + ends + 1))
            yield from starts[:-1][counts % 2 == 1].tolist()
            carried = carried * (len(ends) == 0) + block.count(_QUOTE, block.rfind(b"\n") + 1)
            start = int(starts[-1])
        elif b"\n" in block:
            start = begins + block.rfind(b"\n") + 1
        begins += len(block)
    if carried % 2:
        yield start


def _left_open(line: bytes, separator: bytes, *, quoted: bool) -> bool:
    """Whether a quoted cell is still open at the end of a line that begins inside one or not."""
    position = 0
    while True:
        if not quoted:
            opening = _after_spaces(line, position)
            quoted = line.startswith(_QUOTE, opening)
            position = opening + 1 if quoted else position
        if quoted:
            closing = _REST_OF_QUOTED.match(line, position)
            if closing is None:
                return True
            quoted, position = False, _after_spaces(line, closing.end())
            # what else follows a closing quote is an error that ends with the line
            if not line.startswith(separator, position):
                return False
        position = line.find(separator, position) + 1
        if position == 0:
            return False


def _after_spaces(line: bytes, position: int) -> int:
    spaces = _SPACES.match(line, position)
    return spaces.end() if spaces else position
