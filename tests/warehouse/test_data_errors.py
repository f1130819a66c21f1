"""What is wrong in a file of data/ is told with the file, the place and how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dunghen.warehouse import BuildError, build
from tests.warehouse.data_folder import REPORTS, SCORES, Folder, Row

pytestmark = pytest.mark.slow

INDICATORS, AUTHORITIES = "published/indicators.csv", "registry/authorities.csv"


def is_report(report_id: str) -> Callable[[Row], bool]:
    return lambda row: row["report_id"] == report_id


def nobody(row: Row) -> bool:
    return False


def dong_tam(row: Row) -> bool:
    return row["authority_code"] == "11203-2024"


def refusal(folder: Folder, tmp_path: Path) -> str:
    with pytest.raises(BuildError) as caught:
        build(tmp_path / "x.duckdb", folder.path)
    assert not (tmp_path / "x.duckdb").exists()
    assert caught.value.text("vi") != caught.value.text("en") == str(caught.value)
    return str(caught.value)


def line_of(folder: Folder, name: str, cell: str) -> int:
    """The line on which the only row with that cell ends."""
    text = (folder.path / name).read_text(encoding="utf-8")
    (number,) = [number for number, line in enumerate(text.splitlines(), start=1) if line.startswith(cell)]
    return number


def test_an_unknown_authority(folder: Folder, tmp_path: Path) -> None:
    folder.change(REPORTS, is_report("binh-giang-2023-12"), authority_code="99999")
    told = refusal(folder, tmp_path)
    line = line_of(folder, REPORTS, "binh-giang-2023-12")
    assert f"reports.csv, line {line} (report_id = binh-giang-2023-12, authority_code = 99999" in told
    assert "authority" in told
    assert "Mend it" in told


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ("on_time", "43,250", "a whole number"),
        ("on_time", "43250.5", "a whole number"),
        ("on_time", "-3", "a whole number"),
        ("last_day", "2023-13-01", "YYYY-MM-DD"),
        ("last_day", "11/12/2023", "YYYY-MM-DD"),
        ("last_day", "2023-12-11 00:54", "YYYY-MM-DD"),
        ("published_rate", "99,9%", "at most 6 decimals"),
        ("average_days", "1.2345", "at most 3 decimals"),
    ],
)
def test_a_cell_that_cannot_be_read(
    cell: str, value: str, words: str, folder: Folder, tmp_path: Path
) -> None:
    folder.change(REPORTS, is_report("binh-giang-2023-12"), **{cell: value})
    told = refusal(folder, tmp_path)
    line = line_of(folder, REPORTS, "binh-giang-2023-12")
    assert f"reports.csv, line {line}, column {cell}: {value!r} is not" in told
    assert words in told


def test_a_refusal_speaks_vietnamese_to_the_last_part(folder: Folder, tmp_path: Path) -> None:
    folder.change(REPORTS, is_report("binh-giang-2023-12"), published_rate="99,9%")
    with pytest.raises(BuildError) as caught:
        build(tmp_path / "x.duckdb", folder.path)
    told = caught.value.text("vi")
    assert "cột published_rate: '99,9%' không phải là một số có dấu thập phân là dấu chấm" in told
    assert "nhiều nhất 6 chữ số" in told
    assert "Sửa lại (data/README.md" in told


def test_a_day_that_no_calendar_has(folder: Folder, tmp_path: Path) -> None:
    folder.change(REPORTS, is_report("binh-giang-2023-12"), last_day="2023-02-30")
    assert "binh-giang-2023-12" in refusal(folder, tmp_path)


def test_a_rate_over_100_percent(folder: Folder, tmp_path: Path) -> None:
    folder.change(REPORTS, is_report("binh-giang-2023-12"), published_rate="1.01")
    told = refusal(folder, tmp_path)
    assert "reports.csv, line" in told
    assert "published_rate" in told


def test_a_misspelt_heading(folder: Folder, tmp_path: Path) -> None:
    folder.rename_heading(REPORTS, "on_time", "ontime")
    told = refusal(folder, tmp_path)
    assert "reports.csv" in told
    assert "missing: 'on_time'" in told
    assert "not known: 'ontime'" in told


def test_a_line_with_a_cell_too_few(folder: Folder, tmp_path: Path) -> None:
    file = folder.path / "reference/fields.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + "elsewhere,Nơi khác\n", encoding="utf-8")
    line = len(text.splitlines()) + 1
    assert f"fields.csv, line {line} has 2 cells instead of 3" in refusal(folder, tmp_path)


def test_a_missing_file(folder: Folder, tmp_path: Path) -> None:
    (folder.path / SCORES).unlink()
    told = refusal(folder, tmp_path)
    assert "scores.csv is missing" in told
    assert "put it back" in told


def test_a_file_in_another_encoding(folder: Folder, tmp_path: Path) -> None:
    (folder.path / "reference/fields.csv").write_bytes("field,Đất đai\n".encode("utf-16"))
    told = refusal(folder, tmp_path)
    assert "fields.csv is not a comma-separated file in UTF-8" in told


def test_a_byte_order_mark_is_no_error(folder: Folder, tmp_path: Path) -> None:
    file = folder.path / "reference/fields.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    build(tmp_path / "x.duckdb", folder.path)


def test_the_same_key_twice(folder: Folder, tmp_path: Path) -> None:
    folder.repeat(REPORTS, is_report("binh-giang-2023-12"))
    told = refusal(folder, tmp_path)
    assert f"reports.csv, line {len(folder.rows(REPORTS)) + 1} (report_id = binh-giang-2023-12" in told


def test_the_same_authority_twice(folder: Folder, tmp_path: Path) -> None:
    folder.repeat(AUTHORITIES, dong_tam)
    assert "authorities.csv, line" in refusal(folder, tmp_path)


def test_an_authority_of_an_unknown_level(folder: Folder, tmp_path: Path) -> None:
    folder.change(AUTHORITIES, dong_tam, level="hamlet")
    told = refusal(folder, tmp_path)
    assert "authorities.csv" in told
    assert "level" in told


def test_an_authority_without_its_parent(folder: Folder, tmp_path: Path) -> None:
    folder.change(AUTHORITIES, dong_tam, parent_code="nowhere")
    told = refusal(folder, tmp_path)
    assert "Check parent_unknown" in told
    assert "authority_code = 11203-2024" in told


def test_a_score_over_its_maximum(folder: Folder, tmp_path: Path) -> None:
    chosen = next(row for row in folder.rows(SCORES) if dong_tam(row) and row["criterion_code"] != "TOTAL")
    key = (chosen["criterion_code"], chosen["authority_code"])
    folder.change(SCORES, lambda row: (row["criterion_code"], row["authority_code"]) == key, score="99")
    told = refusal(folder, tmp_path)
    assert "Check score_over_maximum" in told
    assert f"criterion_code = {key[0]}" in told
    assert "give the score a note" in told


def test_a_score_over_its_maximum_with_a_note(folder: Folder, tmp_path: Path) -> None:
    chosen = next(row for row in folder.rows(SCORES) if dong_tam(row) and row["criterion_code"] != "TOTAL")
    key = (chosen["criterion_code"], chosen["authority_code"])
    folder.change(
        SCORES,
        lambda row: (row["criterion_code"], row["authority_code"]) == key,
        score="99",
        note_vi="Như đã công bố.",
    )
    build(tmp_path / "x.duckdb", folder.path)


def test_a_percentage_of_101(folder: Folder, tmp_path: Path) -> None:
    folder.add(
        INDICATORS,
        authority_code="296",
        indicator_code="online_share",
        period_label="năm 2023",
        last_day="2023-12-31",
        value="101",
        qualifier="exact",
        source_id="seed-000-widget",
    )
    told = refusal(folder, tmp_path)
    assert "Check percentage_out_of_range" in told
    assert "indicators.csv" in told


def test_no_figure_at_all(folder: Folder, tmp_path: Path) -> None:
    for name in (REPORTS, INDICATORS, SCORES, "published/oddities.csv"):
        folder.keep(name, nobody)
    assert "No figure" in refusal(folder, tmp_path)
