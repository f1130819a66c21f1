"""The headings of a table choose its mapping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pytest

from dunghen.intake import mappings
from dunghen.intake.errors import UnusableError
from dunghen.intake.mappings.headings import places
from dunghen.intake.reading.tables import Format, HeadingRow, Rejected, SourceTable

NATIONAL = (
    *(
        "MaHoSo",
        "MaTTHC",
        "MaLinhVuc",
        "KenhThucHien",
        "ChuHoSo",
        "SoDienThoai",
        "NgayTiepNhan",
        "NgayHenTra",
    ),
    *("NgayKetThucXuLy", "NgayTra", "TrangThaiHoSo", "DonViXuLy", "DanhSachHoSoBoSung"),
)


class Headings(SourceTable):
    """A table of which only the headings are asked."""

    def __init__(self, *rows: Sequence[str], form: Format = "csv") -> None:
        super().__init__("don-vi.csv", None)
        self.format = form
        self.rows = [HeadingRow(line, tuple(row)) for line, row in enumerate(rows, 1)]

    def heading_rows(self) -> list[HeadingRow]:
        return self.rows

    def titles(self, heading: HeadingRow) -> list[str]:
        raise NotImplementedError

    def stage(
        self,
        connection: duckdb.DuckDBPyConnection,
        view: str,
        heading: HeadingRow,
        columns: Mapping[str, str],
    ) -> None:
        raise NotImplementedError

    def lines(self, ordinals: Sequence[int]) -> list[int]:
        raise NotImplementedError

    def rejected(self, connection: duckdb.DuckDBPyConnection) -> list[Rejected]:
        raise NotImplementedError

    def misread(self, error: duckdb.Error) -> UnusableError:
        raise NotImplementedError


def test_national_fields_choose_the_national_mapping() -> None:
    table = Headings(["BÁO CÁO HỒ SƠ"], NATIONAL)

    choice = mappings.choose(table, mappings.all_mappings())

    assert choice.mapping.name == "national-sync"
    assert choice.heading.line == 2
    assert choice.columns["MaHoSo"] == "dossier_number"
    assert not {"ChuHoSo", "SoDienThoai"} & {*choice.columns}


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("Ngày tiếp nhận", [0]),
        ("NGÀY  TIẾP NHẬN", [0]),
        ("Nga\u0300y tie\u0302\u0301p nha\u0323\u0302n", [0]),
        ("Ngay tiep nhan", [0]),
        ("ngày_tiếp_nhận (7)", [0]),
        ("NgayTiepNhan", []),
        ("Ngày tiếp", []),
        ("", []),
    ],
)
def test_headings_are_compared_in_the_stated_way(heading: str, found: list[int]) -> None:
    assert places(["Ngày tiếp nhận"], [heading]) == found
