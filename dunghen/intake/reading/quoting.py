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
    composed = "nfc_normalize(c{0})" if decomposed else "c{0}"
    trimmed = f"trim({composed})"
    if odd_spaces:
        # trimming a list of spaces costs four times as much as reading: not where the ends are plain signs
        plain = f"ascii({composed}) BETWEEN 33 AND 126 AND ascii(right({composed}, 1)) BETWEEN 33 AND 126"
        trimmed = f"CASE WHEN {plain} THEN {composed} ELSE trim({composed}, {literal(SPACES)}) END"
    return ", ".join(f"nullif({trimmed.format(number)}, '') AS {identifier(ours)}" for number, ours in wanted)
