"""A data folder of a test's own, to change and to build."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

REPORTS, SCORES = "published/reports.csv", "indices/scores.csv"

Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[Row], headings: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(headings), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


class Folder:
    """Files of data/ below `path`; names are relative to it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def rows(self, name: str) -> list[Row]:
        return read(self.path / name)

    def change(self, name: str, where: Callable[[Row], bool], **cells: str) -> None:
        """Sets cells of exactly one row."""
        rows = self.rows(name)
        (chosen,) = [row for row in rows if where(row)]
        chosen.update(cells)
        write(self.path / name, rows, rows[0])

    def add(self, name: str, **cells: str) -> None:
        """Appends a row; what is not named is empty."""
        file = self.path / name
        headings = file.read_text(encoding="utf-8").splitlines()[0].split(",")
        assert set(cells) <= set(headings)
        write(file, [*self.rows(name), dict.fromkeys(headings, "") | cells], headings)

    def repeat(self, name: str, where: Callable[[Row], bool], **cells: str) -> None:
        """Appends a changed copy of exactly one row."""
        (chosen,) = [row for row in self.rows(name) if where(row)]
        self.add(name, **(chosen | cells))

    def rename_heading(self, name: str, old: str, new: str) -> None:
        file = self.path / name
        headings, rest = file.read_text(encoding="utf-8").split("\n", 1)
        renamed = [new if heading == old else heading for heading in headings.split(",")]
        assert new in renamed
        file.write_text("\n".join([",".join(renamed), rest]), encoding="utf-8")

    def keep(self, name: str, where: Callable[[Row], bool]) -> None:
        file = self.path / name
        headings = file.read_text(encoding="utf-8").splitlines()[0].split(",")
        write(file, [row for row in self.rows(name) if where(row)], headings)
