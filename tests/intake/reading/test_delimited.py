"""CSV as offices export it: separators, titles, quotes, ragged rows, and the line of every row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import pytest

from dunghen.intake.reading import HeadingRow, Rejected, SourceTable, open_tables

COLUMNS = {"Mã hồ sơ": "dossier_number", "Ngày tiếp nhận": "received_at"}


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


def table_of(folder: Path, content: bytes, name: str = "thang-10.csv") -> SourceTable:
    (folder / name).write_bytes(content)
    (table,) = open_tables([folder / name], folder)
    return table


def heading_of(table: SourceTable, columns: Mapping[str, str]) -> HeadingRow:
    return next(row for row in table.heading_rows() if set(columns) <= set(row.headings))


def staged(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, columns: Mapping[str, str] = COLUMNS
) -> list[tuple[str | None, ...]]:
    table.stage(connection, "staged", heading_of(table, columns), columns)
    return connection.table("staged").fetchall()


def test_rows_come_by_our_names_trimmed_and_with_their_lines(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    text = "\ufeffSở Minh Họa\n\n Mã hồ sơ ;Ngày  tiếp nhận\n"
    text += 'A; 1 \n;\n\nshort\n"B\nC";2\n4;5;6\nD;\n' + "E;5\n" * 50
    table = table_of(tmp_path, text.encode())

    assert table.file == "thang-10.csv"
    assert table.titles(heading_of(table, COLUMNS)) == ["Sở Minh Họa"]
    assert staged(connection, table) == [("A", "1"), ("B\nC", "2"), ("D", None)] + [("E", "5")] * 50
    assert table.lines([2, 0, 1, 52]) == [11, 4, 8, 61]
    assert table.rejected(connection) == [Rejected(7, "short_row"), Rejected(10, "long_row")]
