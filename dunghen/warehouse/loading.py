"""Filling a table from a CSV file of data/: headings and cells must fit the table, or the file is refused.

A refusal names the file, the line, the column and how to mend it. Nothing is rounded, cut or guessed.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from dunghen.warehouse.errors import BuildError

if TYPE_CHECKING:
    from pathlib import Path

# Whatever else goes wrong is not the file's fault.
DATA_ERRORS = (duckdb.ConstraintException, duckdb.ConversionException)
MEND = "Mend it (data/README.md tells what each column holds) and build again."

_FORMS: dict[str, tuple[re.Pattern[str], str]] = {
    "BIGINT": (re.compile(r"\d+"), "a whole number"),
    "DOUBLE": (re.compile(r"-?\d+(\.\d+)?"), "a number with a decimal point"),
    "BOOLEAN": (re.compile(r"[01]"), "0 or 1"),
    "DATE": (re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"), "a day written as YYYY-MM-DD"),
}
_READ = """read_csv(?, all_varchar = TRUE, header = TRUE, delim = ',', quote = '"', escape = '"', skip = 0)"""


@dataclass(frozen=True)
class _Table:
    """The cells of a file: its headings, its rows and the line on which each row ends."""

    headings: list[str]
    rows: list[list[str]]
    lines: list[int]


def load(connection: duckdb.DuckDBPyConnection, table: str, path: Path) -> None:
    """Inserts the rows of a CSV file into a table of the draft.

    The headings must be the table's columns (in any order), numbers and days must be written in one way,
    and every row must satisfy the table's keys and constraints. Raises `BuildError` otherwise.
    """
    content = _read(path)
    types = {name: kind for name, kind, *_ in connection.execute(f"DESCRIBE {table}").fetchall()}
    _check_headings(path, content.headings, list(types))
    _check_cells(path, content, types)
    try:
        connection.execute(f"INSERT INTO {table} BY NAME FROM {_READ}", [str(path)])
    except DATA_ERRORS as error:
        number = _first_refused(connection, table, path, len(content.rows))
        place = f"line {content.lines[number]} ({_key(content, number)})"
        raise BuildError(f"{path}, {place} does not fit the others: {error}\n{MEND}") from error


def _read(path: Path) -> _Table:
    if not path.exists():
        raise BuildError(
            f"{path} is missing. It is one of the files the figures are built from: put it back."
        )
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            headings = next(reader, [])
            read = [(row, reader.line_num) for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise BuildError(f"{path} is not a comma-separated file in UTF-8: {error}. {MEND}") from error
    return _Table(headings, [row for row, _ in read], [line for _, line in read])


def _check_headings(path: Path, headings: list[str], columns: list[str]) -> None:
    missing = [name for name in columns if name not in headings]
    unknown = [name for name in headings if name not in columns]
    twice = sorted({name for name in headings if headings.count(name) > 1})
    found = [
        f"{what}: {', '.join(map(repr, names))}"
        for what, names in (("missing", missing), ("not known", unknown), ("twice", twice))
        if names
    ]
    if found:
        raise BuildError(f"{path}: its headings are not the expected ones ({'; '.join(found)}). {MEND}")


def _check_cells(path: Path, content: _Table, types: dict[str, str]) -> None:
    forms = [_form(types[name]) for name in content.headings]
    checked = [(place, *form) for place, form in enumerate(forms) if form is not None]
    for row, line in zip(content.rows, content.lines, strict=True):
        if len(row) != len(content.headings):
            expected = len(content.headings)
            raise BuildError(f"{path}, line {line} has {len(row)} cells instead of {expected}. {MEND}")
        for place, pattern, words in checked:
            if row[place] and not pattern.fullmatch(row[place]):
                where = f"{path}, line {line}, column {content.headings[place]}"
                raise BuildError(f"{where}: {row[place]!r} is not {words}. {MEND}")


def _form(kind: str) -> tuple[re.Pattern[str], str] | None:
    if decimal := re.fullmatch(r"DECIMAL\(\d+,\s*(\d+)\)", kind):
        places = decimal[1]
        pattern = re.compile(rf"-?\d+(\.\d{{1,{places}}})?")
        return pattern, f"a number with a decimal point and at most {places} decimals"
    return _FORMS.get(kind)


def _first_refused(connection: duckdb.DuckDBPyConnection, table: str, path: Path, rows: int) -> int:
    """Which row (from 0) is the first that the table does not take, by halving."""
    accepted, refused = 0, rows
    while refused - accepted > 1:
        middle = (accepted + refused) // 2
        connection.begin()
        try:
            connection.execute(f"INSERT INTO {table} BY NAME FROM {_READ} LIMIT {middle}", [str(path)])
            accepted = middle
        except DATA_ERRORS:
            refused = middle
        finally:
            connection.rollback()
    return refused - 1


def _key(content: _Table, number: int) -> str:
    cells = list(zip(content.headings, content.rows[number], strict=True))
    return ", ".join(f"{name} = {cell}" for name, cell in cells[:3])
