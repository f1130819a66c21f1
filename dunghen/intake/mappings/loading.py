"""Mappings from their TOML files; one that cannot be used is refused in words that name file and keys."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel, ValidationError

from dunghen.intake.errors import UnusableError
from dunghen.intake.mappings import sense
from dunghen.intake.mappings.mending import mended
from dunghen.intake.mappings.model import Mapping

FOLDER = Path(__file__).resolve().parents[3] / "data" / "mappings"
LARGEST = 1_000_000
_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
# pydantic's name of a type error → the key of ours
_KINDS = {
    "string_type": "text",
    "bool_type": "yes_or_no",
    "tuple_type": "list",
    "list_type": "list",
    "dict_type": "table",
    "model_type": "table",
    "model_attributes_type": "table",
    "int_type": "code",
}


def load(name_or_path: str | Path) -> Mapping:
    """The mapping of that name in data/mappings, or the one in the TOML file at that path.

    What ends in `.toml` or has a folder is a path, anything else a name. Raises `UnusableError` for a name
    that is not known, and for a file that is missing, is no TOML or makes no sense, with all its faults."""
    text = str(name_or_path)
    if not text.lower().endswith(".toml") and not {"/", "\\"} & {*text}:
        found = {mapping.name: mapping for mapping in all_mappings()}
        if text not in found:
            raise UnusableError("mapping.unknown_name", name=text, names=sense.listed(found))
        return found[text]
    return _read(Path(name_or_path))


@cache
def all_mappings() -> tuple[Mapping, ...]:
    """The mappings of data/mappings, by name."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.toml"), key=lambda path: path.stem))


def _read(path: Path) -> Mapping:
    table = _table(path)
    try:
        return Mapping.model_validate(table)
    except ValidationError as error:
        refused = UnusableError("mapping.refused", file=path.name)
        for fault in dict.fromkeys([*_faults(error), *_further_faults(table, error)]):
            refused.then(f"mapping.fault.{fault.problem}", place=fault.place, **dict(fault.values))
    # Not raised above: pydantic's error would be its context, which the collector cannot look into. It holds
    # the frames of this call, and with them, when the program ends, all that DuckDB then says was leaked.
    raise refused.then("mapping.see_docs")


def _table(path: Path) -> dict[str, Any]:
    try:
        content = path.read_bytes()
    except OSError:
        names = sense.listed(mapping.name for mapping in all_mappings())
        raise UnusableError("mapping.missing_file", file=path.name, names=names) from None
    if len(content) > LARGEST:
        raise UnusableError("mapping.too_large", file=path.name)
    try:
        text = content.decode("utf-8-sig")
        return tomllib.loads(text)
    except UnicodeDecodeError:
        raise UnusableError("mapping.not_utf8", file=path.name) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _not_toml(path, text, str(error)) from None


def _not_toml(path: Path, text: str, message: str) -> UnusableError:
    """Names the line and never shows it: a file of dossiers may have been given for a mapping."""
    last = len(text.splitlines()) or 1
    place = _TOML_PLACE.search(message)
    line = min(int(place[1]), last) if place else last
    return UnusableError("mapping.not_toml", file=path.name, line=line)


def _faults(error: ValidationError) -> Iterator[sense.Fault]:
    for detail in error.errors(include_url=False, include_input=False):
        if detail["type"] == "value_error":
            yield from detail["ctx"]["error"].faults
        else:
            yield _shape_fault(detail)


def _further_faults(table: dict[str, Any], error: ValidationError) -> Iterator[sense.Fault]:
    """What makes no sense in a mapping whose shape is wrong too, as far as that can be judged."""
    details = error.errors(include_url=False)
    repaired = None if "value_error" in {detail["type"] for detail in details} else mended(table, details)
    if repaired is None:
        return
    left, changed = repaired
    try:
        Mapping.model_validate(left)
    except ValidationError as again:
        for fault in _faults(again):
            if not any(f"{fault.place}.".startswith(f"{place}.") for place in changed):
                yield fault


def _shape_fault(detail: Any) -> sense.Fault:
    place = ".".join(str(part) for part in detail["loc"] if part not in {"int", "str"})
    if detail["type"] == "missing":
        return sense.Fault(place, "missing")
    if detail["type"] == "extra_forbidden":
        *outer, key = detail["loc"]
        return sense.unknown(place, str(key), _keys(outer))
    if detail["type"] == "literal_error":
        return sense.Fault(place, "unknown", (("allowed", detail["ctx"]["expected"].replace(" or ", ", ")),))
    return sense.Fault(place, f"kind_{_KINDS.get(detail['type'], 'text')}")


def _keys(place: list[int | str]) -> list[str]:
    """The keys that the table of the model at that place has."""
    model: type[BaseModel] = Mapping
    for key in place:
        hint = get_type_hints(model)[str(key)]
        model = next(part for part in (hint, *get_args(hint)) if isinstance(part, type))
    return list(model.model_fields)
