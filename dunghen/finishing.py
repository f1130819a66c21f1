"""What is added to the rows of an answer after the SQL: the steps a query names in its `finish:` line."""

from __future__ import annotations

import dataclasses
import itertools
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dunghen import measures

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Rows = list[dict[str, Any]]
# The columns a step adds, each with its type in DuckDB's words.
Types = dict[str, str]

# Ours, not anybody's target: shown as "mốc tham chiếu" where an authority has no target of its own.
REFERENCE_RATE = Decimal("0.95")

# A criterion under this share of its maximum is marked.
LOW_SCORE_SHARE = Decimal("0.75")


def add_intervals(rows: Rows) -> Types:
    """Adds `low` and `high`: the Wilson 95% interval of numerator / denominator (None without a rate)."""
    for row in rows:
        interval = measures.wilson(row["numerator"], row["denominator"])
        row["low"], row["high"] = interval or (None, None)
    return {"low": "DOUBLE", "high": "DOUBLE"}


def add_bands(rows: Rows) -> Types:
    """Adds `band` (None without a rate), `rank` and `rank_of` within the rows.

    The rank is the competition rank of the rates, those with under 30 dossiers left out.
    """
    successes = [row["numerator"] for row in rows]
    trials = [row["denominator"] for row in rows]
    group = measures.funnel(successes, trials)
    ranks = measures.rank_rates(successes, trials)
    for row, rank in zip(rows, ranks.rank, strict=True):
        has_rate = row["rate"] is not None
        row["band"] = str(measures.band(row["numerator"], row["denominator"], group)) if has_rate else None
        row["rank"] = rank
        row["rank_of"] = ranks.rank_of
    return {"band": "VARCHAR", "rank": "BIGINT", "rank_of": "BIGINT"}


def add_reference(rows: Rows) -> Types:
    """Adds `reference_rate`, `verdict` (interval against it) and `missing_to_reference`.

    The last is how many dossiers more would have had to be on time to reach the reference.
    """
    for row in rows:
        counts = row["numerator"], row["denominator"]
        row["reference_rate"] = float(REFERENCE_RATE)
        row["verdict"] = str(measures.against_target(*counts, REFERENCE_RATE))
        row["missing_to_reference"] = measures.missing_to_target(*counts, REFERENCE_RATE)
    return {"reference_rate": "DOUBLE", "verdict": "VARCHAR", "missing_to_reference": "BIGINT"}


def add_low_scores(rows: Rows) -> Types:
    """Adds `authorities_under_mark`: how many of `score_shares` (0..1) are under `LOW_SCORE_SHARE`."""
    for row in rows:
        row["authorities_under_mark"] = sum(share < LOW_SCORE_SHARE for share in row["score_shares"])
    return {"authorities_under_mark": "BIGINT"}


def funnel_limits(group: measures.Funnel, rows: Sequence[dict[str, Any]], *, places: int = 80) -> Rows:
    """The limits of a funnel from the smallest to the largest denominator of the rows, as rows to draw.

    Each has `denominator`, `low_95`, `high_95`, `low_99_8`, `high_99_8`; evenly spread on a log scale.
    """
    sizes = sorted(row["denominator"] for row in rows if row["denominator"])
    if not sizes:
        return []
    least, most = sizes[0], sizes[-1]
    at = sorted({round(least * (most / least) ** (place / (places - 1))) for place in range(places)})
    limits: Rows = []
    for n in at:
        leaning, clear = group.limits(n, measures.LEANING_Z), group.limits(n, measures.CLEAR_Z)
        limits.append(
            {"denominator": n, "low_95": leaning.low, "high_95": leaning.high}
            | {"low_99_8": clear.low, "high_99_8": clear.high}
        )
    return limits


def outside_by_chance(group: measures.Funnel, rows: Sequence[dict[str, Any]]) -> int:
    """How many of the rows a plain binomial funnel would put outside its 99.8% limits.

    It allows for chance alone; those with under 30 dossiers are left out, as from every band.
    """
    chance = dataclasses.replace(group, tau=0.0)
    bands = [measures.band(row["numerator"], row["denominator"], chance) for row in rows]
    return sum(band in (measures.Band.CLEARLY_BELOW, measures.Band.CLEARLY_ABOVE) for band in bands)


def largest(rows: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The row with the most dossiers of those with a rate, None without any.

    Added is `share_of_group` (0..1): how much of all their dossiers, the denominators, it holds by itself.
    """
    rated = [row for row in rows if row["rate"] is not None]
    if not rated:
        return None
    most = max(rated, key=lambda row: row["denominator"])
    return {**most, "share_of_group": most["denominator"] / sum(row["denominator"] for row in rated)}


def differences(rows: Sequence[dict[str, Any]]) -> Rows:
    """The difference of each pair of rows that have a rate, in the order given, with its 95% interval.

    Each has `first_code`, `first_name`, `second_code`, `second_name`, `difference` (first minus second, a
    share), `low`, `high`, and `differ`: whether the interval excludes 0.
    """
    pairs = itertools.combinations([row for row in rows if row["rate"] is not None], 2)
    found: Rows = []
    for first, second in pairs:
        counts = (first["numerator"], first["denominator"], second["numerator"], second["denominator"])
        interval = measures.difference_interval(*counts)
        if interval is None:
            raise ValueError(
                f"{first['authority_code']} or {second['authority_code']} has a rate but no counts"
            )
        found.append(
            {"first_code": first["authority_code"], "first_name": first["authority_name"]}
            | {"second_code": second["authority_code"], "second_name": second["authority_name"]}
            | {"difference": first["rate"] - second["rate"], "low": interval.low, "high": interval.high}
            | {"differ": interval.excludes(0.0)}
        )
    return found


FINISH: dict[str, Callable[[Rows], Types]] = {
    "intervals": add_intervals,
    "bands": add_bands,
    "target": add_reference,
    "low_scores": add_low_scores,
}
