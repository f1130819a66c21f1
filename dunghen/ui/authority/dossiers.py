"""Dossiers on the page of an authority: the choosers, and what only dossiers can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dunghen import questions
from dunghen.scope import RECORD_KINDS, Scope
from dunghen.ui import address, choosers
from dunghen.ui.dossiers import alike, beside, months, overdue, parts, period, waiting
from dunghen.ui.dossiers.looked import Looked

if TYPE_CHECKING:
    from dunghen.ui.authority.chosen import Chosen


def choose(chosen: Chosen) -> None:
    """The choosers of published or computed figures, and of whose dossiers and which months."""
    if chosen.counts is None:
        return
    there = {row["record_kind"] for row in chosen.whole_reports}
    choosers.switch(
        address.text("authority.figures"),
        "record_kind",
        {kind: address.text(f"authority.record_kind.{kind}") for kind in RECORD_KINDS if kind in there},
        chosen.counts["record_kind"],
        **dict.fromkeys(("first_day", "last_day", "coverage", "definition_code")),
    )
    looked = _looked(chosen)
    if looked is not None:
        code = chosen.authority["authority_code"]
        known = questions.ask("period_by_dossiers", Scope(authority_code=code)).rows
        period.choose(looked, tuple(row["coverage"] for row in known))


def show_first(chosen: Chosen) -> None:
    """What must stand near the headline: what dresses it up, the months, what is overdue now."""
    looked = _looked(chosen)
    if looked is not None:
        beside.show_beside(looked)
        months.show_months(looked)
        overdue.show_overdue(looked)
    if chosen.counts is not None:
        alike.show_alike(chosen.authority, chosen.counts)


def show_parts_of(chosen: Chosen, scope: Scope) -> None:
    """The dossiers by field, channel, procedure and days late, and how long they take."""
    looked = _looked(chosen)
    if looked is not None:
        are_channels_known = chosen.counts is not None and chosen.counts["received_online"] is not None
        parts.show_parts(looked, scope.dimension, are_channels_known=are_channels_known)
        waiting.show_waiting(looked, scope.dimension)


def _looked(chosen: Chosen) -> Looked | None:
    """The dossiers looked at; None where the page shows a report or nothing."""
    if chosen.counts is None or chosen.counts["record_kind"] != "dossiers":
        return None
    return Looked.at(chosen.authority, chosen.counts)
