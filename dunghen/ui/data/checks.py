"""The checks that every publication must pass, and how complete the registry of authorities is."""

from __future__ import annotations

import streamlit as st

from dunghen import questions
from dunghen.ui import address
from dunghen.ui.exhibit import exhibit
from dunghen.ui.table import Column
from dunghen.words import formats, names, texts


def show() -> None:
    """What this snapshot was checked for, and what the registry lists and links by generation."""
    language = address.language()
    held = questions.ask("snapshot_by_id").rows[0]
    numbers = ("authorities", "authorities_with_figures", "reports", "scores", "indicators", "sources")
    st.markdown(
        address.text(
            "data.checks.lead",
            snapshot=held["snapshot"],
            day=formats.day(held["as_of"], language),
            **{name: formats.count(held[name], language) for name in numbers},
        )
    )
    _checks()
    _generations()


def check_in_words(name: str, question: str, language: str) -> str:
    """What a check asks, in the visitor's language; as its file says it where nobody translated it."""
    return texts(language).get(f"data.check.{name}", question)


def _checks() -> None:
    language = address.language()
    answer = questions.ask("check_by_name")
    rows = [
        {
            **row,
            "asks": check_in_words(row["check_name"], row["question"], language),
            "found": address.text("data.checks.nothing"),
        }
        for row in answer.rows
    ]
    exhibit(
        answer,
        title=address.text("data.checks.title", count=formats.count(len(rows), language)),
        note=address.text("data.checks.note"),
        columns={
            "asks": Column(address.text("data.column.asks")),
            "rows_examined": Column(address.text("data.column.rows_examined"), "count"),
            "found": Column(address.text("data.column.found")),
            "check_name": Column(address.text("data.column.identifier")),
        },
        rows=rows,
        rows_first=True,
    )


def _generations() -> None:
    language = address.language()
    answer = questions.ask("generation_by_listing")
    rows = [{**row, "level_name": names.level_name(row["level"], language)} for row in answer.rows]
    exhibit(
        answer,
        title=address.text("data.registry.title"),
        note=address.text("data.registry.note"),
        columns={
            "first_day": Column(address.text("data.column.first_day"), "day"),
            "last_day": Column(address.text("data.column.last_day"), "day"),
            "level_name": Column(address.text("data.column.level")),
            "authorities": Column(address.text("data.column.authorities"), "count"),
            "ended": Column(address.text("data.column.ended"), "count"),
            "ended_with_successor": Column(address.text("data.column.linked"), "count"),
        },
        rows=rows,
        rows_first=True,
    )
