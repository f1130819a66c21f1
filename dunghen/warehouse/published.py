"""Opening the published file: read-only, closed to the outside, and replaced while the server runs.

After a file was replaced, a process that still holds the old one gets the old one again from a plain
`duckdb.connect(path)`. A fresh in-memory connection with `ATTACH … (READ_ONLY)` reads the new one and
leaves the old to whoever is still reading it, so a view that began on one snapshot ends on it.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import duckdb

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

Row = dict[str, Any]

# Rows of all kept answers together; at about a kilobyte each, what many odd questions can cost in memory.
KEPT_ROWS = 50_000

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Table:
    """The rows of an answer as tuples, with the name and the DuckDB type of every column."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def dicts(self) -> list[Row]:
        """The rows as column → value; fresh ones each time."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Lens:
    """Other figures by the same names: `schema` is one of the schemas that schema.sql puts before `main`.

    `run` shows the dossiers of a place and of the authorities in it over a run of whole months (both days
    included), `item` how those of one authority break down by a dimension.
    """

    schema: Literal["run", "item"]
    place: str | None
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    dimension: str | None = None


class DatabaseMissingError(Exception):
    """There is no readable published file where one was expected."""


class Snapshot:
    """One published file, as it was when it was opened.

    `snapshot` is the id of its content, `inputs` the hash of what it was built from, `as_of` the latest
    day any of its figures speaks of. Safe to use from several threads.
    """

    def __init__(self, path: Path) -> None:
        """Attaches `path`; raises `DatabaseMissingError` if it is not a published file."""
        self.path = path
        self._connection = _attach(path)
        self._kept: OrderedDict[object, Table] = OrderedDict()
        self._kept_rows = 0
        self._lock = threading.Lock()
        try:
            row = self._cursor().execute("SELECT snapshot, inputs, as_of FROM snapshot").fetchone()
        except duckdb.Error as error:
            raise DatabaseMissingError(f"{path} is not a published file of this program.") from error
        if row is None:
            raise DatabaseMissingError(f"{path} was never finished: build it again.")
        self.snapshot: str = row[0]
        self.inputs: str = row[1]
        self.as_of: dt.date = row[2]

    def kept(self, key: object, make: Callable[[], Table]) -> Table:
        """What `make` gives the first time `key` is asked for: the same question costs nothing again."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        table = make()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = table
                self._kept_rows += _weight(table)
            while self._kept_rows > KEPT_ROWS:
                self._kept_rows -= _weight(self._kept.popitem(last=False)[1])
        return table

    def select(self, sql: str, parameters: Row, lens: Lens | None = None) -> Table:
        """The answer of one SELECT, its $names filled from `parameters`.

        Through a `lens` counts, rate and what follows from them are those figures and nothing else.
        """
        cursor = self._cursor() if lens is None else self._cursor_through(lens)
        found = cursor.execute(sql, parameters)
        described = found.description or []
        columns, types = (tuple(str(column[part]) for column in described) for part in (0, 1))
        return Table(columns, types, tuple(found.fetchall()))

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor = self._connection.cursor()
        cursor.execute("USE published")
        return cursor

    def _cursor_through(self, lens: Lens) -> duckdb.DuckDBPyConnection:
        """A cursor whose names are looked up in the schema of the lens first."""
        cursor = self._connection.cursor()
        cursor.execute(f"USE published.{lens.schema}")
        for name in ("place", "first_day", "last_day", "dimension"):
            cursor.execute(f"SET VARIABLE {name} = ?", [getattr(lens, name)])
        return cursor


def _weight(table: Table) -> int:
    """Rows of a kept answer; an empty one still takes the room of its key."""
    return len(table.rows) + 1


def _attach(path: Path) -> duckdb.DuckDBPyConnection:
    if not path.exists():
        raise DatabaseMissingError(f"{path} does not exist: run `python -m dunghen build`.")
    connection = duckdb.connect()
    try:
        connection.execute("ATTACH $path AS published (READ_ONLY)", {"path": str(path)})
    except duckdb.Error as error:
        connection.close()
        raise DatabaseMissingError(f"{path} cannot be read as a DuckDB file: {error}") from error
    connection.execute("SET enable_external_access = FALSE")
    connection.execute("SET lock_configuration = TRUE")
    return connection


def stored_inputs(path: Path) -> str:
    """The hash of the inputs that the published file at `path` was built from."""
    return Snapshot(path).inputs


def imports_in(path: Path) -> set[str]:
    """The ids of the imports, not of the sample, that the file at `path` was made of; none without a file."""
    try:
        rows = Snapshot(path).select("SELECT import_id, illustrative FROM intake", {}).rows
    except (DatabaseMissingError, duckdb.CatalogException):
        # the second is a file that an earlier version of this program built
        return set()
    return {import_id for import_id, illustrative in rows if not illustrative}


Signature = tuple[int, int, int]

_current: dict[Path, tuple[Signature | None, Snapshot]] = {}
_unreadable: set[Path] = set()
_opening = threading.Lock()


def current_snapshot(path: Path) -> Snapshot:
    """The snapshot now in place at `path`: the same object until the file is replaced.

    Where the file has gone or cannot be read, the last one that could goes on being served and the log says
    so, once. Raises `DatabaseMissingError` if there never was one.
    """
    with _opening:
        signature = _signature(path)
        known = _current.get(path)
        if known is None or known[0] != signature:
            known = (signature, _opened(path, known[1] if known else None))
            _current[path] = known
        return known[1]


def is_outdated(path: Path) -> bool:
    """Whether what is served for `path` is an earlier file, because the one now there cannot be read."""
    return path in _unreadable


def _signature(path: Path) -> Signature | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def _opened(path: Path, last: Snapshot | None) -> Snapshot:
    """The file at `path`, or the `last` that could be read if it cannot."""
    try:
        snapshot = Snapshot(path)
    except DatabaseMissingError:
        if last is None:
            raise
        _log.exception("%s cannot be read; snapshot %s goes on being served", path, last.snapshot)
        _unreadable.add(path)
        return last
    _unreadable.discard(path)
    return snapshot
