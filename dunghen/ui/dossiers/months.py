"""Month by month: the rate with its interval, what was received and what was late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dunghen import questions
from dunghen.figures.dossiers import FEWEST_FOR_LINE, FIRST_DAY_OF_NEW_ERA, trend
from dunghen.ui import address
from dunghen.ui.exhibit import exhibit
from dunghen.ui.table import Column
from dunghen.words import formats, sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dunghen.ui.dossiers.looked import Looked, Row


def show_months(looked: Looked) -> None:
    """All months of the dossiers looked at; nothing where there is one only."""
    answer = questions.ask("trend_by_month", looked.whose)
    if len(answer.rows) < 2:
        return
    language = address.language()
    exhibit(
        answer,
        title=address.text("authority.months.title"),
        note=address.text("authority.months.note", fewest=FEWEST_FOR_LINE),
        finding=_finding(answer.rows, language),
        figure=trend(answer.rows, language, address.theme()),
        columns=_columns(language),
        rows=answer.rows[::-1],
        key="months",
    )


def _columns(language: str) -> dict[str, Column]:
    counts = ("received", "resolved", "on_time", "late", "in_progress", "overdue")
    return {
        "first_day": Column(address.text("authority.from"), "day"),
        "last_day": Column(address.text("authority.until"), "day"),
        "rate": Column(address.text("authority.rate"), "percent"),
        "low": Column(address.text("authority.low"), "percent"),
        "high": Column(address.text("authority.high"), "percent"),
        **{name: Column(sentences.count_name(name, language), "count") for name in counts},
        "online_share": Column(address.text("authority.months.online_share"), "percent"),
    }


def _finding(rows: Sequence[Row], language: str) -> str:
    """The newest whole month in a sentence, and why the line breaks where it does."""
    whole = [row for row in rows if not row["is_partial"] and row["rate"] is not None]
    parts = []
    if whole:
        newest = whole[-1]
        parts.append(
            address.text(
                "authority.months.newest",
                month=formats.month(newest["first_day"], language),
                rate=formats.percent(newest["rate"], language),
                numerator=formats.count(newest["numerator"], language),
                denominator=sentences.dossiers(newest["denominator"], language),
            )
        )
    if rows[0]["first_day"] < FIRST_DAY_OF_NEW_ERA <= rows[-1]["first_day"]:
        parts.append(address.text("authority.months.eras"))
    return " ".join(parts)
