"""The day of an export, where the file and whoever imports it both tell one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dunghen.intake import importing
from dunghen.intake.errors import UnusableError
from dunghen.intake.importing import Job, Preview
from dunghen.intake.store import Store
from tests.intake.specimens import as_csv, as_json, as_xlsx, box_rows, records
from tests.intake.test_importing import KEY, ROOT

pytestmark = pytest.mark.slow

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


@pytest.mark.quick
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


def box(*days: str) -> list[list[str]]:
    """The little box of a web site, once for each day on which it was brought up to date."""
    heading, row = box_rows()
    return [heading, *([*row[:-1], f"{day} 08:00:00"] for day in days)]


@pytest.fixture
def look_at_box(tmp_path: Path) -> Callable[..., Preview]:
    """A trial of such boxes in one of three formats, for the day given."""

    def look_at_box(grid: list[list[str]], given: dt.date | None, name: str = "a.csv") -> Preview:
        packed = {"a.csv": as_csv(grid), "a.xlsx": as_xlsx(grid), "a.json": as_json(records(grid))}
        (tmp_path / name).write_bytes(packed[name])
        store = Store(tmp_path / "store")
        return importing.preview(Job([tmp_path / name], store, KEY, ROOT / "data", as_of=given))

    return look_at_box


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.json"])
def test_the_day_in_the_rows_is_held_against_the_one_given(
    name: str, look_at_box: Callable[..., Preview]
) -> None:
    with pytest.raises(UnusableError) as refused:
        look_at_box(box("31/10/2026"), NOVEMBER, name)

    told = refused.value.text("vi")
    assert "đến ngày 31/10/2026, nhưng --as-of hoặc tên tệp ghi ngày 15/11/2026" in told
    assert "data/mappings/web-box.toml" in told
    for given in (OCTOBER, None):
        shown = look_at_box(box("31/10/2026"), given, name)
        assert (shown.as_of, shown.counts.taken) == (given, 1)


def test_rows_of_several_days_each_tell_their_own(look_at_box: Callable[..., Preview]) -> None:
    several = box("30/09/2026", "31/10/2026")

    assert look_at_box(several, None).counts.taken == 2
    assert look_at_box(several, NOVEMBER).as_of == NOVEMBER


def test_a_column_of_dossiers_may_tell_the_day_of_the_export(tmp_path: Path) -> None:
    shipped = (ROOT / "data/mappings/vietnamese-headings.toml").read_text(encoding="utf-8")
    mapping = tmp_path / "cua-toi.toml"
    mapping.write_text(shipped.split("[as_of]")[0] + '[as_of]\ncolumn = "Ngày xuất"\n', encoding="utf-8")
    lines = [f"{HEADINGS};Ngày xuất", f"{DOSSIER};31/10/2026", f"{DOSSIER};".replace("A-1", "A-2")]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    job = Job([tmp_path / "a.csv"], Store(tmp_path / "store"), KEY, ROOT / "data", str(mapping), within="MH")

    shown = importing.preview(job)
    assert (shown.as_of, shown.counts.taken) == (OCTOBER, 2)
    with pytest.raises(UnusableError, match="31/10/2026"):
        importing.preview(replace(job, as_of=NOVEMBER))
