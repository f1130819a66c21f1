"""A night's folder: every file for the day in its name, one publication, no file in another's way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from dunghen import cli, publishing
from dunghen.intake import importing, inbox
from dunghen.intake.errors import RefusedError, UnusableError
from dunghen.intake.importing import Done
from dunghen.intake.inbox import Outcome
from dunghen.intake.job import Job
from dunghen.intake.store import Store
from dunghen.warehouse import BuildError
from tests.intake.specimens import as_csv, national_rows, small_data

KEY = b"0123456789abcdef" * 4
Command = Callable[[str], int]
JUNE, JULY, AUGUST = dt.date(2026, 10, 29), dt.date(2026, 10, 30), dt.date(2026, 10, 31)


class Office:
    """A folder of exports, a store, and publications that are only counted."""

    def __init__(self, folder: Path) -> None:
        self.inbox, self.data, self.store = (
            folder / "inbox",
            small_data(folder / "data"),
            Store(folder / "store"),
        )
        self.inbox.mkdir()
        # the imports of each publication, and those with which none succeeds
        self.published: list[list[str]] = []
        self.unpublishable: set[dt.date] = set()

    def put(self, name: str, rows: int = 3) -> Path:
        path = self.inbox / name
        path.write_bytes(as_csv(national_rows(rows)))
        return path

    def publish(self, store: Store) -> str:
        held = store.imports()
        if self.unpublishable & {one.as_of for one in held}:
            raise BuildError("no")
        self.published.append([one.import_id for one in held])
        return "s"

    def night(self) -> list[Outcome]:
        dated, _ = inbox.files_by_day(self.inbox)
        jobs = [
            Job(files=[path], store=self.store, key=KEY, data=self.data, as_of=day) for day, path in dated
        ]
        return inbox.run(jobs, self.store, self.publish)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def is_new(outcome: Outcome) -> bool:
    return isinstance(outcome, Done) and outcome.is_new


def test_files_come_by_the_day_in_their_names(office: Office) -> None:
    for name in ("thang-10-2026-10-31.csv", "2026-10-30.csv", "x.csv", "2026-13-01.csv", ".2026-10-29.csv"):
        office.put(name)
    (office.inbox / "2026-10-28").mkdir()

    dated, undated = inbox.files_by_day(office.inbox)

    assert [(day, path.name) for day, path in dated] == [
        (JULY, "2026-10-30.csv"),
        (AUGUST, "thang-10-2026-10-31.csv"),
    ]
    assert [path.name for path in undated] == ["2026-13-01.csv", "x.csv"]
    with pytest.raises(UnusableError, match="nowhere"):
        inbox.files_by_day(office.inbox / "nowhere")


@pytest.mark.slow
def test_many_files_are_one_publication(office: Office) -> None:
    for number in range(3):
        office.put(f"2026-10-{29 + number}.csv", 3 + number)

    found = office.night()

    assert list(map(is_new, found)) == [True] * 3
    assert office.published == [["0001", "0002", "0003"]]
    assert [one.as_of for one in office.store.imports()] == [JUNE, JULY, AUGUST]
    assert all(isinstance(one, Done) and one.snapshot == "s" and one.made.folder.exists() for one in found)
    # the second export repeats the dossiers of the first, as it would have in a night of its own
    assert [one.rows_repeated for one in office.store.imports()] == [0, 3, 4]


def test_a_second_night_with_the_same_files_publishes_nothing(office: Office) -> None:
    office.put("2026-10-30.csv")
    office.night()

    (again,) = office.night()

    assert isinstance(again, Done)
    assert not again.is_new
    assert len(office.published) == 1
    assert inbox.run([], office.store, office.publish) == []


@pytest.mark.slow
def test_a_file_that_cannot_be_taken_keeps_no_other_out(office: Office) -> None:
    office.put("2026-10-29.csv")
    office.put("2026-10-30.csv").write_bytes(b"\0")
    office.put("2026-10-31.csv", 4)

    found = office.night()

    assert [is_new(one) for one in found] == [True, False, True]
    assert isinstance(found[1], UnusableError)
    assert office.published == [["0001", "0002"]]


@pytest.mark.slow
def test_a_mistake_of_the_program_keeps_no_other_out(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.put("2026-10-29.csv")
    office.put("2026-10-30.csv", 4)
    make: Callable[..., object] = importing._make

    def broken(job: Job, *more: object) -> object:
        if job.as_of == JUNE:
            raise ZeroDivisionError("what a cell held")
        return make(job, *more)

    monkeypatch.setattr(importing, "_make", broken)
    found = office.night()

    assert [is_new(one) for one in found] == [False, True]
    assert isinstance(found[0], UnusableError)
    assert "ZeroDivisionError" in found[0].text("en")
    assert "cell" not in found[0].text("en")


@pytest.mark.slow
def test_what_is_good_gets_through_where_all_together_do_not(office: Office) -> None:
    for number in range(3):
        office.put(f"2026-10-{29 + number}.csv", 3 + number)
    office.unpublishable = {JULY}

    found = office.night()

    assert [is_new(one) for one in found] == [True, False, True]
    assert isinstance(found[1], BuildError)
    assert office.published == [["0001"], ["0001", "0002"]]
    assert [one.as_of for one in office.store.imports()] == [JUNE, AUGUST]


@pytest.mark.slow
def test_what_was_undone_does_not_come_in_again_by_itself(office: Office) -> None:
    office.put("2026-10-30.csv")
    office.put("2026-10-31.csv", 4)
    office.night()
    importing.undo(office.store, "1", office.publish)

    refused, known = office.night()

    assert isinstance(refused, RefusedError)
    assert "2026-10-30.csv" in refused.text("en")
    assert "figures to 30 Oct 2026" in refused.text("en")
    assert "--again" in refused.text("en")
    assert isinstance(known, Done)
    assert [one.import_id for one in office.store.imports()] == ["0002"]


@pytest.mark.slow
def test_what_was_undone_comes_in_again_if_it_is_asked_for(office: Office) -> None:
    path = office.put("2026-10-30.csv")
    office.night()
    importing.undo(office.store, "1", office.publish)
    (gone,) = office.store.undone()
    assert (gone.import_id, gone.as_of, gone.files[0]["name"]) == ("0001", "2026-10-30", "2026-10-30.csv")
    job = Job(files=[path], store=office.store, key=KEY, data=office.data, as_of=AUGUST)
    # for another day it is another import
    assert importing.run(job).is_new
    assert office.store.undone() == [gone]

    again = Job(files=[path], store=office.store, key=KEY, data=office.data, as_of=JULY, again=True)
    assert importing.run(again).is_new
    assert office.store.undone() == []
    (known,) = office.night()
    assert isinstance(known, Done)


@pytest.mark.slow
def test_a_damaged_note_of_what_was_undone_is_named(office: Office) -> None:
    office.put("2026-10-30.csv")
    office.night()
    (office.store.folder / "undone.json").write_text("{")
    with pytest.raises(UnusableError, match=r"undone\.json"):
        office.store.undone()


@pytest.fixture
def command(office: Office, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs `inbox` on the office's folder in a language; its exit code."""
    monkeypatch.setenv("DUNGHEN_STORE", str(office.store.folder))
    monkeypatch.setenv("DUNGHEN_KEY", KEY.decode())
    monkeypatch.setattr(publishing, "publish", lambda _, store, **__: office.publish(store))
    return lambda language: cli.main(["inbox", str(office.inbox), "--lang", language])


def test_the_command_tells_of_every_file_and_ends_with_the_worst(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUNGHEN_STORE", str(office.store.folder))
    monkeypatch.setenv("DUNGHEN_KEY", KEY.decode())
    monkeypatch.setattr(publishing, "publish", lambda _, store, **__: office.publish(store))
    office.put("2026-10-30.csv")
    command = ["inbox", str(office.inbox), "--lang", "en"]

    assert cli.main(command) == 0
    assert "── 2026-10-30.csv (figures to " in capsys.readouterr().out

    assert cli.main(["undo", "1", "--lang", "en"]) == 0
    assert cli.main(command) == 1
    assert "this file, with figures to 30 Oct 2026, was imported before" in capsys.readouterr().err
    assert cli.main(["imports", "--lang", "en"]) == 0
    (listed,) = capsys.readouterr().out.splitlines()[1:]
    assert listed.startswith("undone ")
    assert listed.endswith("figures to 30 Oct 2026  2026-10-30.csv")

    office.put("nguyen-van-mau.csv")
    office.put("so-lieu.csv")
    assert cli.main(command) == 2
    said = capsys.readouterr()
    assert "2 files have no day (YYYY-MM-DD) in their names (file 2, so-lieu.csv)" in said.err
    assert "nguyen" not in said.out + said.err


def test_of_many_files_without_a_day_only_the_first_are_named(
    office: Office, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(12):
        office.put(f"x{number:02}.csv")
    assert command("en") == 2
    said = capsys.readouterr().err
    assert "12 files have no day" in said
    assert "x09.csv, …)" in said


@pytest.mark.slow
@pytest.mark.parametrize(("language", "called"), [("vi", "tệp 2"), ("en", "file 2")])
def test_a_file_whose_name_is_not_shown_is_called_the_same_everywhere(
    language: str, called: str, office: Office, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    office.put("2026-10-30.csv")
    office.put("nguyen-van-mau-2026-10-31.csv").write_bytes(b"")
    assert command(language) == 2
    explained, _, told = capsys.readouterr().err.partition(f"── {called} (")
    assert called in explained.lower()
    assert called in told.lower()
    assert "nguyen" not in told


@pytest.mark.parametrize(("language", "words"), [("vi", "không có tệp nào"), ("en", "nothing to take in")])
def test_an_empty_folder_is_said_to_be_empty(
    language: str, words: str, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(language) == 0
    assert words in capsys.readouterr().out
