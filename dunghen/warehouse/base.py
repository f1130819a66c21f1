"""What data/ alone gives, kept beside the published file so that an import does not read it again.

The base is a finished draft without what imports add: its tables filled, its views to be kept stand ready
under other names. It may be deleted at any time.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from dunghen.warehouse.checks import run_checks
from dunghen.warehouse.content import digests, tables_of
from dunghen.warehouse.errors import BuildError
from dunghen.warehouse.inputs import (
    AUTHORITY_FILES,
    KEPT_VIEWS,
    ROLLUP_TABLES,
    TABLE_FILES,
    WAREHOUSE,
    hash_of_inputs,
)
from dunghen.warehouse.loading import load

if TYPE_CHECKING:
    from collections.abc import Mapping

# Bytes; the smallest there is, because most tables and keys are small and each takes whole blocks.
BLOCK_SIZE = 16_384
# What imports can add to, beside the roll-ups and what is kept of views.
_ADDED_TO = ("report", "score", "source", "field", "procedure", "authority_portal_code", "list_entry")
# The name under which the view stands whose rows a table of its own name keeps.
_MAKING = "making_{}"


def start_from(base: Path, draft: Path, data: Path) -> duckdb.DuckDBPyConnection:
    """An open draft that holds everything of `data`; takes it from `base` or makes that again if it is stale.

    Raises `BuildError` if a file of `data` cannot be loaded.
    """
    inputs = hash_of_inputs(data)
    if base.exists():
        shutil.copyfile(base, draft)
        connection = _connect_if(draft, inputs)
        if connection is not None:
            return connection
    draft.unlink(missing_ok=True)
    making = base.with_name(f"{base.name}.draft")
    making.unlink(missing_ok=True)
    try:
        _make(making, data, inputs)
        making.replace(base)
    finally:
        remove(making)
    shutil.copyfile(base, draft)
    return connect(draft)


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection to a draft, which writes only when it is told to."""
    connection = duckdb.connect(str(path), config={"default_block_size": BLOCK_SIZE})
    connection.execute("SET checkpoint_threshold = '1 TB'")
    return connection


def remove(draft: Path) -> None:
    """Removes a draft and its log, if they are there."""
    for leftover in (draft, draft.with_name(f"{draft.name}.wal")):
        leftover.unlink(missing_ok=True)


def _connect_if(draft: Path, inputs: str) -> duckdb.DuckDBPyConnection | None:
    """A connection to a copied base if it was made from these inputs; None for any other file."""
    try:
        connection = connect(draft)
    except duckdb.Error:
        return None
    try:
        row = connection.execute("SELECT inputs FROM base").fetchone()
    except duckdb.Error:
        row = None
    if row == (inputs,):
        return connection
    connection.close()
    return None


def _make(path: Path, data: Path, inputs: str) -> None:
    connection = connect(path)
    try:
        run(connection, "schema")
        _load_authorities(connection, data)
        for table, name in TABLE_FILES:
            load(connection, table, data / name)
        for view in KEPT_VIEWS:
            _make_ready(connection, view)
        run(connection, "comments")
        _note(connection, inputs)
        connection.execute("CHECKPOINT")
    finally:
        connection.close()


def _make_ready(connection: duckdb.DuckDBPyConnection, view: str) -> None:
    """An empty table of the view's name and columns; the view goes by another name until it is kept."""
    making = _MAKING.format(view)
    connection.execute(f"ALTER VIEW {view} RENAME TO {making}")
    connection.execute(f"CREATE TABLE {view} AS FROM {making} LIMIT 0")


def keep(connection: duckdb.DuckDBPyConnection, view: str) -> None:
    """Keeps what a view of schema.sql says now in the table of its name: never out of date, free to ask."""
    making = _MAKING.format(view)
    connection.execute(f"INSERT INTO {view} FROM {making} ORDER BY ALL")
    connection.execute(f"DROP VIEW {making}")


def _note(connection: duckdb.DuckDBPyConnection, inputs: str) -> None:
    """Checks the tables to which nothing is added later; notes their digests and the inputs of the base."""
    settled = set(tables_of(connection)) - {*_ADDED_TO, *ROLLUP_TABLES, *KEPT_VIEWS}
    run_checks(connection, among=settled)
    found = digests(connection, sorted(settled))
    connection.execute("CREATE TABLE base (inputs VARCHAR, digests MAP(VARCHAR, VARCHAR))")
    connection.execute("INSERT INTO base VALUES (?, ?)", [inputs, found])


def forget(connection: duckdb.DuckDBPyConnection) -> Mapping[str, str]:
    """The digests of the tables that are as the base left them; the note itself is gone afterwards."""
    row = connection.execute("SELECT digests FROM base").fetchone()
    connection.execute("DROP TABLE base")
    return dict(row[0]) if row else {}


def run(connection: duckdb.DuckDBPyConnection, name: str, parameters: dict[str, str] | None = None) -> None:
    """Runs a .sql file of this folder in one transaction."""
    connection.begin()
    connection.execute((WAREHOUSE / f"{name}.sql").read_text(encoding="utf-8"), parameters)
    connection.commit()


def _load_authorities(connection: duckdb.DuckDBPyConnection, data: Path) -> None:
    connection.execute("ATTACH ':memory:' AS staging")
    run(connection, "staging")
    for table, name in AUTHORITY_FILES.items():
        load(connection, f"staging.{table}", data / name)
    try:
        run(connection, "authority")
    except duckdb.ConstraintException as error:
        names = ", ".join(Path(name).name for name in AUTHORITY_FILES.values())
        folder = data / "registry"
        raise BuildError.told("registry", folder=folder, names=names, error=error) from error
    connection.execute("DETACH staging")
