"""Procedures: parts of fields, told of whole areas only and hidden with their field or within it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dunghen.intake.suppression.exchanges import Table, is_small, protect
from dunghen.intake.suppression.labels import label
from dunghen.intake.suppression.moves import NTH
from dunghen.intake.suppression.stages import moves_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dunghen.intake.suppression.block import Block
    from dunghen.intake.suppression.exchanges import Move, Numbers, Ring


def hide_procedures(block: Block, fields: Block | None, rings: list[Ring], named: Mapping[str, Any]) -> None:
    """Hides the procedures of a field where the field is hidden; else within it, so that its sum holds.

    They are told of whole areas only, so that no sum over bodies holds them, and any of a hidden field's can
    take what an exchange of fields changes: none of these has a label, which might bar it. What a field has
    beside its procedures is told nowhere, but follows where all of them are shown.
    """
    of = named["field"][block.parts]
    names = {named["item"][part]: place for place, part in enumerate(fields.parts)} if fields else {}
    nowhere = np.flatnonzero(~np.isin(of, list(names)))
    block.table.price[:, :, :, nowhere] = 0
    for period in range(block.periods.size):
        block.hide_small(period)
        label(block, period)
        block.reopen([period])
        # the procedures of no field are a part of what every field has beside its own
        block.table.label[period, :, :, nowhere] = 0
        block.table.unsafe[period, :, :, nowhere] = False
        moves = moves_at(block.calendar, period, block.told_in(period))
        for field in np.unique(of[np.isin(of, list(names))]):
            here = np.flatnonzero(of == field)
            if fields:
                _follow(block, fields, period, here, names[field])
                beside = _beside(block, fields, period, here, names[field])
                _protect_parts(block, period, here, beside, rings=rings, moves=moves)


def _follow(block: Block, fields: Block, period: int, parts: Numbers, field: int) -> None:
    """Hides these procedures of every body whose field is hidden."""
    same = np.flatnonzero(fields.periods == block.periods[period])
    counts = [NTH[name] for name in block.told_in(period)]
    hidden = (fields.table.price[same[:1]][:, counts, :, field] == 0).any(axis=(0, 1))
    bodies = np.flatnonzero(np.isin(block.bodies, fields.bodies[hidden]))
    cells = np.ix_(np.array([period]), np.array(counts), bodies, parts)
    price = block.table.price[cells]
    block.table.price[cells] = np.where(np.isfinite(price), 0, price)
    block.table.label[cells] = 0


def _beside(block: Block, fields: Block, period: int, parts: Numbers, field: int) -> Numbers:
    """What a field has in a period beside these procedures: counts × bodies."""
    found = np.zeros(block.table.values.shape[1:3], np.int64)
    (same,) = np.flatnonzero(fields.periods == block.periods[period])
    for place, body in enumerate(block.bodies):
        there = np.flatnonzero((fields.bodies == body) & fields.exists[same])
        if there.size and block.exists[period, place]:
            own = block.table.values[period, :, place, parts].sum(axis=0)
            found[:, place] = np.maximum(fields.table.values[same, :, there[0], field] - own, 0)
    return found


def _protect_parts(
    block: Block, period: int, parts: Numbers, beside: Numbers, *, rings: list[Ring], moves: list[Move]
) -> None:
    """Makes these parts safe, and what stands beside them as a last part that is never shown."""
    table = block.table
    values, price, label = (
        np.concatenate([one[..., parts], np.zeros_like(one[..., :1])], axis=-1)
        for one in (table.values, table.price, table.label)
    )
    unsafe = np.concatenate([table.unsafe[..., parts], np.zeros_like(table.unsafe[..., :1])], axis=-1)
    values[period, ..., -1] = beside
    unsafe[period, ..., -1] = is_small(beside) & block.told[period][:, None]
    part = Table(values, price, label, unsafe)
    protect(part, rings, moves)
    table.price[..., parts], table.label[..., parts] = part.price[..., :-1], part.label[..., :-1]
    table.unsafe[..., parts] = part.unsafe[..., :-1]
