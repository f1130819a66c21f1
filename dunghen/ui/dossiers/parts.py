"""Dossiers by field, channel, procedure and days late; small numbers are said to be hidden, never zero."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from dunghen import questions
from dunghen.figures.dossiers import classes, item_rates
from dunghen.ui import address, choosers
from dunghen.ui.dossiers.looked import name_of_period
from dunghen.ui.exhibit import exhibit
from dunghen.ui.table import Column, plain, quiet, text_table
from dunghen.words import formats, sentences
from dunghen.words.comparisons import capital

if TYPE_CHECKING:
    from dunghen.questions import Answer
    from dunghen.ui.dossiers.looked import Looked, Row

DIMENSIONS = ("field", "channel", "procedure", "days_late")
COUNTS = (
    "carried_over", "received", "early", "on_due_date", "late", "resolved", "in_progress", "overdue",
)  # fmt: skip
SHOWN = 12


def show_parts(looked: Looked, dimension: str | None, *, are_channels_known: bool) -> None:
    """The breakdown that the address chooses (`theo`) and the choice of others; in words where is none."""
    known = questions.ask("period_by_breakdown", looked.whose).rows
    there = {row["dimension"]: row for row in known if looked.is_of(row)}
    options = {name: address.text(f"authority.parts.by.{name}") for name in DIMENSIONS if name in there}
    if not known:
        return
    st.subheader(address.text("authority.parts.heading"), anchor="chia-theo")
    if not options:
        why = "not_of_this" if looked.is_over else "calendar_only"
        st.markdown(address.text(f"authority.parts.{why}"))
        _lead_to_others(known, looked)
        return
    chosen = dimension if dimension in options else next(iter(options))
    choosers.switch(address.text("authority.parts.choose"), "dimension", options, chosen)
    if not are_channels_known:
        whose = "own" if looked.coverage == "own" else "area"
        st.caption(address.text(f"authority.parts.no_channel.{whose}"))
    scope = looked.scope.but(dimension=chosen, period_kind=there[chosen]["period_kind"])
    answer = questions.ask("breakdown_by_item", scope)
    if chosen == "days_late":
        _show_classes(answer, looked)
    else:
        _show_items(answer, looked, chosen)


def _lead_to_others(known: Sequence[Row], looked: Looked) -> None:
    """Links to the newest year, quarter and month that are broken down."""
    language = address.language()
    for kind in ("year", "quarter", "month"):
        newest = max((row for row in known if row["period_kind"] == kind), key=_end, default=None)
        if newest is not None:
            first, last = newest["first_day"], newest["last_day"]
            address.link(
                capital(name_of_period(kind, first, last, language)),
                "authority",
                authority_code=looked.authority["authority_code"],
                first_day=first,
                last_day=last,
                record_kind="dossiers",
                coverage=looked.coverage,
            )


def _end(row: Row) -> dt.date:
    end: dt.date = row["last_day"]
    return end


def item_name(row: Row, language: str) -> str:
    """A field, procedure, channel or class of days in words."""
    known = formats.name_in(row, "item_name", language)
    if known:
        return known
    return address.text(f"authority.parts.item.{row['dimension']}.{row['item']}")


def told(row: Row, name: str, language: str) -> str:
    """A count of a breakdown in words: the number, "dưới 5" or that it is hidden to protect another."""
    if row[name] is not None:
        return formats.count(row[name], language)
    return address.text(f"authority.parts.{'under_5' if name in row['under_5'] else 'hidden'}")


def _show_items(answer: Answer, looked: Looked, dimension: str) -> None:
    language = address.language()
    rows = [_in_words(row, language) for row in answer.rows]
    rated = [row for row in rows if row["rate"] is not None][:SHOWN]
    hidden = _hidden(rows, ("late", "resolved"), looked, language)
    exhibit(
        answer,
        title=address.text(f"authority.parts.title.{dimension}"),
        note=_with_legend(address.text("authority.parts.note", period=looked.in_words()), hidden),
        finding=hidden,
        figure=item_rates(rated, language, address.theme()) if len(rated) > 1 else None,
        body=lambda: _items(rows, language),
        columns=_columns(language),
        rows=rows,
        key="parts",
    )


def _with_legend(note: str, hidden: str) -> str:
    """What "dưới 5" and "ẩn" mean, above the numbers, where some are."""
    return f"{note} {address.text('authority.parts.legend')}" if hidden else note


def _in_words(row: Row, language: str) -> dict[str, Any]:
    return {
        **row,
        "name": item_name(row, language),
        **{f"{name}_told": told(row, name, language) for name in COUNTS},
    }


def _items(rows: Sequence[Row], language: str) -> None:
    """A table of the parts of which something is told, and the names of the others in one line."""
    head = [
        address.text("authority.parts.item_head"),
        address.text("authority.rate"),
        capital(sentences.count_name("late", language)),
    ]
    some = [row for row in rows if _is_told(row)]
    if some:
        text_table(head, [_cells(row, language) for row in some[:SHOWN]])
    if len(some) > SHOWN:
        with st.expander(address.text("authority.parts.more", count=len(some) - SHOWN)):
            text_table(head, [_cells(row, language) for row in some[SHOWN:]])
    _untold([row for row in rows if not _is_told(row)], language)


def _is_told(row: Row) -> bool:
    """Whether a line of the table would say anything but twice that it is hidden."""
    return row["reason"] != "suppressed" or row["late"] is not None or "late" in row["under_5"]


def _untold(rows: Sequence[Row], language: str) -> None:
    """The parts of which neither the rate nor the late ones are told; many of them when opened."""
    if not rows:
        return
    names = "; ".join(plain(row["name"]) for row in rows)
    label = address.text("authority.parts.untold", count=formats.count(len(rows), language))
    if len(rows) <= SHOWN:
        st.markdown(f"**{label}**: {names}.")
    else:
        with st.expander(label):
            st.markdown(f"{names}.")


def _cells(row: Row, language: str) -> list[str]:
    if row["rate"] is None:
        reason = address.text(f"authority.parts.reason.{row['reason']}")
        rate = f":gray[{plain(reason)}]"
    else:
        fraction = formats.fraction(row["numerator"], row["denominator"], language)
        rate = f"**{formats.percent(row['rate'], language)}** {quiet(fraction)}"
    return [plain(row["name"]), rate, plain(row["late_told"])]


def _columns(language: str) -> dict[str, Column]:
    return {
        "name": Column(address.text("authority.parts.item_head")),
        "rate": Column(address.text("authority.rate"), "percent"),
        "low": Column(address.text("authority.low"), "percent"),
        "high": Column(address.text("authority.high"), "percent"),
        **{f"{name}_told": Column(sentences.count_name(name, language)) for name in COUNTS},
    }


def _hidden(rows: Sequence[Row], shown: Sequence[str], looked: Looked, language: str) -> str:
    """Why some of the counts shown are hidden, in how many rows, and what helps; nothing where none is."""
    kept_back = [row for row in rows if row["under_5"] or row["hidden"]]
    hidden = sum(any(row[name] is None for name in shown) for row in kept_back)
    if not hidden:
        return ""
    why = address.text(
        "authority.parts.why_all_hidden" if hidden == len(rows) else "authority.parts.why_hidden",
        count=formats.count(hidden, language),
        of=formats.count(len(rows), language),
    )
    return why if "year" in looked.kinds else f"{why} {address.text('authority.parts.longer')}"


def _show_classes(answer: Answer, looked: Looked) -> None:
    language = address.language()
    rows = [
        {**row, "name": item_name(row, language), "told": told(row, "dossiers", language)}
        for row in answer.rows
    ]
    hidden = _hidden(rows, ("dossiers",), looked, language)
    exhibit(
        answer,
        title=address.text("authority.parts.title.days_late"),
        note=_with_legend(address.text("authority.parts.note_days_late", period=looked.in_words()), hidden),
        finding=hidden,
        figure=classes(rows, language, address.theme()),
        columns={
            "name": Column(address.text("authority.parts.item_head")),
            "told": Column(sentences.count_name("late", language)),
        },
        rows=rows,
        key="parts",
    )
