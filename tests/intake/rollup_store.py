"""A store made of the twin's dossiers, and the roll-ups of it as rows."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from dunghen.intake.lists import InForce
from dunghen.intake.rollup import deriving, sums
from dunghen.intake.store import Import, Store
from tests.intake.twin import Body, Dossier, Export, Row

COLUMNS = (
    "dossier_key UUID, authority_code VARCHAR, procedure_code VARCHAR, field VARCHAR, channel VARCHAR, "
    "status UTINYINT, received_at TIMESTAMP, original_due_at TIMESTAMP, due_at TIMESTAMP, "
    "finished_at TIMESTAMP, supplements USMALLINT, extended BOOLEAN"
)


def write_registry(data: Path, bodies: list[Body]) -> None:
    (data / "registry").mkdir(parents=True)
    (data / "reference").mkdir()
    head = "authority_code,parent_code,level,valid_from,valid_to\n"
    lines = "".join(",".join(str(cell or "") for cell in astuple(body)) + "\n" for body in bodies)
    for name in (*deriving.REGISTRY, "others.csv"):
        (data / "registry" / name).write_text(head, encoding="utf-8")
    (data / "registry" / deriving.REGISTRY[0]).write_text(head + lines, encoding="utf-8")
    (data / "reference" / "procedures.csv").write_text(
        "procedure_code,field\np1,land\np2,land\n", encoding="utf-8"
    )


def write_export(store: Store, export: Export) -> None:
    """Puts an export into the store as if it had been imported."""
    folder = store.folder / "imports" / f"{export.sequence:04d}"
    folder.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE dossier ({COLUMNS})")
        if export.dossiers:
            # one statement for all: a statement costs most
            marks = ", ".join("(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" for _ in export.dossiers)
            cells = [cell for dossier in export.dossiers for cell in _cells(dossier)]
            connection.execute(f"INSERT INTO dossier VALUES {marks}", cells)  # noqa: S608 - question marks
        connection.execute(f"COPY dossier TO '{folder}/dossiers.parquet'")
    codes = sorted({dossier.authority_code for dossier in export.dossiers})
    made = Import(
        folder=folder,
        import_id=folder.name,
        sequence=export.sequence,
        record="dossiers",
        mapping="test",
        reading_hash="",
        as_of=export.as_of,
        source_id=None,
        imported_at=f"2026-01-01T00:00:{export.sequence:02d}",
        accepted_rejects=False,
        files=[],
        rows_read=len(export.dossiers),
        rows_loaded=len(export.dossiers),
        rows_quarantined=0,
        rows_repeated=0,
        authorities=dict.fromkeys(codes, export.as_of.isoformat()),
        complete_for=export.complete_for,
    )
    (folder / "import.json").write_text(json.dumps(made.facts()), encoding="utf-8")


def _cells(dossier: Dossier) -> list[object]:
    key, *rest = astuple(dossier)
    return [uuid.uuid5(uuid.NAMESPACE_OID, key), *rest]


def rows(connection: duckdb.DuckDBPyConnection, table: str) -> list[Row]:
    found = connection.execute(f"FROM {table}")
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


TABLES = ("flow", "stock", "breakdown_source", "distribution_source", "overdue_age_source")


def batches(store: Store, held: Iterable[Export]) -> list[sums.Batch]:
    """What `sums` takes for these exports of a store, the oldest first."""
    sequences = {export.sequence for export in held}
    imports = [one for one in store.imports() if one.sequence in sequences]
    return sorted((sums.batch(one.facts(), one.folder) for one in imports), key=lambda one: one.order)


@contextmanager
def store_of(exports: Iterable[Export], bodies: list[Body]) -> Iterator[Store]:
    """A store that holds the exports, beside a registry of the bodies."""
    with TemporaryDirectory() as name:
        write_registry(Path(name) / "data", bodies)
        store = Store(Path(name) / "store")
        for export in exports:
            write_export(store, export)
        yield store


def make_sums(store: Store, held: Iterable[Export], folder: Path) -> None:
    with deriving._connection(store.folder.parent) as connection:
        sums.make(connection, batches(store, held), folder)


def update_sums(store: Store, wanted: list[Export], had: list[Export], source: Path, target: Path) -> None:
    with deriving._connection(store.folder.parent) as connection:
        sums.update(connection, batches(store, wanted), batches(store, had), source, target)


def tables(store: Store, held: Iterable[Export], folder: Path) -> dict[str, list[Row]]:
    """Every table that is published of the sums in `folder`, with small numbers still in it."""
    sequences = {export.sequence for export in held}
    imports = [one for one in store.imports() if one.sequence in sequences]
    with deriving._connection(store.folder.parent) as connection:
        lists = InForce(store.folder.parent / "data", store.folder)
        deriving._roll_up(connection, lists, imports, folder)
        return {table: rows(connection, table) for table in TABLES}


def roll_up(exports: list[Export], bodies: list[Body]) -> dict[str, list[Row]]:
    """Every table that is published of all dossiers, with small numbers still in it."""
    with store_of(exports, bodies) as store:
        folder = store.folder / "sums"
        make_sums(store, exports, folder)
        return tables(store, exports, folder)


def broken_down(exports: list[Export], bodies: list[Body]) -> list[Row]:
    """The breakdown of all dossiers as small numbers are hidden in it: without periods that none may have."""
    with store_of(exports, bodies) as store:
        make_sums(store, exports, store.folder / "sums")
        with deriving._connection(store.folder.parent) as connection:
            lists = InForce(store.folder.parent / "data", store.folder)
            deriving._roll_up(connection, lists, store.imports(), store.folder / "sums")
            deriving._run(connection, "away")
            return rows(connection, "breakdown_source")
