"""Finding an authority by what people type: a plain Python index, built once and then only read.

Every body has keys: its name without kind, alone and followed by its parent's, its province's and both
names, all folded. A query is folded too and read in a few ways, because a kind word ("quận", "tt", "p.")
may be one or may be part of a name. Answers come in this order: equal keys and codes, keys that begin with
the query, keys one typing slip away, bodies that hold all its words. Within each: the accents and the kind
that were typed, provinces of any era, bodies with figures, current ones, larger ones.
"""

from __future__ import annotations

import re
import string
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence

_LONGEST_QUERY = 200
_SLIPS_BELOW = 10
_SHORTEST_SLIP = 4
_ACCENTS_AMONG = 500
_CHOICES = 4
_LONGEST_WORD = 12
_NO_YEAR = 9999
_OUTSIDE_PROVINCES = ("nation", "region", "ministry", "province")
_LARGEST_FIRST = ("nation", "region", "ministry", "province", "district", "department", "commune", "group")

_KINDS = {
    "tinh": {"province"},
    "t": {"province"},
    "thanh pho": {"city", "provincial_city"},
    "tp": {"city", "provincial_city"},
    "huyen": {"rural_district"},
    "h": {"rural_district"},
    "quan": {"urban_district"},
    "q": {"urban_district"},
    "thi xa": {"town"},
    "tx": {"town"},
    "xa": {"commune"},
    "x": {"commune"},
    "phuong": {"ward"},
    "p": {"ward"},
    "thi tran": {"township"},
    "tt": {"township"},
    "dac khu": {"special_zone"},
    "dk": {"special_zone"},
    "ubnd": set[str](),
    "uy ban nhan dan": set[str](),
}
_KIND_TOKENS = {tuple(words.replace("y", "i").split()): frozenset(kinds) for words, kinds in _KINDS.items()}
_ABBREVIATED_KINDS = frozenset(("t", "tp", "h", "q", "tx", "x", "p", "tt", "dk"))
_NUMBERED = {"p": "phuong", "phuong": "phuong", "q": "quan", "quan": "quan"}
_WRITTEN_KIND = re.compile(r"(Tỉnh|Thành phố|Huyện|Quận|Thị xã|Xã|Phường|Thị trấn|Đặc khu) (?!\d+$)")
_ABBREVIATIONS = {
    "hcm": "ho chi minh",
    "tphcm": "tp ho chi minh",
    "hn": "ha noi",
    "tphn": "tp ha noi",
}
_GLUED_NUMBER = re.compile(r"\b(p|q|phuong|quan)0*(\d{1,2})\b")
_LEADING_ZEROS = re.compile(r"\b0+(?=\d)")
_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_FOLDING = {
    **dict.fromkeys((*range(0x0300, 0x0370), *map(ord, "'’‘ʼ`´")), None),
    ord("đ"): "d",
    ord("y"): "i",
}
_SLIP_LETTERS = (string.ascii_lowercase + " ").replace("y", "")


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """A name as search compares it: "Thị trấn Hoà Mỹ" and "thi tran hoa mi" both give "thi tran hoa mi".

    Lower case, no accents, đ as d, y as i, apostrophes dropped, other marks as one space, no leading zeros.
    """
    plain = unicodedata.normalize("NFKD", text.lower()).translate(_FOLDING)
    words = _BETWEEN_WORDS.sub(" ", plain).strip()
    return _LEADING_ZEROS.sub("", words)


@lru_cache(maxsize=65_536)
def _accented(text: str) -> frozenset[str]:
    """The words of a name with their accents, the tone last: "hoà" and "hòa" are the same word."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text.lower()))
    found = set()
    for word in words:
        parts = unicodedata.normalize("NFD", word)
        tone = "".join(mark for mark in parts if mark in _TONES)
        found.add("".join(mark for mark in parts if mark not in _TONES) + tone)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """One authority as search knows it; `other_names` are former spellings and portal codes."""

    authority_code: str
    authority_name: str
    short_name: str
    level: str
    authority_kind: str
    parent_code: str | None
    parent_name: str | None
    province_code: str | None
    province_name: str | None
    era: str
    has_figures: bool
    other_names: tuple[str, ...] = ()


class SearchResult(NamedTuple):
    """Authority codes, best first, cut to the page asked for, and how many there are in all."""

    codes: tuple[str, ...]
    total: int


class _Reading(NamedTuple):
    """One way to read a query: its words, and the kinds its first word asked for (none: any)."""

    text: str
    kinds: frozenset[str]


_LookUp: TypeAlias = "Callable[[_Reading], Iterable[int]]"


class SearchIndex:
    """Entries findable by name, by name and place, and by code; read-only once built."""

    def __init__(self, entries: Iterable[SearchEntry]) -> None:
        """Index the entries; some 15,000 take about half a second."""
        self._entries = sorted(entries, key=_standing)
        self._place_of_code: dict[str, int] = {}
        self._codes: dict[str, tuple[int, ...]] = defaultdict(tuple)
        self._keys: dict[str, tuple[int, ...]] = defaultdict(tuple)
        self._unspaced: dict[str, tuple[int, ...]] = defaultdict(tuple)
        self._words: dict[str, set[int]] = defaultdict(set)
        self._own_words: list[frozenset[str]] = []
        for place, entry in enumerate(self._entries):
            self._add(place, entry)
        self._ordered_keys = sorted(self._keys)
        self._longest_key = max(map(len, self._ordered_keys), default=0)
        self._known_words = frozenset(self._words) | {word for words in _KIND_TOKENS for word in words}

    def find(
        self,
        query: str,
        *,
        limit: int = 10,
        level: str | None = None,
        parent_code: str | None = None,
        era: str = "all",
        offset: int = 0,
    ) -> SearchResult:
        """Authorities that answer a query, best first.

        An empty query lists everything the filters let through; one of marks alone finds nothing.
        `parent_code` keeps direct children, `era` is `all`, `current` or `former`. ValueError for another
        era, or a negative limit or offset.
        """
        if era not in ("all", "current", "former"):
            raise ValueError(f"era is all, current or former, not {era!r}")
        if limit < 0 or offset < 0:
            raise ValueError("limit and offset cannot be negative")
        ranked = self._ranked(query[:_LONGEST_QUERY]) if query.strip() else range(len(self._entries))
        codes = [
            entry.authority_code
            for entry in map(self._entries.__getitem__, ranked)
            if (level is None or entry.level == level)
            and (parent_code is None or entry.parent_code == parent_code)
            and era in ("all", entry.era)
        ]
        return SearchResult(tuple(codes[offset : offset + limit]), len(codes))

    def _add(self, place: int, entry: SearchEntry) -> None:
        self._place_of_code[entry.authority_code.lower()] = place
        for code in _codes_beside(entry):
            self._codes[code] += (place,)
        names = dict.fromkeys(
            fold(name) for name in (entry.short_name, *map(_without_kind, entry.other_names)) if fold(name)
        )
        around = _places_around(entry)
        for name in names:
            self._unspaced[name.replace(" ", "")] += (place,)
            for context in ("", *around):
                self._keys[f"{name} {context}".strip()] += (place,)
        own = frozenset(word for name in names for word in name.split())
        self._own_words.append(own)
        for word in own.union(*(context.split() for context in around)):
            self._words[word].add(place)

    def _ranked(self, query: str) -> list[int]:
        """Places of the entries found, best first, each once."""
        text = fold(query)
        readings = _readings(text)
        accents = frozenset(word for word in _accented(query) if not word.isascii())
        found = dict.fromkeys(self._of_code(query.strip().lower()))

        def add(look_up: _LookUp) -> None:
            found.update(dict.fromkeys(self._in_order(readings, look_up, accents, found)))

        add(self._equal)
        is_exact = bool(found)
        add(self._beginning_with_words)
        add(self._beginning)
        if not is_exact:
            if len(found) < _SLIPS_BELOW:
                add(self._one_slip_away)
            add(self._with_all_words)
        return list(found) or self._last_resort(text, accents)

    def _of_code(self, code: str) -> tuple[int, ...]:
        """The body of that very code, then former bodies of the same plain code, or a portal code's."""
        of_code = self._place_of_code.get(code)
        beside = self._codes.get(code, ())
        return beside if of_code is None else (of_code, *beside)

    def _last_resort(self, text: str, accents: frozenset[str]) -> list[int]:
        """With one unknown word mended, or by the longest beginning of the query that is a name."""
        mended = [reading for other in self._mended(text) for reading in _readings(other)]
        words = text.split()
        starts = [_readings(" ".join(words[:end])) for end in range(len(words) - 1, 0, -1)]
        for readings, look_up in (
            (mended, self._equal),
            (mended, self._with_all_words),
            *((start, self._equal) for start in starts),
        ):
            found = self._in_order(readings, look_up, accents, ())
            if found:
                return found
        return []

    def _in_order(
        self,
        readings: Iterable[_Reading],
        look_up: _LookUp,
        accents: frozenset[str],
        known: Container[int],
    ) -> list[int]:
        """What `look_up` finds and is not `known` yet; accents and kind as typed first."""
        other_kind: dict[int, bool] = {}
        for reading in readings:
            for place in look_up(reading):
                is_other = not self._is_of_kind(place, reading.kinds)
                other_kind[place] = is_other and other_kind.get(place, True)
        new = [place for place in other_kind if place not in known]
        if accents and len(new) <= _ACCENTS_AMONG:
            return sorted(new, key=lambda place: (self._missing(accents, place), other_kind[place], place))
        return sorted(new, key=lambda place: (other_kind[place], place))

    def _is_of_kind(self, place: int, kinds: frozenset[str]) -> bool:
        return not kinds or self._entries[place].authority_kind in kinds

    def _missing(self, accents: frozenset[str], place: int) -> int:
        """How many of the accented words typed the entry and the places around it do not hold."""
        entry = self._entries[place]
        names = (entry.authority_name, entry.parent_name, entry.province_name, *entry.other_names)
        return len(accents.difference(*(_accented(name) for name in names if name)))

    def _equal(self, reading: _Reading) -> Sequence[int]:
        return self._keys.get(reading.text, ()) or self._unspaced.get(reading.text, ())

    def _beginning_with_words(self, reading: _Reading) -> Iterator[int]:
        return self._beginning(_Reading(reading.text + " ", reading.kinds))

    def _beginning(self, reading: _Reading) -> Iterator[int]:
        """Entries with a key that begins with the text; of the kind that was typed, if one was."""
        start = bisect_left(self._ordered_keys, reading.text)
        end = bisect_left(self._ordered_keys, reading.text + "~")
        for key in self._ordered_keys[start:end]:
            for place in self._keys[key]:
                if self._is_of_kind(place, reading.kinds):
                    yield place

    def _with_all_words(self, reading: _Reading) -> Iterator[int]:
        """Entries that hold every word, one at least in a name of their own; the last may be begun."""
        words = frozenset(reading.text.split())
        places = self._holding(words)
        if not places and len(words) > 1:
            *whole, begun = reading.text.split()
            among = self._holding(whole)
            endings = [word for word in self._words if word.startswith(begun)] if among else []
            places = {place for word in endings for place in among & self._words[word]}
        return (place for place in places if not words.isdisjoint(self._own_words[place]))

    def _holding(self, words: Iterable[str]) -> set[int]:
        """Entries that hold every one of the words in their name or in those of the places around them."""
        rarest_first = sorted((self._words.get(word, set()) for word in words), key=len)
        return set.intersection(*rarest_first) if rarest_first else set()

    def _one_slip_away(self, reading: _Reading) -> Iterator[int]:
        if _SHORTEST_SLIP <= len(reading.text) <= self._longest_key + 1:
            for text in _slips(reading.text, self._letters_in_a_key(reading.text)):
                yield from self._keys.get(text, ())

    def _letters_in_a_key(self, text: str) -> int:
        """How many of the first letters begin some key: a slip is at the next one at the latest."""
        for end in range(1, len(text) + 1):
            at = bisect_left(self._ordered_keys, text[:end])
            if at == len(self._ordered_keys) or not self._ordered_keys[at].startswith(text[:end]):
                return end - 1
        return len(text)

    def _mended(self, text: str) -> list[str]:
        """The text with its one unknown word replaced by known ones a slip away; none if more are unknown."""
        words = text.split()
        unknown = [at for at, word in enumerate(words) if word not in self._known_words]
        if len(unknown) != 1 or len(words[unknown[0]]) > _LONGEST_WORD:
            return []
        at = unknown[0]
        known = sorted(self._known_words.intersection(_slips(words[at], len(words[at]))))
        return [" ".join((*words[:at], word, *words[at + 1 :])) for word in known]


def _standing(entry: SearchEntry) -> tuple[bool, bool, bool, int, str, int, str]:
    """The order of two entries that match a query equally well."""
    level = _LARGEST_FIRST.index(entry.level) if entry.level in _LARGEST_FIRST else len(_LARGEST_FIRST)
    last_year = _year_in(entry.authority_code)
    return (
        entry.level != "province",
        not entry.has_figures,
        entry.era != "current",
        level,
        fold(entry.short_name),
        -last_year,
        entry.authority_code,
    )


def _year_in(authority_code: str) -> int:
    """The last year listed that the code of a former body carries ("11203-2024"); 9999 for a plain code."""
    _, _, year = authority_code.partition("-")
    return int(year) if year.isascii() and year.isdigit() else _NO_YEAR


def _codes_beside(entry: SearchEntry) -> set[str]:
    """Codes other than its own that find an entry: the plain one of a former body, and portal codes."""
    code = entry.authority_code
    plain = {code.partition("-")[0]} if _year_in(code) != _NO_YEAR else set[str]()
    return plain.union(name.lower() for name in entry.other_names)


def _without_kind(name: str) -> str:
    """The name without its kind: Đồng Tâm for Xã Đồng Tâm; a numbered one (Quận 1) stays whole."""
    kind = _WRITTEN_KIND.match(name)
    return name[kind.end() :] if kind else name


def _places_around(entry: SearchEntry) -> list[str]:
    """Folded names that may follow the entry's own: its parent's, its province's, both."""
    if entry.level in _OUTSIDE_PROVINCES or not entry.province_name:
        return []
    province = fold(_without_kind(entry.province_name))
    parent = fold(_without_kind(entry.parent_name or ""))
    if not parent or entry.parent_code == entry.province_code:
        return [province]
    return list(dict.fromkeys((parent, province, f"{parent} {province}")))


def _readings(text: str) -> list[_Reading]:
    """Ways to read a folded query, the literal one first: a kind word in it is part of a name or is not."""
    spelled = " ".join(_ABBREVIATIONS.get(word, word) for word in text.split())
    words = _GLUED_NUMBER.sub(r"\1 \2", spelled).split()
    ways: list[tuple[tuple[str, ...], frozenset[str]]] = [((), frozenset())]
    choices = at = 0
    while at < len(words):
        taken, kinds = _kind_at(words, at)
        if kinds is None:
            ways = [((*way, words[at]), asked) for way, asked in ways]
        elif _NUMBERED.get(words[at]) and words[at + 1 : at + 2] and words[at + 1].isdigit():
            ways = [((*way, _NUMBERED[words[at]]), asked) for way, asked in ways]
        elif at + taken == len(words) and words[at] in _ABBREVIATED_KINDS:
            ways = [((*way, words[at]), asked) for way, asked in ways]
        else:
            kept = [((*way, *words[at : at + taken]), asked) for way, asked in ways]
            dropped = [(way, asked if way else asked or kinds) for way, asked in ways]
            ways = kept + dropped if choices < _CHOICES else dropped
            choices += 1
        at += taken
    return list(dict.fromkeys(_Reading(" ".join(way), asked) for way, asked in ways if way))


def _kind_at(words: Sequence[str], at: int) -> tuple[int, frozenset[str] | None]:
    """How many words from `at` on name a kind, and which kinds; (1, None) where none begins."""
    for length in (4, 2, 1):
        phrase = tuple(words[at : at + length])
        if phrase in _KIND_TOKENS:
            return len(phrase), _KIND_TOKENS[phrase]
    return 1, None


def _slips(text: str, last: int) -> Iterator[str]:
    """Every text a slip away, up to place `last`: a letter too many, too few, wrong, or swapped."""
    for at in range(last + 1):
        before, after = text[:at], text[at:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in _SLIP_LETTERS:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
