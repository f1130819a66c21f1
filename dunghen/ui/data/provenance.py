"""Where the figures come from, how far they were verified, and what in them does not add up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dunghen import questions
from dunghen.ui import address
from dunghen.ui.exhibit import exhibit
from dunghen.ui.table import Column, plain
from dunghen.words import formats, names

Row = Mapping[str, Any]


def show_sources() -> None:
    """Every source: publisher, days, who collected it, verification, terms, how many figures it gave."""
    language = address.language()
    answer = questions.ask("source_by_id")
    rows = [
        {
            **row,
            "verified": names.verification_text(row["verification"], language),
            "figures": row["reports"] + row["scores"] + row["indicators"],
            "note": formats.name_in(row, "note", language),
        }
        for row in answer.rows
    ]
    st.markdown(address.text("data.sources.lead", count=formats.count(len(rows), language)))
    exhibit(
        answer,
        title=address.text("data.sources.title"),
        columns={
            "title": Column(address.text("data.column.source")),
            "publisher": Column(address.text("data.column.publisher")),
            "published_at": Column(address.text("data.column.published_at")),
            "observed_at": Column(address.text("data.column.observed_at")),
            "verified": Column(address.text("data.column.verified")),
            "figures": Column(address.text("data.column.figures"), "count"),
            "collected_by": Column(address.text("data.column.collected_by")),
            "url": Column(address.text("data.column.address")),
            "terms": Column(address.text("data.column.terms")),
            "note": Column(address.text("data.column.note")),
        },
        rows=rows,
        rows_first=True,
    )


def show_oddities() -> None:
    """What was published and does not add up: by hand, by sums of counts, by sums of scores."""
    st.markdown(address.text("data.oddities.lead"))
    _oddities()
    _remainders()
    _score_sums()


def _oddities() -> None:
    language = address.language()
    answer = questions.ask("oddity_by_source")
    rows = [
        {
            **row,
            "published": formats.name_in(row, "published", language),
            "recomputed": formats.name_in(row, "recomputed", language),
            "kind": formats.name_in(row, "oddity_kind", language),
        }
        for row in answer.rows
    ]
    columns = {
        "authority_name": Column(address.text("data.column.authority")),
        "published": Column(address.text("data.column.published")),
        "recomputed": Column(address.text("data.column.recomputed")),
        "kind": Column(address.text("data.column.kind")),
        "source_title": Column(address.text("data.column.source")),
    }

    def body() -> None:
        st.markdown("\n".join(_oddity(row) for row in rows))

    exhibit(
        answer,
        title=address.text("data.oddities.title", count=formats.count(len(rows), language)),
        columns=columns,
        rows=rows,
        body=body,
    )


def _oddity(row: Row) -> str:
    """One oddity as a line of a list: a table would cut its texts off on a phone."""
    name = plain(row["authority_name"] or address.text("data.oddities.several"))
    if row["authority_code"]:
        name = f"[{name}]({address.path_to('authority', authority_code=row['authority_code'])})"
    return "- " + address.text(
        "data.oddities.line",
        name=name,
        published=plain(row["published"]),
        recomputed=plain(row["recomputed"]),
        kind=plain(row["kind"]),
    )


def _remainders() -> None:
    language = address.language()
    answer = questions.ask("remainder_by_report")
    rows = [
        {
            **row,
            "period_label": formats.period_named(row, language),
            "total_is": names.count_name(row["total_name"], language),
            "parts_are": " + ".join(names.count_name(part, language) for part in row["parts"].split(" + ")),
        }
        for row in answer.rows
    ]
    exhibit(
        answer,
        title=address.text("data.remainders.title", count=formats.count(len(rows), language)),
        note=address.text("data.remainders.note"),
        columns={
            "authority_name": Column(address.text("data.column.authority")),
            "period_label": Column(address.text("data.column.period")),
            "total_is": Column(address.text("data.column.total_name")),
            "total": Column(address.text("data.column.total"), "count"),
            "parts_are": Column(address.text("data.column.parts")),
            "parts_sum": Column(address.text("data.column.parts_sum"), "count"),
            "difference": Column(address.text("data.column.difference"), "count"),
        },
        rows=rows,
        rows_first=True,
    )


def _score_sums() -> None:
    language = address.language()
    answer = questions.ask("score_sum_by_edition")
    rows = [row for row in answer.rows if row["difference"]]
    exhibit(
        answer,
        title=address.text("data.score_sums.title"),
        note=address.text(
            "data.score_sums.note",
            count=formats.count(len(answer.rows), language),
            off=formats.count(len(rows), language),
        ),
        columns={
            "authority_name": Column(address.text("data.column.authority")),
            "index_code": Column(address.text("data.column.index")),
            "edition": Column(address.text("data.column.edition")),
            "last_day": Column(address.text("data.column.last_day"), "day"),
            "total_score": Column(address.text("data.column.total"), "number"),
            "criteria_sum": Column(address.text("data.column.parts_sum"), "number"),
            "difference": Column(address.text("data.column.difference"), "number"),
            "max_score_sum": Column(address.text("data.column.max_score_sum"), "number"),
        },
        rows=rows,
        rows_first=True,
    )
