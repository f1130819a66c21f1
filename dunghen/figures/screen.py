"""Màn hình: everybody of a comparison on one strip: a picture without script that grows with the wall."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from dunghen.figures.look import BAND_COLOURS, GRID, INK, QUIET
from dunghen.words import formats

Row = Mapping[str, Any]

# A mark's outline around (0, 0), half as high as wide parts of it are 1; filled or hollow.
_TRIANGLE_DOWN = "M-1,-.8 L1,-.8 L0,1 Z"
_TRIANGLE_UP = "M-1,.8 L1,.8 L0,-1 Z"
_DISC = "M-1,0 A1,1 0 1 0 1,0 A1,1 0 1 0 -1,0 Z"
_SHAPES = {
    "clearly_below": (_TRIANGLE_DOWN, True),
    "leaning_below": (_TRIANGLE_DOWN, False),
    "as_expected": (_DISC, True),
    "leaning_above": (_TRIANGLE_UP, False),
    "clearly_above": (_TRIANGLE_UP, True),
    "too_few": (_DISC, False),
}
_THEME = "dark"
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2)
_MOST_TICKS = 8


@dataclass(frozen=True)
class Size:
    """How large a strip is drawn, in units of its own picture: width, height, letters, a mark's radius."""

    width: int
    height: int
    letters: int
    radius: float


WIDE = Size(1000, 155, 20, 5.5)
TALL = Size(1000, 470, 24, 9.0)
NARROW = Size(400, 230, 17, 4.5)


def strip(
    rows: Sequence[Row], reference: float, language: str, size: Size, *, marked: str | None = None
) -> str:
    """An SVG with one mark per row that has a rate, at its rate, in the colour and shape of its band.

    Marks at the same rate stand above one another. The dashed line is `reference`; the axis goes from the
    step below the lowest to the step above the highest of them. The authority `marked` has a ring.
    Empty text where no row has a rate.
    """
    rated = sorted((row for row in rows if row["rate"] is not None), key=lambda row: float(row["rate"]))
    if not rated:
        return ""
    rates = [float(row["rate"]) for row in rated]
    axis = _Axis.over([*rates, reference], size)
    marks = zip(rated, _stacked([axis.place(rate) for rate in rates], axis), strict=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size.width} {size.height}" '
        'font-family="Be Vietnam Pro, Noto Sans, Segoe UI, Roboto, sans-serif" '
        f'font-size="{size.letters}">'
        + "".join(_ticks(axis, language))
        + _dashed(axis, reference, language)
        + "".join(
            _mark(row, x, y, size.radius, ring=row["authority_code"] == marked) for row, (x, y) in marks
        )
        + "</svg>"
    )


@dataclass(frozen=True)
class _Axis:
    """From which rate to which it goes, in which steps, and where that lies in a picture of `size`."""

    low: float
    high: float
    step: float
    size: Size

    @classmethod
    def over(cls, rates: Sequence[float], size: Size) -> _Axis:
        spread = max(rates) - min(rates)
        step = next((step for step in _STEPS if spread / step <= _MOST_TICKS - 1), _STEPS[-1])
        low, high = math.floor(min(rates) / step) * step, math.ceil(max(rates) / step) * step
        return cls(max(0.0, low), min(1.0, max(high, low + step)), step, size)

    @property
    def top(self) -> float:
        return self.size.letters * 1.4

    @property
    def ground(self) -> float:
        return self.size.height - self.size.letters * 2.0

    def place(self, rate: float) -> float:
        margin = self.size.letters * 2
        return margin + (rate - self.low) / (self.high - self.low) * (self.size.width - 2 * margin)


def _ticks(axis: _Axis, language: str) -> Iterator[str]:
    for number in range(round((axis.high - axis.low) / axis.step) + 1):
        rate = round(axis.low + number * axis.step, 4)
        x, label = axis.place(rate), formats.percent(rate, language, decimals=0)
        yield (
            f'<path d="M{x:.1f},{axis.top:.1f} V{axis.ground:.1f}" stroke="{GRID[_THEME]}"/>'
            f'<text x="{x:.1f}" y="{axis.size.height - axis.size.letters * 0.5:.1f}" '
            f'text-anchor="middle" fill="{QUIET[_THEME]}">{escape(label)}</text>'
        )


def _dashed(axis: _Axis, reference: float, language: str) -> str:
    x, label = axis.place(reference), formats.percent(reference, language, decimals=0)
    return (
        f'<path d="M{x:.1f},{axis.top:.1f} V{axis.ground:.1f}" stroke="{INK[_THEME]}" '
        'stroke-width="2" stroke-dasharray="6 5"/>'
        f'<text x="{x:.1f}" y="{axis.size.letters:.1f}" text-anchor="middle" fill="{INK[_THEME]}" '
        f'font-weight="700">{escape(label)}</text>'
    )


def _stacked(xs: Sequence[float], axis: _Axis) -> list[tuple[float, float]]:
    """Where the marks stand so that none hides another, as near to the middle line as there is room.

    `xs` rise. Where there is no room left, a mark covers the one that lies farthest behind it.
    """
    reach = axis.size.radius * 2.15
    middle = (axis.top + axis.ground) / 2
    lines = max(1, int((axis.ground - axis.top) / reach / 2))
    heights = sorted(range(1 - lines, lines), key=abs)
    last = dict.fromkeys(heights, -math.inf)
    placed = []
    for x in xs:
        free = (height for height in heights if x - last[height] >= reach)
        height = next(free, min(heights, key=lambda known: last[known]))
        last[height] = x
        placed.append((x, middle + height * reach))
    return placed


def _mark(row: Row, x: float, y: float, radius: float, *, ring: bool) -> str:
    band = row["band"] or "too_few"
    outline, filled = _SHAPES[band]
    colour = BAND_COLOURS[_THEME][band]
    larger = radius * (1.0 if band == "as_expected" else 1.35)
    fill, width = (colour, 0) if filled else ("none", 0.3)
    around = (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius * 2.2:.1f}" fill="none" stroke="{INK[_THEME]}" '
        'stroke-width="3"/>'
    )
    return (
        f'<path d="{outline}" transform="translate({x:.1f} {y:.1f}) scale({larger:.2f})" '
        f'fill="{fill}" stroke="{colour}" stroke-width="{width}"/>{around if ring else ""}'
    )
