"""The day of an export, where the file and whoever imports it both tell one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from dunghen.intake import importing
from dunghen.intake.errors import UnusableError
from dunghen.intake.importing import Job, Preview
from dunghen.intake.store import Store
from tests.intake.test_importing import KEY, ROOT

OCTOBER, NOVEMBER = dt.date(2026, 10, 31), dt.date(2026, 11, 15)
HEADINGS = "Số hồ sơ;Ngày tiếp nhận;Ngày hẹn trả;Ngày kết thúc xử lý;Trạng thái;Đơn vị xử lý"
DOSSIER = "A-1;01/10/2026 08:00;15/10/2026;10/10/2026;Đã trả kết quả;Phường Bản Mẫu"
Look = Callable[[str, dt.date | None], Preview]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """A trial of an export under a line of words, for the day given."""

    def look(title: str, given: dt.date | None, mapping: str | None = None) -> Preview:
        path = tmp_path / "a.csv"
        path.write_text(f"DANH SÁCH HỒ SƠ\n{title}\n{HEADINGS}\n{DOSSIER}\n", encoding="utf-8")
        store = Store(tmp_path / "store")
        return importing.preview(Job([path], store, KEY, ROOT / "data", mapping, as_of=given, within="MH"))

    return look


@pytest.mark.parametrize(
    "title", ["Tính đến ngày 31/10/2026", "(Số liệu đến hết ngày 31-10-2026)", "TÍNH ĐẾN NGÀY 31.10.2026"]
)
def test_the_day_above_the_headings_counts(title: str, look: Look) -> None:
    assert look(title, None).as_of == OCTOBER
    assert look(title, OCTOBER).as_of == OCTOBER


def test_two_days_are_refused_by_name_with_their_remedies(look: Look) -> None:
    with pytest.raises(UnusableError) as refused:
        look("Tính đến ngày 31/10/2026", NOVEMBER)

    told = refused.value.text("vi")
    assert "đến ngày 31/10/2026, nhưng --as-of hoặc tên tệp ghi ngày 15/11/2026" in told
    assert "[as_of] trong một bản sao ánh xạ (data/mappings/vietnamese-headings.toml)" in told


@pytest.mark.parametrize(
    "title",
    [
        "Từ ngày 01/10/2026 đến ngày 31/10/2026",
        "(TỪ 01/10/2026 ĐẾN NGÀY 31/10/2026)",
        "Tháng 10",
        "Từ ngày 01/10/2026\nĐến ngày 31/10/2026",
    ],
)
def test_the_days_that_were_asked_for_are_not_that_of_the_export(title: str, look: Look) -> None:
    assert look(title, NOVEMBER).as_of == NOVEMBER
    with pytest.raises(UnusableError, match="--as-of"):
        look(title, None)


def test_of_several_days_in_the_file_the_one_given_counts(look: Look) -> None:
    twice = "Tính đến ngày 31/10/2026\nĐến ngày 01/11/2026"

    assert look(twice, NOVEMBER).as_of == NOVEMBER
    with pytest.raises(UnusableError, match="nhiều ngày"):
        look(twice, None)


def test_the_remedy_takes_the_day_given(look: Callable[..., Preview], tmp_path: Path) -> None:
    shipped = (ROOT / "data/mappings/vietnamese-headings.toml").read_text(encoding="utf-8")
    copy = tmp_path / "cua-toi.toml"
    copy.write_text(shipped[: shipped.index("[as_of]")], encoding="utf-8")

    assert look("Tính đến ngày 31/10/2026", NOVEMBER, str(copy)).as_of == NOVEMBER
