"""Texts written for the old fonts TCVN3 and VNI are refused by name in every kind of file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from dunghen.intake import importing
from dunghen.intake.errors import UnusableError
from dunghen.intake.importing import Job
from dunghen.intake.store import Store
from tests.intake.specimens import Grid, as_csv, as_json, as_xls, as_xlsx, records, small_data

# "Số hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả", "Trạng thái"
HEADINGS = {
    "TCVN3": ["Sè hå s¬", "Ngµy tiÕp nhËn", "Ngµy hÑn tr¶", "Tr¹ng th¸i"],
    "VNI": ["Soá hoà sô", "Ngaøy tieáp nhaän", "Ngaøy heïn traû", "Traïng thaùi"],
}
WRITERS: dict[str, Callable[[Grid], bytes]] = {
    "csv": as_csv,
    "xlsx": as_xlsx,
    "xls": as_xls,
    "json": lambda grid: as_json(records(grid)),
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_data(tmp_path_factory.mktemp("data"))


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("encoding", HEADINGS)
def test_an_old_font_is_named(encoding: str, form: str, tmp_path: Path, data: Path) -> None:
    path = tmp_path / f"a.{form}"
    path.write_bytes(WRITERS[form]([HEADINGS[encoding], ["TEST-1", "01/10/2026", "15/10/2026", "x"]]))
    job = Job(
        files=[path], store=Store(tmp_path / "store"), key=b"k" * 64, data=data, as_of=dt.date(2026, 10, 31)
    )

    with pytest.raises(UnusableError) as error:
        importing.run(job)

    ((key, values),) = error.value.sentences
    assert (key, values["encoding"]) == ("reading.font_encoding", encoding)
    assert path.name in str(values["file"])


@pytest.mark.parametrize("form", WRITERS)
def test_headings_in_unicode_that_nobody_knows_are_told_as_that(
    form: str, tmp_path: Path, data: Path
) -> None:
    path = tmp_path / f"a.{form}"
    path.write_bytes(WRITERS[form]([["Tên trường", "Cà phê", "Liệt kê"], ["Café", "Ngày mai", "Đà Lạt"]]))
    job = Job(
        files=[path], store=Store(tmp_path / "store"), key=b"k" * 64, data=data, as_of=dt.date(2026, 10, 31)
    )

    with pytest.raises(UnusableError) as error:
        importing.run(job)

    assert error.value.sentences[0][0] == "mapping.none_fits"
