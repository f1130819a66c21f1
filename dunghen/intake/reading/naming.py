"""What a message calls a file: its name, unless that looks as if it named a person."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

# a citizen number, a phone number, an address to write to
_PERSONAL = re.compile(r"\d{9}|(?<!\d)0\d{2,3}[ .-]\d{3}[ .-]\d{3}|@")
_LONGEST = 80


def shown_name(name: str, number: int) -> str:
    """The last part of a path without control characters; "file 1" for the first one if it looks personal."""
    base = unicodedata.normalize("NFC", PurePath(name).name)
    plain = "".join(character for character in base if character.isprintable())
    if not plain.strip() or _PERSONAL.search(plain):
        return f"file {number}"
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 8]}…{plain[-7:]}"
