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
GUIDES = (GUIDE, GUIDE.with_name("cong-bo.md"))


def import_inbox(
    inbox: Path, log: Path, *options: str, codes: dict[str, int] | None = None, **environment: str
) -> int:
    """Runs the script with a stand-in for Python that notes how it was called; returns the exit code."""
    stand_in = log.with_name("python")
    cases = "".join(f"*'{name}'*) exit {code};;\n" for name, code in (codes or {}).items())
    stand_in.write_text(f'#!/bin/sh\necho "$@" >> {log}\ncase "$*" in\n{cases}*) exit 0;;\nesac\n')
    stand_in.chmod(0o755)
    found = subprocess.run(
        [DEPLOY / "import-inbox.sh", inbox, *options],
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


@pytest.mark.parametrize("code", [0, 1, 2])
def test_the_folder_is_imported_at_once_and_its_code_is_handed_on(
    code: int, inbox: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"

    assert import_inbox(inbox, log, codes={"inbox": code}, DUNGHEN_KEY="k") == code

    assert log.read_text().splitlines() == [f"-m dunghen inbox {inbox}"]


def test_options_are_handed_on_to_every_call(inbox: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    options = ("--within", "25", "--mapping", "an x.toml")

    import_inbox(inbox, log, *options, codes={"dunghen inbox": 137}, DUNGHEN_KEY="k")

    calls = log.read_text().splitlines()
    assert len(calls) == 3
    assert all(call.endswith(" --within 25 --mapping an x.toml") for call in calls)


def test_where_the_process_is_ended_each_file_has_one_of_its_own(inbox: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"

    assert import_inbox(inbox, log, codes={"dunghen inbox": 137, "2026-10-31": 137}, DUNGHEN_KEY="k") == 2

    assert log.read_text().splitlines()[1:] == [
        f"-m dunghen import {inbox}/2026-10-31.xlsx --as-of 2026-10-31",
        f"-m dunghen import {inbox}/thang-11-2026-11-30.csv --as-of 2026-11-30",
    ]
    assert "code 137" in (tmp_path / "said").read_text()


@pytest.mark.parametrize(("of_a_file", "code"), [(0, 0), (1, 1), (2, 2), (137, 2)])
def test_one_file_after_the_other_ends_with_the_worst_of_them(
    of_a_file: int, code: int, inbox: Path, tmp_path: Path
) -> None:
    codes = {"dunghen inbox": 137, "2026-10-31": of_a_file}

    assert import_inbox(inbox, tmp_path / "log", codes=codes, DUNGHEN_KEY="k") == code


def test_one_file_after_the_other_a_file_without_a_day_is_of_no_use(inbox: Path, tmp_path: Path) -> None:
    (inbox / "no-day.csv").write_text("x")
    log = tmp_path / "log"

    assert import_inbox(inbox, log, codes={"dunghen inbox": 137}, DUNGHEN_KEY="k") == 2

    assert "no-day" not in log.read_text()
    assert "without a day" in (tmp_path / "said").read_text()


def test_a_process_that_ends_without_any_file_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    assert import_inbox(tmp_path / "empty", tmp_path / "log", codes={"inbox": 127}, DUNGHEN_KEY="k") == 2


def test_without_a_key_or_a_folder_nothing_is_started(inbox: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"

    assert import_inbox(inbox, log) == 2
    said = (tmp_path / "said").read_text()
    assert "DUNGHEN_KEY is not set" in said
    assert "docs/cong-bo.md" in said
    assert import_inbox(tmp_path / "nowhere", log, DUNGHEN_KEY="k") == 2
    assert not log.exists()


def test_the_guide_names_only_files_and_units_that_are_shipped() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)", text)
    units = set(re.findall(r"dunghen-import\.(?:service|timer)", text))

    assert links
    assert [link for link in links if not (GUIDE.parent / link).exists()] == []
    assert units == {path.name for path in DEPLOY.glob("dunghen-import.*")}


def nightly_lines(guide: Path, folder: Path) -> str:
    """The lines of the guide that set up the timer, as they are, but without root and below `folder`."""
    text = guide.read_text(encoding="utf-8")
    lines = next(block for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) if "key.env" in block)
    assert lines.index("chown -R dunghen: /srv/dunghen\n") < lines.index("enable --now")
    lines = re.sub(r"(sudo )?(chown|systemctl|journalctl)\b", "true", lines).replace("sudo ", "")
    return re.sub(r"(?<= )/(etc|srv)/", rf"{folder}/\1/", lines)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_the_night_takes_the_key_of_the_first_import(guide: Path, tmp_path: Path) -> None:
    (tmp_path / "etc/systemd/system").mkdir(parents=True)
    lines = nightly_lines(guide, tmp_path)
    written = tmp_path / "etc/dunghen/key.env"

    def run(**environment: str) -> int:
        env = {"PATH": os.environ["PATH"], **environment}
        return subprocess.run(["bash", "-euc", lines], env=env, cwd=ROOT, check=False).returncode

    assert run() != 0
    assert not written.exists(), "an empty key would take the place of the one that is there"
    assert run(DUNGHEN_KEY="0123456789abcdef" * 4) == 0
    assert written.read_text() == f"DUNGHEN_KEY={'0123456789abcdef' * 4}\n"
    assert written.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_a_key_is_made_in_one_place_only(guide: Path) -> None:
    text = guide.read_text(encoding="utf-8")

    assert text.count("token_hex") == 1
    assert text.index("token_hex") < text.index("-m dunghen import ")


@pytest.mark.parametrize(
    "file",
    [*GUIDES, DEPLOY / "dunghen-import.service"],
    ids=lambda file: file.name,
)
def test_it_is_shown_where_options_go(file: Path) -> None:
    assert "deploy/import-inbox.sh /srv/dunghen-inbox --within 25" in file.read_text(encoding="utf-8")


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
