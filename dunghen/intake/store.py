"""The private store: every import in a folder of its own, without personal data, kept until it is undone.

A folder appears by one rename after its figures were published and disappears by one. What dies before that
leaves only folders that begin with a dot, which the next one to work here removes; where the figures were
published already, it first finishes what a note (`pending`) says of them.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import math
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from dunghen.intake import undone
from dunghen.intake.errors import RefusedError, UnusableError
from dunghen.intake.flushing import flush, flush_below
from dunghen.intake.pending import Pending
from dunghen.intake.undone import Undone
from dunghen.intake.writing import writable

ROOT = Path(__file__).resolve().parents[2]
# How long an import waits for another one before it gives up.
SECONDS_TO_WAIT = 600.0
HOW_TO_MAKE_A_KEY = 'python -c "import secrets; print(secrets.token_hex(32))"'
SHORTEST_KEY = 32


@dataclass(frozen=True)
class Import:
    """What is known of one import (`import.json`), and the folder it lies in at the moment."""

    folder: Path
    import_id: str
    sequence: int
    record: str
    mapping: str
    # Hash of all that decides how the files are read: the mapping, what was said beside it, our lists.
    reading_hash: str
    as_of: date | None
    source_id: str | None
    imported_at: str
    accepted_rejects: bool
    # name, sha256, bytes of each file
    files: list[dict[str, Any]]
    rows_read: int
    # Of those read: neither quarantined nor exact repeats.
    rows_loaded: int
    rows_quarantined: int
    # The same row again in this import, or what the newest earlier import already said.
    rows_repeated: int
    # Of the loaded: another state of a dossier that was known / an older state than the known one.
    rows_replaced: int = 0
    rows_older: int = 0
    # Rows of totals, signatures or headings once more, no rows of data; not in `rows_read`.
    rows_skipped: int = 0
    # place and rows of each sheet or list that the mapping does not fit; not in `rows_read` either
    passed_over: list[dict[str, Any]] = field(default_factory=list)
    # Of those neither quarantined nor repeated in the import: of a time in which their office did not exist.
    rows_outside: int = 0
    # authority_code → the last day its rows of this import speak of
    authorities: dict[str, str] = field(default_factory=dict)
    # The authority of which, with all beneath it, there is nothing new but these rows.
    complete_for: str | None = None
    # reason, column, rows
    reasons: list[dict[str, Any]] = field(default_factory=list)

    def facts(self) -> dict[str, Any]:
        """What `import.json` holds: everything but the folder."""
        facts = asdict(self)
        del facts["folder"]
        return facts | {"as_of": self.as_of.isoformat() if self.as_of else None}


class Store:
    """The folder of all imports (`$DUNGHEN_STORE`, else `data/store`).

    An import that is being made and one that is being undone are for this object as if it were done already,
    so that `imports()` tells a publication what will be; for everybody else nothing has happened yet.
    """

    def __init__(self, folder: Path | None = None, seconds_to_wait: float = SECONDS_TO_WAIT) -> None:
        self.folder = folder or Path(os.environ.get("DUNGHEN_STORE") or ROOT / "data" / "store")
        self._seconds_to_wait = seconds_to_wait
        self._drafts: list[Import] = []
        self._undone: set[str] = set()

    def imports(self) -> list[Import]:
        """All imports in the order in which they came. Raises `UnusableError` for a damaged folder."""
        # "10000" comes after "9999"
        kept = sorted(map(_read, self._imports.glob("[0-9]*")), key=lambda one: one.sequence)
        return [one for one in [*kept, *self._drafts] if one.import_id not in self._undone]

    def undone(self) -> list[Undone]:
        """The imports that were undone and not taken in again. Raises `UnusableError` for a damaged note."""
        return undone.read(self._undone_note)

    def find(self, import_id: str) -> Import:
        """The import of this number ("7" is "0007"). Raises `UnusableError` if there is none."""
        for one in self.imports():
            if import_id.isdecimal() and int(import_id) == one.sequence:
                return one
        known = ", ".join(one.import_id for one in self.imports())
        raise UnusableError("store.no_import" if known else "store.empty", known=known)

    @contextlib.contextmanager
    def alone(self, waiting: Callable[[], None] | None = None) -> Iterator[None]:
        """Nobody else imports, undoes or publishes meanwhile; inside it may be entered again.

        `waiting` is called once if somebody is there already. Raises `RefusedError` when that takes
        longer than this object waits and `UnwritableError` where the store cannot be written."""
        with writable(self.folder):
            # what is not published is for nobody else on the machine
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._imports.mkdir(exist_ok=True)
            lock = FileLock(self.folder / "lock", is_singleton=True)
            with _held(lock, waiting, self._seconds_to_wait):
                if lock.lock_counter == 1:
                    self._settle()
                    self._sweep()
                yield

    def recover(self) -> None:
        """Finishes or drops what a killed command left, unless somebody is at work: then it is not over.

        Raises `UnwritableError` where that cannot be written."""
        if self._note.exists():
            with contextlib.suppress(RefusedError), Store(self.folder, seconds_to_wait=0).alone():
                pass

    def check_key(self, key: bytes) -> None:
        """Makes sure that the store's numbers were hashed with this key.

        A store without dossiers takes any key for its own. Raises `UnusableError` for another than that."""
        path = self.folder / "store.json"
        check = hmac.new(key, b"dunghen store", hashlib.sha256).hexdigest()
        if all(one.record != "dossiers" for one in self.imports()):
            _write(path, {"key_check": check})
        elif not hmac.compare_digest(_json(path).get("key_check", ""), check):
            raise UnusableError("key.other", store=self.folder)

    def next_sequence(self) -> int:
        """The number of the next import: one more than the last there is."""
        return max((one.sequence for one in self.imports()), default=0) + 1

    @contextlib.contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder for what is needed while an import is made; it goes at the end."""
        folder = self.folder / f".scratch-{os.getpid()}"
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @contextlib.contextmanager
    def drafting(self, sequence: int) -> Iterator[Path]:
        """The folder in which an import is made; what was not `add`ed and `keep` is gone at the end."""
        folder = self._imports / f".draft-{sequence:04d}"
        folder.mkdir()
        try:
            yield folder
        finally:
            self._settle()
            self._drafts = [one for one in self._drafts if one.folder != folder]
            shutil.rmtree(folder, ignore_errors=True)

    def add(self, made: Import) -> None:
        """Writes the facts of an import into its draft; from now on `imports()` of this object has it."""
        _write(made.folder / "import.json", made.facts())
        flush_below(made.folder)
        self._drafts.append(made)

    def announce(self, database: Path, inputs: str) -> None:
        """Notes what is about to be published at `database`, with these inputs, if imports come or go by it.

        Whatever ends the process from then on, the store and the published file will agree again."""
        coming = [one.import_id for one in self._drafts]
        if coming or self._undone:
            # once it is published there may be no room to write anything: then renames have to do
            self._write_undone(self._next_undone)
            note = Pending(str(database.absolute()), inputs, coming, sorted(self._undone))
            _write(self._note, note.facts())
            for folder in (self._imports, self.folder):
                flush(folder)

    def keep(self, made: Import) -> Path:
        """Puts a draft in its place, for good, in one step; returns the folder."""
        self._put(made.import_id)
        self._drafts.remove(made)
        return self._imports / made.import_id

    @contextlib.contextmanager
    def undoing(self, one: Import) -> Iterator[None]:
        """Inside, `imports()` of this object lacks the import; at the end, if all went well, it is gone."""
        self._undone.add(one.import_id)
        try:
            yield
            self._take_away(one.import_id)
        finally:
            self._settle()
            self._undone.clear()

    @property
    def _imports(self) -> Path:
        return self.folder / "imports"

    @property
    def _note(self) -> Path:
        return self.folder / "pending.json"

    @property
    def _undone_note(self) -> Path:
        return self.folder / "undone.json"

    @property
    def _next_undone(self) -> Path:
        return self.folder / ".undone-next.json"

    def _settle(self) -> None:
        """Lets the store follow what was published; of what was not, drafts go with the other leftovers."""
        pending = Pending.read(self._note)
        if pending is None:
            self._next_undone.unlink(missing_ok=True)
            return
        if pending.is_published():
            for import_id in pending.coming:
                self._put(import_id)
            for import_id in pending.going:
                self._take_away(import_id)
        self._note.unlink()
        self._next_undone.unlink(missing_ok=True)
        flush(self.folder)

    def _put(self, import_id: str) -> None:
        """A draft in its place, unless it stands there already."""
        draft = self._imports / f".draft-{import_id}"
        if draft.exists():
            draft.rename(self._imports / import_id)
            flush(self._imports)
        self._remember(undone.without(self.undone(), [_json(self._imports / import_id / "import.json")]))

    def _take_away(self, import_id: str) -> None:
        """Removes an import in one step, unless that was done; that it was undone is remembered."""
        folder, gone = self._imports / import_id, self._imports / f".removed-{import_id}"
        if folder.exists():
            self._remember(undone.with_one(self.undone(), _json(folder / "import.json")))
            folder.rename(gone)
            flush(self._imports)
            shutil.rmtree(gone, ignore_errors=True)

    def _write_undone(self, note: Path) -> None:
        """Writes to a note what will be undone once the imports under way have come and gone."""
        known = undone.without(self.undone(), [one.facts() for one in self._drafts])
        for import_id in sorted(self._undone):
            known = undone.with_one(known, _json(self._imports / import_id / "import.json"))
        if known != self.undone():
            _write(note, undone.content(known))

    def _remember(self, now: list[Undone]) -> None:
        """Puts in its place what was written of undone imports before they were published; else writes it."""
        if self._next_undone.exists():
            self._next_undone.replace(self._undone_note)
        elif now != self.undone():
            _write(self._undone_note, undone.content(now))

    def _sweep(self) -> None:
        """Removes what killed runs left; all of it begins with a dot."""
        lists = self.folder / "reference"
        for leftover in [*self.folder.glob(".s*-*"), *self._imports.glob(".*"), *lists.glob(".*")]:
            shutil.rmtree(leftover, ignore_errors=True)
        for unfinished in (
            ".store.json",
            ".pending.json",
            ".undone.json",
            ".undone-next.json",
            "..undone-next.json",
        ):
            (self.folder / unfinished).unlink(missing_ok=True)


def key_from_environment() -> bytes:
    """The secret that dossier numbers are hashed with, DUNGHEN_KEY.

    Raises `UnusableError`, which tells how to make one, if it is missing or too short."""
    key = os.environ.get("DUNGHEN_KEY", "").strip()
    if not key:
        raise UnusableError("key.missing", how=HOW_TO_MAKE_A_KEY)
    if len(key) < SHORTEST_KEY:
        raise UnusableError("key.short", how=HOW_TO_MAKE_A_KEY)
    return key.encode()


@contextlib.contextmanager
def _held(lock: FileLock, waiting: Callable[[], None] | None, seconds: float) -> Iterator[None]:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if waiting:
            waiting()
        try:
            lock.acquire(timeout=seconds)
        except Timeout:
            raise RefusedError("store.busy", seconds=math.ceil(seconds)) from None
    try:
        yield
    finally:
        lock.release()


def _read(folder: Path) -> Import:
    facts = _json(folder / "import.json")
    try:
        as_of = date.fromisoformat(facts["as_of"]) if facts["as_of"] else None
        return Import(**facts | {"folder": folder, "as_of": as_of})
    except (TypeError, ValueError, KeyError):
        raise UnusableError("store.broken", place=folder) from None


def _json(path: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise UnusableError("store.broken", place=path.parent) from None
    return content


def _write(path: Path, content: dict[str, Any]) -> None:
    draft = path.with_name(f".{path.name}")
    try:
        draft.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        flush(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
