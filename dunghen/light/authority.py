"""Everything the light page of one authority shows, asked of one snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from dunghen import questions
from dunghen.finishing import REFERENCE_RATE
from dunghen.light.strip import Strip, strip
from dunghen.light.trend import Trend, trend
from dunghen.questions import Row
from dunghen.scope import Scope

Rows = tuple[Row, ...]

SIBLINGS = 6
NEAREST = 3
# farther away than this nobody calls it a neighbour
NEAR_KM = 150
PLACES = ("nation", "province", "district")
ON_TIME_GROUP = "published_on_time"


@dataclass(frozen=True)
class Report:
    """One published report: its counts, what every definition makes of them, what does not add up."""

    counts: Row
    rates: Rows
    remainders: Rows

    @property
    def computed(self) -> Rows:
        """The definitions that give a rate."""
        return tuple(rate for rate in self.rates if rate["rate"] is not None)

    @property
    def not_computed(self) -> Rows:
        """The definitions that give none, each with its reason."""
        return tuple(rate for rate in self.rates if rate["rate"] is None)


@dataclass(frozen=True)
class Comparison:
    """How the authority stands among its siblings in the latest period that can be compared."""

    row: Row
    group: Row
    strip: Strip


@dataclass(frozen=True)
class Dossiers:
    """What dossiers tell beside the headline, and how they went month by month."""

    beside: Row
    trend: Trend | None
    ages: Rows


@dataclass(frozen=True)
class Within:
    """How the authorities of this place compare with one another."""

    rows: Rows
    group: Row


@dataclass(frozen=True)
class Scorecard:
    """The scores of one index, edition, period, kind and source: the total and its criteria."""

    rows: Rows

    @property
    def total(self) -> Row | None:
        """The row of the total, if it was published."""
        return next((row for row in self.rows if row["criterion_code"] == "TOTAL"), None)

    @property
    def criteria(self) -> Rows:
        """Everything but the total, most points lost first."""
        return tuple(row for row in self.rows if row["criterion_code"] != "TOTAL")


@dataclass(frozen=True)
class AuthorityView:
    """The answers of one light page. `headline` is None where no on-time figure was published."""

    authority: Row
    headline: Row | None
    reports: tuple[Report, ...]
    dossiers: Dossiers | None
    comparison: Comparison | None
    within: Within | None
    scorecards: tuple[Scorecard, ...]
    indicators: Rows
    oddities: Rows
    related: Rows
    ancestors: Rows
    province_heirs: Rows
    siblings: Rows
    nearest: Rows
    statements: Rows
    targets: Rows
    sources: Rows

    @property
    def headline_report(self) -> Report | None:
        """The report that the headline is taken from."""
        return next((r for r in self.reports if self.headline and _is_of(r.counts, self.headline)), None)

    @property
    def other_reports(self) -> tuple[Report, ...]:
        """Every other report, latest period first."""
        return tuple(report for report in self.reports if report is not self.headline_report)

    @cached_property
    def newest_scorecards(self) -> tuple[Scorecard, ...]:
        """The newest scorecard of every index."""
        newest: dict[str, Scorecard] = {}
        for card in self.scorecards:
            newest.setdefault(card.rows[0]["index_code"], card)
        return tuple(newest.values())

    def older_scorecards(self, newest: Scorecard) -> tuple[Scorecard, ...]:
        """The other scorecards of the same index that have a total, latest first."""
        code = newest.rows[0]["index_code"]
        return tuple(
            card
            for card in self.scorecards
            if card is not newest and card.rows[0]["index_code"] == code and card.total
        )

    @property
    def shares_without_counts(self) -> Rows:
        """On-time and late percentages that were published without the counts behind them."""
        return tuple(row for row in self.indicators if row["indicator_group"] == ON_TIME_GROUP)

    @property
    def other_indicators(self) -> Rows:
        """All other published figures."""
        return tuple(row for row in self.indicators if row["indicator_group"] != ON_TIME_GROUP)

    @property
    def successors(self) -> Rows:
        """What has become of the authority, step by step."""
        return tuple(row for row in self.related if row["direction"] == "successor")

    @property
    def predecessors(self) -> Rows:
        """What it was before: those with a figure first."""
        before = [row for row in self.related if row["direction"] == "predecessor"]
        return tuple(sorted(before, key=lambda row: (row["rate"] is None, not row["has_figures"])))


def look_at(authority_code: str) -> AuthorityView | None:
    """Everything known of one authority; None if the registry has no such code. Call within a view."""
    scope = Scope(authority_code=authority_code)
    authority = questions.ask("authority_by_code", scope).one
    if authority is None:
        return None
    headline = questions.ask("headline_by_authority", scope).one if authority["headlines"] else None
    siblings, nearest = ((), ()) if headline else _neighbours(scope)
    return AuthorityView(
        authority=authority,
        headline=headline,
        reports=_reports(scope) if authority["reports"] else (),
        dossiers=_dossiers(headline) if headline else None,
        comparison=_comparison(authority, headline) if authority["reports"] else None,
        within=_within(authority_code) if authority["level"] in PLACES else None,
        scorecards=_scorecards(scope) if authority["editions"] else (),
        indicators=questions.ask("indicator_by_authority", scope).rows if authority["indicators"] else (),
        oddities=questions.ask("oddity_by_source", scope).rows if authority["has_figures"] else (),
        related=questions.ask("related_by_authority", scope).rows,
        ancestors=() if headline else _ancestors(authority),
        province_heirs=_province_heirs(authority),
        siblings=siblings,
        nearest=nearest,
        statements=questions.ask("statement_by_authority", scope).rows,
        targets=questions.ask("target_by_authority", scope).rows,
        sources=questions.ask("source_by_authority", scope).rows if authority["has_figures"] else (),
    )


def _reports(scope: Scope) -> tuple[Report, ...]:
    rates = questions.ask("rate_by_definition", scope).rows
    remainders = questions.ask("remainder_by_report", scope).rows
    return tuple(
        Report(counts, _of_report(rates, counts), _of_report(remainders, counts))
        for counts in questions.ask("result_by_report", scope).rows
    )


def _of_report(rows: Sequence[Row], counts: Row) -> Rows:
    return tuple(row for row in rows if _is_of(row, counts))


def _is_of(row: Row, other: Row) -> bool:
    return bool(row["report_id"] == other["report_id"])


def _dossiers(headline: Row) -> Dossiers | None:
    """What the dossiers of the headline tell; None where it is a published figure."""
    if headline["record_kind"] != "dossiers":
        return None
    scope = Scope(authority_code=headline["authority_code"], coverage=headline["coverage"])
    period = scope.but(first_day=headline["first_day"], last_day=headline["last_day"])
    beside = questions.ask("beside_headline_by_authority", period).one
    if beside is None:
        return None
    months = questions.ask("trend_by_month", scope).rows
    return Dossiers(beside, trend(months), questions.ask("overdue_age_by_authority", scope).rows)


def _comparison(authority: Row, headline: Row | None) -> Comparison | None:
    if authority["parent_code"] is None:
        return None
    scope = questions.settle(_compared(authority, headline))
    group = questions.ask("group_by_comparison", scope).one if scope else None
    if scope is None or group is None:
        return None
    rows = questions.ask("comparison_by_authority", scope).rows
    code = authority["authority_code"]
    drawn = strip(rows, code, float(REFERENCE_RATE))
    if drawn is None:
        return None
    return Comparison(next(row for row in rows if row["authority_code"] == code), group, drawn)


def _compared(authority: Row, headline: Row | None) -> Scope:
    """What is compared: the latest that siblings share; of dossiers the very figure of the headline."""
    scope = Scope(parent_code=authority["parent_code"], level=authority["level"])
    if headline is None or headline["record_kind"] != "dossiers":
        return scope
    same = ("first_day", "last_day", "record_kind", "coverage", "definition_code")
    return scope.but(**{name: headline[name] for name in same})


def _within(authority_code: str) -> Within | None:
    scope = questions.settle(Scope(parent_code=authority_code))
    group = questions.ask("group_by_comparison", scope).one if scope else None
    if scope is None or group is None:
        return None
    return Within(questions.ask("comparison_by_authority", scope).rows, group)


def _scorecards(scope: Scope) -> tuple[Scorecard, ...]:
    kept = ("index_code", "edition", "first_day", "last_day", "score_kind", "source_id")
    rows = questions.ask("score_by_criterion", scope).rows
    return tuple(
        Scorecard(tuple(group))
        for _, group in groupby(rows, key=lambda row: tuple(row[name] for name in kept))
    )


def _neighbours(scope: Scope) -> tuple[Rows, Rows]:
    """Siblings with figures, whatever the distance; others of the same level that are near, nearest first."""
    rows = questions.ask("neighbour_by_authority", scope).rows
    siblings = [row for row in rows if row["is_sibling"]]
    others = [row for row in rows if not row["is_sibling"] and row["distance_km"] <= NEAR_KM]
    others.sort(key=lambda row: float(row["distance_km"]))
    return tuple(siblings[:SIBLINGS]), tuple(others[:NEAREST])


def _province_heirs(authority: Row) -> Rows:
    """What the province of a former district has become; districts themselves have no successors."""
    if authority["level"] != "district" or authority["era"] != "former":
        return ()
    related = questions.ask("related_by_authority", Scope(authority_code=authority["province_code"])).rows
    return tuple(row for row in related if row["direction"] == "successor")


def _ancestors(authority: Row) -> Rows:
    """The newest headline of the parent and of the province, where they have one."""
    codes = dict.fromkeys(
        code
        for code in (authority["parent_code"], authority["province_code"])
        if code and code != authority["authority_code"]
    )
    answers = (questions.ask("headline_by_authority", Scope(authority_code=code)).one for code in codes)
    return tuple(row for row in answers if row)
