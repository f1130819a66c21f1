"""The breakdown of a data base as it may be published: tables in, a table out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dunghen.intake.suppression.block import Block, block_of
from dunghen.intake.suppression.labels import hidden_and_under_5
from dunghen.intake.suppression.moves import COUNTS
from dunghen.intake.suppression.procedures import hide_procedures
from dunghen.intake.suppression.rings import rings_of, spread
from dunghen.intake.suppression.stages import hide

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import duckdb

    from dunghen.intake.suppression.exchanges import Numbers

HERE = Path(__file__).parent

# Where a province has had fewer dossiers in all, too few of them can change places: nothing is broken down.
FEWEST_IN_ALL = 100


@dataclass(frozen=True)
class Suppressed:
    """How many counts there are, how many of them are not 0, are shown and not 0, and are not shown.

    `unsafe` counts of 1 to 4, also some that are never published, are not shown like others, but no exchange
    was found that proves them safe.
    """

    cells: int
    not_zero: int
    published: int
    under_5: int
    hidden: int
    unsafe: int


def suppress(
    connection: duckdb.DuckDBPyConnection, source: str, target: str, *, tree: str, nesting: str
) -> Suppressed:
    """Makes the table `target`: the breakdown `source` as it may be published."""
    for name, relation in (("source", source), ("tree", tree), ("nesting", nesting)):
        connection.execute(f"CREATE OR REPLACE TEMP VIEW suppression_{name} AS FROM {relation}")
    connection.execute((HERE / "sums.sql").read_text(encoding="utf-8"))
    blocks = list(_hidden_blocks(connection))
    connection.register("suppression_flag", _flags(blocks))
    connection.execute((HERE / "result.sql").read_text(encoding="utf-8"))
    connection.execute(f"CREATE OR REPLACE TABLE {target} AS FROM suppression_result")
    connection.unregister("suppression_flag")
    return _summary(blocks)


def _hidden_blocks(connection: duckdb.DuckDBPyConnection) -> Iterator[Block]:
    rows = _columns(connection, "FROM suppression_row ORDER BY component, dimension")
    periods = _columns(connection, "FROM suppression_period ORDER BY period")
    bodies = _columns(connection, "FROM suppression_body ORDER BY body")
    parts = _columns(connection, "FROM suppression_part ORDER BY part")
    tree = connection.execute("SELECT child_code, parent_code FROM suppression_tree").fetchall()
    for component in np.unique(rows["component"]):
        here = {name: column[rows["component"] == component] for name, column in rows.items()}
        if _received(here, periods, bodies) < FEWEST_IN_ALL:
            continue
        blocks = {one: block_of(one, here, periods, bodies) for one in np.unique(here["dimension"])}
        for dimension, block in blocks.items():
            rings = rings_of(bodies, block.bodies, dict(tree))
            for lone, known in zip(block.lone, block.known, strict=True):
                spread(lone, rings, known)
            if dimension == "procedure":
                hide_procedures(block, blocks.get("field"), rings, parts)
            else:
                hide(block, rings)
        yield from blocks.values()


def _received(rows: Mapping[str, Any], periods: Mapping[str, Any], bodies: Mapping[str, Any]) -> int:
    """How many dossiers came in in all months that are over."""
    monthly = periods["period_kind"][rows["period"]] == "month"
    of_offices = bodies["coverage"][rows["body"]] == "own"
    return int(rows["received"][(rows["dimension"] == "field") & monthly & of_offices].sum())


def _columns(connection: duckdb.DuckDBPyConnection, query: str) -> dict[str, Any]:
    """The columns of a relation by name; what is NULL there is 0."""
    found = connection.execute(query).fetchnumpy()
    return {
        name: column.filled("" if column.dtype == object else 0)
        if isinstance(column, np.ma.MaskedArray)
        else column
        for name, column in found.items()
    }


def _flags(blocks: list[Block]) -> dict[str, Numbers]:
    """By body, part and period the bits of the counts to be told as under 5 and of those just hidden."""
    found = [_block_flags(block) for block in blocks]
    names = ("part", "body", "period", "under_5", "hidden", "untold")
    return {name: np.concatenate([np.zeros(0, np.int64), *(one[name] for one in found)]) for name in names}


def _block_flags(block: Block) -> dict[str, Numbers]:
    hidden, under_5 = hidden_and_under_5(block)
    bits = 1 << np.arange(len(COUNTS), dtype=np.int64)
    under_5_bits, hidden_bits = (np.einsum("c,tcbp->tbp", bits, mask) for mask in (under_5, hidden))
    there = ((block.table.values > 0) & block.told_cells).any(axis=1)
    period, body, part = np.nonzero(there | (hidden_bits > 0))
    return {
        "part": block.parts[part],
        "body": block.bodies[body],
        "period": block.periods[period],
        "under_5": under_5_bits[period, body, part],
        "hidden": hidden_bits[period, body, part],
        "untold": (bits * ~block.told).sum(axis=1)[period],
    }


def _summary(blocks: list[Block]) -> Suppressed:
    numbers = np.zeros(6, np.int64)
    for block in blocks:
        hidden, under_5 = hidden_and_under_5(block)
        above = block.told_cells & (block.table.values > 0)
        counted = (block.told_cells, above, above & ~hidden, under_5, hidden & ~under_5, block.table.unsafe)
        numbers += [one.sum() for one in counted]
    return Suppressed(*(int(number) for number in numbers))
