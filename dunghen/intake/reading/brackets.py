"""Where in a JSON text records stand: lists of them, and objects outside lists that may be one each."""

from __future__ import annotations

import json
import mmap
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dunghen.intake.errors import UnusableError
from dunghen.intake.reading.limits import LONGEST_RECORD
from dunghen.intake.reading.source import Source

_DEEPEST = 4
# a body beside the list of those below it, the wrappings of an answer: a few
_MOST_SINGLE = 100
_TOKEN = re.compile(rb'"((?:[^"\\]|\\.)*+)"(\s*+:)?|[\[\]{}]', re.DOTALL)
_RECORD = re.compile(rb"\s*+[{\]]")
_Token = re.Match[bytes]


@dataclass(frozen=True)
class Found:
    """A list of records, or an object that may be one: the keys that lead to it, the bytes that it takes.

    `keys` are the object's own; None of a list."""

    path: str
    start: int
    end: int
    keys: tuple[str, ...] | None = None


@dataclass
class _Open:
    """A bracket that is open: the key it stands under, the keys in it and how many brackets."""

    sign: bytes
    key: str
    start: int
    keys: list[str] = field(default_factory=list)
    brackets: int = 0

    @property
    def may_be_record(self) -> bool:
        """Whether it is an object that says something itself and is not only around others."""
        return self.sign == b"{" and len(self.keys) > self.brackets


def records_within(source: Source) -> Iterator[Found]:
    """What may hold records in a JSON text that is an object, in the order in which it ends.

    They stand in objects only, at most four deep; the insides of a list of records are skipped. Raises
    UnusableError for brackets that do not pair and for more objects than an export has."""
    walk = _Walk(source)
    for token in walk.tokens:
        if token[1] is not None:
            walk.word(token)
        elif found := walk.opened(token) if token[0] in b"[{" else walk.closed(token):
            yield found
    if walk.within:
        raise UnusableError("reading.cut_off", file=source.name)


class _Walk:
    """Where a walk through the text stands: the open brackets and the last key."""

    def __init__(self, source: Source) -> None:
        self.file = source.name
        # not closed by hand: while a match looks at it, that fails
        self.text = mmap.mmap(source.stream.fileno(), 0, access=mmap.ACCESS_READ)
        self.tokens = _TOKEN.finditer(self.text)
        self.within: list[_Open] = []
        self.key = ""
        self.single = 0
        self.is_whole = False

    def word(self, token: _Token) -> None:
        self.key = _name(token[1]) if token[2] else ""
        if self.within and token[2]:
            self.within[-1].keys.append(self.key)

    def opened(self, token: _Token) -> Found | None:
        if self.within:
            self.within[-1].brackets += 1
        elif self.is_whole:
            raise UnusableError("reading.json_place", file=self.file, byte=token.start() + 1)
        one = _Open(token[0], self.key, token.start())
        if one.sign == b"[" and _RECORD.match(self.text, token.end()):
            return Found(self._path(one), one.start, self._end())
        if len(self.within) == _DEEPEST:
            self._end()
        else:
            self.within.append(one)
        return None

    def closed(self, token: _Token) -> Found | None:
        if not self.within:
            raise UnusableError("reading.json_place", file=self.file, byte=token.start() + 1)
        one, end = self.within.pop(), token.end()
        self.is_whole = not self.within
        in_a_list = any(outer.sign == b"[" for outer in self.within)
        if in_a_list or not one.may_be_record or end - one.start > LONGEST_RECORD:
            return None
        self.single += 1
        if self.single > _MOST_SINGLE:
            raise UnusableError("reading.many_objects", file=self.file, limit=_MOST_SINGLE)
        return Found(self._path(one), one.start, end, tuple(one.keys))

    def _path(self, inner: _Open) -> str:
        named: Sequence[_Open] = [*self.within, inner][1:]
        return ".".join(one.key for one in named)

    def _end(self) -> int:
        """The end of what has just been opened, its insides skipped."""
        depth = 1
        for token in self.tokens:
            if token[0] in b"[{":
                depth += 1
            elif token[0] in b"]}":
                depth -= 1
            if depth == 0:
                return token.end()
        raise UnusableError("reading.cut_off", file=self.file)


def _name(key: bytes) -> str:
    """A key as a mapping writes it."""
    plain = key.decode(errors="replace")
    try:
        return str(json.loads(f'"{plain}"')).encode(errors="replace").decode()
    except ValueError:
        return plain
