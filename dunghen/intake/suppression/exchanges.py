"""Which counts of a table must be hidden so that nobody can work out a small one: arrays only, no data base.

A *move* is a change of the counts of one part of one body (of one field of an office, say) that real
dossiers could make: one more handed in online in May, one finished late instead of early. An *exchange* makes
a move in one part of one body, undoes it in another part of the same body, and does the reverse in a second
body: the sums over parts, which are public, and the sums over bodies stay what they are. A small count is
safe once it changes in an exchange that changes hidden counts only and takes none below 0: the table after
the exchange agrees with everything shown, could be true, and differs in that count. Nobody can tell the two
tables apart, whether by adding and subtracting or by knowing that counts are whole and not negative. Hiding
more undoes no exchange, so counts are made safe one after the other, each by the cheapest exchange there is.

A hidden count can be *labelled*: it is told that it is 1 to 4. An exchange must then leave it one of these,
which bars those that would take a 1 away or add to a 4, one way round. Labels are given to all that could
have one, and an exchange that is needed takes those away that bar it: that costs less than hiding more.
The method is akin to the hypercube method; for cell suppression in general see Hundepool and others,
Statistical Disclosure Control (2012), and Willenborg and de Waal, Elements of Statistical Disclosure Control
(2001).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Reals = NDArray[np.float32]
    Cells = tuple[Numbers, Numbers, Numbers]
    CellsOfParts = tuple[Numbers, Numbers, Numbers, Numbers]

SMALLEST, LARGEST = 1, 4
NEVER = np.float32(np.inf)
NOBODY = np.zeros(0, np.int64)
DEAREST = np.finfo(np.float32).max


def is_small(values: Numbers) -> Flags:
    """Which counts are small: 1 to 4."""
    found: Flags = (values >= SMALLEST) & (values <= LARGEST)
    return found


@dataclass(frozen=True)
class Move:
    """A change of one part of one body: periods and counts of the cells that change, and by how much.

    `proves` are the cells (periods, counts) that it makes safe.
    """

    periods: Numbers
    counts: Numbers
    signs: Numbers
    proves: tuple[Numbers, Numbers]


@dataclass(frozen=True)
class Ring:
    """Bodies whose counts add up: one may have more if another has less.

    Member n is the bodies `bodies[starts[n]:starts[n + 1]]`, which change together; where `against`, it is
    the sum of the others and changes with them, not against them. If `is_free`, nothing adds up.
    """

    bodies: Numbers
    starts: Numbers
    against: Flags
    is_free: bool

    @cached_property
    def sizes(self) -> Numbers:
        """How many bodies each member has."""
        return np.diff(self.starts)

    @cached_property
    def of_against(self) -> Flags:
        """Which bodies belong to a member that runs against the others: one column."""
        return np.repeat(self.against, self.sizes)[:, None]

    @cached_property
    def members(self) -> Numbers:
        """The number of each body's member."""
        return np.repeat(np.arange(self.sizes.size), self.sizes)

    @cached_property
    def is_plain(self) -> bool:
        """Whether every member is one body."""
        return bool((self.sizes == 1).all())

    def of(self, member: int) -> Numbers:
        """The bodies of a member."""
        return (
            self.bodies[self.starts[member] : self.starts[member + 1]]
            if member < self.against.size
            else NOBODY
        )

    def runs_against(self, member: int) -> bool:
        """Whether a member is the sum of the others."""
        return member < self.against.size and bool(self.against[member])

    def __len__(self) -> int:
        return self.against.size + self.is_free


@dataclass
class Table:
    """Counts by period, count, body and part, and what becomes of them.

    `price` is what hiding a count costs: 0 if it is hidden, infinite if it must be shown. `label` is what it
    costs to take the label of a hidden count away: 0 if it has none, infinite if it must stay. `unsafe` are
    the small counts for which no exchange was found yet.
    """

    values: Numbers
    price: Reals
    label: Reals
    unsafe: Flags

    def change_prices(self, moves: Sequence[Move]) -> Reals:
        """What it costs to let each count fall by one, and to let it rise by one.

        Only of the periods that the moves change; what stands of others means nothing.
        """
        found = np.empty((2, *self.values.shape), np.float32)
        for period in {int(one) for move in moves for one in move.periods}:
            found[:, period] = _change_prices(self.values[period], self.price[period], self.label[period])
        return found


def _change_prices(values: Numbers, price: Reals, label: Reals) -> tuple[Reals, Reals]:
    fall = price + np.where(values == SMALLEST, label, np.float32(0))
    fall[values < SMALLEST] = NEVER
    return fall, price + np.where(values == LARGEST, label, np.float32(0))


@dataclass(frozen=True, order=True)
class Offer:
    """The price of making one part of one member of a ring safe by a move."""

    price: float
    move: int
    ring: int
    member: int
    part: int


def protect(table: Table, rings: Sequence[Ring], moves: Sequence[Move]) -> None:
    """Finds exchanges for what is unsafe: among hidden counts first, then by hiding more, the cheapest first.

    What stays unsafe lies in no exchange of these moves.
    """
    hopeless = np.zeros_like(table.unsafe)
    changes = table.change_prices(moves)
    while table.unsafe.any():
        for move, ring in _useful(table, rings, moves, np.float32(0)):
            Search(table, changes, rings[ring], moves[move]).find()
        offers, offered = _offers(table, changes, rings, moves)
        hopeless |= table.unsafe & ~offered
        table.unsafe &= offered
        for offer in sorted(offers):
            proves, bodies = moves[offer.move].proves, rings[offer.ring].of(offer.member)
            # what was bought before may have made it safe
            if table.unsafe[proves][:, bodies, offer.part].any():
                Search(table, changes, rings[offer.ring], moves[offer.move]).buy(offer.member, offer.part)
    table.unsafe |= hopeless


def _useful(
    table: Table, rings: Sequence[Ring], moves: Sequence[Move], dearest: np.float32
) -> Iterator[tuple[int, int]]:
    """The moves and rings that touch something unsafe where the move alone does not cost too much."""
    for nth, move in enumerate(moves):
        unsafe = table.unsafe[move.proves].any(axis=0)
        if unsafe.any():
            cheap = table.price[move.periods, move.counts].sum(axis=0) <= dearest
            bodies = (unsafe & cheap).any(axis=1)
            yield from ((nth, place) for place, ring in enumerate(rings) if bodies[ring.bodies].any())


def _offers(
    table: Table, changes: Reals, rings: Sequence[Ring], moves: Sequence[Move]
) -> tuple[set[Offer], Flags]:
    """For everything unsafe the cheapest offer of all moves, and what has one."""
    best = np.full(table.unsafe.shape, NEVER, np.float32)
    number = np.full(table.unsafe.shape, -1, np.int64)
    found: list[tuple[int, int, Reals]] = []
    places = max(map(len, rings)) * table.unsafe.shape[3]
    for move, ring in _useful(table, rings, moves, DEAREST):
        search = Search(table, changes, rings[ring], moves[move])
        prices = search.prices_of_unsafe()
        cells, members = search.proved(), rings[ring].members
        better = table.unsafe[cells] & (best[cells] > prices[members])
        if better.any():
            numbers = len(found) * places + np.arange(prices.size).reshape(prices.shape)
            best[cells] = np.where(better, prices[members], best[cells])
            number[cells] = np.where(better, numbers[members], number[cells])
            found.append((move, ring, prices))
    offered = number >= 0
    cheapest = [divmod(int(one), places) for one in np.unique(number[offered])]
    return {_offer(found[nth], place) for nth, place in cheapest}, offered


def _offer(found: tuple[int, int, Reals], place: int) -> Offer:
    move, ring, prices = found
    member, part = divmod(place, prices.shape[1])
    return Offer(float(prices[member, part]), move, ring, member, part)


class Search:
    """The exchanges of one move in one ring. `prices`: of the move and of its opposite, members × parts.

    `changes` are the prices of changing single counts (`Table.change_prices`), which a purchase brings up to
    date.
    """

    def __init__(self, table: Table, changes: Reals, ring: Ring, move: Move) -> None:
        self.table, self.changes, self.ring, self.move = table, changes, ring, move
        self.prices = np.zeros((2, len(ring), table.values.shape[3]), np.float32)
        rises = (move.signs > 0).astype(np.int64)
        ways = [changes[up, move.periods, move.counts].sum(axis=0)[ring.bodies] for up in (rises, 1 - rises)]
        for way in (0, 1):
            each = np.where(ring.of_against, ways[1 - way], ways[way])
            self.prices[way][: ring.against.size] = (
                each if ring.is_plain else np.add.reduceat(each, ring.starts[:-1], axis=0)
            )

    def find(self) -> None:
        """Marks as safe what changes in an exchange of hidden counts only."""
        costless = (self.prices == 0).astype(np.float32)
        done = np.zeros(costless.shape[1:], np.bool_)
        for here, there in (costless, costless[::-1]):
            # for two members: in how many parts the one can undo what the other then does again
            common = there @ here.T
            np.fill_diagonal(common, 0)
            several, one = (((common > least).astype(np.float32) @ there) > 0 for least in (1, 0))
            done = done | ((here > 0) & (several | (one & (there == 0))))
        safe = np.zeros(self.table.unsafe.shape[2:], bool)
        np.logical_or.at(
            safe, self.ring.bodies, np.repeat(done[: self.ring.against.size], self.ring.sizes, axis=0)
        )
        for period, count in zip(*self.move.proves, strict=True):
            self.table.unsafe[period, count] &= ~safe

    def _unsafe(self) -> Flags:
        """Members × parts that hold something unsafe."""
        left = np.logical_or.reduce(self.table.unsafe[self.move.proves])
        found: Flags = np.logical_or.reduceat(left[self.ring.bodies], self.ring.starts[:-1], axis=0)
        return found

    def prices_of_unsafe(self) -> Reals:
        """By member and part that hold something unsafe the price of the cheapest exchange; else infinite."""
        possible = np.logical_or.reduce(np.isfinite(self.prices))[: self.ring.against.size]
        wanted = self._unsafe() & possible
        found = np.full(wanted.shape, NEVER, np.float32)
        for part in map(int, np.flatnonzero(wanted.any(axis=0))):
            members = np.flatnonzero(wanted[:, part])
            for here, there in (self.prices, self.prices[::-1]):
                price = self._prices(members, part, here, there)
                found[members, part] = np.minimum(found[members, part], price)
        return found

    @staticmethod
    def _prices(members: Numbers, part: int, here: Reals, there: Reals) -> Reals:
        """The price of the cheapest exchange of a part by member: here it goes one way, there the other."""
        others = there[:, part][:, None] + here
        others[:, part] = NEVER
        # the cheapest other member by part, and the next one where that is the member itself
        parts, first = np.arange(others.shape[1]), others.argmin(axis=0)
        cheapest = others[first, parts]
        others[first, parts] = NEVER
        least = np.where(first == members[:, None], others.min(axis=0), cheapest)
        price: Reals = (least + (there[members] + here[members, part][:, None])).min(axis=1)
        return price

    def _best(self, member: int, part: int) -> tuple[float, int, int, int]:
        """The price of the cheapest exchange, its other member, its other part and which way it goes."""
        best = (float(NEVER), -1, -1, 0)
        for way, (here, there) in enumerate((self.prices, self.prices[::-1])):
            if np.isfinite(here[member, part]):
                total = there[:, part][:, None] + here + (there[member] + here[member, part])[None, :]
                total[member] = total[:, part] = NEVER
                place = int(total.argmin())
                if total.flat[place] < best[0]:
                    best = (float(total.flat[place]), *divmod(place, total.shape[1]), way)
        return best

    def buy(self, member: int, part: int) -> None:
        """Hides what the cheapest exchange takes, if one is to be had."""
        price, other, with_it, way = self._best(member, part)
        if price < NEVER:
            self._take((member, other), (part, with_it), way)

    def _take(self, members: tuple[int, int], parts: tuple[int, int], way: int) -> None:
        """Hides what an exchange changes, without the labels that bar it this way.

        The first part of the first member makes the move this way, what lies beside it the other.
        """
        ring, table = self.ring, self.table
        one, other = map(ring.of, members)
        bodies = np.concatenate([one, other])
        # a member that runs against the others makes the opposite move
        against = np.array([ring.runs_against(members[0]), not ring.runs_against(members[1])])
        is_opposite = np.repeat(against, [one.size, other.size])[:, None] ^ np.array([way, 1 - way], bool)
        cells = self._cells((self.move.periods, self.move.counts), bodies, parts)
        values, falls = table.values[cells], (self.move.signs < 0)[:, None, None] ^ is_opposite
        barred = np.where(falls, values == SMALLEST, values == LARGEST)
        table.price[cells] = 0
        table.label[cells] = np.where(barred, 0, table.label[cells])
        self.changes[:, *cells] = _change_prices(values, table.price[cells], table.label[cells])
        table.unsafe[self._cells(self.move.proves, bodies, parts)] = False

    @staticmethod
    def _cells(cells: tuple[Numbers, Numbers], bodies: Numbers, parts: tuple[int, int]) -> CellsOfParts:
        periods, counts = (column[:, None, None] for column in cells)
        return periods, counts, bodies[:, None], np.array(parts)

    def proved(self) -> Cells:
        """The cells that exchanges make safe, as indices of the table: cells of the move × bodies."""
        periods, counts = (column[:, None] for column in self.move.proves)
        return periods, counts, self.ring.bodies[None, :]
