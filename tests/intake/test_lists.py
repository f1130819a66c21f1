"""Lists that an office brings: taken whole or refused by line and column, counted, sourced, taken back."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from dunghen import cli
from dunghen.intake import lists
from dunghen.intake.errors import RefusedError, UnusableError
from dunghen.intake.importing import Job, run
from dunghen.intake.lists import Brought, InForce, Source
from dunghen.intake.store import ROOT, Store
from dunghen.words import formats
from tests.intake.specimens import small_data
from tests.intake.test_importing import AS_OF, KEY, MANY, export, stored

HEADINGS = ["STT", "Mã thủ tục", "Tên thủ tục", "Lĩnh vực", "Mã lĩnh vực", "Ghi chú"]
ROWS = [
    ["1", "9.000001", "Thủ tục thử một", "Hộ tịch", "XX-01", "Cột này không được đọc"],
    ["2", "9.000002", "Thủ tục thử hai", "Lĩnh vực thử nghiệm mẫu", "XX-02", ""],
    ["3", "9.000003", 'Thủ tục "thử" ba, có phẩy', "Thử nghiệm mẫu", "XX-02", ""],
]
SOURCE = Source("Quyết định mẫu số 1/QĐ-MẪU", "https://example.org/qd-mau")
Bring = Callable[..., Brought]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_data(tmp_path_factory.mktemp("data"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def bring(tmp_path: Path, store: Store, data: Path) -> Bring:
    """Brings rows under headings as a CSV file."""

    def bring(
        rows: list[list[str]],
        headings: list[str] = HEADINGS,
        kind: str = "procedures",
        *,
        within: str | None = None,
        is_trial: bool = False,
    ) -> Brought:
        path = listed(tmp_path / "danh-muc.csv", rows, headings)
        return lists.bring(store, data, kind, [path], SOURCE, within=within, is_trial=is_trial)

    return bring


def listed(path: Path, rows: list[list[str]], headings: list[str] = HEADINGS) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, *rows])
    return path


def entries(store: Store, data: Path, table: str) -> list[dict[str, str | None]]:
    """What the office's own lists say, the latest last."""
    return [entry for entry in InForce(data, store.folder).entries(table) if "source_id" in entry]


def test_a_list_brings_procedures_new_fields_and_codes_with_their_source(
    bring: Bring, store: Store, data: Path
) -> None:
    done = bring(ROWS)

    assert done.made is not None
    assert done.rows == 3
    assert {table: tuple(count) for table, count in done.counts.items()} == {
        "procedures": (3, 0, 0),
        "fields": (1, 0, 0),
        "field_codes": (2, 0, 0),
    }
    assert [entry["field"] for entry in entries(store, data, "procedures")] == [
        "civil_status",
        *["thu_nghiem_mau"] * 2,
    ]
    assert entries(store, data, "procedures")[2] == {
        "procedure_code": "9.000003",
        "field": "thu_nghiem_mau",
        "procedure_name_vi": 'Thủ tục "thử" ba, có phẩy',
        "procedure_name_en": None,
        "source_id": "danh-muc-0001",
    }
    assert entries(store, data, "fields")[0]["field_name_vi"] == "Thử nghiệm mẫu"
    assert (done.made.source, done.made.url) == (SOURCE.title, SOURCE.url)
    assert "không được đọc" not in "".join(
        path.read_text(encoding="utf-8") for path in store.folder.rglob("*.csv")
    )


def test_what_stands_around_a_list_in_json_is_no_row_of_it(tmp_path: Path, store: Store, data: Path) -> None:
    rows = [dict(zip(HEADINGS, row, strict=True)) for row in ROWS]
    around = dict(zip(HEADINGS, ["1", "9.000009", "Danh mục thử", "Hộ tịch", "XX-09", ""], strict=True))
    path = tmp_path / "danh-muc.json"
    path.write_text(json.dumps(around | {"data": rows}), encoding="utf-8")

    assert lists.bring(store, data, "procedures", [path], SOURCE).rows == 3


def test_a_trial_tells_the_same_and_keeps_nothing(bring: Bring, store: Store) -> None:
    tried = bring(ROWS, is_trial=True)

    assert not store.folder.exists()
    assert tried.counts == bring(ROWS).counts


def test_what_is_known_is_not_kept_again(bring: Bring, store: Store, data: Path) -> None:
    bring(ROWS)
    again = bring([*ROWS, ROWS[0]])

    assert again.made is None
    assert again.counts["procedures"] == (0, 0, 3)
    assert [one.list_id for one in InForce(data, store.folder).own.all()] == ["0001"]


def test_a_later_list_changes_names_and_its_undo_brings_the_earlier_back(
    bring: Bring, store: Store, data: Path
) -> None:
    bring(ROWS)
    before = InForce(data, store.folder).own.digest()
    later = bring([["1", "9.000001", "Thủ tục thử một (sửa)", "Hộ tịch", "", ""], ROWS[1]])

    assert later.counts["procedures"] == (0, 1, 1)
    assert later.made is not None
    assert later.made.entries == {"procedures": 1}
    assert InForce(data, store.folder).own.digest() != before
    lists.drop(store, data, "2")
    assert InForce(data, store.folder).own.digest() == before


def test_a_list_keeps_its_fields_when_the_list_that_brought_them_goes(
    bring: Bring, store: Store, data: Path
) -> None:
    bring(ROWS)
    bring([["1", "9.000009", "Thủ tục thử chín", "Thử nghiệm mẫu", "XX-02", ""]])
    lists.drop(store, data, "0001")

    fields = {entry["field"] for entry in entries(store, data, "fields")}
    assert {entry["field"] for entry in entries(store, data, "procedures")} <= fields


@pytest.mark.parametrize(
    ("where", "column", "words"),
    [
        ((1, ""), "Mã thủ tục", "the cell is empty"),
        ((1, "Thủ tục"), "Mã thủ tục", "this is no code"),
        ((2, "=1+1"), "Tên thủ tục", "this is no name"),
        ((2, "0912 345 678"), "Tên thủ tục", "looks like a citizen's number"),
        ((3, ""), "Mã lĩnh vực", "this code of a field is not known"),
        ((3, "mau@example.org"), "Lĩnh vực", "looks like a citizen's number"),
        ((1, "MH.000001"), "Mã thủ tục", "is in the shipped list with other contents"),
        ((1, "9.000001"), "Mã thủ tục", "stands in line 2 already"),
        ((4, "MH-LV01"), "Mã lĩnh vực", "is in the shipped list with other contents"),
    ],
)
def test_a_row_that_cannot_be_is_told_by_line_and_column(
    bring: Bring, store: Store, where: tuple[int, str], column: str, words: str
) -> None:
    place, cell = where
    spoilt = [list(row) for row in ROWS]
    spoilt[2][place] = cell
    if place == 3 and not cell:
        spoilt[2][4] = "XX-99"

    with pytest.raises(UnusableError) as caught:
        bring(spoilt)

    told = caught.value.text("en")
    assert f"danh-muc.csv, line 4, column “{column}”: " in told
    assert words in told
    assert "Nothing was taken: 1 place" in told
    assert not cell or cell not in told
    assert not (store.folder / "reference").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        "Cấp giấy cho ông Giả 0912345678 cccd 001099012345",
        "Cấp giấy cho ông Giả cccd 001 099 012 345",
        "Cấp giấy, gọi (0912) 345-678",
        "Cấp giấy, gọi +84 912.345.678",
        "Cấp giấy, gọi 024 3825 1234",
        "Cấp giấy, chứng minh cũ 212 345 678",
        "Cấp giấy cho mau@example.org",
    ],
)
@pytest.mark.parametrize(
    ("kind", "where"),
    [
        ("procedures", ("Tên thủ tục", ["9.000001", "", "Hộ tịch", "Trial"])),
        ("procedures", ("Lĩnh vực", ["9.000001", "Thủ tục thử", "", "Trial"])),
        ("procedures", ("Tên tiếng Anh", ["9.000001", "Thủ tục thử", "Hộ tịch", ""])),
        ("fields", ("Tên lĩnh vực", ["", "Trial"])),
        ("fields", ("Tên tiếng Anh", ["Thử nghiệm mẫu", ""])),
        ("departments", ("Tên cơ quan", ["H99.01", "", "Thử", "MH"])),
        ("departments", ("Tên viết tắt", ["H99.01", "Sở Thử nghiệm", "", "MH"])),
    ],
)
def test_a_person_among_the_words_of_a_list_is_refused(
    bring: Bring, store: Store, kind: str, where: tuple[str, list[str]], words: str
) -> None:
    column, row = where
    headings = {
        "procedures": ["Mã thủ tục", "Tên thủ tục", "Lĩnh vực", "Tên tiếng Anh"],
        "fields": ["Tên lĩnh vực", "Tên tiếng Anh"],
        "departments": ["Mã định danh", "Tên cơ quan", "Tên viết tắt", "Mã tỉnh"],
    }[kind]

    with pytest.raises(UnusableError) as caught:
        bring([[cell or words for cell in row]], headings, kind)

    told = caught.value.text("vi")
    assert f"danh-muc.csv, dòng 2, cột “{column}”: trông như số định danh" in told
    assert not any(word in told for word in words.split() if word[-1].isdecimal() or "@" in word)
    assert not (store.folder / "reference").exists()


def test_numbers_of_decisions_days_codes_and_sums_are_no_persons(
    bring: Bring, store: Store, data: Path
) -> None:
    names = [
        "Thủ tục theo Quyết định 1234/QĐ-UBND ngày 01/02/2025",
        "Thủ tục theo Nghị định 61/2018/NĐ-CP, từ 01.02.2025-31.12.2026",
        "Thủ tục 1.001234.000.00.00.H44 và 2.000815, thay 2.000884.000.00.00.H44",
        "Dự án từ 100.000.000.000 đồng, năm 2024 2025",
        "Hồ sơ theo mẫu 01 02 03 04 05",
    ]
    done = bring([[str(n), f"1.00123{n}.000.00.00.H44", name, "Hộ tịch"] for n, name in enumerate(names)])

    assert done.counts["procedures"] == (5, 0, 0)
    assert [entry["procedure_name_vi"] for entry in entries(store, data, "procedures")] == names


OF_PROVINCE, NATIONAL, OTHER_PROVINCE = "9.009999.000.00.00.H44", "9.009999", "9.009999.000.00.00.h45"


@pytest.mark.slow
@pytest.mark.parametrize(
    "codes",
    [(OF_PROVINCE, NATIONAL), (NATIONAL, OF_PROVINCE), (OF_PROVINCE, OTHER_PROVINCE)],
)
def test_a_code_with_its_province_and_one_without_are_one_procedure(
    bring: Bring, store: Store, data: Path, tmp_path: Path, codes: tuple[str, str]
) -> None:
    first, then = codes
    headings = HEADINGS[1:4]
    bring([[first, "Thủ tục cũ", "Hộ tịch"]], headings)
    again = bring([[then, "Thủ tục cũ", "Hộ tịch"]], headings)
    assert (again.made, again.counts["procedures"]) == (None, (0, 0, 1))

    renamed = bring([[then, "Thủ tục đổi tên", "Hộ tịch"]], headings)
    assert renamed.counts["procedures"] == (0, 1, 0)
    listed = entries(store, data, "procedures")
    assert [entry["procedure_code"] for entry in listed] == [first, first]

    told = [row | {"MaTTHC": then} for row in MANY]
    made = run(Job([export(tmp_path / "a.csv", told)], store, KEY, data, "national-sync", AS_OF)).made
    assert {told["procedure_code"] for told in stored(made)} == {first}
    with pytest.raises(UnusableError, match="lĩnh vực hoặc tỉnh khác"):
        bring([[then, "Thủ tục đổi tên", "Đất đai"]], headings)


def test_two_rows_for_a_procedure_that_differ_are_refused_whichever_code_they_have(bring: Bring) -> None:
    rows = [[OF_PROVINCE, "Thủ tục cũ", "Hộ tịch"], [NATIONAL, "Thủ tục đổi tên", "Đất đai"]]

    with pytest.raises(UnusableError, match="mã này đã có ở dòng 2 với nội dung khác"):
        bring(rows, HEADINGS[1:4])


@pytest.mark.slow
def test_the_latest_of_ten_thousand_lists_counts(
    bring: Bring, store: Store, data: Path, tmp_path: Path
) -> None:
    bring([["9.000001", "Thủ tục cũ", "Hộ tịch"]], HEADINGS[1:4])
    folder = store.folder / "reference" / "0001"
    for path in folder.iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace("0001\n", "9999\n"), encoding="utf-8")
    folder.rename(folder.with_name("9999"))
    latest = bring([["9.000001", "Thủ tục mới", "Đất đai"]], HEADINGS[1:4])

    assert latest.made is not None
    assert latest.made.list_id == "10000"
    assert bring([["9.000001", "Thủ tục mới", "Đất đai"]], HEADINGS[1:4]).made is None
    told = [row | {"MaTTHC": "9.000001"} for row in MANY]
    made = run(Job([export(tmp_path / "a.csv", told)], store, KEY, data, "national-sync", AS_OF)).made
    assert {told["field"] for told in stored(made)} == {"land"}


def test_a_shipped_entry_that_says_the_same_is_no_contradiction(bring: Bring) -> None:
    same = bring([["1", "mh.000001", "Chuyển mục đích sử dụng đất", "đất đai", "MH-LV01", ""]])

    assert same.made is None
    assert same.counts["procedures"] == (0, 0, 1)


def test_many_faults_are_counted_and_not_all_told(bring: Bring) -> None:
    with pytest.raises(UnusableError) as caught:
        bring([[str(number), f"9.{number:06}", "", "Hộ tịch", "", ""] for number in range(50)])

    told = caught.value.text("en").splitlines()
    assert told[0] == "Nothing was taken: 50 places of the list cannot be used."
    assert told[-1] == "… and 30 more."
    assert len(told) == 22


def test_an_export_of_dossiers_is_no_list(bring: Bring) -> None:
    with pytest.raises(UnusableError) as caught:
        bring([["A-1", "9.000001", "Thủ tục", "Hộ tịch"]], ["Số hồ sơ", *HEADINGS[1:4]])

    assert "is an export of dossiers and no list" in caught.value.text("en")


def test_missing_headings_are_named_with_what_is_allowed(bring: Bring) -> None:
    with pytest.raises(UnusableError) as caught:
        bring([["9.000001", "Thủ tục"]], ["Mã TTHC", "Tên gọi"])

    told = caught.value.text("vi")
    assert "danh mục loại thủ tục" in told
    assert "– Tên thủ tục: một trong các tiêu đề Tên thủ tục, Tên TTHC" in told
    assert "– Lĩnh vực: một trong các tiêu đề Lĩnh vực" in told
    assert "Mã thủ tục" not in told
    assert "procedure" not in told


def test_a_workbook_under_title_lines_is_read(tmp_path: Path, store: Store, data: Path) -> None:
    path = tmp_path / "danh-muc.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Danh mục")
        grid = [["DANH MỤC THỦ TỤC HÀNH CHÍNH"], [], HEADINGS, *ROWS]
        for line, row in enumerate(grid):
            sheet.write_row(line, 0, row)

    done = lists.bring(store, data, "procedures", [path], SOURCE)

    assert done.counts["procedures"].new == 3


@pytest.mark.slow
def test_a_code_that_a_workbook_holds_as_a_number_gets_its_zeros_back(
    tmp_path: Path, store: Store, data: Path
) -> None:
    path = tmp_path / "danh-muc.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Danh mục")
        sheet.write_row(0, 0, HEADINGS[1:4])
        sheet.write_row(1, 0, [9.00012, "Thủ tục thử", "Hộ tịch"])

    lists.bring(store, data, "procedures", [path], SOURCE)
    told = [row | {"MaTTHC": "9.00012"} for row in MANY]
    made = run(Job([export(tmp_path / "a.csv", told)], store, KEY, data, "national-sync", AS_OF)).made

    assert [entry["procedure_code"] for entry in entries(store, data, "procedures")] == ["9.000120"]
    assert {told["procedure_code"] for told in stored(made)} == {"9.000120"}


def test_a_damaged_list_is_told_in_words(bring: Bring, store: Store, data: Path, tmp_path: Path) -> None:
    bring(ROWS)
    (store.folder / "reference" / "0001" / "list.json").write_text("{", encoding="utf-8")

    with pytest.raises(UnusableError, match="Danh mục của đơn vị bị hỏng"):
        run(Job([export(tmp_path / "a.csv", MANY)], store, KEY, data, "national-sync", AS_OF))


@pytest.mark.slow
def test_fields_and_portal_codes_are_lists_too(bring: Bring, store: Store, data: Path) -> None:
    named = bring(
        [["Thử nghiệm mẫu", "XX-02", "Trial"]], ["Tên lĩnh vực", "Mã lĩnh vực", "Tên tiếng Anh"], "fields"
    )
    coded = bring([["XX-03", "Thử nghiệm mẫu"]], ["Mã lĩnh vực", "Lĩnh vực"], "field_codes")
    portal = bring([["mh.99.01", "MH-01"]], ["Mã định danh", "Mã đơn vị hành chính"], "portal_codes")

    assert named.counts == {"fields": (1, 0, 0), "field_codes": (1, 0, 0)}
    assert coded.counts == {"field_codes": (1, 0, 0)}
    assert portal.counts == {"portal_codes": (1, 0, 0)}
    assert entries(store, data, "portal_codes")[0]["portal_code"] == "MH.99.01"
    assert entries(store, data, "field_codes")[1]["field"] == "thu_nghiem_mau"
    for rows, headings, kind, words in (
        ([["XX-04", "Chưa có"]], ["Mã lĩnh vực", "Lĩnh vực"], "field_codes", "this field is not known"),
        ([["MH.99", "99999"]], ["Mã cổng", "Mã đơn vị"], "portal_codes", "no authority has this code"),
        ([["MH.01", "MH-02"]], ["Mã cổng", "Mã đơn vị"], "portal_codes", "in the shipped list"),
    ):
        with pytest.raises(UnusableError) as caught:
            bring(rows, headings, kind)
        assert words in caught.value.text("en")


@pytest.mark.slow
def test_portal_codes_can_stand_beside_names_within_a_place(bring: Bring, store: Store, data: Path) -> None:
    rows = [["H44.99.01", "UBND phường Bản Mẫu"], ["H44.99.02", "PHUONG THI NGHIEM"]]
    headings = ["Mã định danh điện tử", "Tên cơ quan, đơn vị"]
    done = bring(rows, headings, "portal_codes", within="MH")

    assert done.counts == {"portal_codes": (2, 0, 0)}
    assert [entry["authority_code"] for entry in entries(store, data, "portal_codes")] == ["MH-01", "MH-02"]
    for within, words in ((None, "add --within CODE"), ("25", "no authority of today has this name")):
        with pytest.raises(UnusableError) as caught:
            bring(rows, headings, "portal_codes", within=within)
        assert words in caught.value.text("en")
    with pytest.raises(UnusableError, match="999"):
        bring(rows, headings, "portal_codes", within="999")


def test_a_place_for_names_is_refused_where_there_are_codes(bring: Bring) -> None:
    with pytest.raises(UnusableError, match="--within chỉ dùng khi danh mục ghi tên"):
        bring([["H44.99.01", "MH-01"]], ["Mã cổng", "Mã đơn vị"], "portal_codes", within="MH")


DEPARTMENTS = ["Mã định danh", "Tên cơ quan", "Mã tỉnh"]


@pytest.mark.slow
def test_departments_that_the_registry_lacks_can_be_brought_and_have_dossiers(
    bring: Bring, store: Store, data: Path, tmp_path: Path
) -> None:
    done = bring([["h99.01", "Sở Thử nghiệm", "MH"]], DEPARTMENTS, "departments")
    told = [row | {"DonViXuLy": "000.00.01.H99"} for row in MANY]
    made = run(Job([export(tmp_path / "a.csv", told)], store, KEY, data, "national-sync", AS_OF)).made

    assert done.counts == {"departments": (1, 0, 0), "portal_codes": (1, 0, 0)}
    assert set(made.authorities) == {"H99.01"}
    with pytest.raises(RefusedError):
        lists.drop(store, data, "1")
    with pytest.raises(UnusableError, match="lĩnh vực hoặc tỉnh khác"):
        bring([["H99.01", "Sở Thử nghiệm", "25"]], DEPARTMENTS, "departments")
    renamed = bring([["H99.01", "Sở Thử nghiệm (mới)", "MH"]], DEPARTMENTS, "departments")
    assert renamed.counts["departments"] == (0, 1, 0)


def test_a_portal_code_keeps_its_department_when_the_list_that_brought_it_goes(
    bring: Bring, store: Store, data: Path
) -> None:
    bring([["H99.01", "Sở Thử nghiệm", "MH"]], DEPARTMENTS, "departments")
    bring([["H99.01.02", "H99.01"]], ["Mã cổng", "Mã đơn vị hành chính"], "portal_codes")
    lists.drop(store, data, "1")

    assert [entry["authority_code"] for entry in entries(store, data, "departments")] == ["H99.01"]


@pytest.mark.parametrize(
    ("department", "words"),
    [
        (["99999", "Sở Thử nghiệm", "MH"], "no portal code of a department"),
        (["H99.01", "Sở Thử nghiệm", "MH-01"], "no code of a province"),
        (["H44.22", "Sở Thử nghiệm", "25"], "in the shipped list with other contents"),
        (["MH.01.02", "Sở Thử nghiệm", "MH"], "no portal code of a department"),
    ],
)
def test_a_department_that_cannot_be_is_refused(bring: Bring, department: list[str], words: str) -> None:
    with pytest.raises(UnusableError) as caught:
        bring([department], DEPARTMENTS, "departments")
    assert words in caught.value.text("en")


@pytest.mark.slow
def test_a_list_that_imports_need_stays(bring: Bring, store: Store, data: Path, tmp_path: Path) -> None:
    bring(ROWS)
    told = [row | {"MaTTHC": "9.000002"} for row in MANY]
    run(Job([export(tmp_path / "a.csv", told)], store, KEY, data, "national-sync", AS_OF))

    with pytest.raises(RefusedError) as caught:
        lists.drop(store, data, "1")
    assert "2 codes" not in caught.value.text("en")
    assert "1 code that only it has is used by the imports 0001" in caught.value.text("en")
    with pytest.raises(UnusableError, match="lĩnh vực hoặc tỉnh khác"):
        bring([["1", "9.000002", "Thủ tục thử hai", "Đất đai", "", ""]])


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (Source(" "), "must tell where"),
        (Source("x" * 501), "at most 500"),
        (Source("mau@example.org"), "e-mail"),
        (Source("Quyết định mẫu", "ftp://example.org"), "http"),
    ],
)
def test_a_source_is_needed(store: Store, data: Path, tmp_path: Path, source: Source, words: str) -> None:
    path = listed(tmp_path / "a.csv", ROWS)
    with pytest.raises(UnusableError) as caught:
        lists.bring(store, data, "procedures", [path], source)
    assert words in caught.value.text("en")


def test_the_command_brings_shows_and_takes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUNGHEN_STORE", str(tmp_path / "store"))
    path = str(listed(tmp_path / "danh-muc.csv", ROWS))

    assert cli.main(["lists", "procedures", path, "--source", SOURCE.title, "--dry-run"]) == cli.DONE
    assert "thủ tục: 3 mục mới, 0 mục đổi, 0 mục đã có." in capsys.readouterr().out
    assert cli.main(["lists", "--lang", "en"]) == cli.DONE
    assert "procedures: 32 shipped, 0 of the office" in capsys.readouterr().out
    assert cli.main(["lists", "procedures", path, "--source", SOURCE.title]) == cli.DONE
    assert "danh mục 0001" in capsys.readouterr().out
    assert cli.main(["lists", "--lang", "en"]) == cli.DONE
    shown = capsys.readouterr().out
    assert "procedures: 32 shipped, 3 of the office" in shown
    assert f"source: {SOURCE.title}" in shown
    brought = datetime.fromisoformat(InForce(ROOT / "data", tmp_path / "store").own.all()[0].brought_at)
    assert formats.moment(brought, "en") in shown
    assert brought.isoformat() not in shown
    assert cli.main(["lists", "undo", "1"]) == cli.DONE
    capsys.readouterr()
    assert cli.main(["lists", "undo", "1", "--lang", "en"]) == cli.UNUSABLE
    assert "has brought no list" in capsys.readouterr().err
