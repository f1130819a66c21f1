"""The wall screen itself: it turns by the clock, picks up a new snapshot by itself, and can be stopped."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

import segno
import streamlit as st

from dunghen import questions
from dunghen.clock import VIETNAM
from dunghen.scope import BadParameterError, Scope
from dunghen.ui import address, frame
from dunghen.ui.board import Board, board, markup, styles
from dunghen.ui.screen_absent import show_not_that, show_nothing
from dunghen.ui.turning import Turning

Row = Mapping[str, Any]

SECONDS_BETWEEN_REFRESHES = 1


def read_turning() -> Turning:
    """How the address wants the screen to turn; what it cannot mean is told in words and ends the page."""
    try:
        return Turning.from_address(st.query_params.to_dict())
    except BadParameterError as error:
        frame.stop_at_bad_parameter("screen", error)


def wall(place: Row, scope: Scope, turning: Turning) -> None:
    """Shows `place` on the wall, for as long as the page is open; says so where there is nothing to show."""
    st.html(styles())
    bare = Scope(parent_code=place["authority_code"])
    if questions.settle(scope) is None and questions.settle(bare) is not None:
        show_not_that(place)
        return
    if not board(place, scope).views:
        show_nothing(place)
        return
    _refresh(place["authority_code"], scope, turning)


@st.fragment(run_every=SECONDS_BETWEEN_REFRESHES)
def _refresh(code: str, scope: Scope, turning: Turning) -> None:
    """One refresh: everything in it is asked of the snapshot that is in place now."""
    with questions.view():
        place = questions.ask("authority_by_code", Scope(authority_code=code)).one
        shown = place and board(place, scope)
        if not shown or not shown.views:
            st.html(f'<p class="dh-wall">{address.text("screen.gone")}</p>')
            return
        now = time.time()
        view, seconds_left = turning.at(now, shown.views)
        st.html(markup(shown, view))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if len(turning.shown(shown.views)) > 1:
                _buttons(shown, view, turning)
            st.html(_clock(shown, view, turning, now, seconds_left))


def _buttons(shown: Board, view: str, turning: Turning) -> None:
    steps = (
        ("previous", ":material/chevron_left:", "Left", turning.beside(view, -1, shown.views)),
        ("next", ":material/chevron_right:", "Right", turning.beside(view, 1, shown.views)),
    )
    for key, icon, shortcut, target in steps:
        if st.button(address.text(f"screen.{key}"), key=key, icon=icon, shortcut=shortcut):
            _hold(target)
    if turning.held:
        if st.button(address.text("screen.go_on"), key="turn", icon=":material/play_arrow:", shortcut="P"):
            _hold(None)
    elif st.button(address.text("screen.stop"), key="turn", icon=":material/pause:", shortcut="P"):
        _hold(view)


def _hold(view: str | None) -> None:
    """Writes into the address that the screen stands still on a view, or that it turns."""
    if view is None:
        st.query_params.pop("dung", None)
    else:
        st.query_params["dung"] = view
    st.rerun()


def _clock(shown: Board, view: str, turning: Turning, now: float, seconds_left: int) -> str:
    views = turning.shown(shown.views)
    parts = []
    if len(views) > 1:
        dots = "".join("●" if known == view else "○" for known in views)
        parts = [f"{views.index(view) + 1 if view in views else '–'} / {len(views)}", dots]
        parts.append(
            address.text("screen.held") if turning.held else address.text("screen.left", seconds=seconds_left)
        )
        parts.insert(0, address.text("screen.keys_held" if turning.held else "screen.keys"))
    time_of_day = dt.datetime.fromtimestamp(now, VIETNAM).strftime("%H:%M")
    code = segno.make(_address_of(turning), error="m").svg_data_uri(
        border=2, dark="#0F1B26", light="#F3F0EA", scale=4
    )
    return (
        f'<div class="dh-clock">{"".join(f"<span>{part}</span>" for part in parts)}<b>{time_of_day}</b>'
        f'<img src="{code}" alt="{address.text("screen.code")}"></div>'
    )


def _address_of(turning: Turning) -> str:
    """The address of the same screen, for a phone held up to it: without what only this one needs."""
    asked = {
        name: value
        for name, value in st.query_params.to_dict().items()
        if name != "dung" and not name.startswith("embed")
    }
    base = urlsplit(st.context.url or "")
    path = address.path_to("screen").split("?")[0]
    return f"{base.scheme}://{base.netloc}{path}?{urlencode(asked | {'giay': str(turning.seconds)})}"
