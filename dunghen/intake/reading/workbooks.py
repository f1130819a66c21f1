"""XLSX and XLS, through calamine: each visible sheet with something in it is a table."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import islice

import duckdb
import pandas as pd
import python_calamine as calamine

from dunghen.intake.errors import UnusableError
from dunghen.intake.reading import trial
from dunghen.intake.reading.headings import SEARCHED_ROWS, Row, heading_rows, numbers_columns, tidy
from dunghen.intake.reading.limits import (
    LARGEST_XLS,
    LITTLE_WORKBOOK,
    LONGEST_CELL,
    MOST_CELLS,
    MOST_SHEET_BYTES,
)
from dunghen.intake.reading.naming import shown_name
from dunghen.intake.reading.quoting import SPACES, identifier
from dunghen.intake.reading.serials import DAYS, day_of, day_zero
from dunghen.intake.reading.source import Source
from dunghen.intake.reading.tables import HeadingRow, Rejected, SourceTable
from dunghen.intake.reading.unpacking import check_members

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
# merged cells: top row, leftmost column, bottom row, rightmost column; rows from 1, columns from 0
_Merged = tuple[int, int, int, int]
# a row's number and its wanted cells
_Line = tuple[int, list[str | None]]
# rows handed to DuckDB at once
_CHUNK = 50_000
# … or fewer, with about so many letters
_CHUNK_LETTERS = 20_000_000
# the stream of an OLE file that holds a workbook locked with a password
_LOCKED = "EncryptedPackage".encode("utf-16-le")
# "r="B12"" of a cell, "r="12"" of a row
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,4})(\d{1,8})["']""")


class SheetTable(SourceTable):
    """One sheet; only its first rows are kept until it is staged."""

    format = "workbook"

    def __init__(
        self, source: Source, name: str, number: int, head: Sequence[Row], merged: Sequence[_Merged]
    ) -> None:
        super().__init__(source.name, shown_name(name, number, "sheet"), name)
        self._source, self._name, self._head = source, name, head
        self._filled = _filled(head, merged)
        self._merged_down = [(top, bottom) for top, _, bottom, _ in merged if top < bottom <= head[-1].line]
        self._places: list[int] = []

    def heading_rows(self) -> list[HeadingRow]:
        return heading_rows(self._filled)

    def titles(self, heading: HeadingRow) -> list[str]:
        above = (row.cells for row in self._head if row.line < heading.line)
        return [title for cells in above if (title := tidy(" ".join(cells)))]

    def stage(
        self,
        connection: duckdb.DuckDBPyConnection,
        view: str,
        heading: HeadingRow,
        columns: Mapping[str, str],
        marks: Mapping[str, str] | None = None,
    ) -> None:
        wanted = self.indices(heading, columns)
        names = ", ".join(f"{identifier(ours)} VARCHAR" for _, ours in wanted)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {identifier(view)} ({names})")
        self._places = []
        days = {index for index, ours in wanted if ours in DAYS}
        rows = self._rows_below(
            heading, [(index, (marks or {}).get(ours, ".")) for index, ours in wanted], days
        )
        for chunk in _chunks(rows):
            self._places += [line for line, _ in chunk]
            frame = pd.DataFrame(
                [cells for _, cells in chunk], columns=[ours for _, ours in wanted], dtype="str"
            )
            connection.from_df(frame).insert_into(view)

    def lines(self, ordinals: Sequence[int], rows: int | None = None) -> list[int]:  # noqa: ARG002 - every table has it
        return [self._places[ordinal] for ordinal in ordinals]

    def count(self) -> int:
        with _opened(self._source) as book:
            rows = _rows(book.get_sheet_by_name(self._name))
            return sum(any(cell != "" for cell in cells) for _, cells in rows)

    def rejected(self, connection: duckdb.DuckDBPyConnection) -> list[Rejected]:  # noqa: ARG002 - every table has it
        return []

    def misread(self, error: duckdb.Error) -> UnusableError:
        return UnusableError("reading.workbook", file=self.place, kind=type(error).__name__)

    def _rows_below(
        self, heading: HeadingRow, wanted: list[tuple[int, str]], days: Container[int]
    ) -> Iterator[_Line]:
        """The rows with their wanted cells, each given by its place and the decimal mark of its numbers; at
        the places of `days`, numbers may be such."""
        last, seen = self._last_of(heading), 0
        with _opened(self._source) as book:
            for line, cells in _rows(book.get_sheet_by_name(self._name)):
                if line <= last or not any(cell != "" for cell in cells):
                    continue
                seen += 1
                if seen == 1 and numbers_columns([text(cell) for cell in cells]):
                    continue
                values = [
                    text(self._day_or(cells[index]) if index in days else cells[index], mark)[:LONGEST_CELL]
                    or None
                    if index < len(cells)
                    else None
                    for index, mark in wanted
                ]
                if any(values):
                    yield line, values

    def _day_or(self, cell: Cell) -> Cell:
        """The day that a number cell means, or the cell as it is."""
        if isinstance(cell, bool) or not isinstance(cell, int | float) or self._day_zero is None:
            return cell
        return day_of(cell, self._day_zero) or cell

    @cached_property
    def _day_zero(self) -> dt.datetime | None:
        return day_zero(self._source)

    def _last_of(self, heading: HeadingRow) -> int:
        """The last sheet row of a heading: where the cells that are merged downwards from it end."""
        last = [row.line for row in self._head if row.line >= heading.line][heading.rows - 1]
        for top, bottom in sorted(self._merged_down):
            last = bottom if top <= last else last
        return last


def sheets(source: Source) -> list[SourceTable]:
    """The tables of a workbook.

    Raises UnusableError for one that is locked, damaged, too large, or has no visible sheet with a cell."""
    _try_out(source)
    with _opened(source) as book:
        visible = {
            sheet.name: number
            for number, sheet in enumerate(book.sheets_metadata, 1)
            if sheet.visible == calamine.SheetVisibleEnum.Visible
            and sheet.typ == calamine.SheetTypeEnum.WorkSheet
        }
        tables: list[SourceTable] = [
            table
            for name, number in visible.items()
            if (table := _table(source, name, number, book.get_sheet_by_name(name)))
        ]
    if not tables:
        raise UnusableError("reading.no_rows", file=source.name)
    return tables


def check_xlsx(source: Source) -> None:
    """Looks through a workbook before it is opened. Raises UnusableError where that would take all memory.

    The reader holds the rectangle that a sheet's used cells span, so two far apart are enough for a bomb."""
    before, sheet, rows, columns = b"", "", 0, 0
    for name, block in check_members(source, MOST_SHEET_BYTES):
        if not name.lower().startswith("xl/worksheets/"):
            continue
        if name != sheet:
            before, sheet, rows, columns = b"", name, 0, 0
        for letters, digits in set(_PLACE.findall(before + block)):
            rows, columns = max(rows, int(digits)), max(columns, _column(letters))
        before = block[-64:]
        if rows * columns > MOST_CELLS:
            raise UnusableError("reading.large_workbook", file=source.name)


def check_xls(source: Source) -> None:
    """The same for an old workbook. Raises UnusableError for one that is locked or too large."""
    if source.size > LARGEST_XLS:
        raise UnusableError("reading.large_workbook", file=source.name)
    if _LOCKED in source.head(LARGEST_XLS):
        raise UnusableError("reading.password", file=source.name)


def text(cell: Cell, decimal_mark: str = ".") -> str:
    """A cell as text: a day and time as `YYYY-MM-DD HH:MM:SS`, a whole number without a decimal mark."""
    if isinstance(cell, str):
        return cell.strip(SPACES)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        # sums of a workbook are a little off: 2.9999999999996 is 3
        return f"{cell:.10f}".rstrip("0").rstrip(".").replace(".", decimal_mark)
    if isinstance(cell, dt.datetime):
        # days are floating-point numbers in a workbook: half past eight may be a microsecond short of it
        return (cell + dt.timedelta(milliseconds=500)).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, dt.date):
        return f"{cell.isoformat()} 00:00:00"
    return str(cell)


def _try_out(source: Source) -> None:
    """Raises UnusableError for a workbook that cannot be read, within some memory and time, as a whole."""
    source.stream.seek(0)
    descriptor = source.stream.fileno()
    command = [sys.executable, "-I", trial.__file__, str(descriptor)]
    # what it says may quote the file
    done = subprocess.run(command, pass_fds=[descriptor], capture_output=True, check=False)  # noqa: S603 - our own
    if done.returncode == 0:
        return
    if done.returncode == trial.LOCKED:
        raise UnusableError("reading.password", file=source.name)
    ended = done.returncode < 0 and source.size > LITTLE_WORKBOOK
    raise UnusableError("reading.large_workbook" if ended else "reading.damaged", file=source.name)


@contextmanager
def _opened(source: Source) -> Iterator[calamine.CalamineWorkbook]:
    source.stream.seek(0)
    try:
        with calamine.CalamineWorkbook.from_filelike(source.stream) as book:
            yield book
    except (calamine.CalamineError, OSError):
        # it was read whole a moment ago
        raise UnusableError("reading.damaged", file=source.name) from None


def _table(source: Source, name: str, number: int, sheet: calamine.CalamineSheet) -> SheetTable | None:
    rows = (Row(line, tuple(tidy(text(cell)) for cell in cells)) for line, cells in _rows(sheet))
    head = list(islice((row for row in rows if any(row.cells)), SEARCHED_ROWS))
    if not head:
        return None
    skipped = (sheet.start or (0, 0))[1]
    merged = [
        (top + 1, max(left - skipped, 0), bottom + 1, right - skipped)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        if right >= skipped
    ]
    return SheetTable(source, name, number, head, merged)


def _rows(sheet: calamine.CalamineSheet) -> Iterator[tuple[int, list[Cell]]]:
    """The rows with their 1-based numbers; blank columns at the left are not in them."""
    return enumerate(sheet.iter_rows(), 1)


def _chunks(rows: Iterator[_Line]) -> Iterator[list[_Line]]:
    chunk: list[_Line] = []
    letters = 0
    for line in rows:
        chunk.append(line)
        letters += sum(len(cell) for cell in line[1] if cell)
        if len(chunk) == _CHUNK or letters > _CHUNK_LETTERS:
            yield chunk
            chunk, letters = [], 0
    if chunk:
        yield chunk


def _filled(head: Sequence[Row], merged: Sequence[_Merged]) -> list[Row]:
    """The first rows with the text of each merged cell in all the places it covers."""
    rows = {row.line: list(row.cells) for row in head}
    for top, left, bottom, right in merged:
        if top not in rows or left >= len(rows[top]):
            continue
        text_there = rows[top][left]
        for line in rows.keys() & set(range(top, min(bottom, head[-1].line) + 1)):
            for column in range(left, min(right + 1, len(rows[line]))):
                rows[line][column] = rows[line][column] or text_there
    return [Row(line, tuple(cells)) for line, cells in rows.items()]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - ord("A") + 1
    return number
