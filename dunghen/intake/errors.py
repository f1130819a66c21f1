"""What stops an import, in words: which file, which place, what is wrong and how to mend it.

Whoever raises gives the key of a text and what fills it; whoever shows it chooses the language.
"""

from __future__ import annotations

from typing import Self

from dunghen.words.intake import tell


class IntakeError(Exception):
    """An import that cannot go on: its text is shown to the person who started it, nothing was published.

    Made of a key of `dunghen/words/intake_*.toml` and of what its `{names}` stand for: names of files and
    columns, numbers, days, never what a cell holds. An unknown key raises KeyError at once.
    """

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(tell(key, "vi", **values))
        self.sentences: list[tuple[str, dict[str, object]]] = [(key, values)]

    def then(self, key: str, /, **values: object) -> Self:
        """The same error with one more sentence, told on a line of its own."""
        tell(key, "vi", **values)
        self.sentences.append((key, values))
        return self

    def text(self, language: str = "vi") -> str:
        """The whole message, one sentence or list a line."""
        return "\n".join(tell(key, language, **values) for key, values in self.sentences)

    def __str__(self) -> str:
        return self.text("vi")


class UnusableError(IntakeError):
    """The input or the arguments cannot be used at all (exit code 2)."""


class RefusedError(IntakeError):
    """The input was read and refused, by a check or for too many rejected rows (exit code 1)."""
