"""From paths to tables: packed files, names, and everything that is no table."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dunghen.intake.errors import UnusableError
from dunghen.intake.reading import open_tables
from dunghen.words.intake import intake_texts
from tests.intake.reading.reading_fixture import rows_of, table_of, tables_of, xls, xlsx

CSV = "Mã hồ sơ;Ngày tiếp nhận\nA;1\n".encode()
SHEET = xlsx({"một": [["Mã hồ sơ", "Ngày tiếp nhận"], ["A", 1]]})
JSON = '[{"Mã hồ sơ": "A", "Ngày tiếp nhận": 1}]'.encode()


def zipped(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return content.getvalue()


@pytest.mark.parametrize("content", [CSV, SHEET, JSON], ids=["csv", "xlsx", "json"])
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
    assert error.value.text("vi").startswith("Tệp 2 trống")
    assert error.value.text("en").startswith("The file 2 is empty")


def test_a_file_that_is_called_strangely_is_read(tmp_path: Path) -> None:
    assert rows_of(table_of(tmp_path, CSV, "a*[1]?'{b}'.csv")) == [("A", "1")]


# Made when asked: an archive holds the time it was made, and some are of many megabytes.
NO_TABLE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nothing": ("empty_file", lambda: b""),
    "a mark of order and blank lines": ("empty_file", lambda: b"\xef\xbb\xbf\r\n \n"),
    "nothing, packed": ("empty_file", lambda: gzip.compress(b"")),
    "a zip of nothing": ("empty_zip", lambda: zipped({})),
    "a zip of an empty file": ("empty_file", lambda: zipped({"a.csv": b""})),
    "a gzip without its end": ("damaged", lambda: gzip.compress(CSV)[:-9]),
    "the head of a gzip": ("damaged", lambda: gzip.compress(CSV)[:12]),
    "a zip without its end": ("damaged", lambda: zipped({"a.csv": CSV})[:-9]),
    "the head of a zip": ("damaged", lambda: zipped({"a.csv": CSV})[:40]),
    "a zip in a zip": ("packed_twice", lambda: zipped({"a.zip": zipped({"a.csv": CSV})})),
    "a gzip in a gzip": ("packed_twice", lambda: gzip.compress(gzip.compress(CSV))),
    "a gzip that swells": ("bomb", lambda: gzip.compress(b"a;b\n" * 10_000_000)),
    "a zip that swells": ("bomb", lambda: zipped({"a.csv": b"a;b\n" * 10_000_000})),
    "a zip of 1,001 files": ("many_members", lambda: zipped({f"{one}.csv": b"" for one in range(1001)})),
    "a text document": ("other_kind", lambda: zipped({"[Content_Types].xml": b"", "word/document.xml": b""})),
    "an open document": ("other_kind", lambda: zipped({"mimetype": b"", "content.xml": b""})),
    "a PDF": ("other_kind", lambda: b"%PDF-1.7\n"),
    "a web page": ("markup", lambda: b"<html><table><tr><td>A"),
    "a workbook of XML": ("markup", lambda: b'<?xml version="1.0"?><Workbook>'),
    "a text with a NUL": ("nul", lambda: b"a;b\n1;\0\n"),
    "a line without end": ("endless_line", lambda: b"a;b\n1;" + b"x" * 40_000_000),
    "bytes": ("nul", lambda: b"\x00\x01\x02\x03" * 200),
}


@pytest.mark.parametrize("what", NO_TABLE)
def test_what_is_no_table_is_refused_in_words(what: str, tmp_path: Path) -> None:
    key, content = NO_TABLE[what]
    with pytest.raises(UnusableError) as error:
        tables_of(tmp_path, content(), "a.dat")

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


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", xls({"một": [["Mã hồ sơ", "Ngày tiếp nhận"], ["A", 1]]})),
        ("a.xls", SHEET),
        ("a.csv", SHEET),
        ("a.xlsx", CSV),
    ],
)
def test_what_a_file_is_is_told_by_its_content(name: str, content: bytes, tmp_path: Path) -> None:
    """The ending of a name says nothing: many systems export under another one, as the guides say."""
    table = table_of(tmp_path, content, name)

    assert table.format == ("csv" if content == CSV else "workbook")
    assert rows_of(table)[0] == ("A", "1")
