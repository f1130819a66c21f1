"""What the intake says to the office that brings its files: `intake_vi.toml` and `intake_en.toml`."""

from __future__ import annotations

from dunghen.words import say, texts

LANGUAGES = ("vi", "en")


def tell(key: str, language: str = "vi", /, **values: object) -> str:
    """The sentence under a dotted key, with `{names}` in it filled from `values`.

    Raises KeyError for a key that is not there and for a name without a value."""
    return say(key, f"intake_{language}", **values)


def is_known(key: str) -> bool:
    """Whether there is a sentence under this key."""
    return key in texts("intake_vi")
