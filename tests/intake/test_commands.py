"""`import`, `imports` and `undo` at the command line: what they say, in which language, and how they exit."""

from __future__ import annotations

from pathlib import Path

import pytest

from dunghen import cli
from tests.intake.test_importing import GOOD, MANY, export, row

DAY = ["--as-of", "2026-10-31"]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DUNGHEN_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("DUNGHEN_KEY", "0123456789abcdef" * 4)
    monkeypatch.setenv("DUNGHEN_DATABASE", str(tmp_path / "dunghen.duckdb"))
    return tmp_path / "store"


def test_an_import_is_told_listed_and_undone(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(export(tmp_path / "thang-10.csv", [*MANY, row(DonViXuLy="MH.99")]))

    assert cli.main(["import", file, *DAY, "--lang", "en"]) == cli.DONE
    told = capsys.readouterr().out
    assert "101 rows read: 100 loaded, 1 quarantined, 0 repeated." in told
    assert "1 rows left out, authority: authority not in the register" in told
    assert str(store / "imports/0001/quarantine.csv") in told

    assert cli.main(["import", file, *DAY]) == cli.DONE
    assert "không có gì thay đổi" in capsys.readouterr().out
    assert cli.main(["imports"]) == cli.DONE
    assert "thang-10.csv" in capsys.readouterr().out
    assert cli.main(["undo", "1"]) == cli.DONE
    assert "0001" in capsys.readouterr().out
    assert cli.main(["imports", "--lang", "en"]) == cli.DONE
    assert "no imports yet" in capsys.readouterr().out
    assert cli.main(["undo", "1"]) == cli.UNUSABLE


def test_a_dry_run_shows_columns_and_first_rows_and_needs_no_key(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DUNGHEN_KEY")
    file = str(export(tmp_path / "a.csv", MANY))

    assert cli.main(["import", file, *DAY, "--dry-run"]) == cli.DONE

    told = capsys.readouterr().out
    assert "đơn vị ← DonViXuLy" in told
    assert "MH-01" in told
    assert "2026-10-01 08:00:00" in told
    assert MANY[0]["MaHoSo"] not in told
    assert GOOD["ChuHoSo"] not in told
    assert not store.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["no-such.csv", *DAY], "no-such.csv"),
        (["a.csv"], "--as-of"),
        (["a.csv", *DAY, "--mapping", "no-such"], "no-such"),
        (["a.csv", *DAY, "--source", "no-such"], "no-such"),
        (["a.csv", *DAY, "--complete-for", "no-such"], "no-such"),
    ],
)
def test_what_cannot_be_used_exits_2_in_words(
    arguments: list[str], words: str, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export(store.parent / "a.csv", MANY)
    arguments[0] = str(store.parent / arguments[0])

    assert cli.main(["import", *arguments]) == cli.UNUSABLE

    told = capsys.readouterr()
    assert words in told.err
    assert "Traceback" not in told.err
    assert not list(store.glob("imports/*"))


def test_without_a_key_it_says_how_to_make_one(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DUNGHEN_KEY")

    assert cli.main(["import", str(export(tmp_path / "a.csv", MANY)), *DAY]) == cli.UNUSABLE
    assert "secrets.token_hex(32)" in capsys.readouterr().err


def test_too_many_rejects_exit_1(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(export(tmp_path / "a.csv", [GOOD, row(MaHoSo="A-1", DonViXuLy="MH.99")]))

    assert cli.main(["import", file, *DAY, "--lang", "en"]) == cli.REFUSED
    assert "50.0%" in capsys.readouterr().err
    assert cli.main(["import", file, *DAY, "--accept-rejects"]) == cli.DONE


def test_a_day_that_is_none_exits_2(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["import", "a.csv", "--as-of", "31/10/2026"])
    assert stopped.value.code == cli.UNUSABLE
    assert "YYYY-MM-DD" in capsys.readouterr().err
