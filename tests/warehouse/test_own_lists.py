"""The office's own lists in the published file: beside the shipped ones, sourced, gone without a trace."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from dunghen import questions
from dunghen.intake import importing, lists
from dunghen.intake.job import Job
from dunghen.intake.lists import Source
from dunghen.intake.store import Store
from dunghen.publishing import ensure_published, publish
from dunghen.scope import Scope
from dunghen.warehouse import current_snapshot
from tests.warehouse.data_folder import Folder

pytestmark = pytest.mark.slow

AS_OF = dt.date(2026, 10, 15)
KEY = b"0123456789abcdef" * 4
SOURCE = Source("Quyết định mẫu số 1/QĐ-MẪU", "https://example.org/qd-mau")
ROWS = [
    ["Mã thủ tục", "Tên thủ tục", "Lĩnh vực", "Mã lĩnh vực"],
    ["9.000001", "Thủ tục thử một", "Hộ tịch", "XX-01"],
    ["9.000002", "Thủ tục thử hai", "Thử nghiệm mẫu", "XX-02"],
]


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DUNGHEN_DATABASE", str(tmp_path / "x.duckdb"))
    return tmp_path / "x.duckdb"


def bring(store: Store, data: Path, kind: str, rows: list[list[str]], place: Path) -> None:
    with place.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    lists.bring(store, data, kind, [place], SOURCE)


def told(database: Path, sql: str) -> list[tuple[object, ...]]:
    return list(current_snapshot(database).select(sql, {}).rows)


def test_a_list_is_published_with_its_source_and_taken_back_without_a_trace(
    folder: Folder, database: Path, tmp_path: Path
) -> None:
    data = folder.path
    store = Store(data / "store")
    before = publish(database, data)
    shipped = told(database, "FROM field ORDER BY ALL")
    bring(store, data, "procedures", ROWS, tmp_path / "a.csv")
    bring(store, data, "portal_codes", [["Mã cổng", "Mã đơn vị"], ["H44.999", "H44.23"]], tmp_path / "b.csv")

    ensure_published(database, data)

    assert current_snapshot(database).snapshot != before
    fields = told(database, "FROM field ORDER BY ALL")
    assert set(fields) - set(shipped) == {("thu_nghiem_mau", "Thử nghiệm mẫu", "Thử nghiệm mẫu")}
    assert told(database, "FROM list_entry ORDER BY ALL") == [
        ("field", "thu_nghiem_mau", "danh-muc-0001"),
        ("portal_code", "H44.999", "danh-muc-0002"),
        ("procedure", "9.000001", "danh-muc-0001"),
        ("procedure", "9.000002", "danh-muc-0001"),
    ]
    assert told(
        database, "SELECT title, url, note_en IS NULL FROM source WHERE source_id = 'danh-muc-0001'"
    ) == [(SOURCE.title, SOURCE.url, False)]
    assert questions.code_of_portal("h44.999") == "H44.23"
    with_lists = current_snapshot(database).snapshot
    assert publish(database, data) == with_lists, "the same lists, the same id"
    lists.drop(store, data, "2")
    lists.drop(store, data, "1")
    ensure_published(database, data)
    assert current_snapshot(database).snapshot == before


def test_dossiers_told_by_an_own_list_are_published_by_its_names(
    folder: Folder, database: Path, tmp_path: Path
) -> None:
    data = folder.path
    store = Store(data / "store")
    bring(store, data, "procedures", ROWS, tmp_path / "a.csv")
    department = [["Mã cổng", "Tên cơ quan", "Mã tỉnh"], ["H99.01", "Sở Thử nghiệm", "25"]]
    bring(store, data, "departments", department, tmp_path / "b.csv")
    before = publish(database, data)
    file = tmp_path / "ho-so.csv"
    headings = (
        "MaHoSo,MaTTHC,KenhThucHien,NgayTiepNhan,NgayHenTra,NgayKetThucXuLy,NgayTra,TrangThaiHoSo,DonViXuLy"
    )
    days = "20260901090000,20260910090000,20260906090000,20260906090000"
    rows = [f"A-{number:04},9.00000{number % 2 + 1},1,{days},9,H99.01" for number in range(120)]
    file.write_text("\n".join([headings, *rows]) + "\n", encoding="utf-8")
    job = Job([file], store, KEY, data, "national-sync", AS_OF, publish=lambda one: publish(None, data, one))

    done = importing.run(job)

    assert done.made.rows_quarantined == 0
    named = questions.ask("authority_by_code", Scope(authority_code="H99.01")).one
    assert named is not None
    assert (named["authority_name"], named["province_code"], named["level"]) == (
        *("Sở Thử nghiệm", "25", "department"),
    )
    broken_down = questions.ask("breakdown_by_item", Scope(authority_code="H99.01", dimension="field"))
    assert {row["item_name_vi"] for row in broken_down.rows} == {"Hộ tịch", "Thử nghiệm mẫu"}
    importing.undo(store, done.made.import_id, lambda one: publish(None, data, one))
    assert current_snapshot(database).snapshot == before


def test_another_name_in_a_later_list_makes_the_file_stale(
    folder: Folder, database: Path, tmp_path: Path
) -> None:
    data = folder.path
    store = Store(data / "store")
    bring(store, data, "procedures", ROWS, tmp_path / "a.csv")
    ensure_published(database, data)
    renamed = [ROWS[0], ["9.000001", "Thủ tục thử một (sửa)", "Hộ tịch", "XX-01"]]
    bring(store, data, "procedures", renamed, tmp_path / "a.csv")

    ensure_published(database, data)

    name = "SELECT procedure_name_vi FROM procedure WHERE procedure_code = '9.000001'"
    assert told(database, name) == [("Thủ tục thử một (sửa)",)]
    lists.drop(store, data, "2")
    ensure_published(database, data)
    assert told(database, name) == [("Thủ tục thử một",)]


def test_a_procedure_stands_once_whichever_province_its_code_names(
    folder: Folder, database: Path, tmp_path: Path
) -> None:
    data = folder.path
    store = Store(data / "store")
    headings = ROWS[0][:3]
    of_province = [headings, ["1.009999.000.00.00.H44", "Thủ tục cũ", "Hộ tịch"]]
    bring(store, data, "procedures", of_province, tmp_path / "a.csv")
    national = [headings, ["1.009999", "Thủ tục đổi tên", "Đất đai"]]
    bring(store, data, "procedures", national, tmp_path / "a.csv")

    ensure_published(database, data)

    standing = (
        "SELECT procedure_code, procedure_name_vi, field FROM procedure WHERE procedure_code LIKE '1.%'"
    )
    assert told(database, standing) == [("1.009999.000.00.00.H44", "Thủ tục đổi tên", "land")]
    # as a list that was brought before the two were told to be the same
    later = store.folder / "reference" / "0002" / "procedures.csv"
    later.write_text(later.read_text(encoding="utf-8").replace(".000.00.00.H44", ""), encoding="utf-8")
    ensure_published(database, data)
    assert told(database, standing) == [("1.009999", "Thủ tục đổi tên", "land")]
