"""What an index is made of: its child indicators with their maxima and rules, by edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from dunghen import questions
from dunghen.scope import Scope
from dunghen.ui import address
from dunghen.ui.criteria.breakdown import TOTAL
from dunghen.ui.exhibit import exhibit
from dunghen.ui.table import Column, plain, quiet, text_table
from dunghen.words import formats

if TYPE_CHECKING:
    from dunghen.questions import Answer

Row = Mapping[str, Any]


def show_rules(index_code: str, edition: str) -> None:
    """The indicators below the criteria, of every edition that has some; says when it is another edition."""
    answer = questions.ask("criterion_by_index", Scope(index_code=index_code))
    children = [row for row in answer.rows if row["parent_criterion_code"] not in (None, TOTAL)]
    if not children:
        return
    with st.expander(address.text("criteria.rules.open"), on_change="rerun", key="rules-box") as box:
        if box.open:
            _show_editions(answer, children, edition)


def _show_editions(answer: Answer, children: Sequence[Row], edition: str) -> None:
    language = address.language()
    parents = {(row["edition"], row["criterion_code"]): row for row in answer.rows}
    for other in dict.fromkeys(row["edition"] for row in children):
        rows = [
            _in_words(row, parents[other, row["parent_criterion_code"]], language)
            for row in children
            if row["edition"] == other
        ]
        _show_edition(answer, sorted(rows, key=_in_order), other, edition)


def _show_edition(answer: Answer, rows: Sequence[Row], shown: str, looked_at: str) -> None:
    other = address.text("criteria.rules.other_edition", edition=looked_at)
    exhibit(
        answer,
        title=address.text("criteria.rules.title", edition=shown),
        note="" if shown == looked_at else other,
        columns={
            "group_name": Column(address.text("criteria.rules.group")),
            "criterion_name": Column(address.text("criteria.criterion")),
            "max_score": Column(address.text("criteria.max_score"), "number"),
            "rule": Column(address.text("criteria.rules.rule")),
        },
        rows=rows,
        body=lambda: text_table(
            tuple(address.text(f"criteria.{head}") for head in ("criterion", "rules.rule")),
            [_cells(row) for row in rows],
        ),
        key=f"rules-{shown}",
    )


def _cells(row: Row) -> tuple[str, str]:
    most = address.text("criteria.rules.most", max_score=formats.number(row["max_score"], address.language()))
    name = f"{plain(row['criterion_name'])} {quiet(row['group_name'], most)}"
    return name, plain(row["rule"] or formats.UNKNOWN)


def _in_order(row: Row) -> tuple[int, int]:
    return row["group_position"], row["position"]


def _in_words(row: Row, parent: Row, language: str) -> dict[str, Any]:
    return {
        **row,
        "group_name": formats.name_in(parent, "criterion_name", language),
        "group_position": parent["position"],
        "criterion_name": formats.name_in(row, "criterion_name", language),
        "rule": formats.name_in(row, "rule", language),
    }
