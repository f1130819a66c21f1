"""A row of numbers, each with its name and what it is made of, that wraps on a phone."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from dunghen.ui.table import plain

# two fit beside each other on the narrowest phone, within the border of an exhibit too
WIDTH = 130


def show_tiles(tiles: Iterable[tuple[str, str, str]]) -> None:
    """One tile for each (name, number in words, detail as markdown)."""
    with st.container(horizontal=True, gap="small"):
        for name, number, detail in tiles:
            with st.container(width=WIDTH, gap="xxsmall"):
                # the label of a metric is cut off on a phone: it stands below, where it wraps
                st.metric(name, number, label_visibility="collapsed")
                st.caption(f"**{plain(name)}**: {detail}" if detail else f"**{plain(name)}**")
