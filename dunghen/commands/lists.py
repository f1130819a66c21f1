"""The command `lists`: lists of procedures, fields and portal codes that an office brings, and back."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from dunghen.commands import telling
from dunghen.commands.parsing import Commands
from dunghen.intake import lists
from dunghen.intake.lists import Brought, InForce, OwnList, Source
from dunghen.intake.store import ROOT, Store
from dunghen.words.intake import tell

DONE = 0
DATA = ROOT / "data"


def add(commands: Commands) -> None:
    """Adds the command."""
    parser = commands.add("lists", "help.lists")
    parser.set_defaults(run=_show)
    parts = parser.commands("arguments.what_to_do", "arguments.name.kind", required=False)
    for kind in lists.KINDS:
        bring = parts.add(kind, "help.list", table=parser.told(f"lists.table.{kind}"))
        bring.take("files", "file", "list_files", type=Path, nargs="+")
        bring.take("--source", "document", "list_source", required=True)
        bring.take("--url", "url", "list_url")
        bring.take_flag("--dry-run", "list_dry_run")
        if kind == "portal_codes":
            bring.take("--within", "code", "within")
        bring.set_defaults(run=_bring, kind=kind)
    undo = parts.add("undo", "help.list_undo")
    undo.take("list_id", "id", "list_id")
    undo.set_defaults(run=_undo)


def _show(options: argparse.Namespace) -> int:
    in_force = InForce(DATA, Store().folder)
    for table in lists.TABLES:
        entries = in_force.entries(table)
        own = sum("source_id" in entry for entry in entries)
        counts = {"entries": len(entries) - own, "own": own}
        print(tell("lists.shipped", options.lang, table=_named(table, options.lang), **counts))
    for one in in_force.own.all():
        print(_line(one, options.lang))
    print(tell("lists.how", options.lang))
    return DONE


def _bring(options: argparse.Namespace) -> int:
    for line in telling.unnamed(options.files, options.lang):
        print(line, file=sys.stderr)
    source = Source(options.source, options.url)
    done = lists.bring(
        Store(),
        DATA,
        options.kind,
        options.files,
        source,
        within=getattr(options, "within", None),
        is_trial=options.dry_run,
    )
    print(_told(done, options.lang, is_trial=options.dry_run))
    return DONE


def _undo(options: argparse.Namespace) -> int:
    one = lists.drop(Store(), DATA, options.list_id)
    print(tell("lists.dropped", options.lang, id=one.list_id, kind=_named(one.kind, options.lang)))
    return DONE


def _told(done: Brought, language: str, *, is_trial: bool) -> str:
    lines = [tell("lists.trial", language)] if is_trial else []
    for table, count in done.counts.items():
        lines.append(tell("lists.told", language, table=_named(table, language), **count._asdict()))
    if done.made is None:
        lines.append(tell("lists.unchanged", language, rows=done.rows))
    elif not is_trial:
        lines.append(tell("lists.kept", language, rows=done.rows, id=done.made.list_id))
    return "\n".join(lines)


def _line(one: OwnList, language: str) -> str:
    entries = ", ".join(
        tell("lists.entries", language, table=_named(table, language), entries=count)
        for table, count in one.entries.items()
    )
    when = dt.datetime.fromisoformat(one.brought_at)
    told = {"id": one.list_id, "kind": _named(one.kind, language), "when": when, "file": one.file}
    source = f"{one.source} ({one.url})" if one.url else one.source
    return tell("lists.line", language, **told, entries=entries, source=source)


def _named(table: str, language: str) -> str:
    return tell(f"lists.table.{table}", language)
