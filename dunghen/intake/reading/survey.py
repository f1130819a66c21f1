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
# no-break space, zero-width space, byte-order mark (but for the first three bytes), tab
_ODD_SPACES = (b"\xc2\xa0", b"\xe2\x80\x8b", b"\xef\xbb\xbf", b"\t")


@dataclass
class Survey:
    """What a pass over the bytes of a text file tells.

    `line_end` is LF or CRLF where every line ends so, None where a reader would stumble over a mixture.
    `decomposed` and `odd_spaces`: whether there may be marks apart from their letters, and other spaces than
    the plain one; both are rare, and costly to look for in every cell."""

    encoding: str
    line_end: str | None = "\n"
    decomposed: bool = False
    odd_spaces: bool = False


def surveyed(source: Source) -> Survey:
    """The survey of a text file; one in UTF-16 is not read beyond its first bytes.

    Raises UnusableError for an empty file, for one in an encoding that is not read, which it names, for NUL
    bytes and for an endless line."""
    head = source.head(4096)
    if not head.strip(codecs.BOM_UTF8 + b" \t\r\n"):
        _refuse_blank(source)
    if wide := wide_encoding(head):
        return Survey(wide)
    ends, marks, spaces = _LineEnds(source.name), False, False
    for number, block in enumerate(source.blocks()):
        if b"\0" in block:
            raise UnusableError("reading.nul", file=source.name, line=_line_of(source, number, block))
        ends.count(block)
        marks = marks or any(sign in block for sign in _MARKS)
        spaces = spaces or _has_odd_spaces(block, 0 if number else len(codecs.BOM_UTF8))
    return Survey(narrow_encoding(source.name, _sample(source)), ends.only_one, marks, spaces)


def _refuse_blank(source: Source) -> None:
    if all(not block.strip(codecs.BOM_UTF8 + b" \t\r\n") for block in source.blocks()):
        raise UnusableError("reading.empty_file", file=source.name)


def _has_odd_spaces(block: bytes, start: int) -> bool:
    """Whether one of them is in a block; one byte is looked for first, which is ten times as fast."""
    return any(sign[:1] in block and block.find(sign, start) >= 0 for sign in _ODD_SPACES)


class _LineEnds:
    """Counts line ends through the blocks of a file; raises UnusableError where they stay away too long."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._returns = self._feeds = self._both = self._since = 0
        self._last = b""

    def count(self, block: bytes) -> None:
        if self._returns or self._last == b"\r" or b"\r" in block:
            self._returns += block.count(b"\r")
            self._both += block.count(b"\r\n") + (self._last == b"\r" and block.startswith(b"\n"))
            self._feeds += block.count(b"\n")
        elif not self._feeds:
            # one without a return is enough to make the others a mixture
            self._feeds = int(b"\n" in block)
        end = max(block.rfind(b"\n"), block.rfind(b"\r") if self._returns else -1)
        self._since = self._since + len(block) if end < 0 else len(block) - end
        if self._since > LONGEST_LINE:
            raise UnusableError("reading.endless_line", file=self._name)
        self._last = block[-1:]

    @property
    def only_one(self) -> str | None:
        """The line end that all lines have; None for a mixture and for one that the reader does not take."""
        if not self._returns:
            return "\n"
        return "\r\n" if self._returns == self._both == self._feeds else None


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
