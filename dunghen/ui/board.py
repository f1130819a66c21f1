"""What the wall screen shows of a place: its figures asked once per refresh, its views as own markup.

The views are drawn by a template that escapes everything put into it, in units of the screen's own size, so
that they fill a wall of any resolution; Streamlit's elements are made for reading at a desk."""

from __future__ import annotations

import base64
import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import jinja2

from dunghen import illustration, questions
from dunghen.figures import screen as drawing
from dunghen.figures.look import BAND_COLOURS, GRID, INK, QUIET
from dunghen.scope import Scope
from dunghen.ui import address
from dunghen.words import formats, names, sentences

Row = Mapping[str, Any]

_HERE = Path(__file__).parent
_BELOW = ("clearly_below", "leaning_below")
_BANDS = ("clearly_below", "leaning_below", "as_expected", "leaning_above", "clearly_above", "too_few")
ATTENTION_SHOWN, FARTHEST_SHOWN, CRITERIA_SHOWN = 7, 3, 7
# lines of names, and how long a name fits on one
PLACES_SHOWN, PLACES_SHOWN_LARGE, PLACES_ABOVE_LEVELS = 4, 8, 6
LONGEST_PLACE = 23
LOW_SHARE = 0.75
LONG_NAME = 24


@dataclass(frozen=True)
class Board:
    """The figures of one place on the wall.

    `compared` are the authorities in it, empty where there is nothing to compare; then `peers` are those it
    can itself be compared with. `group` is what `compared` or `peers` make together. `overdue` is how many
    dossiers are overdue on the last day of `whole`; None where it was not computed from dossiers.
    """

    place: Row
    whole: Row | None
    group: Row | None
    compared: tuple[Row, ...]
    peers: tuple[Row, ...]
    where: tuple[Row, ...]
    criteria: tuple[Row, ...]
    source: Row | None
    overdue: int | None

    @property
    def views(self) -> tuple[str, ...]:
        """The views that have data, in turning order."""
        has = {
            "tong-quan": self.whole is not None and self.whole["rate"] is not None,
            "o-dau": bool(self.compared),
            "tieu-chi": bool(self.criteria),
        }
        return tuple(view for view, there in has.items() if there)

    @property
    def attention(self) -> list[Row]:
        """The authorities below the usual spread of their group, the lowest first."""
        return [row for row in self.compared if row["band"] in _BELOW]

    @property
    def farthest(self) -> list[Row]:
        """The others that lack dossiers to the reference, those that lack most first."""
        rest = [row for row in self.compared if row["band"] not in _BELOW and row["missing_to_reference"]]
        return sorted(rest, key=lambda row: -int(row["missing_to_reference"]))


def board(place: Row, scope: Scope) -> Board:
    """Asks for everything the wall shows of `place`; what `scope` leaves open is the latest there is."""
    criteria = _criteria(place["authority_code"])
    settled = questions.settle(scope)
    if settled is None:
        return _board_of_one(place, criteria)
    whole = questions.ask("standing_by_comparison", settled).one
    return Board(
        place=place,
        whole=whole,
        group=questions.ask("group_by_comparison", settled).one,
        compared=questions.ask("comparison_by_authority", settled).rows,
        peers=(),
        where=questions.ask("level_by_comparison", settled).rows,
        criteria=criteria,
        source=_source(whole),
        overdue=_overdue(place["authority_code"], whole, settled),
    )


def _overdue(code: str, whole: Row | None, settled: Scope) -> int | None:
    """How many of the dossiers that the figure of a place was computed from are overdue; None for others."""
    if whole is None or settled.record_kind != "dossiers" or whole["basis"] != "own_report":
        return None
    same = settled.but(authority_code=code, parent_code=None, level=None, coverage=None, is_run=True)
    rows = questions.ask("result_by_report", same).rows
    return next((row["overdue"] for row in rows if row["coverage"] == "area"), None)


def _board_of_one(place: Row, criteria: tuple[Row, ...]) -> Board:
    """The board of a place in which nothing can be compared: its own figure, and where that stands."""
    own = questions.ask("headline_by_authority", Scope(authority_code=place["authority_code"])).one
    among = own and questions.settle(
        Scope(
            parent_code=place["parent_code"],
            level=place["level"],
            first_day=own["first_day"],
            last_day=own["last_day"],
            source_kind=own["source_kind"],
            definition_code=own["definition_code"],
        )
    )
    return Board(
        place=place,
        whole=own,
        group=questions.ask("group_by_comparison", among).one if among else None,
        compared=(),
        peers=questions.ask("comparison_by_authority", among).rows if among else (),
        where=(),
        criteria=criteria,
        source=_source(own or next(iter(criteria), None)),
        overdue=own["overdue"] if own and own["record_kind"] == "dossiers" else None,
    )


def _criteria(code: str) -> tuple[Row, ...]:
    """The criteria of the place's own newest edition; where it has none, those of what lies in it."""
    editions = questions.ask("edition_by_authority", Scope(authority_code=code)).rows
    edition = next((row for row in editions if row["criteria"] > 1), None)
    if edition is None:
        return questions.ask("criterion_by_parent", Scope(parent_code=code)).rows
    same = ("index_code", "edition", "first_day", "last_day", "score_kind", "source_id")
    rows = questions.ask("score_by_criterion", Scope(authority_code=code)).rows
    return tuple(row for row in rows if all(row[name] == edition[name] for name in same))


def _source(row: Row | None) -> Row | None:
    return row and questions.ask("source_by_id", Scope(source_id=row["source_id"])).one


@cache
def styles() -> str:
    """The style sheet of the wall, in a style element; all its class names are our own."""
    return f"<style>{(_HERE / 'screen.css').read_text(encoding='utf-8')}</style>"


def markup(shown: Board, view: str) -> str:
    """One view of the wall as HTML; `view` is one of `shown.views`."""
    language = address.language()
    draw = {"tong-quan": _overview, "o-dau": _where, "tieu-chi": _criteria_view}[view]
    return template("screen.html").render(
        view=view,
        say=lambda key, **values: address.text(f"screen.{key}", **values),
        name=shown.place["authority_name"],
        sample=illustration.label(language) if shown.place["illustrative"] else "",
        colours=BAND_COLOURS["dark"] | {"ink": INK["dark"], "quiet": QUIET["dark"], "line": GRID["dark"]},
        source=_source_line(shown, view, language),
        snapshot=questions.snapshot_in_view().snapshot[:8],
        **draw(shown, language),
    )


def _overview(shown: Board, language: str) -> dict[str, Any]:
    whole = shown.whole or {}
    return {
        "period": formats.period(whole["first_day"], whole["last_day"], language),
        "rate": formats.percent(whole["rate"], language).removesuffix("%"),
        "fraction": f"{formats.count(whole['numerator'], language)} / "
        f"{sentences.dossiers(whole['denominator'], language)}",
        "definition": _counted(whole["definition_code"], language),
        "summed": whole.get("basis") == "sum_of_compared",
        "verdict": whole["verdict"],
        "overdue": _overdue_in_words(shown, language),
        "reference": _reference(whole, language),
        "missing": sentences.dossiers(whole["missing_to_reference"], language),
        "siblings": shown.group and sentences.siblings_text(shown.group, language),
        "strip": _strips(shown, language, drawing.WIDE),
        **(_needs(shown, language) if shown.compared else _alone(shown, language)),
        "rest": names.rest_name(whole["definition_code"], language),
        **_places(shown, language, PLACES_SHOWN),
    }


def _overdue_in_words(shown: Board, language: str) -> str:
    """What waits longer than promised, on the last day of the figure; nothing where it is not known."""
    if shown.overdue is None:
        return ""
    if shown.overdue == 0:
        return address.text("screen.none_overdue")
    return address.text("screen.overdue", dossiers=sentences.dossiers(shown.overdue, language))


def _counted(definition_code: str, language: str) -> str:
    """The definition, and what its numerator counts where its name does not say it."""
    name = names.definition_name(definition_code, language)
    counted = names.numerator_name(definition_code, language)
    return name if name.startswith(counted) else f"{counted} · {name}"


def _reference(row: Row, language: str) -> str:
    return formats.percent(row["reference_rate"], language, decimals=0)


def _needs(shown: Board, language: str) -> dict[str, Any]:
    """Who needs attention: those below the usual spread; where few are, also who is farthest off."""
    bands = Counter(row["band"] for row in shown.compared)
    below = shown.attention
    farthest = shown.farthest[:FARTHEST_SHOWN] if len(below) <= FARTHEST_SHOWN else []
    return {
        "alone": False,
        "below": {band: bands[band] for band in _BELOW if bands[band]},
        "attention": [_attention(row, language) for row in below[:ATTENTION_SHOWN]],
        "unseen": max(0, len(below) - ATTENTION_SHOWN),
        "farthest": [_attention(row, language) for row in farthest],
    }


def _alone(shown: Board, language: str) -> dict[str, Any]:
    """A place without anybody to compare in it: its sentence, and its stand among its like."""
    code = shown.place["authority_code"]
    mine = next((row for row in shown.peers if row["authority_code"] == code), None)
    return {
        "alone": True,
        "sentence": sentences.headline(shown.whole, language),
        "standing": mine and shown.group and sentences.standing(mine, shown.group, language),
        "parent": shown.place["parent_name"],
        "parent_path": address.path_to("screen", parent_code=shown.place["parent_code"]),
    }


def _attention(row: Row, language: str) -> dict[str, str]:
    return {
        "name": _name(row),
        "path": address.path_to("authority", authority_code=row["authority_code"]),
        "missing": sentences.dossiers(row["missing_to_reference"], language),
        "rate": formats.percent(row["rate"], language),
        "band": row["band"],
        "band_name": names.band_name(row["band"], language),
        "shape": names.band_shape(row["band"]),
    }


def _name(row: Row) -> str:
    """The name without the kind that all its siblings share; others where they are too long for a line."""
    long = len(row["authority_name"]) >= LONG_NAME
    return str(row["short_name"] if long or row["level"] == "province" else row["authority_name"])


def _where(shown: Board, language: str) -> dict[str, Any]:
    group = shown.group or {}
    bands = Counter(row["band"] for row in shown.compared)
    return {
        "period": formats.period(group["first_day"], group["last_day"], language),
        "finding": sentences.comparison_finding(shown.compared, group, language),
        "siblings": sentences.siblings_text(group, language),
        "definition": _counted(group["definition_code"], language),
        "rest": names.rest_name(group["definition_code"], language),
        "reference": _reference(group, language),
        "strip": _strips(shown, language, drawing.TALL),
        "bands": [
            {
                "band": band,
                "name": names.band_name(band, language),
                "shape": names.band_shape(band),
                "count": formats.count(bands[band], language),
            }
            for band in _BANDS
            if bands[band] or band != "too_few"
        ],
        **_places(shown, language, PLACES_ABOVE_LEVELS if _has_levels(shown) else PLACES_SHOWN_LARGE),
    }


def _places(shown: Board, language: str, lines: int) -> dict[str, Any]:
    """Where the dossiers not on time are, in so many lines, and the rate of each level that has some."""
    levels = {row["level"]: row["level_rate"] for row in shown.where}
    largest = max((row["not_on_time"] for row in shown.where), default=0)
    return {
        "places": [
            {
                "name": _name(row),
                "path": address.path_to("authority", authority_code=row["authority_code"]),
                "count": formats.count(row["not_on_time"], language),
                "width": f"{100 * row['not_on_time'] / largest:.1f}%",
            }
            for row in _fitting(shown.where, lines)
        ],
        "levels": [
            (names.level_name(level, language), formats.percent(rate, language))
            for level, rate in levels.items()
        ]
        if _has_levels(shown)
        else [],
    }


def _fitting(rows: Sequence[Row], lines: int) -> list[Row]:
    """The first rows with dossiers not on time whose names fill no more lines than there is room for."""
    chosen = [row for row in rows if row["not_on_time"]]
    ends = accumulate(1 + len(_name(row)) // (LONGEST_PLACE + 1) for row in chosen)
    return [row for row, end in zip(chosen, ends, strict=True) if end <= lines]


def _has_levels(shown: Board) -> bool:
    return len({row["level"] for row in shown.where}) > 1


def _criteria_view(shown: Board, language: str) -> dict[str, Any]:
    first = shown.criteria[0]
    own = "score_share" in first
    rows = [
        row for row in shown.criteria if row["criterion_code"] != "TOTAL" and row[_share(own)] is not None
    ]
    rows = [row for row in rows if row.get("parent_criterion_code") in (None, "TOTAL")] or rows
    total = next((row for row in shown.criteria if row["criterion_code"] == "TOTAL"), None)
    return {
        "own": own,
        "period": formats.period(first["first_day"], first["last_day"], language),
        "rest": "",
        "index": formats.name_in(first, "index_name", language),
        "total": total
        and f"{formats.number(total['score'], language)} / {formats.number(total['max_score'], language)}",
        "low": formats.percent(LOW_SHARE, language, decimals=0),
        "finding": sentences.criteria_finding(shown.criteria, language) if own else "",
        "criteria": [_criterion(row, own, language) for row in rows[:CRITERIA_SHOWN]],
        "unseen": max(0, len(rows) - CRITERIA_SHOWN),
    }


def _share(own: bool) -> str:  # noqa: FBT001 - the only argument
    return "score_share" if own else "median_share"


def _criterion(row: Row, own: bool, language: str) -> dict[str, Any]:  # noqa: FBT001 - named where it is made
    share, score = (row[_share(own)], row["score" if own else "median_score"])
    lowest = None if own else f"{row['lowest_name']} {formats.percent(row['lowest_share'], language)}"
    return {
        "name": formats.name_in(row, "criterion_name", language),
        "score": f"{formats.number(score, language)} / {formats.number(row['max_score'], language)}",
        "lost": own and _lost(row, language),
        "share": formats.percent(share, language),
        "width": f"{100 * float(share):.1f}%",
        "low": share < LOW_SHARE,
        "lowest": lowest,
    }


def _lost(row: Row, language: str) -> str:
    lost = formats.number(row["points_lost"], language)
    return f"−{lost}" if row["points_lost"] else lost


def _strips(shown: Board, language: str, size: drawing.Size) -> list[tuple[str, str]]:
    """The strip for a wall and for a phone, as addresses of pictures."""
    rows, code = shown.compared or shown.peers, shown.place["authority_code"]
    return [
        (name, picture(drawing.strip(rows, rows[0]["reference_rate"], language, wanted, marked=code)))
        for name, wanted in (("wide", size), ("narrow", drawing.NARROW))
        if rows
    ]


def picture(svg: str) -> str:
    """An SVG as the address of a picture: what a page may show of it without any script."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _source_line(shown: Board, view: str, language: str) -> str:
    source = _source(shown.criteria[0]) if view == "tieu-chi" else shown.source
    if source is None:
        return ""
    parts: Sequence[str | None] = (
        source["publisher"] or names.source_title(source["title"], language),
        source["observed_at"]
        and address.text("screen.observed", day=_observed(source["observed_at"], language)),
        names.verification_text(source["verification"], language),
    )
    return " · ".join(part for part in parts if part)


def _observed(text: str, language: str) -> str:
    """The day of a point in time as the sources give it (ISO 8601, with or without a time)."""
    return formats.day(dt.date.fromisoformat(text[:10]), language)


@cache
def template(name: str) -> jinja2.Template:
    """A template of the wall, by the name of its file; it escapes everything put into it."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
