"""The authorities of one place in one edition: a heat map where there are criteria, else totals and ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from dunghen import questions
from dunghen.figures.criteria import heat_map
from dunghen.ui import address
from dunghen.ui.criteria.breakdown import TOTAL, Sheet, sheet_name
from dunghen.ui.exhibit import exhibit
from dunghen.ui.table import Column, plain, text_table
from dunghen.words import formats, sentences

if TYPE_CHECKING:
    from dunghen.questions import Answer
    from dunghen.scope import Scope

Row = Mapping[str, Any]

NAMED = 3
# with fewer authorities or criteria there is nothing to lay side by side
FEWEST = 2


def show_place(edition: Row, place: Row) -> None:
    """Every authority of the place and level with scores in this edition and period."""
    language = address.language()
    scope = Sheet.of(edition).scope(parent_code=place["authority_code"], level=edition["level"])
    answer = questions.ask("score_by_authority", scope)
    if edition["criteria"] < FEWEST or edition["authorities"] < FEWEST:
        _show_table(answer, edition, language)
        return
    _show_heat_map(answer, scope, edition, language)
    with st.expander(address.text("criteria.totals.open"), on_change="rerun", key="totals-box") as box:
        if box.open:
            _show_table(answer, edition, language)


def _show_heat_map(answer: Answer, scope: Scope, edition: Row, language: str) -> None:
    rows = [row for row in answer.rows if row["parent_criterion_code"] in (None, TOTAL)]
    exhibit(
        answer,
        title=address.text("criteria.heat.title"),
        note=sheet_name(edition, language) + ". " + address.text("criteria.heat.note", mark=_mark(language)),
        finding=_finding(scope, language),
        figure=heat_map(rows, language, address.theme()),
        columns={
            "authority_name": Column(address.text("authority.name")),
            "criterion_name": Column(address.text("criteria.criterion")),
            "score": Column(address.text("criteria.score"), "number"),
            "max_score": Column(address.text("criteria.max_score"), "number"),
            "score_share": Column(address.text("criteria.share"), "percent"),
        },
        rows=[row | {"criterion_name": formats.name_in(row, "criterion_name", language)} for row in rows],
        key="heat",
    )


def _mark(language: str) -> str:
    return formats.percent(sentences.LOW_SCORE_SHARE, language, decimals=0)


def _finding(scope: Scope, language: str) -> str:
    """Which criteria the middle authority loses most in, and how many are under the mark."""
    rows = questions.ask("criterion_by_parent", scope).rows
    return " ".join(
        address.text(
            "criteria.heat.finding",
            name=formats.name_in(row, "criterion_name", language),
            median=formats.percent(row["median_share"], language),
            lowest=formats.percent(row["lowest_share"], language),
            lowest_name=sentences.place_in_sentence(row["lowest_name"], language),
            under=formats.count(row["authorities_under_mark"], language),
            authorities=formats.count(row["authorities"], language),
            mark=_mark(language),
        )
        for row in rows[:NAMED]
    )


def _show_table(answer: Answer, edition: Row, language: str) -> None:
    totals = [row for row in answer.rows if row["criterion_code"] == TOTAL]
    exhibit(
        answer,
        title=address.text("criteria.totals.title"),
        note=sheet_name(edition, language),
        finding=address.text("criteria.totals.finding"),
        columns={
            "authority_name": Column(address.text("authority.name")),
            "score": Column(address.text("criteria.score"), "number"),
            "max_score": Column(address.text("criteria.max_score"), "number"),
            "published_rank": Column(address.text("criteria.published_rank"), "count"),
        },
        rows=totals,
        body=lambda: text_table(
            (
                address.text("authority.name"),
                address.text("criteria.score"),
                address.text("criteria.published_rank"),
            ),
            _lines(totals, edition, language),
        ),
        key="totals",
    )


def _lines(totals: Sequence[Row], edition: Row, language: str) -> list[tuple[str, str, str]]:
    sheet = Sheet.of(edition)
    lines = []
    for row in totals:
        path = address.path_to(
            "criteria",
            authority_code=row["authority_code"],
            index_code=sheet.index_code,
            edition=sheet.edition,
            first_day=sheet.first_day,
            last_day=sheet.last_day,
        )
        rank = sentences.rank_text(
            row["published_rank"], row["published_rank_of"], row["rank_rule"], language, edition["level"]
        )
        lines.append((f"[{plain(row['authority_name'])}]({path})", _score(row, language), plain(rank)))
    return lines


def _score(row: Row, language: str) -> str:
    if row["score"] is None:
        return f":gray[{address.text('criteria.rank_only')}]"
    return f"**{formats.number(row['score'], language)}** / {formats.number(row['max_score'], language)}"


def show_nothing(place: Row) -> None:
    """A place without scores: that in words, and where there are scores."""
    st.markdown(address.text("criteria.nothing", name=plain(place["authority_name"])))
