"""Files made for the tests of the readers, and the shortest way from one to its rows."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter
import xlwt

from dunghen.intake.reading import HeadingRow, SourceTable, open_tables

COLUMNS = {"Mã hồ sơ": "dossier_number", "Ngày tiếp nhận": "received_at"}
Rows = list[tuple[str | None, ...]]


def tables_of(folder: Path, content: bytes, name: str) -> list[SourceTable]:
    (folder / name).write_bytes(content)
    return open_tables([folder / name], folder)


def table_of(folder: Path, content: bytes, name: str = "thang-10.csv") -> SourceTable:
    (table,) = tables_of(folder, content, name)
    return table


def heading_of(table: SourceTable, columns: Mapping[str, str] = COLUMNS) -> HeadingRow:
    return next(row for row in table.heading_rows() if set(columns) <= set(row.headings))


def rows_of(table: SourceTable, columns: Mapping[str, str] = COLUMNS) -> Rows:
    with duckdb.connect() as connection:
        return staged(connection, table, columns)


def staged(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, columns: Mapping[str, str] = COLUMNS
) -> Rows:
    table.stage(connection, "staged", heading_of(table, columns), columns)
    return connection.table("staged").fetchall()


def xlsx(sheets: Mapping[str, Sequence[Any]]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"default_date_format": "dd/mm/yyyy hh:mm"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return content.getvalue()


def xls(sheets: Mapping[str, Sequence[Any]]) -> bytes:
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
