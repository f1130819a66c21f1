"""How long people wait: the middle one and the slowest tenth, in working days, by field or procedure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dunghen import questions
from dunghen.figures.dossiers import waiting
from dunghen.ui import address
from dunghen.ui.dossiers.parts import item_name
from dunghen.ui.exhibit import exhibit
from dunghen.ui.table import Column

if TYPE_CHECKING:
    from dunghen.questions import Answer
    from dunghen.ui.dossiers.looked import Looked

SHOWN = 12


def show_waiting(looked: Looked, dimension: str | None) -> None:
    """The waiting times of a period of the calendar, by procedure where that is looked at, else by field."""
    by = "procedure" if dimension == "procedure" else "field"
    for asked in dict.fromkeys((by, "field")):
        for kind in looked.kinds[::-1]:
            answer = questions.ask(
                "distribution_by_item", looked.scope.but(dimension=asked, period_kind=kind)
            )
            if _of_kind(answer, "processing_days"):
                _show(answer, looked, asked)
                return


def _of_kind(answer: Answer, kind: str) -> list[dict[str, object]]:
    language = address.language()
    return [{**row, "name": item_name(row, language)} for row in answer.rows if row["kind"] == kind]


def _show(answer: Answer, looked: Looked, dimension: str) -> None:
    language = address.language()
    rows = _of_kind(answer, "processing_days")
    exhibit(
        answer,
        title=address.text(f"authority.waiting.title.{dimension}"),
        note=address.text("authority.waiting.note", period=looked.in_words()),
        finding=address.text("authority.waiting.finding"),
        figure=waiting(rows[:SHOWN], language, address.theme()),
        columns={
            "name": Column(address.text("authority.parts.item_head")),
            "median": Column(address.text("authority.waiting.median"), "count"),
            "p90": Column(address.text("authority.waiting.p90"), "count"),
        },
        rows=rows,
        key="waiting",
    )
