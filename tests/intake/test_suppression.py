"""The suppressed breakdown, attacked: no hidden count of 1 to 4 can be had by adding and subtracting.

The attacker shares no code with the suppression. It knows the published breakdown, the public counts of whole
offices and every sum between counts, items, months, quarters, years, offices and areas.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array

from dunghen.intake import suppression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

PARENTS = {"P": None, "P-1": "P", "P-2": "P", "P-2-1": "P-2"}
FLOWS = (
    "received_online",
    "received_offline",
    "received",
    "early",
    "on_due_date",
    "on_time",
    "late",
    "resolved",
)
STOCKS = ("in_progress", "overdue", "open_total")
TOLD = (*FLOWS, *STOCKS, "carried_over")
WHOLES = {
    "received": ("received_online", "received_offline"),
    "on_time": ("early", "on_due_date"),
    "resolved": ("on_time", "late"),
    "open_total": ("in_progress", "overdue"),
}
NEVER_TOLD = "closed_otherwise"
# Procedures are told of it alone.
WHOLE_AREA = ("P", "area")
PROCEDURES = {"A1": "A", "A2": "A", "B1": "B", "C1": "C", "C2": "C"}
# Dossiers of a field without a procedure that is known.
BESIDE = {"A0": "A", "B0": "B", "C0": "C"}
CHANNELS = ("online", "in_person", "postal")
MONTH, QUARTER, YEAR = 1, 3, 12
KINDS = {MONTH: "month", QUARTER: "quarter", YEAR: "year"}
LENGTHS = {kind: length for length, kind in KINDS.items()}
FIRST_YEAR = 2024

Row = tuple[str, str, int, int, str, str]  # authority, coverage, months long, first month, dimension, item
Cell = tuple[Row, str]


@dataclass
class Dossier:
    """One dossier: where, what, the months in which it came, fell due and ended, and how late it was."""

    office: str
    procedure: str
    channel: str
    received: int
    due: int
    ended: int | None
    ending: str
    days_late: str = "1"


@dataclass
class World:
    """What the attacker is told by anybody: rows, public wholes, and the months there are."""

    counts: dict[Cell, int]
    months: int
    rows: set[Row] = field(default_factory=set)


def items(dossier: Dossier) -> Iterator[tuple[str, str]]:
    yield "field", (PROCEDURES | BESIDE)[dossier.procedure]
    yield ("procedure" if dossier.procedure in PROCEDURES else "beside"), dossier.procedure
    yield "channel", dossier.channel


def bodies(office: str) -> Iterator[tuple[str, str]]:
    yield office, "own"
    above: str | None = office
    while above:
        yield above, "area"
        above = PARENTS[above]


def periods(months: int, lengths: Iterable[int]) -> Iterator[tuple[int, int]]:
    for length in lengths:
        yield from ((length, first) for first in range(0, months, length))


def told_of(dimension: str, length: int) -> tuple[str, ...]:
    """The counts that are published of the parts of a dimension in periods of a length."""
    if dimension in ("procedure", "beside"):
        return ("received", "on_time", "late", "resolved") if length == YEAR else ()
    if dimension == "days_late":
        return ("dossiers",) if length == YEAR else ()
    return TOLD if length == YEAR and dimension == "field" else FLOWS


def counted(dossiers: list[Dossier], months: int) -> dict[Cell, int]:
    """The breakdown of periods that are over, counted the plain way."""
    counts: dict[Cell, int] = defaultdict(int)
    for dossier in dossiers:
        for (body, coverage), (length, first) in product(bodies(dossier.office), periods(months, KINDS)):
            end = first + length
            if end > months:
                continue
            for dimension, item in items(dossier):
                if told_of(dimension, length):
                    for count in counts_of(dossier, first, end):
                        counts[(body, coverage, length, first, dimension, item), count] += 1
            if length == YEAR and dossier.ending == "late" and first <= (dossier.ended or 0) < end:
                counts[(body, coverage, length, first, "days_late", dossier.days_late), "dossiers"] += 1
    return counts


def counts_of(dossier: Dossier, start: int, end: int) -> Iterator[str]:
    """The counts of the period from month `start` to before month `end` that a dossier adds one to."""
    if start <= dossier.received < end:
        yield "received"
        yield "received_online" if dossier.channel == "online" else "received_offline"
    open_at = [
        dossier.received < day and (dossier.ended is None or dossier.ended >= day) for day in (start, end)
    ]
    if open_at[0]:
        yield "carried_over"
    if open_at[1]:
        yield "open_total"
        yield "overdue" if dossier.due < end else "in_progress"
    if dossier.ended is not None and start <= dossier.ended < end:
        if dossier.ending == "otherwise":
            yield NEVER_TOLD
        else:
            yield dossier.ending
            yield "resolved"
            if dossier.ending != "late":
                yield "on_time"


def month_day(month: int) -> str:
    return f"{FIRST_YEAR + month // 12}-{month % 12 + 1:02}-01"


def as_record(row: Row, counts: dict[Cell, int], begin: int) -> list[Any]:
    """A row as the roll-ups have it; `begin` is the month in which the figures of its body begin."""
    authority, coverage, length, first, dimension, item = row
    end = first + length
    filled = dimension != "days_late"
    values = [
        counts.get((row, count), 0) if filled else None for count in (*TOLD, NEVER_TOLD, "undated_open")
    ]
    dossiers = None if filled else counts[row, "dossiers"]
    return [
        authority,
        coverage,
        KINDS[length],
        month_day(max(first, begin)),
        month_day(end),
        dimension,
        item,
        *values,
        dossiers,
    ]


def published(counts: dict[Cell, int]) -> tuple[dict[Row, dict[str, Any]], suppression.Suppressed]:
    """The suppressed breakdown by row."""
    with duckdb.connect() as connection:
        columns = ", ".join(f"{count} BIGINT" for count in (*TOLD, NEVER_TOLD, "undated_open", "dossiers"))
        connection.execute(
            "CREATE TABLE counted (authority_code VARCHAR, coverage VARCHAR, period_kind VARCHAR, "
            f"first_day DATE, last_day DATE, dimension VARCHAR, item VARCHAR, {columns})"
        )
        rows = sorted({row for row, _ in counts if row[4] != "beside"})
        begin = {
            body: min(row[3] for row in rows if row[:2] == body and row[2] == MONTH)
            for body in {row[:2] for row in rows}
        }
        connection.executemany(
            "INSERT INTO counted VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [as_record(row, counts, begin[row[:2]]) for row in rows],
        )
        connection.execute("UPDATE counted SET last_day = last_day - 1")
        connection.execute("CREATE TABLE tree (parent_code VARCHAR, child_code VARCHAR)")
        connection.executemany("INSERT INTO tree VALUES (?, ?)", [(p, c) for c, p in PARENTS.items() if p])
        connection.execute("CREATE TABLE nesting (procedure_code VARCHAR, field VARCHAR)")
        connection.executemany("INSERT INTO nesting VALUES (?, ?)", list(PROCEDURES.items()))
        done = suppression.suppress(connection, "counted", "breakdown", tree="tree", nesting="nesting")
        found = connection.execute("FROM breakdown")
        names = [column[0] for column in found.description or []]
        records = [dict(zip(names, values, strict=True)) for values in found.fetchall()]
    answer = {}
    for record in records:
        first = record["first_day"]
        length = LENGTHS[record["period_kind"]]
        month = (12 * (first.year - FIRST_YEAR) + first.month - 1) // length * length
        answer[
            record["authority_code"],
            record["coverage"],
            length,
            month,
            record["dimension"],
            record["item"],
        ] = record
    return answer, done


Equation = tuple[dict[Cell, int], int]


def equations(world: World) -> Iterator[Equation]:
    """Every sum that everybody knows: signs of cells, and what they add up to."""
    yield from sums_of_items(world)
    for row in world.rows:
        if row[4] != "days_late":
            yield from sums_in_row(row)
            yield from sums_over_time(world, row)
        if row[1] == "area" and row[4] != "procedure":
            yield from sums_over_places(world, row)
        if row[4] == "field" and row[2] == YEAR and row[:2] == WHOLE_AREA:
            yield from (nested(world, row, count) for count in told_of("procedure", YEAR))


def counts_in(row: Row) -> tuple[str, ...]:
    told = told_of(row[4], row[2])
    return (*told, NEVER_TOLD) if "open_total" in told else told


def sums_of_items(world: World) -> Iterator[Equation]:
    groups = defaultdict(list)
    for row in world.rows:
        # those of procedures follow from their fields; beside them is what has none
        if row[4] != "procedure":
            groups[row[:5]].append(row)
    for rows in groups.values():
        for count in counts_in(rows[0]):
            yield (
                dict.fromkeys(((row, count) for row in rows), 1),
                sum(world.counts.get((r, count), 0) for r in rows),
            )
        if rows[0][4] == "channel":
            for row, count in product(rows, ("received", "received_online", "received_offline")):
                yield {(row, count): 1}, world.counts.get((row, count), 0)


def sums_in_row(row: Row) -> Iterator[Equation]:
    told = counts_in(row)
    for whole, parts in WHOLES.items():
        if {whole, *parts} <= set(told):
            yield {(row, whole): -1} | dict.fromkeys(((row, part) for part in parts), 1), 0
    if row[4] == "procedure":
        yield {(row, "resolved"): -1, (row, "on_time"): 1, (row, "late"): 1}, 0
    if NEVER_TOLD in told:
        came, went = ("carried_over", "received"), ("resolved", "open_total", NEVER_TOLD)
        yield dict.fromkeys(((row, c) for c in came), 1) | dict.fromkeys(((row, c) for c in went), -1), 0


def total(world: World, whole: Cell, parts: Iterable[Cell]) -> Equation:
    there = [part for part in parts if part[0] in world.rows]
    return {whole: -1} | dict.fromkeys(there, 1), 0


def sums_over_time(world: World, row: Row) -> Iterator[Equation]:
    body, coverage, length, first, dimension, item = row
    if length == YEAR and "carried_over" in counts_in(row) and first >= YEAR:
        before = (body, coverage, length, first - length, dimension, item)
        yield total(world, (row, "carried_over"), [(before, "open_total")])
    if length == YEAR and "carried_over" in counts_in(row) and first + 2 * length <= world.months:
        after = (body, coverage, length, first + length, dimension, item)
        yield total(world, (row, "open_total"), [(after, "carried_over")])
    if length > MONTH and dimension != "procedure":
        part = MONTH if length == QUARTER else QUARTER
        shorter = [(body, coverage, part, first + n, dimension, item) for n in range(0, length, part)]
        for count in FLOWS:
            yield total(world, (row, count), [(one, count) for one in shorter])


def sums_over_places(world: World, row: Row) -> Iterator[Equation]:
    body, _, *rest = row
    parts = [(body, "own", *rest)] + [
        (child, "area", *rest) for child, above in PARENTS.items() if above == body
    ]
    for count in counts_in(row):
        yield total(world, (row, count), ((part, count) for part in parts))  # type: ignore[misc]


def nested(world: World, row: Row, count: str) -> Equation:
    procedures = [name for name, of in PROCEDURES.items() if of == row[5]]
    signs, right = total(
        world, (row, count), ((((*row[:4], "procedure", name)), count) for name in procedures)
    )
    beside = [(((*row[:4], "beside", name)), count) for name, of in BESIDE.items() if of == row[5]]
    return signs | dict.fromkeys(beside, 1), right


@dataclass
class Attack:
    """The unknown cells of a publication and what is known of them."""

    unknown: list[Cell]
    system: list[Equation]


def attack_on(world: World, shown: dict[Row, dict[str, Any]]) -> Attack:
    """Puts everything shown into the equations; what is left is unknown."""
    cells = [(row, count) for row in world.rows for count in counts_in(row)]
    values = {(row, count): shown.get(row, {}).get(count) for row, count in cells}
    known = {cell: int(value) for cell, value in values.items() if value is not None}
    system = []
    for signs, right in equations(world):
        left = {cell: sign for cell, sign in signs.items() if cell not in known}
        rest = right - sum(sign * known[cell] for cell, sign in signs.items() if cell in known)
        if left:
            system.append((left, rest))
        else:
            assert rest == 0, f"a sum does not hold: {signs}"
    asked = {cell for signs, _ in system for cell in signs}
    return Attack(sorted((set(cells) | asked) - set(known)), system)


def by_elimination(attack: Attack) -> dict[Cell, Fraction]:
    """The cells that linear algebra alone determines: exact Gauss-Jordan elimination, sparse rows."""
    pivots: dict[Cell, tuple[dict[Cell, Fraction], Fraction]] = {}
    holders: dict[Cell, set[Cell]] = defaultdict(set)
    for signs, right in sorted(attack.system, key=lambda equation: len(equation[0])):
        row, value = {cell: Fraction(sign) for cell, sign in signs.items()}, Fraction(right)
        for cell in [cell for cell in row if cell in pivots]:
            value -= add_to(row, pivots[cell][0], -row[cell]) * pivots[cell][1]
        if not row:
            assert value == 0
            continue
        pivot = min(row, key=lambda cell: (len(holders[cell]), cell))
        factor = row[pivot]
        row, value = {cell: sign / factor for cell, sign in row.items()}, value / factor
        for other in list(holders[pivot]):
            other_row, other_value = pivots[other]
            factor = other_row[pivot]
            before = set(other_row)
            add_to(other_row, row, -factor)
            pivots[other] = (other_row, other_value - factor * value)
            for cell in before ^ set(other_row):
                (holders[cell].add if cell in other_row else holders[cell].discard)(other)
        pivots[pivot] = (row, value)
        for cell in row:
            holders[cell].add(pivot)
    return {cell: value for cell, (row, value) in pivots.items() if len(row) == 1}


def add_to(row: dict[Cell, Fraction], other: dict[Cell, Fraction], factor: Fraction) -> Fraction:
    for cell, sign in other.items():
        total = row.get(cell, Fraction(0)) + factor * sign
        if total:
            row[cell] = total
        else:
            row.pop(cell, None)
    return -factor


def labelled(shown: dict[Row, dict[str, Any]]) -> set[Cell]:
    """The counts that are said to be 1 to 4."""
    return {
        (row, count)
        for row, record in shown.items()
        if record.get("under_5")
        for count in record["under_5"].split(",")
    }


def by_bounds(attack: Attack, cells: list[Cell], labels: set[Cell]) -> list[Cell]:
    """Of these cells those that linear programs determine.

    They know also that no count is below 0 and that those with a label are 1 to 4.
    """
    place = {cell: nth for nth, cell in enumerate(attack.unknown)}
    entries = [
        (n, place[cell], sign) for n, (signs, _) in enumerate(attack.system) for cell, sign in signs.items()
    ]
    rows, columns, signs = zip(*entries, strict=True)
    sums: Any = csr_array((signs, (rows, columns)), (len(attack.system), len(place)))
    wholes = np.array([right for _, right in attack.system])
    bounds: Any = [(1, 4) if cell in labels else (0, None) for cell in attack.unknown]
    found = []
    for cell in cells:
        wish = np.zeros(len(place))
        wish[place[cell]] = 1
        ends = [linprog(way * wish, A_eq=sums, b_eq=wholes, bounds=bounds).fun for way in (1, -1)]
        # without an upper end it is not determined
        if sum(np.inf if end is None else -end for end in ends) < 1e-6:
            found.append(cell)
    return found


def hidden_small(world: World, attack: Attack) -> list[Cell]:
    """The counts of 1 to 4 that are not shown, those that are never told among them."""
    return [cell for cell in attack.unknown if 1 <= world.counts.get(cell, 0) <= 4]


def random_dossier(
    generator: np.random.Generator, months: int, offices: list[str], procedures: list[str]
) -> Dossier:
    received = int(generator.integers(0, months))
    ended = received + int(generator.geometric(0.6)) - 1
    kinds = ("early", "on_due_date", "late", "otherwise")
    ending = str(generator.choice(kinds, p=(0.6, 0.2, 0.15, 0.05)))
    due = ended if ending != "late" else max(received, ended - int(generator.integers(0, 2)))
    return Dossier(
        office=str(generator.choice(offices)),
        procedure=procedures[min(int(generator.geometric(0.5)) - 1, len(procedures) - 1)],
        channel=str(generator.choice(CHANNELS, p=(0.6, 0.3, 0.1))),
        received=received,
        due=due,
        ended=ended if ended < months else None,
        ending=ending,
        days_late=str(generator.choice(["1", "2-3", "4-7"])),
    )


def dossiers_of(seed: int, months: int, size: int) -> list[Dossier]:
    """So many dossiers of a province, two offices below it and one below these."""
    generator = np.random.default_rng(seed)
    return [random_dossier(generator, months, list(PARENTS), list(PROCEDURES)) for _ in range(size)]


@cache
def world_of(seed: int, months: int, size: int) -> World:
    return world_at(dossiers_of(seed, months, size), months)


@cache
def published_of(
    seed: int, months: int, size: int
) -> tuple[dict[Row, dict[str, Any]], suppression.Suppressed]:
    """What is published of such a world: several tests ask for the same one."""
    return published(world_of(seed, months, size).counts)


def world_at(dossiers: list[Dossier], months: int) -> World:
    """What can be counted of the dossiers after so many months."""
    counts = counted(dossiers, months)
    rows = {
        row for row, _ in counts if row[4] != "beside" and (row[4] != "procedure" or row[:2] == WHOLE_AREA)
    }
    return World(counts, months, rows)


def without(world: World, hidden: Callable[[int], bool]) -> dict[Row, dict[str, Any]]:
    """The rows of a world with the counts that `hidden` names left out."""
    return {
        row: {
            count: value
            for count in counts_in(row)
            if count != NEVER_TOLD and not hidden(value := world.counts.get((row, count), 0))
        }
        for row in world.rows
    }


def told(world: World, shown: dict[Row, dict[str, Any]]) -> set[Cell]:
    """The hidden counts of 1 to 4 that the attacker finds, but for those that no hiding could keep.

    Those are the ones that follow from public wholes alone. A row that is not there is all 0.
    """
    there = World(world.counts, world.months, set(shown))
    attack = attack_on(there, shown)
    lost = by_elimination(attack_on(there, of_empty_wholes(there)))
    return (set(by_elimination(attack)) & set(hidden_small(there, attack))) - set(lost)


def of_empty_wholes(world: World) -> dict[Row, dict[str, Any]]:
    """The counts that are 0 because the public count of the whole body is."""
    wholes: dict[tuple[Any, ...], int] = defaultdict(int)
    for (row, count), value in world.counts.items():
        wholes[row[:5], count] += value
    return {row: {count: 0 for count in counts_in(row) if not wholes[row[:5], count]} for row in world.rows}


# the smallest is attacked at every commit, all of them by the whole suite
LARGE = [(20, 26, 120), (3, 14, 200), (4, 4, 600), (5, 13, 900)]
WORLDS = [(0, 4, 110), *(pytest.param(*world, marks=pytest.mark.slow) for world in LARGE)]


@pytest.mark.parametrize(("seed", "months", "size"), WORLDS)
def test_no_hidden_small_count_can_be_had_by_subtraction(seed: int, months: int, size: int) -> None:
    world = world_of(seed, months, size)

    shown, _ = published_of(seed, months, size)

    assert told(world, shown) == set()


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "months", "size", "every"), [(4, 4, 600, 12), (5, 13, 900, 100)])
def test_no_hidden_small_count_can_be_had_by_knowing_that_none_is_below_0_and_what_labels_say(
    seed: int, months: int, size: int, every: int
) -> None:
    world = world_of(seed, months, size)
    shown, _ = published_of(seed, months, size)
    there = World(world.counts, world.months, set(shown))
    attack = attack_on(there, shown)
    labels = labelled(shown)
    cells = hidden_small(there, attack)[::every]

    found = by_bounds(attack, cells, labels)

    assert len(cells) > 20
    assert len(set(cells) & labels) > 10
    assert set(found) == set(by_bounds(attack_on(there, {}), found, set())), "not by public wholes alone"


@pytest.mark.slow
def test_labels_on_all_small_counts_would_tell_some_of_them() -> None:
    world = world_of(4, 4, 600)
    shown, _ = published_of(4, 4, 600)
    there = World(world.counts, world.months, set(shown))
    attack = attack_on(there, shown)
    small = hidden_small(there, attack)

    assert by_bounds(attack, sorted(set(small) - labelled(shown)), set(small))


@pytest.mark.parametrize(("seed", "months", "size"), WORLDS)
def test_what_is_said_to_be_under_5_is_1_to_4_and_most_of_these_are(
    seed: int, months: int, size: int
) -> None:
    world = world_of(seed, months, size)

    shown, _ = published_of(seed, months, size)

    labels = labelled(shown)
    small = {
        (row, count)
        for row, record in shown.items()
        for count in told_of(row[4], row[2])
        if record[count] is None and 1 <= world.counts.get((row, count), 0) <= 4
    }
    assert labels <= small
    assert len(labels) > 0.5 * len(small)


@pytest.mark.slow
@pytest.mark.parametrize("beside", [2, 40])
def test_dossiers_without_a_procedure_can_be_told_no_more_than_those_with_one(beside: int) -> None:
    """Of so many dossiers the procedure is not known: each field has it or the next one."""
    dossiers = dossiers_of(15, 12, 3000)
    for nth, dossier in enumerate(dossiers[:beside]):
        dossier.procedure = list(BESIDE)[nth % 3]
    world = world_at(dossiers, 12)
    shown, _ = published(world.counts)
    attack = attack_on(World(world.counts, world.months, set(shown)), shown)
    small = [(row, count) for row, count in hidden_small(world, attack) if row[4] in ("procedure", "beside")]

    assert small
    assert told(world, shown) == set()
    assert by_bounds(attack, small, labelled(shown)) == []


TWO_SNAPSHOTS = [
    *((6, 4, 300, ()), (7, 6, 300, ()), (8, 12, 120, ()), (9, 13, 200, ())),
    # somebody does a field for the first time in the last month
    *((11, 7, 150, tuple(PARENTS)), (12, 6, 600, ("P-1",)), (33, 4, 200, ("P-2-1",))),
]


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "months", "size", "late"), TWO_SNAPSHOTS)
def test_two_snapshots_a_month_apart_tell_no_more_than_one(
    seed: int, months: int, size: int, late: tuple[str, ...]
) -> None:
    dossiers = [
        one
        for one in dossiers_of(seed, months, size)
        if one.office not in late or PROCEDURES[one.procedure] == "A" or one.received == months - 1
    ]
    before, _ = published(counted(dossiers, months - 1))
    world = world_at(dossiers, months)
    after, _ = published(world.counts)

    both = {
        row: {**record, **told_in(before.get(row, nothing(row, before)))} for row, record in after.items()
    }

    assert set(before) <= set(after)
    assert told(world, both) == set()
    assert numbers(both) == numbers(after), "what was told is taken back"
    # a label may be taken back where very few dossiers are; who kept it must learn nothing by it
    taken_back = sorted(labelled(before) - labelled(after))
    attack = attack_on(World(world.counts, world.months, set(both)), both)
    assert by_bounds(attack, taken_back, labelled(before) | labelled(after)) == []


def numbers(shown: dict[Row, dict[str, Any]]) -> dict[Row, dict[str, Any]]:
    """The rows without the names of what is hidden."""
    return {
        row: {name: value for name, value in record.items() if name not in {"under_5", "hidden"}}
        for row, record in shown.items()
    }


def nothing(row: Row, shown: dict[Row, dict[str, Any]]) -> dict[str, int]:
    """What a row that is not there says where others of its body and period are: that all is 0."""
    is_told = any(one[:5] == row[:5] for one in shown)
    return dict.fromkeys(told_of(row[4], row[2]), 0) if is_told else {}


def told_in(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value is not None}


@pytest.mark.slow
def test_figures_that_begin_within_a_quarter_are_summed_up_with_the_others() -> None:
    """Their first quarter and year begin on another day, and are yet the same periods."""
    late_starter = "P-2-1"
    dossiers = [one for one in dossiers_of(10, 12, 400) if one.office != late_starter or one.received >= 4]
    world = world_at(dossiers, 12)

    shown, _ = published(world.counts)

    firsts = {(row[2], record["first_day"].month) for row, record in shown.items() if row[0] == late_starter}
    assert {(QUARTER, 5), (YEAR, 5)} <= firsts
    assert told(world, shown) == set()


@pytest.mark.slow
def test_months_of_an_area_whose_years_are_not_told_tell_no_more() -> None:
    """Where the area has open what no office has, its years by field and procedure are left out before."""

    def is_there(row: Row) -> bool:
        return row[:3] != (*WHOLE_AREA, YEAR) or row[4] in ("channel", "days_late")

    whole = world_of(3, 14, 600)
    counts = {cell: count for cell, count in whole.counts.items() if is_there(cell[0])}
    world = World(counts, 14, set(filter(is_there, whole.rows)))
    shown, _ = published(counts)
    there = World(counts, 14, set(shown))
    attack = attack_on(there, shown)
    cells = hidden_small(there, attack)[::60]

    found = by_bounds(attack, cells, labelled(shown))

    assert any(row[:3] == (*WHOLE_AREA, MONTH) and row[4] == "field" for row in shown)
    assert told(world, shown) == set()
    assert len(cells) > 20
    assert set(found) == set(by_bounds(attack_on(there, {}), found, set())), "not by public wholes alone"


@pytest.mark.slow
def test_nothing_is_broken_down_of_a_handful_of_dossiers() -> None:
    fewest = suppression.FEWEST_IN_ALL
    dossiers = dossiers_of(132, 12, fewest)

    assert published(counted(dossiers[1:], 12))[0] == {}
    assert published(counted(dossiers, 12))[0] != {}


@pytest.mark.slow
def test_procedures_are_told_of_a_whole_area_only() -> None:
    shown, _ = published_of(5, 13, 3000)

    assert {row[:2] for row in shown if row[4] == "procedure"} == {WHOLE_AREA}


@pytest.mark.slow
def test_no_small_count_is_printed() -> None:
    shown, _ = published_of(3, 14, 200)

    assert [
        row for row, record in shown.items() if any(record[count] in (1, 2, 3, 4) for count in TOLD)
    ] == []


def test_hiding_only_the_small_ones_would_tell_them() -> None:
    world = world_of(4, 4, 600)

    assert len(told(world, without(world, lambda value: 1 <= value <= 4))) > 100


@pytest.mark.slow
def test_where_there_are_many_dossiers_much_of_what_is_not_0_is_still_shown() -> None:
    _, done = published_of(5, 13, 3000)

    assert done.published > 0.4 * done.not_zero
    assert done.unsafe == 0
