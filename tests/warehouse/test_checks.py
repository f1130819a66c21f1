"""Every check finds what it looks for, passes where there is nothing, and says how much it looked at."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dunghen.warehouse import BuildError
from dunghen.warehouse.checks import header, run_checks
from dunghen.warehouse.inputs import CHECKS
from dunghen.words import texts
from tests.warehouse_fixture import (
    LAST,
    Row,
    authority,
    breakdown,
    criterion,
    edition,
    fill,
    flow,
    index_kind,
    indicator,
    place,
    replace,
    report,
    score,
    source,
    stock,
    warehouse,
)


@pytest.fixture(scope="module")
def empty() -> duckdb.DuckDBPyConnection:
    return warehouse()


@pytest.fixture
def connection(empty: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    empty.execute("DELETE FROM check_result")
    fill(empty, {})
    return empty


@pytest.fixture(scope="module")
def found_before(empty: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many rows each check finds where nothing is wrong."""
    fill(empty, clean())
    return {name: found_by(name, empty) for name in NAMES}


Tables = dict[str, list[Row]]
SUCCESSOR = {"extent": "whole", "is_main": True, "changed_on_is_bound": False, "basis": "code"}
ENDED = dt.date(2025, 6, 30)


NOVEMBER, DECEMBER = dt.date(2025, 11, 1), dt.date(2025, 12, 1)


def clean() -> Tables:
    """Two of everything, and nothing wrong with it."""
    former = authority("F", valid_to=ENDED)
    return place(authority("A"), authority("B"), former) | {
        "source": [source(), source("t", "press")],
        "generation": [
            {"generation": "2025", "first_day": dt.date(2025, 7, 1), "province_count": 1}
            | {"district_count": 0, "commune_count": 2}
        ],
        "listing": [{"generation": "2025", "authority_code": code} for code in ("P", "A", "B")],
        "successor": [
            {"authority_code": "F", "successor_code": "A", "changed_on": dt.date(2025, 7, 1)} | SUCCESSOR
        ],
        "report": [
            report("a", "A", on_time=9, late=1, handled=10, in_progress=1, overdue=1, open_total=2),
            report("b", "B", portal_total=10, portal_on_time=8),
        ],
        "dossier_source": [{"authority_code": "A", "source_id": "s"}],
        "flow": [
            flow("A", month, received_online=9, early=4, on_due_date=2, late=2, withdrawn=1)
            for month in (NOVEMBER, DECEMBER)
        ],
        "stock": [
            stock("A", month, carried_over=7, in_progress=5, overdue=2) for month in (NOVEMBER, DECEMBER)
        ],
        "breakdown": [
            breakdown("A", "field", item, first_day=NOVEMBER, on_time=on_time, resolved=8)
            for item, on_time in (("land", None), ("health", 6))
        ],
        "distribution": [
            {"authority_code": "A", "coverage": "own", "period_kind": "year", "first_day": NOVEMBER}
            | {"last_day": LAST, "dimension": "whole", "item": "whole", "kind": "days_late"}
            | {"dossiers": 20, "median": 1, "p90": 2}
        ],
        "overdue_age": [{"authority_code": "A", "coverage": "own", "last_day": LAST, "class": "1-7"}],
        "indicator_kind": [
            {
                "indicator_code": code,
                "indicator_group": "g",
                "indicator_name_vi": "x",
                "indicator_name_en": "x",
            }
            | {"unit": unit}
            for code, unit in (("share", "percent"), ("tasks", "tasks"))
        ],
        "indicator": [indicator("A", "share", 100), indicator("A", "tasks", 101)],
        "index_kind": [index_kind(), index_kind("survey", unit="percent")],
        "index_edition": [edition(), edition(index_code="survey")],
        "criterion": [
            criterion("TOTAL", 0, None, max_score=100),
            criterion("C", 1),
            criterion("TOTAL", 0, None, index_code="survey", max_score=None),
        ],
        "score": [
            score("A", "C", 10),
            score("A", "TOTAL", "87.5"),
            score("A", "TOTAL", 100, index_code="survey"),
        ],
        "grade": [
            {"index_code": "i", "edition": "2025", "scope_vi": "x", "scope_en": "x", "grade_code": "good"}
            | {"grade_name_vi": "Tốt", "grade_name_en": "Good", "source_id": "s"}
        ],
    }


def without_parent(tables: Tables) -> None:
    tables["authority"].append(authority("N", "nowhere"))


def imaginary_in_a_real_one(tables: Tables) -> None:
    tables["authority"].append(authority("M", illustrative=True))


def real_in_an_imaginary_one(tables: Tables) -> None:
    tables["authority"] += [authority("MH", None, "province", illustrative=True), authority("R", "MH")]


def imaginary_heir(tables: Tables) -> None:
    tables["authority"].append(authority("MH", None, "province", illustrative=True))
    tables["successor"].append(
        {"authority_code": "F", "successor_code": "MH", "changed_on": dt.date(2025, 7, 1)} | SUCCESSOR
    )


def one_lost(tables: Tables) -> None:
    tables["flow"][0] |= {"received": 10, "received_online": 10}


def one_lost_between_channels(tables: Tables) -> None:
    tables["flow"][0]["received_online"] = 10


def month_without_stock(tables: Tables) -> None:
    tables["stock"].pop(0)


def month_without_flow(tables: Tables) -> None:
    tables["flow"].pop(0)


def more_open_than_before(tables: Tables) -> None:
    tables["stock"][1] |= {"carried_over": 8, "in_progress": 6}


def month_left_out(tables: Tables) -> None:
    for table, make in (("flow", flow), ("stock", stock)):
        tables[table].append(make("A", dt.date(2025, 9, 1)))


def part_over_the_whole(tables: Tables) -> None:
    tables["breakdown"][1]["on_time"] = 13


def part_of_no_period(tables: Tables) -> None:
    tables["breakdown"][0]["last_day"] = dt.date(2025, 12, 30)


def small_part(tables: Tables) -> None:
    tables["breakdown"][1]["late"] = 2


def small_age(tables: Tables) -> None:
    tables["overdue_age"][0]["dossiers"] = 4


def unknown_criterion_parent(tables: Tables) -> None:
    tables["criterion"].append(criterion("D", 2, "nothing"))


def figure_after_the_end(tables: Tables) -> None:
    tables["report"].append(report("f", "F", on_time=1, late=0))


def indicator_after_the_end(tables: Tables) -> None:
    tables["indicator"].append(indicator("F", "share", 1))


def score_after_the_end(tables: Tables) -> None:
    tables["score"].append(score("F", "TOTAL", 1))


def one_too_few(tables: Tables) -> None:
    tables["listing"].pop()


def nobody_listed(tables: Tables) -> None:
    tables["listing"].clear()


def unknown_grade(tables: Tables) -> None:
    tables["score"][0]["grade_code"] = "splendid"


def more_on_time_than_handled(tables: Tables) -> None:
    tables["report"][0]["on_time"] = 11


def more_overdue_than_open(tables: Tables) -> None:
    tables["report"][0]["overdue"] = 3


def more_on_time_than_the_portal_has(tables: Tables) -> None:
    tables["report"][1]["portal_on_time"] = 11


def more_than_100_percent(tables: Tables) -> None:
    tables["indicator"][0]["value"] = 101


def a_survey_over_100_percent(tables: Tables) -> None:
    tables["score"][2]["score"] = 101


def more_on_time_than_due(tables: Tables) -> None:
    tables["report"].append(report("d", "B", coverage="area", on_time=5, due=4))


def on_time_out_of_none(tables: Tables) -> None:
    tables["report"].append(report("d", "B", coverage="area", on_time=5, received=0, carried_over=0))


def the_same_report_twice(tables: Tables) -> None:
    tables["report"].append(tables["report"][1] | {"report_id": "again"})


def over_the_maximum(tables: Tables) -> None:
    tables["score"][0]["score"] = "10.001"


def an_heir_that_was_gone_before(tables: Tables) -> None:
    tables["authority"].append(authority("G", valid_to=dt.date(2020, 1, 1)))
    tables["successor"][0]["successor_code"] = "G"


def someone_who_goes_on_yet_is_succeeded(tables: Tables) -> None:
    tables["successor"][0] |= {"authority_code": "B"}


PLANTED = [
    ("dossiers_do_not_balance", one_lost),
    ("dossiers_do_not_balance", one_lost_between_channels),
    ("dossiers_do_not_balance", month_without_stock),
    ("dossiers_do_not_balance", month_without_flow),
    ("stock_not_handed_on", more_open_than_before),
    ("stock_not_handed_on", month_left_out),
    ("breakdown_over_whole", part_over_the_whole),
    ("breakdown_over_whole", part_of_no_period),
    ("small_cell_told", small_part),
    ("small_cell_told", small_age),
    ("illustrative_with_real", imaginary_in_a_real_one),
    ("illustrative_with_real", real_in_an_imaginary_one),
    ("illustrative_with_real", imaginary_heir),
    ("parent_unknown", without_parent),
    ("criterion_parent_unknown", unknown_criterion_parent),
    ("figure_outside_validity", figure_after_the_end),
    ("figure_outside_validity", indicator_after_the_end),
    ("figure_outside_validity", score_after_the_end),
    ("generation_incomplete", one_too_few),
    ("generation_incomplete", nobody_listed),
    ("grade_unknown", unknown_grade),
    ("part_over_total", more_on_time_than_handled),
    ("part_over_total", more_overdue_than_open),
    ("part_over_total", more_on_time_than_the_portal_has),
    ("percentage_out_of_range", more_than_100_percent),
    ("percentage_out_of_range", a_survey_over_100_percent),
    ("rate_out_of_range", more_on_time_than_due),
    ("rate_out_of_range", on_time_out_of_none),
    ("report_twice", the_same_report_twice),
    ("score_over_maximum", over_the_maximum),
    ("successor_out_of_time", an_heir_that_was_gone_before),
    ("successor_out_of_time", someone_who_goes_on_yet_is_succeeded),
]
NAMES = sorted(path.stem for path in CHECKS.glob("*.sql"))


def found_by(name: str, connection: duckdb.DuckDBPyConnection) -> int:
    return len(connection.execute((CHECKS / f"{name}.sql").read_text(encoding="utf-8")).fetchall())


def examined(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    return dict(connection.execute("SELECT check_name, rows_examined FROM check_result").fetchall())


def test_every_check_is_tested_and_says_what_it_examines_and_how_to_mend() -> None:
    assert {name for name, _ in PLANTED} == set(NAMES)
    for name in NAMES:
        head = header((CHECKS / f"{name}.sql").read_text(encoding="utf-8"))
        assert head["question"].endswith("?")
        assert head["mend"].endswith(".")
        assert head["examines"]


@pytest.mark.parametrize(
    ("name", "plant"), PLANTED, ids=[f"{name}-{plant.__name__}" for name, plant in PLANTED]
)
def test_a_check_finds_what_is_planted_and_nothing_before(
    name: str,
    plant: Callable[[Tables], None],
    found_before: dict[str, int],
    connection: duckdb.DuckDBPyConnection,
    tmp_path: Path,
) -> None:
    assert found_before[name] == 0
    tables = clean()
    plant(tables)
    fill(connection, tables)
    assert found_by(name, connection) >= 1
    shutil.copy(CHECKS / f"{name}.sql", tmp_path)
    with pytest.raises(BuildError, match=f"Check {name}: "):
        run_checks(connection, tmp_path)


def test_a_clean_warehouse_passes_and_every_check_looked_at_something(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    fill(connection, clean())
    run_checks(connection)
    looked = examined(connection)
    assert set(looked) == set(NAMES)
    assert min(looked.values()) >= 1
    assert looked["parent_unknown"] == 5
    assert looked["figure_outside_validity"] == 2 + 3 + 2


def test_nothing_to_look_at_is_told_from_nothing_found(connection: duckdb.DuckDBPyConnection) -> None:
    run_checks(connection)
    assert set(examined(connection).values()) == {0}


def test_a_note_allows_a_score_over_its_maximum(connection: duckdb.DuckDBPyConnection) -> None:
    tables = clean()
    over_the_maximum(tables)
    tables["score"][0]["note_en"] = "As published."
    fill(connection, tables)
    run_checks(connection)


def test_all_failures_are_told_together_with_their_first_rows(connection: duckdb.DuckDBPyConnection) -> None:
    tables = clean()
    without_parent(tables)
    tables["indicator"] += [indicator("A", "share", 200, period_label=f"kỳ {number}") for number in range(25)]
    fill(connection, tables)
    with pytest.raises(BuildError) as caught:
        run_checks(connection)
    told = str(caught.value)
    assert "Check parent_unknown: " in told
    assert "authority_code = N" in told
    assert "25 found" in told
    assert "… and 5 more" in told
    vietnamese = caught.value.text("vi")
    assert "Phép kiểm tra parent_unknown: Có đơn vị nào thuộc một nơi không có trong danh mục?" in vietnamese
    assert "Thêm đơn vị cấp trên vào data/registry/" in vietnamese
    assert "Tìm thấy 25" in vietnamese
    assert "… và 5 chỗ nữa" in vietnamese
    assert caught.value.text("en") == told


@pytest.mark.parametrize("path", sorted(CHECKS.glob("*.sql")), ids=lambda path: path.stem)
def test_a_check_asks_and_advises_in_both_languages(path: Path) -> None:
    head = header(path.read_text(encoding="utf-8"))

    assert f"data.check.{path.stem}" in texts("vi")
    assert head["mend_vi"].rstrip(".") not in head["mend"]


def test_the_checks_of_a_folder_are_run_in_the_order_of_their_names(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.sql").write_text(
            f"-- Is {name} wrong?\n-- examines: source\n-- mend: Mend {name}.\nSELECT '{name}' AS x\n"
        )
    with pytest.raises(BuildError, match=r"(?s)Check a: Is a wrong\? 1 found\. Mend a\..*Check b: "):
        run_checks(connection, tmp_path)


def test_a_check_of_settled_tables_is_run_once(connection: duckdb.DuckDBPyConnection) -> None:
    tables = clean()
    fill(connection, tables)
    run_checks(connection, among={"authority", "successor"})
    assert set(examined(connection)) == {"illustrative_with_real", "parent_unknown", "successor_out_of_time"}
    without_parent(tables)
    replace(connection, "check_result", [])
    for name in ("parent_unknown", "illustrative_with_real"):
        connection.execute("INSERT INTO check_result VALUES (?, 'Is it?', 7)", [name])
    run_checks(connection)
    assert examined(connection)["parent_unknown"] == 7
    assert set(examined(connection)) == set(NAMES)
