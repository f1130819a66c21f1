"""Publication: sample and store become part of the file; all or nothing, one at a time, always the same."""

from __future__ import annotations

import csv
import datetime as dt
import os
import random
import shutil
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dunghen import questions
from dunghen.intake import importing
from dunghen.intake.job import Job
from dunghen.intake.store import Import, Store
from dunghen.publishing import ensure_published, publish
from dunghen.scope import Scope
from dunghen.warehouse import BuildError, current_snapshot
from tests.warehouse.conftest import DATA
from tests.warehouse.data_folder import Folder

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
KEY = b"a key of a test, longer than a block of SHA-256: " + b"0123456789abcdef" * 2
OTHER_KEY = KEY[::-1]
AS_OF = dt.date(2026, 10, 15)
KILLS = 12
HEADINGS = (
    *("MaHoSo", "MaTTHC", "KenhThucHien", "NgayTiepNhan", "NgayHenTra", "NgayKetThucXuLy", "NgayTra"),
    *("TrangThaiHoSo", "DonViXuLy", "DanhSachHoSoBoSung"),
)


def export(path: Path, offices: tuple[str, ...], *, months: tuple[int, ...] = (8, 9), late: int = 6) -> Path:
    """Thirty dossiers an office and month, finished after five days; `late` of them after the promise."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for office in offices:
            for month in months:
                for number in range(30):
                    promise = 10 if number >= late else 4
                    received, promised, finished = (
                        f"2026{month:02}{day:02}090000" for day in (1, promise, 6)
                    )
                    name = f"{office}-26{month:02}-{number:04}"
                    days = (received, promised, finished, finished)
                    writer.writerow([name, "MH.000001", number % 3 + 1, *days, 9, office, ""])
    return path


@pytest.fixture
def with_sample(folder: Folder) -> Path:
    """A small data folder with the imaginary province and a sample of two of its communes."""
    for name in ("illustrative.csv", "illustrative_successors.csv"):
        shutil.copy(DATA / "registry" / name, folder.path / "registry" / name)
    sample = folder.path / "sample"
    sample.mkdir()
    export(sample / "ho-so.csv", ("MH.01", "MH.02"))
    (sample / "imports.toml").write_text(
        f'[[import]]\nas_of = {AS_OF}\nfiles = ["ho-so.csv"]\nmapping = "national-sync"\n', encoding="utf-8"
    )
    return folder.path


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DUNGHEN_DATABASE", str(tmp_path / "x.duckdb"))
    return tmp_path / "x.duckdb"


def bring(data: Path, file: Path, as_of: dt.date = AS_OF, key: bytes = KEY) -> importing.Done:
    """Imports a file into the store of the data folder and publishes."""
    store = Store(data / "store")
    return importing.run(
        Job(
            files=[file],
            store=store,
            key=key,
            data=data,
            mapping="national-sync",
            as_of=as_of,
            publish=lambda store: publish(None, data, store),
        )
    )


def content(database: Path) -> str:
    return current_snapshot(database).snapshot


def headline(code: str) -> tuple[int, int]:
    row = questions.ask("headline_by_authority", Scope(authority_code=code)).one
    assert row is not None
    assert row["record_kind"] == "dossiers"
    return row["numerator"], row["denominator"]


def test_the_sample_is_published_as_what_it_is(with_sample: Path, database: Path) -> None:
    ensure_published(database, with_sample)
    assert headline("MH-01") == (48, 60)
    row = questions.ask("headline_by_authority", Scope(authority_code="MH-01")).one
    assert row is not None
    assert (row["illustrative"], row["source_kind"], row["source_id"]) == (True, "illustrative", "minh-hoa")
    assert (row["first_day"], row["last_day"]) == (dt.date(2026, 8, 1), AS_OF)


def test_no_list_of_real_ones_holds_the_sample(with_sample: Path, database: Path) -> None:
    publish(database, with_sample)
    listed = questions.ask("authority_with_figures", Scope()).rows
    paged = questions.ask("authority_by_page", Scope(level="province", limit=100)).rows
    places = questions.ask("place_by_comparison", Scope()).rows
    nation = questions.ask("authority_by_parent", Scope(parent_code="VN")).rows
    found = {row["authority_code"] for rows in (listed, paged, places, nation) for row in rows}
    assert not {code for code in found if code.startswith("MH")}
    assert current_snapshot(database).as_of < dt.date(2026, 10, 1)
    (first, *_) = questions.find("tinh minh hoa").rows
    assert (first["authority_code"], first["illustrative"]) == ("MH", True)


def test_neither_key_nor_cache_nor_place_changes_the_id(with_sample: Path, database: Path) -> None:
    first = publish(database, with_sample)
    assert publish(database, with_sample) == first
    shutil.rmtree(with_sample / "store")
    assert publish(database.with_name("y.duckdb"), with_sample) == first


def test_only_what_changed_makes_it_stale(with_sample: Path, database: Path) -> None:
    ensure_published(database, with_sample)
    before = database.stat().st_mtime_ns
    for path in with_sample.rglob("*"):
        os.utime(path)
    ensure_published(database, with_sample)
    assert database.stat().st_mtime_ns == before
    export(with_sample / "sample" / "ho-so.csv", ("MH.01", "MH.02"), late=9)
    ensure_published(database, with_sample)
    assert headline("MH-01") == (42, 60)


def test_who_only_serves_does_not_lose_the_imports_of_another_store(
    with_sample: Path, database: Path, tmp_path: Path
) -> None:
    done = bring(with_sample, export(tmp_path / "a.csv", ("H44.23",), late=3))
    elsewhere = Store(tmp_path / "elsewhere")

    with pytest.raises(BuildError, match=r"holds imports that .*elsewhere has not: 0001\. Set DUNGHEN_STORE"):
        ensure_published(database, with_sample, elsewhere)
    assert content(database) == done.snapshot

    publish(database, with_sample, elsewhere)
    assert content(database) != done.snapshot
    ensure_published(database, with_sample, elsewhere)


def test_who_serves_after_a_kill_lets_the_store_follow_what_was_published(
    with_sample: Path, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store as it is between the publication and its own last step: what a kill there leaves."""
    killed, keep = tmp_path / "killed", Store.keep

    def killed_before(store: Store, made: Import) -> Path:
        if store.folder == with_sample / "store":
            shutil.copytree(store.folder, killed)
        return keep(store, made)

    monkeypatch.setattr(Store, "keep", killed_before)
    done = bring(with_sample, export(tmp_path / "a.csv", ("H44.23",), late=3))
    store = Store(killed)
    assert store.imports() == []

    ensure_published(database, with_sample, store)
    assert [one.import_id for one in store.imports()] == ["0001"]
    assert content(database) == done.snapshot
    assert importing.undo(store, "1", lambda store: publish(database, with_sample, store))[1] != done.snapshot


def test_an_import_survives_and_its_undoing_leaves_no_trace(
    with_sample: Path, database: Path, tmp_path: Path
) -> None:
    before = publish(database, with_sample)
    done = bring(with_sample, export(tmp_path / "a.csv", ("H44.23",), late=3))
    assert done.snapshot == content(database) != before
    assert publish(database, with_sample) == done.snapshot
    again = bring(with_sample, tmp_path / "a.csv")
    assert not again.is_new
    store = Store(with_sample / "store")
    _, after = importing.undo(store, done.made.import_id, lambda store: publish(database, with_sample, store))
    assert after == before == content(database)


def test_a_real_office_stands_beside_the_sample(with_sample: Path, database: Path, tmp_path: Path) -> None:
    bring(with_sample, export(tmp_path / "a.csv", ("H44.23",), late=3))
    code = questions.code_of_portal("H44.23")
    assert code is not None
    assert headline(code) == (54, 60)
    row = questions.ask("headline_by_authority", Scope(authority_code=code)).one
    assert row is not None
    assert (row["illustrative"], row["source_kind"], row["source_id"]) == (False, "office", f"ho-so-{code}")
    assert headline("MH-01") == (48, 60)
    assert current_snapshot(database).as_of >= AS_OF


def test_who_imports_the_imaginary_province_sees_its_own_and_no_sample(
    with_sample: Path, database: Path, tmp_path: Path
) -> None:
    publish(database, with_sample)
    bring(with_sample, export(tmp_path / "a.csv", ("MH.01",), late=0))
    assert headline("MH-01") == (60, 60)
    assert questions.ask("headline_by_authority", Scope(authority_code="MH-02")).one is None


def test_a_run_of_months_is_what_the_calendar_says_of_the_same_days(
    with_sample: Path, database: Path
) -> None:
    publish(database, with_sample)
    of_year = Scope(authority_code="MH-01", record_kind="dossiers")
    days = {"first_day": dt.date(2026, 8, 1), "last_day": AS_OF}
    for name in ("result_by_report", "rate_by_definition"):
        kept = questions.ask(name, of_year).rows
        run = questions.ask(name, of_year.but(is_run=True, **days)).rows
        assert run == kept != ()


def test_a_sample_that_cannot_be_read_is_told_in_words(with_sample: Path, database: Path) -> None:
    database.write_bytes(b"what was published before")
    (with_sample / "sample" / "ho-so.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(BuildError, match="sample cannot be taken in"):
        publish(database, with_sample)
    assert database.read_bytes() == b"what was published before"


PUBLISH = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from dunghen.publishing import publish
    print(publish(Path(sys.argv[1]), Path(sys.argv[2])))
    """
)


def started(database: Path, data: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PUBLISH, str(database), str(data)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def test_two_at_once_queue(with_sample: Path, database: Path) -> None:
    both = [started(database, with_sample) for _ in range(2)]
    told = [process.communicate(timeout=300)[0].strip() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert set(told) == {content(database)}


@pytest.fixture
def undisturbed(with_sample: Path, tmp_path: Path) -> Iterator[str]:
    """What is published when nobody kills anything; nothing of it is kept."""
    yield publish(tmp_path / "elsewhere" / "x.duckdb", with_sample)
    shutil.rmtree(with_sample / "store", ignore_errors=True)


def test_a_kill_at_any_moment_leaves_the_file_as_it_was_and_the_next_run_works(
    with_sample: Path, database: Path, undisturbed: str
) -> None:
    shutil.rmtree(with_sample / "store")
    with duckdb.connect(str(database)) as connection:
        connection.execute("CREATE TABLE before (number INTEGER)")
    before = database.read_bytes()
    clock = random.Random(20261031)  # noqa: S311 - moments, no secrets
    for _ in range(KILLS):
        with started(database, with_sample) as process:
            time.sleep(clock.uniform(0.2, 4))
            process.kill()
        if database.read_bytes() != before:
            assert content(database) == undisturbed
    assert publish(database, with_sample) == undisturbed == content(database)
    leftovers = {path.name for path in database.parent.glob("x.duckdb.*")}
    assert leftovers <= {"x.duckdb.base", "x.duckdb.lock"}


def test_the_sample_is_taken_in_once(
    with_sample: Path, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(database, with_sample)
    monkeypatch.setattr(importing, "run", lambda _: pytest.fail("taken in again"))
    publish(database, with_sample)
