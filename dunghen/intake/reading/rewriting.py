"""Other encodings and mixed line ends → UTF-8 with LF, in an anonymous file that a kill leaves nothing of."""

from __future__ import annotations

import codecs
import errno
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from dunghen.intake.errors import UnusableError, UnwritableError
from dunghen.intake.reading.limits import LONGEST_LINE
from dunghen.intake.reading.source import Source


def rewritten(source: Source, encoding: str, scratch: Path) -> Source:
    """The same text in UTF-8, NFC, with LF at the end of every line.

    Raises UnusableError where the bytes are not in that encoding after all."""
    return kept(
        source.name, (text.encode(errors=_errors(encoding)) for text in _texts(source, encoding)), scratch
    )


def kept(name: str, blocks: Iterable[bytes], scratch: Path) -> Source:
    """Some bytes as a file without a name, which is gone with the process however that ends.

    Raises UnwritableError where the disk is full."""
    source = Source(name, tempfile.TemporaryFile(dir=scratch))  # noqa: SIM115 - the source closes it
    try:
        for block in blocks:
            source.stream.write(block)
        source.stream.flush()
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise UnwritableError("reading.no_space", file=name, place=scratch.parent) from None
        raise
    return source


def _texts(source: Source, encoding: str) -> Iterator[str]:
    """Blocks that end with a line, so that no letter is cut off from its marks."""
    decoder = codecs.getincrementaldecoder(encoding)(errors=_errors(encoding))
    rest = ""
    for block in source.blocks():
        text = rest + decoder.decode(block)
        end = text.rfind("\n") + 1 or text.rfind("\r", 0, -1) + 1
        yield _even(text[:end])
        rest = text[end:]
        if len(rest) > LONGEST_LINE:
            raise UnusableError("reading.endless_line", file=source.name)
    try:
        yield _even(rest + decoder.decode(b"", final=True))
    except UnicodeDecodeError:
        raise UnusableError("reading.cut_off", file=source.name) from None


def _errors(encoding: str) -> str:
    """What is no letter stays what it is, so that the reader of the table rejects its row, and that only."""
    return "surrogatepass" if encoding.startswith("utf-16") else "surrogateescape"


def _even(text: str) -> str:
    one_line_end = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", one_line_end).removeprefix("\ufeff")
