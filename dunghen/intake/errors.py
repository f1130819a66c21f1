"""What stops an import, in words: which file, which place, what is wrong and how to mend it.

Whoever raises gives the key of a text and what fills it; whoever shows it chooses the language.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from dunghen.words.intake import column_text, tell
from dunghen.words.refusals import why_key


@dataclass(frozen=True)
class Words:
    """Words by their key, for a sentence that holds them: told in the language of the sentence."""

    key: str


@dataclass(frozen=True)
class Column:
    """The name of a column of ours, told in the language of the sentence."""

    name: str


def why_refused(number: int | None) -> Words | str:
    """Why the system did not write, by its `errno`; its own name for what we have no words for."""
    key = why_key(number)
    return Words(key) if key else errno.errorcode.get(number or 0, str(number or 0))


class IntakeError(Exception):
    """An import that cannot go on: its text is shown to the person who started it, nothing was published.

    Made of a key of `dunghen/words/intake_*.toml` and of what its `{names}` stand for: names of files and
    columns, numbers, days, never what a cell holds. An unknown key raises KeyError at once.
    """

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(_told(key, "vi", values))
        self.sentences: list[tuple[str, dict[str, object]]] = [(key, values)]

    def then(self, key: str, /, **values: object) -> Self:
        """The same error with one more sentence, told on a line of its own."""
        _told(key, "vi", values)
        self.sentences.append((key, values))
        return self

    def text(self, language: str = "vi") -> str:
        """The whole message, one sentence or list a line."""
        return "\n".join(_told(key, language, values) for key, values in self.sentences)

    def __str__(self) -> str:
        return self.text("vi")


def _told(key: str, language: str, values: Mapping[str, object]) -> str:
    named = {
        name: tell(value.key, language)
        if isinstance(value, Words)
        else column_text(value.name, language)
        if isinstance(value, Column)
        else value
        for name, value in values.items()
    }
    return tell(key, language, **named)


class UnusableError(IntakeError):
    """The input or the arguments cannot be used at all (exit code 2)."""


class UnwritableError(IntakeError):
    """A place that could not be written: full, read-only or forbidden; nothing changed (exit code 1)."""


class RefusedError(IntakeError):
    """The input was read and refused, by a check or for too many rejected rows (exit code 1)."""
