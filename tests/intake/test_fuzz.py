"""Spoilt files of every format, the same ones every time: each ends in words or with every row accounted for.

Here 2,000 of them run, in parts that workers share; `DUNGHEN_FUZZ="CASES SEED"` runs as many others as one
likes, and a case that failed is run by itself with
`python -m tests.intake.fuzzing --seed SEED --first NUMBER --cases 1 --keep FOLDER`.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from dunghen import cli
from tests.intake.fuzzing import KEY, state
from tests.intake.specimens import ROOT, Specimen, specimens
from tests.intake.spoiling import spoilt

# a writer of workbooks that gives up over spoilt content leaves its own temporary file open
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

CASES, SEED = map(int, os.environ.get("DUNGHEN_FUZZ", "2000 20261031").split())
PARTS = 8
SECONDS_A_CASE = 60
MOST_MEBIBYTES = 2048


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_a_spoilt_file_is_refused_in_words_or_every_row_is_accounted_for(part: int, tmp_path: Path) -> None:
    cases, now = CASES // PARTS, tmp_path / "now"
    command = [sys.executable, "-m", "tests.intake.fuzzing", "--seed", str(SEED), "--now", str(now)]
    command += ["--first", str(part * cases), "--cases", str(cases)]
    limit = SECONDS_A_CASE * cases
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=limit, check=False)

    assert done.returncode in {0, 1}, f"the process ended at case {now.read_text()}: {done.stderr[-2000:]}"
    told = json.loads(done.stdout)
    assert told["failed"] == []
    assert sum(told["ends"].values()) == cases
    assert told["mebibytes"] < MOST_MEBIBYTES, told["most_memory"]
    assert told["slowest"][0] < SECONDS_A_CASE, told["slowest"]
    # the faults are neither all too coarse nor all too fine
    assert {"kept", "kept, some left out", "shown"} <= told["ends"].keys()
    assert sum(end.startswith("2 ") for end in told["ends"]) > 8


@pytest.mark.slow
@pytest.mark.parametrize("specimen", specimens(), ids=lambda specimen: specimen.name)
def test_the_command_ends_with_0_1_or_2_and_words(
    specimen: Specimen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whole, then spoilt, always as a trial: what is published is the business of other tests."""
    monkeypatch.setenv("DUNGHEN_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("DUNGHEN_KEY", KEY.decode())
    path = tmp_path / specimen.name
    path.write_bytes(specimen.bytes())
    command = ["import", str(path), "--dry-run", *_options(specimen)]
    before = state(tmp_path)

    assert cli.main(command) == 0, capsys.readouterr().err
    assert state(tmp_path) == before

    random_ = random.Random(specimen.name)  # noqa: S311 - repeatable on purpose
    for _ in range(3):
        path.write_bytes(spoilt(specimen, random_))
        capsys.readouterr()
        code = cli.main(command)
        printed = capsys.readouterr()
        assert code in {0, 1, 2}
        # a trial says itself what the import would be refused for
        assert (printed.out if code == 0 else printed.out + printed.err).strip()
        assert "Traceback" not in printed.out + printed.err
        assert not (tmp_path / "store").exists()


def _options(specimen: Specimen) -> list[str]:
    flags = {
        "as_of": "--as-of",
        "mapping": "--mapping",
        "source_id": "--source",
        "coverage": "--coverage",
        "authority_code": "--authority",
        "first_day": "--from",
        "last_day": "--to",
    }
    return [text for name, value in specimen.options.items() for text in (flags[name], value)]
