"""What keeps the server from starting."""

from __future__ import annotations


class StartError(Exception):
    """The server cannot start as it is; the message says why and what to do."""
