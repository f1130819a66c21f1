"""An authority without figures of its own: whose figures there are, and how its office can publish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dunghen import questions
from dunghen.scope import Scope
from dunghen.ui import address
from dunghen.ui.table import plain
from dunghen.words import formats, sentences

if TYPE_CHECKING:
    from collections.abc import Mapping


def show_parent(authority: Mapping[str, Any]) -> None:
    """The newest headline of the nearest place above that has one, named as that place's; a link to it."""
    above = dict.fromkeys(
        (authority[f"{place}_code"], authority[f"{place}_name"])
        for place in ("parent", "province")
        if authority[f"{place}_code"] not in (None, authority["authority_code"])
    )
    if not above:
        return
    language = address.language()
    with st.container(border=True):
        for code, name in above:
            figure = questions.ask("headline_by_authority", Scope(authority_code=code)).one
            if figure is not None and figure["rate"] is not None:
                _show_figure_of(name, figure, authority, language)
                return
            st.markdown(address.text("authority.without.parent_nothing", parent=plain(name)))
            _link_to(code, name)


def _show_figure_of(
    name: str, figure: Mapping[str, Any], authority: Mapping[str, Any], language: str
) -> None:
    own = plain(authority["authority_name"])
    st.markdown(address.text("authority.without.parent", parent=plain(name), name=own))
    st.markdown(
        f"**{formats.percent(figure['rate'], language)}** · {plain(sentences.headline(figure, language))}"
    )
    _link_to(figure["authority_code"], name)


def _link_to(code: str, name: str) -> None:
    address.link(
        address.text("authority.without.parent_link", parent=plain(name)), "authority", authority_code=code
    )


def show_how_to_publish() -> None:
    """How an office can have its figures shown here."""
    with st.container(border=True):
        st.markdown(f"#### {address.text('authority.without.publish_title')}")
        st.markdown(address.text("authority.without.publish"))
        address.link(address.text("authority.without.publish_link"), "data")
