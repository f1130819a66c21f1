"""Paths → the tables in the files they name, told apart by their content and not by the endings of names."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from pathlib import Path

from dunghen.intake.errors import UnusableError
from dunghen.intake.reading.delimited import DelimitedTable
from dunghen.intake.reading.encodings import wide_encoding
from dunghen.intake.reading.naming import shown_name
from dunghen.intake.reading.records import record_tables
from dunghen.intake.reading.rewriting import rewritten
from dunghen.intake.reading.source import Source
from dunghen.intake.reading.survey import surveyed
from dunghen.intake.reading.tables import SourceTable
from dunghen.intake.reading.unpacking import Unpacker, names_in
from dunghen.intake.reading.workbooks import check_xls, check_xlsx, sheets

_GZIP, _ZIP, _OLE = (
    b"\x1f\x8b",
    (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
)
# what else people bring: first bytes → what to call it
_OTHERS = {
    b"%PDF": "PDF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf\x27\x1c": "7-Zip",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"(\xb5/\xfd": "Zstandard",
    b"PAR1": "Parquet",
    b"SQLite format 3": "SQLite",
    b"{\\rtf": "RTF",
}
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<workbook", b"<meta", b"<style", b"<div", b"<head")


def open_tables(paths: Sequence[Path], scratch: Path, first_number: int = 1) -> list[SourceTable]:
    """Every table in some files, in the order given; unpacked bytes go to anonymous files in `scratch`.

    A file whose name is not shown is called by its number; that of the first file is `first_number`.

    A workbook called .xls that is an .xlsx, or the other way round, is read as what it is: nothing in it
    is in doubt, and many systems export so. Raises UnusableError, naming the file and the place, for whatever
    cannot be read."""
    unpacker = Unpacker(scratch)
    return [
        table
        for number, path in enumerate(paths, first_number)
        for table in _tables(_opened(path, shown_name(path.name, number)), scratch, unpacker)
    ]


def beside(error: UnusableError, file: str) -> UnusableError:
    """An error of a file, with what to do if it came in a .zip and is no export but a picture or a guide."""
    archive = file.rpartition("/")[0]
    return error.then("reading.take_out", file=file, archive=archive) if archive else error


def _opened(path: Path, name: str) -> Source:
    try:
        if path.is_dir():
            raise UnusableError("reading.folder", file=name)
        if path.exists() and not path.is_file():
            raise UnusableError("reading.no_file", file=name)
        return Source(name, path.open("rb"))
    except FileNotFoundError:
        raise UnusableError("reading.missing", file=name) from None
    except PermissionError:
        raise UnusableError("reading.forbidden", file=name) from None
    except (OSError, ValueError):
        raise UnusableError("reading.no_file", file=name) from None


def _tables(source: Source, scratch: Path, unpacker: Unpacker) -> Iterator[SourceTable]:
    head = source.head(4096)
    if head.startswith(_GZIP):
        yield from _plain_tables(unpacker.gunzipped(source), scratch)
    elif head.startswith(_ZIP) and not _is_workbook(source):
        for member in unpacker.unzipped(source):
            inner = unpacker.gunzipped(member) if member.head(2) == _GZIP else member
            try:
                yield from _plain_tables(inner, scratch)
            except UnusableError as error:
                raise beside(error, inner.name) from None
    else:
        yield from _plain_tables(source, scratch)


def _plain_tables(source: Source, scratch: Path) -> list[SourceTable]:
    """The tables of a file that is packed no further."""
    head = source.head(4096)
    if head.startswith(_OLE):
        check_xls(source)
        return sheets(source)
    if head.startswith(_ZIP) and _is_workbook(source):
        check_xlsx(source)
        return sheets(source)
    if head.startswith((_GZIP, *_ZIP)):
        raise UnusableError("reading.packed_twice", file=source.name)
    for sign, kind in _OTHERS.items():
        if head.startswith(sign):
            raise UnusableError("reading.other_kind", file=source.name, kind=kind)
    return _text_tables(source, scratch)


def _is_workbook(source: Source) -> bool:
    """Whether a zip is an .xlsx. Raises UnusableError for another document that is a zip inside."""
    names = {name.replace("\\", "/").lower() for name in names_in(source)}
    if "[content_types].xml" in names:
        if not any(name.startswith("xl/") for name in names):
            raise UnusableError("reading.other_kind", file=source.name, kind="Office")
        if "xl/workbook.bin" in names:
            raise UnusableError("reading.other_kind", file=source.name, kind="XLSB")
        return True
    if {"mimetype", "content.xml"} <= names:
        raise UnusableError("reading.other_kind", file=source.name, kind="OpenDocument")
    return False


def _text_tables(source: Source, scratch: Path) -> list[SourceTable]:
    encoding, size = wide_encoding(source.head(4096)), source.size
    if encoding:
        source = rewritten(source, encoding, scratch)
    first = source.head(4096).removeprefix(codecs.BOM_UTF8).lstrip()
    if first.lower().startswith(_MARKUP):
        raise UnusableError("reading.markup", file=source.name)
    if first.startswith((b"{", b"[")):
        return record_tables(source, scratch)
    survey = surveyed(source)
    if survey.encoding != "utf-8" or survey.line_end is None:
        source = rewritten(source, survey.encoding, scratch)
        survey = surveyed(source)
    return [DelimitedTable(source, survey, size)]
