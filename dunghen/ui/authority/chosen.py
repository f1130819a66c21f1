"""Which report of an authority, and which definition, the page speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dunghen import questions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dunghen.questions import Answer
    from dunghen.scope import Scope

Row = dict[str, Any]


@dataclass(frozen=True)
class Chosen:
    """Everything published in counts for one authority, and the report and definition looked at.

    `counts` is the row of `result_by_report`, `rate` that of `rate_by_definition` with the counts and the
    authority's names in it; both are None where the address asks for what was not published. `asked` says
    which field of the address that was (`period`, `definition`), None where everything asked for is there.
    """

    authority: Mapping[str, Any]
    reports: Answer
    rates: Answer
    counts: Row | None
    rate: Row | None
    asked: str | None = None

    @property
    def rates_of_report(self) -> list[Row]:
        """The rows of all definitions for the report looked at, in the order of the definitions."""
        return self.rates_of(self.counts)

    @property
    def whole_reports(self) -> list[Row]:
        """Reports over everything the authority does, latest period first."""
        return [row for row in self.reports.rows if row["is_whole"]]

    @property
    def breakdowns(self) -> list[Row]:
        """Reports over a part (a field, a channel, a remit), latest period first."""
        return [row for row in self.reports.rows if not row["is_whole"]]

    def rates_of(self, report: Row | None) -> list[Row]:
        """The rows of all definitions for one report."""
        return [row for row in self.rates.rows if report and row["report_id"] == report["report_id"]]


def choose(authority: Mapping[str, Any], scope: Scope) -> Chosen:
    """The report and the definition that the address asks for, else the newest and its headline."""
    only = scope.but(first_day=None, last_day=None, coverage=None, record_kind=None)
    reports = questions.ask("result_by_report", only)
    rates = questions.ask("rate_by_definition", only)
    nothing = Chosen(authority, reports, rates, None, None)
    whole = nothing.whole_reports
    if not whole:
        return nothing
    fitting = [row for row in whole if _fits(row, scope)]
    if not fitting:
        return Chosen(authority, reports, rates, None, None, "period")
    newest = {row["report_id"] for row in rates.rows if row["is_newest_headline"]}
    counts = next((row for row in fitting if row["report_id"] in newest), _first_with_rate(fitting))
    by_code = {row["definition_code"]: row for row in nothing.rates_of(counts)}
    code = scope.definition_code or counts["headline_definition_code"] or "resolved"
    if scope.definition_code and by_code[code]["rate"] is None:
        return Chosen(authority, reports, rates, counts, None, "definition")
    names = {name: authority[name] for name in ("authority_name", "authority_kind", "level")}
    return Chosen(authority, reports, rates, counts, {**counts, **by_code[code], **names})


def _fits(report: Row, scope: Scope) -> bool:
    return (scope.first_day is None or report["first_day"] == scope.first_day) and (
        scope.last_day is None or report["last_day"] == scope.last_day
    )


def _first_with_rate(reports: list[Row]) -> Row:
    return next((row for row in reports if row["headline_definition_code"]), reports[0])
