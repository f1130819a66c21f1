"""What a visitor reads when a page fails: a sentence in both languages instead of Streamlit's own."""

from __future__ import annotations

import logging

import streamlit as st

from dunghen.scope import LANGUAGES
from dunghen.words import say

_log = logging.getLogger(__name__)


def show_failure(error: Exception) -> bool:
    """Says that a page failed and sends the traceback to the log; True means that nothing else is shown."""
    _log.error("A page failed", exc_info=error)
    for language in LANGUAGES:
        st.error(f"{say('trouble.broken', language)}. {say('trouble.broken_detail', language)}")
    return True
