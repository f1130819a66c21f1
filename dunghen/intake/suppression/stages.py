"""Hiding what is small in a block stage by stage, as the periods come to an end."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from dunghen.intake.suppression.exchanges import NEVER, protect
from dunghen.intake.suppression.labels import freeze_labels, label, take_unproved, thaw_labels
from dunghen.intake.suppression.moves import moves_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dunghen.intake.suppression.block import Block
    from dunghen.intake.suppression.exchanges import Move, Ring
    from dunghen.intake.suppression.moves import Calendar

# The counts of the end of a year that stand at the beginning of the next one too.
OPEN = ("open_total", "in_progress", "overdue", "undated_open")


@lru_cache(maxsize=64)
def moves_at(calendar: Calendar, stage: int, told: tuple[str, ...]) -> list[Move]:
    """The moves there are when the period `stage` has come to an end (`moves_of`)."""
    return moves_of(calendar, stage, told)


def hide(block: Block, rings: list[Ring]) -> None:
    """Hides period after period as they come to an end: what was shown before stays shown.

    What no exchange proves stays `unsafe` in the table of the block.
    """
    calendar, table = block.calendar, block.table
    lost = np.zeros_like(table.unsafe)
    for stage in calendar.stages():
        _freeze(block, [one for one in calendar.stages() if calendar.end(one) < calendar.end(stage)])
        block.hide_small(stage)
        label(block, stage)
        inside = calendar.inside(stage)
        block.reopen(inside)
        before = calendar.before(stage) if calendar.kinds[stage] == "year" else None
        if before is not None:
            # what was open at its end now stands at the beginning of the next
            block.reopen([before], OPEN)
        lost &= ~table.unsafe
        _protect(block, rings, stage, inside if before is None else [before, *inside])
        lost |= table.unsafe
        table.unsafe[:] = False
    table.unsafe |= lost


def _protect(block: Block, rings: list[Ring], stage: int, touched: list[int]) -> None:
    """Makes safe what is unsafe, at the price of what was told of the periods `touched` if need be."""
    moves = moves_at(block.calendar, stage, block.told_in(stage))
    protect(block.table, rings, moves)
    # what was told of an earlier period has to be taken back, lest a small count be told now
    for thaw in (thaw_labels, _thaw):
        if block.table.unsafe.any():
            thaw(block, touched)
            protect(block.table, rings, moves)
    take_unproved(block)


def _freeze(block: Block, periods: list[int]) -> None:
    """What was shown when these periods had come to an end can be hidden no more."""
    for one in periods:
        price = block.table.price[one]
        price[price > 0] = NEVER
    freeze_labels(block, periods)


def _thaw(block: Block, periods: Iterable[int]) -> None:
    for one in periods:
        price = block.table.price[one]
        price[price > 0] = block.price[one][price > 0]
