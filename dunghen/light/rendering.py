"""Rows into HTML: the templates, and the words and formats they may use, bound to one language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from dunghen.addresses import LIGHT_SEARCH
from dunghen.finishing import REFERENCE_RATE
from dunghen.light.strip import HALF_HEIGHT, MIDDLE, WIDTH
from dunghen.words import formats, say, sentences
from dunghen.words.names import kind_in_name

_TEMPLATES = Path(__file__).parent / "templates"
# A number and the word that makes it one of dossiers.
_NUMBER = re.compile(r"\d[\d.,]*(?= (?:hồ sơ|dossiers?\b|on time|not on time|late\b))")
LONGEST_UNBROKEN = 18
# The counts a visitor asks for first; those a source does not tell are named as such.
FIRST_COUNTS = ("late", "overdue")
FURTHER_COUNTS = (
    "received",
    "received_online",
    "received_offline",
    "received_and_carried_over",
    "carried_over",
    "handled",
    "due",
    "resolved",
    "early",
    "on_due_date",
    "on_time",
    "in_progress",
    "open_total",
    "withdrawn",
    "returned",
    "withdrawn_or_returned",
    "portal_not_on_time",
)
# Sums of others: told where a source gives nothing else, left out beside dossiers, which give all.
SUMMED_COUNTS = ("received_and_carried_over", "received_offline", "open_total", "withdrawn_or_returned")
ALWAYS_ASKED = ("received", "early", "on_due_date", "in_progress", "withdrawn", "returned")


def page(template: str, language: str, **values: Any) -> str:
    """The HTML of one page: `template` is a file in templates/, without its ending."""
    return _environment(language).get_template(f"{template}.html").render(**values)


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    environment.filters |= _filters(language)
    environment.globals |= {
        "language": language,
        "other_language": "en" if language == "vi" else "vi",
        "t": lambda key, **values: say(f"light.{key}", language, **values),
        "words": _Bound(language),
        "illustration": say("illustration.label", language),
        "band_shape": sentences.band_shape,
        "search_address": LIGHT_SEARCH,
        "reference": REFERENCE_RATE,
        "low_share": sentences.LOW_SCORE_SHARE,
        "first_counts": FIRST_COUNTS,
        "further_counts": FURTHER_COUNTS,
        "always_asked": ALWAYS_ASKED,
        "summed_counts": SUMMED_COUNTS,
        "strip_width": WIDTH,
        "strip_top": MIDDLE - HALF_HEIGHT - 6,
        "strip_bottom": MIDDLE + HALF_HEIGHT + 6,
        "address": partial(_address, language),
        "indicator_value": partial(_indicator_value, language),
    }
    return environment


class _Bound:
    """The functions of `words.sentences`, with the language already chosen."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __getattr__(self, name: str) -> Callable[..., str]:
        function: Callable[..., str] = getattr(sentences, name)
        return partial(function, language=self._language)


def _filters(language: str) -> dict[str, Callable[..., Any]]:
    return {
        "count": lambda value: formats.count(value, language),
        "number": lambda value, decimals=3: formats.number(value, language, decimals=decimals),
        "percent": lambda value, decimals=None: formats.percent(value, language, decimals=decimals),
        "month": lambda value: formats.month(value, language),
        "day": lambda value: formats.day(value, language),
        "day_of": lambda text: _day_of(text, language),
        "period": lambda row: formats.period(row["first_day"], row["last_day"], language),
        "name_in": lambda row, stem: formats.name_in(row, stem, language),
        "in_sentence": lambda name: sentences.place_in_sentence(name, language),
        "short": _short,
        "capital": lambda text: text[:1].upper() + text[1:],
        "strong_numbers": _strong_numbers,
        "tight": _tight,
    }


def _address(language: str, path: str, /, **parameters: object) -> str:
    """An address of ours with its parameters, in the language of the page."""
    known = {name: str(value) for name, value in parameters.items() if value is not None}
    if language != "vi":
        known["lang"] = language
    return f"{path}?{urlencode(known)}" if known else path


def _indicator_value(language: str, row: Mapping[str, Any]) -> str:
    value = formats.number(row["value"], language, decimals=4)
    return say(
        f"light.qualifier.{row['qualifier']}",
        language,
        value=say(f"light.unit.{row['unit']}", language, value=value),
    )


def _day_of(text: str | None, language: str) -> str:
    """A day out of a text such as 2023-12-11T00:54:42+07:00; a text that is none stays as it is."""
    try:
        return formats.day(dt.date.fromisoformat((text or "")[:10]), language)
    except ValueError:
        return text or ""


def _short(name: str) -> str:
    """A name without its kind of place: "Phường Việt Trì" is "Việt Trì"."""
    kind = kind_in_name(name)
    return name[len(kind) + 1 :] if kind else name


def _tight(text: str) -> str:
    """A short text that does not break over lines."""
    return text.replace(" ", "\N{NO-BREAK SPACE}") if len(text) <= LONGEST_UNBROKEN else text


def _strong_numbers(text: str) -> Markup:
    return Markup(_NUMBER.sub(r"<strong>\g<0></strong>", str(escape(text))))  # noqa: S704 escaped just before
