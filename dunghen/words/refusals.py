"""Why the system refused something: its error numbers that we have words for."""

from __future__ import annotations

import errno
import os

_WHY = {
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "read_only",
    errno.ENOENT: "no_folder",
    errno.ENOTDIR: "no_folder",
    errno.EEXIST: "in_the_way",
    errno.ENOSPC: "no_space",
    errno.EFBIG: "no_space",
    errno.EDQUOT: "quota",
    errno.EISDIR: "in_the_way",
    errno.EIO: "damaged",
}


def why_key(number: int | None) -> str | None:
    """The key of the intake's words for an `errno`; None for what we have no words for."""
    return f"store.why.{_WHY[number]}" if number in _WHY else None


def number_of(error: Exception) -> int | None:
    """The `errno` of an error: its own, or the one that the text of a library's error tells in the system's
    words; None where there is none that we have words for."""
    if isinstance(error, OSError):
        return error.errno
    return next((number for number in _WHY if os.strerror(number) in str(error)), None)
