"""Building the published file: a draft beside it, checked, put in its place in one step."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from filelock import FileLock

from dunghen.warehouse.additions import Additions, add
from dunghen.warehouse.base import BLOCK_SIZE, forget, keep, remove, run, start_from
from dunghen.warehouse.checks import run_checks
from dunghen.warehouse.content import digests, snapshot_id, tables_of
from dunghen.warehouse.errors import BuildError, UnwritableError, why_refused
from dunghen.warehouse.inputs import KEPT_VIEWS, ROOT, hash_of_inputs

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITE_ERRORS = (
    *(duckdb.IOException, duckdb.TransactionException, duckdb.FatalException),
    duckdb.OutOfMemoryException,
)

__all__ = ["BLOCK_SIZE", "BuildError", "build", "database_path"]


def database_path() -> Path:
    """Where the published file lies: `DUNGHEN_DATABASE`, else `data/dunghen.duckdb`."""
    return Path(os.environ.get("DUNGHEN_DATABASE") or ROOT / "data" / "dunghen.duckdb")


def build(path: Path | None = None, data: Path | None = None, additions: Additions | None = None) -> str:
    """Builds the published file from `data` and what imports add; returns its snapshot id.

    The draft is written beside `path`, checked by `queries/checks/` and then put in its place by one
    rename; whatever goes wrong before that leaves the published file as it was. The id is a hash of the
    content: same inputs, same id.
    Raises `BuildError`, which says which file, what is wrong and how to mend it.
    """
    target = path or database_path()
    with _building(target):
        return _build_beside(target, data or ROOT / "data", additions or Additions())


@contextlib.contextmanager
def _building(target: Path) -> Iterator[None]:
    """Alone at the place of `target`; what the system refuses there becomes a `BuildError` in words."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{target}.lock"):
            yield
    except OSError as error:
        if _is_elsewhere(target, error.filename):
            raise UnwritableError.told("unreadable", path=error.filename, why=why_refused(error)) from error
        raise UnwritableError.told("unwritable", path=target, why=why_refused(error)) from error


def _is_elsewhere(target: Path, name: object) -> bool:
    """Whether a file that the system refused is none of those made beside `target`, nor a folder above it."""
    if not isinstance(name, str):
        return False
    path, place = Path(name).absolute(), target.absolute()
    is_beside = path.parent == place.parent and path.name.startswith(place.name)
    return not is_beside and not place.is_relative_to(path)


def _build_beside(target: Path, data: Path, additions: Additions) -> str:
    draft = target.with_name(f"{target.name}.draft")
    remove(draft)
    try:
        connection = start_from(target.with_name(f"{target.name}.base"), draft, data)
        try:
            snapshot = _finish(connection, inputs_of(data, additions), additions)
            # closing would write too, but say nothing if it cannot
            connection.execute("CHECKPOINT")
        finally:
            connection.close()
        draft.replace(target)
    except WRITE_ERRORS as error:
        raise UnwritableError.told("unwritable", path=target, why=why_refused(error)) from error
    finally:
        remove(draft)
    return snapshot


def inputs_of(data: Path, additions: Additions) -> str:
    """What a published file says it was built from: the hash of `data` and that of the additions."""
    return f"{hash_of_inputs(data)} {additions.inputs}".strip()


def _finish(connection: duckdb.DuckDBPyConnection, inputs: str, additions: Additions) -> str:
    add(connection, additions)
    for view in KEPT_VIEWS:
        keep(connection, view)
    settled = {table: told for table, told in forget(connection).items() if table not in additions.changes}
    added = [table for table in tables_of(connection) if table not in settled]
    snapshot = snapshot_id({**settled, **digests(connection, added)})
    _stamp(connection, snapshot, inputs)
    run_checks(connection)
    return snapshot


def _stamp(connection: duckdb.DuckDBPyConnection, snapshot: str, inputs: str) -> None:
    try:
        run(connection, "snapshot", {"snapshot": snapshot, "inputs": inputs})
    except duckdb.ConstraintException as error:
        raise BuildError.told("no_day") from error
