"""Labels: the small hidden counts of which it is said that they are 1 to 4 ("dưới 5").

A label is a bound that everybody knows, so every exchange must keep it (`exchanges`). All small hidden counts
have one at first; what a proof needs takes single ones away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dunghen.intake.suppression.block import PRICES
from dunghen.intake.suppression.exchanges import NEVER, is_small

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dunghen.intake.suppression.block import Block
    from dunghen.intake.suppression.exchanges import Flags

# What it costs to say no more that a hidden count is 1 to 4, beside what hiding another costs.
LABEL_PRICE = 0.001


def label(block: Block, period: int) -> None:
    """Labels the small hidden counts of a period that would be told if they were not hidden."""
    block.table.label[period][block.small_hidden(period, block.told)] = _price(block, period)


def freeze_labels(block: Block, periods: Iterable[int]) -> None:
    """Labels of these periods were told and stay."""
    for one in periods:
        of_period = block.table.label[one]
        of_period[of_period > 0] = NEVER


def thaw_labels(block: Block, periods: Iterable[int]) -> None:
    """Labels of these periods can be taken back."""
    for one in periods:
        of_period = block.table.label[one]
        of_period[of_period > 0] = _price(block, one)


def take_unproved(block: Block) -> None:
    """Takes the labels of what no exchange proves: not even that they are small is said of them."""
    block.table.label[block.table.unsafe] = 0


def hidden_and_under_5(block: Block) -> tuple[Flags, Flags]:
    """Which counts are not shown, and which of these are said to be 1 to 4, as everybody can tell."""
    known = block.told_cells & is_small(block.table.values) & block.public
    hidden = block.told_cells & (block.table.price == 0) | known
    return hidden, known | (hidden & (block.table.label > 0))


def _price(block: Block, period: int) -> float:
    return LABEL_PRICE * PRICES[block.calendar.kinds[period]]
