"""What can go wrong while a published file is made."""

from __future__ import annotations


class BuildError(Exception):
    """The published file could not be made; the message says where, what and how to mend it."""
