"""What today's published figures do not show yet: targets, channels, small numbers, long lists."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dunghen.open_data import routes
from tests import warehouse_fixture as made

pytestmark = pytest.mark.slow

LATER = made.LAST + dt.timedelta(days=1)
EARLIER = made.FIRST - dt.timedelta(days=1)


def target(target_id: str, **more: Any) -> made.Row:
    return {
        "target_id": target_id,
        "authority_code": "P",
        "owner_vi": "Tỉnh",
        "owner_en": "The province",
        "target_rate": "0.9",
        "comparison": "at_least",
        "source_id": "s",
    } | more


def client_of(monkeypatch: pytest.MonkeyPatch, path: Path, *tables: dict[str, list[made.Row]]) -> TestClient:
    everything = made.place(made.authority("a"), made.authority("b"), made.authority("c"))
    for table in tables:
        everything |= table
    monkeypatch.setenv("DUNGHEN_DATABASE", str(made.published_from(path / "small.duckdb", everything)))
    return TestClient(Starlette(routes=routes))


REPORTS = {
    "report": [
        made.report("a", "a", on_time=90, late=10),
        made.report("b", "b", on_time=20, late=9),
        made.report("a-online", "a", channel="online", on_time=9, late=1),
        made.report("a-own", "a", remit="own_competence", on_time=8, late=2),
    ]
}


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        ([], None),
        ([target("t1")], "t1"),
        ([target("t1", definition_code="portal")], None),
        ([target("t1", definition_code="resolved")], "t1"),
        ([target("t1", last_day=EARLIER)], None),
        ([target("t1", first_day=LATER)], None),
        ([target("t1", last_day=made.LAST), target("t2", last_day=LATER)], "t2"),
        ([target("t1", authority_code="a")], None),
    ],
)
def test_the_target_of_the_place_for_the_period_stands_beside_the_group(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, targets: list[made.Row], expected: str | None
) -> None:
    client = client_of(monkeypatch, tmp_path, REPORTS, {"target": targets})
    answer = client.get("/api/v1/compare?parent=P").json()
    shown = answer["group"]["target"]
    assert (shown and shown["target_id"]) == expected
    assert shown is None or shown["target_rate"] == 0.9
    assert answer["group"]["reference_rate"] == 0.95


def test_few_dossiers_have_no_rank_and_no_report_is_said_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rows = client_of(monkeypatch, tmp_path, REPORTS).get("/api/v1/compare?parent=P").json()["data"]
    told = {row["authority_code"]: (row["band"], row["rank"], row["rank_of"], row["reason"]) for row in rows}
    assert told["b"] == ("too_few", None, 1, None)
    assert told["a"][1:] == (1, 1, None)
    assert told["c"] == (None, None, 1, "no_report")


@pytest.mark.parametrize(
    ("query", "expected"),
    [("", ["a", "a-own"]), ("?by=channel", ["a-online"]), ("?by=field", []), ("?coverage=area", [])],
)
def test_breakdowns_never_stand_among_the_whole(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, query: str, expected: list[str]
) -> None:
    client = client_of(monkeypatch, tmp_path, REPORTS)
    rows = client.get(f"/api/v1/authorities/a/results{query}").json()["data"]
    assert [row["report_id"] for row in rows] == expected
    assert [row["is_whole"] for row in rows] == [row["report_id"] == "a" for row in rows]


def test_statements_stand_beside_the_figures(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    statement = {
        "statement_id": "1",
        "authority_code": "a",
        "source_id": "s",
        "made_on": made.LAST,
        "statement_vi": "=Số liệu đúng.",
    }
    client = client_of(monkeypatch, tmp_path, REPORTS, {"statement": [statement]})
    for address in ("/api/v1/authorities/a/results", "/api/v1/authorities/a"):
        answer = client.get(address).json()
        (told,) = answer.get("statements") or answer["data"][0]["statements"]
        assert (told["statement_vi"], told["made_on"]) == ("=Số liệu đúng.", "2025-12-31")


def test_a_finding_of_a_partly_published_index_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    points = {
        "a": {"TOTAL": 15, "1": 8, "2": 6, "3": 2},  # one too many
        "b": {"TOTAL": 16, "1": 8, "2": 6, "3": 2},  # left out: adds up
        "c": {"TOTAL": 15, "1": 8, "2": 6},  # left out: one part was not published
    }
    tables = {
        "index_kind": [made.index_kind()],
        "index_edition": [made.edition(scale_max=30)],
        "criterion": [
            made.criterion("TOTAL", 0, None, max_score=30),
            *(made.criterion(code, int(code)) for code in "123"),
        ],
        "score": [made.score(of, code, got) for of, scores in points.items() for code, got in scores.items()],
    }
    client = client_of(monkeypatch, tmp_path, tables)
    rows = client.get("/api/v1/checks?kind=score_sum").json()["data"]
    assert [(row["authority_code"], row["total_score"], row["difference"]) for row in rows] == [("a", 15, -1)]
