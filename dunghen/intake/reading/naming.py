"""What a message calls a file or a sheet: its name, unless that looks as if it named a person."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from pathlib import PurePath

from dunghen.intake.reading.known_names import is_of_a_subject, is_place, unaccented
from dunghen.intake.reading.office_words import is_of_offices

# a citizen number, a phone number, an address to write to
_PERSONAL = re.compile(
    r"\d{9}|(?<!\d)(?:\d{3}[ ._-]?){3}(?:\d{3}|\d?)(?!\d)|(?<!\d)0\d{2,3}[ ._-]\d{3}[ ._-]\d{3}|@"
)
_LONGEST = 80
# "u16le": bytes in one order, and no family Lê
_ENCODING = re.compile(r"(?i)(utf|u|ucs)[-_]?(16|32|2)[-_]?(le|be)(?![a-z])")
# a place of three syllables; those of two are in the registry
_CITY = re.compile(r"(?i)ho[\W_]?chi[\W_]?minh(?![a-z])")
_BETWEEN = re.compile(r"[\W_]+")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
# Family names of Vietnam's people, without accents; nine in ten bear one of the first fourteen.
_FAMILY_NAMES = re.compile(
    "nguyen|tran|le|pham|hoang|huynh|phan|vu|vo|dang|bui|do|ho|ngo|duong|ly|dao|dinh|doan|lam|mai|trinh|"
    "truong|luong|luu|cao|ha|ta|chau|quach|to|thach|vuong|kieu|khuat|la|lai|tong|nong|ma|be|giang|nghiem|"
    "tang|thai|tu|au|doi|kim|van|che|mac|phung|quan|trieu|vi|hua|diep|su|uong|bach"
)
_ENDING = re.compile("csv|xlsx?|xlsm|jsonl?|txt|gz|zip|tsv")
_STREET = re.compile(
    r"\b(?:so nha|ngo \d|ngach \d|hem \d|kiet \d|thon|khu pho|to dan pho|ap \d|duong [a-z]+ [a-z]+)\b"
)


def shown_name(name: str, number: int, what: str = "file") -> str:
    """The last part of a path without control characters; "file 1" for the first one if it looks personal.

    That has a no-break space, as no name here, by which a message knows it and says it in its language.

    A citizen's or telephone number, an e-mail address, the address of a house, and a family name that is
    begins no word of offices look personal: better a number too often than a name.
    Places of the registry and fields and procedures of our lists do not."""
    base = unicodedata.normalize("NFC", PurePath(name).name)
    plain = "".join(character for character in base if character.isprintable())
    if not plain.strip() or looks_personal(plain):
        return f"{what}\u00a0{number}"
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 8]}…{plain[-7:]}"


def is_unnamed(shown: str) -> bool:
    """Whether what `shown_name` gave is a number and no name."""
    return "\u00a0" in shown


def looks_personal(name: str) -> bool:
    """Whether a name of a file or a sheet may hold a person's name, number or address."""
    bare = _CITY.sub(_blank, _ENCODING.sub(_blank, unaccented(name)))
    words = [word.lower() for word in _WORD.findall(bare)]
    spelt = _BETWEEN.sub(" ", bare.lower())
    joined = any(word.startswith("nguyen") and word != "nguyen" for word in words)
    return joined or _has_family_name(name, bare) or bool(_PERSONAL.search(bare) or _STREET.search(spelt))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _has_family_name(name: str, bare: str) -> bool:
    """Whether a family name is followed by what may be a given one, and belongs to no place, field or word of
    offices, with the syllable behind it or with that in front."""
    found = list(_WORD.finditer(bare))
    whole = unicodedata.normalize("NFC", name)
    written = [whole[one.start() : one.end()].lower() for one in found]
    words = [one[0].lower() for one in found]
    pairs = list(pairwise(words))
    no_person = [
        is_of_offices(*written[at : at + 2])
        or is_place(name, [first, second], ([None, *words])[at], bare[found[at + 1].end() :])
        for at, (first, second) in enumerate(pairs)
    ]
    return any(
        _FAMILY_NAMES.fullmatch(first)
        and not (_ENDING.fullmatch(second) or is_of_a_subject(first, second))
        and not (no_person[at] or (at > 0 and no_person[at - 1]))
        for at, (first, second) in enumerate(pairs)
    )
