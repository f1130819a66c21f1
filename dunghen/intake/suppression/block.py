"""A block of the breakdown: every count that sums connect, as arrays, with what is told of it and known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dunghen.intake.suppression.exchanges import NEVER, Table, is_small
from dunghen.intake.suppression.moves import COUNTS, KINDS, NEVER_TOLD, NTH, Calendar
from dunghen.intake.suppression.withholding import withheld

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dunghen.intake.suppression.exchanges import Flags, Numbers, Reals

RECEIVED = ("received", "received_online", "received_offline")
RESOLVED = ("resolved", "on_time", "early", "on_due_date", "late")
STOCKS = ("carried_over", "open_total", "in_progress", "overdue")
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
COUNT_PRICES = {"received": 4.0, "resolved": 4.0, "late": 2.0, "on_time": 2.0, "open_total": 2.0}


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

    def told_in(self, period: int) -> tuple[str, ...]:
        """The counts that are published of the parts in a period."""
        return _told(self.dimension, self.calendar.kinds[period])

    @property
    def told_cells(self) -> Flags:
        """Which counts are published unless they are hidden: periods × counts × bodies × parts."""
        there = self.told[:, :, None, None] & self.exists[:, None, :, None]
        return np.broadcast_to(there, self.table.values.shape)

    @property
    def public(self) -> Flags:
        """Which counts everybody knows all the same, in the shape of the table."""
        named = np.isin(COUNTS, PUBLIC.get(self.dimension, ()))
        return np.broadcast_to(named[:, None, None] | self.lone[:, None], self.table.values.shape)

    def hide_small(self, period: int) -> None:
        """Hides the counts of 1 to 4 of a period that may be hidden."""
        price = self.table.price[period]
        small = is_small(self.table.values[period]) & np.isfinite(price) & self.told[period][:, None, None]
        price[small & self.exists[period][:, None]] = 0

    def small_hidden(self, period: int, counts: Flags) -> Flags:
        """Which of these counts of a period are 1 to 4 and hidden."""
        there = counts[period][:, None, None] & self.exists[period][:, None]
        found: Flags = is_small(self.table.values[period]) & (self.table.price[period] == 0) & there
        return found

    def reopen(self, periods: Iterable[int], counts: Sequence[str] = COUNTS) -> None:
        """Small hidden counts of these periods have to be made safe again: a sum more is known."""
        again = np.isin(COUNTS, counts)[:, None, None]
        for one in periods:
            self.table.unsafe[one] |= again & self.small_hidden(one, self.guarded) & ~self.lone[one]


def block_of(
    dimension: str, rows: Mapping[str, Any], periods: Mapping[str, Any], bodies: Mapping[str, Any]
) -> Block:
    """The block of one dimension: from columns by name of the rows and of all periods and bodies."""
    of_dimension = rows["dimension"] == dimension
    mine = {name: column[of_dimension] for name, column in rows.items()}
    (body, at_body), (part, at_part), (period, at_period) = (
        np.unique(mine[name], return_inverse=True) for name in ("body", "part", "period")
    )
    values = np.zeros((period.size, len(COUNTS), body.size, part.size), np.int64)
    for name, nth in NTH.items():
        values[at_period, nth, at_body, at_part] = mine[name]
    exists = np.zeros((period.size, body.size), bool)
    exists[at_period, at_body] = True
    months = periods["period_day"][period].astype("datetime64[M]").astype(np.int64)
    calendar = Calendar(tuple(periods["period_kind"][period]), tuple(int(month) for month in months))
    told = np.array([[name in _told(dimension, kind) for name in COUNTS] for kind in calendar.kinds])
    known = _known(np.asarray((values > 0).any(axis=1)), exists, calendar)
    is_area = bodies["coverage"][body] == "area"
    price = _price(values, calendar.kinds, is_area)
    price[:, np.isin(COUNTS, PUBLIC.get(dimension, ()))] = NEVER
    _set(price, ~exists, NEVER)
    untold = _untold(exists, calendar.kinds, is_area)
    _set(price, untold, 0)
    _set(values, untold, 1)
    price[~told] = 0
    if "month" in calendar.kinds:
        price[withheld(values, exists, calendar) & np.isfinite(price)] = 0
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


def _told(dimension: str, kind: str) -> tuple[str, ...]:
    return TOLD[dimension][kind == "year"]


def _untold(exists: Flags, kinds: tuple[str, ...], is_area: Flags) -> Flags:
    """In which periods a body may have had what nobody is told: an area or a longer period without a row.

    An office that has none in a shortest period had nothing then.
    """
    longer = np.array([KINDS.index(kind) for kind in kinds]) > min(map(KINDS.index, kinds))
    found: Flags = ~exists & (is_area | longer[:, None])
    return found


def _known(counted: Flags, exists: Flags, calendar: Calendar) -> Flags:
    """Which parts a body had in a period or before, by period: of others everybody knew that they are 0.

    What comes later must not change what was told, or two snapshots tell more than each.
    """
    ends = np.array([calendar.end(one) for one in range(len(calendar.kinds))])[:, None, None]
    never = np.iinfo(np.int64).max
    first = np.where(counted & exists[:, :, None], ends, never).min(axis=0)
    found: Flags = first <= ends
    return found


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
