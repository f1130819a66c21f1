"""A .zip with something beside the exports: it is refused, and the message says what to take out of it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from dunghen.intake.errors import UnusableError
from dunghen.intake.planning import plan
from tests.intake.specimens import as_csv
from tests.intake.test_importing import GOOD

EXPORT = as_csv([list(GOOD), list(GOOD.values())])


def zipped(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


BESIDE = {
    "anh.jpg": (b"\xff\xd8\xff\xe0", "reading.other_kind"),
    "mau.docx": (zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), "reading.other_kind"),
    "trang.html": (b"<html><p>x</p></html>", "reading.markup"),
    "rong.txt": (b"\n", "reading.empty_file"),
    "DOC-DI.txt": ("Hướng dẫn\nkhông có gì\n".encode(), "mapping.none_fits"),
}


@pytest.mark.parametrize("name", BESIDE)
def test_what_is_no_export_is_to_be_taken_out_of_the_zip(name: str, tmp_path: Path) -> None:
    content, key = BESIDE[name]
    path = tmp_path / "thang-10.zip"
    path.write_bytes(zipped({"a.csv": EXPORT, name: content, "b.csv": EXPORT}))

    with pytest.raises(UnusableError) as error:
        plan([path], tmp_path, None)
    (why, told), last = error.value.sentences
    assert (why, told["file"]) == (key, f"thang-10.zip/{name}")
    assert last == ("reading.take_out", {"file": f"thang-10.zip/{name}", "archive": "thang-10.zip"})


def test_a_file_that_came_in_no_zip_is_not_to_be_taken_out_of_one(tmp_path: Path) -> None:
    for name in ("anh.jpg", "DOC-DI.txt"):
        (tmp_path / name).write_bytes(BESIDE[name][0])
        with pytest.raises(UnusableError) as error:
            plan([tmp_path / name], tmp_path, None)
        assert [key for key, _ in error.value.sentences] == [BESIDE[name][1]]
