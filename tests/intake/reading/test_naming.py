"""Which names of files are shown, and which are called by their number."""

from __future__ import annotations

import unicodedata

import pytest

from dunghen.intake.reading.naming import is_unnamed, shown_name


@pytest.mark.parametrize(
    "name",
    [
        *("ho_tich_2026-10-31.csv", "ly_lich_tu_phap.csv", "Hộ tịch.xlsx", "Ho tro kinh phi 2026.csv"),
        *("Mai Châu 2026-10-31.csv", "MaiChau2026.csv", "le-thuy.csv", "Lệ Thủy.csv", "Phan Thiết.csv"),
        *("vu_quang", "huyen le thuy tinh quang binh.csv", "Hồ sơ Phan Thiết tháng 10.xlsx"),
        *("xa Nguyen Hue 2026-10-31.csv", "u16le_nobom.csv", "utf-16be.csv", "bao-cao-thang-10.xlsx"),
        *(
            "dang_ky_kinh_doanh.csv",
            "le-phi-2026.csv",
            "Tờ khai.xlsx",
            "vu_viec.csv",
            "Hồ sơ đang xử lý quý 3.csv",
        ),
        *("moi-truong.csv", "tai nguyen moi truong.csv", "TP Hồ Chí Minh.csv", "Thái Nguyên tháng 10.csv"),
        *("Tổng hợp", "Quản lý hồ sơ", "Mã đơn vị", "Thị trấn 2026.csv", "Đô thị.csv"),
        *("Phản ánh.csv", "so_luong_ho_so_tu_ngay_1.csv"),
    ],
)
def test_names_of_places_and_fields_are_shown(name: str) -> None:
    assert shown_name(name, 1) == name
    assert shown_name(unicodedata.normalize("NFD", name), 1) == name


@pytest.mark.parametrize(
    "name",
    [
        *("nguyen-van-mau.csv", "NguyenVanMau.csv", "Trần Văn Mẫu.xlsx", "ho_thi_mau.csv", "Hồ Thị Mẫu"),
        # given names that are syllables of offices too
        *("Nguyễn Thu Mẫu.xlsx", "Le Minh Tuan.xlsx", "Trần Thanh Hải.xlsx", "Phạm Quốc Tuấn.csv"),
        *("Hoàng Phương.csv", "Nguyen Minh.csv", "Nguyễn Thu Hà.xlsx", "nguyen_tien.csv", "Đỗ Công Sơn.csv"),
        *("Hồ sơ Trần Minh.csv", "bao cao Le Minh.csv", "le phi Ho Tuan.csv", "LeMinhTuan.csv"),
        *("Đỗ Thị Mẫu.csv", "do-thi-mau.csv", "Lê Phi Mẫu.csv", "Phan Anh Mẫu.csv", "phan_anh_mau.csv"),
        # more than the place, or with other accents than it has
        *("le-thuy-trang.csv", "phan thiet hung.csv", "mai chau anh.csv", "Lê Thúy.csv", "Mai Chấu.csv"),
        # streets and communes are called after people
        *("Nguyễn Huệ.csv", "nguyen_hue.csv"),
        *("Lê Văn Hộ Tịch.csv", "hộ tịch Lê Văn Mẫu.csv", "Mai Châu - Lê Văn Mẫu.csv"),
    ],
)
def test_names_that_may_be_a_persons_are_not(name: str) -> None:
    assert is_unnamed(shown_name(name, 1))
