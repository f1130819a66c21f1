"""The day of an export, where the mapping says that the file tells it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from dunghen.intake.errors import UnusableError

if TYPE_CHECKING:
    from dunghen.intake.mappings.model import Mapping

# With such a line the days above the headings are those that dossiers were asked for.
_ASKED_FROM = re.compile(r"(?i)từ (?:ngày|\d)")


def read_as_of(mapping: Mapping, titles: Sequence[str], values: Iterable[str] = ()) -> date | None:
    """The day of the export, or None where the mapping or the file does not tell it.

    `titles` are the lines above the headings (of a JSON file "dotted.key: value" for each value outside the
    records), `values` what the staged column `as_of` holds. A day in the titles is none of the export where a
    line says from which day dossiers were asked for. Raises `UnusableError` if what stands there is no day by
    the mapping's date formats, or if there are several days."""
    if mapping.as_of is None:
        return None
    found = {_day(mapping, text) for text in _texts(mapping, titles, values) if text.strip()}
    if len(found) > 1:
        raise UnusableError("mapping.as_of_differs", mapping=mapping.name)
    return next(iter(found), None)


def _texts(mapping: Mapping, titles: Sequence[str], values: Iterable[str]) -> list[str]:
    if mapping.as_of is None or mapping.as_of.column:
        return list(values)
    if mapping.as_of.title and any(_ASKED_FROM.search(line) for line in titles):
        return []
    pattern = mapping.as_of.title or rf"^{re.escape(mapping.as_of.key or '')}\s*:\s*(.*)$"
    matches = [re.search(pattern, line) for line in titles]
    # a group that took no part in the match is None
    return [match[1] or "" for match in matches if match]


def _day(mapping: Mapping, text: str) -> date:
    try:
        moment = mapping.moment(text)
    except ValueError:
        moment = None
    if moment is None:
        raise UnusableError("mapping.as_of_unreadable", mapping=mapping.name)
    return moment.date()
