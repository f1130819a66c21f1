"""Periods of dossiers: runs of whole months, up to the last day that is known."""

from __future__ import annotations

import datetime as dt

from dunghen import questions
from dunghen.open_data.answers import Phrase, RefusalError
from dunghen.questions import Row
from dunghen.scope import Scope
from dunghen.words import say


def whole_months(scope: Scope, authority_code: str) -> None:
    """Makes sure that the days of a scope can be a run of months of an authority's dossiers.

    Raises `RefusalError` (422) for a first day that begins no month and for a last day that ends none and is
    not the last day known."""
    known = questions.ask("period_by_dossiers", Scope(authority_code=authority_code)).rows
    if scope.first_day and scope.first_day.day != 1:
        raise _refusal("from", scope.first_day, "first_of_month")
    if scope.last_day and not _ends(scope.last_day, known):
        raise _refusal("to", scope.last_day, "end_of_month")


def _ends(day: dt.date, known: tuple[Row, ...]) -> bool:
    return (day + dt.timedelta(days=1)).day == 1 or any(row["last_day"] == day for row in known)


def _refusal(parameter: str, day: dt.date, allowed: str) -> RefusalError:
    phrases: dict[str, Phrase] = {"allowed": lambda language: say(f"allowed.{allowed}", language)}
    return RefusalError(422, "bad_parameter", phrases, parameter=parameter, value=day.isoformat())
