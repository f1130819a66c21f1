"""Codes of an export are looked up for every row: quickly, known or not, and without losing the order."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from dunghen.intake import importing
from dunghen.intake.errors import RefusedError
from dunghen.intake.importing import Job
from dunghen.intake.store import Store
from tests.intake.test_importing import AS_OF, GOOD, KEY, quarantined

# A code in none of our lists may cost a little more than a known one: it is looked for in several ways.
MOST_FOR_UNKNOWN = 4.0


def export(path: Path, rows: int, cells: Callable[[int], Mapping[str, str]]) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(GOOD) + "\n")
        for number in range(rows):
            row = {**GOOD, "MaHoSo": f"MH.01-{number:09}", **cells(number)}
            file.write(",".join(row.values()) + "\n")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("heading", ["DonViXuLy", "MaTTHC"])
def test_an_unknown_code_costs_about_what_a_known_one_costs(heading: str, tmp_path: Path) -> None:
    def processor(name: str, cells: Callable[[int], Mapping[str, str]]) -> float:
        path = export(tmp_path / f"{name}.csv", 20_000, cells)
        begin = time.process_time()
        job = Job([path], Store(tmp_path / name), KEY, mapping="national-sync", as_of=AS_OF)
        if name == "known":
            importing.run(job)
        else:
            with pytest.raises(RefusedError):
                importing.run(job)
        return time.process_time() - begin

    known = processor("known", lambda _: {})
    unknown = processor("unknown", lambda number: {heading: f"XX.{number % 7}"})

    assert unknown <= MOST_FOR_UNKNOWN * known


@pytest.mark.slow
def test_rows_read_by_several_threads_keep_their_lines(tmp_path: Path) -> None:
    filler = {"ChuHoSo": "X" * 200}
    bad = {"TrangThaiHoSo": "99"}
    path = export(
        tmp_path / "large.csv", 200_000, lambda number: {**filler, **bad} if number % 1000 == 7 else filler
    )
    # DuckDB gives each thread some 8 MB of a file at a time
    assert path.stat().st_size > 50_000_000

    done = importing.run(Job([path], Store(tmp_path / "store"), KEY, mapping="national-sync", as_of=AS_OF))

    assert quarantined(done.made) == [
        (str(number + 2), "TrangThaiHoSo", "unknown_status") for number in range(7, 200_000, 1000)
    ]
