"""What the figures cannot tell, and how people are kept out of them."""

from __future__ import annotations

import streamlit as st

from dunghen import questions
from dunghen.ui import address
from dunghen.words import formats


def show() -> None:
    """What is not known, and how small numbers are treated; where to read what was held back."""
    language = address.language()
    held = questions.ask("snapshot_by_id").rows[0]
    for part in ("unknown", "uncertainty", "eras", "privacy"):
        st.subheader(address.text(f"data.{part}.title"), anchor=False)
        st.markdown(
            address.text(
                f"data.{part}.text",
                authorities=formats.count(held["authorities"], language),
                with_figures=formats.count(held["authorities_with_figures"], language),
            )
        )
    address.link(address.text("data.dossiers.more"), "data", muc="ho-so")
