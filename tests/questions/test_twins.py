"""The queries give what plain Python gives, on random small data."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dunghen import questions
from dunghen.scope import Scope
from tests.questions import twins
from tests.questions.twins import Row
from tests.warehouse_fixture import (
    FIRST,
    LAST,
    authority,
    criterion,
    edition,
    fill,
    index_kind,
    replace,
    report,
    score,
    source,
    warehouse,
)

pytestmark = pytest.mark.slow

MODEST = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
BEFORE = (dt.date(2025, 1, 1), dt.date(2025, 6, 30))
COUNTS = (
    *("carried_over", "received_online", "received_in_person", "received_postal", "received_offline"),
    *("received", "received_and_carried_over", "early", "on_due_date", "on_time", "late", "resolved"),
    *("withdrawn", "returned", "withdrawn_or_returned", "undated_resolved", "undated_open"),
    *("in_progress", "overdue", "open_total", "handled", "due", "portal_total", "portal_on_time"),
)
CHILDREN = [
    authority("A", short_name="Ân"),
    authority("B", short_name="An"),
    authority("C", short_name="Đa", valid_to=BEFORE[1]),
    authority("D", short_name="Da", valid_from=FIRST),
    authority("G", level="group"),
    authority("H", level="group"),
    authority("S", level="department"),
]
PLACE = [authority("VN", None, "nation"), authority("P", "VN", "province"), *CHILDREN]

INDEX: dict[str, list[Row]] = {
    "index_kind": [index_kind()],
    "index_edition": [edition()],
    "criterion": [criterion("TOTAL", 0, None), criterion("C1", 1), criterion("C2", 2, max_score=None)],
}


# Everybody in turn, so that a dozen reports leave nobody out.
CODES = ("A", "B", "P", "G", "H", "C", "D", "S", "A", "B")
PERIODS = [(FIRST, LAST), (FIRST, LAST), BEFORE, (None, LAST), (BEFORE[0], LAST)]
# Unknown as often as not; 0 and ties are frequent among the rest.
COUNT = st.booleans().flatmap(lambda known: st.integers(0, 4) if known else st.none())


@st.composite
def reports(draw: st.DrawFn, least: int = 0, most: int = 9) -> list[Row]:
    """Reports whose counts are unknown or small, so that ties, zeros and gaps are frequent."""
    found = []
    usual = draw(st.sampled_from(PERIODS))
    for number in range(draw(st.integers(least, most))):
        numbers = draw(st.lists(COUNT, min_size=len(COUNTS), max_size=len(COUNTS)))
        first_day, last_day = draw(st.sampled_from([usual, usual, *PERIODS]))
        found.append(
            report(
                f"r{number}",
                CODES[number % len(CODES)],
                coverage=draw(st.sampled_from(["own", "own", "own", "area"])),
                field=draw(st.sampled_from([None, None, None, None, "land"])),
                observed_at=draw(st.sampled_from([None, "2026-01-01", "2026-01-02"])),
                **draw(st.sampled_from([{}, {"on_time": 3, "late": 1}]))
                | {name: count for name, count in zip(COUNTS, numbers, strict=True) if count is not None},
            )
            | {"first_day": first_day, "last_day": last_day}
        )
    return found


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    """A place, an index and no figures."""
    empty = warehouse()
    field = {"field": "land", "field_name_vi": "Đất đai", "field_name_en": "Land"}
    fill(empty, {"authority": PLACE, "source": [source()], "field": [field], **INDEX})
    return empty


def ask(connection: duckdb.DuckDBPyConnection, name: str, scope: Scope) -> list[Row]:
    """The rows of a query as SQL alone gives them."""
    question = questions.question(name)
    found = connection.execute(
        question.sql, {parameter: getattr(scope, parameter) for parameter in question.parameters}
    )
    columns = [column[0] for column in found.description or []]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def table(connection: duckdb.DuckDBPyConnection, name: str) -> list[Row]:
    found = connection.table(name)
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def same(rate: float | None, expected: Fraction | None) -> bool:
    """Whether a rate is the fraction, as exactly as a double can be."""
    return rate == (None if expected is None else expected.numerator / expected.denominator)


@MODEST
@given(found=reports(least=4))
def test_counts_rates_and_remainders(connection: duckdb.DuckDBPyConnection, found: list[Row]) -> None:
    replace(connection, "report", found)
    by_id = {one["report_id"]: one for one in found}
    counted = table(connection, "counts")
    assert {row["report_id"] for row in counted} == set(by_id)
    for row in counted:
        expected = twins.counts_of(by_id[row["report_id"]])
        assert {name: row[name] for name in expected} == expected
        derived = set((row["derived_counts"] or "").split(",")) - {""}
        assert derived == {
            name
            for name, value in expected.items()
            if value is not None
            and by_id[row["report_id"]].get(name) is None
            and name != "portal_not_on_time"
        }
    rates = table(connection, "rate")
    assert len(rates) == len(found) * len(twins.DEFINITIONS)
    for row in rates:
        one, name = by_id[row["report_id"]], row["definition_code"]
        assert same(row["rate"], twins.rate_of(one, name))
        assert row["reason"] == twins.reason_of(one, name)
        if row["rate"] is not None:
            assert (row["numerator"], row["denominator"]) == twins.fraction(one, name)
        assert (row["missing_counts"] is None) == (None not in twins.fraction(one, name))
    left: dict[str, dict[str, int]] = defaultdict(dict)
    for row in table(connection, "remainder"):
        left[row["report_id"]][f"{row['position']} {row['total_name']}"] = row["difference"]
    assert left == {name: gaps for name, one in by_id.items() if (gaps := twins.remainders(one))}


@MODEST
@given(found=reports())
def test_headlines(connection: duckdb.DuckDBPyConnection, found: list[Row]) -> None:
    replace(connection, "report", found)
    rows = table(connection, "headline")
    assert {row["report_id"]: row["definition_code"] for row in rows} == {
        one["report_id"]: name for one in found if (name := twins.headline_of(one)) is not None
    }
    newest = {row["authority_code"]: row["report_id"] for row in rows if row["newest"] == 1}
    for place in PLACE:
        code = place["authority_code"]
        own = [one for one in found if one["authority_code"] == code]
        assert newest.get(code) == twins.newest_headline(own)


@MODEST
@given(
    found=reports(least=10, most=14),
    definition_code=st.sampled_from(twins.DEFINITIONS),
    period=st.sampled_from([(FIRST, LAST), BEFORE, BEFORE, (None, LAST)]),
    coverage=st.sampled_from(["own", "area"]),
    level=st.sampled_from(["commune", "commune", "department"]),
)
def test_comparisons_and_groups(
    connection: duckdb.DuckDBPyConnection,
    *,
    found: list[Row],
    definition_code: str,
    period: tuple[dt.date | None, dt.date],
    coverage: str,
    level: str,
) -> None:
    replace(connection, "report", found)
    chosen = {"first_day": period[0], "last_day": period[1], "coverage": coverage}
    scope = Scope(parent_code="P", level=level, source_kind="portal", definition_code=definition_code).but(
        **chosen
    )
    there = [child for child in CHILDREN if child["level"] == level and twins.was_there(child, period[1])]
    standing = {
        child["authority_code"]: one
        for child in there
        if (one := twins.standing_for(found, child, chosen)) is not None
    }
    rows = ask(connection, "comparison_by_authority", scope)
    assert {row["authority_code"]: row["report_id"] for row in rows} == {
        child["authority_code"]: standing.get(child["authority_code"], {}).get("report_id") for child in there
    }
    for row in rows:
        one = standing.get(row["authority_code"])
        assert same(row["rate"], twins.rate_of(one, definition_code) if one else None)
        assert row["reason"] == (twins.reason_of(one, definition_code) if one else "no_report")
    # An, Ân, Da, Đa in Vietnamese
    place_in_alphabet = {"B": 1, "A": 2, "D": 3, "C": 4, "S": 5}
    order = [
        (row["rate"] is None, row["rate"] or 0, place_in_alphabet[row["authority_code"]]) for row in rows
    ]
    assert order == sorted(order)

    (group,) = ask(connection, "group_by_comparison", scope)
    part, whole, middle = twins.pooled(twins.fraction(one, definition_code) for one in standing.values())
    assert (group["numerator"], group["denominator"]) == (part, whole)
    assert group["authorities_with_report"] == len(standing)
    assert (group["median_rate"] is None) == (middle is None)
    if middle is not None:
        assert group["median_rate"] == pytest.approx(float(middle))
    parents = [
        one
        for scope_of in ("area", "own")
        if (one := twins.standing_for(found, PLACE[1], chosen | {"coverage": scope_of})) is not None
    ]
    assert same(group["parent_rate"], twins.rate_of(parents[0], definition_code) if parents else None)


@MODEST
@given(found=reports(least=10, most=14))
def test_choices_of_a_comparison(connection: duckdb.DuckDBPyConnection, found: list[Row]) -> None:
    replace(connection, "report", found)
    expected = {}
    for first_day, last_day in {(one["first_day"], one["last_day"]) for one in found}:
        for coverage in ("own", "area"):
            chosen = {"first_day": first_day, "last_day": last_day, "coverage": coverage}
            for level in ("commune", "department"):
                for name in twins.DEFINITIONS:
                    standing = [
                        twins.standing_for(found, child, chosen)
                        for child in CHILDREN
                        if child["level"] == level
                    ]
                    rates = [twins.rate_of(one, name) for one in standing if one is not None]
                    with_rate = sum(rate is not None for rate in rates)
                    if with_rate >= 2:
                        parents = [
                            twins.standing_for(found, PLACE[1], chosen | {"coverage": of})
                            for of in ("own", "area")
                        ]
                        shares = any(one and twins.rate_of(one, name) is not None for one in parents)
                        expected[level, first_day, last_day, coverage, name] = (with_rate, shares)
    rows = ask(connection, "period_by_comparison", Scope(parent_code="P"))
    key = ("level", "first_day", "last_day", "coverage", "definition_code")
    assert {
        tuple(row[name] for name in key): (row["children"], row["parent_shares"]) for row in rows
    } == expected
    order = [
        (row["level"] != "commune", not row["parent_shares"], -row["last_day"].toordinal(), -row["children"])
        for row in rows
    ]
    assert order == sorted(order)


@st.composite
def scores(draw: st.DrawFn) -> list[Row]:
    """Scores of three criteria, published or by the authority itself; some only ranked."""
    found = []
    for code in ("A", "B", "D", "S", "G"):
        for name in draw(st.sets(st.sampled_from(["TOTAL", "C1", "C2"]))):
            for kind in draw(st.sets(st.sampled_from(["published", "self"]))):
                points = draw(st.none() | st.integers(0, 10_000).map(lambda n: Decimal(n) / 1000))
                rank: Row = {"published_rank": 1, "rank_rule": "unknown"} if points is None else {}
                found.append(score(code, name, points, score_kind=kind, **rank))
    return found


@MODEST
@given(found=scores())
def test_scores_of_an_authority(connection: duckdb.DuckDBPyConnection, found: list[Row]) -> None:
    replace(connection, "score", found)
    rows = ask(connection, "score_by_criterion", Scope(authority_code="A"))
    own = {(one["score_kind"], one["criterion_code"]): one for one in found if one["authority_code"] == "A"}
    assert {(row["score_kind"], row["criterion_code"]) for row in rows} == set(own)
    for row in rows:
        points = own[row["score_kind"], row["criterion_code"]]["score"]
        most = None if row["criterion_code"] == "C2" else Decimal(10)
        assert row["score"] == points
        known = points is not None and most is not None
        assert row["points_lost"] == (most - points if known and most else None)
        assert row["score_share"] == (pytest.approx(float(points) / 10) if known else None)
    order = [
        (
            row["score_kind"],
            row["criterion_code"] != "TOTAL",
            row["points_lost"] is None,
            -(row["points_lost"] or 0),
        )
        for row in rows
    ]
    assert order == sorted(order)


@MODEST
@given(found=scores(), level=st.sampled_from([None, "commune"]))
def test_scores_of_a_place(
    connection: duckdb.DuckDBPyConnection, found: list[Row], level: str | None
) -> None:
    replace(connection, "score", found)
    levels = {child["authority_code"]: child["level"] for child in CHILDREN}
    there = [
        one
        for one in found
        if levels[one["authority_code"]] != "group" and level in (None, levels[one["authority_code"]])
    ]
    spread = {
        kind: len({one["authority_code"] for one in there if one["score_kind"] == kind})
        for kind in ("published", "self")
    }
    kind = "self" if spread["self"] > spread["published"] else "published"
    expected: dict[tuple[str, str], Any] = {}
    for one in there:
        if one["score_kind"] == kind:
            expected[one["authority_code"], one["criterion_code"]] = one["score"]
    scope = Scope(
        parent_code="P", level=level, index_code="i", edition="2025", first_day=FIRST, last_day=LAST
    )
    rows = ask(connection, "score_by_authority", scope)
    assert {(row["authority_code"], row["criterion_code"]): row["score"] for row in rows} == expected
    totals = [(row["total_score"] is None, -(row["total_score"] or 0)) for row in rows]
    assert totals == sorted(totals)


def test_open_dossiers_are_no_remainder_of_those_received(connection: duckdb.DuckDBPyConnection) -> None:
    """Received 10, resolved 6: 2 within term are a gap of 2 only where nothing else can be open."""
    known = {"received": 10, "resolved": 6, "in_progress": 2}
    replace(connection, "report", [report("gap", "A", **known), report("open", "B", overdue=1, **known)])
    assert [(row["report_id"], row["difference"]) for row in table(connection, "remainder")] == [("gap", 2)]


def test_groups_are_never_compared(connection: duckdb.DuckDBPyConnection) -> None:
    both = [report(code, code, on_time=3, late=1) for code in ("G", "H")]
    replace(connection, "report", both)
    assert ask(connection, "period_by_comparison", Scope(parent_code="P")) == []
    alike = [one | {"authority_code": code} for one, code in zip(both, ("A", "B"), strict=True)]
    replace(connection, "report", alike)
    assert len(ask(connection, "period_by_comparison", Scope(parent_code="P"))) == 1
