"""The address is the state: reading a scope out of it, changing it, and links that keep a state."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import streamlit as st

from dunghen.addresses import PAGES
from dunghen.scope import ADDRESS_NAMES, Scope
from dunghen.words import say

_SCRIPTS = Path(__file__).resolve().parents[2] / "pages"
# The short name that stands for each identifier in the addresses of the pages.
_SHORT = {
    "authority_code": "ma",
    "parent_code": "trong",
    "level": "cap",
    "first_day": "tu",
    "last_day": "den",
    "definition_code": "cach",
    "index_code": "bo",
    "edition": "ban",
    "criterion_code": "tieu-chi",
    "dimension": "theo",
    "record_kind": "so-lieu",
    "language": "lang",
}
# What a page reads in its address beside a scope, and what Streamlit reads.
_NO_FIELDS = {"chon", "xem", "muc", "bang", "giay", "dung", "embed", "embed_options"}
# What those who pass a link on hang onto it: no visitor typed it.
_MARKS_OF_SENDERS = {"fbclid", "gclid", "zarsrc"}


def language() -> str:
    """The language the address asks for: `vi` unless it says `en`."""
    return "en" if "en" in (st.query_params.get("lang"), st.query_params.get("ngon-ngu")) else "vi"


def text(key: str, **values: object) -> str:
    """A text of dunghen/words/ in the visitor's language."""
    return say(key, language(), **values)


def read_scope(**defaults: Any) -> Scope:
    """The scope in the address, `defaults` where it says nothing; raises `BadParameterError`."""
    return Scope.from_address(st.query_params.to_dict(), **defaults)


def unused() -> list[str]:
    """The parameters of the address that no page knows, as they stand there; marks of senders left out."""
    fields = {field.name for field in dataclasses.fields(Scope)}
    known = fields | ADDRESS_NAMES.keys() | _NO_FIELDS | _MARKS_OF_SENDERS
    return [name for name in st.query_params if name not in known and not name.startswith("utm_")]


def without(parameter_name: str) -> dict[str, str]:
    """The parameters of the address but one, and but those that no page knows."""
    left_out = {parameter_name, "lang", *unused()}
    return {name: value for name, value in st.query_params.to_dict().items() if name not in left_out}


def parameter(name: str) -> str | None:
    """A parameter of the address that is no field of a scope, as it stands there; None without it."""
    return st.query_params.get(name)


def put(**fields: Any) -> None:
    """Changes the address by the fields of a scope (None takes one out) and shows the page anew."""
    for field, value in fields.items():
        for name in [name for name, meant in ADDRESS_NAMES.items() if meant == field] + [field]:
            st.query_params.pop(name, None)
        if value is not None:
            st.query_params[_SHORT.get(field, field)] = str(value)
    st.rerun()


def link(label: str, page_key: str, *, icon: str | None = None, **fields: Any) -> None:
    """A link to a page, with the fields of a scope in its address; the language goes along.

    The wall screen opens in a tab of its own, from the server: only so does it come up in its night colours.
    """
    page = next(page for page in PAGES if page.key == page_key)
    site = urlsplit(st.context.url or "")
    if page_key == "screen" and site.netloc:
        target = f"{site.scheme}://{site.netloc}{path_to(page_key, **fields)}"
        st.page_link(target, label=label, icon=icon, width="stretch")
        return
    st.page_link(
        _SCRIPTS / page.script,
        label=label,
        icon=icon,
        query_params=address_parameters(**fields),
        width="stretch",
    )


def address_parameters(**fields: Any) -> dict[str, str]:
    """The parameters of an address that says the given fields, in their short names; None is left out."""
    known = {_SHORT.get(field, field): str(value) for field, value in fields.items() if value is not None}
    return known | ({"lang": "en"} if language() == "en" else {})


def path_to(page_key: str, **fields: Any) -> str:
    """The same as `link`, as a path to write into text: `/don-vi?ma=25`."""
    page = next(page for page in PAGES if page.key == page_key)
    parameters = address_parameters(**fields)
    return page.path + (f"?{urlencode(parameters)}" if parameters else "")


def theme() -> str:
    """The ground the visitor reads on, `light` or `dark`: figures take their colours by it."""
    return "dark" if st.context.theme.type == "dark" else "light"
