"""One import: files → checked rows → the private store → publication; all of it, or nothing."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from dunghen.intake import dossiers, quarantine
from dunghen.intake.dossiers import REPEATED, TOTAL, Changes
from dunghen.intake.errors import RefusedError, UnusableError
from dunghen.intake.planning import Part, Plan, day_of, plan
from dunghen.intake.reading import naming
from dunghen.intake.store import ROOT, Import, Store

# More than this share of the rows quarantined stops an import that was not told to accept it.
LARGEST_SHARE = 0.05
# What DuckDB may hold in memory; more goes to encrypted files that vanish.
MEMORY = "2GB"
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class Job:
    """What to import and how. `key` hashes the dossier numbers; `publish` makes the figures public.

    `progress` is entered around each long step with its name and the connection at work."""

    files: Sequence[Path]
    store: Store
    key: bytes
    data: Path = ROOT / "data"
    mapping: str | None = None
    as_of: date | None = None
    source_id: str | None = None
    accept_rejects: bool = False
    rejects: Path | None = None
    publish: Callable[[Store], str] | None = None
    progress: Callable[[str, duckdb.DuckDBPyConnection], Any] | None = None
    waiting: Callable[[], None] | None = None


@dataclass(frozen=True)
class Preview:
    """What an import would do: mapping, day, heading → our column for each table, first rows, counts."""

    plan: Plan
    as_of: date | None
    columns: list[str]
    rows: list[tuple[Any, ...]]
    rows_read: int
    rows_loaded: int
    rows_repeated: int
    reasons: list[dict[str, Any]]


@dataclass(frozen=True)
class Done:
    """An import as it stands in the store; `snapshot` is what was published, `is_new` False for a repeat."""

    made: Import
    plan: Plan
    snapshot: str | None = None
    is_new: bool = True


@dataclass
class _Rows:
    """What became of the rows of an export."""

    read: int = 0
    loaded: int = 0
    repeated: int = 0
    skipped: int = 0
    changes: Changes = field(default_factory=Changes)
    authorities: list[str] = field(default_factory=list)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def quarantined(self) -> int:
        return self.reasons.total()


def run(job: Job) -> Done:
    """Imports the files and publishes: every row is loaded, quarantined, or an exact repeat.

    The same files by the same mapping for the same day once more change nothing. Raises `UnusableError`,
    `RefusedError` or what `publish` raises; the store and the published file are then as they were."""
    with job.store.alone(job.waiting), job.store.scratch() as scratch:
        job.store.check_key(job.key)
        planned = plan(job.files, scratch, job.mapping)
        day = _day(planned, job)
        _check_source(job)
        facts = _facts(job, planned, day)
        if known := _known(job.store, facts):
            return Done(known, planned, is_new=False)
        with job.store.drafting(facts["sequence"]) as draft:
            made = _make(job, planned, scratch, Import(folder=draft, **facts))
            job.store.add(made)
            snapshot = job.publish(job.store) if job.publish else None
            return Done(replace(made, folder=job.store.keep(made)), planned, snapshot)


def preview(job: Job) -> Preview:
    """What `run` would do, without writing anything but a scratch file that is gone at the end."""
    with TemporaryDirectory() as name:
        scratch = Path(name)
        planned = plan(job.files, scratch, job.mapping)
        day = _day(planned, job)
        with _connection(scratch) as connection:
            rows = _read(job, connection, planned, day)
            rows.reasons = _count(connection, planned)
            columns, first = dossiers.preview(connection)
        return Preview(
            planned, day, columns, first, rows.read, rows.loaded, rows.repeated, _listed(rows.reasons)
        )


def undo(
    store: Store, import_id: str, publish: Callable[[Store], str] | None = None
) -> tuple[Import, str | None]:
    """Takes an import back and publishes without it; the store is as it was if publishing fails."""
    with store.alone():
        one = store.find(import_id)
        with store.undoing(one):
            snapshot = publish(store) if publish else None
        return one, snapshot


def _day(planned: Plan, job: Job) -> date:
    day = day_of(planned, job.as_of)
    if day is None:
        raise UnusableError("import.as_of_missing", mapping=planned.mapping.name)
    return day


def _make(job: Job, planned: Plan, scratch: Path, draft: Import) -> Import:
    """Reads everything, writes the draft's files; returns its facts with all counts."""
    day = draft.as_of or date.min
    with _connection(scratch) as connection:
        rows = _read(job, connection, planned, day)
        headings = {ours: theirs for part in planned.parts for theirs, ours in part.columns.items()}
        found = quarantine.places(connection, planned.parts)
        rows.reasons = quarantine.write(draft.folder / "quarantine.csv", found, headings)
        _check_share(job, rows, draft.folder)
        rows.changes = dossiers.compare(connection, job.store.imports(), day)
        rows.authorities = dossiers.authorities(connection)
        with _progress(job, "writing", connection):
            dossiers.write(connection, draft.folder / "dossiers.parquet")
    return replace(
        draft,
        rows_read=rows.read,
        rows_loaded=rows.loaded - rows.changes.repeated,
        rows_quarantined=rows.quarantined,
        rows_repeated=rows.repeated + rows.changes.repeated,
        rows_replaced=rows.changes.replaced,
        rows_older=rows.changes.older,
        rows_skipped=rows.skipped,
        authorities=dict.fromkeys(rows.authorities, day.isoformat()),
        reasons=_listed(rows.reasons),
    )


def _read(job: Job, connection: duckdb.DuckDBPyConnection, planned: Plan, day: date) -> _Rows:
    dossiers.prepare(connection, job.data, planned.mapping, day, job.key)
    for number, part in enumerate(planned.parts):
        _load(job, connection, number, part, planned)
    with _progress(job, "settling", connection):
        dossiers.settle(connection)
    counts = dossiers.faults(connection)
    lost = sum(len(part.table.rejected(connection)) for part in planned.parts)
    skipped = counts.get(TOTAL, 0)
    return _Rows(
        read=sum(counts.values()) - skipped + lost,
        loaded=counts.get(None, 0),
        repeated=counts.get(REPEATED, 0),
        skipped=skipped,
    )


def _load(job: Job, connection: duckdb.DuckDBPyConnection, number: int, part: Part, planned: Plan) -> None:
    view = f"staged_{number}"
    try:
        part.table.stage(connection, view, part.heading, part.columns)
        with _progress(job, part.table.place, connection):
            dossiers.load(connection, number, view, part.columns.values(), planned.mapping)
    except duckdb.Error as error:
        # its own words may hold what stands in a cell
        raise part.table.misread(error) from None


def _count(connection: duckdb.DuckDBPyConnection, planned: Plan) -> Counter[tuple[str, str]]:
    return Counter(
        (place.reason, place.column or "") for place in quarantine.places(connection, planned.parts)
    )


def _check_share(job: Job, rows: _Rows, draft: Path) -> None:
    if rows.read == 0:
        raise UnusableError("import.no_rows")
    if rows.read != rows.loaded + rows.repeated + rows.quarantined:
        raise AssertionError(f"{rows.read} rows read, not all accounted for")
    if job.rejects:
        job.rejects.write_bytes((draft / "quarantine.csv").read_bytes())
    share = rows.quarantined / rows.read
    if share > LARGEST_SHARE and not job.accept_rejects:
        raise RefusedError(
            "import.too_many_rejects",
            rows=rows.quarantined,
            read=rows.read,
            share=f"{share:.1%}",
            limit=f"{LARGEST_SHARE:.0%}",
        )
    if rows.loaded == 0:
        raise RefusedError("import.nothing_left", read=rows.read)


def _listed(reasons: Counter[tuple[str, str]]) -> list[dict[str, Any]]:
    """The reasons, the commonest first."""
    ordered = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    return [{"reason": reason, "column": column, "rows": rows} for (reason, column), rows in ordered]


def _facts(job: Job, planned: Plan, day: date) -> dict[str, Any]:
    """What is known of an import before its rows are read."""
    sequence = job.store.next_sequence()
    return {
        "import_id": f"{sequence:04d}",
        "sequence": sequence,
        "record": planned.mapping.record,
        "mapping": planned.mapping.name,
        "mapping_hash": hashlib.sha256(planned.mapping.model_dump_json().encode()).hexdigest(),
        "as_of": day,
        "source_id": job.source_id,
        "imported_at": datetime.now(VIETNAM).isoformat(timespec="seconds"),
        "accepted_rejects": job.accept_rejects,
        "files": [_file(path, number) for number, path in enumerate(job.files, 1)],
        "rows_read": 0,
        "rows_loaded": 0,
        "rows_quarantined": 0,
        "rows_repeated": 0,
    }


def _file(path: Path, number: int) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"name": naming.shown_name(path.name, number), "sha256": digest, "bytes": path.stat().st_size}


def _known(store: Store, facts: dict[str, Any]) -> Import | None:
    """The import that the same files, mapping, day and source made before, if there is one."""
    return next((one for one in store.imports() if _identity(one.facts()) == _identity(facts)), None)


def _identity(facts: dict[str, Any]) -> str:
    hashes = sorted(file["sha256"] for file in facts["files"])
    return json.dumps([hashes, facts["mapping_hash"], str(facts["as_of"]), facts["source_id"]])


def _check_source(job: Job) -> None:
    if job.source_id is None:
        return
    sources = duckdb.read_csv(str(job.data / "published" / "sources.csv"), all_varchar=True)
    known = {source_id for (source_id,) in sources.select("source_id").fetchall()}
    if job.source_id not in known:
        raise UnusableError("import.unknown_source", source=job.source_id)


@contextmanager
def _connection(scratch: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A scratch database: what does not fit into memory is encrypted on disk."""
    connection = duckdb.connect(
        str(scratch / "scratch.duckdb"),
        config={
            "memory_limit": MEMORY,
            "temp_directory": str(scratch / "spill"),
            "temp_file_encryption": True,
        },
    )
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def _progress(job: Job, step: str, connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    if job.progress is None:
        yield
    else:
        with job.progress(step, connection):
            yield
