"""What can go wrong while a published file is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

import duckdb

from dunghen.words.intake import LANGUAGES, tell
from dunghen.words.refusals import number_of, why_key


class BuildError(Exception):
    """The published file could not be made; the message says where, what and how to mend it.

    As a text it is English, as what a server logs is; `text` has it in both languages."""

    def __init__(self, english: str, vietnamese: str | None = None) -> None:
        super().__init__(english)
        self._vietnamese = vietnamese

    @classmethod
    def told(cls, key: str, /, **values: object) -> Self:
        """The error that a key of `[build]` in the words of the intake tells, filled with these values.

        A value that differs by language is a mapping of languages to texts. Raises KeyError for an unknown
        key and for a name without a value."""
        texts = {language: tell(f"build.{key}", language, **_in(language, values)) for language in LANGUAGES}
        return cls(texts["en"], texts["vi"])

    def text(self, language: str = "vi") -> str:
        """The message in a language; in English where there is no other."""
        return self._vietnamese if language == "vi" and self._vietnamese else str(self)


class UnwritableError(BuildError):
    """The place of the published file could not be written: full, read-only or forbidden."""


def in_both(key: str, /, **values: object) -> dict[str, str]:
    """A part of a message in each language."""
    return {language: tell(f"build.{key}", language, **values) for language in LANGUAGES}


def why_refused(error: Exception) -> dict[str, str]:
    """Why the system did not let us or DuckDB write, in each language; what DuckDB says of it is not told."""
    is_memory = isinstance(error, duckdb.OutOfMemoryException)
    key = "store.why.memory" if is_memory else why_key(number_of(error)) or "store.why.untold"
    return {language: tell(key, language) for language in LANGUAGES}


def _in(language: str, values: Mapping[str, object]) -> dict[str, object]:
    chosen = {name: value[language] if isinstance(value, dict) else value for name, value in values.items()}
    return {"mend": tell("build.mend", language)} | chosen
