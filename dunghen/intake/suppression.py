"""Suppression of small numbers in what is published below the headline of an authority."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dunghen.intake.hiding import LARGEST, NEVER, SMALLEST, Ring, Table, protect
from dunghen.intake.suppression_moves import COUNTS, KINDS, NEVER_TOLD, NTH, Calendar, moves_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import duckdb

    from dunghen.intake.hiding import Flags, Move, Numbers, Reals

HERE = Path(__file__).parent
RECEIVED = ("received", "received_online", "received_offline")
RESOLVED = ("resolved", "on_time", "early", "on_due_date", "late")
OPEN = ("open_total", "in_progress", "overdue")
STOCKS = ("carried_over", *OPEN)
# What is told of a part: of months and quarters, of years.
TOLD = {
    "field": ((*RECEIVED, *RESOLVED), (*RECEIVED, *RESOLVED, *STOCKS)),
    "channel": ((*RECEIVED, *RESOLVED), (*RECEIVED, *RESOLVED)),
    "procedure": ((), ("received", "resolved", "on_time", "late")),
    "days_late": ((), ("dossiers",)),
}
# The received of each channel are told of the whole office, so of the channel they are public.
PUBLIC = {"channel": RECEIVED}
# What it costs to hide a count of a kind of period, and of a whole area, beside the logarithm of the count.
PRICES = {"month": 1.0, "quarter": 3.0, "year": 12.0}
AREA_PRICE = 8.0
# What it costs to say no more that a hidden count is 1 to 4, beside what hiding another costs.
LABEL_PRICE = 0.001
COUNT_PRICES = {"received": 4.0, "resolved": 4.0, "late": 2.0, "on_time": 2.0, "open_total": 2.0}
# Of months and quarters a count is told only if it was at least so large, for one, in the year before. What
# is withheld is withheld with everything that would tell it.
FEWEST = 12.0
WITHHELD = (
    (("received",), RECEIVED),
    (("received_online", "received_offline"), ("received_online", "received_offline")),
    (("resolved",), RESOLVED),
    (("on_time", "late"), ("on_time", "late", "early", "on_due_date")),
    (("early", "on_due_date"), ("early", "on_due_date")),
)


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


@dataclass
class Block:
    """The breakdown by one dimension of everything that sums connect.

    `bodies`, `parts` and `periods` are their numbers in the data base, `exists` tells in which periods a body
    has rows, `told` which counts are published of a period, `known` which parts a body had until the end of a
    period, `lone` which of these are told by the public count of the whole body. `guarded` are the counts
    that nobody may work out: those published and what would follow from them. `price` is what hiding cost at
    first.
    """

    dimension: str
    calendar: Calendar
    bodies: Numbers
    parts: Numbers
    periods: Numbers
    exists: Flags
    table: Table
    told: Flags
    guarded: Flags
    known: Flags
    lone: Flags
    price: Reals


def suppress(
    connection: duckdb.DuckDBPyConnection, source: str, target: str, *, tree: str, nesting: str
) -> Suppressed:
    """Makes the table `target`: the breakdown `source` as it may be published."""
    for name, relation in (("source", source), ("tree", tree), ("nesting", nesting)):
        connection.execute(f"CREATE OR REPLACE TEMP VIEW suppression_{name} AS FROM {relation}")
    connection.execute((HERE / "suppression_sums.sql").read_text(encoding="utf-8"))
    blocks = list(_hidden_blocks(connection))
    connection.register("suppression_flag", _flags(blocks))
    connection.execute((HERE / "suppression_result.sql").read_text(encoding="utf-8"))
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
        blocks = {one: _block(one, here, periods, bodies) for one in np.unique(here["dimension"])}
        for dimension, block in blocks.items():
            rings = _rings(bodies, block.bodies, dict(tree))
            for lone, known in zip(block.lone, block.known, strict=True):
                _spread(lone, rings, known)
            if dimension == "procedure":
                _hide_procedures(block, blocks.get("field"), rings, parts)
            else:
                _hide(block, rings)
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


def _block(
    dimension: str, rows: Mapping[str, Any], periods: Mapping[str, Any], bodies: Mapping[str, Any]
) -> Block:
    of_dimension = rows["dimension"] == dimension
    mine = {name: column[of_dimension] for name, column in rows.items()}
    (body, at_body), (part, at_part), (period, at_period) = (
        np.unique(mine[name], return_inverse=True) for name in ("body", "part", "period")
    )
    values = np.zeros((period.size, len(COUNTS), body.size, part.size), np.int64)
    for name, nth in NTH.items():
        values[at_period, nth, at_body, at_part] = mine[name]
    counted: Flags = np.asarray((values > 0).any(axis=1))
    exists = np.zeros((period.size, body.size), bool)
    exists[at_period, at_body] = True
    kinds = tuple(periods["period_kind"][period])
    months = periods["period_day"][period].astype("datetime64[M]").astype(np.int64)
    told = np.array([[name in TOLD[dimension][kind == "year"] for name in COUNTS] for kind in kinds])
    is_area = bodies["coverage"][body] == "area"
    price = _price(values, kinds, is_area)
    price[:, [NTH[name] for name in PUBLIC.get(dimension, ())]] = NEVER
    # An area or a longer period without a row is told to nobody; an office without one had nothing.
    shortest = min(map(KINDS.index, kinds))
    untold = ~exists & (is_area | (np.array([KINDS.index(kind) for kind in kinds]) > shortest)[:, None])
    _set(price, ~exists, NEVER)
    _set(price, untold, 0)
    _set(values, untold, 1)
    price[~told] = 0
    calendar = Calendar(kinds, tuple(int(month) for month in months))
    if "month" in kinds:
        price[_withheld(values, exists, calendar) & np.isfinite(price)] = 0
    known = _known(counted, exists, calendar)
    price[np.broadcast_to((~known & exists[:, :, None])[:, None], price.shape)] = NEVER
    return Block(
        dimension,
        calendar,
        body,
        part,
        period,
        exists,
        Table(values, price, np.zeros(values.shape, np.float32), np.zeros(values.shape, bool)),
        told,
        told | (told[:, [NTH["open_total"]]] & np.isin(COUNTS, NEVER_TOLD)),
        known,
        known & (known.sum(axis=2) == 1)[:, :, None],
        price.copy(),
    )


def _known(counted: Flags, exists: Flags, calendar: Calendar) -> Flags:
    """Which parts a body had in a period or before, by period: of others everybody knew that they are 0.

    What comes later must not change what was told, or two snapshots tell more than each.
    """
    ends = np.array([calendar.end(one) for one in range(len(calendar.kinds))])[:, None, None]
    never = np.iinfo(np.int64).max
    first = np.where(counted & exists[:, :, None], ends, never).min(axis=0)
    found: Flags = first <= ends
    return found


def _withheld(values: Numbers, exists: Flags, calendar: Calendar) -> Flags:
    """What is not told of months and quarters because of so few in the year before, 0 with the rest.

    In the first year of a body its first quarter stands for the year before.
    """
    found = np.zeros(values.shape, bool)
    years = sorted({first // 12 for first in calendar.firsts})
    of_year = {year: [n for n, f in enumerate(calendar.firsts) if f // 12 == year] for year in years}
    monthly: Reals | None = None
    for year in years:
        first = _monthly(values, _first_quarter(calendar, exists, of_year[year]))
        monthly = first if monthly is None else np.where(np.isnan(monthly), first, monthly)
        for period in of_year[year]:
            length = {"month": 1, "quarter": 3}.get(calendar.kinds[period])
            if length:
                for names, with_them in WITHHELD:
                    one = length * monthly[[NTH[name] for name in names]]
                    few = ((one > 0) & (one < FEWEST)).any(axis=0) | np.isnan(one).any(axis=0)
                    found[period, [NTH[name] for name in with_them]] |= few
        months = [n for n in of_year[year] if calendar.kinds[n] == "month"]
        monthly = _monthly(values, np.isin(np.arange(len(calendar.kinds)), months)[:, None] & exists)
    return found


def _first_quarter(calendar: Calendar, exists: Flags, periods: list[int]) -> Flags:
    """The months of the first quarter of each body in these periods, if it is over."""
    found = np.zeros(exists.shape, bool)
    for body in range(exists.shape[1]):
        quarters = [n for n in periods if calendar.kinds[n] == "quarter" and exists[n, body]]
        if quarters:
            found[calendar.shortest_in(min(quarters, key=lambda n: calendar.firsts[n])), body] = True
    return found & exists


def _monthly(values: Numbers, months: Flags) -> Reals:
    """Counts of a month in the mean of these months, by count, body and part; NaN where a body has none."""
    number = months.sum(axis=0)[None, :, None].astype(np.float32)
    total = np.einsum("tcbp,tb->cbp", values, months).astype(np.float32)
    return np.where(number > 0, total / np.maximum(number, 1), np.nan)


def _set(array: Any, where: Flags, value: np.float32 | float) -> None:
    """Sets all counts of all parts of the periods and bodies `where`."""
    array[np.broadcast_to(where[:, None, :, None], array.shape)] = value


def _price(values: Numbers, kinds: tuple[str, ...], is_area: Flags) -> Reals:
    of_kind = np.array([PRICES[kind] for kind in kinds])
    of_count = np.array([COUNT_PRICES.get(name, 1.0) for name in COUNTS])
    of_body = np.where(is_area, AREA_PRICE, 1.0)
    price = np.log2(2 + values.astype(np.float32))
    price *= (of_kind[:, None, None] * of_count[:, None] * of_body)[..., None].astype(np.float32)
    return price


def _spread(lone: Flags, rings: list[Ring], known: Flags) -> None:
    """Marks the parts of areas that are told because they are told of every office."""
    for ring in rings:
        heads = ring.bodies[ring.starts[:-1]]
        members, area = heads[~ring.against], heads[ring.against]
        lone[area] |= (lone[members] | ~known[members]).all(axis=0)


def _rings(bodies: Mapping[str, Any], mine: Numbers, parents: dict[str, str]) -> list[Ring]:
    """The bodies of a block by what adds up: an area with its own office and what lies directly below it."""
    place = {(bodies["authority_code"][b], bodies["coverage"][b]): n for n, b in enumerate(mine)}
    codes = {code for code, _ in place}
    rings = []
    for code in sorted(codes):
        if (code, "area") in place:
            below = sorted(child for child, parent in parents.items() if parent == code and child in codes)
            members = [[place[code, "own"]]] if (code, "own") in place else []
            members += [_down(child, place, parents) for child in below]
            up = [place[one, "area"] for one in _up(code, parents) if (one, "area") in place]
            rings.append(_ring([*members, up], is_free=not members))
        elif (parents.get(code), "area") not in place:
            rings.append(_ring([[place[code, "own"]]], is_free=True))
    return rings


def _ring(members: list[list[int]], *, is_free: bool) -> Ring:
    starts = np.cumsum([0, *(len(one) for one in members)])
    against = np.array([not is_free and nth == len(members) - 1 for nth in range(len(members))])
    return Ring(np.concatenate(members).astype(np.int64), starts, against, is_free)


def _down(code: str, place: Mapping[tuple[str, str], int], parents: dict[str, str]) -> list[int]:
    """An authority and, below its area, offices one below the other that change with it."""
    if (code, "area") not in place:
        return [place[code, "own"]]
    if (code, "own") in place:
        return [place[code, "area"], place[code, "own"]]
    below = sorted(child for child, parent in parents.items() if parent == code)
    child = next(child for child in below if {(child, "own"), (child, "area")} & place.keys())
    return [place[code, "area"], *_down(child, place, parents)]


def _up(code: str | None, parents: dict[str, str]) -> Iterator[str]:
    while code:
        yield code
        code = parents.get(code)


@lru_cache(maxsize=64)
def _moves(calendar: Calendar, stage: int, told: tuple[str, ...]) -> list[Move]:
    return moves_of(calendar, stage, told)


def _hide(block: Block, rings: list[Ring]) -> None:
    """Hides period after period as they come to an end: what was shown before stays shown."""
    calendar, table = block.calendar, block.table
    lost = np.zeros_like(table.unsafe)
    for stage in calendar.stages():
        _freeze(block, stage)
        _hide_small(block, stage)
        _label(block, stage)
        inside = calendar.inside(stage)
        _reopen(block, inside)
        before = calendar.before(stage) if calendar.kinds[stage] == "year" else None
        if before is not None:
            # what was open at its end now stands at the beginning of the next
            _reopen(block, [before], (*OPEN, "undated_open"))
        lost &= ~table.unsafe
        moves = _moves(calendar, stage, _told(block, stage))
        protect(table, rings, moves)
        touched = inside if before is None else [before, *inside]
        # what was told of an earlier period has to be taken back, lest a small count be told now
        for thaw in (_thaw_labels, _thaw):
            if table.unsafe.any():
                thaw(block, touched)
                protect(table, rings, moves)
        # no exchange proves these: not even that they are small is said of them
        table.label[table.unsafe] = 0
        lost |= table.unsafe
        table.unsafe[:] = False
    table.unsafe |= lost


def _told(block: Block, stage: int) -> tuple[str, ...]:
    return TOLD[block.dimension][block.calendar.kinds[stage] == "year"]


def _freeze(block: Block, stage: int) -> None:
    """What was shown when a period before had come to an end can be hidden no more."""
    calendar, price = block.calendar, block.table.price
    over = [one for one in range(len(calendar.kinds)) if calendar.end(one) < calendar.end(stage)]
    for one in over:
        price[one][price[one] > 0] = NEVER
        label = block.table.label[one]
        label[label > 0] = NEVER


def _thaw(block: Block, periods: Iterable[int]) -> None:
    for one in periods:
        price = block.table.price[one]
        price[price > 0] = block.price[one][price > 0]


def _thaw_labels(block: Block, periods: Iterable[int]) -> None:
    for one in periods:
        label = block.table.label[one]
        label[label > 0] = _label_price(block, one)


def _label(block: Block, period: int) -> None:
    """Labels the small hidden counts of a period."""
    block.table.label[period][_small_hidden(block, period, block.told)] = _label_price(block, period)


def _label_price(block: Block, period: int) -> float:
    return LABEL_PRICE * PRICES[block.calendar.kinds[period]]


def _small_hidden(block: Block, period: int, counts: Flags) -> Flags:
    """Which of these counts of a period are 1 to 4 and hidden."""
    values, price = block.table.values[period], block.table.price[period]
    small = (values >= SMALLEST) & (values <= LARGEST)
    there = counts[period][:, None, None] & block.exists[period][:, None]
    found: Flags = small & (price == 0) & there
    return found


def _hide_small(block: Block, stage: int) -> None:
    values, price = block.table.values[stage], block.table.price[stage]
    small = (values > 0) & (values <= LARGEST) & np.isfinite(price) & block.told[stage][:, None, None]
    price[small & block.exists[stage][:, None]] = 0


def _reopen(block: Block, periods: Iterable[int], counts: Sequence[str] = COUNTS) -> None:
    """Small hidden counts of these periods have to be made safe again: a sum more is known."""
    again = np.isin(COUNTS, counts)[:, None, None]
    for one in periods:
        block.table.unsafe[one] |= again & _small_hidden(block, one, block.guarded) & ~block.lone[one]


def _hide_procedures(block: Block, fields: Block | None, rings: list[Ring], named: Mapping[str, Any]) -> None:
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
        _hide_small(block, period)
        _label(block, period)
        _reopen(block, [period])
        # the procedures of no field are a part of what every field has beside its own
        block.table.label[period, :, :, nowhere] = 0
        block.table.unsafe[period, :, :, nowhere] = False
        moves = _moves(block.calendar, period, _told(block, period))
        for field in np.unique(of[np.isin(of, list(names))]):
            here = np.flatnonzero(of == field)
            if fields:
                _follow(block, fields, period, here, names[field])
                beside = _beside(block, fields, period, here, names[field])
                _protect_parts(block, period, here, beside, rings=rings, moves=moves)


def _follow(block: Block, fields: Block, period: int, parts: Numbers, field: int) -> None:
    """Hides these procedures of every body whose field is hidden."""
    same = np.flatnonzero(fields.periods == block.periods[period])
    counts = [NTH[name] for name in _told(block, period)]
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
    small = (beside >= SMALLEST) & (beside <= LARGEST)
    unsafe[period, ..., -1] = small & block.told[period][:, None]
    part = Table(values, price, label, unsafe)
    protect(part, rings, moves)
    table.price[..., parts], table.label[..., parts] = part.price[..., :-1], part.label[..., :-1]
    table.unsafe[..., parts] = part.unsafe[..., :-1]


def _flags(blocks: list[Block]) -> dict[str, Numbers]:
    """By body, part and period the bits of the counts to be told as under 5 and of those just hidden."""
    found = [_block_flags(block) for block in blocks]
    names = ("part", "body", "period", "under_5", "hidden", "untold")
    return {name: np.concatenate([np.zeros(0, np.int64), *(one[name] for one in found)]) for name in names}


def _block_flags(block: Block) -> dict[str, Numbers]:
    hidden, under_5 = _masks(block)
    bits = 1 << np.arange(len(COUNTS), dtype=np.int64)
    under_5_bits, hidden_bits = (np.einsum("c,tcbp->tbp", bits, mask) for mask in (under_5, hidden))
    some = (block.table.values > 0) & block.told[:, :, None, None]
    there = some.any(axis=1) & block.exists[:, :, None]
    period, body, part = np.nonzero(there | (hidden_bits > 0))
    return {
        "part": block.parts[part],
        "body": block.bodies[body],
        "period": block.periods[period],
        "under_5": under_5_bits[period, body, part],
        "hidden": hidden_bits[period, body, part],
        "untold": (bits * ~block.told).sum(axis=1)[period],
    }


def _masks(block: Block) -> tuple[Flags, Flags]:
    """Which counts are not shown, and which of these are said to be 1 to 4, as everybody can tell."""
    here = block.told[:, :, None, None] & block.exists[:, None, :, None]
    small = (block.table.values > 0) & (block.table.values <= LARGEST)
    public = np.zeros(len(COUNTS), bool)
    public[[NTH[name] for name in PUBLIC.get(block.dimension, ())]] = True
    known = here & small & (public[:, None, None] | block.lone[:, None])
    hidden = here & (block.table.price == 0) | known
    return hidden, known | (hidden & (block.table.label > 0))


def _summary(blocks: list[Block]) -> Suppressed:
    numbers = np.zeros(6, np.int64)
    for block in blocks:
        hidden, under_5 = _masks(block)
        here = np.broadcast_to(
            block.told[:, :, None, None] & block.exists[:, None, :, None], block.table.values.shape
        )
        above = here & (block.table.values > 0)
        shown, unsafe = above & ~hidden, block.table.unsafe
        numbers += [one.sum() for one in (here, above, shown, under_5, hidden & ~under_5, unsafe)]
    return Suppressed(*(int(number) for number in numbers))
