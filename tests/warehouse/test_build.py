"""A build: deterministic, beside the published file, all or nothing, and only when something changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import duckdb
import pytest

from dunghen.publishing import ensure_published
from dunghen.warehouse import BuildError, build, current_snapshot, database_path
from tests.warehouse.data_folder import REPORTS, Folder, write

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


def bytes_and_time(path: Path) -> tuple[bytes, int]:
    return path.read_bytes(), path.stat().st_mtime_ns


def id_of(path: Path) -> str:
    return current_snapshot(path).snapshot


def test_the_same_inputs_give_the_same_id(small_published: Path, small_data: Path, tmp_path: Path) -> None:
    assert build(tmp_path / "again.duckdb", small_data) == id_of(small_published)


def test_place_times_and_order_of_rows_do_not_matter(
    small_published: Path, folder: Folder, tmp_path: Path
) -> None:
    reports = folder.rows(REPORTS)
    write(folder.path / REPORTS, reports[::-1], reports[0])
    for path in folder.path.rglob("*.csv"):
        os.utime(path, (0, 0))
    assert build(tmp_path / "elsewhere" / "x.duckdb", folder.path) == id_of(small_published)


def test_a_refused_build_leaves_the_published_file_untouched(folder: Folder, tmp_path: Path) -> None:
    target = tmp_path / "x.duckdb"
    target.write_bytes(b"what was published before")
    folder.change(REPORTS, lambda row: row["report_id"] == "binh-giang-2023-12", on_time="999999")
    with pytest.raises(BuildError, match="part_over_total"):
        build(target, folder.path)
    assert target.read_bytes() == b"what was published before"
    assert not target.with_name("x.duckdb.draft").exists()


def test_a_draft_left_by_a_killed_build_does_no_harm(small_data: Path, tmp_path: Path) -> None:
    (tmp_path / "x.duckdb.draft").write_bytes(b"half a file")
    (tmp_path / "x.duckdb.draft.wal").write_bytes(b"and its log")
    build(tmp_path / "x.duckdb", small_data)
    assert {path.name for path in tmp_path.iterdir()} <= {"x.duckdb", "x.duckdb.base", "x.duckdb.lock"}


# Bytes: room for the log but not for the file, and room for neither.
@pytest.mark.parametrize("room", [1_000_000, 20_000])
def test_a_full_disk_is_told_in_words_and_spoils_nothing(room: int, small_data: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.duckdb"
    target.write_bytes(b"what was published before")
    program = textwrap.dedent(
        """
        import resource, signal, sys
        from pathlib import Path
        from dunghen.warehouse import BuildError, build

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        room = int(sys.argv[3])
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        try:
            build(Path(sys.argv[1]), Path(sys.argv[2]))
        except BuildError as error:
            sys.exit(f"refused: {error}")
        """
    )
    found = subprocess.run(
        [sys.executable, "-c", program, str(target), str(small_data), str(room)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 1, found.stderr
    assert found.stderr.startswith(f"refused: The published file {target} cannot be written (no space"), (
        found.stderr
    )
    assert "Nothing has changed" in found.stderr
    assert target.read_bytes() == b"what was published before"
    assert not target.with_name("x.duckdb.draft").exists()


def test_a_place_that_cannot_be_written_is_told_in_words(small_data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(BuildError, match="choose a writable place with DUNGHEN_DATABASE"):
        build(tmp_path / "file" / "x.duckdb", small_data)


def test_a_fresh_file_is_not_built_again_though_files_are_newer(
    small_published: Path, folder: Folder, tmp_path: Path
) -> None:
    target = Path(shutil.copy(small_published, tmp_path / "x.duckdb"))
    before = bytes_and_time(target)
    for path in folder.path.rglob("*.csv"):
        path.touch()
    assert ensure_published(target, folder.path) == target
    assert bytes_and_time(target) == before


def test_a_stale_file_is_built_again(small_published: Path, folder: Folder, tmp_path: Path) -> None:
    target = Path(shutil.copy(small_published, tmp_path / "x.duckdb"))
    folder.change(REPORTS, lambda row: row["report_id"] == "dong-tam-2024-02", note_en="Another note.")
    ensure_published(target, folder.path)
    assert id_of(target) != id_of(small_published)


@pytest.mark.parametrize("content", [b"no database at all", None])
def test_what_is_no_published_file_is_replaced(
    content: bytes | None, small_data: Path, tmp_path: Path
) -> None:
    target = tmp_path / "x.duckdb"
    if content is None:
        with duckdb.connect(str(target)) as connection:
            connection.execute("CREATE TABLE snapshot (another INTEGER)")
    else:
        target.write_bytes(content)
    ensure_published(target, small_data)
    assert current_snapshot(target).as_of is not None


def test_the_place_is_chosen_by_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DUNGHEN_DATABASE", str(tmp_path / "here.duckdb"))
    assert database_path() == tmp_path / "here.duckdb"
    monkeypatch.delenv("DUNGHEN_DATABASE")
    assert database_path() == ROOT / "data" / "dunghen.duckdb"


def test_the_small_folder_is_a_copy(small_data: Path, tmp_path: Path) -> None:
    """Guards the tests above: a link would let them change each other's data."""
    copied = Path(shutil.copytree(small_data, tmp_path / "copy"))
    assert not any(path.is_symlink() for path in copied.rglob("*"))
