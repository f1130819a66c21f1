"""XLSX and XLS: sheets, titles, merged headings, typed cells, and what is refused."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import random
import resource
import zipfile
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from dunghen.intake.errors import UnusableError
from dunghen.intake.reading import open_tables
from tests.intake.reading.reading_fixture import (
    COLUMNS,
    heading_of,
    rows_of,
    table_of,
    tables_of,
    xls,
    xlsx,
)

SHEET = [
    [],
    ["", "SỞ MINH HỌA"],
    [],
    ["", "Mã hồ sơ", "Ngày tiếp nhận", "Khác"],
    ["", "(1)", "(2)", "(3)=(1)+(2)"],
    ["", " A ", "01/10/2026 08:30", 3],
    [],
    ["", "B", "", 1.5],
]


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.dat"])
@pytest.mark.parametrize("make", [xlsx, xls])
def test_a_sheet_is_read_whatever_its_file_is_called(make: type, name: str, tmp_path: Path) -> None:
    table = table_of(tmp_path, make({"Tháng 10": SHEET}), name)

    assert (table.sheet, table.format) == ("Tháng 10", "workbook")
    assert table.titles(heading_of(table)) == ["SỞ MINH HỌA"]
    assert rows_of(table) == [("A", "01/10/2026 08:30"), ("B", None)]
    assert table.lines([1, 0]) == [8, 6]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (5, "5"),
        (1234567890123, "1234567890123"),
        (0.1, "0.1"),
        (38.71, "38.71"),
        (-2.5, "-2.5"),
        (True, "TRUE"),
        ("  x\u00a0", "x"),
        (dt.datetime.fromisoformat("2026-10-01T08:30"), "2026-10-01 08:30:00"),
        (dt.datetime.fromisoformat("2026-10-01T23:59:59"), "2026-10-01 23:59:59"),
        (dt.date(2026, 10, 1), "2026-10-01 00:00:00"),
    ],
)
def test_typed_cells_have_one_text(cell: object, text: str, tmp_path: Path) -> None:
    table = table_of(tmp_path, xlsx({"a": [list(COLUMNS), [cell, "x"]]}), "a.xlsx")

    assert rows_of(table) == [(text, "x")]


def test_numbers_are_written_with_the_mark_that_is_asked_for(tmp_path: Path) -> None:
    table = table_of(tmp_path, xlsx({"a": [list(COLUMNS), [38.71, 1234], ["38.71", "x"]]}), "a.xlsx")

    with duckdb.connect() as connection:
        table.stage(connection, "staged", heading_of(table), COLUMNS, {"dossier_number": ","})
        assert connection.table("staged").fetchall() == [("38,71", "1234"), ("38.71", "x")]


def test_merged_headings_are_read_both_ways(tmp_path: Path) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("a")
        sheet.merge_range(0, 1, 0, 4, "BÁO CÁO")
        sheet.merge_range(2, 1, 4, 1, "Lĩnh vực")
        sheet.merge_range(2, 2, 2, 4, "Đã giải quyết")
        sheet.merge_range(3, 2, 3, 3, "Đúng hạn")
        sheet.write_row(4, 2, ["Sớm", "Đúng"])
        sheet.merge_range(3, 4, 4, 4, "Quá hạn")
        sheet.write_row(5, 1, ["(1)", "(2)", "(3)", "(4)"])
        sheet.write_row(6, 1, ["Đất đai", 1, 2, 3])
    table = table_of(tmp_path, content.getvalue(), "a.xlsx")
    headings = [row.headings for row in table.heading_rows()]

    joined = ("Lĩnh vực", "Đã giải quyết / Đúng hạn / Sớm", "Đã giải quyết / Đúng hạn / Đúng")
    assert (*joined, "Đã giải quyết / Quá hạn") in headings
    assert ("Lĩnh vực", "Sớm", "Đúng", "Quá hạn") in headings
    assert rows_of(table, {"Lĩnh vực": "field", "Quá hạn": "late"}) == [("Đất đai", "3")]
    assert table.lines([0]) == [7]


def test_every_visible_sheet_with_something_in_it_is_a_table(tmp_path: Path) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for name in ("một", "trống", "ẩn", "hai"):
            sheet = book.add_worksheet(name)
            if name != "trống":
                sheet.write_row(0, 0, [*COLUMNS])
        book.get_worksheet_by_name("ẩn").hide()

    assert [table.sheet for table in tables_of(tmp_path, content.getvalue(), "a.xlsx")] == ["một", "hai"]


def test_a_workbook_without_anything_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, xlsx({"a": []}), "a.xlsx") == "reading.no_rows"


def test_a_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    # how Office locks an .xlsx: an OLE file with a stream of this name
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016 + "EncryptedPackage".encode("utf-16-le")

    assert refusal(tmp_path, content.ljust(4096, b"\0"), "a.xlsx") == "reading.password"


@pytest.mark.parametrize("make", [xlsx, xls])
def test_a_cut_off_workbook_is_refused(make: type, tmp_path: Path) -> None:
    content = make({"a": SHEET})

    for size in (8, 100, len(content) // 2, len(content) - 600):
        assert refusal(tmp_path, content[:size], "a.xlsx") in {"reading.damaged", "reading.no_rows"}


def test_a_sheet_that_spans_too_much_is_refused(tmp_path: Path) -> None:
    content = xlsx({"a": [[*COLUMNS, "x"], ["A", "1", 2]]})

    assert refusal(tmp_path, edited(content, b'r="B2"', b'r="XFD1048576"'), "a.xlsx") == (
        "reading.large_workbook"
    )


@pytest.mark.slow
@pytest.mark.parametrize("sheet", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_workbook_that_unpacks_without_end_is_refused(sheet: str, tmp_path: Path) -> None:
    content = edited(xlsx({"a": SHEET}), b"<", b" " * 40_000_000 + b"<", sheet)

    assert refusal(tmp_path, content, "a.xlsx") == "reading.bomb"


def edited(content: bytes, old: bytes, new: bytes, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            text = before.read(name)
            after.writestr(name, text.replace(old, new, 1) if name == part else text)
    return changed.getvalue()


def refusal(folder: Path, content: bytes, name: str) -> str:
    with pytest.raises(UnusableError) as error:
        list(map(rows_of, tables_of(folder, content, name)))
    assert name in str(error.value)
    return error.value.sentences[0][0]


@pytest.mark.slow
def test_a_damaged_workbook_never_takes_all_memory(tmp_path: Path) -> None:
    content = xls({"a": SHEET * 9})
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    random_bytes = random.Random(20261001)  # noqa: S311 - the same damage in every run

    for _ in range(60):
        damaged = bytearray(content)
        for _ in range(random_bytes.choice([1, 3, 20])):
            damaged[random_bytes.randrange(len(damaged))] = random_bytes.randrange(256)
        (tmp_path / "a.xls").write_bytes(damaged)
        with contextlib.suppress(UnusableError):
            open_tables([tmp_path / "a.xls"], tmp_path)

    assert max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) < 2 << 20


def test_a_cell_longer_than_excel_allows_is_cut(tmp_path: Path) -> None:
    content = xlsx({"a": [list(COLUMNS), ["A", "x" * 32_767], ["B", "y"]]})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    longer = members["xl/sharedStrings.xml"].replace(b"x" * 32_767, b"x" * 40_000)
    grown = io.BytesIO()
    with zipfile.ZipFile(grown, "w") as archive:
        for name, member in (members | {"xl/sharedStrings.xml": longer}).items():
            archive.writestr(name, member)

    assert rows_of(table_of(tmp_path, grown.getvalue(), "a.xlsx")) == [("A", "x" * 32_767), ("B", "y")]
