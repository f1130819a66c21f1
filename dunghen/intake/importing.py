"""One import: files → checked rows → the private store → publication; all of it, or nothing."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from dunghen import clock
from dunghen.intake import quarantine
from dunghen.intake.day_order import refusal
from dunghen.intake.errors import Column, IntakeError, RefusedError, UnusableError, Words
from dunghen.intake.forms import Notice
from dunghen.intake.job import Job
from dunghen.intake.options import check_options
from dunghen.intake.planning import Plan, day_of, plan
from dunghen.intake.reading import naming
from dunghen.intake.scratch import scratch_database
from dunghen.intake.store import Import, Store
from dunghen.intake.taking import Counts, DossierTaking, FormTaking, Table, Taking, advice
from dunghen.intake.writing import scratch_folder, writable
from dunghen.words.intake import Share

# More than this share of the rows left out stops an import that was not told to accept it.
LARGEST_SHARE = 0.05
# The reasons of rows with a day that the mapping's formats do not fit.
DATES = ("unreadable_date", "swapped_date")
# Reasons that a day of the figures brings about which is too early.
AFTER_DAY = ("received_after_as_of", "finished_after_as_of")
Reasons = list[dict[str, Any]]

__all__ = ["Done", "Job", "Preview", "drafted", "is_day_doubtful", "kept", "preview", "run", "undo"]


@dataclass(frozen=True)
class Preview:
    """What an import would do: by which mapping, for which day, with which first rows and counts.

    `refusal` is what it would end with instead, if anything; `is_sourced` False where it lacks a source."""

    plan: Plan
    as_of: date | None
    first: Table
    counts: Counts
    reasons: Reasons
    refusal: IntakeError | None = None
    is_sourced: bool = True


@dataclass(frozen=True)
class Done:
    """An import as it stands in the store; `snapshot` is what was published, `is_new` False for a repeat."""

    made: Import
    plan: Plan
    snapshot: str | None = None
    is_new: bool = True
    notices: tuple[Notice, ...] = ()
    unknown: Mapping[str, int] = field(default_factory=dict)
    is_within: bool = False


def run(job: Job) -> Done:
    """Imports the files and publishes: every row is taken, left out, or an exact repeat.

    The same files, read the same way, for the same day once more change nothing; files whose import was
    undone are refused unless the job says `again`. Raises an `IntakeError` or what `publish` raises; the
    store and the published file are then as they were."""
    with writable(job.store.folder), job.store.alone(job.waiting), drafted(job) as done:
        if not done.is_new:
            return done
        return kept(done, job.store, job.publish(job.store) if job.publish else None)


@contextmanager
def drafted(job: Job) -> Iterator[Done]:
    """An import that is made and checked but not kept yet: inside, the job's store counts it with the others.

    What is not `kept` is gone at the end. To be entered inside `store.alone()`; raises what `run` raises."""
    with ExitStack() as stack:
        with writable(job.store.folder), job.store.scratch() as scratch:
            planned = plan(job.files, scratch, job.mapping, job.first_number)
            facts = _facts(job, planned, _day(planned, job))
            if planned.mapping.record == "dossiers":
                job.store.check_key(job.key)
            known = _known(job.store, facts)
            if known is None:
                _refuse_undone(job, facts)
                draft = stack.enter_context(job.store.drafting(facts["sequence"]))
                made, counts = _make(job, planned, scratch, Import(folder=draft, **facts))
                job.store.add(made)
        if known is None:
            yield Done(
                made, planned, notices=counts.notices, unknown=counts.unknown, is_within=counts.is_within
            )
        else:
            _hand_out(job, known.folder / "quarantine.csv")
            yield Done(known, planned, is_new=False)


def kept(done: Done, store: Store, snapshot: str | None) -> Done:
    """A drafted import in its place, for good, now that it is published as this snapshot."""
    return replace(done, made=replace(done.made, folder=store.keep(done.made)), snapshot=snapshot)


def preview(job: Job) -> Preview:
    """What `run` would do; writes the list of `rejects` if one is asked for, and a scratch file that goes."""
    with scratch_folder() as scratch:
        planned = plan(job.files, scratch, job.mapping, job.first_number)
        day = _day(planned, job)
        with scratch_database(scratch) as connection:
            taking = _taking(replace(job, is_trial=True), connection, planned, day)
            counts = taking.read()
            reasons = _write_places(job, planned, taking, scratch)
            refusal = _refused(job, planned, counts, reasons, day) or _cut_off(planned, taking)
            is_sourced = planned.mapping.record == "dossiers" or job.source_id is not None
            return Preview(planned, day, taking.preview(), counts, _listed(reasons), refusal, is_sourced)


def undo(
    store: Store, import_id: str, publish: Callable[[Store], str] | None = None
) -> tuple[Import, str | None]:
    """Takes an import back and publishes without it; the store is as it was if publishing fails."""
    with writable(store.folder), store.alone():
        one = store.find(import_id)
        with store.undoing(one):
            snapshot = publish(store) if publish else None
        return one, snapshot


def _day(planned: Plan, job: Job) -> date | None:
    check_options(job, planned.mapping)
    day = day_of(planned, job.as_of)
    if day is None and planned.mapping.record == "dossiers":
        raise UnusableError("import.as_of_missing", mapping=planned.mapping.name)
    _check_past(job, day)
    return day


def _check_past(job: Job, day: date | None) -> None:
    """A slip in the year must not make every open dossier overdue and stand above all later exports."""
    for one in (day, job.last_day):
        if one and job.today and one > job.today:
            raise UnusableError("import.future_day", day=one, today=job.today)


def _taking(job: Job, connection: duckdb.DuckDBPyConnection, planned: Plan, day: date | None) -> Taking:
    if planned.mapping.record == "dossiers" and day is not None:
        return DossierTaking(job, connection, planned, day)
    return FormTaking(job, connection, planned, day)


def _make(job: Job, planned: Plan, scratch: Path, draft: Import) -> tuple[Import, Counts]:
    """Reads everything and writes the draft's files; its facts with all counts."""
    with scratch_database(scratch) as connection:
        taking = _taking(job, connection, planned, draft.as_of)
        counts = taking.read()
        reasons = _write_places(job, planned, taking, draft.folder)
        refusal = _refused(job, planned, counts, reasons, draft.as_of) or _cut_off(planned, taking)
        if refusal:
            raise refusal
        kept = taking.keep(draft.folder)
    made = replace(
        draft,
        rows_read=counts.read,
        rows_loaded=counts.taken - kept.repeated,
        rows_quarantined=counts.left_out,
        rows_repeated=counts.repeated + kept.repeated,
        rows_replaced=kept.replaced,
        rows_older=kept.older,
        rows_skipped=counts.skipped,
        rows_outside=counts.outside,
        authorities=kept.authorities,
        reasons=_listed(reasons),
    )
    return made, counts


def _write_places(job: Job, planned: Plan, taking: Taking, folder: Path) -> Counter[tuple[str, str]]:
    headings = {ours: theirs for part in planned.parts for theirs, ours in part.columns.items()}
    reasons = quarantine.write(folder / "quarantine.csv", taking.places(), headings)
    _hand_out(job, folder / "quarantine.csv")
    return reasons


def _hand_out(job: Job, listed: Path) -> None:
    """Gives the office the list of rows left out where it asked for it."""
    if job.rejects:
        with writable(job.rejects, "rejects"):
            job.rejects.write_bytes(listed.read_bytes())


def _refused(
    job: Job, planned: Plan, counts: Counts, reasons: Counter[tuple[str, str]], day: date | None
) -> IntakeError | None:
    """What stops an import whose rows were read, by its accounts and the share left out; None if nothing."""
    listed = reasons.total()
    if counts.read == 0:
        return UnusableError("import.no_rows")
    if counts.read != counts.taken + counts.repeated + counts.left_out or counts.left_out != listed:
        raise AssertionError(f"Of {counts.read} rows not all are accounted for: {counts}, {listed} listed")
    if counts.other_order:
        return _with_list(refusal(counts.other_order[0], planned), job)
    share = counts.left_out / counts.read
    if share > LARGEST_SHARE and not job.accept_rejects:
        told = {"share": Share(share), "limit": Share(LARGEST_SHARE), **_remedy(planned)}
        error = RefusedError(_refusal(counts, reasons), rows=listed, read=counts.read, day=day, **told)
        return _explained(error, job, planned, counts, reasons)
    if counts.taken == 0:
        error = RefusedError("import.nothing_left", read=counts.read)
        return _explained(error, job, planned, counts, reasons)
    if counts.taken == counts.outside:
        error = RefusedError("import.nothing_counts", rows=counts.taken)
        return _explained(error, job, planned, counts, reasons)
    return None


def _cut_off(planned: Plan, taking: Taking) -> IntakeError | None:
    """What stops an import of a file whose last row is only a part of one, accepted rejects or not."""
    found = quarantine.cut_off(taking.places(), planned.parts)
    return UnusableError("reading.cut_row", file=found.file, line=found.line) if found else None


def _refusal(counts: Counts, reasons: Counter[tuple[str, str]]) -> str:
    """The key of what to say of too many rows left out, by what most of them lack."""
    if is_day_doubtful(_listed(reasons)):
        return "import.too_many_after"
    if 2 * sum(rows for (reason, _), rows in reasons.items() if reason in DATES) > reasons.total():
        return "import.too_many_dates"
    strange = sum(rows for (reason, _), rows in reasons.items() if reason in counts.unknown)
    return "import.too_many_unknown" if 2 * strange > reasons.total() else "import.too_many_rejects"


def _remedy(planned: Plan) -> dict[str, str]:
    """What a sentence that sends to the mapping is filled with."""
    return {"mapping": planned.mapping.name, "place": planned.mapping_file}


def is_day_doubtful(reasons: Reasons) -> bool:
    """Whether most rows were left out because they speak of later days than the figures."""
    after: int = sum(one["rows"] for one in reasons if one["reason"] in AFTER_DAY)
    return 2 * after > sum(int(one["rows"]) for one in reasons)


def _explained(
    error: RefusedError, job: Job, planned: Plan, counts: Counts, reasons: Counter[tuple[str, str]]
) -> RefusedError:
    """The refusal with how many rows were left out for which reason, what may be lacking where, and their
    list; that they can be done without is said last, and only of rows that could be taken otherwise."""
    for one in _listed(reasons):
        told = {"rows": one["rows"], "reason": Words(f"reason.{one['reason']}")}
        error.then("import.reason", column=Column(one["column"]) if one["column"] else "–", **told)
    for reason, codes in counts.unknown.items():
        error.then(advice(reason, is_within=counts.is_within), codes=codes, **_remedy(planned))
    if counts.taken > counts.outside and not is_day_doubtful(_listed(reasons)):
        error.then("import.accept")
    return _with_list(error, job)


def _with_list(error: RefusedError, job: Job) -> RefusedError:
    return error.then("import.list", path=job.rejects) if job.rejects else error


def _listed(reasons: Counter[tuple[str, str]]) -> Reasons:
    """The reasons, the commonest first."""
    ordered = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    return [{"reason": reason, "column": column, "rows": rows} for (reason, column), rows in ordered]


def _facts(job: Job, planned: Plan, day: date | None) -> dict[str, Any]:
    """What is known of an import before its rows are read."""
    _check_source(job)
    sequence = job.store.next_sequence()
    rows = ("rows_read", "rows_loaded", "rows_quarantined", "rows_repeated")
    return {
        "import_id": f"{sequence:04d}",
        "sequence": sequence,
        "record": planned.mapping.record,
        "mapping": planned.mapping.name,
        "reading_hash": _reading_hash(job, planned),
        "as_of": day,
        "source_id": job.source_id,
        "imported_at": clock.now().isoformat(),
        "accepted_rejects": job.accept_rejects,
        "complete_for": job.complete_for,
        "passed_over": [{"place": one.place, "rows": one.rows} for one in planned.passed_over],
        "files": [_file(path, number) for number, path in enumerate(job.files, job.first_number)],
    } | dict.fromkeys(rows, 0)


def _reading_hash(job: Job, planned: Plan) -> str:
    """A hash of all that decides how the files are read: what is mended there makes the same files new."""
    said = (job.authority_code, job.first_day, job.last_day, job.coverage, job.complete_for)
    digest = hashlib.sha256(f"{planned.mapping.model_dump_json()} {said}".encode())
    for path in sorted([*job.data.glob("reference/*.csv"), *job.data.glob("registry/*.csv")]):
        digest.update(path.read_bytes())
    digest.update(f"{job.within} {job.lists.own.digest()}".encode())
    return digest.hexdigest()


def _file(path: Path, number: int) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"name": naming.shown_name(path.name, number), "sha256": digest, "bytes": path.stat().st_size}


def _known(store: Store, facts: dict[str, Any]) -> Import | None:
    """The import that the same files, read the same way, for the same day and source made before, if any."""
    return next((one for one in store.imports() if _identity(one.facts()) == _identity(facts)), None)


def _identity(facts: dict[str, Any]) -> str:
    hashes = sorted(file["sha256"] for file in facts["files"])
    return json.dumps([hashes, facts["reading_hash"], str(facts["as_of"]), facts["source_id"]])


def _refuse_undone(job: Job, facts: dict[str, Any]) -> None:
    """Keeps out what was undone, unless it is asked for again."""
    day = facts["as_of"].isoformat() if facts["as_of"] else None
    for one in [] if job.again else job.store.undone():
        if one.has_one_of(facts["files"], day):
            name = ", ".join(file["name"] for file in facts["files"])
            as_of = facts["as_of"] or "–"
            raise RefusedError("import.was_undone", file=name, as_of=as_of, day=one.undone_on)


def _check_source(job: Job) -> None:
    if job.source_id is None:
        return
    with duckdb.connect() as connection:
        sources = connection.read_csv(str(job.data / "published" / "sources.csv"), all_varchar=True)
        known = sources.select("source_id").fetchall()
    if (job.source_id,) not in known:
        raise UnusableError("import.unknown_source", source=job.source_id)
