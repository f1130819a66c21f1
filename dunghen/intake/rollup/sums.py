"""Sums of the dossiers of a set of imports: made once from all of them, then brought up to date.

Sums are additive, so those of another set of imports are the old ones, less what the touched dossiers gave
to them, and what they give now. Both ways end in the same numbers.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

from dunghen.intake.rollup.calendar import write_calendar

HERE = Path(__file__).parent
# What contribution.sql makes: one Parquet file of each in every part.
TABLES = ("event", "item_event", "whole_event", "item_due", "item_duration")
# Bringing up to date costs more than making anew beyond this share of changed rows or this many parts.
LARGEST_CHANGE = 0.4
MOST_PARTS = 12
# So far does the calendar reach beyond the last day that exports speak of; holidays are shorter.
DAYS_AHEAD = timedelta(days=62)


@dataclass(frozen=True)
class Batch:
    """The dossiers of one import. `order` sorts imports by the day they speak of, then by their coming."""

    key: str
    import_id: str
    order: tuple[str, int]
    path: Path
    rows: int


def batch(facts: dict[str, Any], folder: Path) -> Batch:
    """The dossiers of the import with these facts (`import.json`). `key` tells it from any other import."""
    return Batch(
        key=hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16],
        import_id=facts["import_id"],
        order=(facts["as_of"], facts["sequence"]),
        path=folder / "dossiers.parquet",
        rows=facts["rows_loaded"],
    )


def method() -> str:
    """A hash of how sums are made, working days included; those that were made otherwise are of no use."""
    digest = hashlib.sha256(f"{duckdb.__version__} {version('holidays')}".encode())
    for path in sorted(HERE.glob("*.sql")) + sorted(HERE.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def make(connection: duckdb.DuckDBPyConnection, wanted: list[Batch], target: Path) -> None:
    """Writes the sums of all dossiers as the first part of `target`."""
    connection.execute("SET VARIABLE files = ?", [[str(batch.path) for batch in wanted]])
    _run(connection, "told")
    _run(connection, "winner" if wanted else "nothing")
    _contribute(connection, target / "000")


def update(
    connection: duckdb.DuckDBPyConnection, wanted: list[Batch], had: list[Batch], source: Path, target: Path
) -> None:
    """Copies the sums of the imports `had` from `source` to `target` and adds what `wanted` makes of them."""
    shutil.copytree(source, target)
    now, before = {batch.key for batch in wanted}, {batch.key for batch in had}
    every = sorted({batch.key: batch for batch in [*had, *wanted]}.values(), key=lambda batch: batch.order)
    changed = [batch for batch in every if (batch.key in now) != (batch.key in before)]
    if changed:
        variables = {
            "files": [str(batch.path) for batch in every],
            "changed_files": [str(batch.path) for batch in changed],
            "is_now": [batch.key in now for batch in every],
            "was_before": [batch.key in before for batch in every],
        }
        for name, value in variables.items():
            connection.execute(f"SET VARIABLE {name} = ?", [value])
        _run(connection, "told")
        _run(connection, "replacement")
        _contribute(connection, target / f"{len(list(target.iterdir())):03d}")


def worth_updating(wanted: list[Batch], had: list[Batch], parts: int) -> bool:
    """Whether bringing sums of `had` up to date costs less than making those of `wanted` anew."""
    now, before = {batch.key: batch.rows for batch in wanted}, {batch.key: batch.rows for batch in had}
    changed = sum((now | before)[key] for key in now.keys() ^ before.keys())
    return parts < MOST_PARTS and changed <= LARGEST_CHANGE * sum(now.values())


def open_sums(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Makes a view of every table of sums over all its parts."""
    for table in TABLES:
        files = sorted(str(path) for path in folder.glob(f"*/{table}.parquet"))
        connection.execute(f"SET VARIABLE {table}_files = ?", [files])
        connection.execute(f"CREATE TEMP VIEW {table} AS FROM read_parquet(getvariable('{table}_files'))")


def _contribute(connection: duckdb.DuckDBPyConnection, part: Path) -> None:
    first, last = connection.execute((HERE / "days.sql").read_text(encoding="utf-8")).fetchall()[0]
    write_calendar(connection, first, last + DAYS_AHEAD)
    _run(connection, "contribution")
    part.mkdir(parents=True)
    for table in TABLES:
        write(connection, table, part)
    for table in ("fate", "cell_event", "touched", "standing_told", "told_now", "told_then"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")


def _run(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    connection.execute((HERE / f"{name}.sql").read_text(encoding="utf-8"))


def write(connection: duckdb.DuckDBPyConnection, table: str, folder: Path, order: str = "") -> None:
    """Writes a table to `folder`, as Parquet of its name; `order` may be "ORDER BY ALL"."""
    place = str(folder / table).replace("'", "''")
    connection.execute(f"COPY (FROM {table} {order}) TO '{place}.parquet' (FORMAT parquet, COMPRESSION zstd)")
