"""A report and the dossiers of the same period, side by side and never mixed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dunghen import questions
from dunghen.scope import Scope
from dunghen.ui import address
from dunghen.ui.exhibit import exhibit
from dunghen.ui.table import Column, text_table
from dunghen.words import formats, sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dunghen.questions import Answer

Row = dict[str, Any]

COUNTS = (
    "received", "early", "on_due_date", "on_time", "late", "resolved", "in_progress", "overdue",
)  # fmt: skip


def show_alike(authority: Mapping[str, Any], counts: Mapping[str, Any]) -> None:
    """What a report says and what the dossiers give, count by count; nothing where either is missing.

    `counts` is the row that the page looks at, of either kind.
    """
    if counts["first_day"] is None or counts["last_day"] is None:
        return
    other_kind = "published" if counts["record_kind"] == "dossiers" else "dossiers"
    other = _other(authority["authority_code"], counts, other_kind)
    if other is None:
        return
    answer, row = other
    published, dossiers = (row, counts) if other_kind == "published" else (counts, row)
    language = address.language()
    rows = [
        {
            "name": sentences.count_name(name, language),
            "published": published[name],
            "dossiers": dossiers[name],
        }
        for name in COUNTS
        if published[name] is not None
    ]
    exhibit(
        answer,
        title=address.text("authority.alike.title"),
        note=formats.period(counts["first_day"], counts["last_day"], language),
        finding=address.text("authority.alike.finding"),
        columns={
            "name": Column(address.text("authority.counts.what")),
            "published": Column(address.text("authority.record_kind.published"), "count"),
            "dossiers": Column(address.text("authority.record_kind.dossiers"), "count"),
        },
        rows=rows,
        body=lambda: text_table(
            (
                address.text("authority.counts.what"),
                address.text("authority.record_kind.published"),
                address.text("authority.record_kind.dossiers"),
            ),
            [
                (
                    str(one["name"]),
                    formats.count(one["published"], language),
                    formats.count(one["dossiers"], language),
                )
                for one in rows
            ],
        ),
        key="alike",
    )


def _other(code: str, counts: Mapping[str, Any], kind: str) -> tuple[Answer, Row] | None:
    scope = Scope(
        authority_code=code,
        first_day=counts["first_day"],
        last_day=counts["last_day"],
        record_kind=kind,
        is_run=kind == "dossiers",
    )
    answer = questions.ask("result_by_report", scope)
    same = ("first_day", "last_day", "coverage")
    for row in answer.rows:
        if row["is_whole"] and all(row[name] == counts[name] for name in same):
            return answer, row
    return None
