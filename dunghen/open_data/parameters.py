"""Reading what an address asks for: known names only, each once, each with a value it can have."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from dunghen.open_data.answers import Phrase, RefusalError
from dunghen.scope import (
    ADDRESS_NAMES,
    COVERAGES,
    DEFINITIONS,
    ERAS,
    LEVELS,
    LONGEST_VALUE,
    RECORD_KINDS,
    SOURCE_KINDS,
    BadParameterError,
    Scope,
)
from dunghen.words import say
from dunghen.words.parameters import allowed_in

MOST_ROWS = 1000
USUAL_ROWS = 20
_SCOPE_FIELDS = frozenset(field.name for field in dataclasses.fields(Scope))


@dataclass(frozen=True)
class Parameter:
    """A parameter of an address: `name` as documented, `field` the identifier that it stands for.

    The short names of `dunghen.scope` and the identifier itself are understood as well."""

    name: str
    schema: dict[str, Any]
    required: bool = False

    @property
    def field(self) -> str:
        """The field of `Scope`, or the parameter's own name where a scope has none."""
        return ADDRESS_NAMES.get(self.name, self.name)


def _text() -> dict[str, Any]:
    return {"type": "string", "maxLength": LONGEST_VALUE}


def _one_of(choices: Sequence[str]) -> dict[str, Any]:
    return {"type": "string", "enum": list(choices)}


Q = Parameter("q", _text())
LEVEL = Parameter("level", _one_of(LEVELS))
PARENT = Parameter("parent", _text())
ERA = Parameter("era", {**_one_of(ERAS), "default": "all"})
LIMIT = Parameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": USUAL_ROWS})
OFFSET = Parameter("offset", {"type": "integer", "minimum": 0, "maximum": 999_999, "default": 0})
FIRST_DAY = Parameter("from", {"type": "string", "format": "date"})
LAST_DAY = Parameter("to", {"type": "string", "format": "date"})
BY = Parameter("by", _one_of(("month", "field", "channel", "procedure")))
RECORD_KIND = Parameter("record_kind", _one_of(RECORD_KINDS))
COVERAGE = Parameter("coverage", _one_of(COVERAGES))
INDEX = Parameter("index", _text())
EDITION = Parameter("edition", _text())
COMPARED = Parameter("parent", {**_text(), "pattern": r"\S"}, required=True)
DEFINITION = Parameter("definition", _one_of(DEFINITIONS))
SOURCE_KIND = Parameter("source_kind", _one_of(SOURCE_KINDS))
SOURCE = Parameter("source_id", _text())
KIND = Parameter("kind", _one_of(("remainder", "oddity", "score_sum", "check_run")))
AUTHORITY = Parameter("authority_code", _text())
LANGUAGE = Parameter("lang", {**_one_of(("vi", "en")), "default": "vi"})


@dataclass(frozen=True)
class Asked:
    """A request that was understood: its scope, and the values of parameters that no scope has."""

    scope: Scope
    others: dict[str, str]


def read(
    parameters: Sequence[Parameter], pairs: Iterable[tuple[str, str]], authority_code: str | None = None
) -> Asked:
    """What the name-value `pairs` of an address ask for; blank values count as not given.

    Raises `RefusalError` (422) for a name that is not among `parameters`, comes twice, is missing although
    required, or has a value it cannot have."""
    given = _by_field(parameters, pairs)
    try:
        return _understood(parameters, given, authority_code)
    except BadParameterError as error:
        phrases = {"allowed": partial(allowed_in, error=error)}
        raise RefusalError(
            422, "bad_parameter", phrases, parameter=error.parameter, value=error.value
        ) from error


def _understood(
    parameters: Sequence[Parameter], given: Mapping[str, tuple[str, str]], authority_code: str | None
) -> Asked:
    scope = Scope.from_address(
        {name: value for field, (name, value) in given.items() if field in _SCOPE_FIELDS},
        **({"authority_code": authority_code} if authority_code is not None else {}),
    )
    others = {
        parameter.name: _checked(parameter, given[parameter.field][1])
        for parameter in parameters
        if parameter.field not in _SCOPE_FIELDS and parameter.field in given
    }
    if scope.limit is not None and not 1 <= scope.limit <= MOST_ROWS:
        raise BadParameterError("limit", str(scope.limit), "rows", highest=MOST_ROWS)
    return Asked(scope, others)


def _by_field(
    parameters: Sequence[Parameter], pairs: Iterable[tuple[str, str]]
) -> dict[str, tuple[str, str]]:
    fields = {parameter.field for parameter in parameters}
    given: dict[str, tuple[str, str]] = {}
    for name, value in pairs:
        field = ADDRESS_NAMES.get(name, name)
        if field not in fields:
            raise RefusalError(
                422, "unknown_parameter", {"allowed": _names(parameters)}, parameter=name[:LONGEST_VALUE]
            )
        if field in given:
            raise RefusalError(422, "repeated_parameter", parameter=name)
        if value.strip():
            given[field] = (name, value)
    for parameter in parameters:
        if parameter.required and parameter.field not in given:
            raise RefusalError(422, f"missing_{parameter.field}", parameter=parameter.name)
    return given


def _names(parameters: Sequence[Parameter]) -> Phrase:
    names = ", ".join(parameter.name for parameter in parameters)
    return lambda language: names or say("allowed.none", language)


def _checked(parameter: Parameter, value: str) -> str:
    text = value.strip()
    choices = parameter.schema.get("enum")
    if choices and text not in choices:
        raise BadParameterError(parameter.name, text, "choice", choices=", ".join(choices))
    if len(text) > LONGEST_VALUE:
        raise BadParameterError(parameter.name, text, "length", most=LONGEST_VALUE)
    return text
