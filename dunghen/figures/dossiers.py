"""Figures of an authority's dossiers: month by month, item by item, how long and how late. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dunghen.figures.look import BAND_COLOURS, BLUE, GRID, INK, QUIET, Figure, layout, share_axis, wrapped
from dunghen.words import formats, say

Row = Mapping[str, Any]

# a rate of fewer dossiers is shown, hollow, and no line leads through it
FEWEST_FOR_LINE = 30
FIRST_DAY_OF_NEW_ERA = dt.date(2025, 7, 1)
ROW_HEIGHT, LINE_HEIGHT = 30, 14
NAME_WIDTH = 22
# more would run into one another on a phone
_MOST_MONTHS_NAMED = 4


def trend(rows: Sequence[Row], language: str, theme: str) -> Figure:
    """Month by month: above the on-time rate with its interval, below what was received and what was late.

    `rows` of `trend_by_month` of one coverage, earliest first, not empty. The line of rates breaks where a
    month has fewer than 30 dossiers or none, and at the change of eras on 2025-07-01.
    """
    months = [row["first_day"].isoformat() for row in rows]
    rated = [row for row in rows if row["rate"] is not None]
    shares = [row[side] for row in rated for side in ("low", "high")] or [0.0, 1.0]
    highest = max(max(row["received"], row["late"]) for row in rows)
    return {
        "data": [
            *_lines(rows, theme),
            _rates(rated, language, theme),
            _bars(rows, "received", QUIET[theme], language),
            _bars(rows, "late", BAND_COLOURS[theme]["clearly_below"], language),
        ],
        "layout": layout(
            theme,
            language,
            height=400,
            margin={"l": 8, "r": 20, "t": 24, "b": 8},
            barmode="overlay",
            bargap=0.35,
            xaxis=_months_axis(rows, months, language, theme),
            yaxis={**share_axis(shares, language, theme), "domain": [0.46, 1], "automargin": True},
            yaxis2=_counts_below(highest, language, theme),
            shapes=_change_of_era(rows, theme),
            annotations=[
                _heading("trend.rate", 1.0, INK[theme], language),
                _heading("trend.received", 0.36, QUIET[theme], language),
                {
                    **_heading("trend.late", 0.36, BAND_COLOURS[theme]["clearly_below"], language),
                    "x": 1,
                    "xanchor": "right",
                },
            ],
        ),
    }


def unbroken(rows: Sequence[Row]) -> list[list[Row]]:
    """The runs of months that a line may join: enough dossiers, nothing between them, one era."""
    runs: list[list[Row]] = [[]]
    for row in rows:
        enough = row["rate"] is not None and row["denominator"] >= FEWEST_FOR_LINE
        if not enough or row["first_day"] == FIRST_DAY_OF_NEW_ERA or _gap(runs[-1], row):
            runs.append([])
        if enough:
            runs[-1].append(row)
    return [run for run in runs if run]


def _gap(run: Sequence[Row], row: Row) -> bool:
    return bool(run) and (row["first_day"] - run[-1]["first_day"]).days > 31


def _lines(rows: Sequence[Row], theme: str) -> list[Figure]:
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [row["first_day"].isoformat() for row in run],
            "y": [row["rate"] for row in run],
            "line": {"color": BLUE[theme], "width": 2},
            "hoverinfo": "skip",
        }
        for run in unbroken(rows)
        if len(run) > 1
    ]


def _rates(rated: Sequence[Row], language: str, theme: str) -> Figure:
    small = [row["denominator"] < FEWEST_FOR_LINE for row in rated]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row["first_day"].isoformat() for row in rated],
        "y": [row["rate"] for row in rated],
        "error_y": {
            "type": "data",
            "array": [row["high"] - row["rate"] for row in rated],
            "arrayminus": [row["rate"] - row["low"] for row in rated],
            "thickness": 1.2,
            "width": 0,
            "color": QUIET[theme],
        },
        "marker": {
            "size": 9,
            "color": BLUE[theme],
            "symbol": ["circle-open" if is_small else "circle" for is_small in small],
        },
        "text": [_month_told(row, language) for row in rated],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _month_told(row: Row, language: str) -> str:
    rate, low, high = (formats.percent(row[name], language) for name in ("rate", "low", "high"))
    counts = say(
        "figure.counts",
        language,
        numerator=formats.count(row["numerator"], language),
        denominator=formats.count(row["denominator"], language),
    )
    period = formats.period(row["first_day"], row["last_day"], language)
    return f"<b>{period}</b><br>{rate} ({low} – {high})<br>{counts}"


def _bars(rows: Sequence[Row], name: str, colour: str, language: str) -> Figure:
    return {
        "type": "bar",
        "x": [row["first_day"].isoformat() for row in rows],
        "y": [row[name] for row in rows],
        "yaxis": "y2",
        "marker": {"color": colour, "opacity": 0.55 if name == "received" else 1},
        "text": [
            f"{formats.period(row['first_day'], row['last_day'], language)}<br>"
            f"{say(f'sentence.count.{name}', language)}: {formats.count(row[name], language)}"
            for row in rows
        ],
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
    }


def _months_axis(rows: Sequence[Row], months: Sequence[str], language: str, theme: str) -> Figure:
    step = -(-len(rows) // _MOST_MONTHS_NAMED)
    # counted from the newest month, which is the one looked for
    named = [row["first_day"] for row in rows][::-1][::step][::-1]
    return {
        "type": "date",
        "tickvals": [day.isoformat() for day in named],
        "ticktext": [formats.month(day, language) for day in named],
        "tickangle": 0,
        # the newest month is named at the very edge
        "ticklabeloverflow": "allow",
        "range": [_days_from(months[0], -20), _days_from(months[-1], 20)],
        "gridcolor": GRID[theme],
        "showgrid": False,
        "fixedrange": True,
        "anchor": "y2",
    }


def _days_from(day: str, days: int) -> str:
    return (dt.date.fromisoformat(day) + dt.timedelta(days=days)).isoformat()


def _counts_below(highest: int, language: str, theme: str) -> Figure:
    return {
        "domain": [0, 0.32],
        "range": [0, max(highest, 1) * 1.08],
        "tickvals": sorted({0, highest}),
        "ticktext": [formats.count(value, language) for value in sorted({0, highest})],
        "gridcolor": GRID[theme],
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
    }


def _change_of_era(rows: Sequence[Row], theme: str) -> list[Figure]:
    days = [row["first_day"] for row in rows]
    if not days or not days[0] < FIRST_DAY_OF_NEW_ERA <= days[-1]:
        return []
    middle = _days_from(FIRST_DAY_OF_NEW_ERA.isoformat(), -15)
    line = {"color": QUIET[theme], "width": 1, "dash": "dot"}
    return [{"type": "line", "x0": middle, "x1": middle, "yref": "paper", "y0": 0, "y1": 1, "line": line}]


def _heading(key: str, height: float, colour: str, language: str) -> Figure:
    return {
        "text": say(f"figure.{key}", language),
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": height,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12, "color": colour},
    }


def item_rates(rows: Sequence[Row], language: str, theme: str, *, whole: float | None = None) -> Figure:
    """One line an item: its on-time rate with its 95% interval, in print beside it.

    `rows` have `name`, rate, low, high, numerator and denominator, all known; `whole` is the rate of all
    items together, drawn as a line.
    """
    names = [wrapped(row["name"], NAME_WIDTH) for row in rows]
    shares = [row[side] for row in rows for side in ("low", "high")] + ([whole] if whole is not None else [])
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers",
                "x": [row["rate"] for row in rows],
                "y": list(range(len(rows))),
                "error_x": {
                    "type": "data",
                    "array": [row["high"] - row["rate"] for row in rows],
                    "arrayminus": [row["rate"] - row["low"] for row in rows],
                    "thickness": 1.5,
                    "width": 0,
                    "color": QUIET[theme],
                },
                "marker": {"size": 10, "color": BLUE[theme]},
                "text": [_item_told(row, language) for row in rows],
                "hovertemplate": "%{text}<extra></extra>",
            }
        ],
        "layout": layout(
            theme,
            language,
            height=_height(names) + 40,
            margin={"l": 8, "r": 8, "t": 8, "b": 30},
            xaxis=share_axis(shares or [0.0, 1.0], language, theme, most_ticks=4),
            yaxis=_names_axis(names),
            shapes=[
                {
                    "type": "line",
                    "x0": whole,
                    "x1": whole,
                    "yref": "paper",
                    "y0": 0,
                    "y1": 1,
                    "line": {"color": BLUE[theme], "width": 1, "dash": "dash"},
                }
            ]
            if whole is not None
            else [],
        ),
    }


def _item_told(row: Row, language: str) -> str:
    rate, low, high = (formats.percent(row[name], language) for name in ("rate", "low", "high"))
    counts = say(
        "figure.counts",
        language,
        numerator=formats.count(row["numerator"], language),
        denominator=formats.count(row["denominator"], language),
    )
    return f"<b>{row['name']}</b><br>{rate} ({low} – {high})<br>{counts}"


def _height(names: Iterable[str]) -> int:
    return sum(ROW_HEIGHT + LINE_HEIGHT * name.count("<br>") for name in names)


def _names_axis(names: Sequence[str]) -> Figure:
    return {
        "tickvals": list(range(len(names))),
        "ticktext": list(names),
        "range": [len(names) - 0.4, -0.6],
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def waiting(rows: Sequence[Row], language: str, theme: str) -> Figure:
    """One line an item: from the day by which half is done (median) to that by which nine in ten are (P90).

    `rows` have `name`, median and p90 in days.
    """
    names = [wrapped(row["name"], NAME_WIDTH) for row in rows]
    most = max((row["p90"] for row in rows), default=1)
    places = list(range(len(rows)))
    spans = [place for place in places for _ in range(3)]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "x": [day for row in rows for day in (row["median"], row["p90"], None)],
                "y": spans,
                "line": {"color": QUIET[theme], "width": 3},
                "hoverinfo": "skip",
            },
            _days_dots(rows, "median", "circle", language, theme),
            _days_dots(rows, "p90", "circle-open", language, theme),
        ],
        "layout": layout(
            theme,
            language,
            height=_height(names) + 40,
            margin={"l": 8, "r": 34, "t": 8, "b": 30},
            xaxis={
                "range": [0, most * 1.04 + 0.5],
                "gridcolor": GRID[theme],
                "zeroline": False,
                "fixedrange": True,
                "nticks": 6,
            },
            yaxis=_names_axis(names),
        ),
    }


def _days_dots(rows: Sequence[Row], name: str, symbol: str, language: str, theme: str) -> Figure:
    is_last = name == "p90"
    return {
        "type": "scatter",
        "mode": "markers+text" if is_last else "markers",
        "x": [row[name] for row in rows],
        "y": list(range(len(rows))),
        "text": [formats.count(row[name], language) for row in rows],
        "textposition": "middle right",
        "cliponaxis": False,
        "marker": {"size": 11, "color": BLUE[theme], "symbol": symbol, "line": {"width": 2}},
        "hovertext": [
            f"<b>{row['name']}</b><br>"
            + say(f"figure.waiting.{name}", language, days=formats.count(row[name], language))
            for row in rows
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def classes(rows: Sequence[Row], language: str, theme: str) -> Figure:
    """Bars of how many dossiers fall into each class, in the order of the rows; what is hidden has its words.

    `rows` have `name`, `dossiers` (None where hidden) and `told`: the number in words, "dưới 5" or "ẩn".
    """
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "y": [row["name"] for row in rows],
                "x": [row["dossiers"] or 0 for row in rows],
                "text": [row["told"] for row in rows],
                "textposition": "outside",
                "cliponaxis": False,
                "marker": {"color": BAND_COLOURS[theme]["clearly_below"]},
                "hovertemplate": "%{y}: %{text}<extra></extra>",
            }
        ],
        "layout": layout(
            theme,
            language,
            height=40 + ROW_HEIGHT * len(rows),
            margin={"l": 8, "r": 60, "t": 8, "b": 8},
            bargap=0.3,
            xaxis={"visible": False, "fixedrange": True},
            yaxis={"autorange": "reversed", "type": "category", "automargin": True, "fixedrange": True},
        ),
    }
