"""Every .sql file on a country with two of everything: its grain, its order, and what it must leave out."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dunghen import questions
from dunghen.scope import Scope
from tests.questions.two_of_everything import DECEMBER, NOVEMBER, rows
from tests.warehouse_fixture import FIRST, LAST, Row, published_from

OF_A = Scope(authority_code="A")
IN_P = Scope(parent_code="P")
COMPARED = Scope(
    parent_code="P",
    level="commune",
    first_day=FIRST,
    last_day=LAST,
    record_kind="published",
    source_kind="portal",
    coverage="own",
    definition_code="resolved",
)
SCORED = Scope(parent_code="P", index_code="i", edition="2025", first_day=FIRST, last_day=LAST)
EVERYTHING = Scope(limit=50)

EDITION = ("index_code", "edition", "first_day", "last_day", "score_kind", "source_id")

# question → what one row is of, a scope that gives rows, and the keys that must come back, in their order
EXPECTED: dict[str, tuple[tuple[str, ...], Scope, list[Any]]] = {
    "as_of_by_authority": (("as_of",), OF_A, [LAST]),
    "authority_by_code": (("authority_code",), OF_A, ["A"]),
    "authority_by_page": (("authority_code",), Scope(limit=2, offset=1), ["B", "C"]),
    "authority_by_parent": (
        ("authority_code",),
        IN_P.but(level="commune", era="current"),
        ["B", "A", "E", "C"],
    ),
    "authority_by_portal_code": (("authority_code",), Scope(authority_code="h1.2"), ["A"]),
    "authority_with_figures": (
        ("authority_code",),
        EVERYTHING,
        ["P", "S2", "S1", "B", "A", "E", "X", "D", "G"],
    ),
    "check_by_name": (("check_name",), EVERYTHING, ["even", "odd"]),
    # out: D ended before, E began after, G is a group, X lies elsewhere
    "comparison_by_authority": (("authority_code",), COMPARED, ["B", "A", "C"]),
    "criterion_by_index": (
        ("index_code", "edition", "criterion_code"),
        SCORED,
        [("i", "2025", "TOTAL"), ("i", "2025", "C1"), ("i", "2025", "C2")],
    ),
    "criterion_by_parent": (("criterion_code",), IN_P, ["C2", "C1"]),
    "definition_by_code": (
        ("definition_code",),
        EVERYTHING,
        ["resolved", "portal", "accountable", "handled", "not_late", "received", "due"],
    ),
    "definition_by_comparison": (
        ("definition_code",),
        COMPARED,
        ["resolved", "portal", "accountable", "handled", "not_late", "received", "due"],
    ),
    "edition_by_authority": (
        EDITION,
        OF_A,
        [
            ("i", "2024", FIRST, LAST, "published", "s"),
            ("i", "2025", FIRST, LAST, "published", "s"),
            ("i", "2025", FIRST, LAST, "self", "s"),
            ("j", "2025", FIRST, LAST, "published", "s"),
        ],
    ),
    # out: group G
    "edition_by_parent": (
        ("index_code", "edition", "level", "authorities"),
        IN_P,
        [
            ("i", "2024", "commune", 2),
            ("i", "2025", "commune", 2),
            ("j", "2025", "department", 2),
            ("j", "2025", "commune", 1),
        ],
    ),
    "example_by_definition": (
        ("definition_code", "report_id"),
        EVERYTHING,
        [
            ("resolved", "p"),
            ("portal", None),
            ("accountable", "a"),
            ("handled", "a-press"),
            ("not_late", "a-press"),
            ("received", None),
            ("due", None),
        ],
    ),
    # out: what was superseded, the area's and the paper's figures
    "form_row_by_field": (("field",), OF_A.but(first_day=FIRST, last_day=LAST), ["land", "health", None]),
    "generation_by_listing": (
        ("generation", "level", "ended_with_successor"),
        EVERYTHING,
        [
            ("2024", "province", 0),
            ("2024", "commune", 2),
            ("2025-07", "province", 0),
            ("2025-07", "commune", 0),
        ],
    ),
    "grade_by_index": (
        ("index_code", "edition", "scope_vi", "grade_code"),
        SCORED,
        [("i", "2025", scope, grade) for scope in "xy" for grade in ("good", "fair")],
    ),
    "group_by_comparison": (("authority_code",), COMPARED, ["P"]),
    # out: a-superseded was observed earlier, a-press has no day of observation
    "headline_by_authority": (("report_id",), OF_A, ["a"]),
    "index_by_edition": (
        ("index_code", "edition"),
        EVERYTHING,
        [("i", "2024"), ("i", "2025"), ("j", "2025")],
    ),
    "indicator_by_authority": (
        ("indicator_code", "period_label"),
        OF_A,
        [
            ("online_share", "năm 2025"),
            ("online_share", "trước đó"),
            ("online_share", "không rõ kỳ"),
            ("postal_share", "năm 2025"),
        ],
    ),
    "level_by_comparison": (("authority_code",), COMPARED, ["A", "B", "S1", "S2"]),
    # out: D and D2 ended, C has no figures; X is no sibling but near
    "neighbour_by_authority": (
        ("authority_code", "is_sibling"),
        OF_A,
        [("B", True), ("E", True), ("X", False)],
    ),
    "oddity_by_source": (("oddity_id",), EVERYTHING, ["one", "two", "nobody"]),
    "period_by_comparison": (
        ("level", "first_day", "last_day", "source_kind", "coverage", "definition_code", "children"),
        IN_P.but(definition_code="resolved", level="commune", last_day=LAST),
        [("commune", FIRST, LAST, "portal", "own", "resolved", 2)],
    ),
    "place_by_comparison": (("authority_code", "level", "authorities"), EVERYTHING, [("P", "commune", 2)]),
    "rank_by_score": (
        ("edition", "criterion_code", "computed_rank", "computed_rank_of"),
        Scope(authority_code="S1"),
        [("2025", "TOTAL", 2, 2)],
    ),
    "rate_by_definition": (
        ("report_id", "definition_code"),
        Scope(authority_code="X"),
        [
            ("x", name)
            for name in ("resolved", "portal", "accountable", "handled", "not_late", "received", "due")
        ],
    ),
    "related_by_authority": (
        ("direction", "authority_code"),
        OF_A,
        [("predecessor", "D2"), ("predecessor", "D")],
    ),
    "remainder_by_report": (
        ("report_id", "total_name"),
        EVERYTHING,
        [("b", "on_time"), ("a-press", "handled")],
    ),
    "report_by_newest": (("source_id", "authority_code"), EVERYTHING, [("s", "P"), ("t", "A"), ("u", "A")]),
    # out: a-area is of the whole area, a-before ended earlier, a-undated may have begun earlier
    "result_by_report": (
        ("report_id",),
        OF_A.but(first_day=FIRST, last_day=LAST, coverage="own"),
        ["a", "a-press", "a-superseded", "a-health", "a-land"],
    ),
    # out: what A thinks of itself, group G
    "score_by_authority": (
        ("authority_code", "criterion_code"),
        SCORED,
        [("B", "TOTAL"), ("B", "C1"), ("B", "C2"), ("A", "TOTAL"), ("A", "C1"), ("A", "C2")],
    ),
    "score_by_criterion": (
        ("index_code", "edition", "score_kind", "criterion_code"),
        OF_A,
        [
            ("i", "2024", "published", "C1"),
            ("i", "2025", "published", "TOTAL"),
            ("i", "2025", "published", "C2"),
            ("i", "2025", "published", "C1"),
            ("i", "2025", "self", "TOTAL"),
            ("i", "2025", "self", "C1"),
            ("j", "2025", "published", "TOTAL"),
        ],
    ),
    # out: A's own score lacks C2, edition 2024 lacks the total
    "score_sum_by_edition": (
        ("authority_code", "score_kind", "difference"),
        EVERYTHING,
        [("B", "published", Decimal("0.1")), ("A", "published", Decimal("0.05"))],
    ),
    "search_entry_by_authority": (
        ("authority_code",),
        EVERYTHING,
        ["A", "B", "C", "D", "D2", "E", "G", "M", "M1", "M2", "P", "Q", "S1", "S2", "VN", "X"],
    ),
    "snapshot_by_id": (
        ("snapshot", "authorities", "authorities_with_figures"),
        EVERYTHING,
        [("test", 13, 9)],
    ),
    "source_by_authority": (("source_id",), OF_A, ["s", "u", "t"]),
    "source_by_id": (("source_id",), EVERYTHING, ["m", "s", "u", "t"]),
    "standing_by_comparison": (("authority_code", "basis"), COMPARED, [("P", "own_report")]),
    "statement_by_authority": (("statement_id",), OF_A, ["one", "two", "older"]),
    "target_by_authority": (("target_id",), OF_A, ["one", "two"]),
}
OF_M1 = Scope(authority_code="M1")
EXPECTED |= {
    "beside_headline_by_authority": (("coverage", "first_day", "last_day"), OF_M1, [("own", NOVEMBER, LAST)]),
    "breakdown_by_item": (
        ("period_kind", "item"),
        OF_M1.but(dimension="field"),
        [("year", "health"), ("year", "land"), ("month", "land")],
    ),
    "distribution_by_item": (
        ("kind", "item"),
        OF_M1.but(dimension="field"),
        [("processing_days", "health"), ("processing_days", "land")],
    ),
    "dossiers_by_dimension": (
        ("dimension", "period_kind", "illustrative"),
        EVERYTHING,
        [
            ("whole", "month", True),
            ("channel", "year", True),
            ("days_late", "year", True),
            ("field", "year", True),
            ("field", "month", True),
            ("overdue_age", "day", True),
            ("procedure", "year", True),
        ],
    ),
    "intake_by_import": (("import_id", "illustrative"), EVERYTHING, [("0001", False), ("0002", True)]),
    "overdue_age_by_authority": (("class",), OF_M1, ["31-90", "1-7", "due_in_3"]),
    "period_by_breakdown": (
        ("dimension", "period_kind"),
        OF_M1,
        [
            ("channel", "year"),
            ("days_late", "year"),
            ("field", "year"),
            ("field", "month"),
            ("procedure", "year"),
        ],
    ),
    "period_by_dossiers": (("coverage", "first_day", "last_day"), OF_M1, [("own", NOVEMBER, LAST)]),
    "quarantine_by_reason": (
        ("import_id", "column_name"),
        EVERYTHING,
        [("0001", "due_at"), ("0001", "received_at"), ("0002", "due_at"), ("0002", "received_at")],
    ),
    "trend_by_month": (("coverage", "first_day"), OF_M1, [("own", NOVEMBER), ("own", DECEMBER)]),
}
LONG = {"column_by_table": ("table_name", "column_name")}
NAMES = sorted(path.stem for path in questions.QUERIES.glob("*.sql"))


def keys(name: str, scope: Scope, columns: tuple[str, ...]) -> list[Any]:
    found = [tuple(row[column] for column in columns) for row in questions.ask(name, scope).rows]
    return [key[0] for key in found] if len(columns) == 1 else found


def row(name: str, scope: Scope, **where: Any) -> Row:
    (found,) = [
        row
        for row in questions.ask(name, scope).rows
        if all(row[column] == value for column, value in where.items())
    ]
    return found


def test_every_query_has_its_expectation() -> None:
    assert set(EXPECTED) | set(LONG) == set(NAMES)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_rows_in_their_order(name: str, small_country: Path) -> None:
    columns, scope, expected = EXPECTED[name]
    found = keys(name, scope, columns)
    assert found == expected
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("name", sorted(LONG))
def test_long_answers_have_one_row_of_each(name: str, small_country: Path) -> None:
    found = keys(name, EVERYTHING, LONG[name])
    assert found
    assert len(set(found)) == len(found)


@pytest.fixture(scope="module")
def backwards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same country, its rows put in the other way round."""
    turned = {table: content[::-1] for table, content in rows().items()}
    return published_from(tmp_path_factory.mktemp("backwards") / "country.duckdb", turned)


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_does_not_depend_on_the_order_of_the_files(
    name: str, small_country: Path, backwards: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope = EXPECTED[name][1] if name in EXPECTED else EVERYTHING
    first = questions.ask(name, scope).rows
    monkeypatch.setenv("DUNGHEN_DATABASE", str(backwards))
    assert questions.ask(name, scope).rows == first


@pytest.mark.parametrize("name", NAMES)
def test_a_file_states_its_question_grain_and_order(name: str) -> None:
    comments = [line for line in questions.question(name).sql.splitlines() if line.startswith("--")]
    assert comments[0].endswith("?")
    assert comments[1].startswith("-- grain: ")
    assert comments[2].startswith("-- order: ")


@pytest.mark.parametrize("name", NAMES)
def test_counts_are_whole_numbers_and_columns_are_named_once(name: str, small_country: Path) -> None:
    answer = questions.ask(name, EXPECTED[name][1] if name in EXPECTED else EVERYTHING)
    assert [column for column, times in Counter(answer.columns).items() if times > 1] == []
    odd = {
        column: kind
        for column, kind in zip(answer.columns, answer.types, strict=True)
        if kind not in {"BIGINT", "BOOLEAN", "DATE", "DOUBLE", "DOUBLE[]", "VARCHAR", "VARCHAR[]"}
        and "DECIMAL" not in kind
    }
    assert odd == {}
    rates = [
        column
        for column, kind in zip(answer.columns, answer.types, strict=True)
        if kind == "DOUBLE" and column.endswith(("rate", "_share"))
    ]
    for found in answer.rows:
        assert all(found[column] is None or 0 <= found[column] <= 1 for column in rates)


def test_a_comparison_takes_the_report_observed_last_of_the_whole(small_country: Path) -> None:
    found = row("comparison_by_authority", COMPARED, authority_code="A")
    assert (found["report_id"], found["numerator"], found["denominator"]) == ("a", 90, 100)
    assert (found["not_on_time"], found["late"], found["average_days"]) == (10, 10, Decimal("1.5"))
    missing = row("comparison_by_authority", COMPARED, authority_code="C")
    assert (missing["rate"], missing["reason"], missing["band"]) == (None, "no_report", None)


def test_other_comparisons_see_other_reports(small_country: Path) -> None:
    area = row("comparison_by_authority", COMPARED.but(coverage="area"), authority_code="A")
    press = row("comparison_by_authority", COMPARED.but(source_kind="press"), authority_code="A")
    undated = row(
        "comparison_by_authority", COMPARED.but(source_kind="press", first_day=None), authority_code="A"
    )
    assert (area["report_id"], press["report_id"], undated["report_id"]) == ("a-area", "a-press", "a-undated")


def test_a_former_commune_is_compared_only_while_it_was_there(small_country: Path) -> None:
    before = COMPARED.but(first_day=FIRST.replace(month=1), last_day=FIRST.replace(month=6, day=30))
    assert keys("comparison_by_authority", before, ("authority_code",)) == ["A", "B", "C", "D2", "D"]
    after = COMPARED.but(last_day=FIRST.replace(year=2026))
    assert "E" in keys("comparison_by_authority", after, ("authority_code",))


def test_a_group_sums_those_with_a_rate_and_takes_the_area_of_the_parent(small_country: Path) -> None:
    found = questions.ask("group_by_comparison", COMPARED).one
    assert found is not None
    assert (found["numerator"], found["denominator"], found["median_rate"]) == (135, 150, 0.9)
    assert (found["authorities_with_report"], found["authorities_with_rate"]) == (2, 2)
    assert (found["parent_numerator"], found["parent_denominator"], found["parent_coverage"]) == (
        150,
        170,
        "area",
    )
    departments = questions.ask("group_by_comparison", COMPARED.but(level="department")).one
    assert departments is not None
    assert (departments["authorities_with_report"], departments["authorities_with_rate"]) == (2, 1)
    assert (departments["numerator"], departments["denominator"]) == (3, 4)


def test_a_level_sums_only_its_own(small_country: Path) -> None:
    found = row("level_by_comparison", COMPARED, authority_code="A")
    assert (found["level_numerator"], found["level_denominator"], found["level_rate"]) == (135, 150, 0.9)
    nobody = row("level_by_comparison", COMPARED, authority_code="S2")
    assert (nobody["denominator"], nobody["rate"]) == (0, None)


def test_choices_of_a_comparison(small_country: Path) -> None:
    found = questions.ask("period_by_comparison", IN_P).rows
    assert [(one["last_day"], one["parent_shares"]) for one in found] == [
        (LAST, True),
        (FIRST.replace(month=6, day=30), False),
    ]


def test_unexplained_is_the_first_identity_that_does_not_hold(small_country: Path) -> None:
    assert row("result_by_report", OF_A, report_id="a-press")["unexplained"] == 1
    assert row("result_by_report", OF_A, report_id="a")["unexplained"] is None


def test_names_of_a_search_entry(small_country: Path) -> None:
    found = row("search_entry_by_authority", EVERYTHING, authority_code="A")
    assert found["other_names"] == ["An Thi cũ", "Ân Thị", "H1.1", "H1.2"]
    assert row("search_entry_by_authority", EVERYTHING, authority_code="C")["other_names"] == []


def test_figures_are_counted_once(small_country: Path) -> None:
    found = questions.ask("authority_by_code", OF_A).one
    assert found is not None
    assert (found["reports"], found["headlines"], found["editions"], found["indicators"]) == (8, 6, 3, 2)
    assert found["boundary_changed_on"] is None
