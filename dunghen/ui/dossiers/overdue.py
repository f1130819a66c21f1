"""What is overdue and still open on the last day known, by how long, and what falls due next."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from dunghen import questions
from dunghen.figures.dossiers import classes
from dunghen.ui import address
from dunghen.ui.exhibit import exhibit
from dunghen.ui.table import Column
from dunghen.words import formats

# shortest first, as one reads a scale
CLASSES = ("1-7", "8-30", "31-90", "91-365", "366+")

if TYPE_CHECKING:
    from dunghen.ui.dossiers.looked import Looked, Row


def show_overdue(looked: Looked) -> None:
    """The overdue dossiers by their age, and in a sentence those due within three working days."""
    answer = questions.ask("overdue_age_by_authority", looked.whose)
    if not answer.rows:
        return
    language = address.language()
    rows = [_in_words(row, language) for row in answer.rows]
    aged = [_of_class(name, rows, language) for name in CLASSES]
    exhibit(
        answer,
        title=address.text("authority.overdue.title"),
        note=address.text("authority.overdue.note", day=formats.day(rows[0]["last_day"], language)),
        finding=_finding(rows, _in_all(looked, rows[0]["last_day"]), language),
        figure=classes(aged, language, address.theme()) if any(row["dossiers"] for row in aged) else None,
        columns={
            "name": Column(address.text("authority.overdue.age")),
            "told": Column(address.text("authority.overdue.dossiers")),
        },
        rows=rows,
        key="overdue",
    )


def _of_class(name: str, rows: list[dict[str, Any]], language: str) -> dict[str, Any]:
    """The row of a class; a class without a row holds no dossier."""
    nothing = {"class": name, "dossiers": 0}
    return next((row for row in rows if row["class"] == name), _in_words(nothing, language))


def _is_there(row: Row) -> bool:
    return bool(row["dossiers"] != 0)


def _in_words(row: Row, language: str) -> dict[str, Any]:
    told = formats.count(row["dossiers"], language)
    if row["dossiers"] is None:
        told = address.text("authority.parts.hidden")
    return {**row, "name": address.text(f"authority.overdue.class.{row['class']}"), "told": told}


def _in_all(looked: Looked, day: dt.date) -> int | None:
    """How many dossiers are overdue on that day, whatever their age; None where no month ends with it."""
    months = questions.ask("trend_by_month", looked.whose).rows
    return next((row["overdue"] for row in months if row["last_day"] == day), None)


def _finding(rows: list[dict[str, Any]], in_all: int | None, language: str) -> str:
    parts = []
    aged = [row for row in rows if not row["is_due_soon"]]
    if in_all == 0 or not any(map(_is_there, aged)):
        parts.append(address.text("authority.overdue.nothing"))
    # all of them are told or none is
    elif any(row["dossiers"] is None for row in aged):
        if in_all is not None:
            parts.append(address.text("authority.overdue.in_all", count=formats.count(in_all, language)))
        parts.append(address.text("authority.overdue.hidden"))
    soon = next((row for row in rows if row["is_due_soon"]), None)
    if soon is not None:
        parts.append(_soon(soon))
    return " ".join(parts)


def _soon(row: Row) -> str:
    if row["dossiers"] is None:
        return address.text("authority.overdue.soon_hidden")
    return address.text("authority.overdue.soon", count=row["told"])
