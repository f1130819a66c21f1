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
@pytest.mark.usefixtures("own_store")
def test_build_says_what_it_built(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = tmp_path / "new" / "dunghen.duckdb"

    assert cli.main(["build", "--database", str(database)]) == cli.DONE

    assert database.is_file()
    assert re.fullmatch(
        rf"{re.escape(str(database))} đã có bản số liệu [0-9a-f]{{16}}\.\n", capsys.readouterr().out
    )


def test_what_cannot_be_built_is_one_sentence_and_exit_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_path: Path | None) -> str:
        raise warehouse.BuildError.told("missing", path="data/targets.csv")

    monkeypatch.setattr(publishing, "publish", refuse)

    assert cli.main(["build"]) == cli.REFUSED
    assert capsys.readouterr().err.startswith("Thiếu tệp data/targets.csv, một trong các tệp")
    assert cli.main(["build", "--lang", "en"]) == cli.REFUSED
    assert capsys.readouterr().err.startswith("data/targets.csv is missing. ")


@pytest.mark.parametrize(
    "arguments", [[], ["publish"], ["serve", "--port", "0"], ["serve", "--port", "http"]]
)
def test_unusable_arguments_exit_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        cli.main(arguments)

    assert exit_.value.code == cli.UNUSABLE
    assert "cách dùng: python -m dunghen" in capsys.readouterr().err


def said(arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What a command says that ends with its arguments, as one line."""
    with pytest.raises(SystemExit) as exit_:
        cli.main(arguments.split())
    told = capsys.readouterr()
    assert exit_.value.code == (cli.UNUSABLE if told.err else cli.DONE)
    return " ".join((told.out + told.err).split())


COMMANDS = ["import", "imports", "undo", "inbox", "lists", "build", "serve", "simulate", "mappings"]
BY_PARSER = re.compile(
    r"\b(usage|positional|options|commands|show|this|help and|required|must|arguments?|invalid|choose"
    r"|choice|unrecognized|expected|error|ambiguous|ignored|default|FILE|DAY|CODE|FOLDER|COMMAND|NAME|SECONDS)\b"
)
# the one line that is told in both languages
OF_LANGUAGE = "ngôn ngữ (mặc định: vi) | language (default: vi)"


@pytest.mark.parametrize(
    "command", ["", *COMMANDS, "lists undo", *(f"lists {kind}" for kind in ("procedures", "portal_codes"))]
)
def test_help_speaks_the_language_asked_for(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    vietnamese = said(f"{command} --help", capsys)
    assert OF_LANGUAGE in vietnamese
    assert not BY_PARSER.search(vietnamese.replace(OF_LANGUAGE, "").replace("-h, --help", ""))

    english = said(f"{command} --help --lang en", capsys)
    assert english == said(f"--lang en {command} --help", capsys)
    assert re.sub("[A-Za-z0-9–…]", "", english.replace(OF_LANGUAGE, "").replace("Đúng Hẹn", "")).isascii()


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert all(f" {command} " in said("--help", capsys) for command in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "vietnamese", "english"),
    [
        ("", "còn thiếu LỆNH", "COMMAND must be given"),
        ("lists procedures", "còn thiếu TỆP, --source", "FILE, --source must be given"),
        (
            "publish",
            "LỆNH: không nhận 'publish'; cho phép:",
            "COMMAND: there is no choice 'publish'; allowed:",
        ),
        ("import a --as-of", "--as-of: cần một giá trị", "--as-of: needs one value"),
        (
            "import a --dry-run=3",
            "--dry-run: không nhận giá trị '3'",
            "--dry-run: takes no value such as '3'",
        ),
        (
            "import a --no",
            "không có giá trị hay tùy chọn này: --no",
            "there is no such value or option: --no",
        ),
        ("import a --co x", "--co có thể là --coverage, --complete-for", "--co may stand for --coverage"),
        ("import a --wait x", "--wait: cần một số giây", "--wait: a number of seconds"),
        ("import a --as-of x", "--as-of: ngày viết là", "--as-of: a day is written"),
        ("simulate --dossiers 0", "--dossiers: cần một số nguyên từ 1", "--dossiers: a whole number from 1"),
        ("simulate --seed x", "--seed: cần một số nguyên từ 0", "--seed: a whole number from 0"),
        ("simulate --since 1999-01-01", "tỉnh tưởng tượng chỉ có", "the imaginary province has days"),
        ("serve --port 65536", "từ 1 đến 65535, không phải “65536”", "from 1 to 65535, not “65536”"),
        (f"serve --port {'9' * 5000}", "cần số của một cổng mạng", "the number of a port"),
    ],
)
def test_arguments_are_refused_in_the_language_asked_for(
    arguments: str, vietnamese: str, english: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = said(arguments, capsys)
    assert vietnamese in told
    assert "lỗi: " in told
    assert not BY_PARSER.search(told)
    told = said(f"--lang en {arguments}", capsys)
    assert english in told
    assert "error: " in told


def test_simulate_says_what_it_wrote_in_the_language_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["simulate", "--dossiers", "1", "--to", str(tmp_path)]
    assert cli.main(command) == cli.DONE
    assert capsys.readouterr().out.endswith("minh-hoa-2026-10-31.csv: 1 dòng.\n")
    assert cli.main(["--lang", "en", *command]) == cli.DONE
    assert capsys.readouterr().out.endswith("minh-hoa-2026-10-31.csv holds 1 row.\n")


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
@pytest.mark.usefixtures("own_store")
def test_a_server_that_cannot_build_says_so_without_a_traceback(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    environment = {**os.environ, "DUNGHEN_DATABASE": str(blocked / "dunghen.duckdb")}
    serve = ["-m", "dunghen", "serve", "--lang", "en"]
    for command in (serve, ["-m", "streamlit", "run", "app.py", "--server.port=0"]):
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
