"""The pages of the explorer under their addresses, and one snapshot for the whole of a view."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dunghen import questions
from dunghen.addresses import PAGES
from dunghen.ui import address

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
    page = st.navigation(pages, position="hidden")
    try:
        with questions.view():
            page.run()
    finally:
        # A link from a page to itself with other parameters leaves the browser's address as it was; told
        # again, it follows. Where it is right already, nothing happens there.
        st.query_params.update({})
