"""Search as you type: a commune's name any way a visitor writes it, results as links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dunghen import questions
from dunghen.scope import Scope
from dunghen.ui import address
from dunghen.words import formats
from dunghen.words.names import without_kind

if TYPE_CHECKING:
    from collections.abc import Mapping

SHOWN = 8
LONGEST = 120


def search_box(*, key: str, prominent: bool = False) -> None:
    """A search field and, below it, up to eight authorities that go by what was typed, best first."""
    typed = st.text_input(
        address.text("search.label"),
        key=f"search-{key}",
        type="search",
        live=True,
        placeholder=address.text("search.placeholder"),
        label_visibility="visible" if prominent else "collapsed",
        icon=":material/search:",
    )
    if not typed or not typed.strip():
        return
    found = questions.find(typed[:LONGEST], Scope(limit=SHOWN))
    if not found.rows:
        st.markdown(address.text("search.nothing"))
    for row in found.rows:
        icon = ":material/bar_chart:" if row["has_figures"] else None
        address.link(describe(row), "authority", icon=icon, authority_code=row["authority_code"])
    if found.total > len(found.rows):
        st.caption(address.text("search.more", total=formats.count(found.total, address.language())))


def describe(row: Mapping[str, Any]) -> str:
    """One line that tells an authority from its namesakes: name, era, places around, figures or not.

    What tells most stands first, and places without their kinds: a phone cuts the line off at its edge.
    """
    former = row["era"] == "former"
    places = [row["parent_name"], row["province_name"]]
    around = [name for name in places if name and name not in (row["authority_name"], "Việt Nam")]
    parts = [
        f"**{row['authority_name']}**" + (f" ({address.text('search.former_short')})" if former else ""),
        ", ".join(dict.fromkeys(without_kind(name) for name in around)),
        _until(row) if former else "",
        address.text("search.has_figures") if row["has_figures"] else "",
    ]
    return " · ".join(part for part in parts if part)


def _until(row: Mapping[str, Any]) -> str:
    return address.text(
        "search.former_bound" if row["valid_to_is_bound"] else "search.former",
        day=formats.day(row["valid_to"], address.language()),
    )
