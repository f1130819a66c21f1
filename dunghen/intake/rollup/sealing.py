"""Whether a state of roll-ups still is what was written: it names the hash of each of its files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from dunghen.intake.flushing import flush_below

NOTE = "state.json"


def seal(state: Path, about: dict[str, Any]) -> None:
    """Notes in a finished folder what it is made of and its files' hashes; the disk has it all then."""
    files = {str(path.relative_to(state)): _digest(path) for path in sorted(state.rglob("*.parquet"))}
    (state / NOTE).write_text(json.dumps({**about, "files": files}), encoding="utf-8")
    flush_below(state)


def about(state: Path) -> dict[str, Any] | None:
    """What was noted of a state; None where that is lost or damaged."""
    try:
        noted = json.loads((state / NOTE).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    return noted if isinstance(noted, dict) and isinstance(noted.get("files"), dict) else None


def is_whole(state: Path, part: str) -> bool:
    """Whether the files of a part ("public" or "sums") are there, byte by byte as they were sealed."""
    noted = about(state)
    if noted is None:
        return False
    wanted = {name: digest for name, digest in noted["files"].items() if name.startswith(f"{part}/")}
    there = {str(path.relative_to(state)) for path in (state / part).rglob("*.parquet")}
    return (
        bool(wanted) and there == set(wanted) and all(_digest(state / name) == wanted[name] for name in there)
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
