"""Names and texts inside the short statements that name a file and its columns."""

from __future__ import annotations

from collections.abc import Iterable

# beside the plain space: what word processors and web pages leave around a value
SPACES = " \t\r\n\u00a0\u200b\ufeff"


def identifier(name: str) -> str:
    """A name as SQL quotes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL quotes it."""
    return "'" + text.replace("'", "''") + "'"


def any_of(columns: Iterable[str]) -> str:
    """The condition that one of some columns is not NULL."""
    return f"coalesce({', '.join(map(identifier, columns))}, NULL) IS NOT NULL"


def texts(wanted: Iterable[tuple[int, str]], *, decomposed: bool, odd_spaces: bool) -> str:
    """The projection of columns c0, c1, … under our names: trimmed, '' as NULL, NFC where need be."""
    composed = "nfc_normalize(c{})" if decomposed else "c{}"
    # four times as slow as without a list of spaces
    trimmed = f"trim({composed}, {literal(SPACES)})" if odd_spaces else f"trim({composed})"
    return ", ".join(f"nullif({trimmed.format(number)}, '') AS {identifier(ours)}" for number, ours in wanted)
