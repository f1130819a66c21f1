"""What every reader gives: a table of a file, its possible headings, its rows by our names, their places."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import duckdb

from dunghen.intake.errors import UnusableError

Format = Literal["csv", "workbook", "json"]


@dataclass(frozen=True)
class HeadingRow:
    """A row (or two or three rows under merged cells) that may hold the headings of a table.

    `line` is the 1-based line (CSV), sheet row (workbook) or 0 (JSON) where it begins, `rows` how many
    non-blank rows it spans. `headings` has one text a column, in the order of the columns, NFC, without
    spaces around and with single spaces inside; "" for a column without one.
    """

    line: int
    headings: tuple[str, ...]
    rows: int = 1


@dataclass(frozen=True)
class Rejected:
    """A row that could not be told apart: its 1-based line in the file and a key of the words' [reason]."""

    line: int
    reason: str


class SourceTable(ABC):
    """One table found in one file: a CSV, one sheet of a workbook, one list of a JSON file.

    `file` is the name as the user may see it ("don-vi.zip/thang-10.csv"; a name that looks personal is
    "file 1"), `sheet` the same of the sheet (of a JSON file: of the place where the list stands)
    or None, `sheet_name` what only mappings may see of it.
    """

    format: Format
    # where the list stands in a JSON file, as a mapping names it: "data.children", "" for the file itself
    records: str | None = None
    # one object outside lists: often only the wrapping of the others
    is_single = False
    # the 1-based line of a last row without a line end, where a CSV may be cut off; known once it is staged
    open_end: int | None = None

    def __init__(self, file: str, sheet: str | None = None, sheet_name: str | None = None) -> None:
        self.file = file
        self.sheet = sheet
        self.sheet_name = sheet_name

    @abstractmethod
    def heading_rows(self) -> list[HeadingRow]:
        """The rows that may be the heading, from the top; empty for a table without any text.

        Raises UnusableError where the content cannot be read at all."""

    @abstractmethod
    def titles(self, heading: HeadingRow) -> list[str]:
        """The texts above a heading, one a row: its non-empty cells joined by a space; [] for JSON."""

    @abstractmethod
    def stage(
        self,
        connection: duckdb.DuckDBPyConnection,
        view: str,
        heading: HeadingRow,
        columns: Mapping[str, str],
        marks: Mapping[str, str] | None = None,
    ) -> None:
        """Makes `view` in the connection: a temporary view (CSV, JSON) or table (workbook) of the rows.

        `columns` says heading → our name; the view has exactly our names, all VARCHAR, trimmed, '' as NULL,
        NFC, in the order of the file. Only these columns are read. A row that is empty in all of them and a
        row of column numbers under the heading are left out; totals are not. A date or number cell of a
        workbook comes as `YYYY-MM-DD HH:MM:SS` (the ISO form, to be accepted beside the formats of a mapping)
        and as digits with a point. `marks` says, for our columns of figures, the decimal mark with which a
        number of a workbook or of JSON is written instead: it is one whatever marks a mapping reads texts by.
        A thousands mark is never put in.

        Reading the view may raise duckdb.Error, whose text can hold content: pass it to `misread`.
        Raises UnusableError where a heading of `columns` is not in `heading`."""

    @abstractmethod
    def lines(self, ordinals: Sequence[int], rows: int | None = None) -> list[int]:
        """The 1-based places of rows of the view, given their 0-based numbers in it, in the same order.

        A place is the physical line where the row begins (CSV, JSON Lines), the sheet row (workbook) or the
        number of the record (JSON). Given how many `rows` the view has, it costs nothing in an ordinary CSV;
        one with line breaks in cells, blank or rejected lines is read once more. Call after `stage`, with its
        connection still open."""

    @abstractmethod
    def count(self) -> int:
        """How many rows there are that are not blank, titles and headings too: nothing else is looked at.

        Raises UnusableError where the content cannot be read."""

    @property
    def rows_about(self) -> int | None:
        """How many rows there are, more or less; None where that is not known before they are read."""
        return None

    @abstractmethod
    def rejected(self, connection: duckdb.DuckDBPyConnection) -> list[Rejected]:
        """What the reader had to leave out, once the view was read; never its content.

        Each physical line of a CSV that a badly closed quote swallowed counts as one row. Raises
        UnusableError where more is lost than can be listed."""

    def asides(self, connection: duckdb.DuckDBPyConnection) -> int:  # noqa: ARG002 - a CSV has them
        """How many lines of totals and signatures the reader left out, once the view was read, because they
        have fewer cells than rows of data: they are not among the rejected."""
        return 0

    @abstractmethod
    def misread(self, error: duckdb.Error) -> UnusableError:
        """What to say in place of an error of reading the view: the file and, if known, the place."""

    def indices(self, heading: HeadingRow, columns: Mapping[str, str]) -> list[tuple[int, str]]:
        """Each wanted column's 0-based place and our name. Raises UnusableError for an absent heading."""
        missing = [wanted for wanted in columns if wanted not in heading.headings]
        if missing:
            raise UnusableError("reading.heading_missing", file=self.place, headings=", ".join(missing))
        return [(heading.headings.index(wanted), ours) for wanted, ours in columns.items()]

    @property
    def place(self) -> str:
        """The file and, if it has one, the sheet, as a message names them."""
        return self.file if self.sheet is None else f"{self.file} [{self.sheet}]"
