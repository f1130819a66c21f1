"""Numbers from the cell to the store: a number of a workbook or of JSON is one, a text goes by the marks."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dunghen.intake import importing
from dunghen.intake.errors import RefusedError
from dunghen.intake.importing import Done, Job
from dunghen.intake.store import Store
from tests.intake.specimens import (
    Grid,
    as_csv,
    as_json,
    as_xls,
    as_xlsx,
    box_rows,
    long_rows,
    records,
    small_data,
)

pytestmark = pytest.mark.slow

KEY = b"a key of a test: " + b"0123456789abcdef" * 2
OWN = """
name = "cua-toi"
title_vi = "Thử"
title_en = "Trial"
record = "reports"
recognise = ["donVi", "tong"]
decimal_mark = "{decimal}"
thousands_mark = "{thousands}"
[columns]
authority = "donVi"
handled = "tong"
average_days = "ngay"
[authority]
by = "code"
"""
WRITERS: dict[str, Callable[[Grid], bytes]] = {
    "csv": as_csv,
    "xlsx": as_xlsx,
    "xls": as_xls,
    "json": lambda grid: as_json(records(grid)),
}
Bring = Callable[..., Done]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_data(tmp_path_factory.mktemp("data"))


@pytest.fixture
def bring(tmp_path: Path, data: Path) -> Bring:
    """Imports one file; some options are those of every form."""

    def bring(name: str, content: bytes, **more: Any) -> Done:
        path = tmp_path / name
        path.write_bytes(content)
        options: dict[str, Any] = {"source_id": "minh-hoa", "coverage": "own"} | more
        return importing.run(
            Job(files=[path], store=Store(tmp_path / "store"), key=KEY, data=data, **options)
        )

    return bring


def kept(done: Done, *columns: str) -> list[tuple[Any, ...]]:
    found = duckdb.read_parquet(str(done.made.folder / f"{done.made.record}.parquet"))
    return found.select(*columns).order(columns[0]).fetchall()


def reasons(done: Done) -> list[tuple[str, str]]:
    with (done.made.folder / "quarantine.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(row["column"], row["reason"]) for row in csv.DictReader(file)]


def own(folder: Path, decimal: str, thousands: str) -> str:
    path = folder / "cua-toi.toml"
    path.write_text(OWN.format(decimal=decimal, thousands=thousands), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("marks", [",.", ".,", ". "])
@pytest.mark.parametrize("form", ["xlsx", "xls", "json"])
def test_a_number_is_one_whatever_the_marks_say(marks: str, form: str, bring: Bring, tmp_path: Path) -> None:
    grid: Grid = [
        ["donVi", "tong", "ngay"],
        ["MH-01", 1234567, 3.125],
        ["MH-02", 12, 12.3333333333],
        ["MH-03", 1, 2.9999999999999],
        ["MH-04", 0, 1e-13],
        ["MH-05", 5.0, 0.2666666667],
    ]
    done = bring(f"a.{form}", WRITERS[form](grid), mapping=own(tmp_path, *marks), as_of=dt.date(2026, 10, 31))

    days = [Decimal(text) for text in ("3.125", "12.333", "3", "0", "0.267")]
    counts = [1234567, 12, 1, 0, 5]
    assert kept(done, "authority_code", "handled", "average_days") == [
        (f"MH-0{number}", *told) for number, told in enumerate(zip(counts, days, strict=True), 1)
    ]


@pytest.mark.parametrize(
    ("marks", "number"), [(",.", {"3.125": 3125}), (",.", {"3,125": 3.125}), (".,", {"3,125": 3125})]
)
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_a_text_goes_by_the_marks(
    marks: str, number: dict[str, float], form: str, bring: Bring, tmp_path: Path
) -> None:
    ((text, meant),) = number.items()
    grid: Grid = [["donVi", "tong", "ngay"], ["MH-01", f"1{marks[1]}234", text]]

    done = bring(f"a.{form}", WRITERS[form](grid), mapping=own(tmp_path, *marks), as_of=dt.date(2026, 10, 31))

    assert kept(done, "handled", "average_days") == [(1234, Decimal(str(meant)))]


@pytest.mark.quick
def test_scores_may_be_numbers_of_a_workbook(bring: Bring) -> None:
    grid = long_rows()
    grid[1:] = [["1", "", 4.5, 3], ["3", "", 8.25, 7.0], ["Tổng điểm", 100, 87.75, 9]]

    done = bring("a.xlsx", as_xlsx(grid), coverage=None, authority_code="MH-01")

    assert kept(done, "criterion_code", "score", "published_rank") == [
        ("1", Decimal("4.5"), 3),
        ("3", Decimal("8.25"), 7),
        ("TOTAL", Decimal("87.75"), 9),
    ]


@pytest.mark.parametrize("form", ["xlsx", "json"])
@pytest.mark.parametrize(("rate", "told"), [(99.7, "0.997"), ("99,7%", "0.997"), ("99,7", "0.997"), (0, "0")])
def test_a_rate_may_be_a_number_of_percent(rate: Any, told: str, form: str, bring: Bring) -> None:
    grid = box_rows()
    grid[1] = ["MH-01", 1234, 1200, 4, rate, "31/10/2026 08:00:00"]
    assert kept(bring(f"a.{form}", WRITERS[form](grid)), "on_time", "published_rate") == [
        (1200, Decimal(told))
    ]


@pytest.mark.parametrize("rate", [0.997, 1, "0,5"])
def test_a_cell_of_a_workbook_that_may_be_percent_or_a_share_is_no_rate(rate: Any, bring: Bring) -> None:
    grid = box_rows()
    grid.append(["MH-02", 1234, 1200, 4, rate, "31/10/2026 08:00:00"])

    done = bring("a.xlsx", as_xlsx(grid), accept_rejects=True)

    assert kept(done, "authority_code") == [("MH-01",)]
    assert reasons(done) == [("Tỷ lệ đúng hạn", "percent_or_share")]
    # the remedies are those of the test above: a spreadsheet would store 99,7% as the same number once more
    listed = (done.made.folder / "quarantine.csv").read_text(encoding="utf-8-sig")
    assert "ghi 99,7 không kèm dấu %, hoặc định dạng ô là văn bản" in listed


def test_the_portals_vietnamese_table_has_vietnamese_marks(bring: Bring) -> None:
    grid: Grid = [
        ["Mã đơn vị", "Tổng tiếp nhận", "Tổng đúng hạn", "Thời gian xử lý trung bình", "Tỷ lệ đúng hạn"],
        ["MH.01", "12.000", "11.000", "2,5", "91,67%"],
    ]
    period = {"first_day": dt.date(2026, 1, 1), "last_day": dt.date(2026, 9, 30), "coverage": None}

    done = bring("a.csv", as_csv(grid, separator=";"), **period)

    told = kept(done, "portal_total", "portal_on_time", "average_days", "published_rate")
    assert told == [(12000, 11000, Decimal("2.5"), Decimal("0.9167"))]


@pytest.mark.parametrize("count", [12.5, "12,5", "12,000"])
def test_a_count_with_a_fraction_is_left_out_and_says_why(count: Any, bring: Bring) -> None:
    grid = box_rows()
    grid.append(["MH-02", count, "", "", "", "31/10/2026 08:00:00"])

    done = bring("a.xlsx", as_xlsx(grid), accept_rejects=True)

    assert kept(done, "authority_code") == [("MH-01",)]
    assert reasons(done) == [("Số hồ sơ xử lý", "count_with_fraction")]


@pytest.mark.parametrize("value", [True, {"a": 1}, [1], 1e300])
def test_what_is_no_number_of_json_is_none(value: Any, bring: Bring) -> None:
    grid = box_rows()
    grid[1][1] = value

    with pytest.raises(RefusedError):
        bring("a.json", as_json(records(grid)))
