"""What an authority was before and what became of it, with the figures that stand there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dunghen import questions
from dunghen.scope import Scope
from dunghen.ui import address
from dunghen.ui.authority.among import figure_beside
from dunghen.ui.table import plain
from dunghen.words import formats, sentences

Row = Mapping[str, Any]

SHOWN = 8


def show_history(authority: Row) -> None:
    """Predecessors and successors step by step, as links, with their own figures or that there are none."""
    related = questions.ask("related_by_authority", Scope(authority_code=authority["authority_code"])).rows
    if not related and authority["boundary_changed_on"] is None and authority["valid_to"] is None:
        return
    st.markdown(f"#### {address.text('authority.history.title')}")
    _show_end_and_change(authority, related)
    for direction in ("successor", "predecessor"):
        rows = [row for row in related if row["direction"] == direction]
        if rows:
            st.caption(address.text(f"authority.history.{direction}"))
            _show_steps(rows, address.language())
    if related:
        st.caption(address.text("authority.history.never_joined"))
    elif authority["level"] == "district":
        address.link(
            address.text("authority.without.parent_link", parent=plain(authority["parent_name"])),
            "authority",
            icon=":material/arrow_upward:",
            authority_code=authority["parent_code"],
        )


def _show_end_and_change(authority: Row, related: Sequence[Row]) -> None:
    language = address.language()
    if era := sentences.era_text(authority, related, language):
        st.markdown(plain(era))
    if authority["level"] == "district" and authority["valid_to"] is not None:
        st.markdown(address.text("authority.history.districts"))
    if (changed := authority["boundary_changed_on"]) is not None:
        st.markdown(address.text("authority.history.boundary", day=formats.day(changed, language)))


def _show_steps(rows: Sequence[Row], language: str) -> None:
    """Those with figures first: they are what a visitor comes for; many others only when opened."""
    ordered = sorted(rows, key=lambda row: (not row["has_figures"], row["steps"]))
    names = {row["authority_code"]: row["authority_name"] for row in rows}
    for row in ordered[:SHOWN]:
        _show_step(row, names, language)
    if len(ordered) > SHOWN:
        label = address.text("authority.history.more", count=len(ordered) - SHOWN)
        with st.expander(label, on_change="rerun", key=f"more-{rows[0]['direction']}") as box:
            if box.open:
                for row in ordered[SHOWN:]:
                    _show_step(row, names, language)


def _show_step(row: Row, names: Mapping[str, str], language: str) -> None:
    address.link(
        plain(row["authority_name"]),
        "authority",
        icon=":material/subdirectory_arrow_right:" if row["steps"] > 1 else ":material/arrow_forward:",
        authority_code=row["authority_code"],
    )
    places = dict.fromkeys(
        name for name in (row["parent_name"], row["province_name"]) if name and name != row["authority_name"]
    )
    details = [
        plain(", ".join(places)),
        address.text(
            f"authority.history.{'by' if row['changed_on_is_bound'] else 'on'}",
            day=formats.day(row["changed_on"], language),
        ),
        address.text(f"authority.history.{row['extent']}"),
    ]
    if row["steps"] > 1 and row["from_code"] in names:
        details.append(address.text("authority.history.via", name=plain(names[row["from_code"]])))
    details.append(figure_beside(row, language) or address.text("authority.history.no_figures"))
    st.caption(" · ".join(details))
