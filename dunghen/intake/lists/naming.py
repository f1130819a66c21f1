"""Authorities by their names, within one province or district, as lists write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from dunghen import clock
from dunghen.intake.errors import UnusableError
from dunghen.intake.lists.owned import Entry
from dunghen.intake.mappings.headings import as_written, letters_only

_COMMITTEE = re.compile("(ubnd|ủy ban nhân dân|uỷ ban nhân dân) ")


class Names:
    """The names of the bodies that lie `within` a place and exist today; of none without a place.

    Raises `UnusableError` if no body has the place's code."""

    def __init__(self, authorities: Mapping[str, Entry], within: str | None) -> None:
        if within is not None and within not in authorities:
            raise UnusableError("import.unknown_within", code=within)
        self._codes: dict[str, list[str]] = {}
        today = clock.today().isoformat()
        for code in () if within is None else authorities:
            entry = authorities[code]
            if within in _line(code, authorities) and (entry.get("valid_to") or today) >= today:
                for name in {*_forms(entry["authority_name"]), *_forms(entry.get("short_name"))}:
                    self._codes.setdefault(name, []).append(code)

    def named(self, name: str) -> list[str]:
        """The codes of the bodies of that name; accents and capitals count only where they decide."""
        found: list[str] = []
        for form in _forms(name):
            found = self._codes.get(form, found)
            if len(found) == 1:
                break
        return found


def _forms(name: str | None) -> list[str]:
    """A name as it is written, then without its accents; the committee is the body."""
    plain = _COMMITTEE.sub("", as_written(name or ""), count=1)
    return [form for form in (plain, f"folded {letters_only(plain)}") if name]


def _line(code: str | None, authorities: Mapping[str, Entry]) -> Iterator[str | None]:
    """A body, the one it lies in, and so on."""
    while code is not None and code in authorities:
        yield code
        code = authorities[code].get("parent_code")
