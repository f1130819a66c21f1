"""What makes no sense in a mapping of the right shape: each fault names its key and what is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from dunghen.intake.mappings.columns import (
    CODES,
    COLUMNS,
    CONSTANTS,
    COUNTS,
    DATES,
    FLAT_SUPPLEMENT,
    REQUIRED,
)
from dunghen.intake.mappings.headings import letters_only
from dunghen.intake.privacy import is_forbidden

if TYPE_CHECKING:
    from dunghen.intake.mappings.model import Mapping

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_DIRECTIVE = re.compile(r"%(.?)", re.DOTALL)
_DIRECTIVES = (*"YmdHMSIp",)
# Keys that speak of one kind of record only.
_ONLY_FOR = {
    "midnight_is_date": ("dossiers",),
    "number_scope": ("dossiers",),
    "supplement_keys": ("dossiers",),
    "totals": ("reports", "scores"),
    "titles": ("reports", "scores"),
    "layout": ("scores",),
    "index_code": ("scores",),
    "edition": ("scores",),
    "score_kind": ("scores",),
    "criteria": ("scores",),
}


@dataclass(frozen=True)
class Fault:
    """One thing wrong: the dotted key of the mapping, the key of the text that tells it, what fills that."""

    place: str
    problem: str
    values: tuple[tuple[str, str], ...] = ()


class SenselessError(ValueError):
    """A mapping that makes no sense; holds its faults."""

    def __init__(self, found: list[Fault]) -> None:
        super().__init__(f"{len(found)} faults")
        self.faults = found


def faults(mapping: Mapping) -> list[Fault]:
    """Everything that makes no sense in a mapping, in the order of its keys; empty for a good one."""
    checks = (
        *(_names, _other_records, _columns, _needed, _privacy, _headings, _supplements, _constants),
        *(_date_formats, _marks, _codes, _authority, _as_of, _expressions, _scores),
    )
    return [fault for check in checks for fault in check(mapping)]


def _fault(place: str, problem: str, **values: object) -> Fault:
    return Fault(place, problem, tuple((name, str(value)) for name, value in values.items()))


def listed(names: Iterable[str]) -> str:
    """Names one after the other, for a message."""
    return ", ".join(names)


def unknown(place: str, name: str, allowed: Iterable[str]) -> Fault:
    """The fault of a name that is none of those allowed, with the nearest of them if one is near."""
    names = list(allowed)
    if near := get_close_matches(name, names, n=1, cutoff=0.6):
        return _fault(place, "unknown_near", near=near[0], allowed=listed(names))
    return _fault(place, "unknown", allowed=listed(names))


def _names(mapping: Mapping) -> Iterator[Fault]:
    if not _NAME.fullmatch(mapping.name):
        yield _fault("name", "name")
    for key in ("title_vi", "title_en"):
        if not getattr(mapping, key).strip():
            yield _fault(key, "empty")
    if not mapping.formats:
        yield _fault("formats", "empty")
    if not mapping.recognise:
        yield _fault("recognise", "empty")


def _other_records(mapping: Mapping) -> Iterator[Fault]:
    for key, records in _ONLY_FOR.items():
        if key in mapping.model_fields_set and mapping.record not in records:
            yield _fault(key, "other_record", record=mapping.record, allowed=listed(records))


def _columns(mapping: Mapping) -> Iterator[Fault]:
    allowed = COLUMNS[mapping.record]
    yield from (unknown(f"columns.{name}", name, allowed) for name in mapping.columns if name not in allowed)
    for name in mapping.required:
        if name not in mapping.columns:
            yield _fault("required", "required_unmapped", name=name, allowed=listed(mapping.columns))


def _needed(mapping: Mapping) -> Iterator[Fault]:
    given = {*mapping.columns, *mapping.constants}
    for name in REQUIRED[mapping.record]:
        if name not in given and (mapping.record == "dossiers" or mapping.layout == "long"):
            yield _fault(f"columns.{name}", "missing")
    if mapping.record == "dossiers" and not given & {"finished_at", "returned_at"}:
        yield _fault("columns.finished_at", "missing_finish")
    if mapping.record == "reports" and not given & {*COUNTS, "published_rate", "average_days"}:
        yield _fault("columns", "missing_count", allowed=listed((*COUNTS, "published_rate", "average_days")))


def _lists_of_headings(mapping: Mapping) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The headings that the mapping names as the same, with the key that names them."""
    yield from (("recognise", headings) for headings in mapping.recognise)
    yield from ((f"columns.{name}", headings) for name, headings in mapping.columns.items())
    yield from ((f"criteria.{code}", headings) for code, headings in mapping.criteria.items())
    if mapping.as_of and mapping.as_of.column is not None:
        yield "as_of.column", mapping.as_of.column


def _privacy(mapping: Mapping) -> Iterator[Fault]:
    inside = mapping.supplement_keys.model_dump().items()
    named = [
        *((place, heading) for place, headings in _lists_of_headings(mapping) for heading in headings),
        *((f"supplement_keys.{name}", field) for name, field in inside),
        *(("records", path) for path in mapping.records),
        *((("as_of.key", mapping.as_of.key),) if mapping.as_of and mapping.as_of.key else ()),
    ]
    for place, heading in named:
        if is_forbidden(heading):
            yield _fault(place, "forbidden", heading=heading)


def _headings(mapping: Mapping) -> Iterator[Fault]:
    taken: dict[str, str] = {}
    read = [named for named in _lists_of_headings(mapping) if named[0] != "recognise"]
    for place, heading in ((place, heading) for place, headings in read for heading in headings):
        letters = letters_only(heading)
        if taken.get(letters, place) != place:
            yield _fault(place, "heading_twice", heading=heading, other=taken[letters])
        taken.setdefault(letters, place)
    for place, headings in _lists_of_headings(mapping):
        if not headings or not all(map(letters_only, headings)):
            yield _fault(place, "empty")


def _supplements(mapping: Mapping) -> Iterator[Fault]:
    flat = [name for name in FLAT_SUPPLEMENT if name in mapping.columns]
    if "supplements" in mapping.columns and flat:
        yield _fault("columns.supplements", "supplements_twice", names=listed(flat))
    if flat and not {"supplement_requested_at", "supplement_received_at"} & {*flat}:
        yield _fault(f"columns.{flat[0]}", "supplement_without_day")
    names = list(mapping.supplement_keys.model_dump().values())
    if len({*names}) < len(names):
        yield _fault("supplement_keys", "supplement_keys_twice")


def _constants(mapping: Mapping) -> Iterator[Fault]:
    allowed = CONSTANTS[mapping.record]
    for name, value in mapping.constants.items():
        place = f"constants.{name}"
        if name not in allowed:
            yield unknown(place, name, allowed)
        elif name in mapping.columns:
            yield _fault(place, "constant_and_column", name=name)
        elif not value.strip():
            yield _fault(place, "empty")
        elif allowed[name] and value not in allowed[name]:
            yield unknown(place, value, allowed[name])


def _date_formats(mapping: Mapping) -> Iterator[Fault]:
    titled = mapping.titles.model_fields_set - {"authority"}
    if not mapping.date_formats and (DATES & {*mapping.columns} or mapping.as_of or titled):
        yield _fault("date_formats", "date_formats_missing")
    for form in mapping.date_formats:
        yield from _date_format(form)
    if len({*mapping.date_formats}) < len(mapping.date_formats):
        yield _fault("date_formats", "format_twice")
    # with the year first no day can be taken for a month
    ambiguous = [form for form in mapping.date_formats if not form.startswith("%Y") and "%d" in form]
    if len({form.index("%d") < form.find("%m") for form in ambiguous}) > 1:
        yield _fault("date_formats", "day_or_month")


def _date_format(form: str) -> Iterator[Fault]:
    used = _DIRECTIVE.findall(form)
    place = "date_formats"
    if "y" in used or "Y" not in used:
        yield _fault(place, "format_year", format=form)
    if strange := [f"%{letter}" for letter in used if letter not in _DIRECTIVES and letter != "y"]:
        yield _fault(place, "format_directive", format=form, strange=listed(strange))
    if missing := [f"%{letter}" for letter in "dm" if letter not in used]:
        yield _fault(place, "format_day", format=form, missing=listed(missing))
    if len({*used}) < len(used):
        yield _fault(place, "format_repeats", format=form)
    if ("I" in used) != ("p" in used) or {"H", "I"} <= {*used}:
        yield _fault(place, "format_hour", format=form)


def _marks(mapping: Mapping) -> Iterator[Fault]:
    if mapping.decimal_mark == mapping.thousands_mark:
        yield _fault("thousands_mark", "same_marks", mark=mapping.decimal_mark)


def _codes(mapping: Mapping) -> Iterator[Fault]:
    lists = CODES[mapping.record]
    for column, codes in mapping.codes.items():
        if column not in lists:
            yield unknown(f"codes.{column}", column, lists)
        elif column not in mapping.columns:
            yield _fault(f"codes.{column}", "codes_without_column", name=column)
        else:
            yield from _code_list(column, codes, lists[column])
    for column in ("status", "channel"):
        if column in mapping.columns and column in lists and not mapping.codes.get(column):
            yield _fault(f"codes.{column}", "codes_missing", allowed=listed(lists[column]))


def _code_list(column: str, codes: dict[str, int | str], allowed: tuple[str, ...]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for text, code in codes.items():
        place, folded = f'codes.{column}."{text}"', " ".join(text.casefold().split())
        if allowed and str(code) not in allowed:
            yield _fault(place, "code", code=code, allowed=listed(allowed))
        elif not _CODE.fullmatch(str(code)):
            yield _fault(place, "code_form", code=code)
        if not folded and column != "channel":
            yield _fault(place, "code_of_empty")
        if seen.setdefault(folded, str(code)) != str(code):
            yield _fault(place, "code_twice")


def _authority(mapping: Mapping) -> Iterator[Fault]:
    if "authority" in mapping.columns and mapping.authority is None:
        yield _fault("authority", "authority_missing")
    if mapping.authority is None:
        return
    if "authority" not in mapping.columns and not mapping.titles.authority:
        yield _fault("authority", "authority_without_column")
    if mapping.authority.parent is not None and mapping.authority.by != "name":
        yield _fault("authority.parent", "parent_without_name")
    if mapping.authority.parent is not None and not _CODE.fullmatch(mapping.authority.parent):
        yield _fault("authority.parent", "code_form", code=mapping.authority.parent)


def _as_of(mapping: Mapping) -> Iterator[Fault]:
    if mapping.as_of and len(mapping.as_of.model_dump(exclude_none=True)) != 1:
        yield _fault("as_of", "as_of_one")


def _expressions(mapping: Mapping) -> Iterator[Fault]:
    titles = {f"titles.{key}": value for key, value in mapping.titles.model_dump().items()}
    for place, text in {**titles, "as_of.title": mapping.as_of and mapping.as_of.title}.items():
        if text is None:
            continue
        try:
            groups = re.compile(text).groups
        except re.error:
            yield _fault(place, "expression")
            continue
        if groups != 1:
            yield _fault(place, "expression_group")


def _scores(mapping: Mapping) -> Iterator[Fault]:
    if mapping.record != "scores":
        return
    for key in ("layout", "index_code", "edition", "score_kind"):
        if not getattr(mapping, key):
            yield _fault(key, "missing")
    yield from _wide(mapping) if mapping.layout == "wide" else _long(mapping)
    for code in mapping.criteria:
        if not _CODE.fullmatch(code):
            yield _fault(f"criteria.{code}", "code_form", code=code)


def _wide(mapping: Mapping) -> Iterator[Fault]:
    if not mapping.criteria:
        yield _fault("criteria", "missing")
    for name in ("criterion", "score", "max_score"):
        if name in mapping.columns:
            yield _fault(f"columns.{name}", "wide_column")


def _long(mapping: Mapping) -> Iterator[Fault]:
    if mapping.criteria:
        yield _fault("criteria", "long_criteria")
