"""Who is not in the comparison or not ranked in it, by name, so that nobody is left out in silence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import streamlit as st

from dunghen.ui import address
from dunghen.ui.comparison.exhibits import name_link
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
        [
            f"{name_link(row)}: {comparisons.fraction(row['numerator'], row['denominator'], language)}"
            for row in few
        ],
    )
    _list(
        address.text("compare.left_out.nothing"),
        [f"{name_link(row)}: {comparisons.lower_first(reason(row, language))}" for row in without],
    )


def _list(heading: str, lines: list[str]) -> None:
    if not lines:
        return
    st.markdown(f"**{heading}**\n\n" + "\n".join(f"- {line}" for line in lines[:SHOWN]))
    if len(lines) > SHOWN:
        count = formats.count(len(lines), address.language())
        with st.expander(address.text("compare.left_out.more", count=count)):
            st.markdown("\n".join(f"- {line}" for line in lines[SHOWN:]))
