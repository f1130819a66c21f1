"""Days that a workbook keeps as plain numbers: read in its columns of days, whatever it counts from."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from dunghen.intake import importing
from dunghen.intake.importing import Job
from dunghen.intake.store import Store
from tests.intake.reading.reading_fixture import COLUMNS, rows_of, table_of
from tests.intake.reading.test_workbooks import edited
from tests.intake.specimens import as_csv, as_xlsx, small_data
from tests.intake.test_importing import AS_OF, GOOD, KEY, MANY, moment, quarantined, stored

LEAP = 1462


def xlsx(cells: list[object], *, since_1904: bool) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"date_1904": since_1904}) as book:
        sheet = book.add_worksheet("a")
        sheet.write_row(0, 0, list(COLUMNS))
        for row, cell in enumerate(cells, 1):
            sheet.write_row(row, 0, ["A-1", cell])
    return content.getvalue()


def xls(cells: list[object], *, since_1904: bool) -> bytes:
    book, content = xlwt.Workbook(), io.BytesIO()
    book.dates_1904 = since_1904
    sheet = book.add_sheet("a")
    rows: list[list[object]] = [list(COLUMNS), *(["A-1", cell] for cell in cells)]
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            sheet.write(row, column, value)
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("since_1904", [False, True])
@pytest.mark.parametrize("make", [xlsx, xls])
def test_a_number_in_a_column_of_days_is_the_day_that_the_workbook_means(
    make: Callable[..., bytes], since_1904: bool, tmp_path: Path
) -> None:
    later = LEAP * since_1904
    cells = [46100 - later, 46100.340277777 - later, 32874 - later, 73050.99 - later]
    others = [32873.9 - later, 73051 - later, 2026, 1e12, True, "46100.34", 20261001080000]
    table = table_of(tmp_path, make([*cells, *others], since_1904=since_1904), "a.xlsx")

    found = [day for _, day in rows_of(table)]
    assert found[:4] == [
        *("2026-03-19 00:00:00", "2026-03-19 08:10:00", "1990-01-01 00:00:00", "2099-12-31 23:45:36")
    ]
    assert [day for day in found[4:] if day and day.endswith(":00")] == []


@pytest.mark.parametrize("make", [xlsx, xls])
def test_a_number_in_another_column_stays_one(make: Callable[..., bytes], tmp_path: Path) -> None:
    table = table_of(tmp_path, make([46100.5], since_1904=False), "a.xlsx")

    assert rows_of(table, {"Ngày tiếp nhận": "dossier_number"}) == [("46100.5",)]


@pytest.mark.parametrize("number", ["NaN", "inf"])
def test_what_is_no_number_is_no_day(number: str, tmp_path: Path) -> None:
    content = edited(xlsx([46100.5], since_1904=False), b"<v>46100.5</v>", f"<v>{number}</v>".encode())

    assert rows_of(table_of(tmp_path, content, "a.xlsx")) == [("A-1", number.lower())]


def test_an_old_workbook_that_does_not_say_from_when_it_counts_keeps_its_numbers(tmp_path: Path) -> None:
    content = xls([46100.5], since_1904=False).replace(
        b"\x22\x00\x02\x00\x00\x00", b"\x40\x00\x02\x00\x00\x00"
    )

    assert rows_of(table_of(tmp_path, content, "a.xls")) == [("A-1", "46100.5")]


def test_an_export_with_its_days_as_numbers_is_read_from_a_workbook_and_not_from_text(tmp_path: Path) -> None:
    numbers = {"NgayTiepNhan": 46296.333333333, "NgayHenTra": 46310.7083333333, "NgayKetThucXuLy": 46305}
    grid = [list(GOOD), *(list(row.values()) for row in MANY[:40]), list((GOOD | numbers).values())]
    data = small_data(tmp_path / "data")
    made = []
    packs: dict[str, Callable[..., bytes]] = {"a.xlsx": as_xlsx, "a.csv": as_csv}
    for name, pack in packs.items():
        (tmp_path / name).write_bytes(pack(grid))
        job = Job([tmp_path / name], Store(tmp_path / name.replace(".", "-")), KEY, data, as_of=AS_OF)
        made.append(importing.run(job).made)

    workbook, text = made
    assert workbook.rows_quarantined == 0
    (read,) = [one for one in stored(workbook) if one["finished_at"] == moment("2026-10-10")]
    assert (read["received_at"], read["due_at"]) == (moment("2026-10-01 08:00"), moment("2026-10-15 17:00"))
    assert quarantined(text) == [("42", "NgayTiepNhan", "serial_date")]
