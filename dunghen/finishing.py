"""What is added to the rows of an answer after the SQL: the steps a query names in its `finish:` line."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dunghen import measures

if TYPE_CHECKING:
    from collections.abc import Callable

Rows = list[dict[str, Any]]

# Ours, not anybody's target: shown as "mốc tham chiếu" where an authority has no target of its own.
REFERENCE_RATE = Decimal("0.95")


def add_intervals(rows: Rows) -> list[str]:
    """Adds `low` and `high`: the Wilson 95% interval of numerator / denominator (None without a rate)."""
    for row in rows:
        interval = measures.wilson(row["numerator"], row["denominator"])
        row["low"], row["high"] = interval or (None, None)
    return ["low", "high"]


def add_bands(rows: Rows) -> list[str]:
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
    return ["band", "rank", "rank_of"]


def add_reference(rows: Rows) -> list[str]:
    """Adds `reference_rate`, `verdict` (interval against it) and `missing_to_reference`.

    The last is how many dossiers more would have had to be on time to reach the reference.
    """
    for row in rows:
        counts = row["numerator"], row["denominator"]
        row["reference_rate"] = float(REFERENCE_RATE)
        row["verdict"] = str(measures.against_target(*counts, REFERENCE_RATE))
        row["missing_to_reference"] = measures.missing_to_target(*counts, REFERENCE_RATE)
    return ["reference_rate", "verdict", "missing_to_reference"]


FINISH: dict[str, Callable[[Rows], list[str]]] = {
    "intervals": add_intervals,
    "bands": add_bands,
    "target": add_reference,
}
