"""The CSV twins hold what the JSON holds, and nothing in them is run by a spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from dunghen.open_data.rendering import as_csv

TABLES = [
    "/api/v1/authorities{}?q=dong%20tam&limit=50",
    "/api/v1/authorities/296/results{}",
    "/api/v1/authorities/25/results{}",
    "/api/v1/authorities/11203-2024/scores{}",
    "/api/v1/authorities/343/indicators{}",
    "/api/v1/compare{}?parent=25",
    "/api/v1/compare{}?parent=25&level=department",
    "/api/v1/sources{}",
    "/api/v1/checks{}",
]


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def flat(row: dict[str, Any]) -> dict[str, Any]:
    """The columns that a row of JSON should have become, by a way of its own."""
    cells: dict[str, Any] = {}
    for key, value in row.items():
        if key == "counts":
            cells.update(value)
        elif key == "rates":
            cells.update({f"{code}_{part}": v for code, rate in value.items() for part, v in rate.items()})
        else:
            cells[key] = value
    return cells


def same(cell: str, value: Any) -> bool:
    if value is None:
        return cell == ""
    if isinstance(value, bool):
        return cell == str(value).lower()
    if isinstance(value, int | float):
        return float(cell) == value
    if isinstance(value, list):
        return cell == ";".join(value)
    # with an apostrophe before it where a spreadsheet would run it
    return cell in (str(value), f"'{value}")


@pytest.mark.parametrize("table", TABLES)
def test_csv_holds_what_json_holds(client: TestClient, table: str) -> None:
    rows = client.get(table.format("")).json()["data"]
    lines = read(client.get(table.format(".csv")).content)
    assert len(lines) == len(rows) > 0
    for line, row in zip(lines, rows, strict=True):
        expected = flat(row)
        assert set(expected) <= set(line)
        assert all(same(line[column], value) for column, value in expected.items())
        assert all(line[column] == "" for column in set(line) - set(expected))


def test_the_csv_of_indices_has_a_line_per_criterion(client: TestClient) -> None:
    editions = client.get("/api/v1/indices").json()["data"]
    lines = read(client.get("/api/v1/indices.csv").content)
    expected = [
        (edition["index_code"], edition["edition"] or "", criterion["criterion_code"] if criterion else "")
        for edition in editions
        for criterion in edition["criteria"] or [None]
    ]
    assert [(line["index_code"], line["edition"], line["criterion_code"]) for line in lines] == expected


def test_csv_opens_in_pandas_and_spreadsheets(client: TestClient) -> None:
    response = client.get("/api/v1/compare.csv?parent=25")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response.content.count(b"\r\n") == 149
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert (
        response.headers["content-disposition"] == 'attachment; filename="dunghen-compare-25-2026-09-26.csv"'
    )
    frame = pd.read_csv(io.BytesIO(response.content), dtype={"authority_code": str})
    assert len(frame) == 148
    assert (int(frame["numerator"].sum()), int(frame["denominator"].sum())) == (452893, 488451)
    assert "08515" in set(frame["authority_code"])


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_text_becomes_a_formula(start: str) -> None:
    text = start + 'HYPERLINK("http://example.org")'
    (line,) = read(as_csv([{"authority_name": text, "difference": -5}]))
    assert line["authority_name"] == "'" + text
    assert line["difference"] == "-5"


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
VALUES = st.one_of(
    st.none(),
    TEXTS,
    st.integers(-(10**12), 10**12),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(dt.date(1900, 1, 1)),
    st.decimals(-(10**6), 10**6, places=3),
)


@given(st.lists(st.fixed_dictionaries({"one": VALUES, "two": VALUES}), min_size=1, max_size=5))
def test_every_value_comes_back(rows: list[dict[str, Any]]) -> None:
    for line, row in zip(read(as_csv(rows)), rows, strict=True):
        for column, value in row.items():
            told = value.isoformat() if isinstance(value, dt.date) else value
            told = float(told) if isinstance(told, Decimal) else told
            cell = line[column]
            assert same(cell, told) or cell == f"'{told}"
            assert not (isinstance(value, str) and cell.startswith(("=", "+", "-", "@")))


def test_what_cannot_be_a_cell_is_an_error() -> None:
    with pytest.raises(TypeError):
        as_csv([{"one": object()}])
