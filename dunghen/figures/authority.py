"""Figures of one authority: shares published period by period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dunghen.figures.look import BLUE, GRID, layout, wrapped
from dunghen.words import formats, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def shares(rows: Iterable[Mapping[str, Any]], language: str, theme: str) -> dict[str, Any]:
    """Published percentages of one indicator, period by period: dots without a line, the value beside each.

    `rows` of `indicator_by_authority`, latest first.
    """
    shown = list(rows)
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": [float(row["value"]) for row in shown],
                "y": [wrapped(formats.period_named(row, language)) for row in shown],
                "text": [f"{formats.number(row['value'], language)}%" for row in shown],
                "textposition": "middle right",
                "marker": {"size": 11, "color": BLUE[theme]},
                "cliponaxis": False,
                "hovertemplate": "%{y}: %{text}<extra></extra>",
            }
        ],
        "layout": layout(
            theme,
            language,
            height=70 + 36 * len(shown),
            margin={"l": 8, "r": 56, "t": 8, "b": 8},
            xaxis={
                "range": [0, 100],
                "ticksuffix": "%",
                "tickvals": [0, 50, 100],
                "gridcolor": GRID[theme],
                "zeroline": False,
                "fixedrange": True,
                "title": {"text": say("authority.shares.axis", language)},
            },
            yaxis={"automargin": True, "type": "category", "gridcolor": GRID[theme], "fixedrange": True},
        ),
    }
