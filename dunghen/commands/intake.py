"""The commands of the intake: `import`, `imports`, `undo`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from secrets import token_bytes
from typing import Any

from dunghen import publishing
from dunghen.commands import telling
from dunghen.intake import clock, importing
from dunghen.intake.importing import Job
from dunghen.intake.progress import Bars
from dunghen.intake.store import SECONDS_TO_WAIT, Store, key_from_environment
from dunghen.warehouse import BuildError
from dunghen.words.intake import LANGUAGES, in_both, tell

DONE = 0


def add(commands: Any) -> None:
    """Adds the commands of the intake to a parser's commands."""
    _add_import(commands)
    listing = commands.add_parser("imports", help=in_both("help.imports"))
    listing.set_defaults(run=_imports)
    undo = commands.add_parser("undo", help=in_both("help.undo"))
    undo.add_argument("import_id", metavar="ID", help=in_both("help.import_id"))
    undo.set_defaults(run=_undo)
    for parser in (listing, undo):
        add_places(parser)
    add_wait(undo)


def _add_import(commands: Any) -> None:
    parser = commands.add_parser("import", help=in_both("help.import"))
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--mapping", metavar="NAME|PATH", help=in_both("help.mapping"))
    parser.add_argument("--as-of", type=_day, metavar="D", help=in_both("help.as_of"))
    parser.add_argument("--source", metavar="ID", help=in_both("help.source"))
    parser.add_argument("--authority", metavar="CODE", help=in_both("help.authority"))
    parser.add_argument("--from", type=_day, metavar="D", dest="first_day", help=in_both("help.from"))
    parser.add_argument("--to", type=_day, metavar="D", dest="last_day", help=in_both("help.to"))
    parser.add_argument("--within", metavar="CODE", help=in_both("help.within"))
    parser.add_argument("--coverage", choices=("own", "area", "unknown"), help=in_both("help.coverage"))
    parser.add_argument(
        "--complete-for",
        metavar="CODE",
        help=in_both("help.complete_for"),
    )
    parser.add_argument("--accept-rejects", action="store_true", help=in_both("help.accept_rejects"))
    parser.add_argument("--again", action="store_true", help=in_both("help.again"))
    parser.add_argument("--rejects", type=Path, metavar="PATH", help=in_both("help.rejects"))
    parser.add_argument("--dry-run", action="store_true", help=in_both("help.dry_run"))
    add_places(parser)
    add_wait(parser)
    parser.set_defaults(run=_import)


def add_places(parser: argparse.ArgumentParser) -> None:
    """Adds where to publish and in which language to speak."""
    parser.add_argument(
        "--database",
        type=Path,
        metavar="PATH",
        help=in_both("help.database"),
    )
    parser.add_argument("--lang", choices=LANGUAGES, default="vi", help=in_both("help.lang"))


def add_wait(parser: argparse.ArgumentParser) -> None:
    """Adds how long to wait for somebody else at work."""
    parser.add_argument(
        "--wait",
        type=_seconds,
        default=SECONDS_TO_WAIT,
        metavar="SECONDS",
        help=in_both("help.wait", seconds=f"{SECONDS_TO_WAIT:g}"),
    )


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    # filelock takes a negative number for ever; so does it one that is none
    if not 0 <= seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"a number of seconds from 0 on, not {text!r}")
    return seconds


def _day(text: str) -> date:
    """A day as programs write it, or as people here do."""
    try:
        is_vietnamese = "/" in text
        return date(*time.strptime(text, "%d/%m/%Y")[:3]) if is_vietnamese else date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(in_both("help.a_day", text=text)) from None


def _import(options: argparse.Namespace) -> int:
    job = Job(
        files=options.files,
        store=Store(seconds_to_wait=options.wait),
        key=token_bytes(32) if options.dry_run else key_from_environment(),
        mapping=options.mapping,
        as_of=options.as_of,
        source_id=options.source,
        authority_code=options.authority,
        first_day=options.first_day,
        last_day=options.last_day,
        coverage=options.coverage,
        within=options.within,
        complete_for=options.complete_for,
        today=clock.today(),
        accept_rejects=options.accept_rejects,
        again=options.again,
        rejects=options.rejects,
        publish=_publisher(options),
        progress=Bars(options.lang),
        waiting=lambda: print(tell("store.waiting", options.lang), file=sys.stderr, flush=True),
    )
    if options.dry_run:
        print(telling.previewed(importing.preview(job), options.rejects, options.lang))
    else:
        print(telling.imported(importing.run(job), options.lang))
    return DONE


def _publisher(options: argparse.Namespace) -> Callable[[Store], str]:
    """What publishes the store; where a check refuses, it is said that nothing was kept or undone."""

    def publish(store: Store) -> str:
        try:
            return publishing.publish(options.database, store=store)
        except BuildError:
            print(tell("import.not_published", options.lang), file=sys.stderr)
            raise

    return publish


def _imports(options: argparse.Namespace) -> int:
    store = Store()
    store.recover()
    found = store.imports()
    if not found:
        print(tell("import.none", options.lang))
    for one in found:
        print(telling.listed(one, options.lang))
    for gone in store.undone():
        print(telling.undone(gone, options.lang))
    return DONE


def _undo(options: argparse.Namespace) -> int:
    store = Store(seconds_to_wait=options.wait)
    one, snapshot = importing.undo(store, options.import_id, _publisher(options))
    print(tell("import.undone", options.lang, id=one.import_id, snapshot=snapshot or "–"))
    return DONE
