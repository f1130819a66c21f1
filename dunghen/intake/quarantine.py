"""The rows that were left out: their places and reasons for the office that mends its file, never content."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import merge
from pathlib import Path

import duckdb

from dunghen.intake.dossiers import text
from dunghen.intake.planning import Part
from dunghen.words.intake import LANGUAGES, called, tell

HEADINGS = ("file", "sheet", "line", "column", "reason", "reason_vi", "reason_en")
# Rows whose lines are looked up at once: few enough for memory, many enough to be quick.
BATCH = 100_000
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Column → the one that is looked at where a file lacks it.
_INSTEAD = {"finished_at": "returned_at"}
# Why the reader cannot take a row that breaks off within a letter or a quoted cell.
_BROKEN = {"undecodable_text", "badly_quoted_row"}
# Why a row is left out whose cell is empty, or can be read: whole rows are left out for these too.
_WHOLE = {"missing_value", "finished_without_day", "two_versions"}


@dataclass(frozen=True)
class Place:
    """A row that was left out: where it stands, the column that is at fault (ours, or None) and why."""

    file: str
    sheet: str | None
    line: int
    column: str | None
    reason: str


def places_of_dossiers(connection: duckdb.DuckDBPyConnection, parts: Iterable[Part]) -> Iterator[Place]:
    """All rows of `dossier_row` that were left out, table after table, in the order of their lines."""
    first_row = 0
    for number, part in enumerate(parts):
        rows = rows_of(connection, number)
        yield from merge(
            _refused(connection, number, part, first_row, rows),
            _unreadable(connection, part),
            key=lambda place: place.line,
        )
        first_row += rows


def places_of_forms(connection: duckdb.DuckDBPyConnection, part: Part, faults: str) -> list[Place]:
    """The rows of one form or index table that were left out, in the order of their lines.

    `faults` names a table (ordinal, column_name, reason), one row a fault; the first of a row tells it."""
    found = connection.table(faults).order("ordinal, column_name, reason").fetchall()
    first = {ordinal: (column, reason) for ordinal, column, reason in reversed(found)}
    ordinals = sorted(first)
    refused = [
        Place(part.table.file, part.table.sheet, line, *first[ordinal])
        for ordinal, line in zip(ordinals, part.table.lines(ordinals), strict=True)
    ]
    return list(merge(refused, _unreadable(connection, part), key=lambda place: place.line))


def cut_off(found: Iterable[Place], parts: Iterable[Part]) -> Place | None:
    """The last row of a file if it is a part of one: without a line end, its last cell cannot be read.

    An empty last cell says nothing: the dossier may well have none."""
    ends = {(part.table.place, part.table.open_end): part for part in parts if part.table.open_end}
    for place in found if ends else ():
        part = ends.get((place.file, place.line))
        if part and _is_at_the_end(place, part):
            return place
    return None


def _is_at_the_end(place: Place, part: Part) -> bool:
    last = part.columns.get(part.heading.headings[-1])
    if place.column is None:
        return place.reason in _BROKEN
    if last is None or place.reason in _WHOLE:
        return False
    return last in (place.column, _INSTEAD.get(place.column))


def rows_of(connection: duckdb.DuckDBPyConnection, number: int) -> int:
    """How many rows the n-th table of an import has in `dossier_row`."""
    ((rows,),) = connection.execute(text("row_count"), {"part": number}).fetchall()
    return int(rows)


def write(path: Path, found: Iterable[Place], headings: Mapping[str, str]) -> Counter[tuple[str, str]]:
    """Writes the list as CSV (UTF-8 with BOM) and returns how many rows have which reason and column.

    `headings` says what the files call our columns. No cell begins like a formula."""
    counted: Counter[tuple[str, str]] = Counter()
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for place in found:
            counted[place.reason, place.column or ""] += 1
            writer.writerow(_cells(place, headings))
    return counted


def _cells(place: Place, headings: Mapping[str, str]) -> list[str]:
    column = place.column or ""
    heading = headings.get(column) or headings.get(_INSTEAD.get(column, column), column)
    words = [tell(f"reason.{place.reason}", language) for language in LANGUAGES]
    file, sheet = _called(place.file), _called(place.sheet or "")
    return [_safe(cell) for cell in (file, sheet, str(place.line), heading, place.reason, *words)]


def _called(name: str) -> str:
    """What a file or a sheet is called in each language, if that is its number: "tệp 2 | file 2"."""
    return " | ".join(dict.fromkeys(called(name, language) for language in LANGUAGES))


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _refused(
    connection: duckdb.DuckDBPyConnection, number: int, part: Part, first_row: int, rows: int
) -> Iterator[Place]:
    cursor = connection.cursor()
    found = cursor.execute(text("fault_place"), {"part": number, "first_row": first_row})
    while some := found.fetchmany(BATCH):
        lines = part.table.lines([ordinal for ordinal, _ in some], rows)
        for line, (_, fault) in zip(lines, some, strict=True):
            reason, _, column = fault.partition(" ")
            yield Place(part.table.file, part.table.sheet, line, column, reason)


def _unreadable(connection: duckdb.DuckDBPyConnection, part: Part) -> Iterator[Place]:
    for row in sorted(part.table.rejected(connection), key=lambda row: row.line):
        yield Place(part.table.file, part.table.sheet, row.line, None, row.reason)
