"""What imports add to the figures of data/: roll-ups of dossiers, reports and index scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from dunghen.warehouse.errors import BuildError
from dunghen.warehouse.inputs import WAREHOUSE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True)
class RollUps:
    """A folder of public roll-ups: one Parquet file for each of `ROLLUP_TABLES`."""

    folder: Path
    is_sample: bool


@dataclass(frozen=True)
class OwnLists:
    """Lists that an office brought, in `folder`: `sources` as a JSON list (source_id, title, url), `files`.

    The files of a table are its shipped one and those of the office; only these have a column `source_id`."""

    folder: Path
    sources: str
    files: Mapping[str, Sequence[Path]]

    @property
    def variables(self) -> dict[str, Any]:
        """The variables of own_lists.sql."""
        files = {f"files_of_{table}": [str(path) for path in paths] for table, paths in self.files.items()}
        return {"own_sources": self.sources, **files}


@dataclass(frozen=True)
class Additions:
    """What a publication adds to data/.

    `inputs` is a hash of everything it came from. Files of `reports` and `scores` (columns of the tables
    report and score) are in the order in which they were stated: the later one stands. The sample comes
    last in `rollups`.
    """

    inputs: str = ""
    rollups: tuple[RollUps, ...] = ()
    reports: tuple[Path, ...] = ()
    scores: tuple[Path, ...] = ()
    lists: OwnLists | None = None

    @property
    def changes(self) -> frozenset[str]:
        """The tables that data/ would settle but for these additions."""
        return frozenset({"authority"}) if self.lists else frozenset()


def add(connection: duckdb.DuckDBPyConnection, additions: Additions) -> None:
    """Puts the additions into a draft. Raises `BuildError` for a file that cannot be read or does not fit."""
    if lists := additions.lists:
        _put(connection, lists.folder, "own_lists", **lists.variables)
    for rollups in additions.rollups:
        _put(connection, rollups.folder, "rollups", folder=str(rollups.folder), is_sample=rollups.is_sample)
    for path in additions.reports:
        _put(connection, path, "restated", "INSERT INTO report BY NAME FROM read_parquet(?)", file=str(path))
    for path in additions.scores:
        _put(connection, path, "rescored", "INSERT INTO score BY NAME FROM read_parquet(?)", file=str(path))


def _put(
    connection: duckdb.DuckDBPyConnection, path: Path, name: str, then: str | None = None, **variables: Any
) -> None:
    try:
        for variable, value in variables.items():
            connection.execute(f"SET VARIABLE {variable} = ?", [value])
        connection.execute((WAREHOUSE / f"{name}.sql").read_text(encoding="utf-8"))
        if then:
            connection.execute(then, [str(path)])
    except (duckdb.ConstraintException, duckdb.ConversionException, duckdb.BinderException) as error:
        raise BuildError.told("imported", path=path, error=error) from error
