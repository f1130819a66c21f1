"""What a visitor is looking at: one frozen record whose field names are the $names in queries/."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

# The short names that stand for the identifiers in addresses.
ADDRESS_NAMES: dict[str, str] = {
    "ma": "authority_code",
    "trong": "parent_code",
    "parent": "parent_code",
    "cap": "level",
    "tu": "first_day",
    "from": "first_day",
    "den": "last_day",
    "to": "last_day",
    "cach": "definition_code",
    "definition": "definition_code",
    "theo": "dimension",
    "so-lieu": "record_kind",
    "bo": "index_code",
    "index": "index_code",
    "ban": "edition",
    "tieu-chi": "criterion_code",
    "ngon-ngu": "language",
    "lang": "language",
}
LEVELS = ("nation", "region", "ministry", "group", "province", "department", "district", "commune")
ERAS = ("current", "former", "all")
COVERAGES = ("own", "area", "unknown")
RECORD_KINDS = ("published", "dossiers")
PERIOD_KINDS = ("month", "quarter", "year")
DIMENSIONS = ("field", "channel", "procedure", "days_late", "whole")
SOURCE_KINDS = ("seed", "press", "portal", "decision", "package", "office", "illustrative")
DEFINITIONS = ("resolved", "portal", "accountable", "handled", "not_late", "received", "due")
LANGUAGES = ("vi", "en")

_CHOICES: dict[str, tuple[str, ...]] = {
    "level": LEVELS,
    "era": ERAS,
    "coverage": COVERAGES,
    "record_kind": RECORD_KINDS,
    "period_kind": PERIOD_KINDS,
    "dimension": DIMENSIONS,
    "source_kind": SOURCE_KINDS,
    "definition_code": DEFINITIONS,
    "language": LANGUAGES,
}
_NOT_IN_ADDRESSES = {"is_run", "is_broken_down"}
LONGEST_VALUE = 200
LARGEST_NUMBER = 999_999


class BadParameterError(ValueError):
    """A parameter of an address cannot be understood; says which, what it held and what is allowed."""

    def __init__(self, parameter: str, value: str, allowed: str, **values: object) -> None:
        """`parameter` as it stands in the address; `allowed` is a key of `allowed` in dunghen/words/.

        `values` fill its text (`dunghen.words.parameters.allowed_in`)."""
        super().__init__(f"{parameter} = {value[:LONGEST_VALUE]!r}: {allowed} {values}")
        self.parameter = parameter
        self.value = value[:LONGEST_VALUE]
        self.allowed = allowed
        self.values = values


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Authority, period, definition, edition and language of a view. None means "not chosen".

    `first_day` and `last_day` are both included. With `is_run` they are a run of whole months, and every
    question is asked of the dossiers of that run, whether or not the calendar knows it; with `is_broken_down`
    it is asked of the parts that they have by `dimension`. No address says either. The codes are those of
    the registry and of `dunghen/warehouse/schema.sql`; a scope does not promise that they exist.
    """

    authority_code: str | None = None
    parent_code: str | None = None
    level: str | None = None
    era: str | None = None
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    definition_code: str | None = None
    coverage: str | None = None
    record_kind: str | None = None
    period_kind: str | None = None
    dimension: str | None = None
    is_run: bool = False
    is_broken_down: bool = False
    source_kind: str | None = None
    source_id: str | None = None
    index_code: str | None = None
    edition: str | None = None
    criterion_code: str | None = None
    language: str = "vi"
    limit: int | None = None
    offset: int = 0

    def but(self, **changes: Any) -> Self:
        """The same scope with some fields changed."""
        return dataclasses.replace(self, **changes)

    @classmethod
    def from_address(cls, parameters: Mapping[str, str], **defaults: Any) -> Self:
        """The scope that an address asks for; names it does not know are left alone.

        Raises `BadParameterError` for a value that cannot be one (a date that is none, an unknown level).
        """
        known = {field.name for field in dataclasses.fields(cls)} - _NOT_IN_ADDRESSES
        chosen: dict[str, Any] = dict(defaults)
        for name, text in parameters.items():
            field = ADDRESS_NAMES.get(name, name)
            if field in known and text.strip():
                chosen[field] = _read(name, field, text.strip())
        scope = cls(**chosen)
        if scope.first_day and scope.last_day and scope.first_day > scope.last_day:
            named = [name for name in parameters if ADDRESS_NAMES.get(name, name) == "first_day"]
            raise BadParameterError((named or ["from"])[-1], scope.first_day.isoformat(), "day_order")
        return scope


def _read(name: str, field: str, text: str) -> Any:
    if field in ("first_day", "last_day"):
        return _read_day(name, text)
    if field in ("limit", "offset"):
        return _read_number(name, text)
    if field in _CHOICES and text not in _CHOICES[field]:
        raise BadParameterError(name, text, "choice", choices=", ".join(_CHOICES[field]))
    if len(text) > LONGEST_VALUE:
        raise BadParameterError(name, text, "length", most=LONGEST_VALUE)
    return text


def _read_day(name: str, text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = None
    # Python also reads 20230201 and 2023-W05-3
    if day is None or day.isoformat() != text:
        raise BadParameterError(name, text, "day")
    return day


def _read_number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_NUMBER))):
        raise BadParameterError(name, text, "number", lowest=0, highest=LARGEST_NUMBER)
    return int(text)
