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
    """The parent's newest headline, named as the parent's; a link to the parent in any case."""
    if authority["parent_code"] is None:
        return
    language = address.language()
    name = plain(authority["parent_name"])
    figure = questions.ask("headline_by_authority", Scope(authority_code=authority["parent_code"])).one
    with st.container(border=True):
        if figure is None or figure["rate"] is None:
            st.markdown(address.text("authority.without.parent_nothing", parent=name))
        else:
            st.markdown(address.text("authority.without.parent", parent=name, name=_name(authority)))
            st.markdown(
                f"**{formats.percent(figure['rate'], language)}** · "
                f"{plain(sentences.headline(figure, language))}"
            )
        address.link(
            address.text("authority.without.parent_link", parent=name),
            "authority",
            authority_code=authority["parent_code"],
        )


def show_how_to_publish() -> None:
    """How an office can have its figures shown here."""
    with st.container(border=True):
        st.markdown(f"#### {address.text('authority.without.publish_title')}")
        st.markdown(address.text("authority.without.publish"))
        address.link(address.text("authority.without.publish_link"), "data")


def _name(authority: Mapping[str, Any]) -> str:
    return plain(authority["authority_name"])
