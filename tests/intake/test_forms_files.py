"""From a file to figures and back: our own workbook of form II.06a comes in again as what it was made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dunghen.intake import dossiers, forms, mappings
from dunghen.intake.forms import Extracted, FormOptions
from dunghen.intake.lists import InForce
from dunghen.intake.reading import open_tables
from dunghen.open_data import routes
from tests.warehouse_fixture import Row, authority, place, published_from, report, source

ROOT = Path(__file__).resolve().parents[2]
INTAKE = ROOT / "dunghen" / "intake"
FIRST, LAST = dt.date(2025, 7, 1), dt.date(2025, 9, 30)
ADDRESS = "/api/v1/authorities/{code}/form-ii06a.xlsx?from=2025-07-01&to=2025-09-30"
COUNTS = (
    *(
        "received_and_carried_over",
        "received_online",
        "received_offline",
        "carried_over",
        "resolved",
        "early",
    ),
    *("on_due_date", "late", "open_total", "in_progress", "overdue"),
)
LAND = dict(zip(COUNTS, (1234, 1000, 200, 34, 1200, 1100, 90, 10, 34, 30, 4), strict=True))
CIVIL: dict[str, int | None] = {**dict.fromkeys(COUNTS, 0), "resolved": 7, "early": 7}
CIVIL |= {"received_and_carried_over": 9, "open_total": 2, "in_progress": 2, "carried_over": None}
WHOLE = {
    **LAND,
    "received_and_carried_over": 1243,
    "resolved": 1207,
    "early": 1107,
    "open_total": 36,
    "in_progress": 32,
}


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        dossiers.read_lists(connection, InForce(ROOT / "data", ROOT / "no-store"))
        connection.execute((INTAKE / "dossier_macros.sql").read_text(encoding="utf-8"))
        connection.execute("INSERT INTO reference.source (source_id) VALUES ('s')")
        yield connection


def downloaded(path: Path, code: str, rows: list[Row], monkeypatch: pytest.MonkeyPatch) -> bytes:
    tables = place(authority(code, authority_name="Tỉnh Phú Thọ"))
    tables["source"] = [source()]
    tables["field"] = [
        {"field": "land", "field_name_vi": "Đất đai", "field_name_en": "Land"},
        {"field": "civil_status", "field_name_vi": "Hộ tịch", "field_name_en": "Civil status"},
    ]
    tables["report"] = rows
    monkeypatch.setenv("DUNGHEN_DATABASE", str(published_from(path, tables)))
    answer = TestClient(Starlette(routes=routes)).get(ADDRESS.format(code=code))
    assert answer.status_code == 200
    return answer.content


def read(
    connection: duckdb.DuckDBPyConnection, file: Path, scratch: Path, options: FormOptions
) -> tuple[Extracted, list[Row]]:
    (table,) = open_tables([file], scratch)
    mapping, heading, columns = mappings.choose(table, mappings.all_mappings())
    table.stage(connection, "staged", heading, columns)
    reader = forms.read_scores if mapping.record == "scores" else forms.read_reports
    found = reader(connection, "staged", mapping, table.titles(heading), options)
    relation = connection.table(found.rows)
    return found, [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def of_period(report_id: str, **more: Any) -> Row:
    return report(report_id, "25", **more) | {"first_day": FIRST, "last_day": LAST}


@pytest.mark.slow
def test_a_form_comes_back_with_the_same_numbers_in_the_same_places(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = [
        of_period("land", field="land", **LAND),
        of_period("civil", field="civil_status", **CIVIL),
        of_period("whole", **WHOLE),
    ]
    first = downloaded(tmp_path / "first.duckdb", "25", published, monkeypatch)
    file = tmp_path / "bieu.xlsx"
    file.write_bytes(first)

    found, rows = read(connection, file, tmp_path, FormOptions(source_id="s", coverage="own"))

    assert (found.rows_loaded, found.rows_quarantined) == (3, 0)
    assert {(row["authority_code"], row["first_day"], row["last_day"]) for row in rows} == {
        ("25", FIRST, LAST)
    }
    told = {row["field"]: {name: row[name] for name in COUNTS} for row in rows}
    assert told == {"land": LAND, "civil_status": CIVIL, None: WHOLE}
    assert {notice.key for notice in found.notices} <= {"passed_over"}

    again = [{name: value for name, value in row.items() if value is not None} for row in rows]
    assert downloaded(tmp_path / "second.duckdb", "25", again, monkeypatch) == first
