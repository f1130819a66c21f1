"""Results of one authority: counts as published, and what every named definition makes of them."""

from __future__ import annotations

from collections import defaultdict

from dunghen import questions
from dunghen.open_data.answers import Table, latest_day
from dunghen.open_data.authorities import authority_asked
from dunghen.open_data.parameters import Asked
from dunghen.questions import Row
from dunghen.scope import DEFINITIONS

COUNTS = (
    "carried_over",
    "received_online",
    "received_in_person",
    "received_postal",
    "received_offline",
    "received",
    "received_and_carried_over",
    "early",
    "on_due_date",
    "on_time",
    "late",
    "resolved",
    "withdrawn",
    "returned",
    "withdrawn_or_returned",
    "undated_resolved",
    "undated_open",
    "in_progress",
    "overdue",
    "open_total",
    "handled",
    "due",
    "portal_total",
    "portal_on_time",
    "portal_not_on_time",
    "unexplained",
)
BEFORE_COUNTS = (
    "report_id",
    "authority_code",
    "authority_name",
    "first_day",
    "last_day",
    "period_label",
    "record_kind",
    "coverage",
    "field",
    "field_name_vi",
    "field_name_en",
    "channel",
    "remit",
    "is_whole",
)
AFTER_RATES = (
    "headline_definition_code",
    "published_rate",
    "published_rate_definition",
    "average_days",
    "counts_basis",
    "derived_counts",
    "note_vi",
    "note_en",
    "verbatim",
    "source_kind",
    "source_id",
    "observed_at",
)
BREAKDOWNS = ("field", "channel")


def results(asked: Asked) -> Table:
    """One row per report: the whole of an authority, or with `by` its breakdowns by field or channel."""
    authority_asked(asked)
    by = asked.others.get("by")
    reports = questions.ask("result_by_report", asked.scope).rows
    rates = _rates_by_report(asked)
    statements = questions.ask("statement_by_authority", asked.scope).rows
    rows = [_result(report, rates[report["report_id"]]) for report in reports if _is_asked(report, by)]
    return Table(
        rows,
        definitions=DEFINITIONS if rows else (),
        extra={"statements": list(statements)},
        source_ids=[statement["source_id"] for statement in statements],
        empty=None if rows else _why_empty(asked, by),
        as_of=latest_day(rows),
    )


def _is_asked(report: Row, by: str | None) -> bool:
    if by is None:
        return all(report[breakdown] is None for breakdown in BREAKDOWNS)
    return by in BREAKDOWNS and report[by] is not None


def _rates_by_report(asked: Asked) -> dict[str, Row]:
    rates: dict[str, Row] = defaultdict(dict)
    for row in questions.ask("rate_by_definition", asked.scope).rows:
        rates[row["report_id"]][row["definition_code"]] = _rate(row)
    return rates


def _rate(row: Row) -> Row:
    known = {key: row[key] for key in ("rate", "numerator", "denominator", "low", "high")}
    if row["rate"] is not None:
        return known
    return {**known, "reason": row["reason"], "missing": _listed(row["missing_counts"])}


def _result(report: Row, rates: Row) -> Row:
    return {
        **{column: report[column] for column in BEFORE_COUNTS},
        "counts": {count: report[count] for count in COUNTS},
        "rates": rates,
        **{column: report[column] for column in AFTER_RATES},
        "derived_counts": _listed(report["derived_counts"]),
    }


def _listed(names: str | None) -> list[str]:
    return names.split(",") if names else []


def _why_empty(asked: Asked, by: str | None) -> str:
    if asked.scope.record_kind == "dossiers" or by in ("month", "procedure"):
        return "no_dossiers"
    if asked.scope.first_day or asked.scope.last_day or asked.scope.coverage or by:
        return "no_such_report"
    return "no_report"
