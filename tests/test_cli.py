"""The commands: what they do, what they say, and how they exit."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dunghen import cli, publishing, warehouse

ROOT = Path(__file__).resolve().parents[1]


class Replaced(BaseException):
    """Stands for the moment in which this process becomes the server."""


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The command line that `serve` turns into; nothing is started and nothing is built."""
    command: list[str] = []

    def replace(program: str, arguments: list[str]) -> None:
        assert program == arguments[0]
        command.extend(arguments)
        raise Replaced

    monkeypatch.setattr(os, "execv", replace)
    monkeypatch.setattr(os, "environ", {"DUNGHEN_DATABASE": "relative.duckdb"})
    monkeypatch.setattr(publishing, "ensure_published", lambda: Path("relative.duckdb"))
    monkeypatch.chdir(tmp_path)
    return command


@pytest.mark.slow
def test_build_says_what_it_built(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = tmp_path / "new" / "dunghen.duckdb"

    assert cli.main(["build", "--database", str(database)]) == cli.DONE

    assert database.is_file()
    assert re.fullmatch(
        rf"{re.escape(str(database))} holds snapshot [0-9a-f]{{16}}\.\n", capsys.readouterr().out
    )


def test_what_cannot_be_built_is_one_sentence_and_exit_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_path: Path | None) -> str:
        raise warehouse.BuildError("data/targets.csv is missing.")

    monkeypatch.setattr(publishing, "publish", refuse)

    assert cli.main(["build"]) == cli.REFUSED
    assert capsys.readouterr().err == "data/targets.csv is missing.\n"


@pytest.mark.parametrize(
    "arguments", [[], ["publish"], ["serve", "--port", "0"], ["serve", "--port", "http"]]
)
def test_unusable_arguments_exit_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        cli.main(arguments)

    assert exit_.value.code == cli.UNUSABLE
    assert "usage: python -m dunghen" in capsys.readouterr().err


def test_serve_becomes_the_server_on_the_port_asked_for(started: list[str], tmp_path: Path) -> None:
    with pytest.raises(Replaced):
        cli.main(["serve", "--port", "8600"])

    assert started == [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port=8600"]
    assert Path.cwd() == ROOT
    # a path that was relative to where the command was given still names the same file
    assert os.environ["DUNGHEN_DATABASE"] == str(tmp_path / "relative.duckdb")


def test_serve_believes_a_proxy_on_this_machine_unless_told_otherwise(
    started: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Replaced):
        cli.main(["serve"])
    assert "::ffff:127.0.0.1" in os.environ["FORWARDED_ALLOW_IPS"].split(",")

    monkeypatch.setitem(os.environ, "FORWARDED_ALLOW_IPS", "10.0.0.1")
    with pytest.raises(Replaced):
        cli.main(["serve"])
    assert os.environ["FORWARDED_ALLOW_IPS"] == "10.0.0.1"


def test_serve_takes_the_port_from_the_environment(started: list[str]) -> None:
    os.environ["PORT"] = "8700"
    with pytest.raises(Replaced):
        cli.main(["serve"])

    assert started[-1] == "--server.port=8700"


@pytest.mark.slow
def test_a_server_that_cannot_build_says_so_without_a_traceback(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    environment = {**os.environ, "DUNGHEN_DATABASE": str(blocked / "dunghen.duckdb")}
    for command in (["-m", "dunghen", "serve"], ["-m", "streamlit", "run", "app.py", "--server.port=0"]):
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            check=False,
            text=True,
            timeout=120,
        )
        assert done.returncode in (cli.REFUSED, 3)
        assert f"The published file {blocked / 'dunghen.duckdb'} cannot be written" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_server_with_a_wrong_setting_says_so_without_a_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port=0"],
        cwd=ROOT,
        env={**os.environ, "DUNGHEN_SESSIONS_PER_ADDRESS": "many"},
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1
    assert done.stderr.strip() == "DUNGHEN_SESSIONS_PER_ADDRESS must be a whole number above 0, not 'many'."
