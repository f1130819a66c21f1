"""Lines of totals and signatures that a CSV writes without the empty cells of its other rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import duckdb

from dunghen.intake.reading.headings import tidy

_MACROS = Path(__file__).parents[1] / "dossier_macros.sql"
# what no name of a person has, but every dossier
_NUMBER_OR_ADDRESS = re.compile(r"[\d@]")


def is_aside(cells: Sequence[str]) -> bool:
    """Whether the first cell with something in it says that its row is one of totals or signatures."""
    return signs([cells]) != [None]


def signs(rows: Sequence[Sequence[str]]) -> list[str | None]:
    """What the first filled cell of each row says that it is: "total", "signature", or nothing of both."""
    firsts = [next((cell for cell in map(tidy, cells) if cell), "") for cells in rows]
    with duckdb.connect() as judge:
        judge.execute(_MACROS.read_text(encoding="utf-8"))
        said = "CASE WHEN is_total(words) THEN 'total' WHEN is_signature(words) THEN 'signature' END"
        asked = (
            f"SELECT {said} FROM (SELECT unnest($words) AS words, generate_subscripts($words, 1) AS place)"  # noqa: S608 - ours
        )
        return [sign for (sign,) in judge.execute(f"{asked} ORDER BY place", {"words": firsts}).fetchall()]


def are_words(cells: Sequence[str]) -> bool:
    """Whether a row is nothing but words, as the name of who signed is."""
    return not _NUMBER_OR_ADDRESS.search(" ".join(cells))
