"""Paths → the tables in the files they name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dunghen.intake.errors import UnusableError
from dunghen.intake.reading.delimited import DelimitedTable
from dunghen.intake.reading.source import Source
from dunghen.intake.reading.survey import surveyed
from dunghen.intake.reading.tables import SourceTable


def open_tables(paths: Sequence[Path], scratch: Path) -> list[SourceTable]:
    """Every table in some files, in the order given; unpacked bytes go to anonymous files in `scratch`.

    Raises UnusableError, naming the file and the place, for whatever cannot be read."""
    del scratch
    return [table for path in paths for table in _tables(path)]


def _tables(path: Path) -> list[SourceTable]:
    try:
        source = Source(path.name, path.open("rb"))
    except FileNotFoundError:
        raise UnusableError("reading.missing", file=path.name) from None
    return [DelimitedTable(source, surveyed(source))]
