"""Which cells of a table must be hidden so that nobody can work out a small one: arrays only, no data base.

A cell is a count; a *sum* is an equation between cells whose right side everybody knows. The method is cell
suppression as in Willenborg and de Waal, Elements of Statistical Disclosure Control (2001), chapters 6 and
9, and Hundepool and others, Handbook on Statistical Disclosure Control (2010), chapter 4: the small cells go
(primary), then others with them (complementary) until no small one can be recovered. Every result carries
its own proof: a second table that agrees with everything shown and differs in every protected cell. All
hidden cells are above 0, so the true table and the second one can be mixed without any cell falling below 0:
linear programming recovers no more than linear algebra does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array, eye_array
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import LinearOperator, cg

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Reals = NDArray[np.float64]

SMALLEST, LARGEST = 1, 4
# The proof moves a protected cell by at least this much (its wishes are of size 1) …
MOVED = 1e-2
# … while no sum changes by more than this: what sums determine moves by at most this for each sum it takes.
BALANCED = 1e-5
# So often a cell that the proof could not move gets the cheapest company, before it gets all there is.
PATIENCE = 2
# More often than this never happened; then nothing is published.
LAST = 40
# A cell is proven among its neighbours within so many sums; only then among all.
HOPS = (3, 6)
# Rounds of tying cells together before the projection; later ones find little.
CONTRACTIONS = 4
SEED = 20_251_101


@dataclass(frozen=True)
class Sums:
    """The equations: one row each, one column per cell, entries 1, -1 or 0."""

    signs: csr_array

    @cached_property
    def of_cell(self) -> csr_array:
        """The same matrix by cell: row = cell, columns = the sums it stands in."""
        return csr_array(self.signs.T)

    @cached_property
    def sizes(self) -> csr_array:
        """The matrix without signs."""
        return csr_array((np.ones(self.signs.nnz), self.signs.indices, self.signs.indptr), self.signs.shape)

    def touching(self, cells: Numbers) -> Numbers:
        """The sums in which any of these cells stands, ascending."""
        return np.unique(self.of_cell[cells].indices).astype(np.int64)

    def inside(self, sums: Numbers) -> Numbers:
        """The cells that stand in any of these sums, ascending."""
        return np.unique(self.signs[sums].indices).astype(np.int64)

    def telling(self, unknown: Flags, sums: Numbers) -> Numbers:
        """Of `sums`, those with exactly one unknown cell."""
        found: Numbers = sums[self.sizes[sums] @ unknown.astype(float) == 1]
        return found


@dataclass
class Hiding:
    """What becomes of each cell, as flags.

    `hidden` is not shown; of these, `labelled` may be told to be 1 to 4. `known` is known to everybody
    whatever is hidden; `protected` are the small ones that nobody may find out, `moved` those that the proof
    has moved. `failures` counts the proofs that did not move a cell; `searched` tells that `known` is
    complete.
    """

    hidden: Flags
    labelled: Flags
    known: Flags
    protected: Flags
    moved: Flags = field(init=False)
    failures: Numbers = field(init=False)
    searched: bool = False

    def __post_init__(self) -> None:
        self.moved = np.zeros_like(self.hidden)
        self.failures = np.zeros(self.hidden.size, np.int64)


def hide(values: Numbers, sums: Sums, public: Flags, secret: Flags) -> Hiding:
    """The cells to hide, given the true values, the sums, the cells public anyway and those never published.

    A cell that is 0 is shown, so it tells nothing new. `secret` cells are not protected; they only
    keep sums from being known. Where one is 0 it is taken as known when others are protected, but not when
    it is judged what is known to everybody.
    """
    told = known_anyway(sums, ~public & ((values > 0) | secret))
    small = (values >= SMALLEST) & (values <= LARGEST) & ~told & ~public & ~secret
    loose = secret & (values > 0) & ~told
    state = Hiding(small | loose, small.copy(), (told | public | (values == 0)) & ~loose, small)
    generator = np.random.default_rng(SEED)
    todo = np.arange(sums.signs.shape[0])
    while todo.size:
        complement(values, sums, state, todo)
        todo = prove(values, sums, state, generator)
    return state


def known_anyway(sums: Sums, unknown: Flags) -> Flags:
    """Of the unknown cells, those that follow one after the other from what is known, each from one sum."""
    left = unknown.copy()
    todo = np.arange(sums.signs.shape[0])
    while todo.size:
        cells = sums.inside(sums.telling(left, todo))
        cells = cells[left[cells]]
        left[cells] = False
        todo = sums.touching(cells)
    return unknown & ~left


def complement(values: Numbers, sums: Sums, state: Hiding, todo: Numbers) -> None:
    """Hides further cells in `state` until no sum of `todo`, nor one they lead to, tells a hidden cell."""
    while todo.size:
        chosen = cheapest(values, sums, state, sums.telling(state.hidden, todo))
        state.hidden[chosen] = True
        todo = sums.touching(chosen)


def cheapest(values: Numbers, sums: Sums, state: Hiding, found: Numbers) -> Numbers:
    """For each of the sums `found` the shown cell that costs least to hide, where there is one.

    Small counts are cheap, and one that serves several sums at once is cheaper. Ties go by the order of the
    cells.
    """
    part = sums.signs[found]
    owner = np.repeat(np.arange(found.size), np.diff(part.indptr))
    free = ~(state.hidden | state.known)[part.indices]
    cells, owner = part.indices[free].astype(np.int64), owner[free]
    served = np.bincount(cells, minlength=values.size)[cells]
    cost = np.round(16 * np.log2(values[cells])) - 24 * (served - 1)
    order = np.lexsort((cells, cost, owner))
    return np.unique(cells[order[np.unique(owner[order], return_index=True)[1]]])


def prove(values: Numbers, sums: Sums, state: Hiding, generator: np.random.Generator) -> Numbers:
    """Tries the proof; where it fails, more is hidden. Returns the sums concerned, none if it succeeds."""
    if not state.moved.any():
        cells = np.flatnonzero(state.hidden)
        wish = generator.uniform(0.5, 1.5, cells.size) * generator.choice([-1, 1], cells.size)
        move = second_table(_system(sums, cells), wish)
        state.moved[cells] = np.abs(move) >= MOVED
        _unlabel(values[cells], cells, move, state)
    left = np.flatnonzero(state.protected & ~state.moved)
    # alone and among their neighbours, all others held: what moves so moves; what does not may from afar
    for hops in HOPS:
        left = _left(sums, state, left, hops, generator)
    state.failures[left] += 1
    if not state.searched and (state.failures[left] > PATIENCE).any():
        return _search(sums, state, left, generator)
    return _hide_more(values, sums, state, left) if left.size else left


def _left(sums: Sums, state: Hiding, left: Numbers, hops: int, generator: np.random.Generator) -> Numbers:
    """Of `left`, what does not move when only hidden cells within so many sums of them may."""
    if not left.size:
        return left
    cells = left
    for _ in range(hops):
        around = sums.inside(sums.touching(cells))
        cells = around[state.hidden[around]]
    wish = np.where(np.isin(cells, left), generator.uniform(0.5, 1.5, cells.size), 0)
    move = second_table(_system(sums, cells), wish)
    state.moved[cells[np.abs(move) >= MOVED]] = True
    return left[~state.moved[left]]


def _search(sums: Sums, state: Hiding, left: Numbers, generator: np.random.Generator) -> Numbers:
    """Finds which of `left` are known even if all that is not 0 were hidden, and shows them.

    Returns the sums to look at again.
    """
    cells = np.flatnonzero(~state.known)
    wanted = np.isin(cells, left)
    wish = np.where(wanted, generator.uniform(0.5, 1.5, cells.size), 0)
    told = cells[wanted & (np.abs(second_table(_system(sums, cells), wish)) < MOVED)]
    state.known[told] = True
    state.hidden[told] = state.labelled[told] = state.protected[told] = False
    state.searched = True
    return sums.touching(left)


def _unlabel(values: Numbers, cells: Numbers, move: Reals, state: Hiding) -> None:
    """Labels stay where the move goes up from 1 or down from 4: 2 and 3 can go both ways, as all without
    label.
    """
    wrong = ((values == SMALLEST) & (move < MOVED)) | ((values == LARGEST) & (move > -MOVED))
    state.labelled[cells[wrong]] = False


def _hide_more(values: Numbers, sums: Sums, state: Hiding, cells: Numbers) -> Numbers:
    """Hides the cheapest in every sum of these cells, and further and further away where that did not help.

    Returns the sums to look at again. Raises ArithmeticError if nothing is left to hide.
    """
    found, around = sums.touching(cells), cells[state.failures[cells] > PATIENCE]
    chosen = cheapest(values, sums, state, found)
    for _ in range(int(state.failures[around].max(initial=PATIENCE)) - PATIENCE):
        around = sums.inside(sums.touching(around))
        around = around[~state.known[around]]
    chosen = np.union1d(chosen, cheapest(values, sums, state, sums.touching(around)))
    if (state.failures[cells] > LAST).any():
        raise ArithmeticError("No proof was found that no small number can be worked out.")
    state.hidden[chosen] = True
    return sums.touching(np.concatenate([chosen, cells]))


def _system(sums: Sums, cells: Numbers) -> csr_array:
    """The sums with these cells as the only unknowns; those without any are left out."""
    by_cell = sums.of_cell[cells]
    used, column = np.unique(by_cell.indices, return_inverse=True)
    narrow = csr_array((by_cell.data, column, by_cell.indptr), (cells.size, used.size))
    return csr_array(narrow.T)


def second_table(part: csr_array, wish: Reals) -> Reals:
    """A move of the unknown cells that changes no sum, near to `wish`.

    Added to the true table in a small measure it gives another table with the same sums; a cell that it
    moves is therefore not determined. Raises ArithmeticError if a sum does change.
    """
    ties = tied(part)
    core = csr_array(part @ ties)
    core.eliminate_zeros()
    core = core[np.flatnonzero(np.diff(core.indptr))]
    members = np.maximum(np.asarray(abs(ties).sum(axis=0)).ravel(), 1)
    move: Reals = ties @ _projected(core, (ties.T @ wish) / members)
    if np.abs(part @ move).max(initial=0) > 2 * BALANCED:
        raise ArithmeticError("The proof that no small number can be worked out did not converge.")
    return move


def _projected(core: csr_array, wish: Reals) -> Reals:
    """The nearest vector to `wish` that `core` takes to 0: conjugate gradients on the normal equations."""
    transposed = csr_array(core.T)
    scale = 1 / np.asarray((core * core).sum(axis=1)).ravel()
    shape = (core.shape[0], core.shape[0])
    normal = LinearOperator(shape, matvec=lambda y: core @ (transposed @ y), dtype=np.float64)
    diagonal = LinearOperator(shape, matvec=lambda y: scale * y, dtype=np.float64)
    if not core.shape[0]:
        return wish
    y, _ = cg(normal, core @ wish, rtol=0, atol=BALANCED, maxiter=10_000, M=diagonal)
    projected: Reals = wish - transposed @ y
    return projected


def tied(part: csr_array) -> csr_array:
    """Cells × classes, entries 1, -1, 0: cells that sums of two unknowns tie to one another move as one.

    Found as the connected components of a graph with two nodes for each cell, its move and the opposite move.
    A cell tied to its own opposite cannot move: its row is empty.
    """
    ties = csr_array(eye_array(part.shape[1], format="csr"))
    for _ in range(CONTRACTIONS):
        core = csr_array(part @ ties)
        core.eliminate_zeros()
        two = core[np.flatnonzero(np.diff(core.indptr) == 2)]
        a, b = two.indices.reshape(-1, 2).T.astype(np.int64)
        first, second = two.data.reshape(-1, 2).T
        even = np.abs(first) == np.abs(second)
        if not even.any():
            break
        ties = csr_array(ties @ _classes(a[even], b[even], (first == second)[even], core.shape[1]))
    return ties


def _classes(a: Numbers, b: Numbers, opposed: Flags, size: int) -> csr_array:
    """Members × classes of the relation "a moves like b, or against it where `opposed`"."""
    ends = np.concatenate([np.where(opposed, b + size, b), np.where(opposed, b, b + size)])
    graph = csr_array((np.ones(ends.size), (np.concatenate([a, a + size]), ends)), (2 * size, 2 * size))
    label = connected_components(graph, directed=False)[1]
    here, there = label[:size], label[size:]
    free = here != there
    classes, column = np.unique(np.minimum(here, there)[free], return_inverse=True)
    data = np.where(here < there, 1.0, -1.0)[free]
    return csr_array((data, (np.flatnonzero(free), column)), (size, classes.size))
