""".gz and .zip → what is in them, unpacked into anonymous files and counted while it grows."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from dunghen.intake.errors import UnusableError
from dunghen.intake.reading.limits import BLOCK, LITTLE, MOST_MEMBERS, MOST_PER_PACKED_BYTE, MOST_UNPACKED
from dunghen.intake.reading.naming import shown_name
from dunghen.intake.reading.rewriting import kept
from dunghen.intake.reading.source import Source

# what macOS and Windows put beside the files of a person
_CLUTTER = {".DS_Store", "Thumbs.db", "desktop.ini"}
_LOCKED = 0x1
# RuntimeError and NotImplementedError: a lock or a method of packing that the library does not know
_DAMAGE = (EOFError, zlib.error, OSError, zipfile.BadZipFile, ValueError, OverflowError, RuntimeError)


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Unpacker:
    """Unpacks the files of one import into `scratch` and counts their bytes all together."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._unpacked = 0

    def gunzipped(self, source: Source) -> Source:
        """What a .gz holds, named without its ending. Raises UnusableError for a damaged one and a bomb."""
        source.stream.seek(0)
        name = source.name[:-3] if source.name.lower().endswith(".gz") else source.name
        with gzip.GzipFile(fileobj=source.stream) as stream:
            return self._kept(source.name, name, stream, source.size)

    def unzipped(self, source: Source) -> Iterator[Source]:
        """The files in a .zip. Raises UnusableError for a damaged, locked or empty one and for a bomb."""
        with _archive(source) as archive:
            members = [member for member in archive.infolist() if _is_wanted(member)]
            if not members:
                raise UnusableError("reading.empty_zip", file=source.name)
            if len(members) > MOST_MEMBERS:
                raise UnusableError("reading.many_members", file=source.name, limit=MOST_MEMBERS)
            for number, member in enumerate(members, 1):
                name = f"{source.name}/{shown_name(PurePosixPath(member.filename).name, number)}"
                yield self._kept(name, name, _member(archive, member, name), member.compress_size)

    def _kept(self, packed: str, name: str, stream: _Readable, packed_size: int) -> Source:
        return kept(name, self._counted(packed, stream, packed_size), self._scratch)

    def _counted(self, name: str, stream: _Readable, packed_size: int) -> Iterator[bytes]:
        size = 0
        while block := _block(name, stream):
            size += len(block)
            self._unpacked += len(block)
            if self._unpacked > MOST_UNPACKED or size > max(LITTLE, MOST_PER_PACKED_BYTE * packed_size):
                raise UnusableError("reading.bomb", file=name)
            yield block


def check_members(source: Source, limit: int) -> Iterator[tuple[str, bytes]]:
    """The names and blocks of all that a zipped workbook holds, unpacked only to be looked at.

    Raises UnusableError where it is damaged or locked, or more than `limit` bytes or a bomb."""
    size = 0
    with _archive(source) as archive:
        for member in archive.infolist():
            stream = _member(archive, member, source.name)
            allowed = max(LITTLE, MOST_PER_PACKED_BYTE * member.compress_size)
            while block := _block(source.name, stream):
                size, allowed = size + len(block), allowed - len(block)
                if allowed < 0:
                    raise UnusableError("reading.bomb", file=source.name)
                if size > limit:
                    raise UnusableError("reading.large_workbook", file=source.name)
                yield member.filename, block


def names_in(source: Source) -> list[str]:
    """The names in a zip. Raises UnusableError for a damaged one."""
    with _archive(source) as archive:
        return archive.namelist()


def content_of(source: Source, name: str) -> bytes:
    """What a zip that was looked through holds under a name; nothing if it has none so called."""
    with _archive(source) as archive:
        return archive.read(name) if name in archive.namelist() else b""


def _archive(source: Source) -> zipfile.ZipFile:
    source.stream.seek(0)
    try:
        return zipfile.ZipFile(source.stream)
    except _DAMAGE:
        raise UnusableError("reading.damaged", file=source.name) from None


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    # a damaged archive may have a member without a name, of which ZipInfo.is_dir makes an IndexError
    parts = PurePosixPath(member.filename).parts
    is_file = bool(parts) and not member.filename.endswith("/")
    return is_file and "__MACOSX" not in parts and parts[-1] not in _CLUTTER


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> IO[bytes]:
    if member.flag_bits & _LOCKED:
        raise UnusableError("reading.password", file=name)
    try:
        return archive.open(member)
    except _DAMAGE:
        raise UnusableError("reading.damaged", file=name) from None


def _block(name: str, stream: _Readable) -> bytes:
    try:
        return stream.read(BLOCK)
    except _DAMAGE:
        raise UnusableError("reading.damaged", file=name) from None
