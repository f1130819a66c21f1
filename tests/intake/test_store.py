"""The private store: one at a time, all or nothing, words where the disk refuses."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from dunghen.intake.errors import RefusedError, UnusableError
from dunghen.intake.store import Import, Store, key_from_environment

HOLDER = """
import sys, time
from pathlib import Path
from dunghen.intake.store import Store
with Store(Path(sys.argv[1])).alone():
    print("held", flush=True)
    time.sleep(60)
"""
FACTS: dict[str, Any] = {
    "record": "dossiers",
    "mapping": "m",
    "reading_hash": "h",
    "as_of": None,
    "source_id": None,
    "imported_at": "2026-11-01T08:00:00",
    "accepted_rejects": False,
    "files": [],
    "rows_read": 1,
    "rows_loaded": 1,
    "rows_quarantined": 0,
    "rows_repeated": 0,
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def keep(store: Store, sequence: int | None = None) -> Import:
    """An import with nothing but its facts, the next one or that of a number."""
    sequence = sequence or store.next_sequence()
    with store.drafting(sequence) as draft:
        made = Import(folder=draft, import_id=f"{sequence:04}", sequence=sequence, **FACTS)
        store.add(made)
        store.keep(made)
    return made


def test_a_store_is_for_its_owner_alone(store: Store) -> None:
    with store.alone():
        assert store.folder.stat().st_mode & 0o077 == 0


def test_a_kept_import_is_read_as_it_was_written(store: Store) -> None:
    with store.alone():
        made = keep(store)

    (found,) = Store(store.folder).imports()
    assert found.facts() == made.facts()
    assert found.folder.name == "0001"
    assert store.find("1") == store.find("0001") == found


def test_imports_stay_in_order_beyond_four_digits(store: Store) -> None:
    numbers = [2, 9_999, 10_000]
    with store.alone():
        for sequence in numbers:
            keep(store, sequence)
        assert keep(store).sequence == 10_001

    assert [one.sequence for one in Store(store.folder).imports()] == [*numbers, 10_001]


def test_a_draft_is_there_for_its_maker_only_and_goes_if_it_is_not_kept(store: Store) -> None:
    with store.alone(), store.drafting(1) as draft:
        store.add(Import(folder=draft, import_id="0001", sequence=1, **FACTS))
        assert [one.import_id for one in store.imports()] == ["0001"]
        assert Store(store.folder).imports() == []
    assert store.imports() == []
    assert list((store.folder / "imports").iterdir()) == []


def test_what_killed_runs_left_is_removed_by_the_next(store: Store) -> None:
    with store.alone():
        keep(store)
    leftovers = [
        store.folder / "imports/.draft-0002",
        store.folder / "imports/.removed-0001",
        store.folder / ".scratch-1",
        store.folder / "reference/.0002",
        store.folder / "reference/.removed-0001",
    ]
    kept = store.folder / "reference/0001"
    for leftover in [*leftovers, kept]:
        leftover.mkdir(parents=True)
        (leftover / "rows").write_text("x")

    with store.alone():
        assert not any(leftover.exists() for leftover in leftovers)
        assert (kept / "rows").exists()
        (store.folder / ".scratch-2").mkdir()
        with store.alone():
            # entered again by the same process: nothing of its own is swept away
            assert (store.folder / ".scratch-2").exists()
    assert len(store.imports()) == 1


def test_a_note_of_what_was_not_published_is_dropped_with_its_draft(store: Store, tmp_path: Path) -> None:
    with store.alone():
        keep(store)
        folder = store.folder / "imports/.draft-0002"
        folder.mkdir()
    (store.folder / "pending.json").write_text(
        json.dumps({"database": str(tmp_path / "none"), "inputs": "x", "coming": ["0002"], "going": ["0001"]})
    )
    store.recover()
    assert [one.import_id for one in store.imports()] == ["0001"]
    assert not folder.exists()
    assert not (store.folder / "pending.json").exists()


def test_a_note_is_left_to_who_is_at_work(store: Store) -> None:
    with store.alone():
        (store.folder / "pending.json").write_text("{")
        Store(store.folder, seconds_to_wait=0).recover()
        (store.folder / "pending.json").unlink()


def test_a_damaged_note_is_named(store: Store) -> None:
    with store.alone():
        keep(store)
    (store.folder / "pending.json").write_text("{")
    with pytest.raises(UnusableError, match=r"pending\.json"):
        store.recover()


def test_numbers_go_on_after_the_last(store: Store) -> None:
    with store.alone():
        keep(store)
        keep(store)
        with store.undoing(store.find("1")):
            assert [one.import_id for one in store.imports()] == ["0002"]
        assert store.next_sequence() == 3
        with store.undoing(store.find("2")):
            pass
        assert store.next_sequence() == 1


@pytest.mark.parametrize("import_id", ["7", "0007", "x", "../0001"])
def test_an_unknown_import_is_named_beside_the_known(import_id: str, store: Store) -> None:
    with pytest.raises(UnusableError):
        store.find(import_id)
    with store.alone():
        keep(store)
    with pytest.raises(UnusableError, match="0001"):
        store.find(import_id)


def test_a_damaged_import_is_told_by_its_place(store: Store) -> None:
    with store.alone():
        keep(store)
    (store.folder / "imports/0001/import.json").write_text(json.dumps({"import_id": "0001"}))
    with pytest.raises(UnusableError, match="0001"):
        store.imports()
    (store.folder / "imports/0001/import.json").unlink()
    with pytest.raises(UnusableError, match=r"import\.json"):
        store.imports()


def test_a_second_one_waits_and_then_gives_up_in_words(store: Store) -> None:
    command = [sys.executable, "-c", HOLDER, str(store.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        waited: list[float] = []
        impatient = Store(store.folder, seconds_to_wait=0.3)
        with pytest.raises(RefusedError), impatient.alone(lambda: waited.append(time.monotonic())):
            pytest.fail("two at once")
        assert len(waited) == 1
        holder.kill()
    with store.alone():
        pass


def test_the_key_of_the_first_dossiers_is_the_stores(store: Store) -> None:
    with store.alone():
        store.check_key(b"of an import that was refused")
        store.check_key(b"first")
        keep(store)
        store.check_key(b"first")
        with pytest.raises(UnusableError, match="DUNGHEN_KEY"):
            store.check_key(b"other")
    assert b"first" not in (store.folder / "store.json").read_bytes()


def test_a_key_is_needed_and_has_a_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DUNGHEN_KEY", raising=False)
    with pytest.raises(UnusableError, match="token_hex"):
        key_from_environment()
    monkeypatch.setenv("DUNGHEN_KEY", "short")
    with pytest.raises(UnusableError, match="32"):
        key_from_environment()
    monkeypatch.setenv("DUNGHEN_KEY", "k" * 32)
    assert key_from_environment() == b"k" * 32
