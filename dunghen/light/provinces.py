"""The provinces on the first light page: one definition, one period, by name."""

from __future__ import annotations

from dataclasses import dataclass

from dunghen import questions
from dunghen.questions import NATION, Row
from dunghen.scope import Scope


@dataclass(frozen=True)
class Provinces:
    """`compared` are the rows of their comparison, `by_name` those with a rate in Vietnamese order."""

    compared: tuple[Row, ...]
    by_name: tuple[Row, ...]
    group: Row


def provinces() -> Provinces | None:
    """How the provinces compare in their latest shared period; None where nothing can be compared."""
    scope = questions.settle(Scope(parent_code=NATION, level="province"))
    group = questions.ask("group_by_comparison", scope).one if scope else None
    if scope is None or group is None:
        return None
    compared = questions.ask("comparison_by_authority", scope).rows
    rated = {row["authority_code"]: row for row in compared if row["rate"] is not None}
    named = questions.ask("authority_with_figures", Scope(level="province")).rows
    by_name = tuple(rated[row["authority_code"]] for row in named if row["authority_code"] in rated)
    return Provinces(compared, by_name, group)
