"""How a CSV ends: whether a last row without a line end is one that somebody wrote so, or a part of one.

Many programs put no line end behind the last row, so that alone is no fault: it is told. A row is surely a
part where it lacks cells, leaves a quote open or has a last cell that is the beginning of what all others are
like, which are equally long; one whose last cell cannot be read is found later, when the rows are judged
(quarantine.cut_off).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dunghen.intake.reading.headings import Row
from dunghen.intake.reading.limits import FILE_BLOCK, MEBIBYTE
from dunghen.intake.reading.source import Source

# what programs of DOS write behind the last line
DOS_END = b"\x1a"
# so many cells of one length, and so long, are a form that the last one has to keep
_ENOUGH_CELLS = 20
_FIXED_LENGTH = 4
_DIGIT = re.compile(r"\d")


def last_line(source: Source) -> int:
    """The 0-based byte offset at which the last physical line begins."""
    size, tail = source.size, MEBIBYTE
    while tail < size and b"\n" not in source.part(size - tail, tail):
        tail *= 2
    start = max(size - tail, 0)
    return start + source.part(start, tail).rfind(b"\n") + 1


def is_open(row: bytes) -> bool:
    """Whether the bytes from the last row on hold something that no line end closes."""
    row = row.rstrip(DOS_END)
    return bool(row.strip()) and not row.endswith((b"\n", b"\r"))


def is_stunted(cells: Sequence[str], rows: Sequence[Row]) -> bool:
    """Whether the last cell of a row is the beginning of what those of other rows are like, of one length.

    Any digit is like any other; "Đang xử lý" below "Đã trả kết quả" and 9/10/2026 below 10/01/2026 are whole.
    An empty cell says nothing: the last dossier may be the first without a day of its end."""
    others = [row.cells[-1].strip() for row in rows if len(row.cells) == len(cells)]
    lengths = {len(cell) for cell in others if cell}
    if sum(map(bool, others)) < _ENOUGH_CELLS or len(lengths) > 1:
        return False
    last = _shape(cells[-1].strip())
    shapes = {_shape(cell) for cell in others}
    is_beginning = any(shape.startswith(last) for shape in shapes)
    return 0 < len(last) < max(lengths) and max(lengths) >= _FIXED_LENGTH and is_beginning


def _shape(cell: str) -> str:
    return _DIGIT.sub("0", cell)


def ends_with_a_block(size: int) -> bool:
    """Whether a file of so many bytes ends where a program or disk that stops writing leaves one."""
    return size > 0 and size % FILE_BLOCK == 0
