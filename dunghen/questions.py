"""Asking: a scope and the name of a file in queries/ give an answer. The only way to ask.

Every page, light page and route asks here, so that none computes a figure of its own. A view (one page,
one request) asks all its questions of one snapshot: open it with `view()`.
"""

from __future__ import annotations

import contextlib
import threading
import weakref
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd

from dunghen import finishing, measures
from dunghen.scope import Scope
from dunghen.search import SearchEntry, SearchIndex
from dunghen.warehouse import Lens, Snapshot, Table, current_snapshot, database_path
from dunghen.warehouse.checks import header

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

QUERIES = Path(__file__).resolve().parents[1] / "queries"
NATION = "VN"
# The name of the thread that prepares a new snapshot.
PREPARING = "prepare-snapshot"

Row = dict[str, Any]

# DuckDB's name of a type → what a frame holds it as; anything with an exact value stays an object.
_FRAME_TYPES = {
    "BIGINT": "Int64",
    "BOOLEAN": "boolean",
    "DOUBLE": "float64",
    "VARCHAR": "str",
}

_pinned: ContextVar[Snapshot | None] = ContextVar("pinned_snapshot", default=None)


class UnknownQuestionError(KeyError):
    """There is no such file in queries/."""


@dataclass(frozen=True)
class Question:
    """One file of queries/: its name, its question in words, its SQL, its $names and how it is finished."""

    name: str
    text: str
    sql: str
    parameters: frozenset[str]
    finish: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What came back: rows, and everything needed to show where they come from.

    `rows` are dicts of column → value (whole numbers int, scores Decimal, days date, unknown None);
    rates are shares 0..1.
    """

    question: Question
    scope: Scope
    snapshot: str
    as_of: dt.date
    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    types: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the question: the file in queries/."""
        return self.question.name

    @property
    def sql(self) -> str:
        """The SQL as it stands in the file."""
        return self.question.sql

    @property
    def parameters(self) -> Row:
        """The values that were put in for the $names."""
        return {name: getattr(self.scope, name) for name in sorted(self.question.parameters)}

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The rows as a frame: counts Int64 and truths boolean (unknown: NA), rates float64 (unknown: NaN),
        scores Decimal and days date objects (unknown: None)."""
        return pd.DataFrame(
            {
                name: pd.Series([row[name] for row in self.rows], dtype=_FRAME_TYPES.get(kind, "object"))
                for name, kind in zip(self.columns, self.types, strict=True)
            }
        )

    @property
    def one(self) -> Row | None:
        """The only row, or None where nothing came back; raises ValueError where there are several."""
        if len(self.rows) > 1:
            raise ValueError(f"{self.name} gave {len(self.rows)} rows where one was expected")
        return self.rows[0] if self.rows else None

    @cached_property
    def funnel(self) -> measures.Funnel | None:
        """The funnel around the pooled rate of the rows (numerator, denominator); None without figures."""
        return measures.funnel(
            [row["numerator"] for row in self.rows], [row["denominator"] for row in self.rows]
        )

    @cached_property
    def funnel_limits(self) -> list[Row]:
        """The limits of that funnel over all sizes (`finishing.funnel_limits`); none without figures."""
        return finishing.funnel_limits(self.funnel, self.rows) if self.funnel else []

    @cached_property
    def outside_by_chance(self) -> int:
        """How many rows would stand outside limits that allow for chance alone."""
        return finishing.outside_by_chance(self.funnel, self.rows) if self.funnel else 0

    def differences(self, authority_codes: Sequence[str]) -> list[Row]:
        """The differences of each pair of the chosen authorities (`finishing.differences`)."""
        by_code = {row["authority_code"]: row for row in self.rows}
        return finishing.differences([by_code[code] for code in authority_codes])


@contextlib.contextmanager
def view() -> Iterator[Snapshot]:
    """Everything asked inside is asked of the one snapshot that was in place at the start."""
    snapshot = snapshot_in_view()
    token = _pinned.set(snapshot)
    try:
        yield snapshot
    finally:
        _pinned.reset(token)


def snapshot_in_view() -> Snapshot:
    """The snapshot of the view that is open here, else the one now in place."""
    return _pinned.get() or _snapshot_to_serve()


@cache
def question(name: str) -> Question:
    """The question of that name; raises `UnknownQuestionError` if queries/ has no such file."""
    path = QUERIES / f"{name}.sql"
    if not path.is_file():
        raise UnknownQuestionError(f"queries/{name}.sql does not exist")
    sql = path.read_text(encoding="utf-8")
    (statement,) = duckdb.extract_statements(sql)
    head = header(sql)
    finish = tuple(step.strip() for step in head.get("finish", "").split(",") if step.strip())
    return Question(name, head["question"], sql, frozenset(statement.named_parameters), finish)


def ask(name: str, scope: Scope | None = None) -> Answer:
    """The answer of queries/`name`.sql for a scope (the whole country if none is given).

    The query takes from the scope the fields it names with `$`; then the steps of its `finish:` line add
    what SQL cannot do well (intervals, bands, ranks). Raises `UnknownQuestionError`.
    """
    asked = question(name)
    looked_at = scope or Scope()
    parameters = {field: getattr(looked_at, field) for field in sorted(asked.parameters)}
    snapshot = snapshot_in_view()
    lens = _lens_of(looked_at)
    table = snapshot.kept(
        (name, lens, *parameters.values()), lambda: _finished(asked, snapshot, parameters, lens)
    )
    return Answer(
        asked,
        looked_at,
        snapshot.snapshot,
        snapshot.as_of,
        rows=tuple(table.dicts()),
        columns=table.columns,
        types=table.types,
    )


def _lens_of(scope: Scope) -> Lens | None:
    if scope.is_run:
        return Lens("run", scope.parent_code or scope.authority_code, scope.first_day, scope.last_day)
    if scope.is_broken_down:
        return Lens("item", scope.authority_code, dimension=scope.dimension)
    return None


def _finished(asked: Question, snapshot: Snapshot, parameters: Row, lens: Lens | None) -> Table:
    table = snapshot.select(asked.sql, parameters, lens)
    rows = table.dicts()
    added = {name: kind for step in asked.finish for name, kind in finishing.FINISH[step](rows).items()}
    columns = (*table.columns, *added)
    return Table(
        columns, (*table.types, *added.values()), tuple(tuple(row[name] for name in columns) for row in rows)
    )


def settle(scope: Scope) -> Scope | None:
    """A scope with everything a comparison needs: level, period, kind of source, coverage, definition.

    What the scope leaves open is filled with the latest period that parent and children share and the
    first headline definition that they have; None if the place has nothing to compare within it. Two days
    of which nothing is kept are tried as a run of whole months of dossiers.
    """
    asked = scope
    choices = ask("period_by_comparison", asked).rows
    if not choices and scope.first_day and scope.last_day and scope.record_kind != "published":
        asked = scope.but(is_run=True)
        choices = ask("period_by_comparison", asked).rows
    if not choices:
        return None
    chosen = ("level", "first_day", "last_day", "record_kind", "source_kind", "coverage", "definition_code")
    return asked.but(**{field: choices[0][field] for field in chosen})


# Where search is in use.
_searched: set[Path] = set()
_preparing: dict[Path, threading.Thread] = {}
_serving = threading.Lock()


def _snapshot_to_serve() -> Snapshot:
    """The newest snapshot. Where search is in use a thread begins to build the index of a new one, so that
    only who searches in these moments waits for it."""
    path = database_path()
    newest = current_snapshot(path)
    with _serving:
        if path in _searched and newest not in _indexes and path not in _preparing:
            _preparing[path] = threading.Thread(
                target=_prepare, args=(path, newest), name=PREPARING, daemon=True
            )
            _preparing[path].start()
    return newest


def _prepare(path: Path, snapshot: Snapshot) -> None:
    try:
        _index_of(snapshot)
    finally:
        with _serving:
            del _preparing[path]


_indexes: weakref.WeakKeyDictionary[Snapshot, SearchIndex] = weakref.WeakKeyDictionary()
_entries: weakref.WeakKeyDictionary[Snapshot, dict[str, Row]] = weakref.WeakKeyDictionary()
_indexing, _listing = threading.Lock(), threading.Lock()


@dataclass(frozen=True)
class Found:
    """A page of search results: rows of `search_entry_by_authority`, best first, and how many in all."""

    rows: tuple[Row, ...]
    total: int


def find(text: str, scope: Scope | None = None) -> Found:
    """Authorities that go by `text`, best first; an empty text lists all that the scope lets through.

    `level`, `parent_code`, `era`, `limit` and `offset` of the scope narrow them down.
    """
    looked_at = scope or Scope()
    snapshot = snapshot_in_view()
    index, entries = _index_of(snapshot), _entries_of(snapshot)
    found = index.find(
        text,
        limit=10 if looked_at.limit is None else looked_at.limit,
        offset=looked_at.offset,
        level=looked_at.level,
        parent_code=looked_at.parent_code,
        era=looked_at.era or "all",
    )
    return Found(tuple(entries[code] for code in found.codes), found.total)


def name_of(authority_code: str) -> str | None:
    """The name of an authority; None for a code that is none."""
    row = _entries_of(snapshot_in_view()).get(authority_code)
    return None if row is None else row["authority_name"]


def as_of(authority_code: str | None) -> dt.date:
    """The latest day that figures of an authority, or of what lies in it, speak of.

    That of the snapshot (its latest real figure) without an authority, or where there are none of it."""
    found = ask("as_of_by_authority", Scope(authority_code=authority_code)).one if authority_code else None
    return found["as_of"] if found else snapshot_in_view().as_of


def code_of_portal(portal_code: str) -> str | None:
    """Our code of the authority that the national portal knows by `portal_code`; None without one."""
    row = ask("authority_by_portal_code", Scope(authority_code=portal_code)).one
    return None if row is None else row["authority_code"]


def warm_up() -> None:
    """Builds what the first visitor would otherwise wait for: the search index of the snapshot."""
    _index_of(snapshot_in_view())


def _index_of(snapshot: Snapshot) -> SearchIndex:
    if snapshot not in _indexes:
        with _indexing:
            if snapshot not in _indexes:
                _indexes[snapshot] = SearchIndex(_entry(row) for row in _entries_of(snapshot).values())
                _searched.add(snapshot.path)
    return _indexes[snapshot]


def _entries_of(snapshot: Snapshot) -> dict[str, Row]:
    if snapshot not in _entries:
        with _listing:
            if snapshot not in _entries:
                rows = snapshot.select(question("search_entry_by_authority").sql, {}).dicts()
                _entries[snapshot] = {row["authority_code"]: row for row in rows}
    return _entries[snapshot]


def _entry(row: Row) -> SearchEntry:
    return SearchEntry(
        authority_code=row["authority_code"],
        authority_name=row["authority_name"],
        short_name=row["short_name"],
        level=row["level"],
        authority_kind=row["authority_kind"],
        parent_code=row["parent_code"],
        parent_name=row["parent_name"],
        province_code=row["province_code"],
        province_name=row["province_name"],
        era=row["era"],
        has_figures=row["has_figures"],
        other_names=tuple(row["other_names"]),
    )
