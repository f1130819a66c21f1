"""The choosers of dossiers: whose, and of which months; everything chosen stands in the address."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from dunghen.ui import address, choosers
from dunghen.ui.dossiers.looked import Looked, Row, name_of_period, periods

Days = tuple[dt.date, dt.date]
# longest first: what most look for stands above
KINDS = ("year", "quarter", "month")
# a whole line of a phone, so that no name of a period is cut off
PERIOD_WIDTH = 320


def choose(looked: Looked, coverages: tuple[str, ...]) -> None:
    """The choosers of coverage, of a period of the calendar, and of any run of months."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choosers.switch(
            address.text("authority.whose"),
            "coverage",
            {coverage: address.text(f"authority.coverage.{coverage}") for coverage in coverages},
            looked.coverage,
        )
        _choose_period(looked)
        _choose_run(looked)


def _choose_period(looked: Looked) -> None:
    language = address.language()
    known: dict[Days, str] = {}
    for kind in KINDS:
        for row in periods(looked.whose, kind):
            days = (row["first_day"], row["last_day"])
            known.setdefault(days, _capital(name_of_period(kind, *days, language)))
    here = (looked.first_day, looked.last_day)
    if here not in known:
        known = {here: _capital(looked.in_words()), **known}
    if len(known) < 2:
        return
    picked = st.selectbox(
        address.text("authority.period"),
        list(known),
        index=list(known).index(here),
        format_func=lambda days: known[days],
        key=f"period-{here}-{language}",
        width=PERIOD_WIDTH,
    )
    if picked != here:
        _show(looked, *picked)


def _choose_run(looked: Looked) -> None:
    months = sorted(periods(looked.whose, "month"), key=lambda row: row["first_day"])
    if len(months) < 2:
        return
    with st.popover(address.text("authority.run.open"), icon=":material/date_range:"):
        here = [place for place, row in enumerate(months) if _within(looked, row)] or [0]
        first = _month(address.text("authority.run.first"), months, here[0], looked)
        last = _month(address.text("authority.run.last"), months, here[-1], looked)
        if first["first_day"] > last["first_day"]:
            st.caption(address.text("authority.run.order"))
        elif st.button(address.text("authority.run.show")):
            _show(looked, first["first_day"], last["last_day"])


def _within(looked: Looked, month: Row) -> bool:
    return bool(looked.first_day <= month["first_day"] and month["last_day"] <= looked.last_day)


def _month(label: str, months: list[Row], index: int, looked: Looked) -> Row:
    language = address.language()
    place = st.selectbox(
        label,
        range(len(months)),
        index=index,
        format_func=lambda place: _capital(
            name_of_period("month", months[place]["first_day"], months[place]["last_day"], language)
        ),
        key=f"{label}-{looked.first_day}-{looked.last_day}",
    )
    return months[place]


def _show(looked: Looked, first_day: dt.date, last_day: dt.date) -> None:
    address.put(first_day=first_day, last_day=last_day, coverage=looked.coverage, record_kind="dossiers")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
