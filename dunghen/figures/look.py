"""What all figures share: the colours and shapes of the bands, axes in the visitor's number format."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from dunghen.words import formats

Figure = dict[str, Any]

BAND_COLOURS = {
    "light": {
        "clearly_below": "#A8324A",
        "leaning_below": "#D98C5F",
        "as_expected": "#8A97A6",
        "leaning_above": "#4C9BA6",
        "clearly_above": "#12616F",
        "too_few": "#8A97A6",
    },
    # the same run, lighter at its ends: dark red and dark teal would sink into a night-blue ground
    "dark": {
        "clearly_below": "#F0788C",
        "leaning_below": "#F2B48C",
        "as_expected": "#8A97A6",
        "leaning_above": "#8FD3DB",
        "clearly_above": "#35A9BB",
        "too_few": "#8A97A6",
    },
}
BAND_SYMBOLS = {
    "clearly_below": "triangle-down",
    "leaning_below": "triangle-down-open",
    "as_expected": "circle",
    "leaning_above": "triangle-up-open",
    "clearly_above": "triangle-up",
    "too_few": "circle-open-dot",
}
INK = {"light": "#16202B", "dark": "#F3F0EA"}
QUIET = {"light": "#5B6673", "dark": "#9AA8B5"}
GRID = {"light": "#DEDCD4", "dark": "#2C3B4A"}
BLUE = {"light": "#12436D", "dark": "#8FC1E8"}

_SHARE_STEPS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5)
_MOST_COUNTS = 5
# what the words at the corner of a figure need above it, in pixels
_ROOM_FOR_MARK = 20


def wrapped(name: str, width: int = 18) -> str:
    """A long name broken into lines, so that it leaves room for the marks on a phone."""
    return "<br>".join(textwrap.wrap(name, width)) or name


def share_axis(values: Iterable[float], language: str, theme: str, *, most_ticks: int = 6) -> Figure:
    """An axis for shares: from just under the lowest to just over the highest value, never beyond 0 or 1.

    It does not start at 0: the differences that matter would vanish. Ticks are written as percentages.
    """
    known = list(values)
    low, high = min(known), max(known)
    room = max((high - low) * 0.06, 0.002)
    first, last = max(0.0, low - room), min(1.0, high + room)
    step = next((s for s in _SHARE_STEPS if (last - first) / s <= most_ticks), _SHARE_STEPS[-1])
    ticks = [round(place * step, 6) for place in range(math.ceil(first / step), math.floor(last / step) + 1)]
    decimals = max(0, -math.floor(math.log10(step * 100) + 1e-9)) if step < 0.01 else 0
    return {
        # a mark at 100% keeps its whole shape
        "range": [first, last + (room if last == 1.0 else 0.0)],
        "tickvals": ticks,
        "ticktext": [formats.percent(tick, language, decimals=decimals) for tick in ticks],
        "tickangle": 0,
        "gridcolor": GRID[theme],
        "zeroline": False,
        "fixedrange": True,
    }


def count_axis(values: Iterable[int], language: str, theme: str) -> Figure:
    """An axis for counts from 1 up; logarithmic where the largest is over thirty times the least."""
    known = list(values)
    low, high = min(known), max(known)
    if high > 30 * low:
        marks = (1,) if high > 300 * low else (1, 3)
        ticks = [m * 10**e for e in range(len(str(high)) + 1) for m in marks if low <= m * 10**e <= high]
        return _counts(ticks, [math.log10(low * 0.7), math.log10(high * 1.5)], language, theme) | {
            "type": "log"
        }
    step = next(m * 10**e for e in range(12) for m in (1, 2, 5) if (high / (m * 10**e)) <= _MOST_COUNTS)
    room = (high - low) * 0.05 + 1
    return _counts(list(range(0, high + 1, step)), [max(0, low - room), high + room], language, theme)


def marked(figure: Mapping[str, Any], words: str, theme: str) -> Figure:
    """The same figure with a few words at its upper right corner, so that a saved picture keeps them."""
    frame = figure["layout"]
    margin = frame["margin"]
    mark = {
        "text": words,
        "xref": "paper",
        "yref": "paper",
        "x": 1,
        "y": 1,
        "xanchor": "right",
        "yanchor": "bottom",
        # above whatever else stands over the figure
        "yshift": margin["t"],
        "showarrow": False,
        "font": {"size": 12, "color": QUIET[theme]},
    }
    return {
        **figure,
        "layout": {
            **frame,
            "height": frame["height"] + _ROOM_FOR_MARK,
            "margin": {**margin, "t": margin["t"] + _ROOM_FOR_MARK},
            "annotations": [*frame.get("annotations", []), mark],
        },
    }


def layout(theme: str, language: str, *, height: int, **parts: Any) -> Figure:
    """The layout of a figure: height in pixels, margins that grow with the labels, no legend, own parts."""
    return {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "showlegend": False,
        "separators": ",." if language == "vi" else ".,",
        "hovermode": "closest",
        "dragmode": False,
        "font": {"size": 13, "color": INK[theme]},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        **parts,
    }


def _counts(ticks: list[int], bounds: list[float], language: str, theme: str) -> Figure:
    return {
        "range": bounds,
        "tickvals": ticks,
        "ticktext": [formats.count(tick, language) for tick in ticks],
        "tickangle": 0,
        "gridcolor": GRID[theme],
        "zeroline": False,
        "showgrid": False,
        "fixedrange": True,
    }
