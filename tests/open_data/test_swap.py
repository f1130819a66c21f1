"""A published file that is replaced while the server runs: the next answer speaks of the new one, wholly."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dunghen import questions, warehouse
from dunghen.open_data import routes

pytestmark = pytest.mark.slow

ADDRESS = "/api/v1/authorities/296/results"
DATA = Path(__file__).resolve().parents[2] / "data"


def data_with_one_more_late(folder: Path) -> Path:
    """A copy of data/ in which the district's box says 61 late instead of 60."""
    changed = folder / "data"
    shutil.copytree(DATA, changed, ignore=shutil.ignore_patterns("*.duckdb*", "store"))
    path = changed / "published" / "reports.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (row,) = [row for row in rows if row["authority_code"] == "296"]
    row["late"] = "61"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return changed


@pytest.fixture
def replaceable(published_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "dunghen.duckdb"
    shutil.copy(published_file, path)
    monkeypatch.setenv("DUNGHEN_DATABASE", str(path))
    return path


def test_a_swap_between_two_requests(replaceable: Path, tmp_path: Path) -> None:
    client = TestClient(Starlette(routes=routes))
    before = client.get(ADDRESS)
    assert before.json()["data"][0]["counts"]["late"] == 60

    with questions.view() as pinned:
        snapshot = warehouse.build(replaceable, data_with_one_more_late(tmp_path))
        # a view that is open goes on with the file it began with
        assert questions.ask("snapshot_by_id").one == {
            **(questions.ask("snapshot_by_id").one or {}),
            "snapshot": pinned.snapshot,
        }

    after = client.get(ADDRESS, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    answer = after.json()
    assert (answer["snapshot"], answer["data"][0]["counts"]["late"]) == (snapshot, 61)
    assert answer["data"][0]["rates"]["resolved"]["denominator"] == 43311
    assert after.headers["etag"] != before.headers["etag"]
    assert client.get("/healthz").json()["snapshot"] == snapshot
