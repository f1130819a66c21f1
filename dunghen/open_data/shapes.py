"""The shape of every answer as JSON Schema, made from the same column lists that the answers are made from.

An identifier means the same everywhere, so one table tells its type; whatever is not in it is text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dunghen.measures import Band, Verdict
from dunghen.open_data import authorities, catalogue, comparison, results, scores
from dunghen.scope import COVERAGES, DEFINITIONS, ERAS, LEVELS, RECORD_KINDS, SOURCE_KINDS

Schema = dict[str, Any]

_DAYS = ("first_day", "last_day", "valid_from", "valid_to", "changed_on", "made_on", "boundary_changed_on")
_FLAGS = (
    "has_figures",
    "illustrative",
    "is_whole",
    "is_main",
    "valid_from_is_bound",
    "valid_to_is_bound",
    "changed_on_is_bound",
)
_COUNTS = (
    *results.COUNTS,
    "numerator",
    "denominator",
    "parent_numerator",
    "parent_denominator",
    "not_on_time",
    "rank",
    "rank_of",
    "published_rank",
    "published_rank_of",
    "computed_rank",
    "computed_rank_of",
    "missing_to_reference",
    "authorities_with_report",
    "authorities_with_rate",
    "children",
    "steps",
    "position",
    "reports",
    "scores",
    "indicators",
    "authorities_with_dossiers",
    "headlines",
    "editions",
    "rows_examined",
    "total",
    "parts_sum",
    "authorities",
    "authorities_with_figures",
    "sources",
)
_SHARES = (
    "rate",
    "low",
    "high",
    "published_rate",
    "parent_rate",
    "median",
    "target_rate",
    "reference_rate",
    "score_share",
    "min_share",
    "tau",
)
_NUMBERS = (
    "score",
    "max_score",
    "points_lost",
    "scale_max",
    "total_score",
    "criteria_sum",
    "max_score_sum",
    "value",
    "average_days",
    "latitude",
    "longitude",
    "area_km2",
    "phi",
)
_CHOICES: dict[str, Iterable[str]] = {
    "level": LEVELS,
    "era": ERAS[:2],
    "coverage": COVERAGES,
    "parent_coverage": COVERAGES,
    "record_kind": RECORD_KINDS,
    "source_kind": SOURCE_KINDS,
    "definition_code": DEFINITIONS,
    "headline_definition_code": DEFINITIONS,
    "published_rate_definition": (*DEFINITIONS, "unknown"),
    "band": tuple(str(band) for band in Band),
    "verdict": tuple(str(verdict) for verdict in Verdict),
    "reason": ("no_dossiers", "missing_counts", "suppressed", "published_only", "no_report"),
    "rank_rule": ("competition", "dense", "row_number", "unknown"),
    "score_kind": ("self", "appraised", "published"),
    "kind": tuple(catalogue.FINDINGS),
}
_TYPES: dict[str, Schema] = {
    **{key: {"type": ["string", "null"], "format": "date"} for key in _DAYS},
    **{key: {"type": ["boolean", "null"]} for key in _FLAGS},
    **{key: {"type": ["integer", "null"]} for key in _COUNTS},
    **{key: {"type": ["number", "null"], "minimum": 0, "maximum": 1} for key in _SHARES},
    **{key: {"type": ["number", "null"]} for key in _NUMBERS},
    # of counts in a remainder, of scores in a score_sum
    "difference": {"type": "number"},
    **{name: {"type": ["string", "null"], "enum": [*choices, None]} for name, choices in _CHOICES.items()},
}
_TEXT: Schema = {"type": ["string", "null"]}


def record(columns: Iterable[str], **nested: Schema) -> Schema:
    """An object with exactly these columns; `nested` gives the shapes of those that are no single value."""
    properties = {column: _TYPES.get(column, _TEXT) for column in columns} | nested
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def many(item: Schema) -> Schema:
    """A list of such things."""
    return {"type": "array", "items": item}


def maybe(item: Schema) -> Schema:
    """Such a thing, or null."""
    return {"oneOf": [item, {"type": "null"}]}


NAMES: Schema = many({"type": "string"})
_KNOWN_RATE = ("rate", "numerator", "denominator", "low", "high")
RATE: Schema = {
    "oneOf": [
        record(_KNOWN_RATE, rate={"type": "number", "minimum": 0, "maximum": 1}),
        record((*_KNOWN_RATE, "reason"), rate={"type": "null"}, missing=NAMES),
    ]
}
STATEMENT = record(
    ("statement_id", "authority_code", "made_on", "statement_vi", "statement_en", "about", "source_id")
)
AUTHORITY = record(authorities.LISTED)
IDENTITY = record(
    authorities.IDENTITY,
    predecessors=many(record(authorities.RELATED)),
    successors=many(record(authorities.RELATED)),
    statements=many(STATEMENT),
)
RESULT = record(
    (*results.BEFORE_COUNTS, "reason", *results.AFTER_RATES),
    counts=record(results.COUNTS),
    rates=record((), **dict.fromkeys(DEFINITIONS, RATE)),
    derived_counts=NAMES,
    under_5=NAMES,
    hidden=NAMES,
)
SCORE = record(scores.SCORE)
INDICATOR = record(scores.INDICATOR)
COMPARED = record(comparison.COMPARED)
GROUP = maybe(record(comparison.GROUP, target=maybe(record(comparison.TARGET))))
CHOICE = record(comparison.CHOICE)
EDITION = record(
    catalogue.EDITION, criteria=many(record(catalogue.CRITERION)), grades=many(record(catalogue.GRADE))
)
SOURCE = record(catalogue.SOURCE)
FINDING: Schema = {
    "oneOf": [
        record(columns, kind={"type": "string", "const": kind})
        for kind, columns in catalogue.FINDINGS.items()
    ]
}
DEFINITION = record(
    (
        "definition_code",
        "formula",
        "name_vi",
        "name_en",
        "formula_vi",
        "formula_en",
        "denominator_vi",
        "denominator_en",
        "used_by_vi",
        "used_by_en",
    )
)
ERROR: Schema = {
    "type": "object",
    "description": "Why there is no answer: a code, a sentence in English and one in Vietnamese.",
    "properties": {
        "error": {"type": "string"},
        "detail": {"type": "string"},
        "detail_vi": {"type": "string"},
        "parameter": {"type": "string"},
        "value": {"type": "string"},
        "allowed": {"type": "string"},
        "code": {"type": "string"},
    },
    "required": ["error", "detail", "detail_vi"],
    "additionalProperties": False,
}


def envelope(row: Schema, extra: Mapping[str, Schema]) -> Schema:
    """What every answer is wrapped in; `extra` are the further keys of one address."""
    always: dict[str, Schema] = {
        "snapshot": {"type": "string"},
        "as_of": {"type": "string", "format": "date"},
        "data": many(row),
        "definitions": many({"$ref": "#/components/schemas/Definition"}),
        "sources": many({"$ref": "#/components/schemas/Source"}),
    }
    when_empty: dict[str, Schema] = {key: {"type": "string"} for key in ("reason", "detail", "detail_vi")}
    when_illustrative: dict[str, Schema] = {
        "illustrative": {"const": True},
        "notice": {"type": "string"},
        "notice_vi": {"type": "string"},
    }
    return {
        "type": "object",
        "properties": {**always, **extra, **when_empty, **when_illustrative},
        "required": [*always, *extra],
        "additionalProperties": False,
    }
