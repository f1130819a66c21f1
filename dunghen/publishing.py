"""Publishing: the figures of data/ and what was imported become one published file."""

from __future__ import annotations

from pathlib import Path

from dunghen import warehouse
from dunghen.warehouse import Additions
from dunghen.warehouse.build import inputs_of
from dunghen.warehouse.inputs import ROOT
from dunghen.warehouse.published import stored_inputs


def publish(database: Path | None = None, data: Path | None = None) -> str:
    """Builds the published file anew and returns the snapshot id.

    Raises `BuildError` in words when it cannot be built; the file is then as it was.
    """
    return warehouse.build(database, data)


def ensure_published(database: Path | None = None, data: Path | None = None) -> Path:
    """Path of a published file that is up to date; builds it if it is missing or stale.

    Raises `BuildError` in words when it cannot be built.
    """
    target = database or warehouse.database_path()
    if not _is_fresh(target, inputs_of(data or ROOT / "data", Additions())):
        publish(target, data)
    return target


def _is_fresh(target: Path, inputs: str) -> bool:
    try:
        return stored_inputs(target) == inputs
    except warehouse.DatabaseMissingError:
        return False
