"""Who is not in the comparison or not ranked in it, by name, so that nobody is left out in silence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from dunghen.ui import address
from dunghen.ui.table import plain
from dunghen.words import comparisons, formats
from dunghen.words.sentences import reason

if TYPE_CHECKING:
    from dunghen.questions import Answer

Row = Mapping[str, Any]

SHOWN = 12


def show_left_out(answer: Answer) -> None:
    """Those with too few dossiers to rank, and those without figures, with the reason of each."""
    language = address.language()
    few = [row for row in answer.rows if row["band"] == "too_few"]
    without = [row for row in answer.rows if row["rate"] is None]
    _list(
        address.text("compare.left_out.too_few"),
        few,
        lambda row: comparisons.fraction(row["numerator"], row["denominator"], language),
    )
    _list(
        address.text("compare.left_out.nothing"),
        without,
        lambda row: comparisons.lower_first(reason(row, language)),
    )


def _list(heading: str, rows: Sequence[Row], detail: Callable[[Row], str]) -> None:
    if not rows:
        return
    st.markdown(f"**{heading}**")
    _link_all(rows[:SHOWN], detail)
    if len(rows) > SHOWN:
        count = formats.count(len(rows), address.language())
        with st.expander(address.text("compare.left_out.more", count=count)):
            _link_all(rows[SHOWN:], detail)


def _link_all(rows: Sequence[Row], detail: Callable[[Row], str]) -> None:
    for row in rows:
        label = f"**{plain(row['authority_name'])}** · {detail(row)}"
        address.link(label, "authority", authority_code=row["authority_code"])
