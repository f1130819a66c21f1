"""Report forms and index tables: what was published comes in as it stands, every row accounted for."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dunghen.intake import dossiers, forms
from dunghen.intake.errors import UnusableError
from dunghen.intake.forms import Extracted, FormOptions
from dunghen.intake.lists import InForce
from dunghen.intake.mappings import Mapping
from tests.intake.specimens import small_data

ROOT = Path(__file__).resolve().parents[2]
INTAKE = ROOT / "dunghen" / "intake"
Row = dict[str, Any]

TITLES = [
    "Biểu số II.06a/VPCP/KSTT",
    "Đơn vị báo cáo: UBND tỉnh Phú Thọ",
    "Kỳ báo cáo: Quý III/2025 (Từ ngày 01/07/2025 đến ngày 30/09/2025)",
]
# Phú Thọ, what Bình Giang and Đồng Tâm lay in, the place of Bến Thành, and two that have a Tân Lập
PLACES = ("25", "30", "299", "79", "44", "68")
OFFICE = FormOptions(
    source_id="s-form",
    authority_code="25",
    first_day=dt.date(2025, 7, 1),
    last_day=dt.date(2025, 9, 30),
    coverage="own",
)


def mapping(**more: Any) -> Mapping:
    given: Row = {
        "name": "thu",
        "title_vi": "Thử",
        "title_en": "A trial",
        "record": "reports",
        "recognise": ("Đơn vị",),
        "thousands_mark": ".",
    }
    return Mapping.model_validate(given | more)


FORM_COLUMNS = {
    "row_label": "STT",
    "field": "Lĩnh vực",
    "received_and_carried_over": "3",
    "received_online": "4",
    "received_offline": "5",
    "carried_over": "6",
    "resolved": "7",
    "early": "8",
    "on_due_date": "9",
    "late": "10",
    "open_total": "11",
    "in_progress": "12",
    "overdue": "13",
}
FORM = mapping(
    columns=FORM_COLUMNS,
    authority={"by": "name"},
    totals=["TỔNG CỘNG", "Tổng số"],
    date_formats=["%d/%m/%Y"],
    titles={
        "authority": r"Đơn vị báo cáo: *(.+)",
        "first_day": r"[Tt]ừ ngày (\S+)",
        "last_day": r"đến ngày ([0-9/]+)",
    },
)
LAND = ("1", "Đất đai", "1.234", "1.000", "200", "34", "1200", "1100", "90", "10", "34", "30", "4")
CIVIL = ("2", "HỘ  TỊCH", "66", "60", "6", "0", "66", "66", "0", "0", "0", "0", "0")
WHOLE = (None, "TỔNG CỘNG", "1300", "1060", "206", "34", "1266", "1166", "90", "10", "34", "30", "4")
PORTAL = mapping(
    columns={
        "authority": "unitCode",
        "portal_total": "total",
        "portal_on_time": "onTime",
        "average_days": "averageDays",
    },
    authority={"by": "portal_code"},
    decimal_mark=".",
    thousands_mark="",
    constants={"coverage": "by_level", "period_label": "năm 2026 đến khoảng 26/09/2026"},
)


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    data = small_data(tmp_path_factory.mktemp("data"), lying_in=PLACES)
    with duckdb.connect() as connection:
        dossiers.read_lists(connection, InForce(data, ROOT / "no-store"))
        connection.execute((INTAKE / "dossier_macros.sql").read_text(encoding="utf-8"))
        connection.execute("INSERT INTO reference.source (source_id) VALUES ('s-form')")
        yield connection


def stage(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[str], rows: Sequence[Sequence[str | None]]
) -> None:
    listed = ", ".join(f'"{name}" VARCHAR' for name in columns)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE staged_table ({listed})")
    if rows:
        marks = ", ".join("?" for _ in columns)
        connection.executemany(f"INSERT INTO staged_table VALUES ({marks})", rows)  # noqa: S608 - question marks
    connection.execute("CREATE OR REPLACE TEMP VIEW staged AS FROM staged_table")


def read(
    connection: duckdb.DuckDBPyConnection,
    by: Mapping,
    rows: Sequence[Sequence[str | None]],
    options: FormOptions = OFFICE,
    titles: Sequence[str] = (),
) -> Extracted:
    stage(connection, tuple(by.staged), rows)
    reader = forms.read_scores if by.record == "scores" else forms.read_reports
    found = reader(connection, "staged", by, titles, options)
    assert found.rows_read == found.rows_loaded + found.rows_quarantined + found.rows_repeated
    assert found.rows_read + found.rows_passed_over == len(rows)
    return found


def loaded(connection: duckdb.DuckDBPyConnection, found: Extracted) -> list[Row]:
    relation = connection.table(found.rows)
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def faults(connection: duckdb.DuckDBPyConnection, found: Extracted) -> set[tuple[int, str | None, str]]:
    return set(connection.table(found.quarantined).fetchall())


def known(row: Row) -> Row:
    return {name: value for name, value in row.items() if value is not None}


def test_a_form_comes_in_as_it_stands(connection: duckdb.DuckDBPyConnection) -> None:
    found = read(connection, FORM, [LAND, CIVIL, WHOLE], FormOptions(source_id="s-form"), TITLES)

    rows = loaded(connection, found)
    assert [row["field"] for row in rows] == ["land", "civil_status", None]
    assert known(rows[0]) == {
        "report_id": "s-form-25-2025-07-01-2025-09-30-unknown-land",
        "authority_code": "25",
        "source_id": "s-form",
        "first_day": dt.date(2025, 7, 1),
        "last_day": dt.date(2025, 9, 30),
        "period_label": "quý III/2025",
        "coverage": "unknown",
        "field": "land",
        "counts_basis": "published",
        "carried_over": 34,
        "received_online": 1000,
        "received_offline": 200,
        "received_and_carried_over": 1234,
        "early": 1100,
        "on_due_date": 90,
        "late": 10,
        "resolved": 1200,
        "in_progress": 30,
        "overdue": 4,
        "open_total": 34,
    }
    assert rows[2]["resolved"] == 1266
    assert (found.rows_loaded, found.notices) == (3, ())


@pytest.mark.slow
def test_the_rows_fit_the_warehouse(connection: duckdb.DuckDBPyConnection) -> None:
    schema = (ROOT / "dunghen" / "warehouse" / "schema.sql").read_text(encoding="utf-8")
    with duckdb.connect() as warehouse:
        warehouse.execute(schema)
        report = [(name, kind) for name, kind, *_ in warehouse.execute("DESCRIBE report").fetchall()]
        score = [(name, kind) for name, kind, *_ in warehouse.execute("DESCRIBE score").fetchall()]
    found = read(connection, FORM, [LAND], OFFICE)
    assert [(n, k) for n, k, *_ in connection.execute(f"DESCRIBE {found.rows}").fetchall()] == report
    found = read(connection, WIDE, [], SCORED)
    assert [(n, k) for n, k, *_ in connection.execute(f"DESCRIBE {found.rows}").fetchall()] == score


def test_options_beat_the_titles(connection: duckdb.DuckDBPyConnection) -> None:
    options = FormOptions(
        source_id="s-form",
        authority_code="09025",
        first_day=dt.date(2026, 1, 1),
        last_day=dt.date(2026, 1, 31),
        coverage="own",
        as_of=dt.date(2026, 2, 3),
    )
    (row,) = loaded(connection, read(connection, FORM, [LAND], options, TITLES))
    assert (row["authority_code"], row["period_label"]) == ("09025", "tháng 1/2026")
    assert (row["report_id"], row["observed_at"]) == (
        "s-form-09025-2026-01-01-2026-01-31-land",
        "2026-02-03",
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        ("2026-02-01", "2026-02-28", "tháng 2/2026"),
        ("2024-02-01", "2024-02-28", "từ 01/02/2024 đến 28/02/2024"),
        ("2025-10-01", "2025-12-31", "quý IV/2025"),
        ("2025-02-01", "2025-04-30", "từ 01/02/2025 đến 30/04/2025"),
        ("2025-01-01", "2025-12-31", "năm 2025"),
        (None, "2025-12-11", "đến 11/12/2025"),
    ],
)
def test_periods_have_the_names_people_use(
    connection: duckdb.DuckDBPyConnection, first: str | None, last: str, label: str
) -> None:
    options = FormOptions(
        source_id="s-form",
        authority_code="25",
        first_day=dt.date.fromisoformat(first) if first else None,
        last_day=dt.date.fromisoformat(last),
    )
    (row,) = loaded(connection, read(connection, FORM, [LAND], options))
    assert row["period_label"] == label


def test_a_total_that_its_rows_miss_is_told_and_kept(connection: duckdb.DuckDBPyConnection) -> None:
    wrong = (*WHOLE[:6], "1.270", *WHOLE[7:])
    found = read(connection, FORM, [LAND, CIVIL, wrong])

    assert [notice.values for notice in found.notices] == [
        {"column": "resolved", "total": 1270, "parts_sum": 1266}
    ]
    assert "đã giải quyết" in found.notices[0].text()
    assert "resolved" in found.notices[0].text("en")
    whole = loaded(connection, found)[2]
    assert whole["resolved"] == 1270
    assert "1.270" in whole["note_vi"]
    assert "1,266" in whole["note_en"]
    assert loaded(connection, found)[0]["note_vi"] is None


def test_a_total_in_the_number_column_is_one(connection: duckdb.DuckDBPyConnection) -> None:
    found = read(connection, FORM, [LAND, ("Tổng số", None, *LAND[2:])])
    assert [row["field"] for row in loaded(connection, found)] == ["land", None]
    assert found.notices == ()


def test_a_count_that_a_row_leaves_out_leaves_nothing_to_compare(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    found = read(connection, FORM, [LAND, (*CIVIL[:12], None), (*WHOLE[:12], "99")])
    assert found.notices == ()


@pytest.mark.slow
def test_rows_without_figures_are_passed_over(connection: duckdb.DuckDBPyConnection) -> None:
    blank = (None,) * 11
    signature = (None, "NGƯỜI LẬP BIỂU", *(None,) * 7, "THỦ TRƯỞNG ĐƠN VỊ", None, None, None)
    heading = ("I", "Lĩnh vực cấp tỉnh", *blank)
    found = read(connection, FORM, [heading, LAND, CIVIL, WHOLE, signature])
    assert (found.rows_loaded, found.rows_passed_over, found.rows_quarantined) == (3, 2, 0)
    assert [(notice.key, notice.values) for notice in found.notices] == [("passed_over", {"rows": 2})]
    # above the total a word among the counts is a mistake to mend
    found = read(connection, FORM, [signature, LAND])
    assert {reason for _, _, reason in faults(connection, found)} == {"unreadable_number", "unknown_field"}


GROUP = ("A", "TTHC thuộc thẩm quyền của UBND xã")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows", "groups"),
    [
        ([(*GROUP, *WHOLE[2:]), LAND, CIVIL, WHOLE], 1),
        ([("I", "Thủ tục hành chính cấp tỉnh", *LAND[2:]), LAND, ("II.", *GROUP[1:], *CIVIL[2:]), CIVIL], 2),
        ([(*GROUP, *WHOLE[2:]), ("I", GROUP[1], *LAND[2:]), LAND, ("II", GROUP[1], *CIVIL[2:]), CIVIL], 3),
        ([LAND, CIVIL, WHOLE, ("b)", *GROUP[1:], *("0",) * 11)], 1),
    ],
)
def test_rows_that_add_up_a_group_of_fields_are_passed_over_and_told(
    connection: duckdb.DuckDBPyConnection, rows: list[Sequence[str | None]], groups: int
) -> None:
    found = read(connection, FORM, rows)

    assert [row["field"] for row in loaded(connection, found)][:2] == ["land", "civil_status"]
    assert (found.rows_passed_over, found.rows_quarantined) == (groups, 0)
    assert [(notice.key, notice.values) for notice in found.notices] == [("group_sums", {"rows": groups})]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("row", "fault"),
    [
        # what it says is in no row below
        ((*GROUP, *LAND[2:]), "unknown_field"),
        (("3", GROUP[1], *WHOLE[2:]), "unknown_field"),
        ((None, GROUP[1], *WHOLE[2:]), "unknown_field"),
        (("A", "Không có lĩnh vực này", *WHOLE[2:]), "unknown_field"),
        ((*GROUP, "1.3OO", *WHOLE[3:]), "unreadable_number"),
    ],
)
def test_a_row_that_may_be_a_field_is_rejected_not_passed_over(
    connection: duckdb.DuckDBPyConnection, row: tuple[str | None, ...], fault: str
) -> None:
    rows = [row, CIVIL, WHOLE] if row[2:] == LAND[2:] else [row, LAND, CIVIL, WHOLE]
    found = read(connection, FORM, rows)

    assert (found.rows_passed_over, found.rows_quarantined) == (0, 1)
    assert fault in {reason for _, _, reason in faults(connection, found)}


def test_a_field_that_is_known_is_one_whatever_its_number(connection: duckdb.DuckDBPyConnection) -> None:
    own = FORM.model_copy(update={"codes": {"field": {GROUP[1]: "land"}}})
    found = read(connection, own, [(*GROUP, *CIVIL[2:]), CIVIL])

    assert [row["field"] for row in loaded(connection, found)] == ["land", "civil_status"]


@pytest.mark.parametrize(
    ("place", "cell", "fault"),
    [
        (7, "1.2.3", (1, "early", "unreadable_number")),
        (7, "1,100", (1, "early", "count_with_fraction")),
        (7, "1100,5", (1, "early", "count_with_fraction")),
        (7, "-5", (1, "early", "unreadable_number")),
        (7, "12%", (1, "early", "unreadable_number")),
        (7, "99999999999999999999", (1, "early", "unreadable_number")),
        (1, "Không có lĩnh vực này", (1, "field", "unknown_field")),
        (1, None, (1, "field", "missing_value")),
        (7, "1201", (1, None, "part_over_total")),
        (12, "35", (1, None, "part_over_total")),
        (2, "1189", (1, None, "part_over_total")),
        (1, "001099000001", (1, "field", "looks_personal")),
        (1, "mau@vi-du.example", (1, "field", "looks_personal")),
        (7, "0912 345 678", (1, "early", "looks_personal")),
    ],
)
def test_a_row_that_cannot_be_is_named_by_place(
    connection: duckdb.DuckDBPyConnection, place: int, cell: str | None, fault: tuple[int, str | None, str]
) -> None:
    spoilt = (*LAND[:place], cell, *LAND[place + 1 :])
    found = read(connection, FORM, [CIVIL, spoilt])
    assert fault in faults(connection, found)
    assert {ordinal for ordinal, _, _ in faults(connection, found)} == {1}
    assert [row["field"] for row in loaded(connection, found)] == ["civil_status"]


def test_a_repeat_changes_nothing_and_two_versions_hold_neither(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    found = read(connection, FORM, [LAND, CIVIL, LAND, WHOLE])
    assert (found.rows_loaded, found.rows_repeated, found.notices) == (3, 1, ())

    other = (*LAND[:12], "3")
    found = read(connection, FORM, [LAND, CIVIL, other])
    assert faults(connection, found) == {(0, None, "two_versions"), (2, None, "two_versions")}
    assert [row["field"] for row in loaded(connection, found)] == ["civil_status"]


def published(name: str, source_id: str) -> list[Row]:
    with (ROOT / "data" / name).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["source_id"] == source_id]


def test_the_portals_export_of_phu_tho_gives_the_figures_published(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    source = "portal-2026-09-26-phu-tho"
    rows = published("published/reports.csv", source)
    codes = {row["authority_code"]: row["report_id"].rsplit("-", 1)[1] for row in rows}
    assert len(rows) == 164
    export = [
        (codes[row["authority_code"]], row["portal_total"], row["portal_on_time"], row["average_days"])
        for row in rows
    ]
    options = FormOptions(
        source_id=source,
        first_day=dt.date(2026, 1, 1),
        last_day=dt.date(2026, 9, 26),
        as_of=dt.date(2026, 9, 26),
    )
    found = read(connection, PORTAL, export, options)

    assert (found.rows_loaded, found.notices) == (164, ())
    kept_apart = ("report_id", "published_rate", "published_rate_definition", "note_vi", "note_en")
    for row, expected in zip(loaded(connection, found), rows, strict=True):
        told = {name: value for name, value in expected.items() if value and name not in kept_apart}
        given = {name: str(value) for name, value in known(row).items() if name not in kept_apart}
        assert {**given, "average_days": float(given["average_days"])} == {
            **told,
            "average_days": float(told["average_days"]),
        }


def test_a_total_of_authorities_is_checked_and_not_loaded(connection: duckdb.DuckDBPyConnection) -> None:
    by = PORTAL.model_copy(update={"totals": ("Tổng",)})
    rows = [
        ("H44.01", "161", "156", "6.82"),
        ("H44.03", "1840", "1689", "6.01"),
        ("TỔNG", "2002", "1845", "6"),
    ]
    found = read(connection, by, rows)
    assert [notice.values["total"] for notice in found.notices] == [2002]
    assert [row["authority_code"] for row in loaded(connection, found)] == ["H44.01", "H44.03"]


def test_the_box_of_a_web_site(connection: duckdb.DuckDBPyConnection) -> None:
    box = mapping(
        columns={
            "handled": "Số hồ sơ xử lý",
            "on_time": "Trước & đúng hạn",
            "late": "Trễ hạn",
            "published_rate": "Tỷ lệ",
            "observed_at": "Cập nhật lúc",
        },
        date_formats=["%d/%m/%Y %H:%M:%S"],
        decimal_mark=".",
        thousands_mark=",",
        constants={"published_rate_definition": "not_late"},
    )
    options = FormOptions(source_id="s-form", authority_code="296", last_day=dt.date(2023, 12, 11))
    (row,) = loaded(
        connection,
        read(connection, box, [("43,462", "43250", "60", "99.9%", "11/12/2023 00:54:42")], options),
    )
    (expected,) = published("published/reports.csv", "seed-000-widget")
    assert [str(row[name]) for name in ("handled", "on_time", "late", "observed_at")] == [
        expected[name] for name in ("handled", "on_time", "late", "observed_at")
    ]
    assert row["published_rate"] == Decimal(expected["published_rate"])
    assert (row["published_rate_definition"], row["first_day"], row["resolved"]) == ("not_late", None, None)
    assert row["verbatim"] is None

    found = read(connection, box, [("1", "1", "0", "101%", "11/13/2023 00:00:00")], options)
    assert faults(connection, found) == {
        (0, "published_rate", "rate_out_of_range"),
        (0, "observed_at", "unreadable_date"),
    }


NAMED = PORTAL.model_copy(
    update={
        "authority": mapping(
            columns={"authority": "Đơn vị", "late": "10"}, authority={"by": "name", "parent": "25"}
        ).authority
    }
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Tỉnh Phú Thọ", "25"),
        ("UBND tỉnh Phú Thọ", "25"),
        ("Ủy ban nhân dân xã Yên Lạc", "09025"),
        ("PHƯỜNG  VIỆT TRÌ", "07900"),
        ("phuong viet tri", "07900"),
        ("Xã Đồng Tâm", None),
        ("Phường Bến Thành", None),
    ],
)
def test_names_are_found_within_the_parent(
    connection: duckdb.DuckDBPyConnection, name: str, code: str | None
) -> None:
    found = read(connection, NAMED, [(name, "2", "1", "1")])
    assert [row["authority_code"] for row in loaded(connection, found)] == ([code] if code else [])
    assert faults(connection, found) == (set() if code else {(0, "authority", "unknown_authority")})


def test_a_name_that_several_bear_names_none(connection: duckdb.DuckDBPyConnection) -> None:
    everywhere = NAMED.model_copy(update={"authority": NAMED.authority.model_copy(update={"parent": None})})  # type: ignore[union-attr]
    found = read(connection, everywhere, [("Xã Tân Lập", "2", "1", "1")])
    assert faults(connection, found) == {(0, "authority", "ambiguous_authority")}


def test_a_code_names_the_body_that_was_valid_then(connection: duckdb.DuckDBPyConnection) -> None:
    by = mapping(columns={"authority": "Mã", "late": "10"}, authority={"by": "code"})
    past = FormOptions(source_id="s-form", first_day=dt.date(2024, 1, 1), last_day=dt.date(2024, 3, 31))
    now = FormOptions(source_id="s-form", first_day=dt.date(2026, 1, 1), last_day=dt.date(2026, 3, 31))
    rows = [("299", "1")]
    assert loaded(connection, read(connection, by, rows, past))[0]["authority_code"] == "299"
    assert faults(connection, read(connection, by, rows, now)) == {(0, "authority", "unknown_authority")}


@pytest.mark.slow
def test_a_mappings_own_codes_come_first(connection: duckdb.DuckDBPyConnection) -> None:
    by = FORM.model_copy(update={"codes": {"field": {"Nhà đất": "land"}}})
    (row,) = loaded(connection, read(connection, by, [("1", "nhà đất", *LAND[2:])]))
    assert row["field"] == "land"
    by = NAMED.model_copy(update={"codes": {"authority": {"VP UBND tỉnh": "H44.01"}}})
    (row,) = loaded(connection, read(connection, by, [("vp  ubnd TỈNH", "2", "1", "1")]))
    assert row["authority_code"] == "H44.01"


@pytest.mark.parametrize(
    ("options", "titles", "key"),
    [
        (FormOptions(source_id=None), TITLES, "forms.no_source"),
        (FormOptions(source_id="none-such"), TITLES, "forms.unknown_source"),
        (FormOptions(source_id="s-form"), TITLES[2:], "forms.no_authority"),
        (FormOptions(source_id="s-form", authority_code="zz"), TITLES, "forms.unknown_code"),
        (
            FormOptions(source_id="s-form"),
            ["Đơn vị báo cáo: UBND xã Tân Lập", TITLES[2]],
            "forms.title_authority",
        ),
        (FormOptions(source_id="s-form"), TITLES[:2], "forms.no_period"),
        (FormOptions(source_id="s-form"), [TITLES[1], "đến ngày 31/02/2025"], "forms.unreadable_title"),
        (FormOptions(source_id="s-form", first_day=dt.date(2026, 1, 1)), TITLES, "forms.days_in_wrong_order"),
    ],
)
def test_a_table_that_cannot_be_used_says_what_is_missing(
    connection: duckdb.DuckDBPyConnection, options: FormOptions, titles: Sequence[str], key: str
) -> None:
    with pytest.raises(UnusableError) as stopped:
        read(connection, FORM, [LAND], options, titles)
    assert stopped.value.sentences[0][0] == key


SCORED = FormOptions(source_id="s-form")
CRITERIA = ("CKMB", "TDGQ", "CLGQ", "TTTT", "MDHL", "MDSH", "TOTAL")
WIDE = mapping(
    record="scores",
    layout="wide",
    columns={"authority": "Tỉnh", "rank": "STT"},
    authority={"by": "portal_code"},
    index_code="service_quality_index",
    edition="2025",
    score_kind="published",
    decimal_mark=".",
    thousands_mark="",
    criteria={code: code for code in CRITERIA},
    constants={"rank_rule": "row_number", "period_label": "Điểm năm 2025 (đến tháng 10)"},
)
LONG = mapping(
    record="scores",
    layout="long",
    columns={
        "criterion": "Tiêu chí",
        "score": "Điểm",
        "max_score": "Tối đa",
        "rank": "Hạng",
        "rank_of": "Trong",
    },
    index_code="par_commune_haiduong",
    edition="2022",
    score_kind="published",
    totals=["Cộng"],
    constants={"rank_rule": "dense"},
)


def test_the_wide_table_of_766_gives_the_scores_published(connection: duckdb.DuckDBPyConnection) -> None:
    of_year = [
        row
        for row in published("indices/scores.csv", "portal-766-2025-10")
        if row["first_day"] == "2025-01-01"
    ]
    portal = {code: key for key, code in _portal_codes().items()}
    provinces: dict[str, Row] = {}
    for row in of_year:
        provinces.setdefault(row["authority_code"], {})[row["criterion_code"]] = row
    export = [
        (portal[code], of["TOTAL"]["published_rank"], *(of[one]["score"] for one in CRITERIA))
        for code, of in provinces.items()
    ]
    options = FormOptions(
        source_id="portal-766-2025-10", first_day=dt.date(2025, 1, 1), last_day=dt.date(2025, 10, 31)
    )
    found = read(connection, WIDE, export, options)

    assert (len(export), found.rows_loaded) == (34, 34)
    names = (
        "authority_code",
        "criterion_code",
        "period_label",
        "score_kind",
        "rank_rule",
        "qualifier",
        "source_id",
    )
    assert {
        (*(row[name] or "" for name in names), str(row["published_rank"] or ""), row["score"])
        for row in loaded(connection, found)
    } == {(*(row[name] for name in names), row["published_rank"], Decimal(row["score"])) for row in of_year}


def _portal_codes() -> dict[str, str]:
    with (ROOT / "data" / "registry" / "portal_codes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["portal_code"]: row["authority_code"] for row in rows if not row["portal_code"].startswith("000")
    }


def test_the_long_table_of_dong_tam_gives_the_scores_published(connection: duckdb.DuckDBPyConnection) -> None:
    expected = published("indices/scores.csv", "seed-002-article")
    export = [
        (
            row["criterion_code"],
            row["score"].replace(".", ","),
            None,
            row["published_rank"],
            row["published_rank_of"],
        )
        for row in expected
    ]
    options = FormOptions(source_id="seed-002-article", authority_code="11203-2024")
    found = read(connection, LONG, export, options)
    names = ("authority_code", "criterion_code", "period_label", "score_kind", "source_id")
    assert {
        (*(row[name] for name in names), str(row["published_rank"]), row["score"])
        for row in loaded(connection, found)
    } == {(*(row[name] for name in names), row["published_rank"], Decimal(row["score"])) for row in expected}
    assert {str(row["first_day"]) for row in loaded(connection, found)} == {"2022-01-01"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (("Cải cách thể chế", "4,75", "5", "2", "3"), None),
        (("cai cach the che", "4,7500000000001", "5", None, None), None),
        (("Không có tiêu chí này", "4,75", "5", "2", "3"), (1, "criterion", "unknown_criterion")),
        ((None, "4,75", "5", "2", "3"), (1, "criterion", "missing_value")),
        (("2", "5,01", "5", "2", "3"), (1, "score", "score_over_maximum")),
        (("2", "4,75", "6", "2", "3"), (1, "max_score", "maximum_differs")),
        (("2", "4,7501", "5", "2", "3"), (1, "score", "too_many_decimals")),
        (("2", "4.75", "5", "2", "3"), (1, "score", "unreadable_number")),
        (("2", "4,75", "5", "4", "3"), (1, "rank", "rank_over_number")),
        (("2", "4,75", "5", "1,5", "3"), (1, "rank", "count_with_fraction")),
        (("2", "4,75", "5", "0", "3"), (1, "rank", "unreadable_number")),
        (("1", "4,75", None, "1", "3"), (1, None, "two_versions")),
    ],
)
def test_a_score_that_cannot_be_is_named_by_place(
    connection: duckdb.DuckDBPyConnection,
    row: tuple[str | None, ...],
    fault: tuple[int, str | None, str] | None,
) -> None:
    options = FormOptions(source_id="s-form", authority_code="11203-2024")
    found = read(
        connection, LONG, [("1", "11,84", None, "9", "19"), row, ("Cộng", "16", None, None, None)], options
    )
    wrong = faults(connection, found)
    if fault is None:
        assert wrong == set()
        assert loaded(connection, found)[1]["score"] == Decimal("4.750")
    else:
        assert fault in wrong


def test_an_unknown_edition_is_unusable(connection: duckdb.DuckDBPyConnection) -> None:
    by = LONG.model_copy(update={"edition": "1900"})
    with pytest.raises(UnusableError) as stopped:
        read(connection, by, [("1", "1", None, None, None)], OFFICE)
    assert stopped.value.sentences[0][0] == "forms.unknown_edition"


MARKS = st.sampled_from([(",", "."), (".", ","), (",", ""), (".", " "), (",", " ")])


@pytest.mark.slow
@settings(max_examples=25)
@given(marks=MARKS, counts=st.lists(st.integers(0, 99_999_999), min_size=1, max_size=8))
def test_numbers_are_read_by_the_mappings_marks(
    connection: duckdb.DuckDBPyConnection, marks: tuple[str, str], counts: list[int]
) -> None:
    decimal_mark, thousands_mark = marks
    by = mapping(
        columns={"authority": "Mã", "handled": "n", "average_days": "tb"},
        authority={"by": "code"},
        decimal_mark=decimal_mark,
        thousands_mark=thousands_mark,
    )
    codes = [row[0] for row in connection.table("reference.authority").select("authority_code").fetchall()]
    rows = [
        (code, f"{count:,}".replace(",", thousands_mark), f"{count % 1000}{decimal_mark}25")
        for code, count in zip(codes, counts, strict=False)
    ]
    options = FormOptions(source_id="s-form", last_day=dt.date(2024, 6, 30))
    found = read(connection, by, rows, options)
    kept = {row["authority_code"]: row for row in loaded(connection, found)}
    unknown = {ordinal for ordinal, _, reason in faults(connection, found) if reason == "unknown_authority"}
    assert {ordinal for ordinal, _, _ in faults(connection, found)} == unknown
    for ordinal, (code, count) in enumerate(zip(codes, counts, strict=False)):
        if ordinal not in unknown:
            assert kept[code]["handled"] == count
            assert kept[code]["average_days"] == Decimal(count % 1000) + Decimal("0.25")
