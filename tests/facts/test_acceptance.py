"""From the files in data/ to the answer of `questions.ask`: the figures that must come out, by hand.

The expected values are those of the published figures themselves, worked out independently of the program.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from dunghen import questions
from dunghen.scope import Scope

BINH_GIANG, DONG_TAM, VINH_THUAN, KIEN_XUONG = "296", "11203-2024", "910", "343"
PHU_THO, GIA_LAI, VINH_PHUC, INSPECTORATE = "25", "52", "26", "H44.23"
# Texts of a source, and ours that explain it.
WORDS_OF_SOURCES = {
    "note_vi",
    "note_en",
    "verbatim",
    "published_vi",
    "published_en",
    "recomputed_vi",
    "recomputed_en",
}

pytestmark = pytest.mark.usefixtures("published")

Row = dict[str, Any]


def report(authority_code: str, report_id: str) -> Row:
    rows = questions.ask("result_by_report", Scope(authority_code=authority_code)).rows
    (found,) = [row for row in rows if row["report_id"] == report_id]
    return found


def rate(authority_code: str, report_id: str, definition_code: str) -> Row:
    rows = questions.ask("rate_by_definition", Scope(authority_code=authority_code)).rows
    (found,) = [
        row for row in rows if (row["report_id"], row["definition_code"]) == (report_id, definition_code)
    ]
    return found


def comparison(parent_code: str, **chosen: Any) -> Scope:
    scope = questions.settle(Scope(parent_code=parent_code, **chosen))
    assert scope is not None
    return scope


def percent(row: Row) -> str:
    assert row["rate"] is not None
    return f"{row['rate'] * 100:.2f}"


@pytest.mark.parametrize(
    ("authority_code", "report_id", "counts"),
    [
        (
            BINH_GIANG,
            "binh-giang-2023-12",
            {"handled": 43462, "on_time": 43250, "late": 60, "unexplained": 152},
        ),
        (DONG_TAM, "dong-tam-2024-02", {"handled": 127, "on_time": 127, "late": 0, "unexplained": None}),
        (
            VINH_THUAN,
            "vinh-thuan-2023-h1",
            {
                "handled": 1210,
                "early": 1096,
                "on_due_date": 85,
                "late": 7,
                "withdrawn": 22,
                "unexplained": None,
            },
        ),
        (
            VINH_THUAN,
            "vinh-thuan-2023-h1-land",
            {
                "handled": 1049,
                "received_online": 543,
                "received_in_person": 506,
                "on_time": 866,
                "late": None,
            },
        ),
        (
            KIEN_XUONG,
            "kien-xuong-2018-q1",
            {"received": 1932, "resolved": 1745, "in_progress": 187, "on_time": None},
        ),
    ],
)
def test_counts_are_as_published(authority_code: str, report_id: str, counts: Row) -> None:
    found = report(authority_code, report_id)
    assert {name: found[name] for name in counts} == counts


@pytest.mark.parametrize(
    ("authority_code", "report_id", "definition_code", "expected"),
    [
        (BINH_GIANG, "binh-giang-2023-12", "resolved", "99.86"),
        (BINH_GIANG, "binh-giang-2023-12", "handled", "99.51"),
        (BINH_GIANG, "binh-giang-2023-12", "not_late", "99.86"),
        (DONG_TAM, "dong-tam-2024-02", "resolved", "100.00"),
        (VINH_THUAN, "vinh-thuan-2023-h1", "resolved", "99.41"),
        (VINH_THUAN, "vinh-thuan-2023-h1", "handled", "97.60"),
        (VINH_THUAN, "vinh-thuan-2023-h1-land", "handled", "82.55"),
        (VINH_PHUC, "vinh-phuc-2021-09", "due", "99.71"),
        (VINH_PHUC, "vinh-phuc-2021-q3", "due", "99.74"),
        ("nhom-26-cap-huyen-xa", "vinh-phuc-2021-08-districts", "due", "96.55"),
    ],
)
def test_rates_follow_from_the_counts(
    authority_code: str, report_id: str, definition_code: str, expected: str
) -> None:
    assert percent(rate(authority_code, report_id, definition_code)) == expected


def test_the_published_rate_stays_beside_the_computed_ones() -> None:
    assert report(BINH_GIANG, "binh-giang-2023-12")["published_rate"] == Decimal("0.999")
    assert report(BINH_GIANG, "binh-giang-2023-12")["published_rate_definition"] == "not_late"
    assert report(DONG_TAM, "dong-tam-2024-02")["published_rate"] == 1
    assert report(VINH_PHUC, "vinh-phuc-2021-q3")["published_rate_definition"] == "due"


def test_152_dossiers_of_binh_giang_are_left_over() -> None:
    (row,) = questions.ask("remainder_by_report", Scope(authority_code=BINH_GIANG)).rows
    assert (row["total_name"], row["total"], row["parts_sum"], row["difference"]) == (
        "handled",
        43462,
        43310,
        152,
    )
    assert row["parts"] == "on_time + late"


def test_143_and_1992_dossiers_of_gia_lai_are_left_over() -> None:
    rows = questions.ask("remainder_by_report", Scope(authority_code=GIA_LAI)).rows
    left = {row["total_name"]: row["difference"] for row in rows if row["report_id"] == "gia-lai-2025-10"}
    assert left == {"received_and_carried_over": 143, "open_total": 1992}


def test_the_land_rate_of_vinh_thuan_cannot_be_computed_on_resolved_dossiers() -> None:
    row = rate(VINH_THUAN, "vinh-thuan-2023-h1-land", "resolved")
    assert (row["rate"], row["reason"], row["missing_counts"]) == (None, "missing_counts", "late")


def test_a_part_of_a_place_is_never_its_headline() -> None:
    headline = questions.ask("headline_by_authority", Scope(authority_code=VINH_THUAN)).one
    assert headline is not None
    assert (headline["report_id"], headline["definition_code"]) == ("vinh-thuan-2023-h1", "resolved")


def test_the_headline_of_binh_giang_is_named_with_its_interval() -> None:
    headline = questions.ask("headline_by_authority", Scope(authority_code=BINH_GIANG)).one
    assert headline is not None
    assert (headline["definition_code"], headline["numerator"], headline["denominator"]) == (
        "resolved",
        43250,
        43310,
    )
    assert headline["low"] < headline["rate"] < headline["high"]


def test_all_of_dong_tams_dossiers_on_time_still_leave_an_interval() -> None:
    headline = questions.ask("headline_by_authority", Scope(authority_code=DONG_TAM)).one
    assert headline is not None
    assert (f"{headline['low']:.4f}", headline["high"]) == ("0.9706", 1)


def test_kien_xuongs_share_resolved_is_never_an_on_time_rate() -> None:
    assert questions.ask("headline_by_authority", Scope(authority_code=KIEN_XUONG)).rows == ()
    rates = questions.ask("rate_by_definition", Scope(authority_code=KIEN_XUONG)).rows
    assert len(rates) == 7
    assert {row["rate"] for row in rates} == {None}
    assert report(KIEN_XUONG, "kien-xuong-2018-q1")["published_rate"] is None
    parent = questions.ask("authority_by_code", Scope(authority_code=KIEN_XUONG)).one
    assert parent is not None
    assert questions.settle(Scope(parent_code=parent["parent_code"], level="district")) is None


def is_90_3_percent(value: object) -> bool:
    """Whether a number is 1,745 of 1,932 as a share or as a percentage, or a text gives it."""
    if isinstance(value, float | Decimal):
        share = 1745 / 1932
        return abs(float(value) - share) < 0.001 or abs(float(value) - 100 * share) < 0.1
    return isinstance(value, str) and ("90,3" in value or "90.3" in value)


@pytest.mark.slow
def test_no_answer_gives_90_3_percent_of_kien_xuong_under_the_name_of_a_rate() -> None:
    of_it = Scope(authority_code=KIEN_XUONG)
    (report,) = questions.ask("result_by_report", of_it).rows
    period = {name: report[name] for name in ("first_day", "last_day", "source_kind", "coverage")}
    scope = of_it.but(parent_code="34", level="district", definition_code="resolved", limit=50, **period)
    found = {
        (path.stem, name, row.get("indicator_code"))
        for path in questions.QUERIES.glob("*.sql")
        for row in questions.ask(path.stem, scope).rows
        if row.get("authority_code") == KIEN_XUONG
        for name, value in row.items()
        if name not in WORDS_OF_SOURCES and is_90_3_percent(value)
    }
    assert found == {("indicator_by_authority", "value", "resolved_share")}
    assert {row["rate"] for row in questions.ask("rate_by_definition", scope).rows} == {None}
    compared = {row["authority_code"]: row for row in questions.ask("comparison_by_authority", scope).rows}
    assert compared[KIEN_XUONG]["report_id"] == report["report_id"]
    assert compared[KIEN_XUONG]["rate"] is None


def test_kien_xuongs_share_resolved_stands_among_the_other_figures() -> None:
    rows = questions.ask("indicator_by_authority", Scope(authority_code=KIEN_XUONG)).rows
    assert {row["indicator_code"]: row["value"] for row in rows}["resolved_share"] == Decimal("90.3")


def test_none_of_none_is_no_rate_and_says_why() -> None:
    scope = comparison(PHU_THO, level="department")
    (row,) = [
        row
        for row in questions.ask("comparison_by_authority", scope).rows
        if row["authority_code"] == INSPECTORATE
    ]
    assert (row["numerator"], row["denominator"], row["rate"], row["reason"]) == (0, 0, None, "no_dossiers")
    assert (row["low"], row["high"], row["band"], row["rank"]) == (None, None, None, None)
    headline = questions.ask("headline_by_authority", Scope(authority_code=INSPECTORATE)).one
    assert headline is not None
    assert (headline["rate"], headline["reason"]) == (None, "no_dossiers")


def test_the_communes_and_departments_of_phu_tho_sum_to_the_province() -> None:
    communes = questions.ask("comparison_by_authority", comparison(PHU_THO, level="commune")).rows
    departments = questions.ask("comparison_by_authority", comparison(PHU_THO, level="department")).rows
    assert (len(communes), len(departments)) == (148, 15)
    both = [*communes, *departments]
    assert sum(row["denominator"] for row in both) == 597_918
    assert sum(row["numerator"] for row in both) == 528_684


def test_phu_tho_as_a_whole_stands_beside_the_sum_of_its_communes() -> None:
    group = questions.ask("group_by_comparison", comparison(PHU_THO)).one
    assert group is not None
    assert (group["parent_numerator"], group["parent_denominator"]) == (528_684, 597_918)
    assert f"{group['parent_rate'] * 100:.2f}" == "88.42"
    assert (group["authorities_with_report"], group["parent_coverage"]) == (148, "area")
    assert group["numerator"] < group["parent_numerator"]


def test_bands_and_spread_of_phu_thos_communes() -> None:
    answer = questions.ask("comparison_by_authority", comparison(PHU_THO))
    bands = Counter(row["band"] for row in answer.rows)
    names = ("clearly_below", "leaning_below", "as_expected", "leaning_above", "clearly_above")
    assert [bands[name] for name in names] == [4, 5, 136, 3, 0]
    assert answer.funnel is not None
    assert f"{answer.funnel.phi:.1f}" == "38.2"
    assert f"{answer.funnel.tau * 100:.2f}" == "2.77"


def test_the_two_rates_of_phu_tho_are_never_mixed() -> None:
    inside = comparison(PHU_THO)
    assert inside.last_day == dt.date(2026, 9, 26)
    provinces = comparison(questions.NATION, level="province")
    assert provinces.last_day == dt.date(2026, 9, 30)
    rows = questions.ask("comparison_by_authority", provinces).rows
    (phu_tho,) = [row for row in rows if row["authority_code"] == PHU_THO]
    assert percent(phu_tho) == "88.40"
    assert len(rows) == 34


def test_the_chain_of_dong_tam() -> None:
    rows = questions.ask("related_by_authority", Scope(authority_code=DONG_TAM)).rows
    chain = [
        (row["authority_name"], row["province_name"])
        for row in rows
        if row["direction"] == "successor" and row["is_main"]
    ]
    assert chain == [("Thị trấn Ninh Giang", "Tỉnh Hải Dương"), ("Xã Ninh Giang", "Thành phố Hải Phòng")]
    before = questions.ask("related_by_authority", Scope(authority_code="11203")).rows
    assert DONG_TAM in {row["authority_code"] for row in before if row["direction"] == "predecessor"}


def test_dong_tams_criteria() -> None:
    rows = questions.ask(
        "score_by_criterion",
        Scope(authority_code=DONG_TAM, index_code="par_commune_haiduong", edition="2022"),
    ).rows
    total, *parts = rows
    assert (total["criterion_code"], total["score"]) == ("TOTAL", Decimal("87.75"))
    assert len(parts) == 10
    assert sum(row["score"] for row in parts) == Decimal("87.747")
    assert sum(row["max_score"] for row in parts) == 100
    (under,) = [row for row in parts if row["score_share"] < 0.75]
    assert (under["score"], under["max_score"], f"{under['score_share'] * 100:.1f}") == (5, 7, "71.4")


def test_the_total_of_dong_tam_is_rounded_not_mended() -> None:
    (row,) = questions.ask("score_sum_by_edition", Scope(authority_code=DONG_TAM)).rows
    assert (row["criteria_sum"], row["total_score"]) == (Decimal("87.747"), Decimal("87.750"))
    assert (row["difference"], row["max_score_sum"], row["scale_max"]) == (Decimal("0.003"), 100, 100)


@pytest.mark.parametrize("parent_code", [questions.NATION, PHU_THO])
def test_a_comparison_never_crosses_eras(parent_code: str) -> None:
    everybody = questions.ask("authority_by_parent", Scope(parent_code=parent_code, era="all")).rows
    by_code = {row["authority_code"]: row for row in everybody}
    choices = questions.ask("period_by_comparison", Scope(parent_code=parent_code)).rows
    assert choices
    for choice in choices:
        chosen = ("level", "first_day", "last_day", "source_kind", "coverage", "definition_code")
        scope = Scope(parent_code=parent_code).but(**{name: choice[name] for name in chosen})
        for row in questions.ask("comparison_by_authority", scope).rows:
            who = by_code[row["authority_code"]]
            assert who["valid_from"] is None or who["valid_from"] <= choice["last_day"]
            assert who["valid_to"] is None or who["valid_to"] >= choice["last_day"]


@pytest.mark.slow
def test_a_comparison_has_one_coverage() -> None:
    settled = [
        scope
        for row in questions.ask("authority_with_figures", Scope(level="province")).rows
        if (scope := questions.settle(Scope(parent_code=row["authority_code"]))) is not None
    ]
    assert {scope.parent_code for scope in settled} >= {PHU_THO}
    for scope in settled:
        rows = questions.ask("comparison_by_authority", scope).rows
        for row in rows:
            if row["report_id"] is not None:
                assert report(row["authority_code"], row["report_id"])["coverage"] == scope.coverage


def test_three_measures_called_satisfaction_stay_apart() -> None:
    codes = {row["index_code"] for row in questions.ask("index_by_edition").rows}
    assert {"sipas", "service_quality_index", "par_commune_haiduong"} <= codes
    criteria = questions.ask("criterion_by_index", Scope(index_code="sipas")).rows
    assert {row["unit"] for row in criteria} == {"percent"}


def test_the_oddities_are_told() -> None:
    rows = questions.ask("oddity_by_source").rows
    assert len(rows) >= 19
    assert {row["authority_code"] for row in rows} >= {BINH_GIANG, VINH_THUAN, KIEN_XUONG, GIA_LAI, VINH_PHUC}
