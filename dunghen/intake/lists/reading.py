"""A file of a list → its rows by our names of columns, each with its place; nothing else is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dunghen.intake import mappings
from dunghen.intake.errors import UnusableError, Words
from dunghen.intake.lists.kinds import Kind
from dunghen.intake.lists.persons import tells_person
from dunghen.intake.mappings.headings import places
from dunghen.intake.reading import HeadingRow, SourceTable, open_tables

# More than all procedures of the country, several times over: what is longer is no list.
MOST_ROWS = 200_000
_MACROS = Path(__file__).resolve().parents[1] / "dossier_macros.sql"


@dataclass(frozen=True)
class ListRow:
    """A row of a list: the file, and the sheet, it stands in, its line, its cells by our names.

    `headings` says what the file calls our columns, `personal` which of the cells look like a citizen's
    number, a telephone number or an e-mail address, or have one among their words."""

    place: str
    line: int
    cells: dict[str, str | None]
    headings: dict[str, str]
    personal: frozenset[str]

    def cell(self, name: str) -> str | None:
        """What stands in one of our columns; None where it is empty or not there."""
        return self.cells.get(name)


@dataclass(frozen=True)
class _Fit:
    heading: HeadingRow
    columns: dict[str, str]
    missing: tuple[str, ...]


def rows_of(files: Sequence[Path], kind: Kind, scratch: Path) -> list[ListRow]:
    """The rows of every table of the files that holds a list of that kind, in their order.

    A file needs one such table. Raises `UnusableError` for a file that cannot be read or has none, that lost
    rows while it was read, or that is an export of dossiers."""
    found: list[ListRow] = []
    with duckdb.connect() as connection:
        connection.execute(_MACROS.read_text(encoding="utf-8"))
        for number, (table, fit) in enumerate(_fitting(open_tables(files, scratch), kind)):
            found += _rows(connection, f"listed_{number}", table, fit)
    if not found:
        raise UnusableError("import.no_rows")
    return found


def _fitting(tables: Sequence[SourceTable], kind: Kind) -> Iterator[tuple[SourceTable, _Fit]]:
    with_list = {table.file for table in tables if not table.is_single}
    # an object beside a list says something of it: who made it, how many pages there are
    likely = [table for table in tables if not table.is_single or table.file not in with_list]
    nearest = [(table, _nearest(table, kind)) for table in likely]
    whole = {table.file for table, fit in nearest if fit and not fit.missing}
    for table, fit in nearest:
        if fit and not fit.missing:
            _check_is_no_export(table, fit.heading)
            yield table, fit
        elif table.file not in whole:
            raise _no_list(table, kind, fit)


def _nearest(table: SourceTable, kind: Kind) -> _Fit | None:
    fits = (_fit(table, heading, kind) for heading in table.heading_rows())
    return max(fits, key=lambda fit: (-len(fit.missing), len(fit.columns)), default=None)


def _fit(table: SourceTable, heading: HeadingRow, kind: Kind) -> _Fit:
    columns: dict[str, str] = {}
    for name, headings in kind.columns.items():
        found = places(headings, heading.headings)
        if len(found) > 1:
            raise UnusableError("mapping.heading_twice", file=table.place, heading=headings[0])
        if found:
            columns.setdefault(heading.headings[found[0]], name)
    named = {*columns.values()}
    missing = [name for name in kind.required if name not in named]
    if kind.one_of and not named & {*kind.one_of}:
        missing.append(kind.one_of[0])
    return _Fit(heading, columns, tuple(missing))


def _no_list(table: SourceTable, kind: Kind, fit: _Fit | None) -> UnusableError:
    missing = fit.missing if fit else kind.required
    error = UnusableError("lists.no_headings", file=table.place, kind=Words(f"lists.table.{kind.name}"))
    for name in missing:
        headings = kind.columns[name][1:]
        error.then("lists.heading", column=headings[0], headings=", ".join(headings))
    return error


def _check_is_no_export(table: SourceTable, heading: HeadingRow) -> None:
    """A row of an export tells a dossier: names of procedures are not to be learnt from it."""
    for mapping in mappings.all_mappings():
        if places(mapping.columns.get("dossier_number", ()), heading.headings):
            raise UnusableError("lists.export", file=table.place)


def _rows(
    connection: duckdb.DuckDBPyConnection, view: str, table: SourceTable, fit: _Fit
) -> Iterator[ListRow]:
    names = list(fit.columns.values())
    told = ", ".join([*names, *(f"looks_personal({name})" for name in names)])
    try:
        table.stage(connection, view, fit.heading, fit.columns)
        rows = connection.execute(f"SELECT {told} FROM {view} LIMIT {MOST_ROWS + 1}").fetchall()  # noqa: S608 - our own names
    except duckdb.Error as error:
        raise table.misread(error) from None
    if len(rows) > MOST_ROWS:
        raise UnusableError("lists.too_long", file=table.place, most=MOST_ROWS)
    if lost := table.rejected(connection):
        raise UnusableError("lists.lost_rows", file=table.place, line=min(one.line for one in lost))
    headings = {ours: theirs for theirs, ours in fit.columns.items()}
    for row, line in zip(rows, table.lines(range(len(rows)), len(rows)), strict=True):
        marked = zip(names, row[len(names) :], strict=True)
        cells = dict(zip(names, row[: len(names)], strict=True))
        personal = {name for name, is_personal in marked if is_personal} | _telling(cells)
        yield ListRow(table.place, line, cells, headings, frozenset(personal))


def _telling(cells: dict[str, str | None]) -> set[str]:
    """The columns of words in which a person is told of; digits of a code may be as many."""
    return {
        name for name, cell in cells.items() if cell and not name.endswith("_code") and tells_person(cell)
    }
