"""What changed since the period before: only between periods of one length, one era and one definition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dunghen import finishing, questions
from dunghen.ui import address
from dunghen.ui.dossiers.looked import FIRST_DAY_OF_NEW_ERA, name_of_days
from dunghen.ui.exhibit import exhibit
from dunghen.ui.table import Column
from dunghen.words import formats

if TYPE_CHECKING:
    from dunghen.questions import Answer
    from dunghen.scope import Scope

Row = dict[str, Any]


def show_change(answer: Answer) -> None:
    """Who is on time more often or less often than in as many months just before; for dossiers alone.

    Nothing where there is no such period: reports of different periods are never subtracted.
    """
    settled = answer.scope
    before = period_before(settled.first_day, settled.last_day)
    if settled.record_kind != "dossiers" or before is None:
        return
    earlier = _earlier(settled, before)
    rows = _changes(answer.rows, earlier.rows) if earlier else []
    if not rows:
        return
    language = address.language()
    exhibit(
        answer,
        title=address.text("compare.change.title", period=name_of_days(*before, language)),
        note=address.text("compare.change.note"),
        finding=_finding(rows, language),
        columns={
            "authority_name": Column(address.text("compare.authority")),
            "before": Column(address.text("compare.change.before"), "percent"),
            "now": Column(address.text("compare.change.now"), "percent"),
            "points": Column(address.text("compare.change.points")),
            "interval": Column(address.text("compare.change.interval")),
            "verdict": Column(address.text("compare.change.verdict")),
        },
        rows=[_in_words(row, language) for row in rows],
        rows_first=True,
        key="change",
    )


def period_before(first_day: dt.date | None, last_day: dt.date | None) -> tuple[dt.date, dt.date] | None:
    """As many whole months just before; None for other days and where the change of eras lies between."""
    if first_day is None or last_day is None or first_day.day != 1:
        return None
    months = (last_day.year - first_day.year) * 12 + last_day.month - first_day.month + 1
    ends_month = (last_day + dt.timedelta(days=1)).day == 1
    number = first_day.year * 12 + first_day.month - 1 - months
    first = dt.date(number // 12, number % 12 + 1, 1)
    if not ends_month or first < FIRST_DAY_OF_NEW_ERA <= first_day:
        return None
    return first, first_day - dt.timedelta(days=1)


def _earlier(settled: Scope, before: tuple[dt.date, dt.date]) -> Answer | None:
    """The same comparison of the period before; None where that cannot be made."""
    first, last = before
    scope = questions.settle(settled.but(first_day=first, last_day=last, is_run=False))
    if scope is None or (scope.first_day, scope.last_day) != before:
        return None
    return questions.ask("comparison_by_authority", scope)


def _changes(rows: Sequence[Row], earlier: Sequence[Row]) -> list[Row]:
    """For each authority rated in both periods its difference with its interval, the largest fall first."""
    then = {row["authority_code"]: row for row in earlier if row["rate"] is not None}
    found = []
    for row in rows:
        if row["rate"] is None or row["authority_code"] not in then:
            continue
        past = then[row["authority_code"]]
        (change,) = finishing.differences([row, past])
        found.append(row | {"before": past["rate"], "now": row["rate"], **change})
    return sorted(found, key=lambda row: (row["difference"], row["authority_code"]))


def _in_words(row: Row, language: str) -> Row:
    return row | {
        "points": formats.points(row["difference"], language),
        "interval": f"{formats.points(row['low'], language)} – {formats.points(row['high'], language)}",
        "verdict": address.text(f"compare.change.{_verdict(row)}"),
    }


def _verdict(row: Row) -> str:
    if not row["differ"]:
        return "unclear"
    return "up" if row["difference"] > 0 else "down"


def _finding(rows: Sequence[Row], language: str) -> str:
    verdicts = [_verdict(row) for row in rows]
    return address.text(
        "compare.change.finding",
        **{name: formats.count(verdicts.count(name), language) for name in ("up", "down", "unclear")},
    )
