"""A mapping whose shape is wrong, mended as far as can be guessed, so that its other faults show too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from difflib import get_close_matches
from typing import Any

# What stands for a key that is missing or of a wrong kind: only what no other key is held against.
_PLACEHOLDERS: dict[str, Any] = {"name": "x", "title_vi": "x", "title_en": "x", "recognise": ["x"]}
# Without these what is told of the rest would not be so.
_NEEDED = ("record", "columns", "constants", "criteria")
# pydantic's names in a place that are no keys of the file
_NO_KEYS = {"int", "str"}


def mended(table: Mapping[str, Any], details: Iterable[Any]) -> tuple[dict[str, Any], set[str]] | None:
    """The table of a mapping without the faults of its shape (pydantic's `details`), and the dotted keys at
    which something was made up or taken out; None where too little would be left.

    A word that is none of those allowed becomes the nearest of them, a number where text is due is written as
    text, an unknown key goes; of all else the whole key at the top goes."""
    left: dict[str, Any] = deepcopy(dict(table))
    changed: set[str] = set()
    for detail in details:
        keys = [key for key in detail["loc"] if key not in _NO_KEYS]
        around = _around(left, keys)
        if around is not None and (near := _near(detail)):
            around[keys[-1]] = near
        elif detail["type"] == "extra_forbidden" and isinstance(around, dict):
            around.pop(keys[-1], None)
        elif around is not None and (words := _as_text(detail)):
            around[keys[-1]] = words
            changed.add(".".join(map(str, keys)))
        elif keys[0] in _NEEDED:
            return None
        else:
            left.pop(keys[0], None)
            left |= {name: value for name, value in _PLACEHOLDERS.items() if name == keys[0]}
            changed.add(str(keys[0]))
    return left, changed


def _near(detail: Any) -> str | None:
    """The nearest word that is allowed, where another one stands."""
    if detail["type"] != "literal_error" or not isinstance(detail["input"], str):
        return None
    allowed = detail["ctx"]["expected"].replace(" or ", ", ").split(", ")
    return next(iter(get_close_matches(detail["input"], [word.strip("'") for word in allowed], n=1)), None)


def _as_text(detail: Any) -> str | None:
    """A number that stands where text is due (or one text or several), as text."""
    is_number = isinstance(detail["input"], int | float) and detail["type"] in {"string_type", "tuple_type"}
    return str(detail["input"]) if is_number else None


def _around(table: Any, keys: list[Any]) -> Any:
    """The table or list in which the last of the keys stands; None if there is none."""
    for key in keys[:-1]:
        try:
            table = table[key]
        except (KeyError, IndexError, TypeError):
            return None
    return table if isinstance(table, dict | list) else None
