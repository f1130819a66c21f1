"""Results of one authority: counts as published, and what every named definition makes of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from dunghen import questions
from dunghen.open_data.answers import Table, latest_day
from dunghen.open_data.authorities import authority_asked
from dunghen.open_data.parameters import Asked
from dunghen.open_data.periods import whole_months
from dunghen.questions import Row
from dunghen.scope import DEFINITIONS, Scope

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
    "illustrative",
    "field",
    "field_name_vi",
    "field_name_en",
    "channel",
    "procedure_code",
    "procedure_name_vi",
    "procedure_name_en",
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
BREAKDOWNS = {"field": "field", "channel": "channel", "procedure": "procedure_code"}
_PERIOD_KINDS = ("month", "quarter", "year")


def results(asked: Asked) -> Table:
    """One row per report and per period of dossiers: the whole of an authority or, with `by`, its parts."""
    authority = authority_asked(asked)
    by = asked.others.get("by")
    if by in ("month", "procedure") or asked.scope.record_kind == "dossiers":
        whole_months(asked.scope, authority["authority_code"])
    rows = [row for scope in _scopes(asked.scope, by) for row in _results(scope, by)]
    statements = questions.ask("statement_by_authority", asked.scope).rows
    return Table(
        rows,
        definitions=DEFINITIONS if rows else (),
        extra={"statements": list(statements)},
        source_ids=[statement["source_id"] for statement in statements],
        empty=None if rows else _why_empty(asked, by),
        as_of=latest_day(rows),
        illustrative=authority["illustrative"],
    )


def _scopes(scope: Scope, by: str | None) -> Iterator[Scope]:
    """What is asked for as scopes of one kind of record each: published reports, then dossiers."""
    if scope.record_kind != "dossiers" and by not in ("month", "procedure"):
        yield scope.but(record_kind="published")
    if scope.record_kind != "published":
        yield _of_dossiers(scope.but(record_kind="dossiers"), by)


def _of_dossiers(scope: Scope, by: str | None) -> Scope:
    """Without `by` the years or, with days, the one run of months within them; parts exist for such periods
    of the calendar as are in the roll-ups."""
    if by == "month":
        return scope.but(period_kind="month")
    if by is not None:
        return _calendar_period(scope.but(is_broken_down=True, dimension=by))
    return scope.but(is_run=True) if scope.first_day or scope.last_day else scope


def _calendar_period(scope: Scope) -> Scope:
    """The scope with the kind of calendar period that its two days are; years where they are none."""
    periods = questions.ask("period_by_breakdown", scope.but(is_broken_down=False)).rows
    kinds = [
        row["period_kind"]
        for row in periods
        if (row["first_day"], row["last_day"]) == (scope.first_day, scope.last_day)
    ]
    return scope.but(period_kind=min(kinds, key=_PERIOD_KINDS.index, default="year"))


def _results(scope: Scope, by: str | None) -> list[Row]:
    rates = _rates_by_report(scope)
    reports = questions.ask("result_by_report", scope).rows
    return [_result(report, rates[report["report_id"]]) for report in reports if _is_asked(report, by)]


def _is_asked(report: Row, by: str | None) -> bool:
    if by in BREAKDOWNS:
        return report[BREAKDOWNS[by]] is not None
    return all(report[breakdown] is None for breakdown in BREAKDOWNS.values())


def _rates_by_report(scope: Scope) -> dict[str, Row]:
    rates: dict[str, Row] = defaultdict(dict)
    for row in questions.ask("rate_by_definition", scope).rows:
        rates[row["report_id"]][row["definition_code"]] = _rate(row)
    return rates


def _rate(row: Row) -> Row:
    known = {key: row[key] for key in ("rate", "numerator", "denominator", "low", "high")}
    if row["rate"] is not None:
        return known
    return {**known, "reason": row["reason"], "missing": _listed(row["missing_counts"])}


def _result(report: Row, rates: Row) -> Row:
    suppressed = {key: _listed(report[key]) for key in ("under_5", "hidden")}
    return {
        **{column: report[column] for column in BEFORE_COUNTS},
        "counts": {count: report[count] for count in COUNTS},
        "reason": "suppressed" if any(suppressed.values()) else _why_untold(report),
        **suppressed,
        "rates": rates,
        **{column: report[column] for column in AFTER_RATES},
        "derived_counts": _listed(report["derived_counts"]),
    }


def _why_untold(report: Row) -> str | None:
    """Of dossiers everything is counted but what an export has no column for: by which channel they came."""
    is_untold = report["is_whole"] and report["received_online"] is None
    return "missing_counts" if report["record_kind"] == "dossiers" and is_untold else None


def _listed(names: str | None) -> list[str]:
    return names.split(",") if names else []


def _why_empty(asked: Asked, by: str | None) -> str:
    known = questions.ask("period_by_dossiers", asked.scope).rows
    if asked.scope.record_kind == "dossiers" or by in ("month", "procedure"):
        return "no_such_period" if known else "no_dossiers"
    if asked.scope.first_day or asked.scope.last_day or asked.scope.coverage or by:
        return "no_such_report"
    return "no_report"
