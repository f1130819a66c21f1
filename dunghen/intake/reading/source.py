"""A file at hand: opened once, read by DuckDB and by us through its descriptor, shown by a harmless name."""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from dunghen.intake.reading.limits import BLOCK


@dataclass(frozen=True)
class Source:
    """An open binary file (its descriptor keeps an anonymous one alive) and the name a message gives it."""

    name: str
    stream: BinaryIO

    def __post_init__(self) -> None:
        # it closes with the last table that reads from it
        weakref.finalize(self, self.stream.close)

    @property
    def path(self) -> str:
        """The address under which DuckDB opens the very same file again, wherever it lies, named or not."""
        return f"/dev/fd/{self.stream.fileno()}"

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return os.fstat(self.stream.fileno()).st_size

    def head(self, size: int) -> bytes:
        """The first bytes."""
        return self.part(0, size)

    def part(self, offset: int, size: int) -> bytes:
        """Some bytes from a place on."""
        self.stream.seek(offset)
        return self.stream.read(size)

    def blocks(self, size: int = BLOCK) -> Iterator[bytes]:
        """All of it, in blocks."""
        place = 0
        while block := self.part(place, size):
            yield block
            place += len(block)
