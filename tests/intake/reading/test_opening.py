"""From paths to tables: packed files, names, and everything that is no table."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest

from dunghen.intake.errors import UnusableError
from dunghen.intake.reading import open_tables
from dunghen.words.intake import intake_texts
from tests.intake.reading.reading_fixture import rows_of, table_of, tables_of, xlsx

CSV = "Mã hồ sơ;Ngày tiếp nhận\nA;1\n".encode()
SHEET = xlsx({"một": [["Mã hồ sơ", "Ngày tiếp nhận"], ["A", 1]]})
JSON = '[{"Mã hồ sơ": "A", "Ngày tiếp nhận": 1}]'.encode()


def zipped(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return content.getvalue()


@pytest.mark.parametrize("content", [CSV, SHEET, JSON])
def test_packed_files_are_read(content: bytes, tmp_path: Path) -> None:
    table = table_of(tmp_path, gzip.compress(content), "thang-10.csv.gz")

    assert table.file == "thang-10.csv"
    assert rows_of(table) == [("A", "1")]


def test_every_member_of_a_zip_is_read(tmp_path: Path) -> None:
    members = {"x/a.csv": CSV, "x/": b"", "b.xlsx": SHEET, "c.json": JSON, "d.csv.gz": gzip.compress(CSV)}
    clutter = {"__MACOSX/._a.csv": b"\0", "x/.DS_Store": b"\0"}
    tables = tables_of(tmp_path, zipped(members | clutter), "don-vi.zip")

    assert [table.file for table in tables] == [
        f"don-vi.zip/{name}" for name in ("a.csv", "b.xlsx", "c.json", "d.csv")
    ]
    assert [rows_of(table) for table in tables] == [[("A", "1")]] * 4


def test_several_files_are_read_in_their_order(tmp_path: Path) -> None:
    for name, content in {"b.csv": CSV, "a.json": JSON}.items():
        (tmp_path / name).write_bytes(content)

    tables = open_tables([tmp_path / "b.csv", tmp_path / "a.json"], tmp_path)

    assert [table.file for table in tables] == ["b.csv", "a.json"]


def test_nothing_unpacked_or_rewritten_has_a_name(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    (tmp_path / "a.zip").write_bytes(zipped({"a.csv": CSV.decode().encode("utf-16")}))

    (table,) = open_tables([tmp_path / "a.zip"], scratch)

    assert list(scratch.iterdir()) == []
    assert rows_of(table) == [("A", "1")]


@pytest.mark.parametrize(
    "name", ["001099000001.csv", "ho so 0912 345 678.csv", "mau@example.org.csv", "so_001099000001_a.csv"]
)
def test_a_name_that_looks_personal_is_not_shown(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(CSV)
    (tmp_path / name).write_bytes(b"")

    with pytest.raises(UnusableError) as error:
        open_tables([tmp_path / "a.csv", tmp_path / name], tmp_path)

    assert name not in str(error.value)
    assert "file 2" in str(error.value)


def test_a_file_that_is_called_strangely_is_read(tmp_path: Path) -> None:
    assert rows_of(table_of(tmp_path, CSV, "a*[1]?'{b}'.csv")) == [("A", "1")]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf\r\n \n", "empty_file"),
        (gzip.compress(b""), "empty_file"),
        (zipped({}), "empty_zip"),
        (zipped({"a.csv": b""}), "empty_file"),
        (gzip.compress(CSV)[:-9], "damaged"),
        (gzip.compress(CSV)[:12], "damaged"),
        (zipped({"a.csv": CSV})[:-9], "damaged"),
        (zipped({"a.csv": CSV})[:40], "damaged"),
        (zipped({"a.zip": zipped({"a.csv": CSV})}), "packed_twice"),
        (gzip.compress(gzip.compress(CSV)), "packed_twice"),
        (gzip.compress(b"a;b\n" * 10_000_000), "bomb"),
        (zipped({"a.csv": b"a;b\n" * 10_000_000}), "bomb"),
        (zipped({f"{number}.csv": b"" for number in range(1001)}), "many_members"),
        (zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), "other_kind"),
        (zipped({"mimetype": b"", "content.xml": b""}), "other_kind"),
        (b"%PDF-1.7\n", "other_kind"),
        (b"<html><table><tr><td>A", "markup"),
        (b'<?xml version="1.0"?><Workbook>', "markup"),
        (b"a;b\n1;\0\n", "nul"),
        (b"a;b\n1;" + b"x" * 40_000_000, "endless_line"),
        (b"\x00\x01\x02\x03" * 200, "nul"),
    ],
)
def test_what_is_no_table_is_refused_in_words(content: bytes, key: str, tmp_path: Path) -> None:
    with pytest.raises(UnusableError) as error:
        tables_of(tmp_path, content, "a.dat")

    assert error.value.sentences[0][0] == f"reading.{key}"
    assert "a.dat" in str(error.value)


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.csv": CSV}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(UnusableError) as error:
        tables_of(tmp_path, bytes(content), "a.zip")

    assert error.value.sentences[0][0] == "reading.password"


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    places = {"": "folder", "gone.csv": "missing", "pipe": "no_file", "a\0b": "no_file"}

    for name, key in places.items():
        with pytest.raises(UnusableError) as error:
            open_tables([tmp_path / name], tmp_path)
        assert error.value.sentences[0][0] == f"reading.{key}"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(CSV)
    (tmp_path / "a.csv").chmod(0)

    with pytest.raises(UnusableError, match=r"a\.csv"):
        open_tables([tmp_path / "a.csv"], tmp_path)


def test_every_reason_of_the_readers_has_words() -> None:
    reasons = {
        "undecodable_text",
        "overlong_row",
        "short_row",
        "long_row",
        "badly_quoted_row",
        "unreadable_row",
    }

    assert {f"reason.{reason}" for reason in reasons} <= set(intake_texts("vi"))


def test_a_zip_whose_member_has_no_name_is_refused(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.csv", CSV)
        archive.filelist[0].filename = ""

    with pytest.raises(UnusableError, match=r"a\.zip"):
        tables_of(tmp_path, content.getvalue(), "a.zip")
