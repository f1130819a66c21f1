"""docs/publishing.md, run as it stands: from an export to figures that can be asked for, and back."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs" / "publishing.md").read_text(encoding="utf-8")


def blocks() -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)


def run(script: str, folder: Path) -> str:
    """Runs a block of the guide with the store, the database and the exports in `folder`; what it said."""
    script = script.replace(".venv/bin/python", sys.executable).replace("make run", "true")
    script = re.sub(r" exports\b", f" {folder}/exports", script)
    done = subprocess.run(
        ["bash", "-euc", script],
        cwd=ROOT,
        env=os.environ
        | {"DUNGHEN_STORE": str(folder / "store"), "DUNGHEN_DATABASE": str(folder / "published.duckdb")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def received(folder: Path) -> int:
    """How many dossiers of Tỉnh Minh Họa the published file counts in all its months."""
    with duckdb.connect(str(folder / "published.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "SELECT sum(received_online + received_in_person + received_postal) FROM flow "
            "WHERE authority_code = 'MH' AND coverage = 'area'"
        ).fetchone()
    return int(found[0]) if found else 0


@pytest.mark.slow
def test_the_five_commands_and_the_way_back_do_what_the_guide_says(tmp_path: Path) -> None:
    five, back = blocks()[:2]
    assert len(re.findall(r"^# \d\. ", five, re.MULTILINE)) == 5

    said = run(five.replace("--dossiers 20000", "--dossiers 2000"), tmp_path)
    assert "Chạy thử" in said
    assert 1_500 < received(tmp_path) < 2_000

    undone = run(back, tmp_path)
    assert "Đã bỏ lần nhập 0001" in undone
    assert received(tmp_path) > 8_000, "without the import the sample of data/ is shown again"
