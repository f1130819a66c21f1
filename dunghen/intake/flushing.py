"""Letting the disk have what a rename is about to make count: a loss of power then leaves all or nothing."""

from __future__ import annotations

import os
from pathlib import Path


def flush(path: Path) -> None:
    """Lets the disk have a file, or the names in a folder, before anything builds on it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_below(folder: Path) -> None:
    """Lets the disk have a folder and everything below it."""
    for path in [*folder.rglob("*"), folder]:
        flush(path)
