"""What an import costs: `SIZE=10_000_000 python -m tests.benchmarks.intake_benchmark`.

Times alone depend on the machine, so each stands beside a baseline of the same run, every one in a process
of its own: the whole import of a CSV file beside a bare reading of that file (before and after; the mean
counts), what 1 % more costs beside the whole, and the answers of the pages beside those on a tenth of the
dossiers. Exits 1 when a limit is broken.

Cost is seconds of processor. The bare reading keeps every processor busy, an import does most of the time,
and what others do on the machine stretches the time by the clock of both, but not alike: its ratios, which
are printed too, hold only where nothing else runs. Of the answers to a question the least of some rounds
counts.

The site stands before the first import, as after `make run`. Every import publishes the figures of data/ with
all roll-ups again, whatever its size. From TEN_MILLION dossiers on nothing is taken off for that. Below,
where it would be much of the cost, the publication of data/ (`python -m dunghen build`) is taken off the
whole import, and where the increment stands beside the whole, an import of a FEW rows into the world of a
tenth, which has as many offices and procedures, off both.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from dunghen import questions, simulation
from dunghen.scope import Scope
from dunghen.warehouse import current_snapshot

ROOT = Path(__file__).resolve().parents[2]
TEN_MILLION = 10_000_000
SEED = 1
# two days after a Wednesday: about one dossier in a hundred came in or moved on
AS_OF = simulation.LAST_DAY - timedelta(days=3)
LATER = simulation.LAST_DAY
FEW = 100
ROUNDS = 2
# What may be at most: ratios, and GB of the peak.
LIMITS = {"import": 4.0, "peak": 4.0, "increment": 0.15, "answers": 1.5}
BARE = """
import sys, duckdb
connection = duckdb.connect(sys.argv[2])
connection.execute("CREATE TABLE bare AS SELECT * FROM read_csv($1)", [sys.argv[1]])
connection.execute("SELECT DonViXuLy, TrangThaiHoSo, count(*) FROM bare GROUP BY ALL").fetchall()
"""
# An office and the whole province.
PLACES = (("MH-S1", "own"), ("MH", "area"))
FIRST_OF_RUN, LAST_OF_RUN = date(LATER.year, 2, 1), date(LATER.year, 7, 31)
# What the imaginary province has in every export of this size, so that answers are never of nothing.
ALWAYS_ANSWERED = ("trend_by_month", "breakdown_by_item", "distribution_by_item", "result_by_report")


@dataclass(frozen=True)
class Cost:
    """What one process took: seconds by the clock, seconds of processor, most memory in GB."""

    seconds: float
    processor: float
    peak: float
    output: str = ""

    def __str__(self) -> str:
        return f"{self.seconds:8.1f} s {self.processor:8.1f} s of processor {self.peak:6.2f} GB"


@dataclass(frozen=True)
class Limit:
    """Something measured and what it may be at most."""

    name: str
    measured: float
    allowed: float

    @property
    def kept(self) -> bool:
        """Whether it is not exceeded."""
        return self.measured <= self.allowed

    def __str__(self) -> str:
        sign = "kept" if self.kept else "BROKEN"
        return f"{self.name:58} {self.measured:7.2f}   at most {self.allowed:5.2f}   {sign}"


def cost(*command: str | Path, **environment: str) -> Cost:
    """Runs a command of this Python in a process of its own; RuntimeError with what it said if it fails."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *map(str, command)],
            cwd=ROOT,
            stdout=said,
            stderr=subprocess.STDOUT,
            env=os.environ | environment,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        said.seek(0)
        output = said.read().decode(errors="replace")
    if process.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{output}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1e6, output)


@dataclass(frozen=True)
class World:
    """An imaginary province of some size in a folder: its exports, its store, its published file."""

    folder: Path
    dossiers: int

    @property
    def database(self) -> Path:
        """The published file."""
        return self.folder / "dunghen.duckdb"

    def export(self, as_of: date, since: date | None = None) -> Path:
        """Writes an export as CSV and returns its path."""
        export = simulation.Export(self.dossiers, SEED, as_of, since)
        (path,) = simulation.simulate(export, self.folder / f"export-{as_of}")
        return path

    def bare(self, path: Path) -> Cost:
        """Reads the file into a table as it is and counts once, and nothing else."""
        table = self.folder / "bare.duckdb"
        found = cost("-c", BARE, path, table)
        table.unlink()
        return found

    def build(self) -> Cost:
        """Publishes data/ and what was imported."""
        return cost("-m", "dunghen", "build", "--database", self.database, **self.environment())

    def bring_in(self, path: Path, as_of: date) -> Cost:
        """The whole import: reading, checks, roll-ups, publication."""
        options = ("--as-of", as_of.isoformat(), "--database", self.database, "--accept-rejects")
        return cost("-m", "dunghen", "import", path, *options, **self.environment())

    def bring_in_few(self, path: Path, as_of: date) -> Cost:
        """An import of the first rows of a file: what every import costs."""
        few = path.with_name("few.csv")
        with path.open(encoding="utf-8") as whole:
            few.write_text("".join(islice(whole, FEW + 1)), encoding="utf-8")
        return self.bring_in(few, as_of)

    def environment(self) -> dict[str, str]:
        """Where the commands keep things, and the key of this run."""
        return {"DUNGHEN_STORE": str(self.folder / "store"), "DUNGHEN_KEY": KEY}


KEY = secrets.token_hex(32)


def scopes_of_pages() -> list[Scope]:
    """What visitors of the pages look at: a year and its parts, a run of months, comparisons."""
    year = Scope(
        parent_code="MH",
        record_kind="dossiers",
        period_kind="year",
        first_day=date(LATER.year - 1, 1, 1),
        last_day=date(LATER.year - 1, 12, 31),
    )
    run = year.but(period_kind=None, first_day=FIRST_OF_RUN, last_day=LAST_OF_RUN, is_run=True)
    looked_at = [
        period.but(authority_code=code, coverage=coverage)
        for code, coverage in PLACES
        for period in (*(year.but(dimension=dimension) for dimension in ("procedure", "days_late")), run)
    ]
    return looked_at + [
        found for asked in (Scope(parent_code="MH"), run) if (found := questions.settle(asked))
    ]


def things_asked(database: Path) -> list[tuple[str, Scope]]:
    """Every question about a place with every scope that makes a difference to it."""
    os.environ["DUNGHEN_DATABASE"] = str(database)
    asked: dict[tuple[object, ...], tuple[str, Scope]] = {}
    for path in sorted(questions.QUERIES.glob("*.sql")):
        needed = questions.question(path.stem).parameters
        for scope in scopes_of_pages() if needed & {"authority_code", "parent_code"} else ():
            key = (path.stem, scope.is_run, *(getattr(scope, name) for name in sorted(needed)))
            asked.setdefault(key, (path.stem, scope))
    return list(asked.values())


def answer_costs(database: Path, asked: list[tuple[str, Scope]]) -> dict[str, float]:
    """Question → seconds of processor of its first answers on a newly opened snapshot.

    Raises RuntimeError where one of `ALWAYS_ANSWERED` has no rows: it would cost nothing."""
    os.environ["DUNGHEN_DATABASE"] = str(database)
    seconds, rows = dict.fromkeys((name for name, _ in asked), 0.0), Counter[str]()
    # a new snapshot has no answer ready
    os.utime(database)
    current_snapshot(database)
    for name, scope in asked:
        start = time.process_time()
        answer = questions.ask(name, scope)
        seconds[name] += time.process_time() - start
        rows[name] += len(answer.rows)
    if empty := [name for name in ALWAYS_ANSWERED if not rows[name]]:
        raise RuntimeError(f"{database} has no answer to {', '.join(empty)}")
    return seconds


def imports(world: World, tenth: World) -> list[Limit]:
    """Measures a whole import, 1 % more and what they are measured against; prints as it goes."""
    path = world.export(AS_OF)
    print(f"{world.dossiers:,} dossiers, {path.stat().st_size / 1e9:.2f} GB of CSV", flush=True)
    told("site stands", world.build())
    shutil.copytree(world.folder, tenth.folder, ignore=shutil.ignore_patterns("export-*"))
    publication = told("data/ published again", world.build())
    before = told("bare reading", world.bare(path))
    whole = told("whole import", world.bring_in(path, AS_OF))
    after = told("bare reading again", world.bare(path))
    path.unlink()
    more = told("1 % more", world.bring_in(world.export(LATER, AS_OF + timedelta(days=1)), LATER))
    few = told(f"{FEW} more to a tenth", grown(tenth))
    clock = (2 * whole.seconds / (before.seconds + after.seconds), more.seconds / whole.seconds)
    print("by the clock: import over bare reading {:.2f}, 1 % more over the whole {:.2f}".format(*clock))
    fixed, least = (publication.processor, few.processor) if world.dossiers < TEN_MILLION else (0.0, 0.0)
    bare = (before.processor + after.processor) / 2
    part = (more.processor - least) / (whole.processor - least)
    return [
        Limit("import over bare reading", (whole.processor - fixed) / bare, LIMITS["import"]),
        Limit("peak of the import in GB", whole.peak, LIMITS["peak"]),
        Limit("1 % more over the whole import", part, LIMITS["increment"]),
    ]


def grown(tenth: World) -> Cost:
    """Fills the world of a tenth up to the last day; what a few rows cost on the way."""
    tenth.bring_in(tenth.export(AS_OF), AS_OF)
    increment = tenth.export(LATER, AS_OF + timedelta(days=1))
    few = tenth.bring_in_few(increment, LATER)
    tenth.bring_in(increment, LATER)
    return few


def told(name: str, found: Cost) -> Cost:
    """Prints what something cost and returns it."""
    print(f"{name:22}{found}", flush=True)
    return found


def answers(world: World, tenth: World) -> Limit:
    """Measures the answers beside those of a world of a tenth, in turns; prints the slowest."""
    asked = things_asked(world.database)
    rounds = [
        [answer_costs(database, asked) for database in (tenth.database, world.database)]
        for _ in range(ROUNDS)
    ]
    small, large = (
        {name: min(one[name] for one in costs) for name in costs[0]} for costs in zip(*rounds, strict=True)
    )
    for name in sorted(large, key=large.__getitem__, reverse=True)[:8]:
        print(f"{name:32} {1000 * small[name]:8.1f} ms on a tenth {1000 * large[name]:8.1f} ms")
    ratio = sum(large.values()) / sum(small.values())
    return Limit("all answers over those on a tenth", ratio, LIMITS["answers"])


def measure(size: int) -> list[Limit]:
    """Every limit, measured with that many dossiers in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="intake-benchmark-") as folder:
        world = World(Path(folder, "whole"), size)
        tenth = World(Path(folder, "tenth"), size // 10)
        return [*imports(world, tenth), answers(world, tenth)]


def main() -> int:
    """Measures and prints; what is returned is 1 if a limit is broken."""
    size = int(re.sub(r"\D", "", os.environ.get("SIZE", "")) or "1000000")
    limits = measure(size)
    print(*limits, sep="\n")
    return 0 if all(limit.kept for limit in limits) else 1


if __name__ == "__main__":
    sys.exit(main())
