"""Figures of index scores: the points one authority gains and loses, and a place's authorities × criteria."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from dunghen.figures.look import BLUE, INK, QUIET, layout, wrapped
from dunghen.words import formats, say, sentences

Row = Mapping[str, Any]
Figure = dict[str, Any]

LOST = {"light": "#EBCFC9", "dark": "#6B3A45"}
# from half of the points to all of them; the middle of the run is the mark of 75%
HEAT = {
    "light": [[0.0, "#D98C5F"], [0.5, "#F7F6F2"], [1.0, "#6FB3BC"]],
    "dark": [[0.0, "#9A5430"], [0.5, "#182635"], [1.0, "#1F6F7C"]],
}
HEAT_FROM, HEAT_TO = 0.5, 1.0
UNDER_MARK = "▼"
# a name longer than this goes on in a second line, which still fits a phone
NAME_WIDTH = 42
ROW_HEIGHT = 78
# the bars take the left part; score, loss and rank stand to the right of them
BARS_UP_TO = 0.56
# room for the names of criteria when they stand upright
HEADINGS = 170


def breakdown(rows: Sequence[Row], ranks: Mapping[str, str], language: str, theme: str) -> Figure:
    """A bar a criterion: points gained and lost, the mark of 75%, beside it the score, the loss, the rank.

    `rows` of `score_by_criterion` without the total, most points lost first; `ranks` are published ranks in
    words by criterion.
    """
    shown = [row for row in rows if row["score"] is not None and row["max_score"] is not None]
    places = list(range(len(shown)))
    return {
        "data": [
            _bar(places, [row["score"] for row in shown], BLUE[theme], say("criteria.gained", language)),
            _bar(places, [row["points_lost"] for row in shown], LOST[theme], say("criteria.lost", language)),
            _marks(places, shown, language, theme),
        ],
        "layout": layout(
            theme,
            language,
            height=48 + ROW_HEIGHT * len(shown),
            margin={"l": 4, "r": 4, "t": 4, "b": 40},
            barmode="stack",
            bargap=0.72,
            xaxis={
                "visible": False,
                "domain": [0, BARS_UP_TO],
                "range": [0, max((float(row["max_score"]) for row in shown), default=1.0)],
                "fixedrange": True,
            },
            yaxis={"visible": False, "range": [len(shown) - 0.4, -0.75], "fixedrange": True},
            annotations=[
                note
                for place, row in zip(places, shown, strict=True)
                for note in _beside(place, row, ranks.get(row["criterion_code"], ""), language, theme)
            ],
            showlegend=True,
            legend={"orientation": "h", "y": 0, "x": 0, "yanchor": "top"},
        ),
    }


def _bar(places: list[int], points: Iterable[Decimal], colour: str, name: str) -> Figure:
    return {
        "type": "bar",
        "orientation": "h",
        "y": places,
        "x": [float(point) for point in points],
        "name": name,
        "marker": {"color": colour, "line": {"width": 0}},
        "hoverinfo": "skip",
    }


def _marks(places: list[int], rows: Sequence[Row], language: str, theme: str) -> Figure:
    mark = formats.percent(sentences.LOW_SCORE_SHARE, language, decimals=0)
    return {
        "type": "scatter",
        "mode": "markers",
        "y": places,
        "x": [float(row["max_score"] * sentences.LOW_SCORE_SHARE) for row in rows],
        "name": say("criteria.mark", language, mark=mark),
        # reaches over the bar's edges, not up to the name above it
        "marker": {"symbol": "line-ns", "size": 19, "line": {"width": 2, "color": INK[theme]}},
        "hoverinfo": "skip",
    }


def _beside(place: int, row: Row, rank: str, language: str, theme: str) -> list[Figure]:
    """The name above the bar; right of it score and maximum, points lost, rank and whether it is marked."""
    score = f"{formats.number(row['score'], language)} / {formats.number(row['max_score'], language)}"
    loss = f"−{formats.number(row['points_lost'], language)}" if row["points_lost"] else "0"
    low = row["score_share"] is not None and row["score_share"] < sentences.LOW_SCORE_SHARE
    mark = formats.percent(sentences.LOW_SCORE_SHARE, language, decimals=0)
    below = f"<b>{UNDER_MARK} {say('criteria.under_mark', language, mark=mark)}</b>" if low else ""
    lines = [f"<span style='color:{INK[theme]}'>{score}   <b>{loss}</b></span>", rank, below]
    common = {"showarrow": False, "xref": "paper", "y": place, "align": "left", "xanchor": "left"}
    name = {
        "x": 0,
        "yanchor": "bottom",
        "yshift": 14,
        "text": wrapped(formats.name_in(row, "criterion_name", language), NAME_WIDTH),
        "font": {"size": 13, "color": INK[theme]},
    }
    beside = {
        "x": BARS_UP_TO + 0.02,
        "text": "<br>".join(line for line in lines if line),
        "font": {"size": 13, "color": QUIET[theme]},
    }
    return [common | name, common | beside]


def heat_map(rows: Sequence[Row], language: str, theme: str) -> Figure:
    """Authorities × criteria: the share of the maximum as colour and as text, ▾ where it is under 75%.

    `rows` of `score_by_authority` (one period, one kind), in the order they are to stand, criteria of the
    first level and the total.
    """
    names = list(dict.fromkeys(row["authority_name"] for row in rows))
    columns = {row["criterion_code"]: row for row in sorted(rows, key=lambda row: row["position"])}
    cells = {(row["authority_name"], row["criterion_code"]): row for row in rows}
    grid = [[cells.get((name, code)) for code in columns] for name in names]
    return {
        "data": [
            {
                "type": "heatmap",
                "x": list(columns),
                "y": names,
                "z": [[cell and cell["score_share"] for cell in line] for line in grid],
                "text": [[_cell(cell, language) for cell in line] for line in grid],
                "texttemplate": "%{text}",
                "textfont": {"size": 11, "color": INK[theme]},
                "customdata": [[_hover(cell, language) for cell in line] for line in grid],
                "hovertemplate": "%{customdata}<extra></extra>",
                "colorscale": HEAT[theme],
                "zmin": HEAT_FROM,
                "zmax": HEAT_TO,
                "showscale": False,
                "xgap": 2,
                "ygap": 2,
            }
        ],
        "layout": layout(
            theme,
            language,
            height=HEADINGS + 24 * len(names),
            margin={"l": 8, "r": 8, "t": 24, "b": 8},
            xaxis={
                "type": "category",
                "side": "top",
                # beside one another where there is room for it, upright on a phone
                "autotickangles": [0, -90],
                "automargin": True,
                "tickvals": list(columns),
                "ticktext": [_column(row, language) for row in columns.values()],
                "tickfont": {"size": 10},
                "fixedrange": True,
                "showgrid": False,
            },
            yaxis={
                "type": "category",
                "autorange": "reversed",
                "tickvals": names,
                "ticktext": [_short(name) for name in names],
                "tickfont": {"size": 12},
                "automargin": True,
                "fixedrange": True,
                "showgrid": False,
            },
        ),
    }


def _column(row: Row, language: str) -> str:
    name = wrapped(formats.name_in(row, "criterion_name", language), 18)
    return f"{name} ({formats.number(row['max_score'], language)})"


def _cell(row: Row | None, language: str) -> str:
    if row is None or row["score_share"] is None:
        return formats.UNKNOWN
    share = row["score_share"]
    if share >= sentences.LOW_SCORE_SHARE:
        return _bare_percent(share, language, 0)
    # what is just under the mark takes the decimals that keep it from reading as the mark itself
    mark = sentences.LOW_SCORE_SHARE
    decimals = next(
        (
            some
            for some in range(3)
            if _bare_percent(share, language, some) != _bare_percent(mark, language, some)
        ),
        3,
    )
    return UNDER_MARK + _bare_percent(share, language, decimals)


def _bare_percent(share: Any, language: str, decimals: int) -> str:
    return formats.percent(share, language, decimals=decimals).removesuffix("%")


def _hover(row: Row | None, language: str) -> str:
    if row is None:
        return formats.UNKNOWN
    return (
        f"<b>{row['authority_name']}</b><br>{formats.name_in(row, 'criterion_name', language)}<br>"
        f"{formats.number(row['score'], language)} / {formats.number(row['max_score'], language)} = "
        f"{formats.percent(row['score_share'], language)}"
    )


def _short(name: str) -> str:
    """A province without its kind, so that the names leave room for the cells on a phone."""
    for kind in ("Tỉnh ", "Thành phố "):
        name = name.removeprefix(kind)
    return wrapped(name, 16)
