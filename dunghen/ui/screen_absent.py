"""What stands on the wall where it has nothing to show: why, and where there is something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dunghen import illustration, questions
from dunghen.scope import Scope
from dunghen.ui import address
from dunghen.ui.board import board, template
from dunghen.ui.search_box import search_box
from dunghen.words import sentences

Row = Mapping[str, Any]
Links = list[tuple[str, str]]

PLACES_OFFERED = 3


def show_not_that(place: Row) -> None:
    """The address asks for a level, period or definition that this place cannot be compared by."""
    code = place["authority_code"]
    ways_on = [
        (address.text("screen.latest"), address.path_to("screen", parent_code=code)),
        (address.text("screen.choices"), address.path_to("compare", parent_code=code)),
    ]
    _show(place, address.text("screen.not_that"), ways_on)


def show_nothing(place: Row) -> None:
    """A place without a rate or scores: says so, and leads to what there is and to other places."""
    code, language = place["authority_code"], address.language()
    related = questions.ask("related_by_authority", Scope(authority_code=code)).rows
    sentence = " ".join(
        filter(None, (address.text("screen.nothing"), sentences.era_text(place, related, language)))
    )
    own = address.text("screen.own", name=place["authority_name"])
    _show(
        place,
        sentence,
        [(own, address.path_to("authority", authority_code=code))],
        _elsewhere(place, related),
    )


def _elsewhere(place: Row, related: Sequence[Row]) -> Links:
    """Screens with something on them: of what became of the place, of places around it, of any other."""
    heirs = [row["authority_code"] for row in related if row["direction"] == "successor"]
    compared = [row["authority_code"] for row in questions.ask("place_by_comparison").rows]
    codes = dict.fromkeys([*heirs, place["parent_code"], place["province_code"], *dict.fromkeys(compared)])
    offered: Links = []
    for code in codes:
        other = code and questions.ask("authority_by_code", Scope(authority_code=code)).one
        if other and code != place["authority_code"] and board(other, Scope(parent_code=code)).views:
            offered.append((other["authority_name"], address.path_to("screen", parent_code=code)))
        if len(offered) == PLACES_OFFERED:
            break
    return offered


def _show(place: Row, sentence: str, ways_on: Links, elsewhere: Sequence[tuple[str, str]] = ()) -> None:
    said = {
        "name": place["authority_name"],
        "sample": illustration.label(address.language()) if place["illustrative"] else "",
        "sentence": sentence,
        "ways_on": ways_on,
        "elsewhere": elsewhere,
        "choose": address.text("screen.choose"),
    }
    st.html(template("screen_absent.html").render(part="why", **said))
    if elsewhere:
        search_box(key="screen", prominent=True)
    foot = address.text("screen.foot", snapshot=questions.snapshot_in_view().snapshot[:8])
    st.html(template("screen_absent.html").render(part="foot", foot=foot))
