"""The strip: one mark per sibling on a line of rates, as the few numbers an SVG needs. Pure.

Marks of the same rate are stacked so that none hides another. All lengths are in units of the SVG's view box.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 320.0
MARGIN = 14.0
MIDDLE = 62.0
HALF_HEIGHT = 30.0
MARK = 6.2
STEPS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2)
MOST_TICKS = 6

# what is drawn at a mark's centre; circles are lines without length and with round ends
SHAPES = {
    "clearly_below": "m-3.4-2.6h6.8l-3.4 5.8z",
    "leaning_below": "m-3.2-2.4h6.4l-3.2 5.4z",
    "as_expected": "h0",
    "leaning_above": "m-3.2 2.4h6.4l-3.2-5.4z",
    "clearly_above": "m-3.4 2.6h6.8l-3.4-5.8z",
    "too_few": "h0",
}
BANDS = tuple(SHAPES)


@dataclass(frozen=True)
class Tick:
    """A labelled place of the axis: a share and where it stands."""

    share: float
    x: float


@dataclass(frozen=True)
class Strip:
    """`paths` are the marks of each band as one path; `here` and `reference` are places on the axis."""

    paths: tuple[tuple[str, str], ...]
    ticks: tuple[Tick, ...]
    here: float
    reference: float
    authorities: int


def strip(rows: Sequence[Mapping[str, Any]], authority_code: str, reference: float) -> Strip | None:
    """The strip of a comparison with one authority marked; None if it has no rate there or nobody else has.

    `rows` of `comparison_by_authority`.
    """
    rated = [row for row in rows if row["rate"] is not None]
    here = next((row["rate"] for row in rated if row["authority_code"] == authority_code), None)
    if here is None or len(rated) < 2:
        return None
    low, high, step = share_span([*(row["rate"] for row in rated), reference])

    def place(share: float) -> float:
        return round(MARGIN + (share - low) / (high - low) * (WIDTH - 2 * MARGIN), 1)

    others = sorted(
        (row for row in rated if row["authority_code"] != authority_code),
        key=lambda row: (row["rate"], row["authority_code"]),
    )
    heights = stacked([place(row["rate"]) for row in others])
    drawn: dict[str, list[str]] = {band: [] for band in BANDS}
    for row, y in zip(others, heights, strict=True):
        drawn[row["band"]].append(f"M{place(row['rate']):g} {y:g}{SHAPES[row['band']]}")
    return Strip(
        paths=tuple((band, "".join(marks)) for band, marks in drawn.items() if marks),
        ticks=tuple(Tick(share, place(share)) for share in share_ticks(low, high, step)),
        here=place(here),
        reference=place(reference),
        authorities=len(rated),
    )


def stacked(places: Sequence[float]) -> list[float]:
    """A height for each place (ascending), the nearest to the middle where no earlier mark is in the way.

    Where the whole height is taken, marks overlap on the outermost line.
    """
    lanes = [MIDDLE]
    for lane in range(1, int(HALF_HEIGHT / MARK) + 1):
        lanes += [MIDDLE - lane * MARK, MIDDLE + lane * MARK]
    last = dict.fromkeys(lanes, -math.inf)
    heights: list[float] = []
    for x in places:
        free = next((lane for lane in lanes if x - last[lane] >= MARK), None)
        taken = min(lanes, key=lambda lane: last[lane]) if free is None else free
        last[taken] = x
        heights.append(round(taken, 1))
    return heights


def share_span(shares: Sequence[float]) -> tuple[float, float, float]:
    """The first and last tick around all shares, never beyond 0 or 1, and the step between ticks."""
    lowest, highest = min(shares), max(shares)
    for step in STEPS:
        low = math.floor(round(lowest / step, 6)) * step
        high = min(1.0, math.ceil(round(highest / step, 6)) * step)
        if high - low < step / 2:
            low = max(0.0, low - step)
        if (high - low) / step <= MOST_TICKS - 1 + 1e-9:
            return low, high, step
    return 0.0, 1.0, 0.2


def share_ticks(low: float, high: float, step: float) -> list[float]:
    """The ticks of such an axis."""
    return [round(low + place * step, 6) for place in range(math.floor((high - low) / step + 1e-9) + 1)]
