"""Writing to the disk: where it is full, read-only or forbidden a command ends in words."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from dunghen.intake.errors import UnwritableError, Words, why_refused
from dunghen.words.refusals import number_of

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# What DuckDB says when it cannot write, and when it has neither memory nor disk left.
NO_ROOM = (
    *(duckdb.IOException, duckdb.FatalException, duckdb.TransactionException),
    duckdb.OutOfMemoryException,
)


@contextmanager
def writable(place: Path, kind: str = "store") -> Iterator[None]:
    """What the system refuses us or DuckDB to write at a place becomes an `UnwritableError` in words.

    `kind` says what the place is, and so what may be chosen in its stead: store, rejects or scratch."""
    try:
        yield
    except OSError as error:
        if error.filename and not _is_at(place, error.filename):
            where, why = Path(os.fsdecode(error.filename)).parent, why_refused(error.errno)
            raise UnwritableError("store.elsewhere", place=where, why=why) from None
        raise _unwritable(place, kind, error.errno) from None
    except NO_ROOM as error:
        if number := number_of(error):
            raise _unwritable(place, kind, number) from None
        raise UnwritableError("store.no_room", store=place, why=why_no_room(error)) from None


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder that is gone at the end, for what is not to be kept.

    Raises `UnwritableError` where the system has no room for it."""
    with writable(Path(os.environ.get("TMPDIR") or "/tmp"), "scratch"), TemporaryDirectory() as name:  # noqa: S108 - only told
        yield Path(name)


def why_no_room(error: duckdb.Error) -> Words | str:
    """Why DuckDB could not go on, in words of ours: its own name files that nobody knows."""
    if number := number_of(error):
        return why_refused(number)
    return Words("store.why.memory" if isinstance(error, duckdb.OutOfMemoryException) else "store.why.untold")


def is_out_of_room(error: duckdb.Error) -> bool:
    """Whether the disk or the memory stopped DuckDB, and not what it was reading."""
    is_reading = isinstance(error, duckdb.IOException) and number_of(error) not in _FULL
    return isinstance(error, NO_ROOM) and not is_reading


def _unwritable(place: Path, kind: str, number: int | None) -> UnwritableError:
    key = "full" if number in _FULL else {"store": "unwritable"}.get(kind, f"unwritable_{kind}")
    return UnwritableError(f"store.{key}", store=place, why=why_refused(number))


def _is_at(place: Path, name: str | bytes | int) -> bool:
    """Whether a file lies at the place, or is a folder that the place was to be made in."""
    if isinstance(name, int):
        return True
    path, there = Path(os.fsdecode(name)).absolute(), place.absolute()
    return path.is_relative_to(there) or there.is_relative_to(path)
