"""What a parameter of an address may be, in words."""

from __future__ import annotations

from dunghen.scope import BadParameterError
from dunghen.words import say


def allowed_in(language: str, error: BadParameterError) -> str:
    """What would have been understood instead, as a phrase without a full stop."""
    return say(f"allowed.{error.allowed}", language, **error.values)
