"""What the API tells of dossiers: any run of months, parts without small numbers, and that M is imaginary."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dunghen.open_data import routes
from dunghen.open_data.answers import Table
from tests.questions.two_of_everything import rows
from tests.warehouse_fixture import published_from

pytestmark = pytest.mark.slow

OF_M1 = "/api/v1/authorities/M1/results"
SUPPRESSED = ("early", "late", "on_time")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = published_from(tmp_path_factory.mktemp("dossiers") / "country.duckdb", rows())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUNGHEN_DATABASE", str(path))
        yield TestClient(Starlette(routes=routes))


def get(client: TestClient, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response.text
    return response.json()


def ids(answer: Any) -> list[str]:
    return [row["report_id"].removeprefix("ho-so-") for row in answer["data"]]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", ["M1-own-2025-11-01-2025-12-31"]),
        ("?by=month", ["M1-own-2025-12-01-2025-12-31", "M1-own-2025-11-01-2025-11-30"]),
        ("?from=2025-12-01", ["M1-own-2025-12-01-2025-12-31"]),
        ("?to=2025-11-30", ["M1-own-2025-11-01-2025-11-30"]),
        ("?from=2025-01-01&to=2026-12-31", ["M1-own-2025-11-01-2025-12-31"]),
        ("?from=2025-11-01&to=2025-12-31&record_kind=dossiers", ["M1-own-2025-11-01-2025-12-31"]),
        ("?record_kind=published", []),
        ("?coverage=area", []),
    ],
)
def test_periods_of_dossiers(client: TestClient, address: str, expected: list[str]) -> None:
    assert ids(get(client, OF_M1 + address)) == expected


def test_flows_add_up_and_stocks_are_those_of_the_two_ends(client: TestClient) -> None:
    (row,) = get(client, f"{OF_M1}?from=2025-11-01&to=2025-12-31")["data"]
    counts = {name: count for name, count in row["counts"].items() if count is not None}
    assert counts == {
        "carried_over": 3,
        "received_online": 12,
        "received_in_person": 8,
        "received_postal": 0,
        "received_offline": 8,
        "received": 20,
        "received_and_carried_over": 23,
        "early": 10,
        "on_due_date": 4,
        "on_time": 14,
        "late": 2,
        "resolved": 16,
        "withdrawn": 1,
        "returned": 0,
        "withdrawn_or_returned": 1,
        "undated_resolved": 0,
        "undated_open": 0,
        "in_progress": 4,
        "overdue": 2,
        "open_total": 6,
    }
    rates = {code: rate["numerator"] for code, rate in row["rates"].items() if rate["rate"] is not None}
    assert rates == {"resolved": 14, "portal": 18, "accountable": 14, "received": 14}
    others = {code: rate["reason"] for code, rate in row["rates"].items() if rate["rate"] is None}
    assert others == dict.fromkeys(("handled", "not_late", "due"), "published_only")
    assert row["rates"]["due"]["missing"] == []
    assert row["headline_definition_code"] == "resolved"


def test_channels_that_an_export_does_not_tell_are_null(client: TestClient) -> None:
    """M2 tells them of November and not of December, so that the year has none; what came in is known."""
    of_m2 = "/api/v1/authorities/M2/results"
    (year,) = get(client, of_m2)["data"]
    december, november = get(client, f"{of_m2}?by=month")["data"]
    told = [
        (row["counts"]["received_online"], row["counts"]["received"]) for row in (year, december, november)
    ]
    assert told == [(None, 20), (None, 10), (6, 10)]
    assert [row["reason"] for row in (year, december, november)] == ["missing_counts"] * 2 + [None]


def test_a_report_and_dossiers_of_one_authority_stand_side_by_side(client: TestClient) -> None:
    rows_of_m = get(client, "/api/v1/authorities/M/results")["data"]
    assert [(row["record_kind"], row["coverage"], row["source_kind"]) for row in rows_of_m] == [
        ("dossiers", "area", "illustrative")
    ]


@pytest.mark.parametrize(
    ("by", "column", "items"),
    [
        ("field", "field", ["health", "land"]),
        ("channel", "channel", ["in_person", "online"]),
        ("procedure", "procedure_code", ["M.1", "M.2"]),
    ],
)
def test_parts_of_a_year(client: TestClient, by: str, column: str, items: list[str]) -> None:
    answer = get(client, f"{OF_M1}?by={by}")
    assert sorted(row[column] for row in answer["data"]) == items
    assert {row["last_day"] for row in answer["data"]} == {"2025-12-31"}
    assert not any(row["is_whole"] for row in answer["data"])


def test_a_small_count_is_null_with_its_reason_and_so_is_its_rate(client: TestClient) -> None:
    (row,) = get(client, f"{OF_M1}?by=field&from=2025-12-01&to=2025-12-31")["data"]
    assert (row["field"], row["reason"], row["under_5"], row["hidden"]) == (
        *("land", "suppressed"),
        ["late", "on_time"],
        ["early"],
    )
    assert [row["counts"][name] for name in SUPPRESSED] == [None, None, None]
    resolved = row["rates"]["resolved"]
    assert (resolved["rate"], resolved["numerator"], resolved["reason"]) == (None, None, "suppressed")


def test_the_same_counts_are_missing_from_the_table(client: TestClient) -> None:
    text = client.get(f"{OF_M1}.csv?by=field&from=2025-12-01&to=2025-12-31").text.removeprefix("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text))
    assert [row[name] for name in SUPPRESSED] == ["", "", ""]
    assert (row["under_5"], row["hidden"], row["reason"]) == ("late;on_time", "early", "suppressed")
    assert (row["resolved_rate"], row["resolved_reason"], row["illustrative"]) == ("", "suppressed", "true")


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("?by=month&from=2025-11-02", "from"),
        ("?record_kind=dossiers&from=2025-11-01&to=2025-12-30", "to"),
        ("?by=procedure&to=2025-12-30", "to"),
    ],
)
def test_dossiers_are_of_whole_months(client: TestClient, address: str, parameter: str) -> None:
    response = client.get(OF_M1 + address)
    assert response.status_code == 422
    assert response.json()["parameter"] == parameter


def test_why_there_is_nothing(client: TestClient) -> None:
    assert get(client, f"{OF_M1}?by=field&from=2025-11-01&to=2025-11-30")["data"] == []
    assert get(client, f"{OF_M1}?by=procedure&from=2025-11-01&to=2025-11-30")["reason"] == "no_such_period"
    assert get(client, "/api/v1/authorities/B/results?by=month")["reason"] == "no_dossiers"


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/authorities?q=minh%20hoa",
        "/api/v1/authorities?parent=M",
        "/api/v1/authorities/M",
        "/api/v1/authorities/M1/scores",
        "/api/v1/authorities/M1/indicators",
        "/api/v1/compare?parent=M",
        OF_M1,
        f"{OF_M1}?by=field",
        f"{OF_M1}?from=2030-01-01",
    ],
)
def test_what_is_imaginary_says_so(client: TestClient, address: str) -> None:
    answer = get(client, address)
    assert answer["illustrative"] is True
    assert "imaginary" in answer["notice"]
    assert "tưởng tượng" in answer["notice_vi"]


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/",
        "/api/v1/authorities?level=province",
        "/api/v1/authorities/P",
        "/api/v1/authorities/A/results",
        "/api/v1/compare?parent=P",
        "/api/v1/compare?parent=VN",
        "/api/v1/indices",
    ],
)
def test_what_is_real_holds_nothing_imaginary(client: TestClient, address: str) -> None:
    text = client.get(address).text
    assert "illustrative" not in get(client, address)
    assert '"M1"' not in text
    assert '"M"' not in text


@pytest.mark.parametrize("days", ["", "&from=2025-11-01&to=2025-12-31", "&from=2025-12-01&to=2025-12-31"])
def test_a_comparison_of_dossiers(client: TestClient, days: str) -> None:
    answer = get(client, f"/api/v1/compare?parent=M{days}")
    found = [(row["authority_code"], row["numerator"], row["denominator"]) for row in answer["data"]]
    assert found in ([("M2", 12, 16), ("M1", 14, 16)], [("M2", 6, 8), ("M1", 7, 8)])
    group = answer["group"]
    assert group["numerator"] == sum(numerator for _, numerator, _ in found)
    assert group["parent_numerator"] == group["numerator"]
    assert (group["record_kind"], group["parent_coverage"], group["illustrative"]) == (
        "dossiers",
        "area",
        True,
    )
    assert {choice["record_kind"] for choice in answer["choices"]} == {"dossiers"}


def test_a_table_of_something_imaginary_says_so_in_words(client: TestClient) -> None:
    imaginary, real = (client.get(f"/api/v1/authorities/{code}/results.csv") for code in ("M1", "A"))

    rows = list(csv.DictReader(io.StringIO(imaginary.text.removeprefix("\ufeff"))))
    assert {row["illustration"] for row in rows} == {"dữ liệu minh họa / illustrative data"}
    assert "dunghen-du-lieu-minh-hoa-results-M1" in imaginary.headers["content-disposition"]
    assert "minh" not in real.text + real.headers["content-disposition"]


@pytest.mark.parametrize(("flags", "whole"), [([True, True], True), ([True, False], False), ([], False)])
def test_an_answer_calls_nothing_real_imaginary(flags: list[bool], whole: bool) -> None:
    assert Table([{"illustrative": flag} for flag in flags]).shows_illustrative is whole
