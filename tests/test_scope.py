"""What an address asks for."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from dunghen import questions
from dunghen.scope import ADDRESS_NAMES, BadParameterError, Scope
from dunghen.words.parameters import allowed_in


def test_an_address_names_authority_period_and_definition() -> None:
    address = {
        "ma": "25",
        "trong": "VN",
        "tu": "2026-01-01",
        "den": "2026-09-26",
        "cach": "portal",
        "lang": "en",
    }
    assert Scope.from_address(address) == Scope(
        authority_code="25",
        parent_code="VN",
        first_day=dt.date(2026, 1, 1),
        last_day=dt.date(2026, 9, 26),
        definition_code="portal",
        language="en",
    )


@pytest.mark.parametrize(("short", "field"), ADDRESS_NAMES.items())
def test_a_short_name_means_its_field(short: str, field: str) -> None:
    values = {"level": "commune", "first_day": "2025-01-01", "last_day": "2025-01-31"}
    values |= {"definition_code": "handled", "language": "en"}
    values |= {"dimension": "field", "record_kind": "dossiers"}
    value = values.get(field, "x")
    assert Scope.from_address({short: value}) == Scope.from_address({field: value}) != Scope()


def test_what_a_scope_holds_can_be_written_as_an_address_and_read_back() -> None:
    scope = Scope(
        authority_code="11203-2024",
        parent_code="30",
        level="commune",
        era="former",
        first_day=dt.date(2023, 1, 1),
        last_day=dt.date(2023, 12, 31),
        definition_code="not_late",
        coverage="own",
        record_kind="published",
        period_kind="quarter",
        dimension="procedure",
        source_kind="seed",
        source_id="seed-000-widget",
        index_code="par_index",
        edition="2022",
        criterion_code="TOTAL",
        language="en",
        limit=20,
        offset=40,
    )
    assert all(value is not None for value in dataclasses.asdict(scope).values())
    address = {name: str(value) for name, value in dataclasses.asdict(scope).items()}
    assert Scope.from_address(address) == scope


def test_defaults_give_way_to_the_address() -> None:
    assert Scope.from_address({"ma": "25"}, authority_code="VN", limit=5) == Scope(
        authority_code="25", limit=5
    )


@pytest.mark.parametrize("address", [{}, {"utm_source": "x", "fbclid": "y"}, {"ma": "  ", "tu": ""}])
def test_unknown_names_and_empty_values_are_left_alone(address: dict[str, str]) -> None:
    assert Scope.from_address(address) == Scope()


@pytest.mark.parametrize(
    ("address", "parameter", "allowed"),
    [
        ({"tu": "01/02/2023"}, "tu", "YYYY-MM-DD"),
        ({"den": "2023-02-30"}, "den", "YYYY-MM-DD"),
        ({"to": "20230201"}, "to", "YYYY-MM-DD"),
        ({"to": "2023-W05-3"}, "to", "YYYY-MM-DD"),
        ({"to": "2023-2-1"}, "to", "YYYY-MM-DD"),
        ({"cap": "hamlet"}, "cap", "commune"),
        ({"cach": "best"}, "cach", "resolved"),
        ({"lang": "fr"}, "lang", "vi, en"),
        ({"coverage": "all"}, "coverage", "own, area, unknown"),
        ({"era": "old"}, "era", "current, former, all"),
        ({"limit": "-1"}, "limit", "0 to 999999"),
        ({"limit": "1e3"}, "limit", "0 to 999999"),
        ({"offset": "٣"}, "offset", "0 to 999999"),
        ({"offset": "9999999"}, "offset", "0 to 999999"),
        ({"ma": "x" * 201}, "ma", "at most 200 characters"),
        ({"tu": "2023-02-01", "den": "2023-01-31"}, "tu", "must not be after"),
    ],
)
def test_a_value_that_cannot_be_is_named(address: dict[str, str], parameter: str, allowed: str) -> None:
    with pytest.raises(BadParameterError) as caught:
        Scope.from_address(address)
    error = caught.value
    assert error.parameter == parameter
    assert allowed in allowed_in("en", error)
    assert allowed_in("vi", error)
    assert parameter in str(error)
    assert len(error.value) <= 200


def test_one_day_is_a_period() -> None:
    day = dt.date(2023, 1, 1)
    assert Scope.from_address({"tu": "2023-01-01", "den": "2023-01-01"}) == Scope(first_day=day, last_day=day)


def test_a_scope_changes_into_another_one() -> None:
    scope = Scope(authority_code="25")
    assert scope.but(limit=3) == Scope(authority_code="25", limit=3)
    assert scope == Scope(authority_code="25")


def test_every_dollar_name_of_a_query_is_a_field() -> None:
    fields = {field.name for field in dataclasses.fields(Scope)}
    unknown: dict[str, Any] = {}
    for path in questions.QUERIES.glob("*.sql"):
        if extra := questions.question(path.stem).parameters - fields:
            unknown[path.stem] = extra
    assert unknown == {}
