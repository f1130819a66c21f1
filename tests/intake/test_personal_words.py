"""What looks like a number or address of a person, alone or among other words of a cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dunghen.intake import dossiers, importing
from dunghen.intake.importing import Job
from dunghen.intake.store import Store
from tests.intake.specimens import as_csv, small_data
from tests.intake.test_importing import AS_OF, GOOD, KEY, MANY, quarantined


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute(dossiers.text("dossier_macros"))
        yield opened


PERSONAL = [
    *("0900000001", "0900 000 001", "+84 900 000 001", "010 990 001", "001099000001", "mau@vi-du.example"),
    *(
        "Nguyễn Văn Mẫu, 0900000001",
        "Nguyễn Văn Mẫu 0900 000 001",
        "ông Mẫu (090.000.0001)",
        "ĐT:0900-000-001",
    ),
    *(
        "Mẫu +84900000001",
        "CCCD 001099000001",
        "001099000001 - Nguyễn Văn Mẫu",
        "SĐT 02090000001.",
        "a x@vi-du.example",
    ),
]
HARMLESS = [
    *("Xã Bản Mẫu", "H44.100", "1.001234.000.00.00.H44", "000.00.01.H44-260901-0001", "", None),
    *(
        "ngày 05.06.2026 08:00",
        "20260901080000",
        "2026-09-01T08:00:00",
        "Thông tư 01/2020/TT-VPCP",
        "12.012345678912",
    ),
    *("Điểm 0.912345678", "Số 123456789 của A", "Mã 1001099000001x"),
]


@pytest.mark.parametrize(
    ("words", "expected"), [(w, True) for w in PERSONAL] + [(w, False) for w in HARMLESS]
)
def test_words_with_numbers_of_persons(
    words: str | None,
    expected: bool,
    connection: duckdb.DuckDBPyConnection,
) -> None:
    found = connection.execute("SELECT coalesce(looks_personal($words), FALSE)", {"words": words}).fetchall()

    assert found == [(expected,)]


@pytest.mark.slow
@pytest.mark.parametrize(
    "column",
    ["DonViXuLy", "MaTTHC", "KenhThucHien", "TrangThaiHoSo", "NgayTiepNhan", "NgayHenTra", "NgayTra"],
)
def test_a_cell_with_the_number_of_a_person_is_told_as_such_in_any_column(
    column: str, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_bytes(
        as_csv(
            [
                list(GOOD),
                *(
                    list((row | {column: cell}).values())
                    for row, cell in zip(
                        MANY, [*["Nguyễn Văn Mẫu, 0900000001"], *[GOOD[column]] * 30], strict=False
                    )
                ),
            ]
        )
    )
    job = Job(
        [tmp_path / "a.csv"], Store(tmp_path / "store"), KEY, small_data(tmp_path / "data"), as_of=AS_OF
    )
    done = importing.run(job)

    assert quarantined(done.made) == [("2", column, "looks_personal")]
    assert done.unknown == {}


def test_the_number_of_a_dossier_may_hold_as_many_digits(connection: duckdb.DuckDBPyConnection) -> None:
    asked = "SELECT is_personal('MH-001099000001'), is_personal('001099000001')"

    assert connection.execute(asked).fetchall() == [(False, True)]
