"""What every rate and every count means, with a real example of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dunghen import questions
from dunghen.scope import Scope
from dunghen.ui import address
from dunghen.ui.exhibit import exhibit
from dunghen.ui.table import Column, plain, text_table
from dunghen.words import formats, names

Row = Mapping[str, Any]

# The report that shows best how far the rates of one and the same set of counts lie apart.
BINH_GIANG = "296"
COUNTS = (
    "carried_over",
    "received",
    "early",
    "on_due_date",
    "on_time",
    "late",
    "resolved",
    "withdrawn",
    "returned",
    "in_progress",
    "overdue",
    "handled",
    "due",
    "portal_total",
    "portal_on_time",
    "portal_not_on_time",
    "unexplained",
)


def show() -> None:
    """The definitions with worked examples, one report by all of them, and the glossary of counts."""
    st.markdown(address.text("data.definitions.lead"))
    for row in questions.ask("example_by_definition").rows:
        _definition(row)
    _one_report()
    _counts()


def _definition(row: Row) -> None:
    language = address.language()
    text = names.definition_text(row["definition_code"], language)
    with st.container(border=True):
        st.markdown(f"#### {text.name[0].upper()}{text.name[1:]}")
        st.markdown(
            "  \n".join(
                [
                    f"**{address.text('data.definitions.formula')}**: {text.formula}",
                    f"**{address.text('data.definitions.denominator')}**: {text.denominator}",
                    f"**{address.text('data.definitions.used_by')}**: {text.used_by}",
                    _example(row, language),
                ]
            )
        )
        st.caption(address.text("data.definitions.code", code=row["definition_code"]))


def _example(row: Row, language: str) -> str:
    if row["report_id"] is None:
        return address.text("data.definitions.no_example")
    path = address.path_to("authority", authority_code=row["authority_code"])
    example = address.text(
        "data.definitions.example",
        name=f"[{plain(row['authority_name'])}]({path})",
        period=formats.period(row["first_day"], row["last_day"], language),
        numerator=formats.count(row["numerator"], language),
        denominator=formats.count(row["denominator"], language),
        rate=formats.percent(row["rate"], language, decimals=2),
    )
    if row["published_rate"] is None:
        return example
    published = address.text(
        "data.definitions.published",
        # as it was printed, not with decimals of ours
        rate=f"{formats.number(row['published_rate'] * 100, language, decimals=4)}%",
        definition=names.definition_name(row["published_rate_definition"], language),
    )
    return f"{example} {published}"


def _one_report() -> None:
    """All rates that the counts of one report give: the same office, the same days, different figures."""
    language = address.language()
    answer = questions.ask("rate_by_definition", Scope(authority_code=BINH_GIANG))
    rows = [
        {**row, "name": names.definition_name(row["definition_code"], language), "why": _why(row, language)}
        for row in answer.rows
    ]
    exhibit(
        answer,
        title=address.text("data.one_report.title"),
        note=address.text("data.one_report.note"),
        columns={
            "name": Column(address.text("data.column.definition")),
            "numerator": Column(address.text("data.column.numerator"), "count"),
            "denominator": Column(address.text("data.column.denominator"), "count"),
            "rate": Column(address.text("data.column.rate"), "percent"),
            "why": Column(address.text("data.column.why")),
        },
        rows=rows,
        rows_first=True,
    )


def _why(row: Row, language: str) -> str:
    missing = [names.count_name(name, language) for name in (row["missing_counts"] or "").split(",") if name]
    return address.text("data.one_report.missing", names=", ".join(missing)) if missing else ""


def _counts() -> None:
    language = address.language()
    st.subheader(address.text("data.counts.title"), anchor=False)
    st.markdown(address.text("data.counts.lead"))
    text_table(
        (address.text("data.column.identifier"), address.text("data.column.meaning")),
        ((f"`{name}`", plain(names.count_name(name, language))) for name in COUNTS),
    )
