"""Imports that were undone: remembered by the hashes of their files and their day, without any content.

A file of theirs that still lies where files are taken in every night must not come in again by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dunghen import clock
from dunghen.intake.errors import UnusableError

Files = Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Undone:
    """An import that was undone: its number, what its files are called and hash to, and both days.

    `as_of` and the others are days and moments as `import.json` writes them."""

    import_id: str
    mapping: str
    as_of: str | None
    imported_at: str
    undone_at: str
    # name, sha256, bytes of each file
    files: list[dict[str, Any]]

    @property
    def undone_on(self) -> date:
        """The day on which it was undone."""
        return datetime.fromisoformat(self.undone_at).date()

    def has_one_of(self, files: Files, as_of: str | None) -> bool:
        """Whether one of these files was among its own, for the same day."""
        hashes = {file["sha256"] for file in self.files}
        return self.as_of == as_of and any(file["sha256"] in hashes for file in files)


def read(note: Path) -> list[Undone]:
    """The imports that a note tells of; none without one. Raises `UnusableError` for a damaged note."""
    try:
        return [Undone(**one) for one in json.loads(note.read_text(encoding="utf-8"))["undone"]]
    except FileNotFoundError:
        return []
    except (TypeError, ValueError, KeyError):
        raise UnusableError("store.broken_note", place=note) from None


def with_one(known: list[Undone], facts: dict[str, Any]) -> list[Undone]:
    """The imports that are undone once the one with these facts (`import.json`) is undone too, now."""
    told = {name: facts[name] for name in ("import_id", "mapping", "as_of", "imported_at", "files")}
    now = clock.now().isoformat()
    gone = Undone(undone_at=now, **told)
    # told twice where the first time died half-way
    return [*(one for one in known if replace(one, undone_at=now) != gone), gone]


def without(known: list[Undone], taken: Iterable[dict[str, Any]]) -> list[Undone]:
    """The imports that are undone still once those with these facts are taken in."""
    return [
        one for one in known if not any(one.has_one_of(facts["files"], facts["as_of"]) for facts in taken)
    ]


def content(undone: list[Undone]) -> dict[str, Any]:
    """What the note holds of these imports."""
    return {"undone": [asdict(one) for one in undone]}
