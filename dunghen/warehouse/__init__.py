"""The published file: built beside, checked, swapped in one step, and opened read-only."""

from dunghen.warehouse.additions import Additions, OwnLists, RollUps
from dunghen.warehouse.build import BuildError, build, database_path
from dunghen.warehouse.errors import UnwritableError
from dunghen.warehouse.published import (
    DatabaseMissingError,
    Lens,
    Snapshot,
    Table,
    current_snapshot,
    is_outdated,
)

__all__ = [
    "Additions",
    "BuildError",
    "DatabaseMissingError",
    "Lens",
    "OwnLists",
    "RollUps",
    "Snapshot",
    "Table",
    "UnwritableError",
    "build",
    "current_snapshot",
    "database_path",
    "is_outdated",
]
