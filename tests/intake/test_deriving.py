"""The folder of public roll-ups: made once, brought up to date, taken back, refused."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from dunghen.intake.errors import RefusedError
from dunghen.intake.rollup import derive, sums
from dunghen.intake.rollup.deriving import PUBLIC
from dunghen.intake.store import Store
from tests.intake.rollup_store import store_of, write_export
from tests.intake.twin import Body, Dossier, Export, at

pytestmark = pytest.mark.slow

BODIES = [Body("P", None, "province"), Body("A", "P"), Body("B", "P", "commune", date(2025, 7, 1))]
JULY, AUGUST = date(2025, 7, 31), date(2025, 8, 31)
JULY_2 = date(2025, 7, 2)


def dossier(number: int, code: str, status: int, received: date, **known: datetime | None) -> Dossier:
    """A dossier received at 8 o'clock; promised and ended as told."""
    due = known.get("due_at")
    return Dossier(
        dossier_key=f"{code} {number}",
        authority_code=code,
        procedure_code="p1",
        field="land",
        channel="online",
        status=status,
        received_at=at(received) + timedelta(hours=8),
        original_due_at=due,
        due_at=due,
        finished_at=known.get("finished_at"),
    )


def many(code: str, first: int, status: int, received: date, **known: datetime | None) -> list[Dossier]:
    return [dossier(number, code, status, received, **known) for number in range(first, first + 20)]


DUE = at(date(2025, 7, 10)) + timedelta(hours=17)
FIRST = Export(
    1,
    JULY,
    (
        *many("A", 0, 9, date(2025, 6, 30), due_at=DUE, finished_at=DUE),
        *many("A", 20, 9, date(2025, 7, 1), due_at=DUE, finished_at=DUE + timedelta(seconds=1)),
        *many("A", 40, 4, date(2025, 7, 2), due_at=DUE),
        *many("B", 0, 2, date(2025, 6, 20), due_at=DUE + timedelta(days=60)),
    ),
)
SECOND = Export(
    2,
    AUGUST,
    (
        *many("A", 40, 10, date(2025, 7, 2), due_at=DUE, finished_at=at(date(2025, 8, 5))),
        *many("B", 20, 9, date(2025, 8, 1), finished_at=at(date(2025, 8, 4))),
    ),
)


@pytest.fixture
def store() -> Iterator[Store]:
    with store_of([FIRST], BODIES) as made:
        yield made


def derived(store: Store) -> Path:
    return derive(store, store.folder.parent / "data")


def table(folder: Path, name: str, columns: str) -> list[tuple[object, ...]]:
    return duckdb.read_parquet(f"{folder}/{name}.parquet").project(columns).order("ALL").fetchall()


def content(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    return {name: table(folder, name, "*") for name in PUBLIC}


@pytest.mark.quick
def test_counts_by_hand(store: Store) -> None:
    """Equality at the second is on time; the second after is late; B carries over what came before it was."""
    folder = derived(store)
    flows = "authority_code, month, last_day, received_online, early, on_due_date, late"

    assert table(folder, "flow", f"coverage, {flows}") == [
        ("area", "P", date(2025, 6, 1), date(2025, 6, 30), 40, 0, 0, 0),
        ("area", "P", date(2025, 7, 1), JULY, 40, 0, 20, 20),
        ("own", "A", date(2025, 6, 1), date(2025, 6, 30), 20, 0, 0, 0),
        ("own", "A", date(2025, 7, 1), JULY, 40, 0, 20, 20),
        ("own", "B", date(2025, 7, 1), JULY, 0, 0, 0, 0),
    ]
    assert table(folder, "stock", "coverage, authority_code, month, carried_over, in_progress, overdue") == [
        ("area", "P", date(2025, 6, 1), 0, 40, 0),
        ("area", "P", date(2025, 7, 1), 40, 20, 20),
        ("own", "A", date(2025, 6, 1), 0, 20, 0),
        ("own", "A", date(2025, 7, 1), 20, 0, 20),
        ("own", "B", date(2025, 7, 1), 20, 20, 0),
    ]


JUNE = at(date(2025, 6, 20))


def test_an_office_has_no_months_before_what_counts_for_it() -> None:
    """B began on 1 July 2025; what its predecessors closed in June makes neither figures nor zeros of it."""
    old = many("B", 0, 9, date(2025, 6, 2), due_at=JUNE, finished_at=JUNE)
    with store_of([Export(1, AUGUST, (*old, *many("A", 0, 2, date(2025, 8, 1))))], BODIES) as store:
        assert {row[0] for row in table(derived(store), "flow", "authority_code")} == {"A", "P"}
        write_export(store, Export(2, AUGUST, tuple(many("B", 20, 2, date(2025, 8, 4), due_at=DUE))))
        found = table(derived(store), "stock", "authority_code, month, carried_over, overdue")

    august = date(2025, 8, 1)
    assert found == [("A", august, 0, 0), ("B", august, 0, 20), ("P", august, 0, 20)]


def test_an_office_begins_with_what_it_took_over() -> None:
    """Of 40 dossiers of June B took over the 20 that were open on 1 July; it closes them in August."""
    old = many("B", 0, 9, date(2025, 6, 2), due_at=JUNE, finished_at=JUNE)
    taken = many("B", 20, 9, date(2025, 6, 2), due_at=DUE, finished_at=at(date(2025, 8, 4)))
    with store_of([Export(1, AUGUST, (*old, *taken))], [BODIES[0], BODIES[2]]) as store:
        stocks = table(derived(store), "stock", "coverage, month, carried_over, in_progress, overdue")
        flows = table(derived(store), "flow", "coverage, month, received_online, early, late")

    july, august = date(2025, 7, 1), date(2025, 8, 1)
    assert stocks[2:] == [("own", july, 20, 0, 20), ("own", august, 20, 0, 0)]
    assert flows[2:] == [("own", july, 0, 0, 0), ("own", august, 0, 0, 20)]
    # so does an area of no other offices
    assert [row[1:] for row in stocks[:2]] == [row[1:] for row in stocks[2:]]
    assert [row[1:] for row in flows[:2]] == [row[1:] for row in flows[2:]]


@pytest.mark.parametrize(
    ("b", "away"),
    [
        (BODIES[2], date(2025, 6, 1)),
        (Body("B", "P", "commune", None, date(2025, 6, 30)), date(2025, 7, 1)),
    ],
    ids=["before its first month", "after its last"],
)
def test_an_area_is_not_broken_down_where_it_has_more_than_its_offices_have(b: Body, away: date) -> None:
    """One dossier of B lies where B has no figures: the area less A would tell its field."""
    months = [date(2025, month, 2) for month in (6, 7, 8)]
    days = [
        *(("A", day, 60) for day in months),
        *(("B", day, 60) for day in months if (day < JULY_2) == (b.valid_to is not None)),
        ("B", away, 1),
    ]
    ended = [
        dossier(number, code, 9, day, due_at=at(day) + timedelta(days=5), finished_at=at(day) + timedelta(1))
        for number, (code, day) in enumerate((code, day) for code, day, count in days for _ in range(count))
    ]
    with store_of([Export(1, AUGUST, tuple(ended))], [*BODIES[:2], b]) as store:
        found = table(
            derived(store), "breakdown", "coverage, first_day, dimension, period_kind, authority_code"
        )

    fields = {row[:2] for row in found if row[2:4] == ("field", "month")}
    own = {("own", day.replace(day=1)) for day in months}
    assert fields == own | {("area", day) for _, day in own if day != away}


@pytest.mark.quick
def ended(code: str, received: date, count: int) -> list[Dossier]:
    """So many dossiers that were closed on the day after they came."""
    moments = {"due_at": at(received) + timedelta(days=5), "finished_at": at(received) + timedelta(days=1)}
    names = [f"{code}-{received}-{nth}" for nth in range(count)]
    return [replace(dossier(0, code, 9, received, **moments), dossier_key=name) for name in names]


NEW_YEAR = date(2025, 12, 31)
MONTHS = [date(year, month, 2) for year in (2023, 2024, 2025) for month in range(1, 13)]


@pytest.mark.parametrize(
    ("b", "open_since", "closed", "without_month", "without_year"),
    [
        # its year is told by nobody, what it left open is in the area's
        (
            Body("B", "P", "commune", None, date(2025, 6, 30)),
            date(2025, 5, 2),
            None,
            set[date](),
            {date(2025, 1, 1)},
        ),
        # open at the end of a year in which nothing happened to it, and no office's then
        (
            BODIES[2],
            date(2023, 11, 2),
            date(2025, 8, 4),
            {date(2023, 11, 1)},
            {date(2023, 1, 1), date(2024, 1, 1)},
        ),
    ],
    ids=["left open by one that ended", "taken over by one that began"],
)
def test_what_is_open_of_no_office_takes_the_year_of_an_area_by_field(
    b: Body, open_since: date, closed: date | None, without_month: set[date], without_year: set[date]
) -> None:
    """One dossier is open where B has no figures: the area's stocks less A's would tell its field."""
    there = [day for day in MONTHS if (day < JULY_2) == (b.valid_to is not None)]
    finished = at(closed) if closed else None
    one = dossier(0, "B", 9 if closed else 2, open_since, due_at=at(NEW_YEAR), finished_at=finished)
    held = [one, *(each for day in MONTHS for each in ended("A", day, 20))]
    held += [each for day in there if day >= JULY_2 or day.year == 2025 for each in ended("B", day, 20)]
    with store_of([Export(1, NEW_YEAR, tuple(held))], [*BODIES[:2], b]) as store:
        found = set(table(derived(store), "breakdown", "coverage, dimension, period_kind, first_day"))

    months, years = {day.replace(day=1) for day in MONTHS}, {day.replace(month=1, day=1) for day in MONTHS}
    area = {row[1:] for row in found if row[0] == "area"}
    assert {row[2] for row in area if row[:2] == ("field", "month")} == months - without_month
    assert {row[2] for row in area if row[:2] == ("field", "year")} == years - without_year
    assert {row[2] for row in area if row[:2] == ("procedure", "year")} == years - without_year
    without = {day.replace(month=1) for day in without_month}
    assert {row[2] for row in area if row[:2] == ("channel", "year")} == years - without


@pytest.mark.quick
def test_a_distribution_by_hand(store: Store) -> None:
    """30 June to 10 July 2025 is 8 working days, 1 to 10 July 7; a second after the promise is a day late."""
    assert table(derived(store), "distribution", "kind, dossiers, median, p90, dimension, period_kind")[
        :1
    ] == [("days_late", 20, 1, 1, "whole", "month")]
    found = table(derived(store), "distribution", "kind, authority_code, period_kind, dimension, median, p90")
    assert ("processing_days", "A", "month", "whole", 7, 8) in found


def test_nothing_is_made_twice(store: Store) -> None:
    folder = derived(store)
    times = {path: path.stat().st_mtime_ns for path in folder.iterdir()}

    assert derived(store) == folder
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == times


def test_another_import_is_added_to_the_sums_that_are_there(store: Store) -> None:
    derived(store)
    write_export(store, SECOND)
    folder = derived(store)

    assert len(list((folder.parent / "sums").iterdir())) == 1 + 1
    with store_of([FIRST, SECOND], BODIES) as fresh:
        assert content(folder) == content(derived(fresh))


def test_an_import_taken_back_leaves_what_was(store: Store) -> None:
    before = content(derived(store))
    write_export(store, SECOND)
    derived(store)
    with store.alone(), store.undoing(store.find("2")):
        assert content(derived(store)) == before


def test_sums_of_an_import_that_is_gone_are_not_used(store: Store) -> None:
    """Number 2 was undone and another export came by its number."""
    write_export(store, SECOND)
    derived(store)
    with store.alone(), store.undoing(store.find("2")):
        pass
    write_export(store, replace(SECOND, dossiers=SECOND.dossiers[:20], as_of=date(2025, 9, 30)))
    folder = derived(store)

    with store_of(
        [FIRST, replace(SECOND, dossiers=SECOND.dossiers[:20], as_of=date(2025, 9, 30))], BODIES
    ) as fresh:
        assert table(folder, "flow", "*") == table(derived(fresh), "flow", "*")


def test_what_a_killed_run_left_goes(store: Store) -> None:
    leftover = store.folder / "derived" / ".draft-1" / "sums"
    leftover.mkdir(parents=True)
    derived(store)

    assert not leftover.exists()


def spoil(path: Path, way: str) -> None:
    """A file lost, cut short, or with one bit turned."""
    if way == "lost":
        return path.unlink()
    content = path.read_bytes()
    path.write_bytes(content[:-9] if way == "cut" else bytes([*content[:40], content[40] ^ 1, *content[41:]]))
    return None


@pytest.mark.parametrize("way", ["lost", "cut", "turned"])
def test_damaged_roll_ups_are_made_anew_and_it_is_said(
    way: str, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    folder = derived(store)
    before = content(folder)
    spoil(folder / "breakdown.parquet", way)

    assert content(derived(store)) == before
    assert "public is damaged: it is made anew" in caplog.text
    caplog.clear()
    derived(store)
    assert not caplog.text


@pytest.mark.parametrize("way", ["lost", "cut", "turned"])
def test_damaged_sums_are_not_built_upon(way: str, store: Store, caplog: pytest.LogCaptureFixture) -> None:
    spoil(derived(store).parent / "sums" / "000" / "whole_event.parquet", way)
    write_export(store, SECOND)
    folder = derived(store)

    assert "sums is damaged" in caplog.text
    assert len(list((folder.parent / "sums").iterdir())) == 1
    with store_of([FIRST, SECOND], BODIES) as fresh:
        assert content(folder) == content(derived(fresh))


@pytest.mark.parametrize("note", ["", "{", "[]", '{"files": 1}'])
def test_a_state_with_a_damaged_note_is_made_anew(note: str, store: Store) -> None:
    folder = derived(store)
    before = content(folder)
    (folder.parent / "state.json").write_text(note)

    assert content(derived(store)) == before


def test_the_disk_has_everything_before_the_rename_that_makes_it_count(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: dict[Path, bytes] = {}
    replaced: list[Path] = []

    def fsync(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        flushed[path] = path.read_bytes() if path.is_file() else b""

    def replace_(draft: Path, target: Path) -> Path:
        below = [draft, *draft.rglob("*")]
        assert {
            path: path.read_bytes() if path.is_file() else b"" for path in below
        }.items() <= flushed.items()
        replaced.append(target)
        os.replace(draft, target)  # noqa: PTH105 - the method itself is what is watched
        return target

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace_)
    folder = derived(store)

    assert replaced == [folder.parent]
    assert folder.parent.parent in flushed


def test_a_store_without_dossiers_has_empty_roll_ups() -> None:
    with store_of([], BODIES) as empty:
        empty.folder.mkdir()
        assert content(derived(empty)) == {name: [] for name in PUBLIC}


def test_an_import_without_rows_changes_nothing(store: Store) -> None:
    before = table(derived(store), "flow", "*")
    write_export(store, Export(2, AUGUST, ()))

    assert table(derived(store), "flow", "*") == before


@pytest.mark.quick
def test_counts_that_contradict_each_other_are_refused(store: Store) -> None:
    """Finished, but on no day: received, never closed, and yet not open."""
    write_export(store, Export(2, AUGUST, (dossier(0, "B", 9, date(2025, 8, 1), due_at=DUE),)))

    with pytest.raises(RefusedError) as refusal:
        derived(store)
    assert "B (own)" in refusal.value.text("en")
    assert not list((store.folder / "derived").glob("*/public"))


def test_the_nation_has_no_area() -> None:
    bodies = [Body("VN", None, "nation"), Body("P", "VN", "province"), Body("A", "P"), Body("B", "P")]
    with store_of([FIRST], bodies) as made:
        assert {row[0] for row in table(derived(made), "flow", "authority_code")} == {"P", "A", "B"}


@pytest.mark.parametrize(
    ("third", "areas"),
    [
        (Body("C", "P"), set()),
        (Body("C", "P", "department"), set()),
        (Body("C", "P", "commune", None, date(2025, 6, 30)), {"P"}),
        (Body("C", "P", "commune", date(2025, 8, 1)), {"P"}),
    ],
)
def test_some_offices_do_not_stand_for_a_whole_area(third: Body, areas: set[str]) -> None:
    """C has given no dossiers: the province has figures only if C did not exist on their last day."""
    bodies = [Body("P", None, "province"), Body("A", "P"), Body("B", "P"), third]
    with store_of([FIRST], bodies) as made:
        found = set(table(derived(made), "flow", "authority_code, coverage"))

    assert {code for code, coverage in found if coverage == "area"} == areas
    assert {code for code, coverage in found if coverage == "own"} == {"A", "B"}


def test_an_export_that_is_complete_speaks_for_who_has_no_rows() -> None:
    """C never had a dossier and B nothing new in August: the province has figures to the end of it."""
    bodies = [Body("P", None, "province"), Body("A", "P"), Body("B", "P"), Body("C", "P")]
    later = Export(2, AUGUST, SECOND.dossiers[:20], complete_for="P")
    with store_of([FIRST, later], bodies) as made:
        days = set(table(derived(made), "stock", "authority_code, last_day"))

    assert {day for code, day in days if code == "P"} == {date(2025, 6, 30), JULY, AUGUST}
    assert ("B", AUGUST) in days
    assert not [code for code, _ in days if code == "C"]


def test_an_area_ends_with_the_slowest_of_its_offices(store: Store) -> None:
    """A's exports speak of July only, B's of a day in August: the area of both ends with July."""
    write_export(store, replace(SECOND, as_of=date(2025, 8, 20), dossiers=SECOND.dossiers[20:]))
    days = set(
        table(derived(store), "flow", "authority_code, max(last_day) OVER (PARTITION BY authority_code)")
    )

    assert days == {("P", JULY), ("A", JULY), ("B", date(2025, 8, 20))}


def test_a_part_of_a_month_is_cut_off_where_an_office_is_ahead(store: Store) -> None:
    """B speaks of 10 August, A of 20 August: the area ends with July, because a month cannot be cut."""
    write_export(store, replace(SECOND, as_of=date(2025, 8, 20), dossiers=SECOND.dossiers[:20]))
    write_export(store, replace(SECOND, sequence=3, as_of=date(2025, 8, 10), dossiers=SECOND.dossiers[20:]))
    days = set(
        table(derived(store), "flow", "authority_code, max(last_day) OVER (PARTITION BY authority_code)")
    )

    assert days == {("P", JULY), ("A", date(2025, 8, 20)), ("B", date(2025, 8, 10))}


@pytest.mark.quick
def test_ages_stand_all_or_none(store: Store) -> None:
    """One that is overdue is of another age than the others: P's ages go."""
    one_more = dossier(99, "B", 4, date(2025, 7, 1), due_at=at(date(2025, 7, 30)))
    write_export(store, Export(2, JULY, (*many("B", 60, 4, date(2025, 7, 1), due_at=DUE), one_more)))
    found = table(derived(store), "overdue_age", "authority_code, coverage, class, dossiers")

    assert [row for row in found if row[3] is not None] == []
    assert len([row for row in found if row[:2] == ("B", "own")]) == 6
    assert len([row for row in found if row[:2] == ("P", "area")]) == 6


def test_ages_are_told_of_a_whole_area_and_of_no_office_in_it(store: Store) -> None:
    write_export(store, Export(2, JULY, tuple(many("B", 60, 4, date(2025, 7, 1), due_at=DUE))))
    found = table(derived(store), "overdue_age", "authority_code, class, dossiers")

    assert [row for row in found if row[2] is not None] == [("P", "8-30", 40)]


MOVES = (
    "month, coverage, authority_code, supplemented, extended, plain_resolved, plain_on_time, on_time_original"
)


def untold(export: Export, *, of_moves_only: bool = False) -> Export:
    """The export as it would be without the columns for supplements and moved promises, or for these only."""
    without = (
        replace(one, extended=None, supplements=one.supplements if of_moves_only else None)
        for one in export.dossiers
    )
    return replace(export, dossiers=tuple(without))


def moves(folder: Path, month: date) -> dict[tuple[object, object], tuple[object, ...]]:
    rows = table(folder, "flow", MOVES)
    return {(row[1], row[2]): row[3:] for row in rows if row[0] == month}


def test_what_an_export_has_no_column_for_is_unknown_and_not_zero() -> None:
    """Of July nothing is told; in August A tells moves and supplements of every dossier it resolved."""
    told = replace(SECOND, complete_for="P")
    with store_of([untold(FIRST), told], BODIES) as store:
        june, july, august = (moves(derived(store), date(2025, month, 1)) for month in (6, 7, 8))

    assert july["own", "A"] == july["area", "P"] == (None,) * 5
    # nothing was resolved then: of none, none had a supplement
    assert june["own", "A"] == (0,) * 5
    assert august["own", "A"] == (0, 0, 20, 0, 0)


def test_an_export_may_tell_of_supplements_and_not_of_moves() -> None:
    with store_of([untold(FIRST, of_moves_only=True)], BODIES) as store:
        assert moves(derived(store), date(2025, 7, 1))["own", "A"] == (0, None, None, None, None)


def test_an_area_with_one_office_that_does_not_tell_is_unknown_until_that_is_mended() -> None:
    """B resolves 20 dossiers in August, at a promise moved since, without telling; a later export of B's
    that tells makes it known."""
    ended = {"due_at": DUE + timedelta(days=61), "finished_at": at(date(2025, 8, 4))}
    of_b = Export(2, AUGUST, tuple(many("B", 0, 9, date(2025, 6, 20), **ended)))
    of_a = Export(3, AUGUST, SECOND.dossiers[:20])
    mended = replace(of_b, sequence=4)
    with store_of([FIRST, untold(of_b), of_a], BODIES) as store:
        before = content(derived(store))
        found = moves(derived(store), date(2025, 8, 1))
        assert found["own", "A"] == (0, 0, 20, 0, 0)
        assert found["own", "B"] == (None,) * 5
        assert found["area", "P"] == (None,) * 5

        write_export(store, mended)
        assert moves(derived(store), date(2025, 8, 1))["area", "P"] == (0, 0, 40, 20, 20)

        with store.alone(), store.undoing(store.find("4")):
            assert content(derived(store)) == before


def test_what_an_earlier_export_told_stays_where_a_later_one_has_no_column() -> None:
    """Of A's open dossiers July tells the channel, one request and a promise that was moved; August, in which
    they end, tells none of it, and the promise from before."""
    moved = DUE + timedelta(days=30)
    open_ = [
        replace(one, original_due_at=DUE, due_at=moved, supplements=1, extended=True)
        for one in many("A", 40, 4, date(2025, 7, 2))
    ]
    july = replace(FIRST, dossiers=(*FIRST.dossiers[:40], *open_))
    ended = [replace(one, channel=None) for one in untold(SECOND).dossiers[:20]]
    with store_of([july, replace(SECOND, dossiers=tuple(ended))], BODIES[:2]) as store:
        folder = derived(store)
        found = moves(folder, date(2025, 8, 1))["own", "A"]
        flow = table(folder, "flow", "month, coverage, early, late, received_online, received")

    # all of them had a request and a moved promise, and kept it; none kept the first one
    assert found == (20, 20, 0, 0, 0)
    assert (date(2025, 8, 1), "own", 20, 0, 0, 0) in flow
    assert (date(2025, 7, 1), "own", 0, 20, 40, 40) in flow


def test_that_there_was_no_request_yet_is_not_that_there_was_none() -> None:
    """July tells of 20 open dossiers without a request; August, in which they end, does not tell."""
    with store_of([FIRST, untold(SECOND)], BODIES) as store:
        assert moves(derived(store), date(2025, 8, 1))["own", "A"] == (None,) * 5


def test_that_an_ended_dossier_kept_its_promise_is_known_for_good() -> None:
    """July tells of 20 that ended in it; August tells the same of them, but nothing of requests and moves."""
    with store_of([FIRST, replace(untold(FIRST), sequence=2, as_of=AUGUST)], BODIES) as store:
        assert moves(derived(store), date(2025, 7, 1))["own", "A"] == (0, 0, 40, 20, 20)


@pytest.mark.parametrize(
    ("later", "kept"),
    [((None, "land"), ("p1", "land")), ((None, None), ("p1", "land")), ((None, "civil"), (None, "civil"))],
)
def test_a_procedure_is_kept_over_exports_that_tell_less_and_less(
    later: tuple[str | None, str | None], kept: tuple[str | None, str | None]
) -> None:
    """Of A's dossiers July tells procedure and field, August perhaps the field, September neither."""

    def told(sequence: int, as_of: date, procedure: str | None, field: str | None) -> Export:
        found = (replace(one, procedure_code=procedure, field=field) for one in FIRST.dossiers[:60])
        return Export(sequence, as_of, tuple(found))

    exports = [told(1, JULY, "p1", "land"), told(2, AUGUST, *later), told(3, date(2025, 9, 30), None, None)]
    with store_of(exports, BODIES[:2]) as store, duckdb.connect() as connection:
        files = [str(path) for path in sorted(store.folder.glob("**/dossiers.parquet"))]
        connection.execute("SET VARIABLE files = ?", [files])
        for name in ("told", "winner"):
            connection.execute((sums.HERE / f"{name}.sql").read_text(encoding="utf-8"))
        found = connection.execute("SELECT DISTINCT procedure_code, field FROM weighted").fetchall()

    assert found == [kept]


def test_without_a_column_for_channels_nothing_is_told_by_channel() -> None:
    """Of August and what holds it; what came in all the same stands in the total and in the identity."""
    july = Export(1, JULY, tuple(done(number, date(2025, 7, 1)) for number in range(120)))
    august = Export(2, AUGUST, tuple(done(number, date(2025, 8, 1)) for number in range(200, 320)))
    told = replace(august, as_of=date(2025, 9, 30))
    silent = replace(told, dossiers=tuple(replace(one, channel=None) for one in told.dossiers))
    columns = "month, received, received_online, received_in_person, received_postal"
    parts = "dimension, item, received, received_online, received_offline, under_5, hidden"
    with store_of([july, silent], BODIES[:2]) as store:
        folder = derived(store)
        assert table(folder, "flow", f"coverage, {columns}")[-3:] == [
            ("own", date(2025, 7, 1), 120, 120, 0, 0),
            ("own", date(2025, 8, 1), 120, None, None, None),
            ("own", date(2025, 9, 1), 0, 0, 0, 0),
        ]
        by_channel = set(table(folder, "breakdown", "dimension, first_day, period_kind"))
        assert ("channel", date(2025, 7, 1), "month") in by_channel
        assert ("channel", date(2025, 8, 1), "month") not in by_channel
        assert ("channel", date(2025, 7, 1), "quarter") not in by_channel
        quarter = table(folder, "breakdown", f"period_kind, coverage, {parts}")
        assert ("quarter", "own", "field", "land", 240, None, None, None, None) in quarter
    with store_of([july, told], BODIES[:2]) as store:
        quarter = table(derived(store), "breakdown", f"period_kind, coverage, {parts}")
        assert ("quarter", "own", "field", "land", 240, 240, 0, None, None) in quarter


def done(number: int, received: date) -> Dossier:
    day = at(received) + timedelta(days=5)
    return dossier(number, "A", 9, received, due_at=day, finished_at=day)


def test_what_was_promised_for_the_last_day_is_overdue_when_it_ends() -> None:
    """A promise without an hour holds all day and is at its end when the export's own day is."""
    all_day = at(AUGUST) + timedelta(days=1, microseconds=-1)
    export = Export(
        1,
        AUGUST,
        (
            *many("A", 0, 4, date(2025, 8, 1), due_at=all_day),
            *many("A", 20, 5, date(2025, 8, 1), due_at=at(AUGUST) + timedelta(hours=17)),
            *many("A", 40, 6, date(2025, 8, 1), due_at=at(AUGUST) + timedelta(days=1)),
        ),
        complete_for="P",
    )
    with store_of([export], BODIES) as store:
        folder = derived(store)
        assert table(folder, "stock", "coverage, in_progress, overdue") == [("area", 20, 40), ("own", 20, 40)]
        assert ("P", "1-7", 40) in table(folder, "overdue_age", "authority_code, class, dossiers")
