"""Authorities: found by name, listed page by page, and one with what it was and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from dunghen import questions
from dunghen.open_data.answers import MovedError, RefusalError, Table, picked
from dunghen.open_data.parameters import USUAL_ROWS, Asked
from dunghen.questions import Row
from dunghen.scope import LONGEST_VALUE, Scope

LISTED = (
    "authority_code",
    "authority_name",
    "level",
    "authority_kind",
    "parent_code",
    "parent_name",
    "province_code",
    "province_name",
    "valid_from",
    "valid_to",
    "valid_to_is_bound",
    "era",
    "illustrative",
    "has_figures",
)
IDENTITY = (
    "authority_code",
    "gso_code",
    "portal_code",
    "authority_name",
    "short_name",
    "level",
    "authority_kind",
    "parent_code",
    "parent_name",
    "province_code",
    "province_name",
    "valid_from",
    "valid_from_is_bound",
    "valid_to",
    "valid_to_is_bound",
    "era",
    "illustrative",
    "boundary_changed_on",
    "latitude",
    "longitude",
    "area_km2",
    "has_figures",
    "headlines",
    "reports",
    "editions",
    "indicators",
)
RELATED = (
    "authority_code",
    "authority_name",
    "level",
    "parent_name",
    "province_name",
    "valid_to",
    "valid_to_is_bound",
    "has_figures",
    "steps",
    "from_code",
    "extent",
    "is_main",
    "changed_on",
    "changed_on_is_bound",
    "basis",
)


def listed(asked: Asked) -> Table:
    """Authorities that go by `q`, best first; without it all of a place, level and era, by code."""
    page = asked.scope.but(limit=asked.scope.limit or USUAL_ROWS)
    if page.parent_code:
        authority(page.parent_code, "parent")
    text = asked.others.get("q")
    rows, total = _found(text, page) if text else _all(page)
    more = page.offset + len(rows) < total and len(rows) > 0
    return Table(
        [picked(row, LISTED) for row in rows],
        total=total,
        next_offset=page.offset + len(rows) if more else None,
        empty=None if rows else "no_authority",
    )


def _found(text: str, page: Scope) -> tuple[Sequence[Row], int]:
    found = questions.find(text, page)
    return found.rows, found.total


def _all(page: Scope) -> tuple[Sequence[Row], int]:
    rows = questions.ask("authority_by_page", page).rows
    first = rows or questions.ask("authority_by_page", page.but(limit=1, offset=0)).rows
    return rows, first[0]["total"] if first else 0


def identity(asked: Asked) -> Table:
    """One authority: validity, parent, figures there are, predecessors, successors, statements."""
    row = authority_asked(asked)
    related = questions.ask("related_by_authority", asked.scope).rows
    statements = questions.ask("statement_by_authority", asked.scope).rows
    kin = {
        f"{direction}s": [picked(kin, RELATED) for kin in related if kin["direction"] == direction]
        for direction in ("predecessor", "successor")
    }
    return Table(
        [{**picked(row, IDENTITY), **kin, "statements": list(statements)}],
        source_ids=[row["source_id"] for row in questions.ask("source_by_authority", asked.scope).rows],
    )


def authority_asked(asked: Asked) -> Row:
    """The authority whose code stands in the path; raises `RefusalError` (404) if the registry has none."""
    return authority(asked.scope.authority_code or "", "authority_code")


def authority(code: str, parameter: str) -> Row:
    """The authority with this code; raises `RefusalError` (404) if the registry has none.

    Raises `MovedError` for a code of the national portal."""
    row = questions.ask("authority_by_code", Scope(authority_code=code)).one
    if row is None:
        own = questions.code_of_portal(code)
        if own is not None:
            raise MovedError(code, own)
        raise RefusalError(404, "unknown_code", parameter=parameter, code=code[:LONGEST_VALUE])
    return row
