"""Search as you type: a commune's name any way a visitor writes it, results as links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dunghen import questions
from dunghen.scope import Scope
from dunghen.ui import address
from dunghen.words import formats

if TYPE_CHECKING:
    from collections.abc import Mapping

SHOWN = 8


def search_box(*, key: str, prominent: bool = False) -> None:
    """A search field and, below it, up to eight authorities that go by what was typed, best first."""
    typed = st.text_input(
        address.text("search.label"),
        key=f"search-{key}",
        type="search",
        live=True,
        placeholder=address.text("search.placeholder"),
        label_visibility="visible" if prominent else "collapsed",
        max_chars=120,
        icon=":material/search:",
    )
    if not typed or not typed.strip():
        return
    found = questions.find(typed, Scope(limit=SHOWN))
    if not found.rows:
        st.markdown(address.text("search.nothing"))
    for row in found.rows:
        address.link(describe(row), "authority", authority_code=row["authority_code"])
    if found.total > len(found.rows):
        st.caption(address.text("search.more", total=formats.count(found.total, address.language())))


def describe(row: Mapping[str, Any]) -> str:
    """One line that tells an authority from its namesakes: name, places around, era, figures or not."""
    places = [row["parent_name"], row["province_name"]]
    around = ", ".join(
        dict.fromkeys(
            str(name) for name in places if name and name not in (row["authority_name"], "Việt Nam")
        )
    )
    parts = [f"**{row['authority_name']}**" + (f", {around}" if around else "")]
    if row["era"] == "former":
        parts.append(address.text("search.former", day=formats.day(row["valid_to"], address.language())))
    if row["has_figures"]:
        parts.append(address.text("search.has_figures"))
    return " · ".join(parts)
