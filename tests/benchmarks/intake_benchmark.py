"""What an import costs: `SIZE=10_000_000 python -m tests.benchmarks.intake_benchmark`.

Times alone depend on the machine, so each stands beside a baseline of the same run, every one in a process
of its own: the whole import of a CSV file beside a bare reading of that file (before and after; the mean
counts), what 1 % more costs beside the whole, and the answers of a page beside those on a tenth of the
dossiers. Exits 1 when a limit is broken.

A publication builds the figures of data/ too, whatever is imported. Below TEN_MILLION dossiers, where that
would be most of the time, it is measured alone (`python -m dunghen build`) and taken off; from there on
nothing is.
"""

from __future__ import annotations

import os
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
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
ROUNDS = 5
BARE = """
import sys, duckdb
connection = duckdb.connect(sys.argv[2])
connection.execute("CREATE TABLE bare AS SELECT * FROM read_csv($1)", [sys.argv[1]])
connection.execute("SELECT DonViXuLy, TrangThaiHoSo, count(*) FROM bare GROUP BY ALL").fetchall()
"""
OFFICES = ("MH", "MH-01", "MH-S1", "MH-H1-01")


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
        """Publishes data/ alone."""
        alone = self.folder / "alone.duckdb"
        return cost("-m", "dunghen", "build", "--database", alone, **self.environment("no-store"))

    def bring_in(self, path: Path, as_of: date) -> Cost:
        """The whole import: reading, checks, roll-ups, publication."""
        options = ("--as-of", as_of.isoformat(), "--database", self.database)
        return cost("-m", "dunghen", "import", path, *options, **self.environment("store"))

    def environment(self, store: str) -> dict[str, str]:
        """Where the commands keep things, and the key of this run."""
        return {"DUNGHEN_STORE": str(self.folder / store), "DUNGHEN_KEY": KEY}


KEY = secrets.token_hex(32)


def answer_seconds(database: Path) -> dict[str, float]:
    """Question → the median time of its first answers on a newly opened snapshot, over several offices."""
    os.environ["DUNGHEN_DATABASE"] = str(database)
    scopes = list(scopes_of_pages())
    return {
        path.stem: sum(first_answer(path.stem, scope, database) for scope in scopes)
        for path in sorted(questions.QUERIES.glob("*.sql"))
    }


def scopes_of_pages() -> list[Scope]:
    """What visitors of Đơn vị and So sánh look at."""
    looked_at = [
        Scope(
            authority_code=code,
            parent_code="MH",
            record_kind="dossiers",
            first_day=date(LATER.year, 1, 1),
            last_day=AS_OF,
        )
        for code in OFFICES
    ]
    comparison = questions.settle(Scope(parent_code="MH"))
    return looked_at if comparison is None else [*looked_at, comparison]


def first_answer(name: str, scope: Scope, database: Path) -> float:
    """The median time of a first answer, in seconds."""
    times = []
    for _ in range(ROUNDS):
        os.utime(database)
        current_snapshot(database)
        start = time.perf_counter()
        questions.ask(name, scope)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def imports(size: int, folder: Path) -> tuple[World, list[Limit]]:
    """Measures a whole import, 1 % more and what they are measured against; prints as it goes."""
    world = World(folder / "whole", size)
    path = world.export(AS_OF)
    print(f"{size:,} dossiers, {path.stat().st_size / 1e9:.2f} GB of CSV", flush=True)
    before = world.bare(path)
    print(f"bare reading          {before}", flush=True)
    built = world.build()
    print(f"data/ published alone {built}", flush=True)
    whole = world.bring_in(path, AS_OF)
    print(f"whole import          {whole}", flush=True)
    after = world.bare(path)
    print(f"bare reading again    {after}", flush=True)
    path.unlink()
    increment = world.export(LATER, AS_OF + timedelta(days=1))
    more = world.bring_in(increment, LATER)
    print(f"1 % more              {more}", flush=True)
    fixed = 0.0 if size >= TEN_MILLION else built.seconds
    bare = (before.seconds + after.seconds) / 2
    limits = [
        Limit("import over bare reading", (whole.seconds - fixed) / bare, 4.0),
        Limit("peak of the import in GB", whole.peak, 4.0),
        Limit("1 % more over the whole import", (more.seconds - fixed) / (whole.seconds - fixed), 0.15),
    ]
    return world, limits


def answers(world: World, folder: Path) -> Limit:
    """Measures the answers beside those of a world of a tenth; prints the slowest and the most grown."""
    tenth = World(folder / "tenth", world.dossiers // 10)
    path = tenth.export(AS_OF)
    tenth.bring_in(path, AS_OF)
    path.unlink()
    small, large = answer_seconds(tenth.database), answer_seconds(world.database)
    for name in sorted(large, key=large.__getitem__, reverse=True)[:8]:
        print(f"{name:32} {1000 * small[name]:8.1f} ms on a tenth {1000 * large[name]:8.1f} ms")
    return Limit("all answers over those on a tenth", sum(large.values()) / sum(small.values()), 1.5)


def measure(size: int) -> list[Limit]:
    """Every limit, measured with that many dossiers in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="intake-benchmark-") as folder:
        world, limits = imports(size, Path(folder))
        return [*limits, answers(world, Path(folder))]


def main() -> int:
    size = int(re.sub(r"\D", "", os.environ.get("SIZE", "")) or "1000000")
    limits = measure(size)
    print(*limits, sep="\n")
    return 0 if all(limit.kept for limit in limits) else 1


if __name__ == "__main__":
    sys.exit(main())
