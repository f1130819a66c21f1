"""Rows of an answer as a table: labels in words, numbers and days in the visitor's format, still sortable."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import pandas as pd
import streamlit as st

from dunghen.ui import address
from dunghen.words import formats

Row = Mapping[str, Any]
# what markdown would take for markup
MARKS = re.compile(r"[\\`*_{}\[\]<>#|$~:]")
FORMATS: dict[str, Callable[[Any, str], str]] = {
    "count": formats.count,
    "percent": formats.percent,
    "number": formats.number,
    "day": formats.day,
}


@dataclass(frozen=True)
class Column:
    """A column to show: its label, `kind` (text, count, percent, number, day) which says how, and its width.

    The width is in pixels; None leaves it to the content.
    """

    label: str
    kind: str = "text"
    width: int | None = None


def table(
    rows: Iterable[Row],
    columns: Mapping[str, Column],
    *,
    alt: str,
    height: int | Literal["auto", "stretch", "content"] = "auto",
) -> None:
    """Shows the named columns of the rows; `alt` says in words what the table holds."""
    frame = pd.DataFrame(
        {
            column.label: [_cell(row.get(name), column.kind) for row in rows]
            for name, column in columns.items()
        }
        if (rows := list(rows))
        else {column.label: [] for column in columns.values()}
    )
    language = address.language()
    styles: dict[Any, str | Callable[[object], str] | None] = {
        column.label: _formatter(column.kind, language)
        for column in columns.values()
        if column.kind in FORMATS
    }
    st.dataframe(
        frame.style.format(styles, na_rep=formats.UNKNOWN),
        hide_index=True,
        column_config={
            column.label: st.column_config.Column(width=column.width)
            for column in columns.values()
            if column.width
        },
        alt=alt,
        height=height,
        placeholder=formats.UNKNOWN,
    )


def _cell(value: Any, kind: str) -> Any:
    if kind == "text":
        return "" if value is None else str(value)
    return float(value) if isinstance(value, Decimal) else value


def _formatter(kind: str, language: str) -> Callable[[Any], str]:
    def text_of(value: Any) -> str:
        if pd.isna(value):
            return formats.UNKNOWN
        return FORMATS[kind](int(value) if kind == "count" else value, language)

    return text_of


def text_table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """A small table as text that wraps on a phone and that a screen reader walks cell by cell.

    The cells are markdown: put what comes from data through `plain` first.
    """
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *rows]
    st.markdown("\n".join("| " + " | ".join(cell or " " for cell in line) + " |" for line in lines))


def plain(text: object) -> str:
    """A text that markdown shows as it is: nothing in it makes a link, a formula, a colour or a new cell."""
    return MARKS.sub(r"\\\g<0>", " ".join(str(text).split()))


def quiet(*parts: str) -> str:
    """What stands in grey behind the main text of a cell: " · part · part"; empty parts are left out."""
    return f":gray[· {plain(' · '.join(part for part in parts if part))}]"


def small(markdown: str) -> str:
    """Text that may hold links in small letters: a caption would pale them below what can be read."""
    return f":small[{markdown}]"
