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
    Cells = tuple[Numbers, Numbers, Numbers, Numbers]

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

    def change_prices(self) -> Reals:
        """What it costs to let each count fall by one, and to let it rise by one."""
        return np.stack(_change_prices(self.values, self.price, self.label))


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
    changes = table.change_prices()
    while table.unsafe.any():
        for move, ring in _useful(table, rings, moves, np.float32(0)):
            Search(table, changes, rings[ring], moves[move]).find()
        offers, offered = _offers(table, changes, rings, moves)
        hopeless |= table.unsafe & ~offered
        table.unsafe &= offered
        for offer in sorted(offers):
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
    found: list[Offer] = []
    for move, ring in _useful(table, rings, moves, DEAREST):
        search = Search(table, changes, rings[ring], moves[move])
        for member, part, price in search.offers():
            cells = search.proved(member, part)
            better = table.unsafe[cells] & (best[cells] > price)
            if better.any():
                best[cells] = np.where(better, price, best[cells])
                number[cells] = np.where(better, len(found), number[cells])
                found.append(Offer(price, move, ring, member, part))
    offered = number >= 0
    return {found[nth] for nth in np.unique(number[offered])}, offered


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

    def offers(self) -> Iterator[tuple[int, int, float]]:
        """Members and parts that hold something unsafe, with the price of the cheapest exchange there is."""
        possible = np.logical_or.reduce(np.isfinite(self.prices))[: self.ring.against.size]
        for member, part in np.argwhere(self._unsafe() & possible):
            price = self._best(member, part)[0]
            if price < NEVER:
                yield int(member), int(part), price

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
        """Hides what the cheapest exchange takes, if something in it still is unsafe and one is to be had."""
        if self.table.unsafe[self.proved(member, part)].any():
            price, other, with_it, way = self._best(member, part)
            if price < NEVER:
                for one in (member, other):
                    for place in (part, with_it):
                        self._take(one, place, way ^ (one == other) ^ (place == with_it))

    def _take(self, member: int, part: int, way: int) -> None:
        """Hides what the move changes of one part of one member, without the labels that bar it this way."""
        cells = self._cells((self.move.periods, self.move.counts), member, part)
        # a member that runs against the others makes the opposite move
        signs = self.move.signs[:, None] * (1 - 2 * (way ^ self.ring.runs_against(member)))
        values = self.table.values[cells]
        barred = np.where(signs < 0, values == SMALLEST, values == LARGEST)
        self.table.price[cells] = 0
        self.table.label[cells] = np.where(barred, 0, self.table.label[cells])
        self.changes[:, *cells] = _change_prices(values, self.table.price[cells], self.table.label[cells])
        self.table.unsafe[self.proved(member, part)] = False

    def proved(self, member: int, part: int) -> Cells:
        """The cells that an exchange with this member and part makes safe, as indices of the table."""
        return self._cells(self.move.proves, member, part)

    def _cells(self, cells: tuple[Numbers, Numbers], member: int, part: int) -> Cells:
        periods, counts = (column[:, None] for column in cells)
        return periods, counts, self.ring.of(member)[None, :], np.array(part)
