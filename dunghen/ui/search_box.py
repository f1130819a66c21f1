"""Search as you type: a commune's name any way a visitor writes it, results as links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dunghen import questions
from dunghen.scope import Scope
from dunghen.ui import address
from dunghen.ui.table import plain
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
        _show_hit(row)
    if found.total > len(found.rows):
        st.caption(address.text("search.more", total=formats.count(found.total, address.language())))


def _show_hit(row: Mapping[str, Any]) -> None:
    with st.container(gap=None):
        icon = ":material/bar_chart:" if row["has_figures"] else None
        address.link(name_and_place(row), "authority", icon=icon, authority_code=row["authority_code"])
        if about := figures_and_end(row):
            st.caption(about)


def name_and_place(row: Mapping[str, Any]) -> str:
    """What tells an authority from its namesakes: name, era, places around without their kinds.

    It is the text of a link, which does not wrap: a phone would cut a longer one off at its edge.
    """
    places = [row["parent_name"], row["province_name"]]
    around = [place for place in places if place and place not in (row["authority_name"], "Việt Nam")]
    former = f" ({address.text('search.former_short')})" if row["era"] == "former" else ""
    parts = [
        f"**{plain(row['authority_name'])}**{former}",
        plain(", ".join(dict.fromkeys(without_kind(place) for place in around))),
    ]
    return " · ".join(part for part in parts if part)


def figures_and_end(row: Mapping[str, Any]) -> str:
    """That it is imaginary, whether it has figures, until when a former one was one; empty without any."""
    parts = [
        address.text("illustration.label") if row["illustrative"] else "",
        address.text("search.has_figures") if row["has_figures"] else "",
        _until(row) if row["era"] == "former" else "",
    ]
    return " · ".join(part for part in parts if part)


def _until(row: Mapping[str, Any]) -> str:
    return address.text(
        "search.former_bound" if row["valid_to_is_bound"] else "search.former",
        day=formats.day(row["valid_to"], address.language()),
    )
