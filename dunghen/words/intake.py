"""Every word of the intake that an office reads: errors, reasons, summaries, looked up by key."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("vi", "en")
_HERE = Path(__file__).parent


def tell(key: str, language: str = "vi", /, **values: object) -> str:
    """The text under a dotted key of `intake_vi.toml` or `intake_en.toml`, with its `{names}` filled in.

    Raises KeyError for a key that is not there and for a name without a value: a missing word is a mistake
    in the program, not something to print."""
    text = intake_texts(language)[key]
    return text.format_map(values) if values or "{" in text else text


@cache
def intake_texts(language: str) -> dict[str, str]:
    """All texts of the intake in one language: dotted key → text."""
    with (_HERE / f"intake_{language}.toml").open("rb") as file:
        return _flat(tomllib.load(file))


def _flat(table: dict[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = str(value)
    return flat
