"""What the commands of the intake say of an import: what was made of its rows, or would be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dunghen.intake.forms import Notice
from dunghen.intake.importing import Done, Preview, is_day_doubtful
from dunghen.intake.planning import Plan
from dunghen.intake.reading.naming import is_unnamed, shown_name
from dunghen.intake.store import Import
from dunghen.intake.taking import Table, advice
from dunghen.intake.undone import Undone
from dunghen.words import formats, say, texts
from dunghen.words.intake import column_text, intake_texts, tell

UNKNOWN = "–"
# What forms tell of rows that were passed over, in words of their own.
_TOLD_BY_FORMS = ("passed_over", "group_sums")


def imported(done: Done, rejects: Path | None, language: str) -> str:
    """What became of the rows of an import, why some were left out, and what is published now.

    `rejects` is where the list of the rows left out was written to, if that was asked for."""
    made = done.made
    if not done.is_new:
        day = dt.date.fromisoformat(made.imported_at[:10])
        told = tell("import.unchanged", language, id=made.import_id, day=day)
        return "\n".join([told, *_listed(made.rows_quarantined, rejects, language, "import.list_of_then")])
    lines = [_mapped(done.plan.mapping, _last_day(made), language), *_counted(made, done.notices, language)]
    lines += _passed_over(done.plan, language)
    lines += [_reason(one, language) for one in made.reasons]
    unknown = _unknown(done.plan, done.unknown, done.is_within, language)
    lines += [*unknown, *(notice.text(language) for notice in done.notices)]
    path = made.folder / "quarantine.csv" if made.rows_quarantined else None
    lines += _listed(made.rows_quarantined, rejects or path, language)
    lines.append(tell("import.kept", language, id=made.import_id, snapshot=done.snapshot or UNKNOWN))
    return "\n".join(lines)


def previewed(shown: Preview, rejects: Path | None, language: str) -> str:
    """What an import would do: its mapping column by column, its first rows, its counts and what it leaves
    out for which reason, or what it would be refused for.

    `rejects` is where the list of the rows left out was written to, if that was asked for."""
    last_day = shown.counts.last_day or shown.as_of
    lines = [tell("import.dry_run", language), _mapped(shown.plan.mapping, last_day, language)]
    for part in shown.plan.parts:
        key = "import.table" if part.heading.line else "import.records"
        lines.append(tell(key, language, place=part.table.place, line=part.heading.line))
        lines += [f"  {column_text(ours, language)} ← {theirs}" for theirs, ours in part.columns.items()]
    lines += _passed_over(shown.plan, language)
    lines += [tell("import.first_rows", language), *_table(shown.first, language)]
    counts = (shown.counts.read, shown.counts.taken, shown.counts.left_out, shown.counts.repeated)
    lines.append(_rows(counts, language))
    if shown.counts.outside:
        lines.append(tell("import.outside", language, rows=shown.counts.outside))
    if skipped := _skipped(shown.counts.skipped, shown.counts.notices):
        lines.append(tell("import.skipped", language, rows=skipped))
    lines += [notice.text(language) for notice in shown.counts.notices]
    if not shown.is_sourced:
        lines.append(tell("import.source_later", language))
    return "\n".join([*lines, *_to_mend(shown, rejects, language)])


def _to_mend(shown: Preview, rejects: Path | None, language: str) -> list[str]:
    """Why rows would be left out and what may be lacking where, or what the import would be refused with."""
    if shown.refusal:
        return [tell("import.would_be_refused", language), shown.refusal.text(language)]
    doubt = [tell("import.day_doubtful", language, day=shown.as_of)]
    return [
        *(_reason(one, language) for one in shown.reasons),
        *(doubt if is_day_doubtful(shown.reasons) else []),
        *_unknown(shown.plan, shown.counts.unknown, shown.counts.is_within, language),
        *_listed(shown.counts.left_out, rejects, language),
    ]


def unnamed(files: Sequence[Path], language: str, place: str = "command") -> list[str]:
    """Which files of the command (or `place` "folder") are called by their number, and why: one a line."""
    shown = [(number, shown_name(path.name, number)) for number, path in enumerate(files, 1)]
    return [
        tell(f"unnamed.in_{place}", language, file=name, number=number)
        for number, name in shown
        if is_unnamed(name)
    ]


def undone(one: Undone, language: str) -> str:
    """The line of an import that was undone: without its number, which the next import has."""
    files = ", ".join(str(file["name"]) for file in one.files)
    as_of = dt.date.fromisoformat(one.as_of) if one.as_of else UNKNOWN
    when = dt.datetime.fromisoformat(one.undone_at)
    return tell("import.undone_line", language, files=files, when=when, as_of=as_of)


def listed(one: Import, language: str) -> str:
    """One import of the store: its number, when, of which day, what was read, what became of the rows."""
    counts = (one.rows_read, one.rows_loaded, one.rows_quarantined, one.rows_repeated)
    line = tell(
        "import.line",
        language,
        id=one.import_id,
        when=dt.datetime.fromisoformat(one.imported_at),
        as_of=_last_day(one) or UNKNOWN,
        mapping=one.mapping,
        files=", ".join(str(file["name"]) for file in one.files),
        rows=_rows(counts, language),
    )
    passed_over = [tell("import.passed_over", language, **table) for table in one.passed_over]
    return "\n      ".join([line, *passed_over])


def _listed(rows: int, rejects: Path | None, language: str, key: str = "import.list") -> list[str]:
    """Where the list of the rows left out was written to, and that it has none; nothing if nobody asked."""
    return [tell(key if rows else "import.empty_list", language, path=rejects)] if rejects else []


def _mapped(mapping: Any, as_of: dt.date | None, language: str) -> str:
    title = mapping.title_vi if language == "vi" else mapping.title_en
    return tell("import.mapped", language, name=mapping.name, title=title, day=as_of or UNKNOWN)


def _last_day(made: Import) -> dt.date | None:
    """The last day that an import speaks of: a form's own, where the command gave none, or another one."""
    days = made.authorities.values() if made.record != "dossiers" else ()
    return max(map(dt.date.fromisoformat, days), default=made.as_of)


def _skipped(rows: int, notices: Sequence[Notice]) -> int:
    """How many of the rows passed over no notice tells of."""
    return rows - sum(int(notice.values["rows"]) for notice in notices if notice.key in _TOLD_BY_FORMS)


def _counted(made: Import, notices: Sequence[Notice], language: str) -> list[str]:
    counts = (made.rows_read, made.rows_loaded, made.rows_quarantined, made.rows_repeated)
    others = {
        "replaced": made.rows_replaced,
        "older": made.rows_older,
        "outside": made.rows_outside,
        "skipped": _skipped(made.rows_skipped, notices),
    }
    told = [tell(f"import.{name}", language, rows=rows) for name, rows in others.items() if rows]
    return [_rows(counts, language), *told]


def _passed_over(plan: Plan, language: str) -> list[str]:
    """Which sheets and lists were not read, how many rows they have, and what those that nearly fit lack;
    and where a file may be cut off."""
    told = [
        tell(f"import.{'lacking' if one.missing else 'passed_over'}", language, **asdict(one))
        for one in plan.passed_over
    ]
    open_ends = [(part.table.place, part.table.open_end) for part in plan.parts if part.table.open_end]
    return told + [tell("import.open_end", language, place=place, line=line) for place, line in open_ends]


def _reason(one: Mapping[str, Any], language: str) -> str:
    column = column_text(one["column"], language) if one["column"] else UNKNOWN
    words = tell(f"reason.{one['reason']}", language)
    return tell("import.reason", language, rows=one["rows"], column=column, reason=words)


def _unknown(plan: Plan, unknown: Mapping[str, int], is_within: bool, language: str) -> list[str]:  # noqa: FBT001
    """What lists or the mapping may lack: how many different texts were not recognised, and what to do."""
    place = {"mapping": plan.mapping.name, "place": plan.mapping_file}
    return [
        tell(advice(reason, is_within=is_within), language, codes=codes, **place)
        for reason, codes in unknown.items()
    ]


def _rows(counts: Sequence[int], language: str) -> str:
    names = ("read", "loaded", "quarantined", "repeated")
    return tell("import.rows", language, **dict(zip(names, counts, strict=True)))


def _table(first: Table, language: str) -> list[str]:
    other = "_en" if language == "vi" else "_vi"
    shown = [(place, name) for place, name in enumerate(first[0]) if not name.endswith(other)]
    headings = [column_text(name.removesuffix(f"_{language}"), language) for _, name in shown]
    rows = [[_cell(name, row[place], language) for place, name in shown] for row in first[1]]
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    return [
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [headings, *rows]
    ]


def _cell(column: str, cell: object, language: str) -> str:
    """A value as it was understood, in words where we have some for its code."""
    if cell is None:
        return UNKNOWN
    if isinstance(cell, dt.datetime):
        return formats.moment(cell, language)
    if isinstance(cell, dt.date):
        return formats.day(cell, language)
    if f"{column}.{cell}" in intake_texts(language):
        return tell(f"{column}.{cell}", language)
    for key in (f"authority.parts.item.{column}.{cell}", f"sentence.{column}.{cell}"):
        if key in texts(language):
            return say(key, language)
    return formats.count(cell, language) if type(cell) is int else str(cell)
