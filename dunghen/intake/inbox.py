"""A folder into which exports are put: whatever lies there, for the day in its name, is one night's work."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from dunghen.intake import importing
from dunghen.intake.errors import IntakeError, UnusableError
from dunghen.intake.importing import Done
from dunghen.intake.job import Job
from dunghen.intake.store import Store
from dunghen.intake.writing import writable
from dunghen.warehouse import BuildError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# What came of a file: taken or known already, or why not.
Outcome = Done | IntakeError | BuildError


def files_by_day(folder: Path) -> tuple[list[tuple[date, Path]], list[Path]]:
    """The files whose names hold a day (YYYY-MM-DD), the oldest day first, and those that hold none.

    Raises `UnusableError` if there is no such folder."""
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError:
        raise UnusableError("inbox.no_folder", folder=folder) from None
    dated = [(day, path) for path in files if (day := _day_in(path.name))]
    return sorted(dated), [path for path in files if not _day_in(path.name)]


def run(jobs: Sequence[Job], store: Store, publish: Callable[[Store], str]) -> list[Outcome]:
    """Takes in what each job holds and publishes once; what came of each, in their order.

    A file that cannot be taken keeps no other out. Where all of them together cannot be published, each is
    published by itself, so that what is good gets through. Raises `RefusedError` where somebody else works
    on the store too long and `UnwritableError` where it cannot be written."""
    with writable(store.folder), store.alone(jobs[0].waiting if jobs else None):
        with ExitStack() as drafts:
            found = [_tried(partial(drafts.enter_context, importing.drafted(job))) for job in jobs]
            with suppress(BuildError, IntakeError):
                return _published(found, store, publish)
        # what could not be published together is gone again
        return [_tried(partial(importing.run, replace(job, publish=publish))) for job in jobs]


def _published(found: list[Outcome], store: Store, publish: Callable[[Store], str]) -> list[Outcome]:
    if not any(isinstance(one, Done) and one.is_new for one in found):
        return found
    snapshot = publish(store)
    return [
        importing.kept(one, store, snapshot) if isinstance(one, Done) and one.is_new else one for one in found
    ]


def _tried(take: Callable[[], Done]) -> Outcome:
    try:
        return take()
    except (BuildError, IntakeError) as error:
        return error
    except Exception as error:  # noqa: BLE001 - a mistake of ours keeps no other file out; it may quote a cell
        return UnusableError("inbox.unexpected", kind=type(error).__name__)


def _day_in(name: str) -> date | None:
    found = _DAY.search(name)
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None
