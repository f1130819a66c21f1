"""Dossiers: staged tables of an export become typed rows without numbers and names, or faults."""

from dunghen.intake.dossiers.rows import (
    REPEATED,
    TOTAL,
    Changes,
    authorities,
    check_authority,
    compare,
    faults,
    load,
    prepare,
    preview,
    read_lists,
    settle,
    teach,
    text,
    write,
)

__all__ = [
    "REPEATED",
    "TOTAL",
    "Changes",
    "authorities",
    "check_authority",
    "compare",
    "faults",
    "load",
    "prepare",
    "preview",
    "read_lists",
    "settle",
    "teach",
    "text",
    "write",
]
