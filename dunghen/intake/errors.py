"""What stops an import, in words: which file, which place, what is wrong and how to mend it."""

from __future__ import annotations

from dunghen.words.intake import tell


class IntakeError(Exception):
    """An import that cannot go on; its sentence is shown to the person who started it, nothing is published.

    Made of a key of `dunghen/words/intake_*.toml` and of what its `{names}` stand for: names of files and
    columns, numbers, days, never what a cell holds. An unknown key raises KeyError at once.
    """

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(tell(key, "vi", **values))
        self.key = key
        self.values = values

    def text(self, language: str = "vi") -> str:
        """The sentence in one of the two languages."""
        return tell(self.key, language, **self.values)


class UnusableError(IntakeError):
    """The input or the arguments cannot be used at all (exit code 2)."""


class RefusedError(IntakeError):
    """The input was read and refused: by a check, or for too many rejected rows (exit code 1)."""
