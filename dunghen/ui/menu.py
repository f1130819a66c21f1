"""The pages of the explorer under their addresses, and one snapshot for the whole of a view."""

from __future__ import annotations

import logging
from pathlib import Path

import streamlit as st

from dunghen import questions
from dunghen.addresses import PAGES
from dunghen.scope import LANGUAGES
from dunghen.ui import address
from dunghen.words import say

_log = logging.getLogger(__name__)
_SCRIPTS = Path(__file__).resolve().parents[2] / "pages"


def show_page() -> None:
    """Runs the page that the address asks for; everything it asks is asked of one snapshot.

    The menu itself is drawn by `frame.menu`, whose links keep the place: Streamlit's own would lose it.
    """
    pages = [
        st.Page(
            _SCRIPTS / page.script,
            title=address.text(f"page.{page.key}.title"),
            url_path=page.path.strip("/"),
            default=page.path == "/",
        )
        for page in PAGES
    ]
    st.set_page_config(layout="wide", page_icon=":material/schedule:")
    with questions.view():
        st.navigation(pages, position="hidden").run()


def show_failure(error: Exception) -> bool:
    """Says in words that a page failed, in both languages; the traceback goes to the log only.

    Returns True: nothing else is to be shown.
    """
    _log.error("A page failed", exc_info=error)
    for language in LANGUAGES:
        st.error(f"{say('trouble.broken', language)}. {say('trouble.broken_detail', language)}")
    return True
