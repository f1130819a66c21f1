"""CSV: read by DuckDB, in parallel and only the wanted columns; we look at its first rows and at places."""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import duckdb
import numpy as np
import numpy.typing as npt

from dunghen.intake.errors import UnusableError
from dunghen.intake.reading.asides import are_words, is_aside, signs
from dunghen.intake.reading.ending import DOS_END, ends_with_a_block, is_open, is_stunted, last_line
from dunghen.intake.reading.headings import SEARCHED_ROWS, Row, heading_rows, numbers_columns, tidy
from dunghen.intake.reading.limits import HEAD, LONGEST_QUOTED_ROW, LONGEST_ROW, MOST_REJECTED
from dunghen.intake.reading.quoting import any_of, identifier, literal, texts
from dunghen.intake.reading.rows import Extent, extents, oddly_quoted_lines
from dunghen.intake.reading.source import Source
from dunghen.intake.reading.survey import Survey
from dunghen.intake.reading.tables import HeadingRow, Rejected, SourceTable

SEPARATORS = (",", ";", "\t", "|")
# rows looked at to choose the separator, and to see whether an export drops the empty cells that end a row
_SAMPLED_ROWS = 1000
_DROPS_EMPTY_CELLS = 0.05
_SHORT = "MISSING COLUMNS"
_REASONS = {
    "INVALID ENCODING": "undecodable_text",
    "LINE SIZE OVER MAXIMUM": "overlong_row",
    _SHORT: "short_row",
    "TOO MANY COLUMNS": "long_row",
    "UNQUOTED VALUE": "badly_quoted_row",
}


@dataclass(frozen=True)
class _Staged:
    """How a table was handed over: what `lines` and `rejected` must know of it."""

    connection: duckdb.DuckDBPyConnection
    view: str
    projection: str
    rows_above: int
    width: int
    pads: bool


class DelimitedTable(SourceTable):
    """The one table of a CSV in UTF-8 (others were rewritten so) whose lines all end alike."""

    format = "csv"

    def __init__(self, source: Source, survey: Survey, size: int | None = None) -> None:
        """`size` is that of the file before it was written anew in another encoding."""
        super().__init__(source.name)
        self._source, self._survey = source, survey
        self._size = size or source.size
        lines = _head_lines(source)
        self._separator = _separator(lines)
        self._head = list(_parsed(lines, self._separator))
        self._staged: _Staged | None = None
        self._quoted_at_end: int | None = None
        self._has_rows_of_lines = self._joins_lines()

    def heading_rows(self) -> list[HeadingRow]:
        return heading_rows([row for row in self._head if any(row.cells)][:SEARCHED_ROWS])

    def titles(self, heading: HeadingRow) -> list[str]:
        above = (row.cells for row in self._head if row.line < heading.line)
        return [title for cells in above if (title := tidy(" ".join(cells)))]

    def stage(
        self,
        connection: duckdb.DuckDBPyConnection,
        view: str,
        heading: HeadingRow,
        columns: Mapping[str, str],
        marks: Mapping[str, str] | None = None,  # noqa: ARG002 - every table has it
    ) -> None:
        projection = texts(
            self.indices(heading, columns),
            decomposed=self._survey.decomposed,
            odd_spaces=self._survey.odd_spaces or self._has_rows_of_lines,
        )
        above = self._rows_above(heading)
        sampled = self._head[above : above + _SAMPLED_ROWS]
        width, pads = _width(heading, sampled)
        self._refuse_cut(heading, sampled[:-1])
        self.__dict__.pop("_read_once_more", None)
        self._staged = staged = _Staged(connection, view, projection, above, width, pads)
        rows = self._rows(staged, f"{view}_rejected")
        filled = rows.filter(any_of(rows.columns)).sql_query()
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {identifier(view)} AS {filled}")

    def lines(self, ordinals: Sequence[int], rows: int | None = None) -> list[int]:
        if not ordinals:
            return []
        staged = self._handed_over()
        above = self._head_extents()[staged.rows_above - 1]
        first = above.line + above.lines
        if rows is not None and first - 1 + rows == self._physical_lines:
            return [first + ordinal for ordinal in ordinals]
        filled, left_out = self._read_once_more
        wanted = np.flatnonzero(filled)[list(ordinals)].tolist()
        if not left_out and first - 1 + len(filled) == self._physical_lines:
            return [first + number for number in wanted]
        return self._walked(set(wanted), wanted, left_out, first)

    def count(self) -> int:
        self._source.stream.seek(0)
        return sum(bool(line.strip()) for line in self._source.stream)

    @property
    def rows_about(self) -> int | None:
        head = self._source.head(HEAD)
        return round(self._source.size * head.count(b"\n") / len(head))

    def rejected(self, connection: duckdb.DuckDBPyConnection) -> list[Rejected]:
        rejects, _ = self._rejected_and_asides(connection)
        return self._located(rejects) if rejects else []

    def asides(self, connection: duckdb.DuckDBPyConnection) -> int:
        return self._rejected_and_asides(connection)[1]

    def misread(self, error: duckdb.Error) -> UnusableError:
        return UnusableError("reading.csv", file=self.place, kind=type(error).__name__)

    def _handed_over(self) -> _Staged:
        if self._staged is None:
            raise RuntimeError("stage() comes before lines() and rejected()")
        return self._staged

    def _rows(self, staged: _Staged, rejects: str) -> duckdb.DuckDBPyRelation:
        """The wanted columns of all rows below the heading, blank ones too."""
        names = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(staged.width))
        options = (
            f"delim={literal(self._separator)}, quote='\"', escape='\"', header=false, auto_detect=false,"
            f" new_line={literal(repr(self._survey.line_end)[1:-1])}, skip={staged.rows_above},"
            f" max_line_size={LONGEST_ROW}, null_padding={staged.pads}, parallel={not staged.pads},"
            f" store_rejects=true, rejects_table={literal(rejects)},"
            f" rejects_scan={literal(f'{rejects}_scan')},"
            # of a rejected line one character is kept in memory, and never asked for
            f" rejects_limit={4 * MOST_REJECTED}, rejects_line_size_limit=1, columns={{{names}}}"
        )
        source = f"read_csv({literal(self._source.path)}, {options})"
        return staged.connection.sql(f"FROM {source}").project(staged.projection)

    def _head_extents(self) -> list[Extent]:
        return list(extents(_head_lines(self._source), self._separator.encode()))

    def _rows_above(self, heading: HeadingRow) -> int:
        """How many rows, blank ones too, end with the heading and a row that numbers its columns."""
        numbered = [(number, row) for number, row in enumerate(self._head) if any(row.cells)]
        below = [(number, row) for number, row in numbered if row.line >= heading.line]
        last = below[heading.rows - 1][0]
        after = below[heading.rows : heading.rows + 1]
        return (after[0][0] if after and numbers_columns(after[0][1].cells) else last) + 1

    def _refuse_cut(self, heading: HeadingRow, others: Sequence[Row]) -> None:
        """Notes a last row that has no line end. Raises UnusableError where it is surely a part of one.

        It is with fewer cells than `others`, unless it is a line of totals or signatures, with a quote that
        is not closed, with a stunted last cell, or where the file ends with a block."""
        self.open_end = None
        begin = last_line(self._source) if self._quoted_at_end is None else self._quoted_at_end
        row = self._source.part(begin, LONGEST_ROW)
        if len(row) == LONGEST_ROW or not is_open(row):
            return
        lines = [*row.rstrip(DOS_END).splitlines(keepends=True), b"\n"]
        is_quoted = len(list(extents(lines, self._separator.encode()))) == 1
        cells = _cells(row.decode("utf-8-sig", "replace").rstrip(DOS_END.decode()), self._separator)
        if not is_quoted and is_aside(cells):
            return
        self.open_end = self._lines_at([begin])[0]
        width, drops_empty_cells = _width(heading, others)
        if is_quoted or is_stunted(cells, others) or (len(cells) < width and not drops_empty_cells):
            raise UnusableError("reading.cut_row", file=self.place, line=self.open_end)
        if ends_with_a_block(self._size):
            raise UnusableError("reading.cut_block", file=self.place, line=self.open_end, size=self._size)

    @cached_property
    def _read_once_more(self) -> tuple[npt.NDArray[np.bool_], set[int]]:
        """Which rows have something in a wanted column, and the offsets of those that cannot be split."""
        staged, places = self._handed_over(), "places_rejected"
        rows = self._rows(staged, places)
        filled = rows.project(f"{any_of(rows.columns)} AS filled").fetchnumpy()["filled"]
        left_out = {offset for offset, _ in self._rejects(staged.connection, places)}
        _forget(staged.connection, places)
        return np.asarray(filled), left_out

    @cached_property
    def _physical_lines(self) -> int:
        last, count = b"", 0
        for block in self._source.blocks():
            count += int(np.count_nonzero(np.frombuffer(block, np.uint8) == ord("\n")))
            last = block[-1:]
        return count + (last != b"\n")

    def _walked(self, wanted: set[int], order: list[int], left_out: set[int], first: int) -> list[int]:
        """The lines of rows by their numbers, found by walking through the file row by row."""
        found: dict[int, int] = {}
        number = 0
        for extent in self._extents(0):
            if extent.line < first or extent.offset in left_out or self._is_blank(extent):
                continue
            if number in wanted:
                found[number] = extent.line
            number += 1
        return [found[number] for number in order]

    def _is_blank(self, extent: Extent) -> bool:
        """Whether DuckDB passes over a row because there is nothing in its line."""
        return extent.size <= len(self._survey.line_end or "")

    def _extents(self, offset: int, longest: int = sys.maxsize) -> Iterator[Extent]:
        self._source.stream.seek(offset)
        return extents(self._source.stream, self._separator.encode(), longest)

    def _rejected_and_asides(
        self, connection: duckdb.DuckDBPyConnection
    ) -> tuple[list[tuple[Extent, str]], int]:
        """The rows that DuckDB left out, each with its trouble, but for blank ones and lines of totals and
        signatures with names below; and how many such lines there are."""
        rejects = self._rejects(connection, f"{self._handed_over().view}_rejected")
        left_out = [(next(self._extents(offset))._replace(offset=offset), error) for offset, error in rejects]
        short = {extent: self._cells_of(extent) for extent, error in left_out if error == _SHORT}
        said = dict(zip(short, signs(list(short.values())) if short else (), strict=True))
        rejected, asides, below = [], 0, -1
        for extent, error in left_out:
            cells, sign = short.get(extent, ()), said.get(extent)
            is_filled = extent not in short or any(map(str.strip, cells))
            is_name = extent.offset == below and extent in short and are_words(cells)
            if sign or is_name:
                asides += is_filled
            elif is_filled:
                rejected.append((extent, error))
            is_signed = sign == "signature" or is_name
            below = self._after_blank_lines(extent.offset + extent.size) if is_signed else -1
        return rejected, asides

    def _cells_of(self, extent: Extent) -> tuple[str, ...]:
        row = self._source.part(extent.offset, extent.size).decode("utf-8", "replace")
        return _cells(row.rstrip("\r\n" + DOS_END.decode()), self._separator)

    def _located(self, rejects: list[tuple[Extent, str]]) -> list[Rejected]:
        lines = self._lines_at([extent.offset for extent, _ in rejects])
        return [
            Rejected(line + number, _REASONS.get(error, "unreadable_row"))
            for line, (extent, error) in zip(lines, rejects, strict=True)
            for number in range(extent.lines)
        ]

    def _joins_lines(self) -> bool:
        """Whether cells hold line ends. Raises UnusableError where a quote swallows more than a cell holds.

        DuckDB then reads wrongly without a word: it takes megabytes for one cell, or goes on in the midst."""
        done, joins = 0, False
        for offset in oddly_quoted_lines(self._source.blocks()):
            if offset < done:
                continue
            extent = next(self._extents(offset, LONGEST_QUOTED_ROW))
            done, joins = offset + extent.size, joins or extent.lines > 1
            self._quoted_at_end = offset if done == self._source.size else None
            if extent.size > LONGEST_QUOTED_ROW and extent.lines > 1:
                line = self._lines_at([offset])[0]
                raise UnusableError("reading.open_quote", file=self.place, line=line)
        return joins

    def _rejects(self, connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[int, str]]:
        """The 0-based byte offset and the first trouble of each row that was left out, from the top."""
        try:
            rows = connection.table(table).project("line_byte_position - 1, error_type").fetchall()
        except duckdb.CatalogException:
            # the view was not read
            return []
        first_troubles = dict(reversed(rows))
        if len(first_troubles) > MOST_REJECTED:
            raise UnusableError("reading.too_many_rejected", file=self.place, limit=MOST_REJECTED)
        return sorted((self._after_blank_lines(at), error) for at, error in first_troubles.items())

    def _after_blank_lines(self, offset: int) -> int:
        """DuckDB lets a row begin with the blank lines before it."""
        while (part := self._source.part(offset, 64)) and (blank := len(part) - len(part.lstrip(b"\r\n"))):
            offset += blank
        return offset

    def _lines_at(self, offsets: list[int]) -> list[int]:
        """The 1-based lines on which rising byte offsets stand."""
        lines, begins, count, places = [], 0, 1, iter([*offsets, -1])
        place = next(places)
        for block in self._source.blocks():
            feeds = np.flatnonzero(np.frombuffer(block, np.uint8) == ord("\n"))
            while begins <= place < begins + len(block):
                lines.append(count + int(np.searchsorted(feeds, place - begins)))
                place = next(places)
            begins, count = begins + len(block), count + len(feeds)
        return lines


def _forget(connection: duckdb.DuckDBPyConnection, rejects: str) -> None:
    for table in (rejects, f"{rejects}_scan"):
        connection.execute(f"DROP TABLE IF EXISTS {identifier(table)}")


def _head_lines(source: Source) -> list[bytes]:
    """The first physical lines; never a part of one, unless there is no other."""
    head = source.head(HEAD)
    whole = head if len(head) < HEAD else head[: head.rfind(b"\n") + 1] or head
    return whole.splitlines(keepends=True)


def _parsed(lines: Sequence[bytes], separator: str, limit: int | None = None) -> Iterator[Row]:
    """The rows, blank ones too, of the first lines of a file."""
    text = b"".join(lines)
    for extent in islice(extents(lines, separator.encode(), LONGEST_QUOTED_ROW), limit):
        row = text[extent.offset : extent.offset + extent.size].decode("utf-8-sig", "replace")
        yield Row(extent.line, _cells(row.rstrip("\r\n" + DOS_END.decode()), separator))


def _cells(row: str, separator: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader(io.StringIO(row, newline=""), delimiter=separator), ()))
    except csv.Error:
        # a cell longer than this reader takes, in the first rows only: it is no heading
        return (row[:1000],)


def _width(heading: HeadingRow, rows: Sequence[Row]) -> tuple[int, bool]:
    """How many columns the rows have, and whether they lack the empty ones at their ends."""
    named = max(number for number, text in enumerate(heading.headings, 1) if text)
    widths = Counter(len(row.cells) for row in rows if any(row.cells))
    usual = widths.most_common(1)[0][0] if widths else named
    width = max(named, usual)
    short = sum(count for cells, count in widths.items() if cells < width)
    return width, short > _DROPS_EMPTY_CELLS * widths.total()


def _separator(lines: Sequence[bytes]) -> str:
    """The separator that gives most rows the same number of cells, and many of them."""
    return max(SEPARATORS, key=lambda separator: _evenness(lines, separator))


def _evenness(lines: Sequence[bytes], separator: str) -> float:
    widths = Counter(len(row.cells) for row in _parsed(lines, separator, _SAMPLED_ROWS) if any(row.cells))
    return max(((width - 1) * count / widths.total() for width, count in widths.items()), default=0.0)
