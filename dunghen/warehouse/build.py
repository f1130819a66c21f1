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
from dunghen.warehouse.inputs import AUTHORITY_FILES, ROOT, TABLE_FILES, WAREHOUSE, hash_of_inputs
from dunghen.warehouse.published import DatabaseMissingError, stored_inputs

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        connection = duckdb.connect(str(draft))
        try:
            snapshot = _fill(connection, data)
        finally:
            connection.close()
        draft.replace(target)
    except duckdb.IOException as error:
        raise BuildError(f"The draft {draft} cannot be written: {error}. The file is as it was.") from error
    finally:
        _remove(draft)
    return snapshot


def _remove(draft: Path) -> None:
    for leftover in (draft, draft.with_name(f"{draft.name}.wal")):
        leftover.unlink(missing_ok=True)


def _fill(connection: duckdb.DuckDBPyConnection, data: Path) -> str:
    connection.execute((WAREHOUSE / "schema.sql").read_text(encoding="utf-8"))
    connection.execute((WAREHOUSE / "comments.sql").read_text(encoding="utf-8"))
    _load_authorities(connection, data)
    for table, name in TABLE_FILES:
        _load_table(connection, table, data / name)
    snapshot = _content_hash(connection)
    stamp = (WAREHOUSE / "snapshot.sql").read_text(encoding="utf-8")
    connection.execute(stamp, {"snapshot": snapshot, "inputs": hash_of_inputs(data)})
    run_checks(connection)
    return snapshot


def _load_authorities(connection: duckdb.DuckDBPyConnection, data: Path) -> None:
    connection.execute("ATTACH ':memory:' AS staging")
    for table, name in AUTHORITY_FILES.items():
        path = data / name
        with _errors_name(path):
            connection.execute(
                f"CREATE TABLE staging.{table} AS FROM read_csv(?, all_varchar = TRUE, header = TRUE)",
                [str(_existing(path))],
            )
    with _errors_name(data / "registry"):
        connection.execute((WAREHOUSE / "authority.sql").read_text(encoding="utf-8"))
    connection.execute("DETACH staging")


def _load_table(connection: duckdb.DuckDBPyConnection, table: str, path: Path) -> None:
    with _errors_name(path):
        connection.execute(
            f"INSERT INTO {table} BY NAME FROM read_csv(?, all_varchar = TRUE, header = TRUE)",
            [str(_existing(path))],
        )


def _existing(path: Path) -> Path:
    if not path.exists():
        raise BuildError(
            f"{path} is missing. It is one of the files the figures are built from: put it back."
        )
    return path


class _errors_name:  # noqa: N801 - reads as a sentence: `with _errors_name(path)`
    """Turns what DuckDB says about a row of a file into a `BuildError` that names the file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, duckdb.Error):
            raise BuildError(
                f"{self.path} does not fit the table it fills: {error}\n"
                "Correct that row or heading (data/README.md tells what each column holds) and build again."
            ) from error


def _content_hash(connection: duckdb.DuckDBPyConnection) -> str:
    digest = hashlib.sha256()
    tables = connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY table_name").fetchall()
    for (table,) in tables:
        rows = connection.execute(f'SELECT to_json(t)::VARCHAR AS row_text FROM "{table}" AS t ORDER BY ALL')  # noqa: S608 - names of our own tables
        digest.update(table.encode())
        while batch := rows.fetchmany(10_000):
            digest.update("\n".join(row_text for (row_text,) in batch).encode())
    return digest.hexdigest()[:16]
