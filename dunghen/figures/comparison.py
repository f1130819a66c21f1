"""Authorities of one place beside each other: the funnel, dots with their intervals, everybody on one strip.

All take rows of `comparison_by_authority` (`rate`, `low`, `high`, `band`, counts, name); rows without a rate
have no place in a picture and are left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from dunghen.figures.look import (
    BAND_COLOURS,
    BAND_SYMBOLS,
    BLUE,
    INK,
    QUIET,
    Figure,
    count_axis,
    layout,
    share_axis,
    wrapped,
)
from dunghen.words import say
from dunghen.words.formats import count, percent
from dunghen.words.names import band_name, band_shape

Row = Mapping[str, Any]

MOST_LABELS = 5
ROW_HEIGHT, LINE_HEIGHT, DENSE_ROW_HEIGHT = 26, 17, 19
LETTER_WIDTH, WORD_HEIGHT = 7.4, 15
# beside the funnel, where what the lines are stands without hiding a mark
LINE_WORDS_WIDTH = 54


def funnel_plot(
    rows: Sequence[Row],
    limits: Sequence[Row],
    group_rate: float,
    *,
    language: str = "vi",
    theme: str = "light",
    height: int = 460,
) -> Figure:
    """Rate against number of dossiers, with the 95% and 99.8% limits of `Answer.funnel_limits`.

    Those outside the limits that lie furthest out are named.
    """
    rated = _rated(rows)
    shares = [row["rate"] for row in rated] + [
        limit[side] for limit in limits for side in ("low_99_8", "high_99_8")
    ]
    x_axis = count_axis((row["denominator"] for row in rated), language, theme)
    y_axis = share_axis(shares, language, theme)
    lines = [
        _line(limits, side, dash, theme)
        for side, dash in (
            ("low_99_8", "solid"),
            ("high_99_8", "solid"),
            ("low_95", "dash"),
            ("high_95", "dash"),
        )
    ]
    return {
        "data": [*lines, *_marks(rated, "denominator", "rate", language, theme, size=9)],
        "layout": layout(
            theme,
            language,
            height=height,
            margin={"l": 8, "r": LINE_WORDS_WIDTH, "t": 8, "b": 8},
            xaxis={**x_axis, "title": {"text": say("figure.dossiers", language), "font": {"size": 12}}},
            yaxis={**y_axis, "automargin": True},
            shapes=[_rule(group_rate, theme, across="y", dash="solid", width=1.5)],
            annotations=[
                _pooled_word(group_rate, language, theme),
                *_limit_words(limits, language, theme),
                *_names_outside(rated, x_axis, y_axis),
            ],
        ),
    }


def dot_plot(
    rows: Sequence[Row],
    *,
    language: str = "vi",
    theme: str = "light",
    reference: float | None = None,
    group_rate: float | None = None,
    links: Mapping[str, str] | None = None,
    dense: bool = False,
) -> Figure:
    """One line an authority, in the order of the rows: its rate with its 95% interval, and in print.

    `reference` and `group_rate` are drawn as lines; `links` (code → address) make the names lead on;
    `dense` is for very many.
    """
    rated = [{**row, "place": place} for place, row in enumerate(_rated(rows))]
    names = [wrapped(_short(row)) for row in rated]
    lines = max((name.count("<br>") for name in names), default=0)
    row_height = DENSE_ROW_HEIGHT if dense else ROW_HEIGHT
    shares = [row[side] for row in rated for side in ("low", "high")]
    lines_across = [value for value in (reference, group_rate) if value is not None]
    shares += lines_across
    return {
        "data": _marks(rated, "rate", "place", language, theme, size=10, with_intervals=True),
        "layout": layout(
            theme,
            language,
            height=(row_height + lines * LINE_HEIGHT) * len(rated) + 70,
            margin={"l": _room_for(names), "r": 78, "t": 8 + WORD_HEIGHT * len(lines_across), "b": 30},
            xaxis=share_axis(shares, language, theme, most_ticks=3),
            yaxis={"range": [len(rated) - 0.4, -0.6], "visible": False, "fixedrange": True},
            shapes=_lines_across(reference, group_rate, theme),
            annotations=[
                *_names_beside(rated, names, links or {}, theme),
                *_values_in_print(rated, language),
                *_line_words(reference, group_rate, shares, language, theme),
            ],
        ),
    }


def strip(
    rows: Sequence[Row],
    marked: Iterable[str] = (),
    *,
    language: str = "vi",
    theme: str = "light",
    reference: float | None = None,
    group_rate: float | None = None,
    height: int = 180,
) -> Figure:
    """Everybody on one line of rates, a dot each, piled up where they are many; the `marked` codes named."""
    chosen = list(marked)
    rated = [{**row, "pile": pile} for row, pile in _piled(sorted(_rated(rows), key=_rate))]
    shares = [row["rate"] for row in rated] + [
        value for value in (reference, group_rate) if value is not None
    ]
    named = [row for code in chosen for row in rated if row["authority_code"] == code]
    most = max((abs(row["pile"]) for row in rated), default=0)
    others = [row for row in rated if row["authority_code"] not in chosen]
    return {
        "data": [
            *_marks(others, "rate", "pile", language, theme, size=8, opacity=0.75),
            *_marks(named, "rate", "pile", language, theme, size=14),
        ],
        "layout": layout(
            theme,
            language,
            height=height + 18 * len(named),
            margin={"l": 8, "r": 8, "t": 2 * WORD_HEIGHT + 6 + 18 * len(named), "b": 8},
            xaxis=share_axis(shares, language, theme, most_ticks=5),
            yaxis={"range": [-most - 1, most + 1], "visible": False, "fixedrange": True},
            shapes=_lines_across(reference, group_rate, theme)
            + [_rule(row["rate"], theme, across="x", dash="solid", width=2, ink=True) for row in named],
            annotations=[
                *_line_words(reference, group_rate, shares, language, theme),
                *[_flag(row, place, shares, language, theme) for place, row in enumerate(named)],
            ],
        ),
    }


def hover_text(row: Row, language: str) -> str:
    """What a mark says when pointed at: name, rate with interval, counts, band."""
    band = row["band"]
    rate, low, high = (percent(row[name], language) for name in ("rate", "low", "high"))
    return "<br>".join(
        [
            f"<b>{escape(row['authority_name'])}</b>",
            f"{rate} ({low} – {high})",
            say(
                "figure.counts",
                language,
                numerator=count(row["numerator"], language),
                denominator=count(row["denominator"], language),
            ),
            f"{band_shape(band)} {band_name(band, language)}",
        ]
    )


def _rated(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row["rate"] is not None]


def _rate(row: Row) -> float:
    return float(row["rate"])


def _marks(
    rows: Sequence[Row],
    across: str,
    up: str,
    language: str,
    theme: str,
    *,
    size: int,
    opacity: float = 0.9,
    with_intervals: bool = False,
) -> list[Figure]:
    """A trace for each band that occurs, in its colour and shape."""
    traces = []
    for band, colour in BAND_COLOURS[theme].items():
        group = [row for row in rows if row["band"] == band]
        if not group:
            continue
        trace: Figure = {
            "type": "scatter",
            "mode": "markers",
            "name": band_name(band, language),
            "x": [row[across] for row in group],
            "y": [row[up] for row in group],
            "customdata": [row["authority_code"] for row in group],
            "hovertext": [hover_text(row, language) for row in group],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "cliponaxis": False,
            "marker": {
                "color": colour,
                "symbol": BAND_SYMBOLS[band],
                "size": size + (0 if band == "as_expected" else 2),
                "opacity": opacity,
                "line": {"width": 2 if "open" in BAND_SYMBOLS[band] else 0, "color": colour},
            },
        }
        if with_intervals:
            trace["error_x"] = {
                "type": "data",
                "symmetric": False,
                "array": [row["high"] - row["rate"] for row in group],
                "arrayminus": [row["rate"] - row["low"] for row in group],
                "color": colour,
                "thickness": 3,
                "width": 0,
            }
        traces.append(trace)
    return traces


def _line(limits: Sequence[Row], side: str, dash: str, theme: str) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [limit["denominator"] for limit in limits],
        "y": [limit[side] for limit in limits],
        "line": {"color": QUIET[theme], "width": 1.2, "dash": dash},
        "hoverinfo": "skip",
    }


def _rule(value: float, theme: str, *, across: str, dash: str, width: float, ink: bool = False) -> Figure:
    """A line at a rate: across the whole figure at height `value`, or down it at place `value`."""
    ends = {"x0": 0, "x1": 1, "xref": "paper", "y0": value, "y1": value}
    if across == "x":
        ends = {"y0": 0, "y1": 1, "yref": "paper", "x0": value, "x1": value}
    colour = INK[theme] if ink else BLUE[theme]
    return {"type": "line", "layer": "below", **ends, "line": {"color": colour, "width": width, "dash": dash}}


def _lines_across(reference: float | None, group_rate: float | None, theme: str) -> list[Figure]:
    lines = []
    if reference is not None:
        lines.append(_rule(reference, theme, across="x", dash="dash", width=1.5))
    if group_rate is not None:
        lines.append(_rule(group_rate, theme, across="x", dash="solid", width=1.5))
    return lines


def _line_words(
    reference: float | None, group_rate: float | None, shares: Sequence[float], language: str, theme: str
) -> list[Figure]:
    """What the lines are, above them; each on a line of its own, reaching inwards from the ends."""
    values = {"reference": reference, "pooled": group_rate}
    known = [(key, value) for key, value in values.items() if value is not None]
    return [
        {
            "x": value,
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "yshift": WORD_HEIGHT * place,
            "xanchor": _inwards(value, shares),
            "text": say(f"figure.{key}", language, rate=percent(value, language, decimals=_places(key))),
            "showarrow": False,
            "font": {"size": 12, "color": BLUE[theme]},
        }
        for place, (key, value) in enumerate(known)
    ]


def _inwards(value: float, shares: Sequence[float]) -> str:
    """Which end of a text stands at a value, so that it does not run out of the figure."""
    low, high = min(shares), max(shares)
    at = (value - low) / (high - low or 1.0)
    return "left" if at < 1 / 3 else "right" if at > 2 / 3 else "center"


def _places(key: str) -> int | None:
    return 0 if key == "reference" else None


def _values_in_print(rows: Sequence[Row], language: str) -> list[Figure]:
    return [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 6,
            "y": row["place"],
            "text": f"{percent(row['rate'], language)} {band_shape(row['band'])}",
            "showarrow": False,
            "font": {"size": 13},
        }
        for row in rows
    ]


def _short(row: Row) -> str:
    """The name without its kind where all are of one kind: a province needs no "Tỉnh"."""
    return str(row["short_name"] if row["level"] == "province" else row["authority_name"])


def _room_for(names: Sequence[str]) -> int:
    """The margin, in pixels, that the longest line of the names takes."""
    longest = max((len(line) for name in names for line in name.split("<br>")), default=0)
    return round(longest * LETTER_WIDTH) + 14


def _names_beside(
    rows: Sequence[Row], names: Sequence[str], links: Mapping[str, str], theme: str
) -> list[Figure]:
    """The names to the left of the marks; as annotations, because links on an axis take no clicks."""
    return [
        {
            "x": 0,
            "xref": "paper",
            "xanchor": "right",
            "xshift": -8,
            "y": row["place"],
            "align": "right",
            "text": _linked(name, links.get(row["authority_code"]), theme),
            "captureevents": row["authority_code"] in links,
            "showarrow": False,
            "font": {"size": 13},
        }
        for row, name in zip(rows, names, strict=True)
    ]


def _linked(name: str, link: str | None, theme: str) -> str:
    lines = [escape(line) for line in name.split("<br>")]
    if link is not None:
        opening = f'<a href="{escape(link)}" target="_self" style="color:{BLUE[theme]}">'
        lines = [f"{opening}{line}</a>" for line in lines]
    return "<br>".join(lines)


def _beside_line(value: float, text: str) -> Figure:
    """What a line across the funnel is, in the margin at its right end."""
    return {
        "x": 1,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 4,
        "y": value,
        "align": "left",
        "text": text,
        "showarrow": False,
    }


def _pooled_word(rate: float, language: str, theme: str) -> Figure:
    text = say("figure.pooled_line", language, rate=percent(rate, language))
    return _beside_line(rate, text) | {"font": {"size": 12, "color": BLUE[theme]}}


def _limit_words(limits: Sequence[Row], language: str, theme: str) -> list[Figure]:
    last = limits[-1]
    words = {"low_99_8": percent(0.998, language, decimals=1), "low_95": percent(0.95, language, decimals=0)}
    return [
        _beside_line(last[side], text) | {"font": {"size": 11, "color": QUIET[theme]}}
        for side, text in words.items()
    ]


def _names_outside(rows: Sequence[Row], x_axis: Figure, y_axis: Figure) -> list[Figure]:
    """Names beside the marks outside the limits, the clearly outside first, none on top of another."""
    order = ("clearly_below", "clearly_above", "leaning_below", "leaning_above")
    outside = [row for band in order for row in rows if row["band"] == band]
    low, high = y_axis["range"]
    first, last = x_axis["range"]
    log = x_axis.get("type") == "log"
    names: list[Figure] = []
    for row in outside:
        x = math.log10(row["denominator"]) if log else row["denominator"]
        right_half = x > first + 0.55 * (last - first)
        near = [
            other
            for other in outside
            if other is not row and abs(other["rate"] - row["rate"]) < 0.03 * (high - low)
        ]
        if near or any(abs(row["rate"] - name["y"]) < 0.04 * (high - low) for name in names):
            continue
        names.append(
            {
                "x": x,
                "y": row["rate"],
                "xanchor": "right" if right_half else "left",
                "xshift": -7 if right_half else 7,
                "text": f"<b>{escape(row['authority_name'])}</b>",
                "showarrow": False,
                "font": {"size": 12},
            }
        )
        if len(names) == MOST_LABELS:
            break
    return names


def _piled(rows: Sequence[Row]) -> list[tuple[Row, int]]:
    """Each row with its place in a pile: 0, then 1, −1, 2, … where its neighbours have taken the places."""
    if not rows:
        return []
    width = max((_rate(rows[-1]) - _rate(rows[0])) / 90, 1e-6)
    last_at: dict[int, float] = {}
    piled = []
    for row in rows:
        pile = next(
            place
            for step in range(len(rows) + 1)
            for place in (step, -step)
            if _rate(row) - last_at.get(place, -1.0) >= width
        )
        last_at[pile] = _rate(row)
        piled.append((row, pile))
    return piled


def _flag(row: Row, place: int, shares: Sequence[float], language: str, theme: str) -> Figure:
    """The name of a marked authority above the strip, one line each, reaching inwards from the ends."""
    return {
        "x": row["rate"],
        "xanchor": _inwards(row["rate"], shares),
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 2 * WORD_HEIGHT + 18 * place,
        "text": f"<b>{escape(row['authority_name'])}</b> {percent(row['rate'], language)}",
        "showarrow": False,
        "font": {"size": 13, "color": INK[theme]},
    }
