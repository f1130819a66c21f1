"""The mappings that come with Đúng Hẹn, as files and as a person reads them on a terminal."""

from __future__ import annotations

import csv
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from dunghen import cli
from dunghen.intake import mappings
from dunghen.intake.privacy import is_forbidden

DATA = Path(__file__).resolve().parents[2] / "data"
FILES = sorted((DATA / "mappings").glob("*.toml"))


def rows(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_called_as_its_mapping_and_explains_itself(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert tomllib.loads(text)["name"] == path.stem
    assert mappings.load(path) == mappings.load(path.stem)
    assert text.count("#") >= 5
    assert max(map(len, text.splitlines())) <= 115


def test_every_known_kind_of_export_has_a_mapping() -> None:
    assert [mapping.name for mapping in mappings.all_mappings()] == [
        *(
            "form-ii06a",
            "index-long-par-commune",
            "index-wide-766",
            "national-sync",
            "national-sync-hinhthuc",
        ),
        *("portal-progress-csv", "portal-progress-json", "portal-progress-vietnamese"),
        *("vietnamese-headings", "web-box"),
    ]


def test_the_status_words_of_the_national_list_are_all_known() -> None:
    codes = mappings.load("vietnamese-headings").code_list("status")
    published = [row for row in rows("published/status_codes.csv") if row["code_set"] == "TrangThaiHoSo"]

    assert len(published) == 10
    assert {codes[mappings.fold_code(row["name_vi"])] for row in published} == {
        row["code"] for row in published
    }
    assert all(codes[mappings.fold_code(row["name_vi"])] == row["code"] for row in published)


@pytest.mark.parametrize("name", ["index-wide-766", "index-long-par-commune"])
def test_the_criteria_of_an_index_are_those_of_its_edition(name: str) -> None:
    mapping = mappings.load(name)
    edition = [
        row["criterion_code"]
        for row in rows("indices/criteria.csv")
        if (row["index_code"], row["edition"]) == (mapping.index_code, mapping.edition)
    ]

    assert sorted({*mapping.criteria, *mapping.code_list("criterion").values()}) == sorted(edition)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_list_names_every_mapping(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["mappings", "--lang", language]) == cli.DONE

    told = capsys.readouterr().out
    for mapping in mappings.all_mappings():
        assert f"\n{mapping.name}  (" in f"\n{told}"
        assert (mapping.documented or "")[:40] in told
    assert ("hồ sơ" if language == "vi" else "dossiers") in told
    assert "docs/mappings.md" in told


@pytest.mark.parametrize("mapping", mappings.all_mappings(), ids=lambda mapping: mapping.name)
@pytest.mark.parametrize("width", [20, 80, 200])
def test_one_mapping_is_shown_in_full(mapping: mappings.Mapping, width: int) -> None:
    told = mappings.in_full(mapping, "en", width)

    words = " ".join(told.split())
    for name, headings in {**mapping.columns, **mapping.criteria}.items():
        assert name in words
        assert all(heading in words for heading in headings)
    assert all(text in words for codes in mapping.codes.values() for text in codes)
    assert width < 80 or max(map(len, told.splitlines())) <= width
    assert not any(line.endswith(" ") for line in told.splitlines())


def test_a_mapping_of_ones_own_can_be_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cua-toi.toml"
    path.write_text((DATA / "mappings/web-box.toml").read_text(encoding="utf-8"), encoding="utf-8")

    assert cli.main(["mappings", str(path)]) == cli.DONE
    assert "web-box" in capsys.readouterr().out


@pytest.mark.parametrize(("language", "words"), [("vi", "Không có ánh xạ"), ("en", "There is no mapping")])
def test_an_unknown_mapping_is_exit_2(language: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["mappings", "khong-co", "--lang", language]) == cli.UNUSABLE
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "ChuHoSo",
            "Chủ hồ sơ",
            "CHỦ HỒ SƠ",
            "Chu ho so",
            "Họ và tên người nộp",
            "Họ tên",
            "Người nộp hồ sơ",
        ),
        *(
            "MaDoiTuong",
            "Số CCCD",
            "CCCD/CMND",
            "Số căn cước",
            "Số định danh cá nhân",
            "Hộ chiếu",
            "Mã số thuế",
        ),
        *("SoDienThoai", "Điện thoại", "Số ĐT", "SĐT", "Di động", "Email", "E-mail", "Thư điện tử", "Fax"),
        *("DiaChi", "Địa chỉ", "Địa chỉ thường trú", "Nơi ở", "Ngày sinh", "Năm sinh", "NgaySinh"),
        *("TrichYeuHoSo", "Trích yếu", "GhiChu", "Ghi chú", "Nội dung", "Nội dung yêu cầu", "Lý do"),
        *("TepDinhKem", "Tệp đính kèm", "DuongDanTaiTepTin", "TaiLieuNop", "DanhSachGiayToKetQua"),
        *(
            "NguoiXuLy",
            "Người xử lý",
            "Cán bộ thụ lý",
            "Cán bộ",
            "Tên cán bộ",
            "Chuyên viên",
            "NguoiTiepNhan",
        ),
        *("TenTTHC", "Tên thủ tục", "TenLinhVuc", "Tên lĩnh vực", "ThongTinKhac", "NoiDungBoSung", "Tên"),
        *("Người nộp / Họ tên", "data.chuHoSo", "full_name", "Phone number", "Address", "Notes", "Ông/Bà"),
        "Nga\u0300y sinh",
    ],
)
def test_headings_of_personal_data_are_forbidden(heading: str) -> None:
    assert is_forbidden(heading)


def test_headings_of_the_known_exports_are_not_forbidden() -> None:
    fine = [
        *(
            "Mã định danh đơn vị",
            "Đơn vị",
            "Tên đơn vị",
            "Cơ quan giải quyết",
            "Lĩnh vực",
            "Mã thủ tục",
            "Kỳ báo cáo",
        ),
        *("Xây dựng đội ngũ cán bộ, công chức, viên chức", "Tác động đến sự phát triển kinh tế - xã hội"),
        *("Đánh giá của các tổ chức đối với CCHC", "Cải cách thủ tục hành chính", "Số hồ sơ tiếp nhận"),
    ]
    assert [heading for heading in fine if is_forbidden(heading)] == []


@pytest.mark.slow
def test_a_reader_that_goes_away_makes_no_traceback() -> None:
    command = [sys.executable, "-m", "dunghen", "mappings"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=DATA.parent
    ) as listing:
        assert listing.stdout is not None
        assert listing.stderr is not None
        listing.stdout.close()
        assert listing.stderr.read() == b""
    assert listing.returncode == cli.REFUSED
