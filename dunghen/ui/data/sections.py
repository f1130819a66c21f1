"""The sections of the page: chosen in the address, drawn one at a time so that the page is there at once."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dunghen.ui import address, choosers
from dunghen.ui.data import checks, definitions, dictionary, intake, limits, provenance, reuse

# The word in the address → what draws the section.
SECTIONS: dict[str, Callable[[], None]] = {
    "dinh-nghia": definitions.show,
    "nguon": provenance.show_sources,
    "chua-khop": provenance.show_oddities,
    "kiem-tra": checks.show,
    "ho-so": intake.show,
    "tu-dien": dictionary.show,
    "tai-ve": reuse.show,
    "gioi-han": limits.show,
}


def show_section() -> None:
    """The choice of sections and the one that the address names; a name that is none is told in words."""
    asked = st.query_params.get("muc") or next(iter(SECTIONS))
    known = asked if asked in SECTIONS else next(iter(SECTIONS))
    names = {name: address.text(f"data.section.{name}") for name in SECTIONS}
    choosers.switch(address.text("data.choose"), "muc", names, known)
    if asked != known:
        st.warning(address.text("data.unknown_section", asked=asked[:40]))
    st.header(names[known], anchor=False)
    SECTIONS[known]()
