"""What else was published: percentages without counts, apart, and all other indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import streamlit as st

from dunghen import questions
from dunghen.figures.authority import shares
from dunghen.scope import Scope
from dunghen.ui import address
from dunghen.ui.exhibit import exhibit
from dunghen.ui.table import Column, plain, quiet, text_table
from dunghen.words import formats

if TYPE_CHECKING:
    from dunghen.questions import Answer

Row = Mapping[str, Any]

WITHOUT_COUNTS = "published_on_time"
# with fewer values of one indicator a table says it better than dots
FEWEST_FOR_DOTS = 3
SHOWN = 8


def show_indicators(authority: Row) -> None:
    """Percentages published without counts in exhibits of their own; then everything else in one."""
    answer = questions.ask("indicator_by_authority", Scope(authority_code=authority["authority_code"]))
    language = address.language()
    without_counts = [row for row in answer.rows if row["indicator_group"] == WITHOUT_COUNTS]
    for _, series in groupby(without_counts, key=lambda row: row["indicator_code"]):
        rows = list(series)
        if len(rows) >= FEWEST_FOR_DOTS:
            _show_dots(answer, rows, language)
            without_counts = [row for row in without_counts if row not in rows]
    others = [row for row in answer.rows if row["indicator_group"] != WITHOUT_COUNTS]
    if without_counts:
        _show_table(answer, without_counts, "shares", language)
    if others:
        _show_table(answer, others, "indicators", language)


def _show_dots(answer: Answer, rows: Sequence[Row], language: str) -> None:
    notes = dict.fromkeys(formats.name_in(row, "note", language) for row in rows)
    exhibit(
        answer,
        title=formats.name_in(rows[0], "indicator_name", language),
        note=address.text("authority.shares.note"),
        finding=" ".join(note for note in notes if note),
        figure=shares(rows, language, address.theme()),
        columns=_columns(),
        rows=[_in_words(row, language) for row in rows],
        key=f"dots-{rows[0]['indicator_code']}",
    )


def _show_table(answer: Answer, rows: Sequence[Row], part: str, language: str) -> None:
    named = [_in_words(row, language) for row in rows]
    exhibit(
        answer,
        title=address.text(f"authority.{part}.title"),
        note=address.text(f"authority.{part}.note"),
        columns=_columns(),
        rows=named,
        body=lambda: _table(named),
        key=part,
    )


def _table(rows: Sequence[Row]) -> None:
    """The first rows openly, the rest when opened: a district can have published two dozen."""
    head = (address.text("authority.indicators.what"), address.text("authority.indicators.value"))
    text_table(head, [_cells(row) for row in rows[:SHOWN]])
    if len(rows) > SHOWN:
        with st.expander(address.text("authority.indicators.more", count=len(rows) - SHOWN)):
            text_table(head, [_cells(row) for row in rows[SHOWN:]])


def _columns() -> dict[str, Column]:
    return {
        "indicator_name": Column(address.text("authority.indicators.what")),
        "period_label": Column(address.text("authority.period")),
        "value_text": Column(address.text("authority.indicators.value")),
        "note": Column(address.text("authority.indicators.remark")),
    }


def _in_words(row: Row, language: str) -> dict[str, Any]:
    return {
        **row,
        "indicator_name": formats.name_in(row, "indicator_name", language),
        "value_text": value_text(row, language),
        "period_label": formats.period_named(row, language),
        "note": formats.name_in(row, "note", language),
    }


def value_text(row: Row, language: str) -> str:
    """A published value with its unit and how exact it is: "trên 40%", "34 nhiệm vụ"."""
    unit = address.text(f"authority.unit.{row['unit']}")
    value = f"{formats.number(row['value'], language)}{unit}"
    return address.text(f"authority.qualifier.{row['qualifier']}", value=value)


def _cells(row: Row) -> tuple[str, str]:
    return (
        f"{plain(row['indicator_name'])} {quiet(row['period_label'], row['note'])}",
        f"**{plain(row['value_text'])}**",
    )
