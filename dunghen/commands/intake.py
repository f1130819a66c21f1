"""The commands of the intake: `import`, `imports`, `undo`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from secrets import token_bytes
from typing import Any

from dunghen import publishing
from dunghen.intake import importing
from dunghen.intake.importing import Done, Job, Preview
from dunghen.intake.progress import Bars
from dunghen.intake.store import SECONDS_TO_WAIT, Import, Store, key_from_environment
from dunghen.intake.taking import Table
from dunghen.warehouse import BuildError
from dunghen.words.intake import LANGUAGES, intake_texts, tell

DONE = 0


def add(commands: Any) -> None:
    """Adds the commands of the intake to a parser's commands."""
    _add_import(commands)
    listing = commands.add_parser("imports", help="list what was imported")
    listing.set_defaults(run=_imports)
    undo = commands.add_parser("undo", help="take an import back and publish without it")
    undo.add_argument("import_id", metavar="ID", help="its number, as `imports` shows it")
    undo.set_defaults(run=_undo)
    for parser in (listing, undo):
        _add_places(parser)
    _add_wait(undo)


def _add_import(commands: Any) -> None:
    parser = commands.add_parser("import", help="check an office's files, keep them, publish")
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--mapping", metavar="NAME|PATH", help="default: the one that the headings fit")
    parser.add_argument("--as-of", type=_day, metavar="D", help="the day of the export, YYYY-MM-DD")
    parser.add_argument("--source", metavar="ID", help="a source_id of data/published/sources.csv")
    parser.add_argument("--authority", metavar="CODE", help="whose figures a form holds that does not say so")
    parser.add_argument(
        "--from", type=_day, metavar="D", dest="first_day", help="first day of a form's period"
    )
    parser.add_argument("--to", type=_day, metavar="D", dest="last_day", help="last day of a form's period")
    parser.add_argument(
        "--within", metavar="CODE", help="the province or district in which names of authorities are found"
    )
    parser.add_argument(
        "--coverage", choices=("own", "area", "unknown"), help="whether a form counts the office or its area"
    )
    parser.add_argument(
        "--complete-for",
        metavar="CODE",
        help="the dossiers of this authority and all beneath it are here: who has no rows had nothing new",
    )
    parser.add_argument(
        "--accept-rejects", action="store_true", help="publish however many rows are left out"
    )
    parser.add_argument(
        "--rejects", type=Path, metavar="PATH", help="also write the list of rejected rows here"
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would be loaded; write nothing")
    _add_places(parser)
    _add_wait(parser)
    parser.set_defaults(run=_import)


def _add_places(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--database",
        type=Path,
        metavar="PATH",
        help="where (default: $DUNGHEN_DATABASE or data/dunghen.duckdb)",
    )
    parser.add_argument(
        "--lang", choices=LANGUAGES, default="vi", help="language of what is said (default: vi)"
    )


def _add_wait(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--wait",
        type=_seconds,
        default=SECONDS_TO_WAIT,
        metavar="SECONDS",
        help=f"how long to wait for another import to end (default: {SECONDS_TO_WAIT:g})",
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
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a day is written YYYY-MM-DD, not {text!r}") from None


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
        accept_rejects=options.accept_rejects,
        rejects=options.rejects,
        publish=_publisher(options),
        progress=Bars(options.lang),
        waiting=lambda: print(tell("store.waiting", options.lang), file=sys.stderr, flush=True),
    )
    if options.dry_run:
        print(_previewed(importing.preview(job), options.lang))
    else:
        print(_told(importing.run(job), options.lang))
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


def _told(done: Done, language: str) -> str:
    if not done.is_new:
        return tell("import.unchanged", language, id=done.made.import_id, day=done.made.imported_at[:10])
    made = done.made
    lines = [_mapped(done.plan.mapping, made.as_of, language), *_counted(made, language)]
    lines += [_reason(one, language) for one in made.reasons]
    lines += [*_unknown(done.unknown, language), *(notice.text(language) for notice in done.notices)]
    if made.rows_quarantined:
        lines.append(tell("import.list", language, path=made.folder / "quarantine.csv"))
    lines.append(tell("import.kept", language, id=made.import_id, snapshot=done.snapshot or "–"))
    return "\n".join(lines)


def _mapped(mapping: Any, as_of: date | None, language: str) -> str:
    title = mapping.title_vi if language == "vi" else mapping.title_en
    return tell("import.mapped", language, name=mapping.name, title=title, day=as_of or "–")


def _counted(made: Import, language: str) -> list[str]:
    counts = (made.rows_read, made.rows_loaded, made.rows_quarantined, made.rows_repeated)
    others = {"replaced": made.rows_replaced, "older": made.rows_older, "skipped": made.rows_skipped}
    told = [tell(f"import.{name}", language, rows=f"{rows:,}") for name, rows in others.items() if rows]
    return [_rows(counts, language), *told]


def _reason(one: dict[str, Any], language: str) -> str:
    column = _column(one["column"], language) if one["column"] else "–"
    words = tell(f"reason.{one['reason']}", language)
    return tell("import.reason", language, rows=f"{one['rows']:,}", column=column, reason=words)


def _previewed(shown: Preview, language: str) -> str:
    lines = [tell("import.dry_run", language), _mapped(shown.plan.mapping, shown.as_of, language)]
    for part in shown.plan.parts:
        lines.append(tell("import.table", language, place=part.table.place, line=part.heading.line))
        lines += [f"  {_column(ours, language)} ← {theirs}" for theirs, ours in part.columns.items()]
    lines += [tell("import.passed_over", language, place=place) for place in shown.plan.passed_over]
    lines += [tell("import.first_rows", language), *_table(shown.first, language)]
    counts = (shown.counts.read, shown.counts.taken, shown.counts.left_out, shown.counts.repeated)
    lines += [_rows(counts, language), *(_reason(one, language) for one in shown.reasons)]
    lines += _unknown(shown.counts.unknown, language)
    return "\n".join([*lines, *(notice.text(language) for notice in shown.counts.notices)])


def _unknown(unknown: Mapping[str, int], language: str) -> list[str]:
    """What lists may lack: how many different codes or names were not recognised, and what to do."""
    return [
        tell(f"import.unknown.{reason}", language, codes=f"{codes:,}") for reason, codes in unknown.items()
    ]


def _table(first: Table, language: str) -> list[str]:
    headings = [_column(name, language) for name in first[0]]
    rows = [["–" if cell is None else str(cell) for cell in row] for row in first[1]]
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    return [
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [headings, *rows]
    ]


def _column(name: str, language: str) -> str:
    """What a column of ours is called; one without words keeps its name."""
    key = f"column.{name}"
    return tell(key, language) if key in intake_texts(language) else name


def _rows(counts: Sequence[int], language: str) -> str:
    names = ("read", "loaded", "quarantined", "repeated")
    values = {name: f"{rows:,}" for name, rows in zip(names, counts, strict=True)}
    return tell("import.rows", language, **values)


def _imports(options: argparse.Namespace) -> int:
    store = Store()
    store.recover()
    found = store.imports()
    if not found:
        print(tell("import.none", options.lang))
    for one in found:
        counts = (one.rows_read, one.rows_loaded, one.rows_quarantined, one.rows_repeated)
        files = ", ".join(str(file["name"]) for file in one.files)
        what = {
            "id": one.import_id,
            "when": one.imported_at,
            "as_of": one.as_of or "–",
            "mapping": one.mapping,
        }
        print(tell("import.line", options.lang, rows=_rows(counts, options.lang), files=files, **what))
    return DONE


def _undo(options: argparse.Namespace) -> int:
    store = Store(seconds_to_wait=options.wait)
    one, snapshot = importing.undo(store, options.import_id, _publisher(options))
    print(tell("import.undone", options.lang, id=one.import_id, snapshot=snapshot or "–"))
    return DONE
