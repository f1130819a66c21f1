"""The API gives the published figures: the contract's examples and the worked examples of the measures."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from starlette.testclient import TestClient

from dunghen import questions
from dunghen.scope import Scope

RATE_KEYS = {"rate", "numerator", "denominator", "low", "high"}


def get(client: TestClient, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response.text
    return response.json()


def whole(client: TestClient, code: str) -> Any:
    """The only report of the whole authority; of Phú Thọ's two, the one to 26/09/2026."""
    last = "&to=2026-09-26" if code == "25" else ""
    rows = get(client, f"/api/v1/authorities/{code}/results?record_kind=published{last}")["data"]
    (row,) = [row for row in rows if row["is_whole"]]
    return row


def test_search_without_accents_finds_dong_tam(client: TestClient) -> None:
    found = get(client, "/api/v1/authorities?q=dong%20tam&limit=3")
    assert found["data"][0] == {
        "authority_code": "11203-2024",
        "authority_name": "Xã Đồng Tâm",
        "level": "commune",
        "authority_kind": "commune",
        "parent_code": "299",
        "parent_name": "Huyện Ninh Giang",
        "province_code": "30",
        "province_name": "Tỉnh Hải Dương",
        "valid_from": None,
        "valid_to": "2024-12-31",
        "valid_to_is_bound": True,
        "era": "former",
        "illustrative": False,
        "has_figures": True,
    }
    assert len(found["data"]) == 3
    assert found["total"] > 3
    assert set(found) == {"snapshot", "as_of", "data", "definitions", "sources", "total", "next"}


def test_pages_of_a_search_join_without_gap_or_repetition(client: TestClient) -> None:
    address, codes, total = "/api/v1/authorities?q=dong%20tam&limit=5", [], 0
    while address:
        page = get(client, address)
        codes += [row["authority_code"] for row in page["data"]]
        address, total = page["next"], page["total"]
    assert len(codes) == len(set(codes)) == total


def test_pages_of_a_listing_join_without_gap_or_repetition(client: TestClient) -> None:
    first = "/api/v1/authorities?parent=25&level=commune&era=current&limit=60"
    address, codes = first, []
    while address:
        response = client.get(address)
        page = response.json()
        codes += [row["authority_code"] for row in page["data"]]
        if page["next"]:
            assert response.headers["link"] == f'<{page["next"]}>; rel="next"'
        address = page["next"]
    assert len(codes) == len(set(codes)) == get(client, first)["total"] == 148


def test_a_page_after_the_last_is_empty_and_still_knows_the_total(client: TestClient) -> None:
    page = get(client, "/api/v1/authorities?parent=25&level=commune&era=current&offset=5000")
    assert (page["data"], page["total"], page["next"], page["reason"]) == ([], 148, None, "no_authority")


@pytest.mark.parametrize(("era", "expected"), [("current", {"current"}), ("former", {"former"})])
def test_the_era_is_kept_to(client: TestClient, era: str, expected: set[str]) -> None:
    rows = get(client, f"/api/v1/authorities?q=dong%20tam&era={era}&limit=50")["data"]
    assert {row["era"] for row in rows} == expected


def test_identity_leads_on_to_both_successors(client: TestClient) -> None:
    (row,) = get(client, "/api/v1/authorities/11203-2024")["data"]
    assert [kin["authority_name"] for kin in row["successors"]] == ["Thị trấn Ninh Giang", "Xã Ninh Giang"]
    assert [kin["steps"] for kin in row["successors"]] == [1, 2]
    assert row["successors"][-1]["province_name"] == "Thành phố Hải Phòng"
    assert (row["parent_name"], row["era"]) == ("Huyện Ninh Giang", "former")


def test_identity_leads_back_to_the_predecessors(client: TestClient) -> None:
    (row,) = get(client, "/api/v1/authorities/11203")["data"]
    assert "11203-2024" in [kin["authority_code"] for kin in row["predecessors"]]
    assert row["has_figures"] is False


def test_results_of_binh_giang_are_as_the_contract_shows(client: TestClient) -> None:
    answer = get(client, "/api/v1/authorities/296/results")
    (row,) = answer["data"]
    shown = {key: row[key] for key in ("authority_code", "first_day", "last_day", "record_kind", "field")}
    assert shown == {
        "authority_code": "296",
        "first_day": None,
        "last_day": "2023-12-11",
        "record_kind": "published",
        "field": None,
    }
    counts = row["counts"]
    assert {name: counts[name] for name in ("handled", "on_time", "late", "resolved", "unexplained")} == {
        "handled": 43462,
        "on_time": 43250,
        "late": 60,
        "resolved": 43310,
        "unexplained": 152,
    }
    assert counts["early"] is None
    assert row["derived_counts"] == ["resolved"]
    assert set(row["rates"]["resolved"]) == RATE_KEYS
    assert row["rates"]["resolved"]["rate"] == pytest.approx(0.99861, abs=1e-5)
    assert row["rates"]["resolved"]["low"] == pytest.approx(0.9982, abs=5e-5)
    assert row["rates"]["resolved"]["high"] == pytest.approx(0.9989, abs=5e-5)
    assert row["rates"]["accountable"] == {
        **dict.fromkeys(RATE_KEYS),
        "reason": "missing_counts",
        "missing": ["overdue"],
    }
    assert (row["published_rate"], row["published_rate_definition"]) == (0.999, "not_late")
    assert row["observed_at"] == "2023-12-11T00:54:42+07:00"
    assert [source["source_id"] for source in answer["sources"]] == [row["source_id"]]
    assert answer["as_of"] == "2023-12-11"
    assert len(answer["definitions"]) == 7


@pytest.mark.parametrize(
    ("code", "definition", "percent"),
    [
        ("296", "resolved", 99.86),
        ("296", "handled", 99.51),
        ("296", "not_late", 99.86),
        ("11203-2024", "resolved", 100.0),
        ("25", "portal", 88.42),
    ],
)
def test_worked_examples(client: TestClient, code: str, definition: str, percent: float) -> None:
    rate = whole(client, code)["rates"][definition]["rate"]
    assert round(rate * 100, 2) == percent


def code_of(name: str) -> str:
    return str(questions.find(name, Scope(limit=1)).rows[0]["authority_code"])


def test_vinh_thuan_whole_and_land(client: TestClient) -> None:
    code = code_of("huyện vĩnh thuận")
    counts, rates = whole(client, code)["counts"], whole(client, code)["rates"]
    parts = ("handled", "early", "on_due_date", "late", "withdrawn")
    assert [counts[part] for part in parts] == [1210, 1096, 85, 7, 22]
    assert round(rates["resolved"]["rate"] * 100, 2) == 99.41
    assert round(rates["handled"]["rate"] * 100, 2) == 97.60
    (land,) = get(client, f"/api/v1/authorities/{code}/results?by=field")["data"]
    assert land["field"] == "land"
    assert round(land["rates"]["handled"]["rate"] * 100, 2) == 82.55
    assert land["rates"]["resolved"] == {
        **dict.fromkeys(RATE_KEYS),
        "reason": "missing_counts",
        "missing": ["late"],
    }


def test_the_share_resolved_of_kien_xuong_is_no_rate(client: TestClient) -> None:
    row = whole(client, "343")
    assert (row["counts"]["received"], row["counts"]["resolved"]) == (1932, 1745)
    assert {rate["rate"] for rate in row["rates"].values()} == {None}
    assert row["published_rate"] is None


def test_no_dossiers_is_not_zero_percent(client: TestClient) -> None:
    row = whole(client, code_of("thanh tra tỉnh phú thọ"))
    portal = row["rates"]["portal"]
    assert (portal["rate"], portal["reason"], portal["numerator"], portal["denominator"]) == (
        None,
        "no_dossiers",
        0,
        0,
    )


def test_scores_of_dong_tam(client: TestClient) -> None:
    answer = get(client, "/api/v1/authorities/11203-2024/scores?index=par_commune_haiduong&edition=2022")
    total, *criteria = answer["data"]
    assert (total["score"], total["max_score"], total["published_rank"], total["published_rank_of"]) == (
        87.75,
        100,
        9,
        20,
    )
    assert total["rank_rule"] == "competition"
    assert len(criteria) == 10
    assert round(sum(row["score"] for row in criteria), 3) == 87.747
    weak = [row for row in criteria if row["score_share"] < 0.75]
    assert [(row["score"], row["max_score"]) for row in weak] == [(5, 7)]
    assert {row["computed_rank"] for row in answer["data"]} == {None}


def test_scores_are_written_without_float_noise(client: TestClient) -> None:
    text = client.get("/api/v1/authorities/11203-2024/scores").text
    assert '"score": 87.75,' in text
    assert '"points_lost": 12.25,' in text


@pytest.mark.slow
def test_computed_ranks_of_the_provinces_are_the_published_ones(client: TestClient) -> None:
    ranks = []
    for province in get(client, "/api/v1/compare?parent=VN")["data"]:
        address = f"/api/v1/authorities/{province['authority_code']}/scores"
        ranks += [
            (row["computed_rank"], row["published_rank"], row["computed_rank_of"])
            for row in get(client, f"{address}?index=service_quality_index")["data"]
            if row["criterion_code"] == "TOTAL" and row["source_id"] == "portal-766-2025-10"
        ]
    assert len(ranks) == 2 * 34
    assert all(computed == published and of == 34 for computed, published, of in ranks)


def test_phu_tho_compares_its_communes(client: TestClient) -> None:
    answer = get(client, "/api/v1/compare?parent=25&definition=portal")
    assert Counter(row["band"] for row in answer["data"]) == {
        "clearly_below": 4,
        "leaning_below": 5,
        "as_expected": 136,
        "leaning_above": 3,
    }
    contract = {
        "authority_code",
        "authority_name",
        "level",
        "numerator",
        "denominator",
        "rate",
        "low",
        "high",
        "band",
        "rank",
        "rank_of",
        "record_kind",
    }
    assert all(contract <= set(row) for row in answer["data"])
    assert {(row["level"], row["last_day"], row["definition_code"]) for row in answer["data"]} == {
        ("commune", "2026-09-26", "portal")
    }
    assert answer["as_of"] == "2026-09-26"
    assert [definition["definition_code"] for definition in answer["definitions"]] == ["portal"]


def test_the_group_of_a_comparison_and_its_parent(client: TestClient) -> None:
    group = get(client, "/api/v1/compare?parent=25&definition=portal")["group"]
    assert group["rate"] == group["numerator"] / group["denominator"]
    assert (group["parent_numerator"], group["parent_denominator"]) == (528684, 597918)
    assert (group["target"], group["reference_rate"]) == (None, 0.95)
    assert (round(group["phi"], 1), round(group["tau"] * 100, 2)) == (38.2, 2.77)
    assert 0.94 < group["median"] < 0.95


def test_communes_and_departments_of_phu_tho_sum_to_the_province(client: TestClient) -> None:
    levels = [get(client, f"/api/v1/compare?parent=25&level={level}") for level in ("commune", "department")]
    rows = [row for answer in levels for row in answer["data"]]
    assert sum(row["denominator"] for row in rows if row["denominator"] is not None) == 597918
    assert sum(row["numerator"] for row in rows if row["numerator"] is not None) == 528684


def test_the_nation_compares_its_provinces(client: TestClient) -> None:
    answer = get(client, "/api/v1/compare?parent=VN")
    assert len(answer["data"]) == 34
    assert {row["level"] for row in answer["data"]} == {"province"}


def test_a_place_with_one_child_with_figures_has_nothing_to_compare(client: TestClient) -> None:
    answer = get(client, "/api/v1/compare?parent=30")
    assert (answer["data"], answer["group"], answer["reason"]) == ([], None, "nothing_to_compare")
    assert answer["detail_vi"].startswith("Chưa so sánh được")


def test_a_comparison_that_does_not_exist_names_those_that_do(client: TestClient) -> None:
    answer = get(client, "/api/v1/compare?parent=25&definition=resolved")
    assert (answer["data"], answer["reason"]) == ([], "no_such_comparison")
    assert {"portal"} == {choice["definition_code"] for choice in answer["choices"]}


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("by=month", "no_dossiers"),
        ("by=procedure", "no_dossiers"),
        ("record_kind=dossiers", "no_dossiers"),
        ("by=channel", "no_such_report"),
        ("from=2023-01-01", "no_such_report"),
        ("to=2020-01-01", "no_such_report"),
    ],
)
def test_empty_results_say_why(client: TestClient, query: str, reason: str) -> None:
    answer = get(client, f"/api/v1/authorities/296/results?{query}")
    assert (answer["data"], answer["reason"]) == ([], reason)
    assert answer["detail"]
    assert answer["detail_vi"]


def test_an_authority_without_figures_says_so(client: TestClient) -> None:
    for part, reason in (
        ("results", "no_report"),
        ("scores", "no_score"),
        ("indicators", "no_indicator"),
    ):
        answer = get(client, f"/api/v1/authorities/11203/{part}")
        assert (answer["data"], answer["reason"]) == ([], reason)


def test_indicators_come_with_their_source(client: TestClient) -> None:
    answer = get(client, "/api/v1/authorities/343/indicators")
    assert {row["authority_code"] for row in answer["data"]} == {"343"}
    assert {row["source_id"] for row in answer["data"]} == {one["source_id"] for one in answer["sources"]}


def test_indices_hold_their_criteria_and_grades(client: TestClient) -> None:
    (row,) = get(client, "/api/v1/indices?index=par_commune_haiduong")["data"]
    parts = [part["max_score"] for part in row["criteria"] if part["parent_criterion_code"] == "TOTAL"]
    assert (len(parts), sum(parts), row["scale_max"]) == (10, 100, 100)
    assert [grade["grade_code"] for grade in row["grades"]] == ["hoan-thanh-tot"]


def test_an_index_known_only_by_its_grades_is_there(client: TestClient) -> None:
    (row,) = get(client, "/api/v1/indices?index=par_commune_hue")["data"]
    assert (row["edition"], row["criteria"]) == (None, [])
    assert len(row["grades"]) == 5


def test_checks_show_what_does_not_add_up(client: TestClient) -> None:
    rows = get(client, "/api/v1/checks")["data"]
    kinds = Counter(row["kind"] for row in rows)
    assert set(kinds) == {"remainder", "oddity", "score_sum", "check_run"}
    remainders = {(row.get("authority_code"), row.get("difference")) for row in rows}
    assert {("296", 152), ("52", 143), ("52", 1992)} <= remainders
    (score_sum,) = [row for row in rows if row["kind"] == "score_sum"]
    assert (score_sum["authority_code"], score_sum["difference"]) == ("11203-2024", 0.003)
    assert all(row["rows_examined"] > 0 for row in rows if row["kind"] == "check_run")


def test_checks_of_one_authority(client: TestClient) -> None:
    rows = get(client, "/api/v1/checks?authority_code=296&kind=remainder")["data"]
    assert [(row["total_name"], row["total"], row["parts_sum"]) for row in rows] == [
        ("handled", 43462, 43310)
    ]


def test_the_root_tells_what_there_is(client: TestClient) -> None:
    answer = get(client, "/api/v1/")
    paths = {row["path"] for row in answer["data"]}
    assert {"/api/v1/compare", "/api/v1/authorities/{authority_code}/results"} <= paths
    assert answer["holds"]["authorities"] > 15_000
    assert len(answer["definitions"]) == 7


def test_every_source_that_figures_name_is_listed(client: TestClient) -> None:
    listed = {row["source_id"] for row in get(client, "/api/v1/sources")["data"]}
    used = {row["source_id"] for row in get(client, "/api/v1/compare?parent=25")["data"] if row["source_id"]}
    assert used
    assert used <= listed
