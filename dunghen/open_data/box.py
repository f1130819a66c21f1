"""The box that web sites of communes embed: an authority's newest headline as HTML, picture or data."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from dunghen import illustration, questions
from dunghen.addresses import LIGHT_SEARCH
from dunghen.open_data import rendering
from dunghen.open_data.answers import RefusalError, Table, picked
from dunghen.open_data.authorities import authority_asked
from dunghen.open_data.door import NEVER_KEPT, kept
from dunghen.open_data.endpoints import AUTHORITY_CODE
from dunghen.open_data.parameters import LANGUAGE, Asked, read
from dunghen.questions import Row
from dunghen.warehouse import Snapshot
from dunghen.words import formats, say
from dunghen.words.names import count_name, definition_name, source_title
from dunghen.words.sentences import headline

WIDTH = 360
# of the strip that says that everything in the box is imaginary
SAMPLE_HEIGHT = 26
_INK, _BLUE, _GREY = "#16202B", "#12436D", "#4A5663"
SHOWN_COUNTS = (
    "handled",
    "resolved",
    "on_time",
    "late",
    "overdue",
    "portal_total",
    "portal_on_time",
    "portal_not_on_time",
)
DATA = (
    "authority_code",
    "authority_name",
    "first_day",
    "last_day",
    "definition_code",
    "rate",
    "reason",
    "numerator",
    "denominator",
    "low",
    "high",
    *SHOWN_COUNTS,
    "published_rate",
    "published_rate_definition",
    "observed_at",
    "source_id",
    "illustrative",
)


@dataclass(frozen=True)
class Box:
    """What the box says: `place` is where the authority lies, `number` None without a rate.

    `counts` are those that are known, each with its name; `sample` marks what is imaginary."""

    language: str
    name: str
    place: str
    sentence: str
    number: str | None
    counts: list[tuple[str, str]]
    notes: list[str]
    link: str
    sample: str = ""


@dataclass(frozen=True)
class Line:
    """A line of the picture: `y` is its base line; `figure` stands at the right end."""

    text: str
    y: int
    size: int
    colour: str
    bold: bool = False
    figure: str = ""


def as_html(request: Request, snapshot: Snapshot) -> Response:
    """The box as a page to be framed; what is refused is told in it."""
    try:
        asked = _asked(request)
        box = look_at(asked)
    except RefusalError as refusal:
        page = _page(language="vi", trouble=refusal.as_data()["detail_vi"])
        return Response(page, refusal.status, NEVER_KEPT, media_type="text/html")

    def render() -> tuple[bytes, dict[str, str]]:
        return _page(**vars(box)), {}

    return kept(request, snapshot, "text/html", render)


def as_picture(request: Request, snapshot: Snapshot) -> Response:
    """The box as SVG, as high as its text needs."""
    box = look_at(_asked(request))

    def render() -> tuple[bytes, dict[str, str]]:
        lines = list(_lines(box))
        values = {**vars(box), "lines": lines, "width": WIDTH, "height": lines[-1].y + 16}
        return _templates().get_template("box.svg").render(values).encode(), {}

    return kept(request, snapshot, "image/svg+xml", render)


def as_data(request: Request, snapshot: Snapshot) -> Response:
    """The box's figures, in the envelope of the API; `data` is empty where there is no headline."""
    asked = _asked(request)
    authority = authority_asked(asked)

    def render() -> tuple[bytes, dict[str, str]]:
        row = questions.ask("headline_by_authority", asked.scope).one
        table = Table([], empty="no_rate" if authority["reports"] else "no_report")
        if row is not None:
            table = _table(row)
        return rendering.as_json(snapshot.snapshot, snapshot.as_of, table, None), {}

    return kept(request, snapshot, "application/json", render)


def look_at(asked: Asked) -> Box:
    """The box of the authority asked for; raises `RefusalError` (404) if there is none of that code."""
    authority = authority_asked(asked)
    row = questions.ask("headline_by_authority", asked.scope).one
    language = asked.scope.language
    return Box(
        language=language,
        name=authority["authority_name"],
        place="" if authority["parent_code"] == questions.NATION else authority["parent_name"] or "",
        sentence=headline(row or authority, language),
        number=formats.percent(row["rate"], language) if row and row["rate"] is not None else None,
        counts=_counts(row, language) if row else [],
        notes=_notes(row, language) if row else [],
        link=f"{LIGHT_SEARCH}/{quote(authority['authority_code'])}?lang={language}",
        sample=illustration.label(language).upper() if authority["illustrative"] else "",
    )


def _counts(row: Row, language: str) -> list[tuple[str, str]]:
    return [
        (_capitalised(count_name(name, language)), formats.count(row[name], language))
        for name in SHOWN_COUNTS
        if row[name] is not None
    ]


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _notes(row: Row, language: str) -> list[str]:
    name = definition_name(row["definition_code"], language)
    return [
        say("box.definition", language, name=name),
        _capitalised(formats.period(row["first_day"], row["last_day"], language)),
        say("box.source", language, title=source_title(row["source_title"], language)),
    ]


def _table(row: Row) -> Table:
    return Table([picked(row, DATA)], definitions=[row["definition_code"]], as_of=row["last_day"])


def _lines(box: Box) -> Iterator[Line]:
    """The lines of the picture from top to bottom, long texts broken to its width."""
    y = 26 + (SAMPLE_HEIGHT if box.sample else 0)
    yield Line(say("box.title", box.language), y, 12, _GREY)
    for text in textwrap.wrap(box.name, 34):
        y += 22
        yield Line(text, y, 17, _INK, bold=True)
    for text in textwrap.wrap(box.place, 50):
        y += 17
        yield Line(text, y, 12, _GREY)
    if box.number:
        y += 46
        yield Line(box.number, y, 40, _BLUE, bold=True)
    y += 6
    for text in textwrap.wrap(box.sentence, 50):
        y += 18
        yield Line(text, y, 13, _INK)
    y += 6
    for label, count in box.counts:
        y += 18
        yield Line(label, y, 13, _INK, figure=count)
    y += 6
    for note in (*box.notes, say("box.unofficial", box.language)):
        for text in textwrap.wrap(note, 58):
            y += 15
            yield Line(text, y, 11, _GREY)


def _asked(request: Request) -> Asked:
    code: str = request.path_params[AUTHORITY_CODE]
    return read((LANGUAGE,), request.query_params.multi_items(), code)


def _page(language: str, **values: Any) -> bytes:
    parts = ("title", "link_text", "search_text", "unofficial")
    words = {part: say(f"box.{part}", language) for part in parts}
    empty = {"name": "", "sample": "", "trouble": "", "search": LIGHT_SEARCH}
    return _templates().get_template("box.html").render(empty | words | values, language=language).encode()


@cache
def _templates() -> Environment:
    folder = FileSystemLoader(Path(__file__).parent / "templates")
    return Environment(
        loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
