"""One fast pass over a text file: its encoding, its line ends, and what else decides how it is read."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from dunghen.intake.errors import UnusableError
from dunghen.intake.reading.encodings import narrow_encoding, wide_encoding
from dunghen.intake.reading.limits import BLOCK, JUDGED, LONGEST_LINE
from dunghen.intake.reading.source import Source

# the first bytes of U+0300…U+037F: letters and their marks apart, as macOS and old keyboards write them
_MARKS = (b"\xcc", b"\xcd")


@dataclass
class Survey:
    """What a pass over the bytes of a text file tells.

    `line_end` is LF or CRLF where every line ends so, None where a reader would stumble over a mixture."""

    encoding: str
    line_end: str | None = "\n"
    decomposed: bool = False


def surveyed(source: Source) -> Survey:
    """The survey of a text file; one in UTF-16 is not read beyond its first bytes.

    Raises UnusableError for an empty file, for one in an encoding that is not read, which it names, for NUL
    bytes and for an endless line."""
    head = source.head(4096)
    if not head.strip(codecs.BOM_UTF8 + b" \t\r\n"):
        _refuse_blank(source)
    if wide := wide_encoding(head):
        return Survey(wide)
    line_end, decomposed = _line_end_and_marks(source)
    return Survey(narrow_encoding(source.name, _sample(source)), line_end, decomposed)


def _refuse_blank(source: Source) -> None:
    if all(not block.strip(codecs.BOM_UTF8 + b" \t\r\n") for block in source.blocks()):
        raise UnusableError("reading.empty_file", file=source.name)


def _line_end_and_marks(source: Source) -> tuple[str | None, bool]:
    returns = feeds = both = since = 0
    last, decomposed = b"", False
    for number, block in enumerate(source.blocks()):
        if b"\0" in block:
            raise UnusableError("reading.nul", file=source.name, line=_line_of(source, number, block))
        if returns or b"\r" in block or last == b"\r":
            returns += block.count(b"\r")
            both += block.count(b"\r\n") + (last == b"\r" and block.startswith(b"\n"))
            feeds += block.count(b"\n")
        elif number == 0 or not feeds:
            feeds = int(b"\n" in block)
        decomposed = decomposed or any(mark in block for mark in _MARKS)
        end = max(block.rfind(b"\n"), block.rfind(b"\r"))
        since = since + len(block) if end < 0 else len(block) - end
        if since > LONGEST_LINE:
            raise UnusableError("reading.endless_line", file=source.name)
        last = block[-1:]
    if not returns:
        return "\n", decomposed
    return ("\r\n" if returns == both == feeds else None), decomposed


def _line_of(source: Source, number: int, block: bytes) -> int:
    """The 1-based line of the first NUL, which stands in the block of that number."""
    before = sum(earlier.count(b"\n") for earlier, _ in zip(source.blocks(), range(number), strict=False))
    return before + block[: block.index(b"\0")].count(b"\n") + 1


def _sample(source: Source) -> bytes:
    """Whole lines to judge the encoding by: all of a file, or parts spread evenly over a large one."""
    if source.size <= JUDGED:
        return source.head(JUDGED)
    step = source.size // (JUDGED // BLOCK)
    parts = [source.part(place, BLOCK) for place in range(0, source.size - BLOCK, step)]
    return b"".join(part[part.find(b"\n") + 1 : part.rfind(b"\n") + 1] for part in parts)
