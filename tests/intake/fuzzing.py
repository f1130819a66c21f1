"""Imports spoilt files one after another and says of each how it ended: `python -m tests.intake.fuzzing`.

A process of its own, so that its memory and its time can be held to their limits from outside.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import hashlib
import json
import random
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from dunghen.intake import importing
from dunghen.intake.errors import IntakeError, UnusableError
from dunghen.intake.importing import Done, Job
from dunghen.intake.store import Import, Store
from tests.intake.specimens import Specimen, as_csv, national_rows, small_data, specimens
from tests.intake.spoiling import spoilt

KEY = b"a key of a test: " + b"0123456789abcdef" * 2
PASSED_OVER = {"lock", "undone.json"}
DAYS = {"as_of", "first_day", "last_day"}


class BrokenPromiseError(AssertionError):
    """The import did something that it must never do."""


def main() -> int:
    """Runs cases `--first` … of a seed and writes what came of them, as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--now", type=Path, help="a file that always names the case at work")
    parser.add_argument("--keep", type=Path, help="a folder for the files of the cases that failed")
    options = parser.parse_args()
    with TemporaryDirectory() as name:
        told = _run(options, Path(name))
    told["mebibytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    return 1 if told["failed"] else 0


def _run(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    bench = Bench(folder)
    ends: Counter[str] = Counter()
    failed, slowest, most = [], (0.0, ""), (0, "")
    for number in range(options.first, options.first + options.cases):
        random_ = random.Random(f"{options.seed} {number}")  # noqa: S311 - repeatable on purpose
        specimen = random_.choice(bench.specimens)
        name = f"{options.seed} {number} {specimen.name}"
        if options.now:
            options.now.write_text(name)
        content, began = spoilt(specimen, random_), time.process_time()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            ends[bench.case(specimen, content, random_)] += 1
        except BaseException:  # noqa: BLE001 - a panic of a library is no Exception
            failed.append({"case": name, "why": traceback.format_exc()[-3000:]})
            if options.keep:
                (options.keep / name.replace(" ", "-")).write_bytes(content)
        slowest = max(slowest, (round(time.process_time() - began, 2), name))
        most = max(most, ((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10, name))
    return {"ends": dict(ends), "failed": failed, "slowest": slowest, "most_memory": most}


class Bench:
    """A store with one import in it, on which spoilt files are tried."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data, self.store = folder, small_data(folder / "data"), Store(folder / "store")
        self.specimens = specimens()
        first = folder / "truoc.csv"
        first.write_bytes(as_csv(national_rows(3)))
        self._import(first, {"as_of": "2026-10-30"})
        self.before = state(self.store.folder)

    def case(self, specimen: Specimen, content: bytes, random_: random.Random) -> str:
        """How the import of a file ended; raises `BrokenPromiseError`, and what must not be raised."""
        path = self.folder / specimen.name
        path.write_bytes(content)
        options = dict(specimen.options)
        if random_.random() < 0.5:
            options["accept_rejects"] = True
        published: list[Store] = []
        try:
            if random_.random() < 0.15:
                importing.preview(self._job(path, options))
                end = "shown"
            else:
                done = self._import(path, options, _publishing_to(published))
                end = self._accounted(done)
                importing.undo(self.store, done.made.import_id)
        except IntakeError as error:
            end = self._refused(error, specimen.name)
            if published:
                raise BrokenPromiseError("published, then refused") from error
        if state(self.store.folder) != self.before:
            raise BrokenPromiseError(f"the store has changed: {end}")
        return end

    def _import(
        self, path: Path, options: dict[str, Any], publish: Callable[[Store], str] | None = None
    ) -> Done:
        return importing.run(self._job(path, {**options, "publish": publish}))

    def _job(self, path: Path, options: dict[str, Any]) -> Job:
        read: dict[str, Any] = {
            name: dt.date.fromisoformat(value) if name in DAYS else value for name, value in options.items()
        }
        return Job(files=[path], store=self.store, key=KEY, data=self.data, again=True, **read)

    def _accounted(self, done: Done) -> str:
        made = done.made
        if not done.is_new:
            raise BrokenPromiseError("known already")
        if made.rows_read != made.rows_loaded + made.rows_quarantined + made.rows_repeated:
            raise BrokenPromiseError(f"rows are missing: {made}")
        if (listed := len(_listed(made))) != made.rows_quarantined:
            raise BrokenPromiseError(f"{listed} listed, {made.rows_quarantined} left out")
        if made.record == "dossiers":
            rows = len(duckdb.read_parquet(str(made.folder / "dossiers.parquet")))
            if not made.rows_loaded <= rows <= made.rows_loaded + made.rows_repeated:
                raise BrokenPromiseError(f"{rows} kept of {made}")
        return "kept, some left out" if made.rows_quarantined else "kept"

    def _refused(self, error: IntakeError, name: str) -> str:
        texts = [error.text("vi"), error.text("en")]
        if not all(text.strip() for text in texts) or "Traceback" in str(texts):
            raise BrokenPromiseError("nothing said") from error
        key = error.sentences[0][0]
        if key not in OF_THE_WHOLE and not all(name.removesuffix(".gz") in text for text in texts):
            raise BrokenPromiseError(f"{key} names no file: {texts[1]}") from error
        return f"{'2' if isinstance(error, UnusableError) else '1'} {key}"


# What is said of all files of an import together, or of the command.
OF_THE_WHOLE = {
    *("import.no_rows", "import.nothing_left", "import.nothing_counts", "import.too_many_rejects"),
    *("import.too_many_unknown", "import.too_many_dates", "import.as_of_missing"),
    "import.two_days",
    *("mapping.as_of_differs", "mapping.as_of_unreadable", "forms.no_authority", "forms.title_authority"),
    *("forms.no_period", "forms.days_in_wrong_order", "forms.unreadable_title", "options.lost"),
}


def state(folder: Path) -> dict[str, str]:
    """Every file below a folder with the hash of its bytes; not the lock, nor the note of what was undone."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in PASSED_OVER)
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _publishing_to(published: list[Store]) -> Callable[[Store], str]:
    def publish(store: Store) -> str:
        published.append(store)
        return "snapshot"

    return publish


def _listed(made: Import) -> list[dict[str, str]]:
    with (made.folder / "quarantine.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    sys.exit(main())
