"""Lines of totals and signatures with fewer cells than rows of data: passed over as those with all cells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dunghen.intake.reading import Rejected
from tests.intake.reading.reading_fixture import staged, table_of

DATA = "Mã hồ sơ;Ngày tiếp nhận;Khác\n" + "A;1;x\n" * 100


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


@pytest.mark.parametrize(
    ("lines", "asides", "rejected"),
    [
        (["Tổng cộng: 100 hồ sơ"], 1, []),
        (["Tổng cộng;100"], 1, []),
        ([";Người lập biểu"], 1, []),
        (["Người lập;", "", "\u00a0;", "NGUYEN VAN MAU", "Trần Thị Mẫu;Thủ kho"], 3, []),
        # no total, no signature above it, no name
        (["Tổng cục"], 0, [102]),
        (["Tổng cộng;100", "NGUYEN VAN MAU"], 1, [103]),
        (["Người lập;", "NGUYEN VAN MAU;1"], 1, [103]),
        (["Người lập;", "B;2;y", "NGUYEN VAN MAU"], 1, [104]),
        (["A-1;2", "Tổng cộng;100", "A-2"], 1, [102, 104]),
        # nothing at all
        (["  ", ";", "\x1a"], 0, []),
    ],
)
def test_short_lines_of_totals_and_signatures_are_passed_over(
    lines: list[str],
    asides: int,
    rejected: list[int],
    connection: duckdb.DuckDBPyConnection,
    tmp_path: Path,
) -> None:
    table = table_of(tmp_path, (DATA + "\n".join(lines) + "\n").encode())
    rows = staged(connection, table)

    assert len(rows) == 100 + sum(line.count(";") == 2 for line in lines)
    assert table.asides(connection) == asides
    assert table.rejected(connection) == [Rejected(line, "short_row") for line in rejected]


@pytest.mark.parametrize("line", ["Tổng cộng: 100 hồ sơ", "Người lập;"])
def test_one_without_a_line_end_is_passed_over_too(
    line: str, connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    table = table_of(tmp_path, (DATA + line).encode())

    assert len(staged(connection, table)) == 100
    assert (table.asides(connection), table.rejected(connection), table.open_end) == (1, [], None)


def test_what_has_other_troubles_is_no_line_of_totals(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    content = (DATA + 'Tổng cộng;100;;;5\n"Tổng cộng"x;100\n').encode() + "Tổng".encode()[:-1] + b"\xff;1;2\n"
    table = table_of(tmp_path, content)
    staged(connection, table)

    assert table.asides(connection) == 0
    reasons = ["long_row", "badly_quoted_row", "undecodable_text"]
    assert [one.reason for one in table.rejected(connection)] == reasons
