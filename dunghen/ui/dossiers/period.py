"""The choosers of dossiers: whose, and of which months; everything chosen stands in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

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
        choose_run(
            periods(looked.whose, "month"), looked.first_day, looked.last_day, coverage=looked.coverage
        )


def _choose_period(looked: Looked) -> None:
    language = address.language()
    known: dict[Days, str] = {}
    for kind in KINDS:
        for row in periods(looked.whose, kind):
            days = (row["first_day"], row["last_day"])
            # the same days as a month and as a running quarter are the month, and stand among the months
            known.pop(days, None)
            known[days] = _capital(name_of_period(kind, *days, language))
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
        _show(*picked, coverage=looked.coverage)


def choose_run(
    known: Iterable[Row], first_day: dt.date | None, last_day: dt.date | None, **along: str | None
) -> None:
    """The choice of any run of the `known` months, the two days being those looked at.

    `along` are other fields of the address that change with it (None takes one out).
    """
    months = sorted({row["first_day"]: row["last_day"] for row in known}.items())
    if len(months) < 2:
        return
    with st.popover(address.text("authority.run.open"), icon=":material/date_range:"):
        here = [place for place, days in enumerate(months) if _within(days, first_day, last_day)] or [0]
        seen = f"{first_day}-{last_day}"
        first = months[_month(address.text("authority.run.first"), months, here[0], seen)]
        last = months[_month(address.text("authority.run.last"), months, here[-1], seen)]
        if first > last:
            st.caption(address.text("authority.run.order"))
        elif st.button(address.text("authority.run.show")):
            _show(first[0], last[1], **along)


def _within(days: Days, first_day: dt.date | None, last_day: dt.date | None) -> bool:
    return first_day is not None and last_day is not None and first_day <= days[0] and days[1] <= last_day


def _month(label: str, months: Sequence[Days], index: int, seen: str) -> int:
    language = address.language()
    names = [_capital(name_of_period("month", first, last, language)) for first, last in months]
    places = list(range(len(months)))
    return st.selectbox(label, places, index=index, format_func=names.__getitem__, key=f"{label}-{seen}")


def _show(first_day: dt.date, last_day: dt.date, **along: str | None) -> None:
    address.put(first_day=first_day, last_day=last_day, record_kind="dossiers", **along)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
