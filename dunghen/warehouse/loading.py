"""Filling a table from a CSV file of data/: headings and cells must fit the table, or the file is refused.

A refusal names the file, the line, the column and how to mend it. Nothing is rounded, cut or guessed.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from dunghen.warehouse.errors import BuildError, in_both

if TYPE_CHECKING:
    from pathlib import Path

# Whatever else goes wrong is not the file's fault.
DATA_ERRORS = (duckdb.ConstraintException, duckdb.ConversionException)

_FORMS: dict[str, tuple[re.Pattern[str], str]] = {
    "BIGINT": (re.compile(r"\d+"), "form_whole"),
    "DOUBLE": (re.compile(r"-?\d+(\.\d+)?"), "form_decimal"),
    "BOOLEAN": (re.compile(r"[01]"), "form_flag"),
    "DATE": (re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"), "form_day"),
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
        place = {"line": str(content.lines[number]), "row": _key(content, number)}
        raise BuildError.told("row", path=path, **place, error=error) from error


def _read(path: Path) -> _Table:
    if not path.exists():
        raise BuildError.told("missing", path=path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            headings = next(reader, [])
            read = [(row, reader.line_num) for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise BuildError.told("not_csv", path=path, error=error) from error
    return _Table(headings, [row for row, _ in read], [line for _, line in read])


def _check_headings(path: Path, headings: list[str], columns: list[str]) -> None:
    missing = [name for name in columns if name not in headings]
    unknown = [name for name in headings if name not in columns]
    twice = sorted({name for name in headings if headings.count(name) > 1})
    found = [
        in_both(f"headings_{what}", names=", ".join(map(repr, names)))
        for what, names in (("missing", missing), ("unknown", unknown), ("twice", twice))
        if names
    ]
    if found:
        joined = {language: "; ".join(one[language] for one in found) for language in found[0]}
        raise BuildError.told("headings", path=path, found=joined)


def _check_cells(path: Path, content: _Table, types: dict[str, str]) -> None:
    forms = [_form(types[name]) for name in content.headings]
    checked = [(place, *form) for place, form in enumerate(forms) if form is not None]
    for row, line in zip(content.rows, content.lines, strict=True):
        if len(row) != len(content.headings):
            cells = {"cells": str(len(row)), "expected": str(len(content.headings))}
            raise BuildError.told("width", path=path, line=str(line), **cells)
        for place, pattern, words in checked:
            if row[place] and not pattern.fullmatch(row[place]):
                where = {"path": path, "line": str(line), "column": content.headings[place]}
                raise BuildError.told("cell", **where, value=repr(row[place]), form=words)


def _form(kind: str) -> tuple[re.Pattern[str], dict[str, str]] | None:
    if decimal := re.fullmatch(r"DECIMAL\(\d+,\s*(\d+)\)", kind):
        places = decimal[1]
        pattern = re.compile(rf"-?\d+(\.\d{{1,{places}}})?")
        return pattern, in_both("form_places", places=places)
    form = _FORMS.get(kind)
    return form and (form[0], in_both(form[1]))


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
