"""What the imports of a store are told by: the lists that hold it cannot be taken from them."""

from __future__ import annotations

from pathlib import Path

import duckdb

from dunghen.intake.errors import UnusableError
from dunghen.intake.store import Store

# table of the lists → column of the files of an import
_COLUMNS = {"procedures": "procedure_code", "fields": "field"}
_FILES = {"dossiers.parquet": ("procedures", "fields"), "reports.parquet": ("fields",)}


def used_codes(store: Store) -> dict[str, dict[str, set[str]]]:
    """Of each table: code → the numbers of the imports that use it."""
    used: dict[str, dict[str, set[str]]] = {table: {} for table in (*_COLUMNS, "departments")}
    for one in store.imports():
        for code in one.authorities:
            used["departments"].setdefault(code, set()).add(one.import_id)
        for name, tables in _FILES.items():
            for table in tables if (one.folder / name).exists() else ():
                for code in _codes(one.folder / name, _COLUMNS[table]):
                    used[table].setdefault(code, set()).add(one.import_id)
    return used


def _codes(path: Path, column: str) -> list[str]:
    with duckdb.connect() as connection:
        try:
            rows = connection.read_parquet(str(path)).select(column).distinct().fetchall()
        except duckdb.Error:
            raise UnusableError("store.broken", place=path.parent) from None
    return [code for (code,) in rows if code is not None]
