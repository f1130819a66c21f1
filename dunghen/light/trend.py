"""The months of an authority's dossiers as the few numbers an SVG needs. Pure.

All lengths are in units of the SVG's view box, which is as wide as that of the strip.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dunghen.figures.dossiers import FEWEST_FOR_LINE, FIRST_DAY_OF_NEW_ERA, unbroken
from dunghen.light.strip import WIDTH, share_span, share_ticks

Row = Mapping[str, Any]

TOP, BOTTOM = 10.0, 100.0
LEFT, RIGHT = 44.0, 18.0
MOST_MONTHS = 24
LABELLED = 4


@dataclass(frozen=True)
class Label:
    """Words at an axis: a month at its x, or a share at its y."""

    place: float
    value: dt.date | float


@dataclass(frozen=True)
class Trend:
    """`line`, `strokes` and `full` are path data, `hollow` places; `era` is where the eras change or None."""

    line: str
    strokes: str
    full: str
    hollow: tuple[tuple[float, float], ...]
    months: tuple[Label, ...]
    shares: tuple[Label, ...]
    era: float | None


def trend(rows: Sequence[Row]) -> Trend | None:
    """The last two years of `trend_by_month` of one coverage, earliest first; None with fewer than two rates.

    The line breaks at small months and at the change of eras (`figures.dossiers.unbroken`).
    """
    shown = rows[-MOST_MONTHS:]
    rated = [row for row in shown if row["rate"] is not None]
    if len(rated) < 2:
        return None
    low, high, step = share_span([row[side] for row in rated for side in ("low", "high")])
    across = {row["first_day"]: _x(place, len(shown)) for place, row in enumerate(shown)}

    def y(share: float) -> float:
        return round(BOTTOM - (share - low) / (high - low) * (BOTTOM - TOP), 1)

    def at(row: Row) -> str:
        return f"{across[row['first_day']]:g} {y(row['rate']):g}"

    small = [row for row in rated if row["denominator"] < FEWEST_FOR_LINE]
    return Trend(
        line="".join("M" + "L".join(at(row) for row in run) for run in unbroken(shown) if len(run) > 1),
        strokes="".join(
            f"M{across[row['first_day']]:g} {y(row['low']):g}V{y(row['high']):g}" for row in rated
        ),
        full="".join(f"M{at(row)}h0" for row in rated if row not in small),
        hollow=tuple((across[row["first_day"]], y(row["rate"])) for row in small),
        months=tuple(Label(across[day], day) for day in _labelled(list(across))),
        shares=tuple(Label(y(share), share) for share in share_ticks(low, high, step)[::2]),
        era=_era(across),
    )


def _x(place: int, months: int) -> float:
    return round(LEFT + (place + 0.5) * (WIDTH - LEFT - RIGHT) / months, 1)


def _labelled(days: Sequence[dt.date]) -> list[dt.date]:
    """A few of the months, the newest among them."""
    step = -(-len(days) // LABELLED)
    return list(days[::-1][::step][::-1])


def _era(across: Mapping[dt.date, float]) -> float | None:
    before = [x for day, x in across.items() if day < FIRST_DAY_OF_NEW_ERA]
    after = [x for day, x in across.items() if day >= FIRST_DAY_OF_NEW_ERA]
    return round((before[-1] + after[0]) / 2, 1) if before and after else None
