"""The lists in force: those of the data folder and those that an office brought, which its store keeps.

A list that was brought is a folder `reference/ID/` of the store: a CSV file for each table that it adds to,
with the columns of the shipped one and `source_id`, and `list.json`. It appears and goes by one rename.
Where several lists tell the same code, a shipped one counts before all others, else the latest.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from dunghen.intake.errors import UnusableError
from dunghen.intake.flushing import flush, flush_below

# Table → its file in the data folder, and its columns; a list that was brought has `source_id` besides.
SHIPPED: dict[str, str] = {
    "procedures": "reference/procedures.csv",
    "fields": "reference/fields.csv",
    "field_codes": "reference/field_codes.csv",
    "departments": "registry/others.csv",
    "portal_codes": "registry/portal_codes.csv",
}
COLUMNS: dict[str, tuple[str, ...]] = {
    "procedures": ("procedure_code", "field", "procedure_name_vi", "procedure_name_en"),
    "fields": ("field", "field_name_vi", "field_name_en"),
    "field_codes": ("field_code", "field"),
    "departments": (
        *("authority_code", "authority_name", "short_name", "authority_kind", "level", "parent_code"),
    ),
    "portal_codes": ("portal_code", "authority_code"),
}
# A heading and no row: whoever reads the files of a table by name finds the column that only own lists have.
_COLUMN_OF_OWN = Path(__file__).with_name("source_id.csv")
Entry = dict[str, str | None]


@dataclass(frozen=True)
class Source:
    """Where a list was published, in words that everybody may read, and at which address."""

    title: str
    url: str | None = None


@dataclass(frozen=True)
class OwnList:
    """A list that was brought: its number, its kind, its source, its file and the entries of each table."""

    list_id: str
    kind: str
    source: str
    url: str | None
    file: str
    brought_at: str
    entries: dict[str, int] = field(default_factory=dict)

    @property
    def source_id(self) -> str:
        """What its entries name as their source."""
        return f"danh-muc-{self.list_id}"


class OwnLists:
    """The lists in one store. Change them inside `Store.alone()` only."""

    def __init__(self, store: Path) -> None:
        self.folder = store / "reference"

    def all(self) -> list[OwnList]:
        """The lists in the order in which they were brought. Raises `UnusableError` for a damaged one."""
        return [_read(folder) for folder in self._folders()]

    def files(self, table: str) -> list[Path]:
        """The files that add to a table, the earliest first."""
        return [path for folder in self._folders() if (path := folder / f"{table}.csv").exists()]

    def digest(self) -> str:
        """One hash (SHA-256, hex) over what the lists say and where it came from; empty without lists."""
        told = [_content(folder) for folder in self._folders()]
        return hashlib.sha256("\n".join(told).encode()).hexdigest() if told else ""

    def next_id(self) -> str:
        """The number of the next list: one more than the last there is."""
        return f"{max((int(folder.name) for folder in self._folders()), default=0) + 1:04d}"

    def keep(self, made: OwnList, tables: Mapping[str, Sequence[Entry]]) -> None:
        """Adds a list, whole or not at all."""
        self.folder.mkdir(exist_ok=True)
        draft = self.folder / f".{made.list_id}"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        for table, entries in tables.items():
            _write(draft / f"{table}.csv", [*COLUMNS[table], "source_id"], entries)
        told = json.dumps(asdict(made), ensure_ascii=False, indent=1)
        (draft / "list.json").write_text(told + "\n", encoding="utf-8")
        flush_below(draft)
        draft.rename(self.folder / made.list_id)
        flush(self.folder)

    def drop(self, list_id: str) -> None:
        """Takes a list away."""
        gone = self.folder / f".removed-{list_id}"
        shutil.rmtree(gone, ignore_errors=True)
        (self.folder / list_id).rename(gone)
        shutil.rmtree(gone, ignore_errors=True)

    def _folders(self) -> list[Path]:
        return sorted(self.folder.glob("[0-9]*"), key=lambda folder: int(folder.name))


@dataclass(frozen=True)
class InForce:
    """The lists that an import and a publication go by: those of `data`, and those of a store's folder."""

    data: Path
    store: Path

    @property
    def own(self) -> OwnLists:
        """The lists that were brought."""
        return OwnLists(self.store)

    def files(self, table: str) -> list[Path]:
        """All files of a table, to be read by names of columns: the shipped one has no `source_id`."""
        return [self.data / SHIPPED[table], _COLUMN_OF_OWN, *self.own.files(table)]

    def entries(self, table: str, without: str | None = None) -> list[Entry]:
        """Every entry of a table, the shipped ones first, then list after list; empty cells are None.

        `without` leaves out the list of that number. Raises `UnusableError` where a list cannot be read."""
        own = [path for path in self.own.files(table) if path.parent.name != without]
        return [entry for path in (self.data / SHIPPED[table], *own) for entry in _entries(path)]


def _entries(path: Path) -> list[Entry]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [{name: cell or None for name, cell in row.items()} for row in csv.DictReader(file)]
    except (OSError, ValueError, csv.Error) as error:
        raise UnusableError("import.reference", folder=path.parent, why=type(error).__name__) from None


def _write(path: Path, headings: Sequence[str], entries: Iterable[Entry]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headings, lineterminator="\n")
        writer.writeheader()
        writer.writerows(entries)


def _read(folder: Path) -> OwnList:
    try:
        facts: dict[str, Any] = json.loads((folder / "list.json").read_text(encoding="utf-8"))
        return OwnList(**facts)
    except (OSError, ValueError, TypeError):
        raise UnusableError("lists.broken", place=folder) from None


def _content(folder: Path) -> str:
    """What of a list decides figures and names; the moment it was brought does not."""
    told = _read(folder)
    tables = sorted(folder.glob("*.csv"))
    hashes = [f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in tables]
    return json.dumps([told.list_id, told.source, told.url, hashes], ensure_ascii=False)
