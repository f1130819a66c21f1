"""The authorities of one place laid side by side: one definition, one period, one kind of source."""

from __future__ import annotations

from dunghen import questions
from dunghen.open_data.answers import Table, picked
from dunghen.open_data.authorities import authority
from dunghen.open_data.parameters import Asked
from dunghen.open_data.periods import whole_months
from dunghen.questions import Answer, Row
from dunghen.scope import Scope

_SETTLED = ("definition_code", "first_day", "last_day", "record_kind", "source_kind", "coverage")
_ANSWERED = (
    "authority_code",
    "authority_name",
    "level",
    "authority_kind",
    "illustrative",
    "numerator",
    "denominator",
    "rate",
    "low",
    "high",
    "band",
    "rank",
    "rank_of",
    "reason",
    "not_on_time",
    "late",
    "overdue",
    "portal_not_on_time",
    "average_days",
    "verdict",
    "missing_to_reference",
)
COMPARED = (*_ANSWERED, *_SETTLED, "report_id", "source_id")
CHOICE = (
    "level",
    "first_day",
    "last_day",
    "record_kind",
    "source_kind",
    "coverage",
    "definition_code",
    "children",
)
GROUP = (
    "authority_code",
    "authority_name",
    "level",
    "illustrative",
    *_SETTLED,
    "rate",
    "numerator",
    "denominator",
    "low",
    "high",
    "median",
    "target",
    "reference_rate",
    "authorities_with_report",
    "authorities_with_rate",
    "parent_numerator",
    "parent_denominator",
    "parent_rate",
    "parent_coverage",
    "phi",
    "tau",
)
TARGET = (
    "target_id",
    "owner_vi",
    "owner_en",
    "definition_code",
    "first_day",
    "last_day",
    "target_rate",
    "comparison",
    "source_id",
)


def compare(asked: Asked) -> Table:
    """One row per child of `parent`, with the group they make and the other comparisons there are."""
    parent = authority(asked.scope.parent_code or "", "parent")
    if asked.scope.record_kind == "dossiers":
        whole_months(asked.scope, parent["authority_code"])
    choices = questions.ask("period_by_comparison", Scope(parent_code=parent["authority_code"])).rows
    extra = {"group": None, "choices": [picked(choice, CHOICE) for choice in choices]}
    settled = questions.settle(asked.scope)
    if settled is None:
        return Table(
            [],
            extra=extra,
            empty="no_such_comparison" if choices else "nothing_to_compare",
            illustrative=parent["illustrative"],
        )
    answer = questions.ask("comparison_by_authority", settled)
    target = _target(settled)
    return Table(
        [picked(row | _settled(settled), COMPARED) for row in answer.rows],
        definitions=[settled.definition_code or ""],
        source_ids=[target["source_id"]] if target else [],
        extra={**extra, "group": _group(answer, settled, target)},
        as_of=settled.last_day,
        illustrative=parent["illustrative"],
    )


def _settled(settled: Scope) -> Row:
    return {name: getattr(settled, name) for name in _SETTLED}


def _group(answer: Answer, settled: Scope, target: Row | None) -> Row | None:
    row = questions.ask("group_by_comparison", settled).one
    funnel = answer.funnel
    if row is None:
        return None
    spread = {"phi": funnel.phi if funnel else None, "tau": funnel.tau if funnel else None}
    return picked(
        {**row, **_settled(settled), "median": row["median_rate"], "target": target, **spread}, GROUP
    )


def _target(settled: Scope) -> Row | None:
    """The newest target set for the parent that holds for this period and definition; None without one."""
    for row in questions.ask("target_by_authority", Scope(authority_code=settled.parent_code)).rows:
        if row["definition_code"] in (None, settled.definition_code) and _holds(row, settled):
            return picked(row, TARGET)
    return None


def _holds(target: Row, settled: Scope) -> bool:
    day = settled.last_day
    if day is None:
        return False
    first, last = target["first_day"], target["last_day"]
    return (first is None or first <= day) and (last is None or day <= last)
