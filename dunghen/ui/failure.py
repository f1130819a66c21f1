"""What a visitor reads when a page fails: a sentence in both languages instead of Streamlit's own."""

from __future__ import annotations

import streamlit as st

from dunghen.scope import LANGUAGES
from dunghen.words import say


def show_failure(_error: Exception) -> bool:
    """Says that a page failed; True means that nothing else is shown. Streamlit has logged the traceback."""
    for language in LANGUAGES:
        st.error(f"{say('trouble.broken', language)}. {say('trouble.broken_detail', language)}")
    return True
