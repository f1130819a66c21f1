"""Moves: what dossiers can change in the counts of one part of one body, by the periods that are published.

Within a quarter or year that is told, what one month has more another has less; where the longer periods are
hidden too, they change along. Stocks are told of years only, so that in months and quarters what is received
and what is resolved may change each alone; in years what came in was resolved, closed otherwise or is open.
What would be open of a part between two months, which nobody is told, is not looked at.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain, combinations, product
from typing import TYPE_CHECKING

import numpy as np

from dunghen.intake.suppression.exchanges import Move

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# The counts of a row in the order of their bits; result.sql has the same. The last three are
# never told; they follow from what is told of years where all of that is shown: what was received and carried
# over, but is neither resolved nor open with a promised day, was closed otherwise or is open without one.
COUNTS = (
    "early",
    "on_due_date",
    "late",
    "received_offline",
    "received_online",
    "overdue",
    "in_progress",
    "on_time",
    "received",
    "resolved",
    "open_total",
    "carried_over",
    "dossiers",
    "closed_otherwise",
    "undated_open",
    "set_apart",
)
NEVER_TOLD = ("closed_otherwise", "undated_open", "set_apart")
NTH = {count: index for index, count in enumerate(COUNTS)}
RECEIPTS = (("received", "received_online"), ("received", "received_offline"))
ENDINGS = (("resolved", "on_time", "early"), ("resolved", "on_time", "on_due_date"), ("resolved", "late"))
KINDS = ("month", "quarter", "year")
# A move that changes one of them goes on in the next year, and proves no more than these until then.
STOCKS = ("carried_over", "open_total", "in_progress", "overdue", "undated_open")
# So many months before and after a turn of the year are tried for what was open then.
NEAR = 2

Changes = Counter[tuple[int, str]]


@dataclass(frozen=True)
class Calendar:
    """The periods of a breakdown: of what kind, and their first months as months since 1970."""

    kinds: tuple[str, ...]
    firsts: tuple[int, ...]

    def stages(self) -> list[int]:
        """The periods in the order in which they are over, shorter ones first."""
        return sorted(range(len(self.kinds)), key=lambda one: (self.end(one), KINDS.index(self.kinds[one])))

    def end(self, period: int) -> int:
        """The month after a period."""
        return self.firsts[period] + {"month": 1, "quarter": 3, "year": 12}[self.kinds[period]]

    def shortest_in(self, period: int) -> list[int]:
        """The months of a period; itself if there are none."""
        return [one for one in self.inside(period) if self.kinds[one] == "month"] or [period]

    def inside(self, period: int) -> list[int]:
        """A period and those within it."""
        return [
            one
            for one in range(len(self.kinds))
            if self.firsts[period] <= self.firsts[one]
            and self.end(one) <= self.end(period)
            and KINDS.index(self.kinds[one]) <= KINDS.index(self.kinds[period])
        ]

    def around(self, base: int, last: int) -> list[int]:
        """A month with the longer periods around it that are over when the period `last` is."""
        return [
            one
            for one, kind in enumerate(self.kinds)
            if self.firsts[one] <= self.firsts[base]
            and self.end(base) <= self.end(one)
            and (self.end(one), KINDS.index(kind)) <= (self.end(last), KINDS.index(self.kinds[last]))
        ]

    def before(self, year: int) -> int | None:
        """The year before a year."""
        return self._year(self.firsts[year] - 12)

    def _year(self, first: int) -> int | None:
        found = [one for one, kind in enumerate(self.kinds) if (kind, self.firsts[one]) == ("year", first)]
        return found[0] if found else None


def moves_of(calendar: Calendar, stage: int, counts: Iterable[str]) -> list[Move]:
    """What dossiers can change in the periods that are over when `stage` is; `counts` are those told."""
    told = {*counts, *NEVER_TOLD}
    found = list(_all(calendar, stage, told))
    return [move for changes in found if (move := _move(changes, told))]


def _all(calendar: Calendar, stage: int, told: set[str]) -> Iterator[Changes]:
    if "dossiers" in told:
        yield Counter({(stage, "dossiers"): 1})
        return
    bases = calendar.shortest_in(stage)
    flows = {base: _flows(calendar, base, stage) for base in bases}
    for one, other in combinations(bases, 2):
        yield from (_less(a, b) for a, b in zip(flows[one], flows[other], strict=True))
    year = stage if calendar.kinds[stage] == "year" and "open_total" in told else None
    for base in bases:
        receipts, endings = _tokens(calendar, base, stage)
        yield from (_less(a, b) for a, b in chain(combinations(endings, 2), combinations(receipts, 2)))
        if year is None:
            yield from chain(receipts, endings)
        else:
            yield from _in_year(calendar, base, bases, year)
    if year is not None:
        yield from _stocks(calendar, year)


def _flows(calendar: Calendar, base: int, last: int) -> list[Changes]:
    receipts, endings = _tokens(calendar, base, last)
    swaps = [_less(a, b) for a, b in chain(combinations(endings, 2), combinations(receipts, 2))]
    return [*receipts, *endings, *swaps]


def _tokens(calendar: Calendar, base: int, last: int) -> tuple[list[Changes], list[Changes]]:
    """One more received by each channel and one more resolved in each way, in a month and around it."""
    around = calendar.around(base, last)
    receipts, endings = (
        [Counter({(period, name): 1 for period in around for name in names}) for names in kind]
        for kind in (RECEIPTS, ENDINGS)
    )
    return receipts, endings


def _in_year(calendar: Calendar, base: int, bases: list[int], year: int) -> Iterator[Changes]:
    """Those of a month of a year that has its stocks told: what came in must have become of something."""
    receipts, endings = _tokens(calendar, base, year)
    left = _left(year)
    yield from (_less(a, b) for a, b in product(endings, left))
    later = [one for month in bases if month >= base for one in _tokens(calendar, month, year)[1]]
    yield from (a + b for a, b in product(receipts, [*later, *left]))


def _left(year: int) -> list[Changes]:
    """One more closed otherwise in a year, one more open at its end in each way."""
    others = (
        ("closed_otherwise", "set_apart"),
        ("open_total", "in_progress"),
        ("open_total", "overdue"),
        ("undated_open", "set_apart"),
    )
    return [Counter({(year, name): 1 for name in names}) for names in others]


def _stocks(calendar: Calendar, year: int) -> Iterator[Changes]:
    """What was open at the turn of a year, or was not; and in another way at the end of the year."""
    yield from (_less(a, b) for a, b in combinations(_left(year), 2))
    before = calendar.before(year)
    late = [one for base in calendar.shortest_in(year)[:NEAR] for one in _tokens(calendar, base, year)[1]]
    # closed in the year: were it open still, the next year would tell
    ways_out = [_left(year)[0], *late]
    carried: Changes = Counter({(year, "carried_over"): 1})
    if before is None:
        yield from (_sum(carried, one) for one in ways_out)
        return
    closed, *opened = _left(before)
    early = [_tokens(calendar, base, year) for base in calendar.shortest_in(before)[-NEAR:]]
    endings = (_less(Counter(), one) for one in (closed, *(one for _, ends in early for one in ends)))
    ways_in = [*endings, *(one for receipts, _ in early for one in receipts)]
    for stock, way_in, way_out in product(opened, ways_in, ways_out):
        yield _sum(stock, way_in, way_out, carried)


def _less(one: Changes, other: Changes) -> Changes:
    """The first change and the opposite of the second."""
    found = Counter(one)
    found.subtract(other)
    return found


def _sum(*changes: Changes) -> Changes:
    found: Changes = Counter()
    for one in changes:
        found.update(one)
    return found


def _move(changes: Changes, told: set[str]) -> Move | None:
    cells = sorted(
        (period, NTH[name], sign) for (period, name), sign in changes.items() if sign and name in told
    )
    if not any(name in told.difference(NEVER_TOLD) for (_, name), sign in changes.items() if sign):
        return None
    periods, counts, signs = (np.array(column, np.int64) for column in zip(*cells, strict=True))
    stocks = np.isin(counts, [NTH[name] for name in STOCKS])
    proves = stocks if stocks.any() else np.ones(stocks.size, bool)
    return Move(periods, counts, signs, (periods[proves], counts[proves]))
