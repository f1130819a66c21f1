"""What is published from dossiers, what was taken in, and which rows were put aside and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dunghen import illustration, questions
from dunghen.ui import address
from dunghen.ui.exhibit import exhibit
from dunghen.ui.table import Column
from dunghen.words.comparisons import capital
from dunghen.words.intake import column_text, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dunghen.questions import Answer

Row = dict[str, Any]

NUMBERS = ("rows_read", "rows_loaded", "rows_quarantined", "rows_repeated", "rows_replaced")


def show() -> None:
    """What dossiers gave and what of it is hidden; the imports and their rows; those put aside by reason."""
    language = address.language()
    _published(questions.ask("dossiers_by_dimension"))
    imports = questions.ask("intake_by_import")
    if not imports.rows:
        st.markdown(address.text("data.quarantine.nothing"))
        return
    rows = [_in_words(row, imports, language) for row in imports.rows]
    st.markdown(_summary(rows))
    exhibit(
        imports,
        title=address.text("data.quarantine.imports"),
        note=address.text("data.quarantine.imports_note"),
        columns={
            "name": Column(address.text("data.quarantine.import")),
            "record_name": Column(address.text("data.quarantine.record")),
            "as_of": Column(address.text("data.quarantine.as_of"), "day"),
            **{name: Column(capital(address.text(f"data.quarantine.{name}")), "count") for name in NUMBERS},
        },
        rows=rows,
        rows_first=True,
    )
    _reasons(questions.ask("quarantine_by_reason"))


def _published(answer: Answer) -> None:
    """Of how many authorities and periods there are figures from dossiers; nothing where there are none."""
    if not answer.rows:
        return
    st.markdown(address.text("data.dossiers.lead"))
    rows = [
        {
            **row,
            "what": _named(address.text(f"data.dossiers.dimension.{row['dimension']}"), row, answer),
            "kind": address.text(f"data.dossiers.period.{row['period_kind']}"),
        }
        for row in answer.rows
    ]
    exhibit(
        answer,
        title=address.text("data.dossiers.title"),
        note=address.text("data.dossiers.note"),
        columns={
            **{name: Column(address.text(f"data.dossiers.{name}")) for name in ("what", "kind")},
            "authorities": Column(address.text("data.dossiers.authorities"), "count"),
            "first_day": Column(address.text("data.column.first_day"), "day"),
            "last_day": Column(address.text("data.column.last_day"), "day"),
            **{
                name: Column(address.text(f"data.dossiers.{name}"), "count")
                for name in ("published_rows", "rows_with_hidden")
            },
        },
        rows=rows,
        rows_first=True,
    )


def _named(name: str, row: Row, among: Answer) -> str:
    """A name marked where its row is imaginary and others are not; of all of them the note above says it."""
    if not row["illustrative"] or all(other["illustrative"] for other in among.rows):
        return name
    return f"{name} ({illustration.label(address.language())})"


def _reasons(answer: Answer) -> None:
    language = address.language()
    rows = [
        {**_in_words(row, answer, language), "why": tell(f"reason.{row['reason']}", language)}
        for row in answer.rows
    ]
    if not rows:
        return
    exhibit(
        answer,
        title=address.text("data.quarantine.reasons"),
        note=address.text("data.quarantine.reasons_note"),
        columns={
            "name": Column(address.text("data.quarantine.import")),
            "why": Column(address.text("data.quarantine.why"), width=420),
            "column_name": Column(address.text("data.quarantine.column")),
            "rows": Column(address.text("data.quarantine.rows"), "count"),
        },
        rows=rows,
        rows_first=True,
    )


def _in_words(row: Row, among: Answer, language: str) -> Row:
    """A row with the name of its import, marked where that was the sample's, and its kind of record."""
    record, column = row.get("record"), row.get("column_name")
    return {
        **row,
        "name": _named(row["import_id"], row, among),
        "column_name": column and column_text(column, language),
        "record_name": record and address.text(f"data.quarantine.records.{record}"),
    }


def _summary(rows: Sequence[Row]) -> str:
    """How many exports were taken in; apart, those of the sample."""
    imaginary = sum(row["illustrative"] for row in rows)
    real = len(rows) - imaginary
    parts = [
        address.text("data.quarantine.real", count=real) if real else address.text("data.quarantine.no_real"),
        address.text("data.quarantine.imaginary", count=imaginary) if imaginary else "",
    ]
    return " ".join(part for part in parts if part)
