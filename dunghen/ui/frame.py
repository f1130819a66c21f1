"""The frame of every page: menu, search, title, and at the foot what every page must say."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import streamlit as st

from dunghen import questions
from dunghen.addresses import LIGHT_SEARCH, PAGES
from dunghen.scope import ADDRESS_NAMES, BadParameterError, Scope
from dunghen.ui import address
from dunghen.ui.search_box import search_box
from dunghen.ui.table import plain, small
from dunghen.words import formats
from dunghen.words.parameters import allowed_in

if TYPE_CHECKING:
    from collections.abc import Mapping

_HERE = Path(__file__).parent
PLACES = ("nation", "province", "district")
LONGEST_NAMES = 120


def scope_or_stop(page_key: str, **defaults: Any) -> Scope:
    """The scope in the address of a page, `defaults` where it says nothing.

    A value that cannot be one is told in words, with what is allowed and the page without it; ends the page.
    """
    try:
        return address.read_scope(**defaults)
    except BadParameterError as error:
        stop_at_bad_parameter(page_key, error)


def stop_at_bad_parameter(page_key: str, error: BadParameterError) -> NoReturn:
    """Tells in words which part of the address cannot be understood, offers the page without it, and ends."""
    menu(None)
    title(address.text("frame.bad_title"))
    st.markdown(
        address.text(
            "frame.bad_parameter",
            parameter=plain(error.parameter),
            value=plain(error.value),
            allowed=allowed_in(address.language(), error),
        )
    )
    page = address.text(f"page.{page_key}.menu")
    label = address.text("frame.without_parameter", page=page, parameter=plain(error.parameter))
    address.link(label, page_key, **address.without(error.parameter))
    address.link(address.text("frame.way_home"), "overview")
    footer()
    st.stop()


def authority_or_stop(authority_code: str | None, *, field: str) -> Mapping[str, Any]:
    """The authority of a code in the address; a code that is none is told in words and ends the page.

    A code of the national portal is put right in the address."""
    found = questions.ask("authority_by_code", Scope(authority_code=authority_code)).one
    if found is None:
        own = questions.code_of_portal(authority_code or "")
        if own is not None:
            address.put(**{ADDRESS_NAMES[field]: own})
        menu(None)
        st.title(address.text("frame.unknown_title"))
        st.markdown(address.text("frame.unknown_code", code=(authority_code or "")[:40], field=field))
        search_box(key="unknown")
        footer()
        st.stop()
    return found


def menu(place: Mapping[str, Any] | None) -> None:
    """The side: pages (which keep the place looked at), search, language, as-of day; and the look of all."""
    st.html(_styles())
    within, code = _place_codes(place)
    with st.sidebar:
        st.markdown("**Đúng Hẹn**")
        for page in PAGES:
            fields = {} if page.key in ("overview", "data") else {"parent_code": within}
            if page.key == "authority":
                fields = {"authority_code": code}
            address.link(address.text(f"page.{page.key}.menu"), page.key, **fields)
        search_box(key="side")
        _language_switch()
        st.caption(address.text("frame.as_of", day=_as_of(place)))


@cache
def _styles() -> str:
    """What Streamlit's theme cannot say: where the keyboard is, and how a page stands on paper."""
    return f"<style>{(_HERE / 'frame.css').read_text(encoding='utf-8')}</style>"


def title(heading: str, place: Mapping[str, Any] | None = None, note: str = "") -> None:
    """The way to the place as links, the heading, a line of note, that the place is imaginary if it is, and
    what of the address is not used."""
    trail = (
        [(place[f"{kind}_code"], place[f"{kind}_name"]) for kind in ("province", "parent")] if place else []
    )
    steps = dict.fromkeys(
        (code, name) for code, name in trail if code and place and code != place["authority_code"]
    )
    if steps:
        paths = [f"[{name}]({address.path_to('authority', authority_code=code)})" for code, name in steps]
        st.markdown(small(" › ".join(paths)))
    st.title(heading, anchor=False)
    if note:
        st.caption(note)
    if place is not None and place["illustrative"]:
        name = plain(place["authority_name"])
        st.warning(address.text("illustration.banner", name=name), icon=":material/science:")
    unused = address.unused()
    if unused:
        names = plain(", ".join(unused)[:LONGEST_NAMES])
        st.caption(address.text("frame.unused", names=names))


def footer(place: Mapping[str, Any] | None = None) -> None:
    """What every page says: not an official site, how fresh, how to report an error or answer.

    How fresh are the figures of the place looked at; without one those of the whole snapshot."""
    st.divider()
    st.markdown(
        small(
            address.text(
                "frame.footer",
                day=_as_of(place),
                snapshot=questions.snapshot_in_view().snapshot,
                data=address.path_to("data"),
                light=LIGHT_SEARCH,
            )
        )
    )


def _as_of(place: Mapping[str, Any] | None) -> str:
    return formats.day(questions.as_of(place["authority_code"] if place else None), address.language())


def _place_codes(place: Mapping[str, Any] | None) -> tuple[str | None, str | None]:
    if place is None:
        return None, None
    within = place["authority_code"] if place["level"] in PLACES else place["parent_code"]
    return within, place["authority_code"]


def _language_switch() -> None:
    here = address.language()
    names = {"vi": "Tiếng Việt", "en": "English"}
    other = "en" if here == "vi" else "vi"
    if st.button(names[other], key="language", type="tertiary", icon=":material/translate:"):
        address.put(language=other if other == "en" else None)
