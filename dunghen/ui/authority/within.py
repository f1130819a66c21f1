"""Who lies within a place: the way down from a nation, a province or a district."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import streamlit as st

from dunghen import questions
from dunghen.scope import Scope
from dunghen.ui import address
from dunghen.ui.table import plain
from dunghen.words import formats, sentences

if TYPE_CHECKING:
    from collections.abc import Mapping


def show_within(authority: Mapping[str, Any]) -> None:
    """All authorities of the place as links, level by level, drawn when opened; nothing where none lie."""
    language = address.language()
    # a former place holds former authorities only; a current one is left with those it has today
    era = "current" if authority["valid_to"] is None else "all"
    scope = Scope(parent_code=authority["authority_code"], era=era)
    rows = questions.ask("authority_by_parent", scope).rows
    if not rows:
        return
    label = address.text(
        "authority.within.title",
        count=formats.count(len(rows), language),
        name=plain(authority["authority_name"]),
    )
    with st.expander(label, on_change="rerun", key="within") as box:
        if box.open:
            for level, those in groupby(sorted(rows, key=_level), key=_level):
                _show_level(level, list(those), language)


def _level(row: Mapping[str, Any]) -> str:
    return str(row["level"])


def _show_level(level: str, rows: list[Mapping[str, Any]], language: str) -> None:
    name = sentences.level_name(level, language)
    st.caption(
        address.text(
            "authority.within.level",
            level=name[:1].upper() + name[1:],
            count=formats.count(len(rows), language),
        )
    )
    st.markdown(" · ".join(_link(row) for row in rows))


def _link(row: Mapping[str, Any]) -> str:
    path = address.path_to("authority", authority_code=row["authority_code"])
    link = f"[{plain(row['authority_name'])}]({path})"
    return f"**{link}**" if row["has_figures"] else link
