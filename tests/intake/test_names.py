"""Authorities by their names: with the place behind a comma, within a place that the import names, or not."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dunghen import cli
from dunghen.intake import importing, lists
from dunghen.intake.errors import RefusedError, UnusableError
from dunghen.intake.importing import Done, Job
from dunghen.intake.lists import Source
from dunghen.intake.store import Store
from tests.intake.specimens import form_rows, small_data
from tests.intake.test_importing import AS_OF, KEY, MANY, row, stored
from tests.intake.test_importing import export as national

pytestmark = pytest.mark.slow

HEADINGS = (
    *("Số hồ sơ", "Mã thủ tục", "Ngày tiếp nhận", "Ngày hẹn trả"),
    *("Ngày kết thúc xử lý", "Trạng thái", "Đơn vị xử lý"),
)
DAYS = ("01/10/2026 08:00", "15/10/2026 17:00", "10/10/2026 09:00")
# names that are good wherever they stand: in a file of many of them a strange one is left out alone
KNOWN = ["Phường Bản Mẫu, Tỉnh Minh Họa"] * 40
Bring = Callable[..., Done]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_data(tmp_path_factory.mktemp("data"))


@pytest.fixture
def bring(tmp_path: Path, data: Path) -> Bring:
    """Imports a file in which the names of offices stand, one a row."""

    def bring(names: Sequence[str], **more: Any) -> Done:
        path = export(tmp_path / "ho-so.csv", names)
        options: dict[str, Any] = {"mapping": "vietnamese-headings", "as_of": AS_OF, "data": data} | more
        return importing.run(Job(files=[path], store=Store(tmp_path / "store"), key=KEY, **options))

    return bring


def export(path: Path, names: Sequence[str], procedure: str = "MH.000001") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for number, name in enumerate(names):
            writer.writerow([f"A-{number:04}", procedure, *DAYS, "Đã trả kết quả", name])
    return path


def codes(done: Done) -> set[str]:
    return {told["authority_code"] for told in stored(done.made)}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Sở Y tế, tỉnh Phú Thọ", "H44.22"),
        ("sở y tế , UBND tỉnh Phú Thọ", "H44.22"),
        ("Sở Y tế tỉnh Phú Thọ", "H44.22"),
        ("Sở Văn hóa, Thể thao và Du lịch, T.Phú Thọ", "H44.20"),
        ("UBND phường Bản Mẫu, tỉnh Minh Họa", "MH-01"),
        ("Ủy ban nhân dân Phường Ba Đình, TP Hà Nội", "00004"),
    ],
)
def test_a_name_is_found_in_the_place_behind_it(bring: Bring, name: str, code: str) -> None:
    assert codes(bring([name])) == {code}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("P. Bản Mẫu", "MH-01"),
        ("p.bản mẫu, tỉnh Minh Họa", "MH-01"),
        ("Phường Bản Mẫu - tỉnh Minh Họa", "MH-01"),
        ("UBND phường Bản Mẫu – UBND tỉnh Minh Họa", "MH-01"),
        ("Bộ phận Một cửa phường Bản Mẫu", "MH-01"),
        ("BỘ PHẬN MỘT CỬA P. BẢN MẪU - TỈNH MINH HỌA", "MH-01"),
        ("Bộ phận Tiếp nhận và Trả kết quả của UBND Phường Bản Mẫu", "MH-01"),
        ("Trung tâm Phục vụ hành chính công xã Thần Thoại", "MH-10"),
        ("X. Thần Thoại", "MH-10"),
        ("Bộ phận Một cửa Sở Y tế - T. Phú Thọ", "H44.22"),
        ("Sở Y tế - tỉnh Phú Thọ", "H44.22"),
    ],
)
def test_a_desk_an_abbreviation_and_a_dash_lead_to_the_office(bring: Bring, name: str, code: str) -> None:
    assert codes(bring([name])) == {code}


def test_what_a_roundabout_name_may_mean_twice_or_not_at_all_is_not_guessed(bring: Bring) -> None:
    none = [
        *("Bộ phận Một cửa", "P. Tư pháp", "Trung tâm Phục vụ hành chính công tỉnh Phú Thọ"),
        *("Phường Bản Mẫu - Thử Nghiệm", "P. Bản Mẫu - tỉnh Phú Thọ", "Bộ phận Một cửa tỉnh Minh Họa"),
    ]
    done = bring([*KNOWN, *none, "Bộ phận Một cửa Sở Y tế"], accept_rejects=True)

    assert codes(done) == {"MH-01"}
    assert done.unknown == {"unknown_authority": len(none), "ambiguous_authority": 1}


@pytest.mark.quick
def test_a_name_is_not_found_in_another_place(bring: Bring) -> None:
    done = bring([*KNOWN, "Sở Y tế, tỉnh Minh Họa"])

    assert [(one["reason"], one["rows"]) for one in done.made.reasons] == [("unknown_authority", 1)]
    assert done.unknown == {"unknown_authority": 1}


def test_a_bare_name_of_a_department_needs_a_place(bring: Bring) -> None:
    done = bring([*KNOWN, "Sở Y tế", "Sở Tư pháp"], accept_rejects=True)

    assert [(one["reason"], one["rows"]) for one in done.made.reasons] == [("ambiguous_authority", 2)]
    assert done.unknown == {"ambiguous_authority": 2}
    assert codes(bring(["Sở Y tế", "Sở Tư pháp"], within="25")) == {"H44.22", "H44.19"}


def test_what_lies_elsewhere_is_not_found_within_a_place(bring: Bring) -> None:
    with pytest.raises(RefusedError) as caught:
        bring(["Phường Bản Mẫu", "Phường Bản Mẫu, tỉnh Minh Họa"], within="25")

    assert "2 different names of authorities are not found in the place that was told" in caught.value.text(
        "en"
    )


@pytest.mark.quick
def test_a_place_that_is_none_and_files_of_codes_are_refused(
    bring: Bring, data: Path, tmp_path: Path
) -> None:
    with pytest.raises(UnusableError, match="mã 999"):
        bring(KNOWN, within="999")
    job = Job([national(tmp_path / "a.csv", MANY)], Store(tmp_path / "store"), KEY, data, "national-sync")
    with pytest.raises(UnusableError, match="tìm đơn vị theo mã"):
        importing.preview(replace(job, as_of=AS_OF, within="25"))


def test_a_refusal_counts_by_reason_and_different_codes_and_says_that_a_list_is_short(
    data: Path, tmp_path: Path
) -> None:
    told = [row(MaHoSo=f"MH.01-{number:04}", MaTTHC=f"9.{number % 7:06}") for number in range(90)]
    files = [national(tmp_path / "a.csv", [*told, *(row(MaHoSo=f"A{n}", DonViXuLy="X9") for n in range(10))])]
    job = Job(files, Store(tmp_path / "store"), KEY, data, "national-sync", AS_OF)

    with pytest.raises(RefusedError) as caught:
        importing.run(job)

    lines = caught.value.text("en").splitlines()
    assert "Mostly a list or the mapping is short and the file is not wrong" in lines[0]
    assert lines[1:3] == [
        "  90 rows left out, procedure code: procedure code not in the list",
        "  10 rows left out, authority: authority not in the register",
    ]
    assert any(
        line.startswith("  7 different codes of procedures") and "lists procedures FILE" in line
        for line in lines
    )
    assert any(
        line.startswith("  1 code or name of authorities was") and "lists portal_codes" in line
        for line in lines
    )
    assert "9.00000" not in caught.value.text("vi") + caught.value.text("en")
    assert dict(importing.preview(job).counts.unknown) == {"unknown_authority": 1, "unknown_procedure": 7}


def test_a_file_that_is_wrong_is_told_to_be_mended(data: Path, tmp_path: Path) -> None:
    ended = {"NgayTiepNhan": "20261002080000", "NgayKetThucXuLy": "20261001080000"}
    files = [national(tmp_path / "a.csv", [row(MaHoSo=f"A{n}", **ended) for n in range(10)])]

    with pytest.raises(RefusedError, match="Sửa tệp rồi nhập lại") as caught:
        importing.run(Job(files, Store(tmp_path / "store"), KEY, data, "national-sync", AS_OF))
    assert "10 rows left out, end of processing: finished before it was received" in caught.value.text("en")


@pytest.mark.parametrize("written", ["1.234567", "1.234567.000.00.00.H44"])
@pytest.mark.parametrize("listed", ["1.234567", "1.234567.000.00.00.H44"])
def test_a_procedure_is_found_with_and_without_its_province(
    listed: str, written: str, data: Path, tmp_path: Path
) -> None:
    store, path = Store(tmp_path / "store"), tmp_path / "danh-muc.csv"
    path.write_text(f"Mã thủ tục,Tên thủ tục,Lĩnh vực\n{listed},Thủ tục thử,Hộ tịch\n", encoding="utf-8")
    lists.bring(store, data, "procedures", [path], Source("Quyết định mẫu"))

    files = [export(tmp_path / "a.csv", KNOWN, written)]
    done = importing.run(Job(files, store, KEY, data, "vietnamese-headings", AS_OF))

    assert {told["procedure_code"] for told in stored(done.made)} == {listed}
    assert {told["field"] for told in stored(done.made)} == {"civil_status"}


def test_a_new_list_makes_the_same_files_new(data: Path, tmp_path: Path) -> None:
    store, files = Store(tmp_path / "store"), [export(tmp_path / "a.csv", KNOWN)]
    job = Job(files, store, KEY, data, "vietnamese-headings", AS_OF)
    assert importing.run(job).is_new
    assert not importing.run(job).is_new
    path = tmp_path / "danh-muc.csv"
    path.write_text("Mã thủ tục,Tên thủ tục,Lĩnh vực\n9.000001,Thủ tục thử,Hộ tịch\n", encoding="utf-8")
    lists.bring(store, data, "procedures", [path], Source("Quyết định mẫu"))
    assert importing.run(job).is_new
    assert not importing.run(job).is_new


@pytest.mark.parametrize(
    ("name", "within", "code"),
    [
        ("UBND Phường Bản Mẫu, tỉnh Minh Họa", None, "MH-01"),
        ("Sở Y tế, tỉnh Phú Thọ", None, "H44.22"),
        ("Sở Văn hóa, Thể thao và Du lịch", "25", "H44.20"),
    ],
)
def test_a_form_names_its_office_with_the_place(
    name: str, within: str | None, code: str, data: Path, tmp_path: Path
) -> None:
    grid = form_rows()
    grid[1][1] = f"Đơn vị báo cáo: {name}"
    path = tmp_path / "bieu.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(grid)

    job = Job([path], Store(tmp_path / "store"), KEY, data, "form-ii06a", source_id="minh-hoa", within=within)
    assert set(importing.run(job).made.authorities) == {code}


@pytest.mark.quick
def test_a_form_of_a_bare_department_is_not_guessed(data: Path, tmp_path: Path) -> None:
    grid = form_rows()
    grid[1][1] = "Đơn vị báo cáo: Sở Y tế"
    path = tmp_path / "bieu.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(grid)

    with pytest.raises(UnusableError, match="chỉ nhiều nơi"):
        importing.run(Job([path], Store(tmp_path / "store"), KEY, data, "form-ii06a", source_id="minh-hoa"))


def test_the_first_rows_of_a_form_are_shown_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUNGHEN_STORE", str(tmp_path / "store"))
    path = tmp_path / "bieu.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(form_rows())

    options = ["--mapping", "form-ii06a", "--source", "minh-hoa", "--dry-run"]
    assert cli.main(["import", str(path), *options]) == cli.DONE

    told = capsys.readouterr().out.split("Những dòng đầu tiên")[1]
    assert "Hộ tịch" in told
    assert "nguồn không nói rõ" in told
    assert not {"report_id", "source_id", "coverage", "counts_basis", "civil_status"} & set(told.split())


def test_the_command_takes_the_place_and_tells_what_a_list_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUNGHEN_STORE", str(tmp_path / "store"))
    file = str(export(tmp_path / "a.csv", ["Sở Y tế"]))
    asked = ["import", file, "--as-of", "2026-10-31", "--dry-run", "--lang", "en"]

    assert cli.main(asked) == cli.REFUSED
    assert "1 name of authorities may be found in several places" in capsys.readouterr().out
    assert cli.main([*asked, "--within", "25"]) == cli.DONE
    assert "1 row read: 1 loaded" in capsys.readouterr().out


def test_a_name_that_the_told_place_lacks_is_not_answered_with_the_place(bring: Bring) -> None:
    with pytest.raises(RefusedError) as caught:
        bring(["Sở Giả Tưởng", "Sở Vô Danh"], within="25")

    told = caught.value.text()
    assert "2 tên đơn vị khác nhau không có ở nơi đã chỉ" in told
    assert "lists departments" in told
    assert "thêm --within" not in told
