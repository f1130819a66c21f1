"""The scores of one authority in one edition and period: where points are gained and lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import streamlit as st

from dunghen import questions
from dunghen.figures.criteria import breakdown
from dunghen.scope import Scope
from dunghen.ui import address
from dunghen.ui.exhibit import exhibit
from dunghen.ui.table import Column, plain, text_table
from dunghen.words import formats, sentences

if TYPE_CHECKING:
    from decimal import Decimal

    from dunghen.questions import Answer

Row = Mapping[str, Any]

TOTAL = "TOTAL"


@dataclass(frozen=True)
class Sheet:
    """One index, edition and period: scores are never laid side by side across two of them."""

    index_code: str
    edition: str
    first_day: dt.date
    last_day: dt.date

    @classmethod
    def of(cls, row: Row) -> Self:
        """The sheet that a row of scores or of editions belongs to."""
        return cls(row["index_code"], row["edition"], row["first_day"], row["last_day"])

    def scope(self, **fields: Any) -> Scope:
        """A scope that asks for this sheet."""
        return Scope(
            index_code=self.index_code,
            edition=self.edition,
            first_day=self.first_day,
            last_day=self.last_day,
            **fields,
        )


def show_breakdown(authority: Row, sheet: Sheet) -> None:
    """Total, grade and sums in words; the criteria, most points lost first; self beside appraised."""
    language = address.language()
    answer = questions.ask(
        "score_by_criterion", sheet.scope(authority_code=authority["authority_code"], language=language)
    )
    kinds = _by_kind(answer)
    rows = max(kinds.values(), key=len)
    total = next((row for row in rows if row["criterion_code"] == TOTAL), None)
    criteria = [row for row in rows if row["criterion_code"] != TOTAL]
    with st.container(border=True):
        st.caption(plain(sheet_name(rows[0], language)))
        if total is not None:
            st.markdown(f"### {_total(total, authority, language)}")
        for line in (*_grade(total, language), *_sums(authority, sheet, criteria, language), *_notes(rows)):
            st.markdown(line)
    if criteria:
        _show_criteria(answer, criteria, authority, language)
    if len(kinds) > 1:
        _show_kinds(kinds, authority, language)


def sheet_name(row: Row, language: str) -> str:
    """The index, its edition and the period: "… · bản tiêu chí 2025 · tháng 10/2025"."""
    return " · ".join(
        (
            formats.name_in(row, "index_name", language),
            address.text("criteria.edition_name", edition=row["edition"]),
            formats.period_named(row, language),
        )
    )


def score_of_scale(row: Row, language: str) -> str:
    """A total with the scale it is out of, for a cell: "**87,75** / 100"."""
    if row["total_score"] is None:
        return f":gray[{address.text('criteria.rank_only')}]"
    total = f"**{formats.number(row['total_score'], language)}**"
    if row["unit"] == "percent":
        return f"{total}%"
    return f"{total} / {formats.number(row['scale_max'], language)}"


def rank_of_total(row: Row, authority: Row, language: str) -> str:
    """The rank as published, with what it counts: over units, over distinct scores, or not told."""
    return sentences.rank_text(
        row["published_rank"], row["published_rank_of"], row["rank_rule"], language, authority["level"]
    )


def _by_kind(answer: Answer) -> dict[tuple[str, str], list[Row]]:
    kinds: dict[tuple[str, str], list[Row]] = {}
    for row in answer.rows:
        kinds.setdefault((row["score_kind"], row["source_id"]), []).append(row)
    return kinds


def _total(total: Row, authority: Row, language: str) -> str:
    parts = []
    if total["score"] is not None:
        score = formats.number(total["score"], language)
        unit = "percent" if total["unit"] == "percent" else "points"
        parts.append(
            address.text(
                f"criteria.total.{unit}", score=score, max_score=formats.number(total["max_score"], language)
            )
        )
    rank = rank_of_total(total, authority, language)
    if rank:
        parts.append(address.text("criteria.ranked", rank=rank))
    return plain(" · ".join(parts))


def _grade(total: Row | None, language: str) -> list[str]:
    if total is None or total["grade_code"] is None:
        return []
    scope = Scope(index_code=total["index_code"], edition=total["edition"])
    rules = [
        row
        for row in questions.ask("grade_by_index", scope).rows
        if row["grade_code"] == total["grade_code"] and row["source_id"] == total["source_id"]
    ]
    threshold = next((row["min_share"] for row in rules if row["min_share"] is not None), None)
    key = "grade" if threshold is not None else "grade_without_threshold"
    return [
        address.text(
            f"criteria.{key}",
            grade=plain(formats.name_in(total, "grade_name", language)),
            threshold=formats.percent(threshold, language, decimals=0),
            scope=plain(formats.name_in(rules[0], "scope", language)) if rules else "",
        )
    ]


def _sums(authority: Row, sheet: Sheet, criteria: Sequence[Row], language: str) -> list[str]:
    asked = Scope(authority_code=authority["authority_code"])
    return [
        address.text(
            f"criteria.sums.{_agreement(row['difference'], len(criteria))}",
            criteria_sum=formats.number(row["criteria_sum"], language),
            total=formats.number(row["total_score"], language),
            difference=formats.number(abs(row["difference"]), language),
            max_sum=formats.number(row["max_score_sum"], language),
            scale=formats.number(row["scale_max"], language),
        )
        for row in questions.ask("score_sum_by_edition", asked).rows
        if Sheet.of(row) == sheet
    ]


def _agreement(difference: Decimal, parts: int) -> str:
    """Sums of parts rounded to two decimals can be half a hundredth off per part; more is a mismatch."""
    if difference == 0:
        return "same"
    return "rounded" if abs(difference) * 200 <= parts + 1 else "different"


def _notes(rows: Sequence[Row]) -> list[str]:
    notes = dict.fromkeys(formats.name_in(row, "note", address.language()) for row in rows)
    return [f":material/info: {plain(note)}" for note in notes if note]


def _show_criteria(answer: Answer, criteria: Sequence[Row], authority: Row, language: str) -> None:
    ranks = {row["criterion_code"]: rank_of_total(row, authority, language) for row in criteria}
    rows = [
        {
            **row,
            "criterion_name": formats.name_in(row, "criterion_name", language),
            "rank_text": ranks[row["criterion_code"]],
        }
        for row in criteria
    ]
    exhibit(
        answer,
        title=address.text("criteria.where_lost"),
        note=address.text(
            "criteria.where_lost_note",
            mark=formats.percent(sentences.LOW_SCORE_SHARE, language, decimals=0),
        ),
        finding=sentences.criteria_finding(rows, language),
        figure=breakdown(rows, ranks, language, address.theme()),
        columns=criterion_columns(),
        rows=rows,
        key=f"breakdown-{criteria[0]['index_code']}",
    )


def criterion_columns() -> dict[str, Column]:
    """Columns of a table of scores by criterion."""
    return {
        "criterion_name": Column(address.text("criteria.criterion")),
        "score": Column(address.text("criteria.score"), "number"),
        "max_score": Column(address.text("criteria.max_score"), "number"),
        "points_lost": Column(address.text("criteria.points_lost"), "number"),
        "score_share": Column(address.text("criteria.share"), "percent"),
        "rank_text": Column(address.text("criteria.published_rank")),
    }


def _show_kinds(kinds: Mapping[tuple[str, str], Sequence[Row]], authority: Row, language: str) -> None:
    """The total by everybody who gave one: the authority itself, the appraisers, each source."""
    totals = [row for rows in kinds.values() for row in rows if row["criterion_code"] == TOTAL]
    if len(totals) < 2:
        return
    with st.container(border=True):
        st.markdown(f"#### {address.text('criteria.kinds_title')}")
        text_table(
            (
                address.text("criteria.kind"),
                address.text("criteria.score"),
                address.text("criteria.published_rank"),
            ),
            [
                (
                    address.text(f"criteria.kinds.{row['score_kind']}"),
                    formats.number(row["score"], language),
                    plain(rank_of_total(row, authority, language)),
                )
                for row in totals
            ],
        )
