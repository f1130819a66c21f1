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


def texts(wanted: Iterable[tuple[int, str]], *, decomposed: bool) -> str:
    """The projection of columns c0, c1, … under our names: trimmed, '' as NULL, NFC where need be."""
    return ", ".join(
        f"nullif(trim({_composed(f'c{number}', decomposed=decomposed)}, {literal(SPACES)}), '')"
        f" AS {identifier(ours)}"
        for number, ours in wanted
    )


def _composed(column: str, *, decomposed: bool) -> str:
    return f"nfc_normalize({column})" if decomposed else column
