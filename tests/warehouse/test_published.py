"""The published file as it is read: closed to the outside, and replaced under a running server."""

from __future__ import annotations

import contextvars
import datetime as dt
import os
import shutil
import threading
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dunghen import questions
from dunghen.scope import Scope
from dunghen.search import SearchIndex
from dunghen.warehouse import DatabaseMissingError, Snapshot, current_snapshot, is_outdated
from dunghen.warehouse.published import KEPT_ROWS
from tests.warehouse_fixture import authority, place, published_from, report


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two published files of one report: `old`, 5 on time, and `new`, 7 on time."""
    folder = tmp_path_factory.mktemp("made")
    for snapshot, on_time in (("old", 5), ("new", 7)):
        tables = place(authority("A")) | {"report": [report("a", "A", on_time=on_time, late=0)]}
        published_from(folder / f"{snapshot}.duckdb", tables, snapshot)
    return folder


def on_time() -> int:
    (row,) = questions.ask("result_by_report", Scope(authority_code="A")).rows
    return int(row["on_time"])


@pytest.fixture
def site(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A published file with one report, 5 on time; beside it lies the next one."""
    shutil.copy(made / "new.duckdb", tmp_path / "next.duckdb")
    path = Path(shutil.copy(made / "old.duckdb", tmp_path / "site.duckdb"))
    monkeypatch.setenv("DUNGHEN_DATABASE", str(path))
    return path


def swap(site: Path) -> None:
    """The next file, 7 on time, takes the place of the one that is served."""
    site.with_name("next.duckdb").replace(site)


def test_the_next_view_reads_the_new_file(site: Path) -> None:
    assert on_time() == 5
    swap(site)
    assert on_time() == 7


@pytest.mark.parametrize("content", [None, b"", b"no database"])
def test_the_last_good_file_goes_on_being_served(
    content: bytes | None, site: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert on_time() == 5
    if content is None:
        site.unlink()
    else:
        site.with_name("broken").write_bytes(content)
        site.with_name("broken").replace(site)
    assert (on_time(), on_time(), is_outdated(site)) == (5, 5, True)
    assert len(caplog.records) == 1
    swap(site)
    assert (on_time(), is_outdated(site)) == (7, False)


def test_where_search_is_in_use_only_who_searches_waits_for_the_index_of_a_new_file(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions.warm_up()
    may_go_on = threading.Event()
    built: list[SearchIndex] = []

    def slow_index(entries: Any) -> SearchIndex:
        may_go_on.wait()
        built.append(SearchIndex(entries))
        return built[-1]

    monkeypatch.setattr(questions, "SearchIndex", slow_index)
    swap(site)
    assert on_time() == 7
    assert questions.name_of("A") == "Tên A"
    (preparing,) = [thread for thread in threading.enumerate() if thread.name == questions.PREPARING]
    assert built == []
    may_go_on.set()
    assert questions.find("").total == 3
    preparing.join()
    assert len(built) == 1


def test_a_view_that_began_on_the_old_file_ends_on_it(site: Path) -> None:
    with questions.view() as snapshot:
        assert on_time() == 5
        swap(site)
        assert questions.ask("remainder_by_report").snapshot == snapshot.snapshot == "old"
        assert on_time() == 5
        with questions.view() as inner:
            assert inner is snapshot
    assert questions.ask("remainder_by_report").snapshot == "new"
    assert on_time() == 7


def test_a_view_begun_later_reads_the_new_file_while_the_old_one_goes_on(site: Path) -> None:
    with questions.view():
        swap(site)
        seen: list[int] = []
        another_visitor = threading.Thread(target=lambda: seen.append(on_time()))
        another_visitor.start()
        another_visitor.join()
        assert seen == [7]
        assert on_time() == 5


def test_a_view_stays_pinned_in_the_threads_it_hands_its_context_to(site: Path) -> None:
    with questions.view():
        context = contextvars.copy_context()
        swap(site)
        seen: list[int] = []
        worker = threading.Thread(target=lambda: seen.append(context.run(on_time)))
        worker.start()
        worker.join()
        assert seen == [5]


def test_many_threads_ask_one_snapshot(site: Path) -> None:
    snapshot = current_snapshot(site)
    seen: list[Any] = []

    def ask(number: int) -> None:
        seen.append(snapshot.select("SELECT sum(range) + $n AS total FROM range(1000)", {"n": number}).rows)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == [((499500 + number,),) for number in range(8)]


def test_the_same_file_is_opened_once(site: Path) -> None:
    assert current_snapshot(site) is current_snapshot(site)


def test_a_file_that_was_touched_is_read_again(site: Path) -> None:
    first = current_snapshot(site)
    os.utime(site, ns=(0, 0))
    assert current_snapshot(site) is not first


def test_the_same_question_is_asked_once(site: Path) -> None:
    snapshot = current_snapshot(site)
    on_time()
    before = snapshot.kept(
        ("result_by_report", None, "A", None, None, None, None, None), lambda: pytest.fail("not kept")
    )
    on_time()
    assert before.rows


def test_what_is_kept_stays_within_bounds(site: Path) -> None:
    snapshot = Snapshot(site)
    large = snapshot.select("SELECT range FROM range($n)", {"n": KEPT_ROWS // 3})
    for number in range(5):
        assert snapshot.kept(number, lambda: large) is large
    asked_anew: list[int] = []
    for number in (4, 3, 0):
        snapshot.kept(number, lambda number=number: asked_anew.append(number) or large)  # type: ignore[misc,func-returns-value]
    assert asked_anew == [0]


def test_what_one_visitor_does_to_an_answer_no_other_sees(site: Path) -> None:
    questions.ask("result_by_report", Scope(authority_code="A")).rows[0]["on_time"] = 99
    assert on_time() == 5


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT content FROM read_text('{path}')",
        "SELECT content FROM read_text('/etc/hostname')",
        "SELECT * FROM read_csv('{path}.csv')",
        "COPY (SELECT 1) TO '{path}.out'",
        "ATTACH '{path}.other' AS other",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = TRUE",
        "SET lock_configuration = FALSE",
        "SET memory_limit = '1TB'",
        "INSERT INTO source (source_id) VALUES ('x')",
        "DELETE FROM report",
        "DROP TABLE report",
        "CREATE TABLE mine (x INTEGER)",
        "UPDATE report SET on_time = 100",
    ],
)
def test_nothing_can_be_written_read_from_outside_or_set(sql: str, site: Path) -> None:
    Path(f"{site}.csv").write_text("a\n1\n")
    before = site.read_bytes()
    with pytest.raises(duckdb.Error):
        current_snapshot(site).select(sql.format(path=site), {})
    assert site.read_bytes() == before
    assert not Path(f"{site}.out").exists()
    assert on_time() == 5


@pytest.mark.parametrize("content", [None, b"", b"no database", b"a table"])
def test_what_is_no_published_file_is_named(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "x.duckdb"
    if content == b"a table":
        with duckdb.connect(str(path)) as connection:
            connection.execute("CREATE TABLE another (x INTEGER)")
    elif content is not None:
        path.write_bytes(content)
    with pytest.raises(DatabaseMissingError, match=r"x\.duckdb"):
        current_snapshot(path)


def test_a_file_that_was_never_finished_is_named(tmp_path: Path) -> None:
    path = published_from(tmp_path / "x.duckdb", place())
    with duckdb.connect(str(path)) as connection:
        connection.execute("DELETE FROM snapshot")
    with pytest.raises(DatabaseMissingError, match="never finished"):
        Snapshot(path)


def test_a_snapshot_knows_its_id_and_its_day(site: Path) -> None:
    snapshot = current_snapshot(site)
    assert (snapshot.snapshot, snapshot.as_of) == ("old", dt.date(2025, 12, 31))
