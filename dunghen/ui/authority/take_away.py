"""Statements, sources, and what a visitor can take along: link, QR code, embed code, downloads."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

import segno
import streamlit as st

from dunghen import questions
from dunghen.addresses import EMBEDDED, LIGHT_SEARCH
from dunghen.scope import Scope
from dunghen.ui import address
from dunghen.ui.exhibit import sources
from dunghen.ui.table import plain
from dunghen.words import formats

if TYPE_CHECKING:
    from collections.abc import Mapping

Row = dict[str, Any]


def show_statements(authority: Mapping[str, Any]) -> None:
    """What the authority has stated about its figures, beside them and in full."""
    language = address.language()
    asked = Scope(authority_code=authority["authority_code"])
    for row in questions.ask("statement_by_authority", asked).rows:
        with st.container(border=True):
            day = formats.day(row["made_on"], language)
            st.markdown(f"#### {address.text('authority.statement', day=day)}")
            st.markdown(f"> {plain(formats.name_in(row, 'statement', language))}")
            sources({row["source_id"]})


def show_sources(authority: Mapping[str, Any]) -> None:
    """Every source that speaks of the authority."""
    asked = Scope(authority_code=authority["authority_code"])
    found = questions.ask("source_by_authority", asked).rows
    if found:
        with st.container(border=True):
            st.markdown(f"#### {address.text('authority.sources')}")
            sources({row["source_id"] for row in found})


def show_take_away(authority: Mapping[str, Any], counts: Row | None) -> None:
    """Permanent link and QR code to the light page, embed code, downloads as CSV and as form II.06a.

    `counts` is the row of the report or the dossiers looked at, None without one.
    """
    code = authority["authority_code"]
    site = site_address()
    with st.container(border=True):
        st.markdown(f"#### {address.text('authority.take.title')}")
        st.caption(address.text("authority.take.link"))
        st.code(site + address.path_to("authority", authority_code=code), language=None, wrap_lines=True)
        st.markdown(
            address.text(
                "authority.take.downloads",
                results=f"/api/v1/authorities/{code}/results.csv",
                scores=f"/api/v1/authorities/{code}/scores.csv",
                light=f"{LIGHT_SEARCH}/{code}",
            )
        )
        if counts is not None and counts["first_day"] and counts["last_day"] and counts["is_whole"]:
            st.markdown(address.text("authority.take.form", link=_form(code, counts)))
        with st.container(horizontal=True, gap="small"):
            _qr_code(f"{site}{LIGHT_SEARCH}/{code}")
            _embed_code(f"{site}{EMBEDDED}{code}", authority["authority_name"])


def _form(code: str, counts: Row) -> str:
    """The address of form II.06a of the period and kind of figures looked at."""
    asked = {
        "from": counts["first_day"],
        "to": counts["last_day"],
        "coverage": counts["coverage"] if counts["coverage"] in ("own", "area") else None,
        "record_kind": counts["record_kind"],
        "lang": "en" if address.language() == "en" else None,
    }
    query = urlencode({name: value for name, value in asked.items() if value is not None})
    return f"/api/v1/authorities/{quote(code)}/form-ii06a.xlsx?{query}"


def site_address() -> str:
    """Scheme and host the visitor came by, without a path: what a link for others starts with."""
    here = urlsplit(st.context.url or "")
    return f"{here.scheme}://{here.netloc}" if here.netloc else ""


def _qr_code(link: str) -> None:
    with st.popover(
        address.text("authority.take.qr"), icon=":material/qr_code_2:", key="qr", on_change="rerun"
    ) as box:
        if box.open:
            picture = io.BytesIO()
            segno.make(link, error="m").save(picture, kind="png", scale=8, border=4)
            st.image(picture, width=240, alt=address.text("authority.take.qr_alt", link=link))
            st.caption(plain(link))
            st.download_button(
                "PNG",
                data=picture.getvalue(),
                file_name=f"dunghen-{link.rsplit('/', 1)[-1]}.png",
                mime="image/png",
                key="qr-png",
                on_click="ignore",
                type="tertiary",
            )


def _embed_code(link: str, name: str) -> None:
    with st.popover(
        address.text("authority.take.embed"), icon=":material/code:", key="embed", on_change="rerun"
    ) as box:
        if box.open:
            st.caption(address.text("authority.take.embed_note"))
            title = address.text("authority.take.embed_title", name=name)
            frame = f'<iframe src="{link}" title="{title}" width="320" height="260" loading="lazy"></iframe>'
            st.code(frame, language="html", wrap_lines=True)
