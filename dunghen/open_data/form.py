"""Form II.06a of an authority and a period, as a workbook in the official order of columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from dunghen import questions
from dunghen.open_data import form_sheet
from dunghen.open_data.answers import Phrase, RefusalError
from dunghen.open_data.authorities import authority_asked
from dunghen.open_data.parameters import Asked
from dunghen.questions import Row
from dunghen.scope import Scope
from dunghen.warehouse import Snapshot
from dunghen.words import say
from dunghen.words.formats import count, day, name_in
from dunghen.words.names import count_name, coverage_name, source_title, verification_text

# What the form has no column for, told below it: of those received, and what was not taken in at all.
SET_APART = ("withdrawn", "returned", "undated_resolved", "undated_open")
NOT_TAKEN_IN = ("not_accepted", "newly_registered")
# What one row of the form is: field, received in all (3) to open and overdue (13).
COLUMNS = (
    "received_and_carried_over",
    "received_online",
    "received_offline",
    "carried_over",
    "resolved",
    "early",
    "on_due_date",
    "late",
    "open_total",
    "in_progress",
    "overdue",
)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class File:
    """A file to save: its bytes and the name that tells what and when."""

    body: bytes
    name: str


def form_ii06a(asked: Asked, snapshot: Snapshot) -> File:
    """Form II.06a as published or, where it was not, from dossiers; the same snapshot gives the same bytes.

    Where dossiers begin or end within the days asked for, it is of the days there are, and says so.
    Raises `RefusalError` (404) where nothing is known of them."""
    authority = authority_asked(asked)
    code, language = authority["authority_code"], asked.scope.language
    scope, rows = _known(asked.scope)
    first, last = scope.first_day, scope.last_day
    if not rows or first is None or last is None:
        raise _no_form(code, asked.scope)
    as_of = questions.as_of(code)
    sheet = form_sheet.Sheet(
        above=[*_above(authority, rows[0], first, last, language), *_cut(asked.scope, scope)],
        rows=[_cells(row, number, language) for number, row in enumerate(rows, 1)],
        below=[*_notes(rows, language), *_provenance(rows[0], snapshot.snapshot, as_of, language)],
        made_on=as_of,
    )
    imaginary = ["du-lieu-minh-hoa"] if authority["illustrative"] else []
    name = "-".join(["dunghen", *imaginary, "form-ii06a", code, f"{first}", f"{last}"])
    return File(form_sheet.workbook(sheet, language), f"{name}.xlsx")


def _known(scope: Scope) -> tuple[Scope, Sequence[Row]]:
    """The rows of the form of exactly these days, else of those of them that there are dossiers of."""
    rows = questions.ask("form_row_by_field", scope).rows
    cuts = () if rows or scope.record_kind == "published" else _cuts(scope)
    for cut in cuts:
        if found := questions.ask("form_row_by_field", cut).rows:
            return cut, found
    return scope, rows


def _cuts(scope: Scope) -> Iterator[Scope]:
    """The days of a scope as far as dossiers go: of the own office, then of the area."""
    for there in _months(scope):
        if scope.coverage in (None, there["coverage"]) and scope.first_day and scope.last_day:
            first = max(scope.first_day, there["first_day"])
            last = min(scope.last_day, there["last_day"])
            if first <= last:
                yield scope.but(
                    first_day=first, last_day=last, coverage=there["coverage"], record_kind="dossiers"
                )


def _months(scope: Scope) -> Sequence[Row]:
    """From which to which day there are dossiers of the own office, and of the area."""
    known = questions.ask("period_by_dossiers", Scope(authority_code=scope.authority_code)).rows
    return sorted(known, key=lambda row: row["coverage"] != "own")


def _cut(asked: Scope, given: Scope) -> list[str]:
    """What the days of a form are where others were asked for."""
    if (asked.first_day, asked.last_day) == (given.first_day, given.last_day):
        return []
    days = {"first": asked.first_day, "last": asked.last_day}
    days |= {"first_known": given.first_day, "last_known": given.last_day}
    told = {name: value.strftime("%d/%m/%Y") for name, value in days.items() if value}
    return [say("form.cut", asked.language, **told)]


def _no_form(code: str, scope: Scope) -> RefusalError:
    """The refusal in words, with where the form of all months of dossiers is to be had if there are any."""
    months = next(iter(_months(scope)), None)
    key, link = "no_months", ""
    if months is not None:
        days = {"from": months["first_day"], "to": months["last_day"], "coverage": months["coverage"]}
        key, link = "months", f"/api/v1/authorities/{quote(code)}/form-ii06a.xlsx?{urlencode(days)}"
    there: dict[str, Phrase] = {"there": lambda language: say(f"open_data.there.{key}", language, link=link)}
    return RefusalError(404, "no_form", there, code=code, value=f"{scope.first_day} – {scope.last_day}")


def _above(authority: Row, form: Row, first: dt.date, last: dt.date, language: str) -> list[str]:
    """The lines above the table; title and period stand there as in the official form."""
    lines = [
        say("form.code", language),
        say("form.title", language),
        say("form.period", language, first=first.strftime("%d/%m/%Y"), last=last.strftime("%d/%m/%Y")),
        say("form.office", language, name=authority["authority_name"]),
        say("form.coverage", language, coverage=coverage_name(form["coverage"], language)),
        say("form.unit", language),
    ]
    return [say("form.illustrative", language), *lines] if form["illustrative"] else lines


def _cells(row: Row, number: int, language: str) -> form_sheet.Line:
    """One row of the table: its number and name, then a count or a text for each of the columns 3 to 13."""
    if row["field"] is None:
        return form_sheet.Line("", say("form.total", language), _counts(row, language), is_total=True)
    name = name_in(row, "field_name", language) if row["field_name_vi"] else say("form.no_field", language)
    return form_sheet.Line(str(number), name, _counts(row, language), is_total=False)


def _counts(row: Row, language: str) -> list[int | str | None]:
    return [_count(row, column, language) for column in COLUMNS]


def _count(row: Row, column: str, language: str) -> int | str | None:
    if column in row["under_5"]:
        return say("form.under_5", language)
    if _is_hidden(row, column):
        return say("form.hidden", language)
    known: int | None = row[column]
    return known


def _is_hidden(row: Row, column: str) -> bool:
    kept_back = {*row["under_5"], *row["hidden"]}
    if column == "received_and_carried_over":
        return row[column] is None and bool(kept_back & {"received", "carried_over"})
    return column in kept_back


def _notes(rows: Sequence[Row], language: str) -> list[str]:
    """What has to be said of the figures of this form, a line each."""
    whole = next((row for row in rows if row["field"] is None), None)
    shown = [cell for row in rows for cell in _counts(row, language)]
    return [
        *_of_the_whole(whole, language),
        *_not_parted(rows, language),
        *([say("form.suppressed", language)] if any(isinstance(cell, str) for cell in shown) else []),
        *([say("form.blank", language)] if None in shown else []),
        *([say("form.stocks_by_year", language)] if any(_has_no_stocks(row) for row in rows) else []),
        *(
            []
            if any(row["field"] for row in rows)
            else [say(f"form.no_rows_{rows[0]['record_kind']}", language)]
        ),
    ]


def _has_no_stocks(row: Row) -> bool:
    """Whether it is a field of a month or quarter of dossiers, of which is not told what is open."""
    is_part = row["record_kind"] == "dossiers" and row["field"] is not None
    return is_part and row["open_total"] is None and not _is_hidden(row, "open_total")


def _of_the_whole(whole: Row | None, language: str) -> list[str]:
    if whole is None:
        return [say("form.no_total", language)]
    derived = [
        count_name(name, language) for name in (whole["derived_counts"] or "").split(",") if name in COLUMNS
    ]
    return [
        *_apart(whole, SET_APART, f"set_apart_{whole['record_kind']}", language),
        *_apart(whole, NOT_TAKEN_IN, "not_taken_in", language),
        *([say("form.derived", language, counts="; ".join(derived))] if derived else []),
        *([name_in(whole, "note", language)] if whole["note_vi"] else []),
    ]


def _apart(whole: Row, names: Sequence[str], key: str, language: str) -> list[str]:
    """The counts of those names that are known, as one note; none where none is."""
    known = [name for name in names if whole[name] is not None]
    told = [f"{count_name(name, language)} {count(whole[name], language)}" for name in known]
    return [say(f"form.{key}", language, counts="; ".join(told))] if told else []


def _not_parted(rows: Sequence[Row], language: str) -> list[str]:
    """Sources often tell columns 8 and 9 in one sum: the form has no cell for it."""
    sums = [
        f"{_cells(row, 0, language).name} {count(row['on_time'], language)}"
        for row in rows
        if row["on_time"] is not None and row["early"] is None and not row["under_5"] and not row["hidden"]
    ]
    return [say("form.not_parted", language, counts="; ".join(sums))] if sums else []


def _provenance(form: Row, snapshot: str, as_of: dt.date, language: str) -> list[str]:
    sources = questions.ask("source_by_id").rows
    source = next(row for row in sources if row["source_id"] == form["source_id"])
    told = [
        source_title(source["title"], language),
        source["publisher"],
        source["url"],
        verification_text(source["verification"], language),
    ]
    others = form["forms"] - 1
    return [
        say("form.source", language, source="; ".join(text for text in told if text)),
        say(f"form.kind_{form['record_kind']}", language),
        *([say("form.others", language, forms=others)] if others else []),
        say("form.snapshot", language, snapshot=snapshot, as_of=day(as_of, language)),
        *([say("form.illustrative", language)] if form["illustrative"] else []),
    ]
