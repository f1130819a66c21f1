"""CSV as offices export it: separators, titles, quotes, ragged rows, and the line of every row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dunghen.intake.errors import UnusableError
from dunghen.intake.reading import Rejected
from tests.intake.reading.reading_fixture import COLUMNS, heading_of, rows_of, staged, table_of

HEADING = "Mã hồ sơ;Ngày tiếp nhận\n"


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


def test_rows_come_by_our_names_trimmed_and_with_their_lines(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    text = "\ufeffSở Minh Họa\n\n Mã hồ sơ ;Ngày  tiếp nhận\n"
    text += 'A; 1 \n;\n\nshort\n"B\nC";2\n4;5;6\nD;\n   \n' + "E;5\n" * 50
    table = table_of(tmp_path, text.encode())

    assert (table.file, table.sheet, table.format) == ("thang-10.csv", None, "csv")
    assert table.titles(heading_of(table)) == ["Sở Minh Họa"]
    assert staged(connection, table) == [("A", "1"), ("B\nC", "2"), ("D", None)] + [("E", "5")] * 50
    assert table.lines([2, 0, 1, 52]) == [11, 4, 8, 62]
    assert table.lines([2, 0, 1, 52], 53) == [11, 4, 8, 62]
    assert table.rejected(connection) == [Rejected(7, "short_row"), Rejected(10, "long_row")]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator: str, tmp_path: Path) -> None:
    content = io.StringIO()
    writer = csv.writer(content, delimiter=separator, lineterminator="\n")
    rows = [("A", "1,5"), ("B;C", "2|3"), ("D\tE", "x, y; z")] * 4
    writer.writerows([("Báo cáo, tháng 10; năm 2026",), (), tuple(COLUMNS), *rows])

    assert rows_of(table_of(tmp_path, content.getvalue().encode())) == rows


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_line_end_is_read(line_end: str, connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    content = (HEADING + 'A;1\n"B\nb";2\n\nC;3').replace("\n", line_end).encode()
    table = table_of(tmp_path, content)

    assert [row[1] for row in staged(connection, table)] == ["1", "2", "3"]
    assert table.lines([0, 1, 2]) == [2, 3, 6]
    assert table.lines([0, 1, 2], 3) == [2, 3, 6]


def test_mixed_line_ends_are_read(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    table = table_of(tmp_path, (HEADING + "A;1\r\nB;2\nC;3\rD;4\r\n").encode())

    assert staged(connection, table) == [("A", "1"), ("B", "2"), ("C", "3"), ("D", "4")]
    assert table.lines([3]) == [5]
    assert table.lines([3], 4) == [5]


def test_numbers_of_columns_below_the_heading_are_no_row(tmp_path: Path) -> None:
    content = "Mã hồ sơ;Ngày tiếp nhận;Khác\n\n(1);(2);(3)=(1)+(2)\n1;2;4\n(1);(2);(3)\n"

    assert rows_of(table_of(tmp_path, content.encode())) == [("1", "2"), ("(1)", "(2)")]


def test_a_heading_in_two_rows_is_read_both_ways(tmp_path: Path) -> None:
    table = table_of(tmp_path, "Hồ sơ;;Khác\nMã;Ngày;\nA;1;x\n".encode())
    headings = [row.headings for row in table.heading_rows()]

    assert ("Hồ sơ / Mã", "Hồ sơ / Ngày", "Khác") in headings
    assert ("Mã", "Ngày", "Khác") in headings
    assert rows_of(table, {"Hồ sơ / Mã": "a", "Khác": "b"}) == [("A", "x")]


def test_cells_dropped_at_the_ends_of_rows_are_empty(tmp_path: Path) -> None:
    content = "Mã hồ sơ;Ngày tiếp nhận;Khác\n" + "A;1;x\nB;2\n" * 9

    assert rows_of(table_of(tmp_path, content.encode())) == [("A", "1"), ("B", "2")] * 9


def test_separators_too_many_at_the_ends_of_rows_do_no_harm(tmp_path: Path) -> None:
    assert rows_of(table_of(tmp_path, (HEADING + "A;1;\nB;2;\n").encode())) == [("A", "1"), ("B", "2")]
    assert rows_of(table_of(tmp_path, "Mã hồ sơ;Ngày tiếp nhận;;;\nA;1\nB;2\n".encode())) == [
        ("A", "1"),
        ("B", "2"),
    ]


def test_decomposed_letters_are_composed(tmp_path: Path) -> None:
    content = (HEADING + "Đồng Tâm;1\n").encode().replace("ồ".encode(), "o\u0302\u0300".encode())

    assert rows_of(table_of(tmp_path, content)) == [("Đồng Tâm", "1")]


def test_spaces_of_every_kind_around_a_value_are_dropped(tmp_path: Path) -> None:
    content = HEADING + "\u00a0A\u200b;\t1 \n" + ' B ;"\n2\n"\n'

    assert rows_of(table_of(tmp_path, content.encode())) == [("A", "1"), ("B", "2")]


def test_what_cannot_be_told_apart_is_listed_by_line(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    bad = b'X;"a"b\nY;"a\nb"c\nZ;\xff\xfe\n' + b"L;" + b"x" * 2_100_000 + b"\nM;1\n"
    table = table_of(tmp_path, HEADING.encode() + b"A;1\n" * 100 + bad)

    assert len(staged(connection, table)) == 101
    assert table.rejected(connection) == [
        Rejected(102, "badly_quoted_row"),
        Rejected(103, "badly_quoted_row"),
        Rejected(104, "badly_quoted_row"),
        Rejected(105, "undecodable_text"),
        Rejected(106, "overlong_row"),
    ]
    assert table.lines([100]) == [107]


def test_a_quote_that_swallows_the_rest_is_no_small_matter(tmp_path: Path) -> None:
    with pytest.raises(UnusableError) as error:
        table_of(tmp_path, HEADING.encode() + b'A;1\nB;"2\n' + b"C;123\n" * 100_000)

    assert error.value.sentences == [("reading.open_quote", {"file": "thang-10.csv", "line": 3})]


@pytest.mark.parametrize(
    ("ending", "line"),
    [
        ("C", 5),
        ('C;"1', 5),
        # the cell began in the line before
        ('"C\n', None),
        ('"C\nc', 5),
        ('"C\nc";"1', 5),
        ('"C\nc"', 5),
        ("C;", None),
        ("C;1", None),
        ('"C\nc";"1"', None),
        ("C\n", None),
        ("  ", None),
        ('C;1"', None),
        ("Tổng cộng", None),
        ("NGƯỜI LẬP BIỂU", None),
        ('"Tổng cộng', 5),
        ("Tổng cục", 5),
        # what a program of DOS writes at the end
        ("C;1\n\x1a", None),
        ("C;1\r\n\x1a", None),
    ],
)
def test_a_file_that_breaks_off_within_its_last_row_is_refused(
    ending: str, line: int | None, connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """A line end, or all cells that the others have, make a row whole."""
    table = table_of(tmp_path, f'{HEADING}A;1\nB;2\n"E";3\n{ending}'.encode())
    if line is None:
        assert len(staged(connection, table)) >= 3
        return
    with pytest.raises(UnusableError) as error:
        staged(connection, table)

    assert error.value.sentences == [("reading.cut_row", {"file": "thang-10.csv", "line": line})]


def test_what_dos_writes_at_the_end_is_no_row(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    table = table_of(tmp_path, f"{HEADING}A;1\nB;2\n\x1a".encode())

    assert len(staged(connection, table)) == 2
    assert table.rejected(connection) == []


@pytest.mark.slow
def test_where_a_large_file_breaks_off_is_told(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(UnusableError) as error:
        staged(connection, table_of(tmp_path, HEADING.encode() + b"A;1234567\n" * 150_000 + b"B"))

    assert error.value.sentences == [("reading.cut_row", {"file": "thang-10.csv", "line": 150_002})]


def test_an_export_that_drops_empty_cells_may_end_so(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    assert len(staged(connection, table_of(tmp_path, HEADING.encode() + b"A\nB;1\nC"))) == 3


@pytest.mark.slow
def test_too_many_bad_rows_are_not_listed(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    table = table_of(tmp_path, HEADING.encode() + b"A;1\n" * 2000 + b"x\n" * 100_001)
    staged(connection, table)

    with pytest.raises(UnusableError, match=r"100\.000"):
        table.rejected(connection)


def test_a_rejected_row_leaves_no_content(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    table = table_of(tmp_path, HEADING.encode() + b"A;1\n" * 100 + b"NGUYEN VAN MAU\n")
    staged(connection, table)

    assert "NGUYEN" not in str(connection.table("staged_rejected").fetchall())
    assert "NGUYEN" not in str(table.rejected(connection))


def test_an_absent_heading_is_named(tmp_path: Path) -> None:
    table = table_of(tmp_path, (HEADING + "A;1\n").encode())

    with duckdb.connect() as connection, pytest.raises(UnusableError, match="Ngày trả"):
        table.stage(connection, "staged", heading_of(table), {"Ngày trả": "returned_at"})


CELLS = st.text(st.sampled_from('aB1 đ";,\n\t|'), max_size=6)
ROWS = st.lists(
    st.one_of(
        st.tuples(CELLS, CELLS, CELLS),
        st.just(("only",)),
        st.just(()),
        st.tuples(*[st.just("x")] * 5),
    ),
    min_size=1,
    max_size=30,
)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(rows=ROWS, line_end=st.sampled_from(["\n", "\r\n"]), separator=st.sampled_from(",;\t|"))
def test_every_row_is_read_or_rejected_where_it_stands(
    rows: list[tuple[str, ...]], line_end: str, separator: str, tmp_path: Path
) -> None:
    heading = [("Mã", "Ngày", "Khác")]
    good = [("m", "n", "o")] * 200
    content, places, line = io.StringIO(), [], 2
    writer = csv.writer(content, delimiter=separator, lineterminator=line_end)
    for row in [*heading, *good, *rows]:
        if row not in heading:
            places.append(line)
            line += 1 + sum(cell.count("\n") for cell in row)
        writer.writerow(row)
    columns = {"Mã": "a", "Ngày": "b", "Khác": "c"}
    table = table_of(tmp_path, content.getvalue().encode())

    with duckdb.connect() as connection:
        found = staged(connection, table, columns)
        lines, rejected = table.lines(range(len(found)), len(found)), table.rejected(connection)
        assert table.lines(range(len(found))) == lines

    expected = [
        (tuple(cell.strip() or None for cell in row), place)
        for row, place in zip(good + rows, places, strict=True)
        if len(row) == 3 and any(cell.strip() for cell in row)
    ]
    assert found == [row for row, _ in expected]
    assert lines == [place for _, place in expected]
    assert [reject.line for reject in rejected] == [
        place for row, place in zip(good + rows, places, strict=True) if len(row) not in {0, 3}
    ]
