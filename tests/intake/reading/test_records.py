"""JSON lists, lists within objects, and JSON Lines."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from dunghen.intake.errors import UnusableError
from tests.intake.reading.reading_fixture import rows_of, staged, table_of, tables_of

COLUMNS = {"MaHoSo": "dossier_number", "BoSung": "supplements"}
RECORDS = [
    {"MaHoSo": " A ", "BoSung": [{"Ngay": "1"}], "Khác": {"x": [1]}},
    {"Khác": 1, "MaHoSo": ""},
    {"MaHoSo": 12, "BoSung": None, "Thêm": "y"},
]
ROWS = [("A", '[{"Ngay":"1"}]'), ("12", None)]


def text(value: object, **options: int) -> bytes:
    return json.dumps(value, ensure_ascii=False, **options).encode()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "content",
    [
        text(RECORDS),
        text(RECORDS, indent=2),
        b"\xef\xbb\xbf" + text(RECORDS),
        b"\n  " + text(RECORDS) + b"\n",
        json.dumps(RECORDS).encode("utf-16"),
    ],
)
def test_a_list_is_a_table(content: bytes, tmp_path: Path) -> None:
    table = table_of(tmp_path, content, "a.json")

    assert (table.format, table.sheet, table.file) == ("json", None, "a.json")
    assert set(table.heading_rows()[0].headings) == {"MaHoSo", "BoSung", "Khác", "Thêm"}
    with duckdb.connect() as connection:
        assert [
            (row[0], row[1] and row[1].replace(" ", "")) for row in staged(connection, table, COLUMNS)
        ] == ROWS
        assert table.lines([1, 0]) == [3, 1]
        assert table.rejected(connection) == []


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_lines_are_a_table(line_end: str, tmp_path: Path) -> None:
    lines = [text(record).decode() for record in RECORDS]
    content = line_end.join([lines[0], "", *lines[1:], ""]).encode()
    table = table_of(tmp_path, content, "a.dat")

    with duckdb.connect() as connection:
        assert [row[0] for row in staged(connection, table, COLUMNS)] == ["A", "12"]
        assert table.lines([0, 1]) == [1, 4]


def test_one_line_of_json_lines_is_a_table(tmp_path: Path) -> None:
    assert rows_of(table_of(tmp_path, b'{"MaHoSo": 1, "BoSung": [{}]}\n', "a.jsonl"), COLUMNS) == [
        ("1", "[{}]")
    ]


def test_lists_within_an_object_are_tables_by_their_paths_and_so_is_the_object(tmp_path: Path) -> None:
    content = text(
        {"ok": True, "text": '"[{', "result": {"items": RECORDS, "n": [1, [2]]}, "data": RECORDS[:1]}
    )
    tables = tables_of(tmp_path, content, "a.json")

    assert [table.records for table in tables] == ["result.items", "data", ""]
    assert [table.is_single for table in tables] == [False, False, True]
    assert [len(rows_of(table, COLUMNS)) for table in tables[:2]] == [2, 1]
    assert set(tables[2].heading_rows()[0].headings) == {"ok", "text", "result", "data"}


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b'{"a": {"b": {}}}', "reading.no_list"),
        (b'{"a": [1, 2]}', "reading.no_list"),
        (b'["a", "b"]', "reading.not_records"),
        (b"[]", "reading.no_list"),
        (b'{"data": [{"MaHoSo": 1}', "reading.cut_off"),
        (b'{"data": [{"MaHoSo": 1}]', "reading.cut_off"),
        (b'[{"MaHoSo": "NGUYEN VAN MAU", "BoSung": 1},', "reading.cut_off"),
        (b'[{"MaHoSo": "NGUYEN VAN MAU" "BoSung": 1}]', "reading.json_record"),
        (b'{"MaHoSo": 1, "BoSung": 2}\n{"MaHoSo": "NGUYEN VAN MAU", \n', "reading.json_line"),
        (b'[{"MaHoSo": "\xff", "BoSung": 1}]', "reading.json_record"),
        (b'[{"MaHoSo": 1, "BoSung": 2}, 5]', "reading.not_records"),
        (b'[{"MaHoSo": 1, "BoSung": "' + b"x" * 40_000_000 + b'"}]', "reading.json_unreadable"),
    ],
)
def test_what_is_no_list_of_records_is_refused_by_place(content: bytes, key: str, tmp_path: Path) -> None:
    with pytest.raises(UnusableError) as error:
        read(tmp_path, content)

    assert error.value.sentences[0][0] == key
    assert "a.json" in str(error.value)
    assert "NGUYEN" not in str(error.value)


def test_trouble_far_down_is_told_when_the_rows_are_read(tmp_path: Path) -> None:
    content = b"[" + b'{"MaHoSo": 1, "BoSung": 2},' * 5000 + b'{"MaHoSo": NGUYEN VAN MAU}]'

    with pytest.raises(UnusableError) as error:
        read(tmp_path, content)

    assert error.value.sentences == [("reading.json_record", {"file": "a.json", "number": 5001})]


def test_a_bad_line_far_down_is_told_by_its_number(tmp_path: Path) -> None:
    content = b'{"MaHoSo": 1, "BoSung": 2}\n' * 5000 + b'{"MaHoSo": \n' + b'{"MaHoSo": 1}\n' * 9

    with pytest.raises(UnusableError) as error:
        read(tmp_path, content)

    assert error.value.sentences == [("reading.json_line", {"file": "a.json", "number": 5001})]


def read(folder: Path, content: bytes) -> None:
    table = table_of(folder, content, "a.json")
    try:
        rows_of(table, COLUMNS)
    except duckdb.Error as error:
        raise table.misread(error) from None


@pytest.mark.parametrize("value", ["1" * 6000, "[" * 3000 + "]" * 3000])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_numbers_of_any_length_and_lists_of_any_depth_are_left_alone(
    value: str, name: str, tmp_path: Path
) -> None:
    record = f'{{"Mã hồ sơ": "A", "Ngày tiếp nhận": "1", "khác": {value}}}'
    content = f"[{record}]" if name == "a.json" else f"{record}\n{record}\n"

    assert set(rows_of(table_of(tmp_path, content.encode(), name))) == {("A", "1")}
