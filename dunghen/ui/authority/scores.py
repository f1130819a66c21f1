"""Index scores on the page of an authority: the newest broken down, the others in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dunghen import questions
from dunghen.scope import Scope
from dunghen.ui import address
from dunghen.ui.criteria.breakdown import Sheet, rank_of_total, score_of_scale, show_breakdown
from dunghen.ui.table import plain, quiet, text_table
from dunghen.words import formats

if TYPE_CHECKING:
    from collections.abc import Mapping


def show_scores(authority: Mapping[str, Any]) -> None:
    """The newest edition with criteria, criterion by criterion; every other one by its total."""
    editions = questions.ask("edition_by_authority", Scope(authority_code=authority["authority_code"])).rows
    if not editions:
        return
    broken_down = next((row for row in editions if row["criteria"]), None)
    if broken_down is not None:
        show_breakdown(authority, Sheet.of(broken_down))
        address.link(
            address.text("authority.scores.more"),
            "criteria",
            icon=":material/bar_chart:",
            authority_code=authority["authority_code"],
        )
    others = [row for row in editions if row is not broken_down]
    if others:
        _show_totals(authority, others)


def _show_totals(authority: Mapping[str, Any], editions: list[dict[str, Any]]) -> None:
    language = address.language()
    with st.container(border=True):
        st.markdown(f"#### {address.text('authority.scores.others')}")
        st.caption(address.text("criteria.kept_apart"))
        text_table(
            (
                address.text("criteria.index"),
                address.text("criteria.score"),
                address.text("criteria.published_rank"),
            ),
            [
                (
                    _edition_link(authority, row, language),
                    score_of_scale(row, language),
                    plain(rank_of_total(row, authority, language)),
                )
                for row in editions
            ],
        )


def _edition_link(authority: Mapping[str, Any], row: Mapping[str, Any], language: str) -> str:
    path = address.path_to(
        "criteria",
        authority_code=authority["authority_code"],
        index_code=row["index_code"],
        edition=row["edition"],
        first_day=row["first_day"],
        last_day=row["last_day"],
    )
    name = plain(formats.name_in(row, "index_name", language))
    kind = "" if row["score_kind"] == "published" else address.text(f"criteria.kinds.{row['score_kind']}")
    return f"[{name}]({path}) {quiet(formats.period_named(row, language), kind)}"
