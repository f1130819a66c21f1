"""What a client may keep of an answer: until the program or the snapshot changes."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_FOLDERS = (_HERE, _HERE.parent / "queries")
_SHAPING = {".py", ".toml", ".html", ".svg", ".css", ".sql"}


@cache
def program() -> str:
    """A short hash of everything that shapes answers: what was kept from another program is not the same."""
    files = [path for folder in _FOLDERS for path in sorted(folder.rglob("*")) if path.suffix in _SHAPING]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


def is_kept(tag: str, if_none_match: str | None) -> bool:
    """Whether a client that sent this `If-None-Match` has the answer of that ETag; `*` is any answer."""
    sent = {known.strip() for known in (if_none_match or "").split(",")}
    return tag in sent or "*" in sent
