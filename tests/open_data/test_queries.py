"""The questions that only the API asks: grain, order, and equality with a plain reading of the same rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dunghen import questions
from tests import warehouse_fixture as made

pytestmark = pytest.mark.slow

AUTHORITIES = [
    made.authority("a"),
    made.authority("b", valid_to=dt.date(2025, 6, 30)),
    made.authority("c", parent="Q"),
    made.authority("d", level="department"),
    made.authority("e", valid_to=dt.date(2024, 12, 31)),
]


@pytest.fixture(scope="module")
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = made.warehouse()
    yield connection
    connection.close()


def answer(connection: duckdb.DuckDBPyConnection, name: str, **parameters: Any) -> list[dict[str, Any]]:
    asked = questions.question(name)
    given_values = {parameter: parameters.get(parameter) for parameter in asked.parameters}
    rows: list[dict[str, Any]] = connection.sql(asked.sql, params=given_values).to_arrow_table().to_pylist()
    return rows


def filled(connection: duckdb.DuckDBPyConnection, *tables: dict[str, list[made.Row]]) -> None:
    everything = made.place(*AUTHORITIES, made.authority("Q", "VN", "province"))
    for table in tables:
        everything |= table
    made.fill(connection, everything)


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, ["P", "Q", "VN", "a", "b", "c", "d", "e"]),
        ({"parent_code": "P"}, ["a", "b", "d", "e"]),
        ({"parent_code": "P", "level": "commune"}, ["a", "b", "e"]),
        ({"parent_code": "P", "era": "former"}, ["b", "e"]),
        ({"parent_code": "P", "era": "current"}, ["a", "d"]),
        ({"parent_code": "P", "era": "all"}, ["a", "b", "d", "e"]),
        ({"parent_code": "none"}, []),
    ],
)
def test_a_listing_holds_what_was_asked_for_by_code(
    warehouse: duckdb.DuckDBPyConnection, conditions: dict[str, str], expected: list[str]
) -> None:
    filled(warehouse)
    rows = answer(warehouse, "authority_by_page", limit=100, offset=0, **conditions)
    assert [row["authority_code"] for row in rows] == expected
    assert {row["total"] for row in rows} <= {len(expected)}


@pytest.mark.parametrize(
    ("limit", "offset", "expected"), [(2, 0, "ab"), (2, 2, "de"), (3, 3, "e"), (5, 4, "")]
)
def test_a_page_is_a_slice_of_the_listing(
    warehouse: duckdb.DuckDBPyConnection, limit: int, offset: int, expected: str
) -> None:
    filled(warehouse)
    rows = answer(warehouse, "authority_by_page", parent_code="P", limit=limit, offset=offset)
    assert [row["authority_code"] for row in rows] == list(expected)
    assert {row["total"] for row in rows} <= {4}


INDEX = {
    "index_kind": [made.index_kind("i"), made.index_kind("j", note_vi="ghi chú")],
    "index_edition": [made.edition("2025"), made.edition("2024", note_vi="bản cũ")],
    "criterion": [
        made.criterion("TOTAL", 0, None, max_score=100),
        made.criterion("1", 1),
        made.criterion("TOTAL", 0, None, max_score=100, edition="2024"),
    ],
}


def test_an_index_without_editions_is_listed_once(warehouse: duckdb.DuckDBPyConnection) -> None:
    filled(warehouse, INDEX)
    rows = answer(warehouse, "index_by_edition")
    listed = [(row["index_code"], row["edition"], row["note_vi"]) for row in rows]
    assert listed == [("i", "2024", "bản cũ"), ("i", "2025", None), ("j", None, "ghi chú")]
    assert [row["edition"] for row in answer(warehouse, "index_by_edition", edition="2025")] == ["2025"]


def test_definitions_stand_in_their_own_order(warehouse: duckdb.DuckDBPyConnection) -> None:
    codes = [row["definition_code"] for row in answer(warehouse, "definition_by_code")]
    assert codes == ["resolved", "portal", "accountable", "handled", "not_late", "received", "due"]
    assert len(answer(warehouse, "definition_by_code", definition_code="due")) == 1


SIBLINGS = made.place(
    *(made.authority(code) for code in "abe"),
    made.authority("past", valid_to=dt.date(2025, 6, 30)),
    made.authority("c", parent="Q"),
    made.authority("d", level="department"),
    made.authority("Q", "VN", "province"),
)["authority"]


def test_a_score_ranks_only_among_the_same_scores_of_siblings(warehouse: duckdb.DuckDBPyConnection) -> None:
    other_source = {"authority": SIBLINGS, "source": [made.source(), made.source("t")]}
    scores = [
        made.score("a", "TOTAL", 80),
        made.score("b", "TOTAL", 90),
        made.score("e", "TOTAL", 80),
        made.score("past", "TOTAL", 99),  # left out: had ended
        made.score("c", "TOTAL", 99),  # left out: another place
        made.score("d", "TOTAL", 99),  # left out: another level
        made.score("b", "TOTAL", 99, edition="2024"),  # left out: another edition
        made.score("b", "TOTAL", 99, score_kind="self"),  # left out: another kind
        made.score("b", "TOTAL", 99, source_id="t"),  # left out: another source
        made.score("b", "TOTAL", 99, last_day=dt.date(2025, 12, 30)),  # left out: another period
        made.score("b", "1", 9),  # left out: another criterion
        made.score("a", "1", 5, score_kind="self"),  # alone: no rank
    ]
    filled(warehouse, INDEX, other_source, {"score": scores})
    (row,) = answer(warehouse, "rank_by_score", authority_code="a")
    assert (row["criterion_code"], row["computed_rank"], row["computed_rank_of"]) == ("TOTAL", 2, 3)
    assert [row["computed_rank"] for row in answer(warehouse, "rank_by_score", authority_code="b")] == [1]
    assert answer(warehouse, "rank_by_score", authority_code="past") == []


@pytest.mark.parametrize(("published_rank_of", "ranks"), [(None, [2]), (3, [2]), (20, [])])
def test_no_rank_is_computed_among_fewer_than_were_ranked(
    warehouse: duckdb.DuckDBPyConnection, published_rank_of: int | None, ranks: list[int]
) -> None:
    published = {"published_rank": 2, "rank_rule": "unknown"} if published_rank_of else {}
    scores = [
        made.score("a", "TOTAL", 80, published_rank_of=published_rank_of, **published),
        made.score("b", "TOTAL", 90),
        made.score("e", "TOTAL", 70),
    ]
    filled(warehouse, INDEX, {"authority": SIBLINGS, "score": scores})
    rows = answer(warehouse, "rank_by_score", authority_code="a")
    assert [row["computed_rank"] for row in rows] == ranks


POINTS = st.lists(st.tuples(st.sampled_from("abe"), st.sampled_from(["TOTAL", "1"]), st.integers(0, 10)))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_points=POINTS)
def test_ranks_equal_a_plain_count(
    warehouse: duckdb.DuckDBPyConnection, given_points: list[tuple[str, str, int]]
) -> None:
    points = {(code, criterion): score for code, criterion, score in given_points}
    scores = [made.score(*key, score) for key, score in points.items()]
    filled(warehouse, INDEX, {"authority": SIBLINGS, "score": scores})
    expected = {}
    for (code, criterion), own in points.items():
        peers = [score for (_, of), score in points.items() if of == criterion]
        if code == "a" and len(peers) == len("abe"):
            expected[criterion] = (1 + sum(score > own for score in peers), len(peers))
    rows = answer(warehouse, "rank_by_score", authority_code="a")
    assert {
        row["criterion_code"]: (row["computed_rank"], row["computed_rank_of"]) for row in rows
    } == expected
    assert [row["criterion_code"] for row in rows] == sorted(expected)
