"""Publishing: the figures of data/, the sample and what was imported become one published file."""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
import tomllib
from contextlib import nullcontext
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dunghen import warehouse
from dunghen.intake import importing, rollup
from dunghen.intake.errors import IntakeError, UnwritableError
from dunghen.intake.flushing import flush
from dunghen.intake.job import Job
from dunghen.intake.lists import TABLES, InForce
from dunghen.intake.rollup import sums
from dunghen.intake.store import Import, Store
from dunghen.warehouse import Additions, BuildError, OwnLists, RollUps
from dunghen.warehouse.build import inputs_of
from dunghen.warehouse.inputs import ROOT
from dunghen.warehouse.published import imports_in, stored_inputs
from dunghen.words.intake import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager

    Stage = Callable[[str], AbstractContextManager[object]]

SAMPLE_SOURCE = "minh-hoa"
_INTAKE = Path(importing.__file__).parent
# What of data/ decides how the sample is read, beside the sample itself.
_READING = ("mappings/*.toml", "reference/*.csv", "registry/*.csv")


def publish(
    database: Path | None = None,
    data: Path | None = None,
    store: Store | None = None,
    waiting: Callable[[], None] | None = None,
    stage: Stage = nullcontext,
) -> str:
    """Builds the published file from `data`, its sample and the store; returns the snapshot id.

    One publication of a store at a time: another waits (`waiting` is called once) and refuses in words when
    that takes too long. `stage` is entered around each long part, by its name. Raises `BuildError` or
    `IntakeError` in words when nothing can be published; the file is then as it was.
    """
    source = data or ROOT / "data"
    private = store or _store_of(data)
    with private.alone(waiting):
        with stage("adding_up"):
            rollups = [*_private(private, source), *_sample(private, source)]
        additions = Additions(
            inputs=_inputs(private, source),
            rollups=tuple(rollups),
            reports=tuple(one.folder / "reports.parquet" for one in _in_order(private, "reports")),
            scores=tuple(one.folder / "scores.parquet" for one in _in_order(private, "scores")),
            lists=_own_lists(InForce(source, private.folder)),
        )
        target = database or warehouse.database_path()
        private.announce(target, inputs_of(source, additions))
        with stage("checking"):
            return warehouse.build(target, source, additions)


def ensure_published(
    database: Path | None = None, data: Path | None = None, store: Store | None = None
) -> Path:
    """Path of a published file that is up to date with everything it is made of; builds it if it is not.

    Several processes may ask at once: one builds, the others wait and find it. Raises `BuildError` in words,
    also where the file holds imports that the store has not: whoever only serves must not lose them.
    """
    target = database or warehouse.database_path()
    source, private = data or ROOT / "data", store or _store_of(data)
    try:
        if not _is_fresh(target, source, private):
            with private.alone():
                if not _is_fresh(target, source, private):
                    _keep_imports(target, private)
                    publish(target, source, private)
    except IntakeError as error:
        raise BuildError(error.text("en"), error.text("vi")) from error
    return target


def _keep_imports(target: Path, store: Store) -> None:
    lost = sorted(imports_in(target) - {one.import_id for one in store.imports()})
    if lost:
        raise BuildError.told("lost", path=target, store=store.folder, imports=", ".join(lost))


def _store_of(data: Path | None) -> Store:
    """The store that goes with a data folder; that of the checkout is where `DUNGHEN_STORE` says."""
    return Store() if data is None else Store(data / "store")


def _is_fresh(target: Path, data: Path, store: Store) -> bool:
    try:
        return stored_inputs(target) == inputs_of(data, Additions(inputs=_inputs(store, data)))
    except warehouse.DatabaseMissingError:
        return False


def _inputs(store: Store, data: Path) -> str:
    """One hash over the sample, all imports, the office's lists and the code of the intake; nothing where
    there is none of the first three.

    Of an import its facts count, not the keys of its dossiers: the same files taken in again are the same.
    """
    facts = [_facts(one) for one in store.imports()]
    sample = _sample_inputs(data)
    lists = InForce(data, store.folder).own.digest()
    if not facts and not sample and not lists:
        return ""
    return _hash([json.dumps(facts, sort_keys=True, default=str), sample, lists, _code()])


def _own_lists(lists: InForce) -> OwnLists | None:
    """What an office brought beside the lists of data/, with its sources."""
    sources = [{"source_id": one.source_id, "title": one.source, "url": one.url} for one in lists.own.all()]
    files = {table: lists.files(table) for table in TABLES}
    told = json.dumps(sources, ensure_ascii=False)
    return OwnLists(lists.own.folder, told, files) if sources else None


def _facts(one: Import) -> dict[str, object]:
    return {name: value for name, value in one.facts().items() if name != "imported_at"}


def _in_order(store: Store, record: str) -> list[Import]:
    """The imports of one kind in the order in which they were stated: the last one stands."""
    found = [one for one in store.imports() if one.record == record]
    return sorted(found, key=lambda one: (one.as_of or date.min, one.sequence))


def _private(store: Store, data: Path) -> Iterator[RollUps]:
    if store.imports():
        yield RollUps(rollup.derive(store, data), is_sample=False)


def _sample(store: Store, data: Path) -> Iterator[RollUps]:
    """The roll-ups of data/sample, which goes through the same intake into a store of its own."""
    inputs = _sample_inputs(data)
    if not inputs:
        return
    folder = store.folder / "sample"
    try:
        if not _holds(folder, inputs):
            _import_sample(data, folder, inputs)
        yield RollUps(rollup.derive(Store(folder), data), is_sample=True)
    except UnwritableError:
        # says itself where there is no room
        raise
    except IntakeError as error:
        why = {language: error.text(language) for language in LANGUAGES}
        raise BuildError.told("sample", folder=data / "sample", why=why) from error


def _sample_inputs(data: Path) -> str:
    """A hash over the sample and everything that decides how it is read; empty without a sample."""
    sample = sorted(path for path in (data / "sample").glob("*") if path.is_file())
    if not (data / "sample" / "imports.toml").exists():
        return ""
    return _hash(
        [*_contents([*sample, *(path for way in _READING for path in sorted(data.glob(way)))]), _code()]
    )


def _holds(folder: Path, inputs: str) -> bool:
    note = folder / "inputs"
    return note.exists() and note.read_text(encoding="utf-8") == inputs


def _import_sample(data: Path, folder: Path, inputs: str) -> None:
    """Takes the sample in beside `folder` and puts it there in one step.

    Its numbers are hashed with a key that nobody keeps: they are recognised within the sample alone.
    """
    draft = folder.with_name(f".{folder.name}-draft")
    gone = folder.with_name(f".{folder.name}-gone")
    for leftover in (draft, gone):
        shutil.rmtree(leftover, ignore_errors=True)
    key = secrets.token_bytes(32)
    try:
        for job in _jobs(data, Store(draft), key):
            importing.run(job)
        (draft / "inputs").write_text(inputs, encoding="utf-8")
        flush(draft / "inputs")
        flush(draft)
    except BaseException:
        # where the disk is full, what was made of it would keep it full
        shutil.rmtree(draft, ignore_errors=True)
        raise
    if folder.exists():
        # in one step: half of it would be taken for the whole
        folder.rename(gone)
    draft.replace(folder)
    shutil.rmtree(gone, ignore_errors=True)


def _jobs(data: Path, store: Store, key: bytes) -> Iterator[Job]:
    sample = data / "sample"
    listed = tomllib.loads((sample / "imports.toml").read_text(encoding="utf-8"))
    for one in listed["import"]:
        mapping = one["mapping"]
        yield Job(
            files=[sample / name for name in one["files"]],
            store=store,
            key=key,
            data=data,
            mapping=str(sample / mapping) if mapping.endswith(".toml") else mapping,
            as_of=one["as_of"],
            source_id=SAMPLE_SOURCE,
        )


@cache
def _code() -> str:
    """A hash over the code of the intake and what it counts with: what was made otherwise is not the same."""
    files = sorted(path for path in _INTAKE.rglob("*") if path.suffix in (".py", ".sql"))
    return _hash([sums.method(), *_contents(files)])


def _contents(files: Iterable[Path]) -> Iterator[str]:
    for path in files:
        yield f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
