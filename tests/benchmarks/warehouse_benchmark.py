"""What the warehouse costs: `python -m tests.benchmarks.warehouse_benchmark`.

Times alone depend on the machine, so each stands beside a baseline of the same run: a build beside a bare
reading of the same files, an answer beside its SQL alone, and the same answer asked again. Exits 1 when a
first answer after a swap takes more than ten times its SQL, or a kept one more than half of it (medians).
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from dunghen import questions
from dunghen.scope import Scope
from dunghen.warehouse import build, current_snapshot
from dunghen.warehouse.inputs import AUTHORITY_FILES, ROOT, TABLE_FILES

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 7
# Times the question's own SQL on a warm connection.
FIRST_ALLOWED, KEPT_ALLOWED = 10.0, 0.5
ASKED = {
    "headline_by_authority": Scope(authority_code="296"),
    "result_by_report": Scope(authority_code="296"),
    "rate_by_definition": Scope(authority_code="296"),
    "related_by_authority": Scope(authority_code="11203-2024"),
    "score_by_criterion": Scope(authority_code="11203-2024"),
    "period_by_comparison": Scope(parent_code="25"),
    "neighbour_by_authority": Scope(authority_code="11203"),
    "authority_with_figures": Scope(),
}
OF_A_COMPARISON = ("comparison_by_authority", "group_by_comparison", "level_by_comparison")


def milliseconds(work: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    """The median time of some rounds, `before` each of them something that is not timed."""
    times = []
    for _ in range(ROUNDS):
        before()
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def read_bare() -> None:
    """Reads every file a build reads, and nothing else."""
    names = {*AUTHORITY_FILES.values(), *(name for _, name in TABLE_FILES)}
    with duckdb.connect() as connection:
        for name in sorted(names):
            path = str(ROOT / "data" / name)
            connection.execute("CREATE OR REPLACE TABLE bare AS FROM read_csv(?, all_varchar = TRUE)", [path])


def measure_build(path: Path) -> None:
    built, bare = milliseconds(lambda: build(path)), milliseconds(read_bare)
    size = path.stat().st_size / 1e6
    print(f"build {built:.0f} ms, {built / bare:.1f} times the bare reading of its files; {size:.1f} MB")


def measure_answers(asked: dict[str, Scope], path: Path) -> bool:
    """Prints a line per question; whether all were quick enough beside their own SQL."""
    quick = True
    print(f"{'question':28} {'SQL ms':>8} {'first answer':>13} {'kept answer ms':>15}")
    for name, scope in asked.items():
        ask = partial(questions.ask, name, scope)
        question, snapshot = questions.question(name), current_snapshot(path)
        parameters = {field: getattr(scope, field) for field in question.parameters}
        bare = milliseconds(partial(snapshot.select, question.sql, parameters))
        first = milliseconds(ask, before=partial(renew, path))
        kept = milliseconds(ask)
        print(f"{name:28} {bare:8.1f} {first / bare:12.1f}x {kept:15.2f}")
        quick = quick and first <= FIRST_ALLOWED * bare and kept <= KEPT_ALLOWED * bare
    return quick


def renew(path: Path) -> None:
    """Opens the file as if it had just been replaced: nothing is kept."""
    os.utime(path)
    current_snapshot(path)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dunghen.duckdb"
        os.environ["DUNGHEN_DATABASE"] = str(path)
        measure_build(path)
        comparison = questions.settle(Scope(parent_code="25"))
        if comparison is None:
            raise RuntimeError("the communes of Phú Thọ cannot be compared")
        print(f"opening a new snapshot {milliseconds(partial(renew, path)):.1f} ms")
        quick = measure_answers(ASKED | dict.fromkeys(OF_A_COMPARISON, comparison), path)
    return 0 if quick else 1


if __name__ == "__main__":
    sys.exit(main())
