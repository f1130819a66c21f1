"""How a CSV ends: a last row without a line end is told, and refused where it is only a part of a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from dunghen.intake.errors import UnusableError
from dunghen.intake.reading import SourceTable
from tests.intake.reading.reading_fixture import rows_of, table_of

HEADING = "Mã hồ sơ;Ngày tiếp nhận;Khác\r\n"
COLUMNS = {"Mã hồ sơ": "dossier_number", "Ngày tiếp nhận": "received_at"}


def table(folder: Path, *last_cells: str, line_end: str = "", encoding: str = "utf-8") -> SourceTable:
    """A table whose last column, which nobody maps, holds these cells."""
    rows = "\r\n".join(f"A-{number};1;{cell}" for number, cell in enumerate(last_cells))
    return table_of(folder, (HEADING + rows + line_end).encode(encoding))


def refusal(one: SourceTable) -> list[tuple[str, dict[str, object]]]:
    with pytest.raises(UnusableError) as error:
        rows_of(one, COLUMNS)
    return error.value.sentences


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_last_cell_shorter_than_all_others_of_one_length_is_cut_off(encoding: str, tmp_path: Path) -> None:
    cut = table(tmp_path, *["0000000000", ""] * 20, "000", encoding=encoding)

    assert refusal(cut) == [("reading.cut_row", {"file": "thang-10.csv", "line": 42})]


@pytest.mark.parametrize(
    ("other", "last"),
    [
        ("Đã trả kết quả", "Đã trả"),
        ("Trực tuyến", "Trực t"),
        ("10/01/2026", "9"),
        ("10/01/2026", "31/1"),
        ("2026-10-01 08:00", "2026-11-30 1"),
    ],
)
def test_a_last_cell_that_begins_like_the_others_is_cut_off(other: str, last: str, tmp_path: Path) -> None:
    cut = table(tmp_path, *[other] * 20, last)

    assert refusal(cut) == [("reading.cut_row", {"file": "thang-10.csv", "line": 22})]


@pytest.mark.parametrize(
    "cells",
    [
        ["0000000000"] * 21,
        # shorter, but no beginning of what the others are like
        [*["Đã trả kết quả"] * 999, "Đang xử lý"],
        [*["Trực tuyến một phần"] * 20, "Trực tiếp"],
        [*["Trực tuyến"] * 20, "Trực tiếp"],
        [*["10/01/2026"] * 20, "9/10/2026"],
        # too few to tell, of several lengths, longer, empty, or of so few letters that the form is chance
        [*["0000000000"] * 19, "000"],
        [*["0000000000"] * 20, "00000", "000"],
        [*["0000000000"] * 20, "00000000000"],
        [*["0000000000"] * 20, ""],
        [*["10"] * 20, "9"],
    ],
)
def test_a_last_row_that_may_be_whole_is_read_and_its_line_told(cells: list[str], tmp_path: Path) -> None:
    one = table(tmp_path, *cells)

    assert one.open_end is None
    assert len(rows_of(one, COLUMNS)) == len(cells)
    assert one.open_end == 1 + len(cells)


@pytest.mark.parametrize(
    "line_end", ["\r\n", "\r\n\x1a", "\r\nTổng cộng;;", "\r\nNgười lập biểu;;", "\r\n  "]
)
def test_nothing_is_told_of_a_file_that_surely_ends(line_end: str, tmp_path: Path) -> None:
    one = table(tmp_path, *["0000000000"] * 20, "000", line_end=line_end)

    assert len(rows_of(one, COLUMNS)) >= 21
    assert one.open_end is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_a_file_that_ends_with_a_block_and_no_line_end_is_cut_off(encoding: str, tmp_path: Path) -> None:
    letter = len("x".encode(encoding))
    before = (HEADING + "A-1;1;x\r\nA-2;1;").encode(encoding)
    content = before + ("x" * ((4096 - len(before)) // letter)).encode(encoding)

    cut = table_of(tmp_path, content)
    told = {"file": "thang-10.csv", "line": 3, "size": 4096}
    assert refusal(cut) == [("reading.cut_block", told)]
    assert len(rows_of(table_of(tmp_path, content[:-letter]), COLUMNS)) == 2
    assert len(rows_of(table_of(tmp_path, content[: -2 * letter] + "\r\n".encode(encoding)), COLUMNS)) == 2
