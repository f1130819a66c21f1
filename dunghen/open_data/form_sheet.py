"""The sheet of form II.06a: headings in three rows, the line of numbers, the table, what stands around it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dunghen.words import say

LAST_COLUMN = 12
# Heading (key in `form.heading`); first row (0 is the head of the table) and column; last row and column.
_HEADINGS = (
    ("number", 0, 0, 2, 0),
    ("field", 0, 1, 2, 1),
    ("received", 0, 2, 0, 5),
    ("total", 1, 2, 2, 2),
    ("in_period", 1, 3, 1, 4),
    ("online", 2, 3, 2, 3),
    ("offline", 2, 4, 2, 4),
    ("carried_over", 1, 5, 2, 5),
    ("resolved", 0, 6, 0, 9),
    ("total", 1, 6, 2, 6),
    ("early", 1, 7, 2, 7),
    ("on_due_date", 1, 8, 2, 8),
    ("late", 1, 9, 2, 9),
    ("open", 0, 10, 0, 12),
    ("total", 1, 10, 2, 10),
    ("in_progress", 1, 11, 2, 11),
    ("overdue", 1, 12, 2, 12),
)
_HEADING_ROWS = 3
NUMBERS = (
    *("(1)", "(2)", "(3)=(4)+(5)+(6)", "(4)", "(5)", "(6)", "(7)=(8)+(9)+(10)", "(8)", "(9)", "(10)"),
    *("(11)=(12)+(13)", "(12)", "(13)"),
)
_EDGE = {"border": 1, "valign": "vcenter", "text_wrap": True}


@dataclass(frozen=True)
class Line:
    """A row of the table: number, name, and the eleven cells of the columns 3 to 13 (None: blank)."""

    number: str
    name: str
    cells: Sequence[int | str | None]
    is_total: bool


@dataclass(frozen=True)
class Sheet:
    """Everything on the sheet. `made_on` stands in its properties, so that no clock changes its bytes."""

    above: Sequence[str]
    rows: Sequence[Line]
    below: Sequence[str]
    made_on: dt.date


def workbook(sheet: Sheet, language: str = "vi") -> bytes:
    """The workbook (XLSX). Every text is written as text: none runs as a formula or becomes a link."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties(
        {"title": say("form.title", language), "created": dt.datetime.combine(sheet.made_on, dt.time())}
    )
    page = book.add_worksheet("II.06a")
    styles = {
        "title": book.add_format({"bold": True, "align": "center", "text_wrap": True}),
        "line": book.add_format({"text_wrap": False}),
        "heading": book.add_format({**_EDGE, "bold": True, "align": "center"}),
        "name": book.add_format(_EDGE),
        "count": book.add_format({**_EDGE, "num_format": "#,##0", "align": "right"}),
        "total_name": book.add_format({**_EDGE, "bold": True}),
        "total_count": book.add_format({**_EDGE, "bold": True, "num_format": "#,##0", "align": "right"}),
    }
    _set_up(page)
    top = _write_above(page, sheet.above, styles)
    _write_headings(page, top, language, styles["heading"])
    first = top + _HEADING_ROWS + 1
    for offset, line in enumerate(sheet.rows):
        _write_line(page, first + offset, line, styles)
    for offset, text in enumerate(sheet.below):
        page.write_string(first + len(sheet.rows) + 1 + offset, 0, text, styles["line"])
    book.close()
    return target.getvalue()


def _set_up(page: Worksheet) -> None:
    page.set_column(0, 0, 5)
    page.set_column(1, 1, 34)
    page.set_column(2, LAST_COLUMN, 11)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)


def _write_above(page: Worksheet, lines: Sequence[str], styles: dict[str, Format]) -> int:
    """Writes the lines; returns the row where the table begins, a blank one below them."""
    for row, text in enumerate(lines):
        page.merge_range(row, 0, row, LAST_COLUMN, "", styles["title"])
        page.write_string(row, 0, text, styles["title"])
    return len(lines) + 1


def _write_headings(page: Worksheet, top: int, language: str, style: Format) -> None:
    for key, first_row, first_column, last_row, last_column in _HEADINGS:
        place = (top + first_row, first_column)
        if (first_row, first_column) != (last_row, last_column):
            page.merge_range(*place, top + last_row, last_column, "", style)
        page.write_string(*place, say(f"form.heading.{key}", language), style)
    for column, number in enumerate(NUMBERS):
        page.write_string(top + _HEADING_ROWS, column, number, style)


def _write_line(page: Worksheet, row: int, line: Line, styles: dict[str, Format]) -> None:
    kind = "total_" if line.is_total else ""
    page.write_string(row, 0, line.number, styles[f"{kind}name"])
    page.write_string(row, 1, line.name, styles[f"{kind}name"])
    for column, cell in enumerate(line.cells, 2):
        _write_cell(page, row, column, cell, styles[f"{kind}count"])


def _write_cell(page: Worksheet, row: int, column: int, cell: Any, style: Format) -> None:
    if cell is None:
        page.write_blank(row, column, None, style)
    elif isinstance(cell, str):
        page.write_string(row, column, cell, style)
    else:
        page.write_number(row, column, cell, style)
