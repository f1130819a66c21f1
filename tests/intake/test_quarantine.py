"""The list of rows left out: what the office reads in it to mend its file."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from dunghen.intake import quarantine
from dunghen.intake.quarantine import Place
from dunghen.intake.reading.naming import shown_name


def listed(path: Path, place: Place, headings: dict[str, str]) -> dict[str, str]:
    quarantine.write(path, [place], headings)
    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    return row


@pytest.mark.parametrize(
    ("headings", "column"),
    [
        ({"finished_at": "NgayKetThucXuLy", "returned_at": "NgayTra"}, "NgayKetThucXuLy"),
        ({"finished_at": "Ngày kết thúc xử lý"}, "Ngày kết thúc xử lý"),
        ({"returned_at": "Ngày trả kết quả"}, "Ngày trả kết quả"),
    ],
)
def test_an_end_without_a_day_names_a_column_of_the_file_and_both_days_that_are_looked_at(
    headings: dict[str, str], column: str, tmp_path: Path
) -> None:
    row = listed(tmp_path / "q.csv", Place("a.csv", None, 2, "finished_at", "finished_without_day"), headings)

    assert row["column"] == column
    assert "ngày kết thúc xử lý lẫn ngày trả kết quả" in row["reason_vi"]
    assert "processing ended nor a day on which the result was returned" in row["reason_en"]
    assert row["reason_vi"].endswith("điền một trong hai")


def test_a_column_that_the_file_does_not_name_keeps_ours(tmp_path: Path) -> None:
    row = listed(tmp_path / "q.csv", Place("a.csv", "=S", 2, "status", "missing_value"), {})

    assert (row["column"], row["sheet"]) == ("status", "'=S")


def test_a_file_and_a_sheet_without_a_name_are_called_as_on_the_screen_in_both_languages(
    tmp_path: Path,
) -> None:
    file, sheet = f"so-lieu.zip/{shown_name('@', 2)}", shown_name("@", 3, "sheet")
    row = listed(tmp_path / "q.csv", Place(file, sheet, 2, None, "short_row"), {})

    assert row["file"] == "so-lieu.zip/tệp 2 | so-lieu.zip/file 2"
    assert row["sheet"] == "trang tính 3 | sheet 3"
    assert listed(tmp_path / "q.csv", Place("file 2", None, 2, None, "short_row"), {})["file"] == "file 2"
