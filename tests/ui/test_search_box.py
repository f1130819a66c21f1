"""A found authority: what tells it from its namesakes is the link, whether it has figures stands below."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dunghen.ui import search_box
from dunghen.words.names import without_kind

DONG_TAM: dict[str, Any] = {
    "authority_name": "Xã Đồng Tâm",
    "parent_name": "Huyện Ninh Giang",
    "province_name": "Tỉnh Hải Dương",
    "era": "former",
    "valid_to": dt.date(2024, 10, 31),
    "valid_to_is_bound": False,
    "has_figures": True,
    "illustrative": False,
}


def test_a_former_commune_with_figures() -> None:
    assert search_box.name_and_place(DONG_TAM) == "**Xã Đồng Tâm** (cũ) · Ninh Giang, Hải Dương"
    assert search_box.figures_and_end(DONG_TAM) == "có số liệu · đến 31/10/2024"


def test_a_last_day_that_is_only_a_bound_is_said_to_be_one() -> None:
    bound = search_box.figures_and_end(DONG_TAM | {"valid_to_is_bound": True})
    assert "muộn nhất đến 31/10/2024" in bound


def test_an_imaginary_authority_is_said_to_be_one() -> None:
    imaginary = search_box.figures_and_end(DONG_TAM | {"era": "current", "illustrative": True})
    assert imaginary == "dữ liệu minh họa · có số liệu"


def test_a_province_needs_nothing_around_it() -> None:
    province = {"authority_name": "Tỉnh Phú Thọ", "parent_name": "Việt Nam", "province_name": "Tỉnh Phú Thọ"}
    current = province | {"era": "current", "has_figures": False, "illustrative": False}

    assert search_box.name_and_place(current) == "**Tỉnh Phú Thọ**"
    assert search_box.figures_and_end(current) == ""


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Huyện Ninh Giang", "Ninh Giang"),
        ("Thành phố Hồ Chí Minh", "Hồ Chí Minh"),
        ("Thị xã Phú Thọ", "Phú Thọ"),
        ("Quận 1", "Quận 1"),
        ("Sở Nội vụ", "Sở Nội vụ"),
    ],
)
def test_a_name_without_its_kind(name: str, bare: str) -> None:
    assert without_kind(name) == bare
