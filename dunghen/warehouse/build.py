"""Building the published file: load into a draft beside it, check the draft, replace in one step."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from filelock import FileLock

from dunghen.warehouse.checks import run_checks
from dunghen.warehouse.errors import BuildError
from dunghen.warehouse.inputs import (
    AUTHORITY_FILES,
    KEPT_VIEWS,
    ROOT,
    TABLE_FILES,
    WAREHOUSE,
    hash_of_inputs,
)
from dunghen.warehouse.loading import MEND, load
from dunghen.warehouse.published import DatabaseMissingError, stored_inputs

if TYPE_CHECKING:
    from collections.abc import Iterator

# Bytes; the smallest there is, because most tables and keys are small and each takes whole blocks.
BLOCK_SIZE = 16_384
WRITE_ERRORS = (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException)

__all__ = ["BuildError", "build", "database_path", "ensure_published"]


def database_path() -> Path:
    """Where the published file lies: `DUNGHEN_DATABASE`, else `data/dunghen.duckdb`."""
    return Path(os.environ.get("DUNGHEN_DATABASE") or ROOT / "data" / "dunghen.duckdb")


def ensure_published(path: Path | None = None, data: Path | None = None) -> Path:
    """Path of a published file that is up to date with `data/`; builds it if it is missing or stale.

    Several processes may ask at once: one builds, the others wait and find it. Raises `BuildError` in words
    when it cannot be built.
    """
    target = path or database_path()
    source = data or ROOT / "data"
    if not _is_fresh(target, source):
        with _building(target):
            if not _is_fresh(target, source):
                _build_beside(target, source)
    return target


def build(path: Path | None = None, data: Path | None = None) -> str:
    """Builds the published file from `data` alone and returns the snapshot id (hash of its content).

    The draft is written beside `path`, checked by `queries/checks/` and then put in its place by one
    rename; whatever goes wrong before that leaves the published file as it was. Same inputs, same id.
    Raises `BuildError`, which says which file, what is wrong and how to mend it.
    """
    target = path or database_path()
    with _building(target):
        return _build_beside(target, data or ROOT / "data")


def _is_fresh(target: Path, data: Path) -> bool:
    try:
        return stored_inputs(target) == hash_of_inputs(data)
    except DatabaseMissingError:
        return False


@contextlib.contextmanager
def _building(target: Path) -> Iterator[None]:
    """Alone at the place of `target`; what the system refuses there becomes a `BuildError` in words."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{target}.lock"):
            yield
    except OSError as error:
        raise BuildError(
            f"The published file {target} cannot be written: {error.strerror or error}. "
            "Free some disk space or choose a writable place with DUNGHEN_DATABASE; the file is as it was."
        ) from error


def _build_beside(target: Path, data: Path) -> str:
    draft = target.with_name(f"{target.name}.draft")
    _remove(draft)
    try:
        connection = duckdb.connect(str(draft), config={"default_block_size": BLOCK_SIZE})
        try:
            snapshot = _fill(connection, data)
            # closing would write too, but say nothing if it cannot
            connection.execute("CHECKPOINT")
        finally:
            connection.close()
        draft.replace(target)
    except WRITE_ERRORS as error:
        raise BuildError(f"The draft {draft} cannot be written: {error}. The file is as it was.") from error
    finally:
        _remove(draft)
    return snapshot


def _remove(draft: Path) -> None:
    for leftover in (draft, draft.with_name(f"{draft.name}.wal")):
        leftover.unlink(missing_ok=True)


def _fill(connection: duckdb.DuckDBPyConnection, data: Path) -> str:
    inputs = hash_of_inputs(data)
    connection.execute("SET checkpoint_threshold = '1 TB'")
    _run(connection, "schema")
    _load_authorities(connection, data)
    for table, name in TABLE_FILES:
        load(connection, table, data / name)
    for view in KEPT_VIEWS:
        _keep(connection, view)
    _run(connection, "comments")
    snapshot = _content_hash(connection)
    _stamp(connection, snapshot, inputs)
    run_checks(connection)
    return snapshot


def _run(connection: duckdb.DuckDBPyConnection, name: str, parameters: dict[str, str] | None = None) -> None:
    connection.begin()
    connection.execute((WAREHOUSE / f"{name}.sql").read_text(encoding="utf-8"), parameters)
    connection.commit()


def _load_authorities(connection: duckdb.DuckDBPyConnection, data: Path) -> None:
    connection.execute("ATTACH ':memory:' AS staging")
    _run(connection, "staging")
    for table, name in AUTHORITY_FILES.items():
        load(connection, f"staging.{table}", data / name)
    try:
        _run(connection, "authority")
    except duckdb.ConstraintException as error:
        names = ", ".join(Path(name).name for name in AUTHORITY_FILES.values())
        raise BuildError(
            f"{data / 'registry'} ({names}) does not make one list of authorities: {error}\n{MEND}"
        ) from error
    connection.execute("DETACH staging")


def _keep(connection: duckdb.DuckDBPyConnection, view: str) -> None:
    """Keeps what a view of schema.sql says now as a table of its name: asked often, never out of date."""
    connection.execute(f"CREATE TABLE kept AS FROM {view} ORDER BY ALL")
    connection.execute(f"DROP VIEW {view}")
    connection.execute(f"ALTER TABLE kept RENAME TO {view}")


def _stamp(connection: duckdb.DuckDBPyConnection, snapshot: str, inputs: str) -> None:
    try:
        _run(connection, "snapshot", {"snapshot": snapshot, "inputs": inputs})
    except duckdb.ConstraintException as error:
        raise BuildError("No figure in the data folder says which day it speaks of. " + MEND) from error


def _content_hash(connection: duckdb.DuckDBPyConnection) -> str:
    digest = hashlib.sha256()
    tables = connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY table_name").fetchall()
    for (table,) in tables:
        rows = connection.execute(f'SELECT to_json(t)::VARCHAR AS row_text FROM "{table}" AS t ORDER BY ALL')  # noqa: S608 - names of our own tables
        digest.update(f"{table}\n".encode())
        while batch := rows.fetchmany(10_000):
            digest.update("".join(f"{row_text}\n" for (row_text,) in batch).encode())
    return digest.hexdigest()[:16]
