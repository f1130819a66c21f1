"""The published file: built beside, checked, swapped in one step, and opened read-only."""

from dunghen.warehouse.build import BuildError, build, database_path, ensure_published
from dunghen.warehouse.published import DatabaseMissingError, Snapshot, Table, current_snapshot, is_outdated

__all__ = [
    "BuildError",
    "DatabaseMissingError",
    "Snapshot",
    "Table",
    "build",
    "current_snapshot",
    "database_path",
    "ensure_published",
    "is_outdated",
]
