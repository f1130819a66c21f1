"""What stops an import, in words: each message names the file, the place, what is wrong and how to mend it."""

from __future__ import annotations


class IntakeError(Exception):
    """An import that cannot go on; its text is shown to the person who started it, and nothing was published."""


class UnusableError(IntakeError):
    """The input or the arguments cannot be used at all (exit code 2)."""


class RefusedError(IntakeError):
    """The input was read and refused: by a check, or because too many of its rows were rejected (exit code 1)."""
