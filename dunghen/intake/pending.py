"""What a publication that dies half-way leaves: a note by which the next to come finishes or drops it.

The published file and the store change one after the other, and a process may die in between. So it is noted
before which imports come and go, and what the published file will then say it was built from: if it says so,
the change was published, and the store has to follow.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from dunghen.intake.errors import UnusableError
from dunghen.warehouse import DatabaseMissingError
from dunghen.warehouse.published import stored_inputs


@dataclass(frozen=True)
class Pending:
    """A publication under way: where to, the inputs that the file there will name, imports by their ids."""

    database: str
    inputs: str
    coming: list[str]
    going: list[str]

    @classmethod
    def read(cls, note: Path) -> Self | None:
        """What a note says; None where there is none. Raises `UnusableError` for one that is damaged."""
        try:
            return cls(**json.loads(note.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (TypeError, ValueError):
            raise UnusableError("store.broken_note", place=note) from None

    def facts(self) -> dict[str, object]:
        """What the note holds."""
        return asdict(self)

    def is_published(self) -> bool:
        """Whether the published file was put in its place."""
        try:
            return stored_inputs(Path(self.database)) == self.inputs
        except DatabaseMissingError:
            return False
