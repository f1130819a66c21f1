"""The menu: every page of the explorer under its address, in the visitor's language."""

from __future__ import annotations

import logging
from pathlib import Path

import streamlit as st

from dunghen.addresses import PAGES
from dunghen.scope import LANGUAGES
from dunghen.words import say

_log = logging.getLogger(__name__)
_SCRIPTS = Path(__file__).resolve().parents[2] / "pages"


def show_page() -> None:
    """Draws the menu and runs the page that the address asks for."""
    language = "en" if "en" in (st.query_params.get("lang"), st.query_params.get("ngon-ngu")) else "vi"
    pages = [
        st.Page(
            _SCRIPTS / page.script,
            title=say(f"page.{page.key}.menu", language),
            url_path=page.path.strip("/"),
            default=page.path == "/",
        )
        for page in PAGES
    ]
    chosen = st.navigation(pages)
    st.set_page_config(page_title=say(f"page.{_key(chosen.url_path)}.title", language), layout="wide")
    chosen.run()


def _key(url_path: str) -> str:
    return next(page.key for page in PAGES if page.path.strip("/") == url_path)


def show_failure(error: Exception) -> bool:
    """Says in words that a page failed, in both languages; the traceback goes to the log only.

    Returns True: nothing else is to be shown."""
    _log.error("A page failed", exc_info=error)
    for language in LANGUAGES:
        st.error(f"{say('trouble.broken', language)}. {say('trouble.broken_detail', language)}")
    return True
