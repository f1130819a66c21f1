"""An exhibit: a chart that says what it shows, in a picture, in words and in rows, with its SQL and CSV."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from dunghen import illustration, questions
from dunghen.figures.look import marked
from dunghen.scope import Scope
from dunghen.ui import address
from dunghen.ui.table import Column, table
from dunghen.words import formats, names

if TYPE_CHECKING:
    from dunghen.questions import Answer

CHART_CONFIG = {"displaylogo": False, "displayModeBar": "hover", "responsive": True, "scrollZoom": False}


def exhibit(
    answer: Answer,
    *,
    title: str,
    columns: Mapping[str, Column],
    note: str = "",
    finding: str = "",
    told: str = "",
    figure: Mapping[str, Any] | None = None,
    body: Callable[[], None] | None = None,
    rows: Sequence[Mapping[str, Any]] | None = None,
    rows_first: bool = False,
    key: str = "",
) -> None:
    """Shows one answer: title, a line with definition, n and period (`note`), the chart, one sentence of
    `finding`, and below, drawn when opened: rows, SQL with the values put in, CSV, sources.

    `figure` is a plotly figure as a dict; its description for those who cannot see it is title and
    finding, or what the page has `told` already above; `body` draws what is not a chart. `columns` are
    shown of `rows` (by default the answer's); `rows_first` shows them openly. Figures of an imaginary
    authority say so in the note, the words, the picture and the CSV.
    """
    shown = answer.rows if rows is None else rows
    if illustration.shows_imaginary(answer):
        label = illustration.label(address.language())
        note = " · ".join(part for part in (f"**{label[:1].upper()}{label[1:]}**", note) if part)
        figure = figure and marked(figure, label, address.theme())
    words = ". ".join(part.rstrip(".") for part in (title, note, finding or told) if part)
    words = re.sub(r"\\(.)", r"\1", words.replace("**", "")).replace("?.", "?")
    key = key or answer.name
    with st.container(border=True):
        st.markdown(f"#### {title}")
        if note:
            st.caption(note)
        if figure is not None:
            st.plotly_chart(figure, key=f"chart-{key}", config=CHART_CONFIG, alt=words)
        if body is not None:
            body()
        if finding:
            st.markdown(finding)
        if rows_first:
            table(shown, columns, alt=words)
        _behind(answer, shown, columns, words, key, with_rows=not rows_first)


def _behind(
    answer: Answer,
    rows: Sequence[Mapping[str, Any]],
    columns: Mapping[str, Column],
    words: str,
    key: str,
    *,
    with_rows: bool,
) -> None:
    with st.container(horizontal=True, gap="small"):
        if with_rows:
            with st.popover(
                address.text("exhibit.rows"), type="tertiary", key=f"rows-{key}", on_change="rerun"
            ) as box:
                if box.open:
                    table(rows, columns, alt=words)
        with st.popover("SQL", type="tertiary", key=f"sql-{key}", on_change="rerun") as box:
            if box.open:
                st.caption(answer.question.text)
                st.code(answer.sql, language="sql")
                st.caption(_parameters(answer))
        st.download_button(
            "CSV",
            data=lambda: csv_of(answer),
            file_name=file_name(answer),
            mime="text/csv",
            key=f"csv-{key}",
            on_click="ignore",
            type="tertiary",
        )
        with st.popover(
            address.text("exhibit.sources"), type="tertiary", key=f"sources-{key}", on_change="rerun"
        ) as box:
            if box.open:
                spoken_of = [row for row in rows if row.get("source_id")] or answer.rows
                sources({row["source_id"] for row in spoken_of if row.get("source_id")})


def sources(source_ids: set[str]) -> None:
    """Where figures come from and how far they were verified, a line each."""
    if not source_ids:
        st.caption(address.text("exhibit.no_source"))
    for source_id in sorted(source_ids):
        source = questions.ask("source_by_id", Scope(source_id=source_id)).one
        if source is None:
            continue
        title = f"[{source['title']}]({source['url']})" if source["url"] else source["title"]
        title = names.source_title(title, address.language())
        verification = names.verification_text(source["verification"], address.language())
        collected = source["collected_by"] and address.text(
            "exhibit.collected_by", who=source["collected_by"]
        )
        note = formats.name_in(source, "note", address.language())
        st.markdown("  \n".join(part for part in (title, f":gray[{verification}]", collected, note) if part))


def csv_of(answer: Answer) -> bytes:
    """All columns of an answer as CSV, UTF-8 with BOM, so that spreadsheets read the accents.

    Rows of an imaginary authority say so in a column of their own.
    """
    frame = answer.frame
    marks = illustration.marks(answer, address.language())
    frame = frame.drop(columns="illustrative", errors="ignore")
    if marks is not None:
        frame = frame.assign(**{illustration.COLUMN: marks})
    csv: str = frame.to_csv(index=False, lineterminator="\r\n")
    return csv.encode("utf-8-sig")


def file_name(answer: Answer) -> str:
    """The name of a download: whether it is imaginary, the question, what it was asked for, the snapshot."""
    asked = [str(value) for value in answer.parameters.values() if value is not None]
    kind = [illustration.label(address.language())] if illustration.shows_imaginary(answer) else []
    stem = "-".join(["dunghen", *kind, answer.name, *asked, answer.snapshot[:8]])
    return re.sub(r"[^\w.-]+", "_", stem) + ".csv"


def _parameters(answer: Answer) -> str:
    values = [f"${name} = {value}" for name, value in answer.parameters.items() if value is not None]
    return " · ".join([*values, address.text("exhibit.snapshot", snapshot=answer.snapshot)])
