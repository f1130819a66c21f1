"""Having the figures: downloads, the API, how to cite, how to correct, under which terms."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import streamlit as st

from dunghen import questions
from dunghen.ui import address
from dunghen.ui.table import plain
from dunghen.words import formats

# What is worth having as a table: the name in dunghen/words/ → its address.
TABLES = {
    "provinces": "/api/v1/compare.csv?parent=VN",
    "communes_of_phu_tho": "/api/v1/compare.csv?parent=25",
    "sources": "/api/v1/sources.csv",
    "checks": "/api/v1/checks.csv",
    "indices": "/api/v1/indices.csv",
    "results": "/api/v1/authorities/296/results.csv",
    "scores": "/api/v1/authorities/11203-2024/scores.csv",
}
EXAMPLES = {
    "start": "/api/v1/",
    "search": f"/api/v1/authorities?q={quote('dong tam')}&limit=3",
    "identity": "/api/v1/authorities/11203-2024",
    "counts": "/api/v1/authorities/296/results",
    "criteria": "/api/v1/authorities/11203-2024/scores?edition=2022",
    "compare": "/api/v1/compare?parent=25",
    "openapi": "/api/v1/openapi.json",
}


def show() -> None:
    """Tables to download, addresses for programs, and what to write beside a figure taken from here."""
    _addresses("downloads", TABLES)
    _addresses("api", EXAMPLES)
    language, snapshot = address.language(), questions.snapshot_in_view()
    site = urlsplit(st.context.url or "")
    st.subheader(address.text("data.cite.title"), anchor=False)
    st.markdown(address.text("data.cite.lead"))
    cited = address.text(
        "data.cite.text",
        site=f"{site.scheme}://{site.netloc}",
        snapshot=snapshot.snapshot,
        day=formats.day(snapshot.as_of, language),
    )
    st.markdown(f"> {plain(cited)}")
    for part in ("error", "statement", "licence"):
        st.subheader(address.text(f"data.{part}.title"), anchor=False)
        st.markdown(address.text(f"data.{part}.text"))


def _addresses(part: str, paths: dict[str, str]) -> None:
    st.subheader(address.text(f"data.{part}.title"), anchor=False)
    st.markdown(address.text(f"data.{part}.lead"))
    lines = (
        f"- {address.text(f'data.{part}.{name}')}  \n  [{plain(path)}]({path})"
        for name, path in paths.items()
    )
    st.markdown("\n".join(lines))
