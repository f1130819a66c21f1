"""Choosers whose choice stands in the address, as a code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dunghen.ui import address

# longer labels are cut off on a phone
LONGEST_ON_A_BUTTON = 34


def switch(label: str, field: str, options: Mapping[str, str], chosen: str | None, **along: Any) -> None:
    """A row of buttons, one per option (code → label); a click puts the code into the address.

    `along` are other fields to change with it (None takes one out of the address). With fewer than two
    options there is nothing to choose and nothing is shown.
    """
    if len(options) < 2:
        return
    picked = st.pills(
        label,
        list(options),
        default=chosen if chosen in options else None,
        format_func=lambda code: options[code],
        key=f"switch-{field}-{chosen}-{address.language()}",
        wrap=True,
    )
    if picked is not None and picked != chosen:
        address.put(**{field: picked, **along})


def pick(label: str, field: str, options: Mapping[str, str], chosen: str | None, **along: Any) -> None:
    """A list to pick one of many from (code → label); the pick goes into the address as its code.

    Typing into it finds words only as they are written, with their accents: for many names use a search.
    `along` as in `switch`.
    """
    if len(options) < 2:
        return
    codes = list(options)
    picked = st.selectbox(
        label,
        codes,
        index=codes.index(chosen) if chosen is not None and chosen in options else None,
        format_func=lambda code: options[code],
        key=f"pick-{field}-{chosen}-{address.language()}",
    )
    if picked is not None and picked != chosen:
        address.put(**{field: picked, **along})


def jump(label: str, options: Mapping[str, Mapping[str, Any]], chosen: str | None) -> None:
    """One of several addresses: label → fields, all put into the address at a click.

    Buttons, or a list where a label is too long for a button on a phone.
    """
    if len(options) < 2:
        return
    if any(len(option) > LONGEST_ON_A_BUTTON for option in options):
        names = list(options)
        now = names.index(chosen) if chosen is not None and chosen in options else None
        picked = st.selectbox(label, names, index=now, key=f"jump-{label}-{chosen}")
    else:
        picked = _buttons(label, options, chosen)
    if picked is not None and picked != chosen:
        address.put(**options[picked])


def _buttons(label: str, options: Mapping[str, Mapping[str, Any]], chosen: str | None) -> str | None:
    return st.pills(
        label,
        list(options),
        default=chosen if chosen in options else None,
        key=f"jump-{label}-{chosen}",
        wrap=True,
    )
