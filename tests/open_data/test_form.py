"""Form II.06a as a workbook: the numbers of the published file in the official places, and nothing more."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dunghen.open_data import routes
from tests.warehouse_fixture import Row, authority, place, published_from, report, source

FIRST, LAST = dt.date(2025, 7, 1), dt.date(2025, 9, 30)
PERIOD = "from=2025-07-01&to=2025-09-30"
LAND = {
    "received_and_carried_over": 1234,
    "received_online": 1000,
    "received_offline": 200,
    "carried_over": 34,
    "resolved": 1200,
    "early": 1100,
    "on_due_date": 90,
    "late": 10,
    "open_total": 34,
    "in_progress": 30,
    "overdue": 4,
}
WHOLE = {name: 2 * amount for name, amount in LAND.items()}
MONTH: Row = {
    "authority_code": "B",
    "coverage": "own",
    "received": 33,
    "received_online": 10,
    "received_in_person": 20,
    "received_postal": 3,
    "early": 15,
    "on_due_date": 5,
    "late": 4,
    "withdrawn": 2,
    "returned": 1,
    "undated_resolved": 0,
    "not_accepted": 6,
    "newly_registered": 7,
    "supplemented": 0,
    "extended": 0,
    "plain_resolved": 24,
    "plain_on_time": 20,
    "on_time_original": 20,
}
STOCK: Row = {"authority_code": "B", "coverage": "own", "undated_open": 1}
MONTHS = [
    (dt.date(2025, month, 1), dt.date(2025, month, last)) for month, last in ((7, 31), (8, 31), (9, 30))
]


def breakdown(item: str, **counts: Any) -> Row:
    kind = {"period_kind": "quarter", "first_day": FIRST, "last_day": LAST}
    return {"authority_code": "B", "coverage": "own", "dimension": "field", "item": item, **kind, **counts}


def of_period(report_id: str, code: str, **more: Any) -> Row:
    return report(report_id, code, **more) | {"first_day": FIRST, "last_day": LAST}


def country() -> dict[str, list[Row]]:
    formula = '=HYPERLINK("http://vi-du.example")'
    tables = place(
        authority("A"),
        authority("B"),
        authority("C", authority_name=formula),
        authority("D", illustrative=True),
        authority("E"),
    )
    tables["source"] = [source(), source("ho-so", "office", verification="computed")]
    tables["field"] = [
        {"field": "land", "field_name_vi": "Đất đai", "field_name_en": "Land"},
        {"field": "civil_status", "field_name_vi": "Hộ tịch", "field_name_en": "Civil status"},
    ]
    tables["report"] = [
        of_period("a-land", "A", field="land", **LAND),
        of_period("a", "A", **WHOLE, note_vi="Ghi chú", note_en="A note"),
        of_period("a-area", "A", coverage="area", resolved=7, late=1),
        of_period("c", "C", field="civil_status", on_time=5, late=0),
        of_period("d", "D", **LAND),
    ]
    tables["dossier_source"] = [{"authority_code": code, "source_id": "ho-so"} for code in ("B", "E")]
    tables["flow"] = [
        {**MONTH, "authority_code": code, "month": first, "last_day": last}
        for code in ("B", "E")
        for first, last in MONTHS
    ]
    tables["stock"] = [
        {
            **STOCK,
            "authority_code": code,
            "month": first,
            "last_day": last,
            "carried_over": opened + n,
            "in_progress": 30 + n,
            "overdue": 8 + n,
        }
        for code, opened in (("B", 40), ("E", 0))
        for n, (first, last) in enumerate(MONTHS)
    ]
    tables["breakdown"] = [
        breakdown(
            "civil_status",
            carried_over=10,
            received_online=30,
            received_offline=30,
            received=60,
            early=40,
            on_due_date=10,
            on_time=50,
            late=10,
            resolved=60,
            in_progress=7,
            overdue=3,
            open_total=10,
            under_5="overdue",
            hidden="in_progress",
        ),
        breakdown("land", under_5="carried_over,received", hidden="resolved"),
        breakdown("unknown", carried_over=0, received=5, received_online=5, received_offline=0, on_time=7),
    ]
    for row in tables["breakdown"]:
        for name in (*(row.get("under_5") or "").split(","), *(row.get("hidden") or "").split(",")):
            row.pop(name, None)
    return tables


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = published_from(tmp_path_factory.mktemp("form") / "published.duckdb", country())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUNGHEN_DATABASE", str(path))
        yield TestClient(Starlette(routes=routes))


def address(code: str, query: str = PERIOD) -> str:
    return f"/api/v1/authorities/{code}/form-ii06a.xlsx?{query}"


def sheet(client: TestClient, code: str, query: str = PERIOD) -> list[list[Any]]:
    answer = client.get(address(code, query))
    assert answer.status_code == 200, answer.text
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def table(rows: list[list[Any]]) -> list[list[Any]]:
    """The rows below the line of numbers, up to the first blank one."""
    start = next(n for n, row in enumerate(rows) if row[0] == "(1)") + 1
    end = next(n for n in range(start, len(rows)) if not any(cell != "" for cell in rows[n]))
    return rows[start:end]


def text(rows: list[list[Any]]) -> str:
    return "\n".join(str(row[0]) for row in rows)


def test_a_published_form_has_its_numbers_in_their_places(client: TestClient) -> None:
    rows = sheet(client, "A")
    assert table(rows) == [
        ["1", "Đất đai", *map(float, LAND.values())],
        ["", "TỔNG CỘNG", *map(float, WHOLE.values())],
    ]
    top = next(n for n, row in enumerate(rows) if row[0] == "(1)")
    assert rows[top] == [
        *("(1)", "(2)", "(3)=(4)+(5)+(6)", "(4)", "(5)", "(6)", "(7)=(8)+(9)+(10)", "(8)", "(9)", "(10)"),
        *("(11)=(12)+(13)", "(12)", "(13)"),
    ]
    assert rows[top - 3][0:3] == ["Số TT", "Lĩnh vực giải quyết", "Số lượng hồ sơ tiếp nhận"]
    assert rows[top - 2][6:10] == ["Tổng số", "Trước hạn", "Đúng hạn", "Quá hạn"]
    assert rows[top - 1][3:5] == ["Trực tuyến", "Trực tiếp, dịch vụ bưu chính"]
    told = text(rows)
    for words in (
        "Từ ngày 01/07/2025 đến ngày 30/09/2025",
        "Đơn vị báo cáo: Tên A",
        "Ghi chú",
        "Nguồn s",
        "test",
    ):
        assert words in told
    assert "Còn 1 bộ số liệu khác" in told
    assert "MINH HỌA" not in told


def test_headings_are_merged_as_in_the_official_form(client: TestClient) -> None:
    content = client.get(address("A")).content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    top = 8
    for cells in (
        f"A{top}:A{top + 2}",
        f"C{top}:F{top}",
        f"D{top + 1}:E{top + 1}",
        f"G{top}:J{top}",
        f"K{top}:M{top}",
    ):
        assert f'ref="{cells}"' in page
    assert "<f>" not in page


def test_from_dossiers_the_total_is_the_plain_sum(client: TestClient) -> None:
    rows = sheet(client, "B")
    whole = table(rows)[-1]
    assert whole == ["", "TỔNG CỘNG", 139.0, 30.0, 69.0, 40.0, 72.0, 45.0, 15.0, 12.0, 42.0, 32.0, 10.0]
    told = text(rows)
    assert "biểu không có cột riêng cho: người dân rút 6; trả lại, dừng xử lý 3" in told
    assert "không nằm trong cột nào: không tiếp nhận 18; mới đăng ký, chưa tiếp nhận 21" in told
    assert "Số liệu tính từ hồ sơ" in told


def test_what_was_open_before_the_first_dossiers_is_said_to_be_left_out(client: TestClient) -> None:
    """E's dossiers begin on 1 July with nothing carried over; B has some from before."""
    told = "không có hồ sơ nào tiếp nhận trước ngày 01/07/2025"
    assert table(sheet(client, "E"))[-1][5] == 0
    assert told in text(sheet(client, "E"))
    assert "no dossier received before 01/07/2025" in text(sheet(client, "E", f"{PERIOD}&lang=en"))
    assert told not in text(sheet(client, "E", "from=2025-08-01&to=2025-09-30"))
    assert told not in text(sheet(client, "B"))


def test_small_numbers_stay_hidden(client: TestClient) -> None:
    rows = {row[1]: row for row in table(sheet(client, "B"))}
    assert list(rows) == ["Đất đai", "Hộ tịch", "Chưa rõ lĩnh vực", "TỔNG CỘNG"]
    assert rows["Hộ tịch"][11:] == ["ẩn", "dưới 5"]
    assert rows["Đất đai"][2:7] == ["ẩn", "", "", "dưới 5", "ẩn"]
    assert "“dưới 5”: từ 1 đến 4 hồ sơ" in text(sheet(client, "B"))
    assert {row[1]: row for row in table(sheet(client, "B", f"{PERIOD}&lang=en"))}["Civil status"][
        12
    ] == "under 5"


def test_what_is_told_in_one_sum_only_is_told_as_that(client: TestClient) -> None:
    """Nothing is hidden in the row without a field: its two columns are blank because they are not parted."""
    assert "Chưa rõ lĩnh vực 7" in text(sheet(client, "B"))


def test_a_run_of_months_has_the_total_alone(client: TestClient) -> None:
    rows = sheet(client, "B", "from=2025-08-01&to=2025-09-30")
    (whole,) = table(rows)
    assert whole[1:7] == ["TỔNG CỘNG", 107.0, 20.0, 46.0, 41.0, 48.0]
    assert "chỉ có cho tháng, quý và năm đã hết" in text(rows)


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("from=2025-01-01&to=2025-09-30", "Từ ngày 01/07/2025 đến ngày 30/09/2025"),
        ("from=2025-01-01&to=2025-12-31", "Từ ngày 01/07/2025 đến ngày 30/09/2025"),
        ("from=2025-08-01&to=2025-12-31", "Từ ngày 01/08/2025 đến ngày 30/09/2025"),
    ],
)
def test_the_running_year_is_given_as_far_as_dossiers_go(client: TestClient, query: str, days: str) -> None:
    """With its true days, in words above the table and in the name of the file; never silently shorter."""
    rows = sheet(client, "B", query)
    given = days.split()[2].split("/")[1]
    exact = sheet(client, "B", f"from=2025-{given}-01&to=2025-09-30")
    assert table(rows) == table(exact)
    assert f"Kỳ báo cáo: {days}" in text(rows)
    first, last = (".*".join(day.split("-")[::-1]) for day in (query[5:15], query[-10:]))
    assert re.search(f"Kỳ được hỏi: từ ngày {first} đến ngày {last}", text(rows))
    assert "Kỳ được hỏi" not in text(exact)
    name = client.get(address("B", query)).headers["content-disposition"]
    assert f"B-2025-{given}-01-2025-09-30.xlsx" in name


def test_a_refusal_links_to_the_form_there_is(client: TestClient) -> None:
    answer = client.get(address("B", "from=2024-07-01&to=2024-09-30")).json()
    link = address("B", "from=2025-07-01&to=2025-09-30&coverage=own")
    assert answer["detail"].endswith(link)
    assert answer["detail_vi"].endswith(link)
    assert client.get(link).status_code == 200
    assert "form-ii06a" not in client.get(address("A", f"{PERIOD}&record_kind=dossiers")).json()["detail"]


def test_what_is_open_by_field_is_said_to_be_told_of_years_only(client: TestClient) -> None:
    """The field "Hộ tịch" has what is open, the others have not; of a total alone there is nothing to say."""
    assert "theo lĩnh vực chỉ nêu theo năm" in text(sheet(client, "B"))
    assert "theo lĩnh vực chỉ nêu theo năm" not in text(sheet(client, "B", "from=2025-08-01&to=2025-09-30"))
    assert "theo lĩnh vực chỉ nêu theo năm" not in text(sheet(client, "A"))


def test_what_was_not_published_is_blank(client: TestClient) -> None:
    rows = sheet(client, "C")
    assert table(rows) == [["1", "Hộ tịch", "", "", "", "", 5.0, "", "", 0.0, "", "", ""]]
    told = text(rows)
    for words in ("Trống không phải là 0", "Hộ tịch 5", "không công bố dòng tổng cộng"):
        assert words in told


def test_no_text_runs_as_a_formula(client: TestClient) -> None:
    with zipfile.ZipFile(io.BytesIO(client.get(address("C")).content)) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
        assert "HYPERLINK" in book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in page
    assert "<hyperlink" not in page


def test_imaginary_figures_say_so_first_and_last(client: TestClient) -> None:
    rows = [row[0] for row in sheet(client, "D")]
    assert "DỮ LIỆU MINH HỌA" in rows[0]
    assert "DỮ LIỆU MINH HỌA" in rows[-1]
    name = client.get(address("D")).headers["content-disposition"]
    assert 'filename="dunghen-du-lieu-minh-hoa-form-ii06a-D-' in name


def test_the_choice_is_the_visitors(client: TestClient) -> None:
    (whole,) = table(sheet(client, "A", f"{PERIOD}&coverage=area"))
    assert whole[6:10] == [7.0, "", "", 1.0]


def test_the_same_snapshot_gives_the_same_bytes(client: TestClient) -> None:
    one, two = client.get(address("A")), client.get(address("A"))
    assert one.content == two.content
    assert one.headers["content-disposition"] == (
        'attachment; filename="dunghen-form-ii06a-A-2025-07-01-2025-09-30.xlsx"'
    )
    again = client.get(address("A"), headers={"If-None-Match": one.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("code", "query", "status", "error"),
    [
        ("zz", PERIOD, 404, "unknown_code"),
        ("A", "from=2025-07-01&to=2025-09-29", 404, "no_form"),
        ("B", "from=2025-07-02&to=2025-09-30", 404, "no_form"),
        ("B", "from=2024-07-01&to=2024-09-30", 404, "no_form"),
        ("A", f"{PERIOD}&record_kind=dossiers", 404, "no_form"),
        ("A", "from=2025-07-01", 422, "missing_last_day"),
        ("A", "to=2025-09-30", 422, "missing_first_day"),
        ("A", "from=2025-10-01&to=2025-09-30", 422, "bad_parameter"),
        ("A", f"{PERIOD}&by=field", 422, "unknown_parameter"),
    ],
)
def test_what_there_is_not_is_told_in_words(
    client: TestClient, code: str, query: str, status: int, error: str
) -> None:
    answer = client.get(address(code, query))
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json()["detail"] != answer.json()["detail_vi"]
