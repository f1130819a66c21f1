"""Figures of one authority: where it stands among its siblings, and shares published month by month."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from dunghen.figures.look import BAND_COLOURS, BAND_SYMBOLS, BLUE, GRID, INK, layout, share_axis, wrapped
from dunghen.words import formats, say, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Row = dict[str, Any]

# dots whose rates fall into the same of so many places along the axis are stacked
PLACES = 60


def strip(
    rows: Sequence[Mapping[str, Any]],
    authority_code: str,
    marks: Sequence[tuple[float, str]],
    language: str,
    theme: str,
) -> dict[str, Any]:
    """All siblings on one axis of rates, a dot each in colour and shape of its band, one of them large.

    `rows` of `comparison_by_authority`; `marks` are (rate, label) of lines to draw across.
    """
    rated = [row for row in rows if row["rate"] is not None]
    axis = share_axis([row["rate"] for row in rated] + [rate for rate, _ in marks], language, theme)
    placed = list(zip(rated, _heights([row["rate"] for row in rated], *axis["range"]), strict=True))
    top = max((abs(height) for _, height in placed), default=0) + 1.5
    own = [spot for spot in placed if spot[0]["authority_code"] == authority_code]
    bands = {
        band: [spot for spot in placed if spot[0]["band"] == band and spot not in own]
        for band in BAND_COLOURS[theme]
    }
    return {
        "data": [_dots(spots, band, language, theme) for band, spots in bands.items() if spots]
        + [_own_dot(*spot, language, theme) for spot in own],
        "layout": layout(
            theme,
            language,
            height=280,
            margin={"l": 8, "r": 8, "t": 48, "b": 8},
            xaxis=axis,
            yaxis={"visible": False, "range": [-top, top], "fixedrange": True},
            shapes=[_line(rate, theme) for rate, _ in marks],
            annotations=[
                _mark_label(rate, label, place) for place, (rate, label) in enumerate(sorted(marks))
            ],
            showlegend=True,
            legend={"orientation": "h", "y": -0.12, "x": 0, "yanchor": "top"},
        ),
    }


def _heights(rates: Sequence[float], low: float, high: float) -> list[float]:
    """How high each dot stands so that dots of like rates do not cover one another."""
    stacked: defaultdict[int, int] = defaultdict(int)
    heights = []
    for rate in rates:
        place = int((rate - low) / (high - low) * PLACES)
        stacked[place] += 1
        step = stacked[place] // 2
        heights.append(float(step if stacked[place] % 2 else -step))
    return heights


def _dots(placed: Sequence[tuple[Mapping[str, Any], float]], band: str, language: str, theme: str) -> Row:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": sentences.band_name(band, language),
        "x": [row["rate"] for row, _ in placed],
        "y": [height for _, height in placed],
        "marker": {
            "size": 9,
            "symbol": BAND_SYMBOLS[band],
            "color": BAND_COLOURS[theme][band],
            "line": {"width": 1.5 if "open" in BAND_SYMBOLS[band] else 0, "color": BAND_COLOURS[theme][band]},
        },
        "customdata": [_hover(row, language) for row, _ in placed],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _own_dot(row: Mapping[str, Any], height: float, language: str, theme: str) -> Row:
    band = row["band"] or "as_expected"
    return {
        "type": "scatter",
        "mode": "markers",
        "name": row["authority_name"],
        "x": [row["rate"]],
        "y": [height],
        "marker": {
            "size": 18,
            "symbol": "diamond",
            "color": BAND_COLOURS[theme][band],
            "line": {"width": 2.5, "color": INK[theme]},
        },
        "customdata": [_hover(row, language)],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _hover(row: Mapping[str, Any], language: str) -> str:
    band = row["band"] or "too_few"
    return (
        f"<b>{row['authority_name']}</b><br>{formats.percent(row['rate'], language)} = "
        f"{formats.count(row['numerator'], language)} / {formats.count(row['denominator'], language)}"
        f"<br>{sentences.band_shape(band)} {sentences.band_name(band, language)}"
    )


def _line(rate: float, theme: str) -> Row:
    return {
        "type": "line",
        "x0": rate,
        "x1": rate,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"width": 1.5, "dash": "dot", "color": INK[theme]},
    }


def _mark_label(rate: float, label: str, place: int) -> Row:
    """Labels of lines that can stand close together take turns in two rows."""
    return {
        "x": rate,
        "yref": "paper",
        "y": 1,
        "yanchor": "bottom",
        "yshift": 16 * (place % 2),
        "showarrow": False,
        "text": label,
        "font": {"size": 11},
    }


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
                "y": [wrapped(row["period_label"]) for row in shown],
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
