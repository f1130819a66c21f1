"""The command `inbox`: everything in a folder taken in and published once, as the night does it."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from dunghen import clock, publishing
from dunghen.commands import telling
from dunghen.commands.intake import add_database, add_wait
from dunghen.commands.parsing import Commands
from dunghen.intake import inbox
from dunghen.intake.errors import UnusableError
from dunghen.intake.importing import Done, Job
from dunghen.intake.inbox import Outcome
from dunghen.intake.progress import Bars
from dunghen.intake.reading.naming import shown_name
from dunghen.intake.store import Store, key_from_environment
from dunghen.words.intake import tell

DONE, REFUSED, UNUSABLE = 0, 1, 2
# More files than these are counted only.
MOST_NAMED = 10


def add(commands: Commands) -> None:
    """Adds the command."""
    parser = commands.add("inbox", "help.inbox")
    parser.take("folder", "folder", "inbox_folder", type=Path)
    parser.take("--mapping", "mapping", "mapping")
    parser.take("--within", "code", "within")
    parser.take("--complete-for", "code", "complete_for")
    parser.take_flag("--accept-rejects", "accept_rejects")
    add_database(parser)
    add_wait(parser)
    parser.set_defaults(run=_inbox)


def _inbox(options: argparse.Namespace) -> int:
    """The worst that became of a file: 0 taken, 1 refused, 2 of no use."""
    dated, undated = inbox.files_by_day(options.folder)
    for line in telling.unnamed([*(path for _, path in dated), *undated], options.lang, "folder"):
        print(line, file=sys.stderr)
    store = Store(seconds_to_wait=options.wait)
    key = key_from_environment()
    outcomes = inbox.run(
        [_job(options, store, key, number, one) for number, one in enumerate(dated, 1)],
        store,
        lambda store: publishing.publish(options.database, store=store, stage=Bars(options.lang).stage),
    )
    codes = [DONE]
    for number, ((day, path), outcome) in enumerate(zip(dated, outcomes, strict=True), 1):
        name = tell("inbox.file", options.lang, file=shown_name(path.name, number), day=day)
        codes.append(_code(outcome))
        print(
            f"{name}\n{_told(outcome, options.lang)}",
            file=sys.stderr if codes[-1] else sys.stdout,
            flush=True,
        )
    if undated:
        print(_undated(undated, len(dated) + 1, options.lang), file=sys.stderr)
        codes.append(UNUSABLE)
    if not dated and not undated:
        print(tell("inbox.nothing", options.lang, folder=options.folder))
    return max(codes)


def _undated(files: list[Path], first_number: int, language: str) -> str:
    names = [shown_name(path.name, number) for number, path in enumerate(files, first_number)]
    more = ["…"] if len(names) > MOST_NAMED else []
    told = ", ".join([*names[:MOST_NAMED], *more])
    return tell("inbox.undated", language, files=len(files), names=told)


def _job(options: argparse.Namespace, store: Store, key: bytes, number: int, dated: tuple[date, Path]) -> Job:
    day, path = dated
    return Job(
        files=[path],
        store=store,
        key=key,
        mapping=options.mapping,
        as_of=day,
        within=options.within,
        complete_for=options.complete_for,
        today=clock.today(),
        accept_rejects=options.accept_rejects,
        first_number=number,
        progress=Bars(options.lang),
        waiting=lambda: print(tell("store.waiting", options.lang), file=sys.stderr, flush=True),
    )


def _code(outcome: Outcome) -> int:
    if isinstance(outcome, Done):
        return DONE
    return UNUSABLE if isinstance(outcome, UnusableError) else REFUSED


def _told(outcome: Outcome, language: str) -> str:
    if isinstance(outcome, Done):
        return telling.imported(outcome, None, language)
    return outcome.text(language)
