"""The data dictionary: every table and view of the published file, column by column."""

from __future__ import annotations

import streamlit as st

from dunghen import questions
from dunghen.ui import address, choosers
from dunghen.ui.exhibit import exhibit
from dunghen.ui.table import Column
from dunghen.words import formats


def show() -> None:
    """One table of the published file at a time; the CSV holds all of them."""
    language = address.language()
    answer = questions.ask("column_by_table")
    about = {row["table_name"]: formats.name_in(row, "table_comment", language) for row in answer.rows}
    asked = st.query_params.get("bang")
    chosen = asked if asked and asked in about else "counts"
    if asked and asked != chosen:
        st.warning(address.text("data.dictionary.unknown", asked=asked[:40]))
    st.markdown(address.text("data.dictionary.lead", count=formats.count(len(about), language)))
    options = {name: f"{name}: {words}" if words else name for name, words in about.items()}
    choosers.pick(address.text("data.dictionary.choose"), "bang", options, chosen)
    rows = [
        {
            **row,
            "means": formats.name_in(row, "column_comment", language),
            "may_be_unknown": address.text(f"data.dictionary.{'yes' if row['is_nullable'] else 'no'}"),
        }
        for row in answer.rows
        if row["table_name"] == chosen
    ]
    exhibit(
        answer,
        title=chosen,
        note=about[chosen],
        columns={
            "column_name": Column(address.text("data.column.identifier")),
            "means": Column(address.text("data.column.meaning")),
            "data_type": Column(address.text("data.column.data_type")),
            "may_be_unknown": Column(address.text("data.column.may_be_unknown")),
        },
        rows=rows,
        rows_first=True,
    )
