"""From the dossiers of a store to the folder of roll-ups that is published.

`store/derived/STATE/` holds, for one list of imports, one registry and one version of this code, the private
sums (`sums/`) and what may be published (`public/`).
It may be deleted at any time and is then made anew from the imports; so is what the disk damaged.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import logging
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from dunghen.intake import dossiers
from dunghen.intake.errors import RefusedError
from dunghen.intake.flushing import flush
from dunghen.intake.lists import InForce
from dunghen.intake.rollup import sealing, sums
from dunghen.intake.rollup.calendar import write_calendar
from dunghen.intake.suppression import suppress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dunghen.intake.rollup.sums import Batch
    from dunghen.intake.store import Import, Store

HERE = Path(__file__).parent
MEMORY = "3GB"
# Those of the last publications, so that taking an import back finds what it needs.
KEPT_STATES = 3
_log = logging.getLogger(__name__)
REGISTRY = ("authorities.csv", "illustrative.csv")
PUBLIC = (
    "flow",
    "stock",
    "breakdown",
    "distribution",
    "overdue_age",
    "intake",
    "quarantine_reason",
    "dossier_source",
)


def derive(store: Store, data: Path) -> Path:
    """The folder of public roll-ups of all imports of a store: one Parquet file for each of `PUBLIC`.

    Makes it if it is not there; the same imports, registry and code give the same rows. Call it inside
    `store.alone()`. Raises `RefusedError` if the counts of an authority contradict each other, which says
    that an import was made of dossiers that cannot be.
    """
    imports = store.imports()
    wanted = sorted(
        (sums.batch(one.facts(), one.folder) for one in imports if one.record == "dossiers"),
        key=lambda one: one.order,
    )
    derived = store.folder / "derived"
    state = derived / _state(imports, InForce(data, store.folder))
    if not _can_be_used(state, "public"):
        derived.mkdir(exist_ok=True)
        with _draft(derived) as draft:
            _derive(store, data, imports, wanted, draft)
            _discard(state)
            draft.replace(state)
            flush(derived)
        _prune(derived, state)
    return state / "public"


def _derive(store: Store, data: Path, imports: list[Import], wanted: list[Batch], draft: Path) -> None:
    with _connection(draft) as connection:
        _make_sums(connection, store, wanted, draft / "sums")
    with _connection(draft) as connection:
        _roll_up(connection, InForce(data, store.folder), imports, draft / "sums")
        _hide(connection)
        _write(connection, draft / "public")
    about = {
        "method": sums.method(),
        "batches": [{"import_id": one.import_id, "key": one.key} for one in wanted],
    }
    sealing.seal(draft, about)


def _can_be_used(state: Path, part: str) -> bool:
    """Whether a part of a state is there as it was written; the log says of one that is damaged."""
    if not state.exists():
        return False
    is_whole = sealing.is_whole(state, part)
    if not is_whole:
        _log.warning("%s is damaged: it is made anew from the imports, nothing is lost.", state / part)
    return is_whole


def _make_sums(
    connection: duckdb.DuckDBPyConnection, store: Store, wanted: list[Batch], target: Path
) -> None:
    """The sums of the wanted imports: from those of the nearest state that is worth it, else from all."""
    dossiers.check_whole(store.imports())
    known = {one.key: one for one in wanted}
    for state in sorted((store.folder / "derived").glob("*/state.json"), key=_age):
        had = _batches(store, state.parent, known)
        parts = len(list(state.parent.glob("sums/*")))
        if had and sums.worth_updating(wanted, had, parts) and _can_be_used(state.parent, "sums"):
            return sums.update(connection, wanted, had, state.parent / "sums", target)
    return sums.make(connection, wanted, target)


def _batches(store: Store, state: Path, known: dict[str, Batch]) -> list[Batch] | None:
    """The imports that a state was made of; None if one is gone or if it was made otherwise."""
    about = sealing.about(state)
    if about is None or about["method"] != sums.method():
        return None
    found = [known.get(one["key"]) or _undone(store, **one) for one in about["batches"]]
    return None if None in found else [one for one in found if one]


def _undone(store: Store, import_id: str, key: str) -> Batch | None:
    folder = store.folder / "imports" / import_id
    if not dossiers.is_whole(folder / "dossiers.parquet"):
        return None
    with contextlib.suppress(FileNotFoundError):
        found = sums.batch(json.loads((folder / "import.json").read_text(encoding="utf-8")), folder)
        return found if found.key == key else None
    return None


def _roll_up(
    connection: duckdb.DuckDBPyConnection, lists: InForce, imports: list[Import], folder: Path
) -> None:
    """Everything that is published, with small numbers still in it."""
    _run(connection, "inputs", facts=json.dumps([one.facts() for one in imports]), **_registry(lists))
    sums.open_sums(connection, folder)
    first, last = connection.execute("SELECT first_day, last_day FROM told_days").fetchall()[0]
    write_calendar(connection, first, last + sums.DAYS_AHEAD)
    _run(connection, "rollup")
    _run(connection, "published")
    _check(connection)


def _hide(connection: duckdb.DuckDBPyConnection) -> None:
    _run(connection, "away")
    suppress(connection, "breakdown_source", "breakdown", tree="tree", nesting="nesting")
    _run(connection, "hidden")


def _check(connection: duckdb.DuckDBPyConnection) -> None:
    found = connection.execute((HERE / "contradiction.sql").read_text(encoding="utf-8")).fetchone()
    if found:
        columns = [column[0] for column in connection.description or []]
        raise RefusedError("rollup.contradiction", **dict(zip(columns, found, strict=True)))


def _write(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    folder.mkdir()
    for table in PUBLIC:
        sums.write(connection, table, folder, "ORDER BY ALL")


def _registry(lists: InForce) -> dict[str, list[str]]:
    return {
        "registry": [
            *(str(lists.data / "registry" / name) for name in REGISTRY),
            *(str(path) for path in lists.files("departments")),
        ],
        "procedures": [str(path) for path in lists.files("procedures")],
    }


def _state(imports: list[Import], lists: InForce) -> str:
    """A name for the imports, the registry and the code that together make a state what it is."""
    digest = hashlib.sha256(sums.method().encode())
    for one in imports:
        digest.update(json.dumps(one.facts(), sort_keys=True).encode())
    for name in itertools.chain.from_iterable(_registry(lists).values()):
        digest.update(Path(name).read_bytes())
    folder = HERE.parent / "suppression"
    for path in sorted([*folder.glob("*.py"), *folder.glob("*.sql")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _run(connection: duckdb.DuckDBPyConnection, name: str, **variables: object) -> None:
    for variable, value in variables.items():
        connection.execute(f"SET VARIABLE {variable} = ?", [value])
    connection.execute((HERE / f"{name}.sql").read_text(encoding="utf-8"))


@contextlib.contextmanager
def _connection(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    settings: dict[str, Any] = {"memory_limit": MEMORY, "preserve_insertion_order": False}
    connection = duckdb.connect(config=settings | {"temp_directory": str(folder / "spill")})
    try:
        yield connection
    finally:
        connection.close()
        shutil.rmtree(folder / "spill", ignore_errors=True)


@contextlib.contextmanager
def _draft(derived: Path) -> Iterator[Path]:
    """A folder beside the states; what killed runs left there goes first."""
    for leftover in derived.glob(".draft-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    draft = derived / f".draft-{os.getpid()}"
    draft.mkdir()
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _age(path: Path) -> float:
    """The newest first."""
    return -path.stat().st_mtime


def _prune(derived: Path, state: Path) -> None:
    states = sorted((path.parent for path in derived.glob("*/state.json") if path.parent != state), key=_age)
    for old in states[KEPT_STATES - 1 :]:
        _discard(old)


def _discard(state: Path) -> None:
    """Takes a state away in one step: half of one would be taken for a whole."""
    if state.exists():
        gone = state.with_name(f".draft-{state.name}")
        state.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)
