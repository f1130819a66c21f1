"""Numbers, days and codes as a mapping reads them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dunghen.intake import dossiers, mappings
from dunghen.intake.errors import UnusableError
from dunghen.intake.mappings import Mapping

BASE: dict[str, Any] = {
    "name": "mau",
    "title_vi": "Mẫu",
    "title_en": "Sample",
    "record": "reports",
    "recognise": ["A"],
    "columns": {"on_time": "A"},
    "date_formats": ["%d/%m/%Y %H:%M", "%d/%m/%Y"],
}


def marks(decimal: str, thousands: str) -> Mapping:
    return Mapping.model_validate({**BASE, "decimal_mark": decimal, "thousands_mark": thousands})


@pytest.mark.parametrize(
    ("decimal", "thousands", "text", "number"),
    [
        (",", ".", "1.234", "1234"),
        (".", ",", "1,234", "1234"),
        (".", "", "38.71%", "38.71"),
        (",", "", "61,5%", "61.5"),
        (",", ".", "61,5 %", "61.5"),
        (",", ".", "1.234.567,8", "1234567.8"),
        (",", ".", "1234", "1234"),
        (",", " ", "1 234", "1234"),
        (",", " ", "1\u00a0234\u202f567", "1234567"),
        (",", ".", "-3", "-3"),
        (",", ".", "0", "0"),
        (",", ".", "  7  ", "7"),
    ],
)
def test_numbers_as_they_come(decimal: str, thousands: str, text: str, number: str) -> None:
    assert marks(decimal, thousands).number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_cell_is_no_number(text: str) -> None:
    assert marks(",", ".").number(text) is None


@pytest.mark.parametrize(
    ("decimal", "thousands", "text"),
    [
        (",", ".", "12.34"),
        (",", ".", "1.23"),
        (",", ".", "1234.567"),
        (",", ".", ".5"),
        (",", ".", "1,2,3"),
        (",", "", "1.234"),
        (".", "", "1,234"),
        (".", ",", "12,34"),
        (",", ".", "1e3"),
        (",", ".", "12 hồ sơ"),
        (",", ".", "%"),
        (",", ".", "١٢"),
        (",", ".", "1\n2"),
        (",", ".", "nan"),
    ],
)
def test_a_mark_is_never_guessed(decimal: str, thousands: str, text: str) -> None:
    with pytest.raises(ValueError, match="marks"):
        marks(decimal, thousands).number(text)


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False),
    st.sampled_from([(",", "."), (".", ","), (",", " "), (".", " "), (",", ""), (".", "")]),
)
def test_what_is_written_with_the_marks_is_read_back(value: Decimal, used: tuple[str, str]) -> None:
    decimal, thousands = used
    text = f"{value:,.2f}".translate({ord(","): thousands, ord("."): decimal})
    assert marks(decimal, thousands).number(text) == value


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


@given(
    text=st.text(alphabet="0123456789.,% -\u00a0", max_size=9),
    used=st.sampled_from([(",", "."), (".", ","), (",", " ")]),
)
def test_the_pattern_says_the_same_in_the_database(
    connection: duckdb.DuckDBPyConnection, text: str, used: tuple[str, str]
) -> None:
    mapping = marks(*used)
    plain = text.strip()
    try:
        readable = mapping.number(plain) is not None
    except ValueError:
        readable = False
    asked = connection.execute("SELECT regexp_full_match(?, ?)", [plain, mapping.number_pattern])
    assert asked.fetchone() == (readable,)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("11/12/2023 00:54", "2023-12-11T00:54:00"),
        ("11/12/2023", "2023-12-11T00:00:00"),
        ("2023-12-11 08:30:00", "2023-12-11T08:30:00"),
        ("2023-12-11", "2023-12-11T00:00:00"),
        ("2023-12-11 08:30", "2023-12-11T08:30:00"),
        ("2023-12-11T08:30:00", "2023-12-11T08:30:00"),
        ("2023-12-11T08:30", "2023-12-11T08:30:00"),
        (" ", None),
    ],
)
def test_days_are_read_day_first_and_those_of_iso_8601_too(
    connection: duckdb.DuckDBPyConnection, text: str, moment: str | None
) -> None:
    mapping = marks(",", ".")
    found = mapping.moment(text)
    assert (found and found.isoformat()) == moment
    connection.execute(dossiers.text("dossier_macros"))
    dossiers.teach(connection, mapping)
    assert connection.execute("SELECT moment(?)", [text]).fetchall() == [(found,)]


@pytest.mark.parametrize("text", ["12/31/2023", "31/02/2023", "11/12/23", "hôm qua", "2023"])
def test_what_no_format_fits_is_no_day(text: str) -> None:
    with pytest.raises(ValueError, match="formats"):
        marks(",", ".").moment(text)


def test_words_are_found_whatever_their_capitals_and_spaces() -> None:
    codes = mappings.load("vietnamese-headings").code_list("status")

    assert codes[mappings.fold_code("  ĐÃ  Trả kết quả ")] == "10"
    assert codes[mappings.fold_code("Đang xử lý")] == "4"


def test_an_empty_channel_is_in_person_in_the_national_fields() -> None:
    assert mappings.load("national-sync").code_list("channel") == {
        "": "in_person",
        "1": "in_person",
        "2": "online",
        "3": "postal",
    }


def with_as_of(**as_of: str) -> Mapping:
    return Mapping.model_validate({**BASE, "as_of": as_of})


def test_the_day_stands_in_a_title() -> None:
    mapping = with_as_of(title=r"Tính đến ngày (\d\d/\d\d/\d{4})")

    assert mappings.read_as_of(mapping, ["BÁO CÁO", "Tính đến ngày 31/10/2026 "]) == date(2026, 10, 31)
    assert mappings.read_as_of(mapping, ["BÁO CÁO"]) is None


def test_the_day_stands_at_a_key_of_json() -> None:
    mapping = with_as_of(key="data.updated")

    assert mappings.read_as_of(mapping, ["data.updated2: 1", "data.updated: 31/10/2026"]) == date(
        2026, 10, 31
    )


def test_the_day_stands_in_a_column() -> None:
    mapping = with_as_of(column="Ngày xuất")

    assert mapping.staged["as_of"] == ("Ngày xuất",)
    assert mappings.read_as_of(mapping, [], ["31/10/2026 07:00", "31/10/2026", ""]) == date(2026, 10, 31)


def test_without_as_of_no_day_is_told() -> None:
    assert mappings.read_as_of(Mapping.model_validate(BASE), ["Tính đến ngày 31/10/2026"], ["1"]) is None


@pytest.mark.parametrize(
    ("values", "words"), [(["31/10/2026", "30/10/2026"], "several days"), (["hôm qua"], "cannot be read")]
)
def test_a_day_that_is_not_sure_is_asked_for(values: list[str], words: str) -> None:
    with pytest.raises(UnusableError) as refusal:
        mappings.read_as_of(with_as_of(column="Ngày xuất"), [], values)

    assert words in refusal.value.text("en")
    assert "hôm qua" not in refusal.value.text("vi")
