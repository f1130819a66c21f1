"""Which report of an authority, and which definition, the page speaks of."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dunghen import questions
from dunghen.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dunghen.questions import Answer

Row = dict[str, Any]


@dataclass(frozen=True)
class Chosen:
    """All reports and years of dossiers of one authority, and the counts and definition looked at.

    `counts` is the row of `result_by_report`, `rate` that of `rate_by_definition` with the counts and the
    authority's names in it; both are None where the address asks for what was not published. `asked` says
    which field of the address that was (`period`, `definition`), None where everything asked for is there.
    `looked_at` and `looked_at_rates` are the answers that these two rows are of: those of `reports` and
    `rates`, or of a run of months of dossiers.
    """

    authority: Mapping[str, Any]
    reports: Answer
    rates: Answer
    counts: Row | None
    rate: Row | None
    looked_at: Answer
    looked_at_rates: Answer
    asked: str | None = None

    @property
    def rates_of_report(self) -> list[Row]:
        """The rows of all definitions for the report looked at, in the order of the definitions."""
        code = self.counts["report_id"] if self.counts else None
        return [row for row in self.looked_at_rates.rows if row["report_id"] == code]

    @property
    def whole_reports(self) -> list[Row]:
        """Reports, and years of dossiers, over everything the authority does, latest period first."""
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
    only = Scope(authority_code=authority["authority_code"])
    reports = questions.ask("result_by_report", only)
    rates = questions.ask("rate_by_definition", only)
    nothing = Chosen(authority, reports, rates, None, None, reports, rates)
    if not nothing.whole_reports:
        return nothing
    there = nothing if _fitting(nothing, scope) else _run(nothing, scope)
    fitting = _fitting(there, scope)
    if not fitting:
        return dataclasses.replace(nothing, asked="period")
    newest = {row["report_id"] for row in rates.rows if row["is_newest_headline"]}
    counts = next((row for row in fitting if row["report_id"] in newest), _first_with_rate(fitting))
    return _with_rate(dataclasses.replace(there, counts=counts), scope.definition_code)


def _run(nothing: Chosen, scope: Scope) -> Chosen:
    """The same, looking at the run of months of dossiers between the two days that the address asks for."""
    run = Scope(
        authority_code=nothing.authority["authority_code"],
        first_day=scope.first_day,
        last_day=scope.last_day,
        is_run=True,
    )
    return dataclasses.replace(
        nothing,
        looked_at=questions.ask("result_by_report", run),
        looked_at_rates=questions.ask("rate_by_definition", run),
    )


def _with_rate(chosen: Chosen, definition_code: str | None) -> Chosen:
    counts: Row = chosen.counts or {}
    by_code = {row["definition_code"]: row for row in chosen.rates_of_report}
    code = definition_code or counts["headline_definition_code"] or "resolved"
    if definition_code and by_code[code]["rate"] is None:
        return dataclasses.replace(chosen, asked="definition")
    names = {name: chosen.authority[name] for name in ("authority_name", "authority_kind", "level")}
    return dataclasses.replace(chosen, rate={**counts, **by_code[code], **names})


def _fitting(chosen: Chosen, scope: Scope) -> list[Row]:
    """The whole reports of the answer looked at that are what the address asks for."""
    asked = ("first_day", "last_day", "coverage", "record_kind")
    return [
        row
        for row in chosen.looked_at.rows
        if row["is_whole"] and all(getattr(scope, name) in (None, row[name]) for name in asked)
    ]


def _first_with_rate(reports: list[Row]) -> Row:
    return next((row for row in reports if row["headline_definition_code"]), reports[0])
