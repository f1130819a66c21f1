"""What was taken in from offices' exports, and which rows were put aside and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dunghen import illustration, questions
from dunghen.ui import address
from dunghen.ui.exhibit import exhibit
from dunghen.ui.table import Column
from dunghen.words.intake import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dunghen.questions import Answer

Row = dict[str, Any]

NUMBERS = ("rows_read", "rows_loaded", "rows_quarantined", "rows_repeated", "rows_replaced")


def show() -> None:
    """The imports with the numbers of their rows, and the rows put aside by reason; or that none were."""
    language = address.language()
    imports = questions.ask("intake_by_import")
    if not imports.rows:
        st.markdown(address.text("data.quarantine.nothing"))
        return
    rows = [_in_words(row, language) for row in imports.rows]
    st.markdown(_summary(rows))
    exhibit(
        imports,
        title=address.text("data.quarantine.imports"),
        note=address.text("data.quarantine.imports_note"),
        columns={
            "name": Column(address.text("data.quarantine.import")),
            "record_name": Column(address.text("data.quarantine.record")),
            "as_of": Column(address.text("data.quarantine.as_of"), "day"),
            **{name: Column(address.text(f"data.quarantine.{name}"), "count") for name in NUMBERS},
        },
        rows=rows,
        rows_first=True,
    )
    _reasons(questions.ask("quarantine_by_reason"))


def _reasons(answer: Answer) -> None:
    language = address.language()
    rows = [
        _in_words(row, language) | {"why": tell(f"reason.{row['reason']}", language)} for row in answer.rows
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


def _in_words(row: Row, language: str) -> Row:
    """A row with the name of its import, marked where that was the sample's, and its kind of record."""
    mark = f" ({illustration.label(language)})" if row["illustrative"] else ""
    record = row.get("record")
    return {
        **row,
        "name": f"{row['import_id']}{mark}",
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
