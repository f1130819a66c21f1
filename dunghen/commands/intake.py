"""The commands of the intake: `import`, `imports`, `undo`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from secrets import token_bytes

from dunghen import clock, publishing
from dunghen.commands import telling, values
from dunghen.commands.parsing import Commands, Parser
from dunghen.intake import importing
from dunghen.intake.errors import IntakeError, UnusableError
from dunghen.intake.importing import Job
from dunghen.intake.progress import Bars
from dunghen.intake.store import SECONDS_TO_WAIT, Store, key_from_environment
from dunghen.warehouse import BuildError, UnwritableError
from dunghen.words.intake import tell

DONE, REFUSED, UNUSABLE = 0, 1, 2


def add(commands: Commands) -> None:
    """Adds the commands of the intake."""
    _add_import(commands)
    listing = commands.add("imports", "help.imports")
    listing.set_defaults(run=_imports)
    undo = commands.add("undo", "help.undo")
    undo.take("import_id", "id", "import_id")
    undo.set_defaults(run=_undo)
    add_database(undo)
    add_wait(undo)


def _add_import(commands: Commands) -> None:
    parser = commands.add("import", "help.import")
    day = parser.reader(values.day)
    parser.take("files", "file", "files", type=Path, nargs="+")
    parser.take("--mapping", "mapping", "mapping")
    parser.take("--as-of", "day", "as_of", type=day)
    parser.take("--source", "code", "source")
    parser.take("--authority", "code", "authority")
    parser.take("--from", "day", "from", type=day, dest="first_day")
    parser.take("--to", "day", "to", type=day, dest="last_day")
    parser.take("--within", "code", "within")
    parser.take_choice("--coverage", ("own", "area", "unknown"), "coverage")
    parser.take("--complete-for", "code", "complete_for")
    parser.take_flag("--accept-rejects", "accept_rejects")
    parser.take_flag("--again", "again")
    parser.take("--rejects", "file", "rejects", type=Path)
    parser.take_flag("--dry-run", "dry_run")
    add_database(parser)
    add_wait(parser)
    parser.set_defaults(run=_import)


def add_database(parser: Parser) -> None:
    """Adds where to publish."""
    parser.take("--database", "file", "database", type=Path)


def add_wait(parser: Parser) -> None:
    """Adds how long to wait for somebody else at work."""
    told = {"seconds": round(SECONDS_TO_WAIT)}
    parser.take(
        "--wait", "seconds", "wait", told, type=parser.reader(values.seconds), default=SECONDS_TO_WAIT
    )


def _import(options: argparse.Namespace) -> int:
    for line in telling.unnamed(options.files, options.lang):
        print(line, file=sys.stderr)
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
        shown = importing.preview(job)
        print(telling.previewed(shown, options.rejects, options.lang))
        return _code(shown.refusal)
    print(telling.imported(importing.run(job), options.rejects, options.lang))
    return DONE


def _code(refusal: IntakeError | None) -> int:
    """A trial ends as the import would."""
    if refusal is None:
        return DONE
    return UNUSABLE if isinstance(refusal, UnusableError) else REFUSED


def _publisher(options: argparse.Namespace) -> Callable[[Store], str]:
    """What publishes the store; where a check refuses, it is said that nothing was kept or undone."""

    def publish(store: Store) -> str:
        try:
            return publishing.publish(options.database, store=store, stage=Bars(options.lang).stage)
        except UnwritableError:
            # says itself that nothing changed
            raise
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
