"""Encodings of Vietnamese text: four are read, two are recognised and named, the rest is refused."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from dunghen.intake.errors import UnusableError
from dunghen.intake.reading.encodings import PART, PARTS, font_encoding, narrow_encoding
from tests.intake.reading.reading_fixture import rows_of, table_of

TEXT = "Mã hồ sơ;Ngày tiếp nhận\r\nĐường Trường Chinh;đã trả kết quả\r\nỦy ban;“Ắ ằ ỵ”\r\n"
ROWS = [("Đường Trường Chinh", "đã trả kết quả"), ("Ủy ban", "“Ắ ằ ỵ”")]


def windows_1258(text: str) -> bytes:
    """As Windows writes it: a letter, then its tone; the hats and horns belong to the letter."""
    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    out = ""
    for letter in unicodedata.normalize("NFC", text):
        base, *marks = list(unicodedata.normalize("NFD", letter))
        shape = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in tones))
        out += shape + "".join(mark for mark in marks if mark in tones)
    return out.encode("cp1258")


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        windows_1258(TEXT),
        unicodedata.normalize("NFD", TEXT).encode(),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-be", "le-without-mark", "be-without-mark", "1258", "nfd"],
)
def test_the_text_is_the_same_in_every_encoding(content: bytes, tmp_path: Path) -> None:
    assert rows_of(table_of(tmp_path, content)) == ROWS


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"M\xb7 h\xe5 s\xac;Ng\xb5y ti\xd5p nh\xcbn\n1;2\n", "TCVN3"),
        (b"Ma\xf5 ho\xe0 s\xf4;Nga\xf8y tie\xe1p nha\xe4n\n1;2\n", "VNI"),
    ],
)
def test_encodings_of_fonts_are_named(content: bytes, encoding: str, tmp_path: Path) -> None:
    with pytest.raises(UnusableError) as error:
        table_of(tmp_path, content)

    assert error.value.sentences == [
        ("reading.font_encoding", {"file": "thang-10.csv", "encoding": encoding})
    ]
    assert font_encoding(content.decode("latin-1")) == encoding


def test_unicode_text_is_no_font_encoding() -> None:
    assert font_encoding("Mã hồ sơ, Ngày tiếp nhận, Café") is None


@pytest.mark.parametrize(
    "content", [bytes(range(0x80, 0x100)) * 3, "ハローワールド;仕事".encode("shift-jis")]
)
def test_any_other_encoding_is_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match="thang-10"):
        table_of(tmp_path, b"a;b\n" + content)


def test_bad_bytes_in_good_text_do_not_change_its_encoding() -> None:
    assert narrow_encoding("a.csv", TEXT.encode() * 3 + b"\xff\xfe") == "utf-8"


@pytest.mark.slow
@pytest.mark.parametrize("first", [TEXT, "a;b;c\r\n"])
def test_an_old_encoding_of_a_long_text_is_told_by_parts_of_all_of_it(first: str) -> None:
    """Also where most of what stands first is plain ASCII."""
    long_text = windows_1258(first) * (PARTS * PART // len(first)) + windows_1258(TEXT) * 5000

    assert narrow_encoding("a.csv", long_text) == "cp1258"


def test_a_text_cut_off_within_a_letter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableError) as error:
        table_of(tmp_path, TEXT.encode("utf-16")[:-1])

    assert error.value.sentences == [("reading.cut_off", {"file": "thang-10.csv"})]
