"""What is shipped for the night: the script that imports a folder, and the units and lines that start it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
GUIDE = ROOT / "docs" / "publishing.md"


def import_inbox(inbox: Path, log: Path, *, codes: dict[str, int] | None = None, **environment: str) -> int:
    """Runs the script with a stand-in for Python that notes how it was called; returns the exit code."""
    stand_in = log.with_name("python")
    cases = "".join(f"*{name}*) exit {code};;\n" for name, code in (codes or {}).items())
    stand_in.write_text(f'#!/bin/sh\necho "$@" >> {log}\ncase "$*" in\n{cases}*) exit 0;;\nesac\n')
    stand_in.chmod(0o755)
    found = subprocess.run(
        [DEPLOY / "import-inbox.sh", inbox],
        env={"PATH": os.environ["PATH"], "PYTHON": str(stand_in), **environment},
        capture_output=True,
        text=True,
        check=False,
        cwd=log.parent,
    )
    log.with_name("said").write_text(found.stdout + found.stderr)
    return found.returncode


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in box"
    folder.mkdir()
    for name in ("thang-11-2026-11-30.csv", "2026-10-31.xlsx"):
        (folder / name).write_text("x")
    return folder


def test_every_file_is_imported_for_the_day_in_its_name_oldest_first(inbox: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"

    assert import_inbox(inbox, log, DUNGHEN_KEY="k") == 0

    assert log.read_text().splitlines() == [
        f"-m dunghen import {inbox}/2026-10-31.xlsx --as-of 2026-10-31",
        f"-m dunghen import {inbox}/thang-11-2026-11-30.csv --as-of 2026-11-30",
    ]


def test_one_refused_file_does_not_keep_the_others_out_but_is_told(inbox: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"

    assert import_inbox(inbox, log, codes={"2026-10-31": 1}, DUNGHEN_KEY="k") == 1

    assert len(log.read_text().splitlines()) == 2


def test_a_file_without_a_day_is_left_alone_and_not_named(inbox: Path, tmp_path: Path) -> None:
    (inbox / "nguyen-van-mau.csv").write_text("x")
    log = tmp_path / "log"

    assert import_inbox(inbox, log, DUNGHEN_KEY="k") == 2

    said = (tmp_path / "said").read_text()
    assert "left alone" in said
    assert "nguyen" not in said + log.read_text()
    assert len(log.read_text().splitlines()) == 2


def test_without_a_key_or_a_folder_nothing_is_started(inbox: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"

    assert import_inbox(inbox, log) == 2
    assert "DUNGHEN_KEY is not set" in (tmp_path / "said").read_text()
    assert import_inbox(tmp_path / "nowhere", log, DUNGHEN_KEY="k") == 2
    assert not log.exists()


def test_the_guide_names_only_files_and_units_that_are_shipped() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)", text)
    units = set(re.findall(r"dunghen-import\.(?:service|timer)", text))

    assert links
    assert [link for link in links if not (GUIDE.parent / link).exists()] == []
    assert units == {path.name for path in DEPLOY.glob("dunghen-import.*")}


def test_systemd_understands_the_units(tmp_path: Path) -> None:
    tool = shutil.which("systemd-analyze")
    if tool is None:
        pytest.skip("systemd-analyze is not installed: the units were not verified here")
    for path in DEPLOY.glob("dunghen-import.*"):
        text = path.read_text().replace("/srv/dunghen/deploy", str(DEPLOY))
        (tmp_path / path.name).write_text(text)

    found = subprocess.run(
        [tool, "verify", "--man=no", *sorted(map(str, tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
    )

    assert [line for line in found.stderr.splitlines() if "dunghen-import" in line] == []
    assert found.returncode == 0
