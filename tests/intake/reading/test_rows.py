"""Where the rows of a CSV begin: the walk that finds the lines of quarantined rows."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from dunghen.intake.reading.rows import Extent, extents, oddly_quoted_lines

TEXTS = st.lists(st.sampled_from([b'"', b"\n", b";", b" ", b"x"]), max_size=40).map(b"".join)


def test_quoted_cells_hold_separators_and_line_ends() -> None:
    lines = [b'a;"b\n', b';""c\n', b'" ;d\n', b'5" e;f"\n', b'"g"h;"i\n', b"j\n", b'"k']

    assert list(extents(lines, b";")) == [
        Extent(0, 1, 3, 15),
        Extent(15, 4, 1, 8),
        Extent(23, 5, 1, 8),
        Extent(31, 6, 1, 2),
        Extent(33, 7, 1, 2),
    ]


def test_a_row_of_lines_that_is_too_long_is_the_last_and_cut_where_that_shows() -> None:
    walked = []

    def lines() -> Iterator[bytes]:
        for line in (b"one;long;line\n", b'a;"\n', b"bb\n", b"cc\n", b'";\n', b"d\n"):
            walked.append(line)
            yield line

    assert list(extents(lines(), b";", longest=7)) == [Extent(0, 1, 1, 14), Extent(14, 2, 3, 10)]
    assert walked[-1] == b"cc\n"


@given(text=TEXTS, block=st.integers(1, 9))
def test_oddly_quoted_lines_are_found_in_any_blocks(text: bytes, block: int) -> None:
    expected, offset = [], 0
    for line in text.splitlines(keepends=True):
        if line.count(b'"') % 2:
            expected.append(offset)
        offset += len(line)

    blocks = [text[place : place + block] for place in range(0, len(text), block)]

    assert list(oddly_quoted_lines(blocks)) == expected


@given(text=TEXTS)
def test_the_extents_cover_the_text_and_its_lines(text: bytes) -> None:
    lines = text.splitlines(keepends=True)
    found = list(extents(lines, b";"))

    assert sum(extent.size for extent in found) == len(text)
    assert sum(extent.lines for extent in found) == len(lines)
    assert [extent.offset for extent in found] == sorted({extent.offset for extent in found})
