"""Warehouses made of a few rows, for tests: an open connection, or a published file to ask.

Only what a test is about has to be given: sources, parents and kinds come with ordinary values.
"""

from __future__ import annotations

import datetime as dt
from itertools import chain, groupby
from pathlib import Path
from typing import Any

import duckdb

from dunghen.warehouse import base
from dunghen.warehouse.build import BLOCK_SIZE
from dunghen.warehouse.inputs import KEPT_VIEWS, ROLLUP_TABLES, TABLE_FILES, WAREHOUSE

Row = dict[str, Any]

FIRST, LAST = dt.date(2025, 7, 1), dt.date(2025, 12, 31)
FLOWS = (
    *("received_online", "received_in_person", "received_postal", "early", "on_due_date", "late"),
    *("withdrawn", "returned", "undated_resolved", "not_accepted", "newly_registered"),
    *("supplemented", "extended", "plain_resolved", "plain_on_time", "on_time_original"),
)
TABLES = tuple(
    dict.fromkeys(
        ("generation", "authority", *(table for table, _ in TABLE_FILES), *ROLLUP_TABLES, "check_result")
    )
)


def authority(code: str, parent: str | None = "P", level: str = "commune", **more: Any) -> Row:
    kinds = {"commune": "commune", "district": "rural_district"}
    return {
        "authority_code": code,
        "authority_name": f"Tên {code}",
        "short_name": code,
        "authority_kind": kinds.get(level, level),
        "level": level,
        "parent_code": parent,
        "valid_from_is_bound": False,
        "valid_to_is_bound": False,
    } | more


def source(source_id: str = "s", source_kind: str = "portal", **more: Any) -> Row:
    return {
        "source_id": source_id,
        "title": f"Nguồn {source_id}",
        "source_kind": source_kind,
        "verification": "transcribed",
    } | more


def report(report_id: str, authority_code: str, **more: Any) -> Row:
    return {
        "report_id": report_id,
        "authority_code": authority_code,
        "source_id": "s",
        "first_day": FIRST,
        "last_day": LAST,
        "period_label": "6 tháng cuối năm 2025",
        "coverage": "own",
        "counts_basis": "published",
    } | more


def flow(authority_code: str, month: dt.date, coverage: str = "own", **more: Any) -> Row:
    """A month of dossiers in which nothing happened but what is given; its channels add up to `received`."""
    nothing = dict.fromkeys(FLOWS, 0)
    received = sum(more.get(name, 0) for name in FLOWS[:3])
    return {
        "authority_code": authority_code,
        "coverage": coverage,
        "month": month,
        "last_day": end_of(month),
        "received": received,
        **nothing,
    } | more


def stock(authority_code: str, month: dt.date, coverage: str = "own", **more: Any) -> Row:
    """The open dossiers of a month, none but those given."""
    nothing = dict.fromkeys(("carried_over", "in_progress", "overdue", "undated_open"), 0)
    return {
        "authority_code": authority_code,
        "coverage": coverage,
        "month": month,
        "last_day": end_of(month),
        **nothing,
    } | more


def end_of(month: dt.date) -> dt.date:
    return (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


def breakdown(authority_code: str, dimension: str, item: str, **more: Any) -> Row:
    """A part of a year's own dossiers."""
    return {
        "authority_code": authority_code,
        "coverage": "own",
        "period_kind": "year",
        "first_day": FIRST,
        "last_day": LAST,
        "dimension": dimension,
        "item": item,
    } | more


def index_kind(index_code: str = "i", **more: Any) -> Row:
    return {
        "index_code": index_code,
        "index_name_vi": "Chỉ số",
        "index_name_en": "Index",
        "unit": "points",
    } | more


def edition(name: str = "2025", index_code: str = "i", **more: Any) -> Row:
    return {"index_code": index_code, "edition": name, "scale_max": 100, "source_id": "s"} | more


def criterion(criterion_code: str, position: int, parent: str | None = "TOTAL", **more: Any) -> Row:
    return {
        "index_code": "i",
        "edition": "2025",
        "criterion_code": criterion_code,
        "parent_criterion_code": parent,
        "position": position,
        "criterion_name_vi": f"Tiêu chí {criterion_code}",
        "criterion_name_en": f"Criterion {criterion_code}",
        "max_score": 10,
        "source_id": "s",
    } | more


def score(authority_code: str, criterion_code: str, points: Any, **more: Any) -> Row:
    return {
        "index_code": "i",
        "edition": "2025",
        "authority_code": authority_code,
        "criterion_code": criterion_code,
        "first_day": FIRST,
        "last_day": LAST,
        "period_label": "năm 2025",
        "score": points,
        "score_kind": "published",
        "qualifier": "exact",
        "source_id": "s",
    } | more


def indicator(authority_code: str, indicator_code: str, value: Any, **more: Any) -> Row:
    return {
        "authority_code": authority_code,
        "indicator_code": indicator_code,
        "first_day": FIRST,
        "last_day": LAST,
        "period_label": "năm 2025",
        "value": value,
        "qualifier": "exact",
        "source_id": "s",
    } | more


def warehouse() -> duckdb.DuckDBPyConnection:
    """An empty warehouse in memory; the defining views are views here."""
    connection = duckdb.connect()
    connection.execute((WAREHOUSE / "schema.sql").read_text(encoding="utf-8"))
    return connection


def fill(connection: duckdb.DuckDBPyConnection, tables: dict[str, list[Row]]) -> None:
    """Replaces everything in the warehouse by the given rows, table → rows."""
    assert set(tables) <= set(TABLES), set(tables) - set(TABLES)
    for table in reversed(TABLES):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own tables
    _insert(connection, tables)


def replace(connection: duckdb.DuckDBPyConnection, table: str, rows: list[Row]) -> None:
    """Replaces the rows of one table that nothing refers to."""
    connection.begin()
    connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own tables
    _insert(connection, {table: rows})
    connection.commit()


def _insert(connection: duckdb.DuckDBPyConnection, tables: dict[str, list[Row]]) -> None:
    """One statement for the rows that follow one another with the same columns: a statement costs most."""
    for table in TABLES:
        for columns, alike in groupby(tables.get(table, []), key=tuple):
            cells = [list(row.values()) for row in alike]
            row = f"({', '.join('?' for _ in columns)})"
            rows = ", ".join(row for _ in cells)
            insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {rows}"  # noqa: S608 - our own names
            connection.execute(insert, [*chain.from_iterable(cells)])


def published_from(path: Path, tables: dict[str, list[Row]], snapshot: str = "test") -> Path:
    """A published file of the given rows, ready for DUNGHEN_DATABASE; defining views are kept as in any."""
    connection = duckdb.connect(str(path), config={"default_block_size": BLOCK_SIZE})
    try:
        connection.begin()
        connection.execute((WAREHOUSE / "schema.sql").read_text(encoding="utf-8"))
        for view in KEPT_VIEWS:
            base._make_ready(connection, view)
        _insert(connection, tables)
        for view in KEPT_VIEWS:
            base.keep(connection, view)
        connection.execute("INSERT INTO snapshot VALUES (?, 'no inputs', ?)", [snapshot, LAST])
        connection.commit()
    finally:
        connection.close()
    return path


def place(*children: Row) -> dict[str, list[Row]]:
    """The nation, one province P in it, its children, and a source `s`: what every figure needs."""
    return {
        "authority": [authority("VN", None, "nation"), authority("P", "VN", "province"), *children],
        "source": [source()],
    }
