"""A disk that refuses: full, read-only, without permission; one sentence says where, why and what to do."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import duckdb
import pytest

from dunghen import cli, publishing, warehouse
from dunghen.intake.dossiers import rows
from dunghen.intake.errors import UnusableError, UnwritableError
from dunghen.intake.lists import InForce
from dunghen.intake.reading import rewriting
from dunghen.intake.store import Store
from dunghen.intake.writing import scratch_folder, writable
from dunghen.warehouse import BuildError
from tests.intake.specimens import small_data
from tests.intake.test_importing import MANY, export

FULL = Path("/dev/full")


def key(error: UnwritableError) -> str:
    return error.sentences[0][0]


def test_a_store_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with pytest.raises(UnwritableError) as refused, Store(blocked / "store").alone():
        pytest.fail("a file is no folder")
    assert str(blocked / "store") in refused.value.text("en")
    assert key(refused.value) == "store.unwritable"
    assert "(không có thư mục đó" in refused.value.text()


def test_a_full_disk_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnwritableError) as refused, writable(tmp_path), FULL.open("w") as file:
        file.write("x" * 100_000)
    assert key(refused.value) == "store.full"


def test_what_duckdb_cannot_write_is_told_in_our_words(tmp_path: Path) -> None:
    with pytest.raises(UnwritableError) as refused, writable(tmp_path):
        duckdb.execute("COPY (SELECT 1 AS a) TO $to (FORMAT csv)", {"to": str(FULL)})
    assert refused.value.text("vi").startswith(f"Hết chỗ trên đĩa của {tmp_path} (hết chỗ trống).")

    with pytest.raises(UnwritableError) as refused, writable(tmp_path):
        duckdb.execute("COPY (SELECT 1 AS a) TO $to (FORMAT parquet)", {"to": str(tmp_path / "none" / "a.x")})
    assert "no such folder" in refused.value.text("en")
    assert "a.x" not in refused.value.text("en")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (duckdb.OutOfMemoryException("failed to offload block /x/spill of 256 KiB"), "hết bộ nhớ"),
        (duckdb.IOException("what nobody foresaw"), "hệ thống không cho biết vì sao"),
        (duckdb.TransactionException("Failed to commit: x.wal: No space left on device"), "hết chỗ trống"),
        (OSError(errno.EIO, "Input/output error"), "đĩa báo lỗi"),
    ],
)
def test_no_word_of_a_library_is_told(error: Exception, words: str, tmp_path: Path) -> None:
    with pytest.raises(UnwritableError) as refused, writable(tmp_path):
        raise error
    assert words in refused.value.text("vi")
    assert "Chưa có gì thay đổi" in refused.value.text("vi")
    assert str(error) not in refused.value.text("vi")


def test_lists_are_not_blamed_for_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lists = InForce(small_data(tmp_path / "data"), tmp_path / "store")
    full: duckdb.Error = duckdb.TransactionException("Failed to commit: x.wal: No space left on device")
    known = rows.run

    def run(connection: duckdb.DuckDBPyConnection, name: str) -> None:
        if name == "reference":
            raise full
        known(connection, name)

    with duckdb.connect() as connection:
        monkeypatch.setattr(rows, "run", run)
        with pytest.raises(UnwritableError) as refused, writable(tmp_path):
            rows.read_lists(connection, lists)
        assert key(refused.value) == "store.full"
        full = duckdb.IOException("No files found that match the pattern")
        with pytest.raises(UnusableError, match="Không đọc được danh mục"), writable(tmp_path):
            rows.read_lists(connection, lists)


def test_another_place_is_named_by_its_folder(tmp_path: Path) -> None:
    denied = PermissionError(errno.EACCES, "Permission denied", str(tmp_path / "data" / "a.csv"))
    with pytest.raises(UnwritableError) as refused, writable(tmp_path / "store"):
        raise denied
    told = refused.value.text("vi")
    assert f"tệp trong {tmp_path / 'data'} (không có quyền)" in told
    assert "a.csv" not in told


def test_no_room_for_temporary_files_says_where_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("TMPDIR", str(tmp_path / "file"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "file"))
    with pytest.raises(UnwritableError) as refused, scratch_folder():
        pytest.fail("a file is no folder")
    assert "TMPDIR" in refused.value.text("vi")
    assert str(tmp_path / "file") in refused.value.text("vi")


def test_a_file_that_is_opened_on_a_full_disk_is_not_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: FULL.open("wb"))
    with pytest.raises(UnwritableError) as refused:
        rewriting.kept("a.csv", [b"x" * 100_000], tmp_path / "store" / ".scratch-1")
    told = refused.value.text("vi")
    assert told.startswith(f"Hết chỗ trên đĩa của {tmp_path / 'store'} khi mở a.csv.")


@pytest.mark.slow
def test_a_list_of_rejects_that_cannot_be_written_stops_the_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUNGHEN_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("DUNGHEN_KEY", "0123456789abcdef" * 4)
    file, rejects = export(tmp_path / "a.csv", MANY), tmp_path / "none" / "rejects.csv"

    command = ["import", str(file), "--as-of", "2026-10-31", "--rejects", str(rejects)]
    assert cli.main(command) == cli.REFUSED
    (told,) = (line for line in capsys.readouterr().err.splitlines() if "mỗi giây" not in line)
    assert str(rejects) in told
    assert told.endswith("chọn tệp khác cho --rejects.")
    assert Store(tmp_path / "store").imports() == []


@pytest.mark.slow
def test_a_published_file_without_room_is_one_sentence_in_the_language_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("DUNGHEN_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("DUNGHEN_KEY", "0123456789abcdef" * 4)
    place = tmp_path / "file" / "x.duckdb"
    monkeypatch.setattr(publishing, "publish", lambda database, **_: warehouse.build(database))
    file = export(tmp_path / "a.csv", MANY)
    command = ["import", str(file), "--as-of", "2026-10-31", "--database", str(place)]

    for language, words in (("vi", "Không ghi được tệp công bố"), ("en", "The published file")):
        assert cli.main([*command, "--lang", language]) == cli.REFUSED
        *_, told = lines = capsys.readouterr().err.splitlines()
        assert [line for line in lines if not line.endswith(("mỗi giây", "per second"))] == [told]
        assert told.startswith(words)
        assert str(place) in told
    assert Store(tmp_path / "store").imports() == []


def test_a_file_of_figures_that_cannot_be_read_is_not_called_the_published_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = tmp_path / "data" / "targets.csv"

    def deny(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(figures))

    monkeypatch.setattr(sys.modules["dunghen.warehouse.build"], "start_from", deny)
    with pytest.raises(BuildError) as refused:
        warehouse.build(tmp_path / "data" / "x.duckdb")
    assert refused.value.text("vi").startswith(f"Không đọc được {figures} (không có quyền).")
