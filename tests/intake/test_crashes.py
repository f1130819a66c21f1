"""Killed, starved of disk, two at once: the published file is as it was or wholly new, the next run works."""

from __future__ import annotations

import csv
import itertools
import os
import random
import re
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dunghen.intake.store import Store
from dunghen.warehouse.published import Snapshot
from tests.intake.crashing import Ended, Forks
from tests.warehouse.conftest import DATA, small_data

# Given by their names to the fixtures below.
__all__ = ["small_data"]

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("crashes")]

ROOT = DATA.parent
KILLS, KILLS_OF_UNDO = 50, 8
SEED = 20261031
DAY = ("--as-of", "2026-10-15", "--lang", "en")
REFUSED = 1
NOTHING_CHANGED = ("Nothing has changed", "Chưa có gì thay đổi")
HEADINGS = (
    *("MaHoSo", "MaTTHC", "KenhThucHien", "NgayTiepNhan", "NgayHenTra", "NgayKetThucXuLy", "NgayTra"),
    *("TrangThaiHoSo", "DonViXuLy", "DanhSachHoSoBoSung"),
)
Command = tuple[object, ...]


def export(path: Path, office: str, dossiers: int = 30) -> Path:
    """Dossiers of an office in August, every third of them late."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for number in range(dossiers):
            promised, finished = 10 if number % 3 else 4, 6
            days = (f"202608{day:02}090000" for day in (1, promised, finished, finished))
            writer.writerow([f"{office}-{number:04}", "MH.000001", number % 3 + 1, *days, 9, office, ""])
    return path


class Office:
    """A checkout with a small data folder, and a place with a store and a published file: `reset` at will."""

    def __init__(self, forks: Forks, folder: Path) -> None:
        self.forks, self.folder = forks, folder
        self.place, self.start = folder / "place", folder / "start"
        self.database = self.place / "dunghen.duckdb"
        self.file = export(folder / "new.csv", "MH.02")
        self.importing: Command = ("import", self.file, *DAY)
        # Set by `prepare`: the published file and its snapshot id before the import, the id after it.
        self.bytes_before = b""
        self.before = self.after = ""

    def prepare(self) -> None:
        """One import of another office is published; beside it, what another one will make of it."""
        self.place.mkdir()
        first = self.forks.run("import", export(self.folder / "old.csv", "MH.01"), *DAY)
        assert first.code == 0, first.told
        shutil.copytree(self.place, self.start)
        self.bytes_before, self.before = self.database.read_bytes(), self.snapshot()
        assert self.forks.run(*self.importing).code == 0
        self.after = self.snapshot()
        assert self.after != self.before

    def reset(self) -> None:
        shutil.rmtree(self.place)
        shutil.copytree(self.start, self.place)

    def snapshot(self) -> str:
        return Snapshot(self.database).snapshot

    def imports(self) -> list[str]:
        """What the folders say, as they lie there."""
        return [one.import_id for one in Store(self.place / "store").imports()]

    def undone(self) -> list[str]:
        return [one.import_id for one in Store(self.place / "store").undone()]

    def leftovers(self) -> list[str]:
        """What ought to be gone after a command that ended by itself."""
        beside = self.place.glob("dunghen.duckdb?*")
        hidden = [*self.place.glob("store/.*"), *self.place.glob("store/*/.*")]
        return [str(path) for path in [*hidden, *beside] if path.suffix not in (".base", ".lock")]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, small_data: Path) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("crashes")
    checkout = folder / "checkout"
    for name in ("dunghen", "queries"):
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(small_data, checkout / "data")
    for name in ("illustrative.csv", "illustrative_successors.csv"):
        shutil.copy(DATA / "registry" / name, checkout / "data" / "registry" / name)
    environment = {
        "DUNGHEN_STORE": str(folder / "place" / "store"),
        "DUNGHEN_DATABASE": str(folder / "place" / "dunghen.duckdb"),
        "DUNGHEN_KEY": "0123456789abcdef" * 4,
    }
    with Forks(checkout, environment) as forks:
        office = Office(forks, folder)
        office.prepare()
        yield office


def killed_at(office: Office, moment: float, *command: object) -> Ended:
    pid = office.forks.start(*command)
    time.sleep(moment)
    os.killpg(pid, signal.SIGKILL)
    return office.forks.end(pid)


def is_whole(office: Office, before: list[str], after: list[str]) -> bool:
    """Holds what a killed command left to all or nothing; whether its figures are published.

    The store follows the published file: after any next command, even one that only lists, they agree.
    """
    is_published = office.database.read_bytes() != office.bytes_before
    if is_published:
        assert office.snapshot() == office.after
    assert office.imports() in ([before, after] if is_published else [before])
    listed = office.forks.run("imports", "--lang", "en")
    assert listed.code == 0, listed.told
    assert office.imports() == (after if is_published else before)
    return is_published


def test_an_import_killed_at_any_moment_is_there_wholly_or_not_at_all(office: Office) -> None:
    clock = random.Random(SEED)  # noqa: S311 - moments, no secrets
    office.reset()
    seconds = office.forks.run(*office.importing).seconds
    killed = 0
    for number in range(KILLS):
        office.reset()
        ended = killed_at(office, (number + clock.random()) / KILLS * seconds, *office.importing)
        killed += ended.code == -signal.SIGKILL
        is_whole(office, ["0001"], ["0001", "0002"])
        again = office.forks.run(*office.importing)
        seconds = again.seconds
        assert (again.code, office.imports(), office.snapshot()) == (0, ["0001", "0002"], office.after)
        assert office.leftovers() == []
    assert killed > KILLS / 2, "the moments missed the work"


@pytest.fixture
def undoing(office: Office) -> Iterator[Command]:
    """The office with both imports; what is before and after changes places for the command that undoes."""
    office.reset()
    assert office.forks.run(*office.importing).code == 0
    was = office.start, office.bytes_before, office.before, office.after
    office.start = Path(shutil.copytree(office.place, office.folder / "both"))
    office.bytes_before = office.database.read_bytes()
    office.before, office.after = office.after, office.before
    yield ("undo", "2", "--lang", "en")
    shutil.rmtree(office.start)
    office.start, office.bytes_before, office.before, office.after = was


def test_an_undo_killed_at_any_moment_is_done_wholly_or_not_at_all(office: Office, undoing: Command) -> None:
    clock = random.Random(SEED)  # noqa: S311 - moments, no secrets
    seconds = office.forks.run(*undoing).seconds
    for number in range(KILLS_OF_UNDO):
        office.reset()
        killed_at(office, (number + clock.random()) / KILLS_OF_UNDO * seconds, *undoing)
        is_whole(office, ["0001", "0002"], ["0001"])
        if "0002" in office.imports():
            again = office.forks.run(*undoing)
            assert again.code == 0, again.told
            seconds = again.seconds
            assert office.leftovers() == []
        assert (office.imports(), office.snapshot()) == (["0001"], office.after)


def every_step(office: Office, command: Command, way: str) -> Iterator[Ended]:
    """Runs a command again and again, disturbed before each of its steps in turn, until it gets through.

    Each run finds what those before it left.
    """
    for step in itertools.count():
        ended = office.forks.run(*command, **{way: step})
        yield ended
        if ended.code == 0:
            return


def kill_between(office: Office, command: Command, before: list[str], after: list[str]) -> None:
    """Kills a command once its figures are published and before the store follows; the next one settles it.

    Looked for from the last step of an undisturbed run backwards, each time from the start: how many steps
    there are before depends on what earlier runs left.
    """
    office.reset()
    undisturbed = office.forks.run(*command)
    assert undisturbed.code == 0, undisturbed.told
    for step in reversed(range(undisturbed.steps)):
        office.reset()
        assert office.forks.run(*command, killed=step).code == -signal.SIGKILL
        lagged = office.imports() == before
        if is_whole(office, before, after) and lagged:
            return
    pytest.fail("never killed after the publication and before the store followed")


def test_an_import_killed_before_each_change_on_the_disk(office: Office) -> None:
    office.reset()
    for ended in every_step(office, office.importing, "killed"):
        assert ended.code in (0, -signal.SIGKILL)
        is_whole(office, ["0001"], ["0001", "0002"])
    assert (office.imports(), office.snapshot(), office.leftovers()) == (["0001", "0002"], office.after, [])


def test_an_import_killed_between_its_publication_and_the_store_is_finished(office: Office) -> None:
    kill_between(office, office.importing, ["0001"], ["0001", "0002"])
    assert (office.imports(), office.snapshot()) == (["0001", "0002"], office.after)


def test_an_undo_killed_before_each_change_on_the_disk(office: Office, undoing: Command) -> None:
    for ended in every_step(office, undoing, "killed"):
        if is_whole(office, ["0001", "0002"], ["0001"]):
            break
        assert ended.code == -signal.SIGKILL
    assert (office.imports(), office.snapshot(), office.undone()) == (["0001"], office.after, ["0002"])


def test_an_undo_killed_between_its_publication_and_the_store_is_finished(
    office: Office, undoing: Command
) -> None:
    kill_between(office, undoing, ["0001", "0002"], ["0001"])
    assert (office.imports(), office.snapshot(), office.undone()) == (["0001"], office.after, ["0002"])
    assert office.forks.run(*office.importing).code == REFUSED
    assert office.forks.run(*office.importing, "--again").code == 0
    assert (office.snapshot(), office.leftovers(), office.undone()) == (office.before, [], [])


def refused_in_words(ended: Ended) -> None:
    assert ended.code == REFUSED, ended.told
    told = [line for line in ended.told.splitlines() if not re.search(r"per second|: \d+ seconds?$", line)]
    assert told[:-1] == [], ended.told
    assert any(words in ended.told for words in NOTHING_CHANGED), ended.told
    assert not re.search(r"Error|draft|\.wal|duckdb\.base", ended.told), ended.told


def test_an_import_on_a_disk_that_is_full_from_some_moment_on(office: Office) -> None:
    office.reset()
    for ended in every_step(office, office.importing, "starved"):
        if ended.code:
            refused_in_words(ended)
            assert office.database.read_bytes() == office.bytes_before
            assert (office.imports(), office.leftovers()) == (["0001"], [])
    assert (office.imports(), office.snapshot()) == (["0001", "0002"], office.after)


def test_an_undo_on_a_disk_that_is_full_from_some_moment_on(office: Office, undoing: Command) -> None:
    for ended in every_step(office, undoing, "starved"):
        if ended.code:
            refused_in_words(ended)
            assert office.database.read_bytes() == office.bytes_before
            assert (office.imports(), office.leftovers()) == (["0001", "0002"], [])
    assert (office.imports(), office.snapshot()) == (["0001"], office.after)
    assert office.undone() == ["0002"]


def test_a_build_from_nothing_on_a_disk_that_is_full_from_some_moment_on(office: Office) -> None:
    office.reset()
    shutil.rmtree(office.place / "store" / "derived")
    (office.place / "dunghen.duckdb.base").unlink()
    for ended in every_step(office, ("build",), "starved"):
        if ended.code:
            refused_in_words(ended)
            assert office.database.read_bytes() == office.bytes_before
            assert office.leftovers() == []
    assert (office.imports(), office.snapshot()) == (["0001"], office.before)


@pytest.mark.parametrize("part", [0.0, 0.5, 0.95])
def test_a_disk_that_fills_while_the_draft_grows(office: Office, part: float) -> None:
    office.reset()
    base = office.database.with_name("dunghen.duckdb.base").stat().st_size
    room = base + round(part * (len(office.bytes_before) - base))
    refused_in_words(office.forks.run(*office.importing, room=room))
    assert office.database.read_bytes() == office.bytes_before
    assert (office.imports(), office.leftovers()) == (["0001"], [])
    assert office.forks.run(*office.importing).code == 0
    assert office.snapshot() == office.after


def test_a_second_import_waits_for_the_first_and_then_works(office: Office, tmp_path: Path) -> None:
    both = [export(tmp_path / f"{code}.csv", code) for code in ("MH.03", "MH.04")]
    found = set()
    for first, second in (both, both[::-1]):
        office.reset()
        ahead = office.forks.start("import", first, *DAY, stopped=3)
        office.forks.until_stopped(ahead)
        behind = office.forks.start("import", second, *DAY)
        office.forks.until_told(behind, "wait")
        os.kill(ahead, signal.SIGCONT)
        ended = [office.forks.end(pid) for pid in (ahead, behind)]
        assert [one.code for one in ended] == [0, 0], ended
        assert office.imports() == ["0001", "0002", "0003"]
        found.add(office.snapshot())
    assert len(found) == 1


@pytest.mark.parametrize("command", ["import", "undo"])
def test_a_second_command_gives_up_in_words_after_its_wait(office: Office, command: str) -> None:
    office.reset()
    ahead = office.forks.start(*office.importing, stopped=3)
    office.forks.until_stopped(ahead)
    second = office.importing if command == "import" else ("undo", "1", "--lang", "en")
    refused = office.forks.run(*second, "--wait", "0.1")
    os.kill(ahead, signal.SIGCONT)
    assert refused.code == REFUSED
    assert "still at work after 1 second of waiting" in refused.told
    assert office.forks.end(ahead).code == 0
    assert (office.imports(), office.snapshot()) == (["0001", "0002"], office.after)


@pytest.mark.parametrize("setting", ["DUNGHEN_STORE", "DUNGHEN_DATABASE"])
def test_a_place_that_cannot_be_written_is_told_in_words(office: Office, setting: str) -> None:
    office.reset()
    # permissions do not bind everybody who may run this; that a file is no folder does
    place = office.file / "below-a-file"
    refused_in_words(office.forks.run(*office.importing, environment={setting: str(place)}))
    assert office.database.read_bytes() == office.bytes_before
    assert (office.imports(), office.leftovers()) == (["0001"], [])
    assert office.forks.run(*office.importing).code == 0
    assert office.snapshot() == office.after
