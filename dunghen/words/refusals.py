"""Why the system refused something: its error numbers that we have words for."""

from __future__ import annotations

import errno

_WHY = {
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "read_only",
    errno.ENOENT: "no_folder",
    errno.ENOTDIR: "no_folder",
    errno.EEXIST: "in_the_way",
    errno.ENOSPC: "no_space",
    errno.EDQUOT: "quota",
}


def why_key(number: int | None) -> str | None:
    """The key of the intake's words for an `errno`; None for what we have no words for (EIO)."""
    return f"store.why.{_WHY[number]}" if number in _WHY else None
