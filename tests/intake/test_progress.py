"""What an import shows of itself while it runs: a bar on a terminal, plain lines otherwise."""

from __future__ import annotations

import io
import sys
import threading
from pathlib import Path
from typing import Any, cast

import duckdb
import pytest

from dunghen.intake import progress
from dunghen.intake.progress import Bars
from dunghen.intake.reading import open_tables

SECONDS_TO_WAIT = 60


class Terminal(io.StringIO):
    """Notes when something was drawn that a test waits for."""

    def __init__(self, awaited: str) -> None:
        super().__init__()
        self.awaited, self.seen = awaited, threading.Event()

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        written = super().write(text)
        if self.awaited in self.getvalue():
            self.seen.set()
        return written


class Halfway:
    """A connection whose statement is done by half."""

    def execute(self, _: str) -> None:
        """Takes any setting."""

    def query_progress(self) -> float:
        """Per cent."""
        return 50.0


def shown_on(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Bars:
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LOOKS", 0.001)
    return Bars("en")


def test_the_bar_tells_rows_per_second_while_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal("rows per second")
    bars = shown_on(terminal, monkeypatch)

    with bars("a.csv", cast("Any", Halfway()), lambda: 12, lambda: 1_000_000):
        assert terminal.seen.wait(SECONDS_TO_WAIT)
        during = terminal.getvalue()

    assert "a.csv:  50%|" in during
    assert "about " in during
    assert terminal.getvalue().splitlines()[-1].strip().startswith("a.csv: 12 rows, ")


def test_a_bar_of_which_nobody_knows_the_rows_tells_no_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal("50%")
    bars = shown_on(terminal, monkeypatch)

    with bars("a.xlsx", cast("Any", Halfway()), lambda: 12, lambda: None):
        assert terminal.seen.wait(SECONDS_TO_WAIT)
        during = terminal.getvalue()

    assert "per second" not in during


def test_a_stage_without_rows_shows_the_time_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal("Checking and publishing… 00:00")
    bars = shown_on(terminal, monkeypatch)

    with bars.stage("checking"):
        assert terminal.seen.wait(SECONDS_TO_WAIT)

    assert terminal.getvalue().splitlines()[-1].strip().startswith("Checking and publishing: ")


def test_elsewhere_each_step_is_one_plain_line(capsys: pytest.CaptureFixture[str]) -> None:
    bars = Bars("vi")
    with duckdb.connect() as connection, bars("a.csv", connection, lambda: 12, lambda: 12):
        pass
    with bars.stage("adding_up"):
        pass

    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("a.csv: 12 dòng, ")
    assert second == "Cộng số liệu, che số nhỏ: 0 giây"


def test_a_csv_tells_about_how_many_rows_it_has(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("MaHoSo,MaTTHC\n" + "M-123456,1.000001\n" * 50_000, encoding="utf-8")

    (table,) = open_tables([path], tmp_path)

    assert table.rows_about == pytest.approx(50_000, rel=0.05)
