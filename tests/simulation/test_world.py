"""The lives of imaginary dossiers, and how they stand on the day of an export."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import holidays
import numpy as np
import pytest

from dunghen.simulation import days, province, world
from dunghen.simulation.days import DAY, NEVER
from dunghen.simulation.standing import (
    HANDED_OUT,
    IN_PROCESS,
    KINDS_OF_DIRT,
    NEW,
    SUPPLEMENT,
    TAKEN_IN,
    YEAR_ONE,
    Standing,
    standing,
)

END = (days.number_of(days.LAST_DAY) + 1) * DAY - 1
SIZE = 60_000


@pytest.fixture(scope="module")
def lives() -> world.Lives:
    return world.lives(seed=5, block=0, size=SIZE)


@pytest.fixture(scope="module")
def rows(lives: world.Lives) -> Standing:
    return standing(lives, END, 0)


def share(flags: world.Flags) -> float:
    return float(flags.mean())


def test_a_block_is_the_same_again_and_unlike_the_next(lives: world.Lives) -> None:
    again, other = world.lives(5, 0, SIZE), world.lives(5, 1, SIZE)
    assert all(np.array_equal(getattr(lives, f.name), getattr(again, f.name)) for f in fields(world.Lives))
    assert not np.array_equal(lives.received, other.received)


def test_numbers_are_unique_across_blocks() -> None:
    seen: set[tuple[int, ...]] = set()
    for block in range(3):
        some = world.lives(5, block, 20_000)
        keys = zip(some.office.tolist(), (some.received // DAY).tolist(), some.number.tolist(), strict=True)
        seen |= set(keys)
    assert len(seen) == 60_000


def test_working_days_are_counted_as_a_calendar_counts_them() -> None:
    vietnam = holidays.country_holidays("VN", years=range(2024, 2028))
    free = [day for day in days.all_days()[:1200] if day.weekday() >= 5 or day in vietnam]
    start = days.number_of(days.FIRST_DAY)
    for steps in (1, 3, 20, 200):
        expected, left = start, steps
        while left:
            expected += 1
            left -= days.all_days()[expected] not in free
        assert days.working_day_after(np.array([start]), np.array([steps]))[0] == expected
        assert days.working_days_between(np.array([start]), np.array([expected]))[0] == steps


def test_the_week_and_tet_have_their_rhythm(lives: world.Lives) -> None:
    weekday = (lives.received // DAY + days.EPOCH.weekday()) % 7
    per_day = np.bincount(weekday, minlength=7)
    assert per_day[0] > per_day[2] > per_day[4] > 5 * per_day[5] > 5 * per_day[6] > 0
    first = days.number_of(days.FIRST_DAY)
    tet = days.number_of(date(2026, 2, 17))
    assert (
        days.rhythm()[tet - first : tet - first + 3].sum() < 0.2 * days.rhythm()[tet + 20 - first :][:3].sum()
    )


def test_the_online_share_rises(lives: world.Lives) -> None:
    online = lives.channel == world.ONLINE
    assert share(online[:10_000]) + 0.15 < share(online[-10_000:])


def test_offices_are_open_only_in_their_era(lives: world.Lives) -> None:
    early = lives.received // DAY <= days.number_of(days.LAST_DAY_OF_DISTRICTS)
    ended = np.array([office.ended for office in province.offices()])[lives.office]
    current = np.array([office.kind == "current" for office in province.offices()])[lives.office]
    assert early[ended].all()
    assert not early[current].any()
    assert (lives.finished[ended] // DAY <= days.number_of(days.LAST_DAY_OF_DISTRICTS)).all()


def test_nothing_ends_before_it_came_in(lives: world.Lives) -> None:
    for name in world.EVENTS:
        assert (getattr(lives, name) >= lives.received).all(), name
    assert (lives.reopened >= lives.finished).all()


def kept(rows: Standing, office: str) -> float:
    """Share of the dated resolved dossiers of an office that kept the promise in the row."""
    place = [told.code for told in province.offices()].index(office)
    ended = np.where(rows.finished < NEVER, rows.finished, rows.handed_out)
    due = np.where(rows.due % DAY == 0, rows.due + DAY - 1, rows.due)
    chosen = (rows.lives.office == place) & (rows.status >= 9) & (ended < NEVER)
    chosen &= (rows.due > 0) & (rows.due < NEVER)
    return share(ended[chosen] <= due[chosen])


def test_some_offices_are_clearly_better_and_worse(rows: Standing) -> None:
    assert kept(rows, "MH-06") > 0.96
    assert kept(rows, "MH-03") < 0.88
    assert kept(rows, "MH-S1") < 0.85
    assert 0.88 < kept(rows, "MH-01") < 0.96


def test_lateness_comes_in_clusters() -> None:
    """Around a bad month its neighbour is bad far more often than elsewhere."""
    bad = world._troubles() > 1.2
    assert share(bad[:, 1:][bad[:, :-1]]) > 5 * share(bad)


def test_old_dossiers_are_cleaned_up_in_december(rows: Standing) -> None:
    late = (rows.finished < NEVER) & (rows.due < NEVER) & (rows.due > 0)
    old = rows.finished[late & (rows.finished - rows.due > 60 * DAY)] // DAY
    months = np.array([day.month for day in days.all_days()])[old]
    years = np.array([day.year for day in days.all_days()])[old]
    december = np.count_nonzero((months == 12) & (years == 2025))
    assert december > 4 * np.count_nonzero((months == 10) & (years == 2025))


def test_everything_that_exports_hold_occurs(rows: Standing) -> None:
    assert set(np.unique(rows.status).tolist()) >= {0, NEW, TAKEN_IN, 3, IN_PROCESS, SUPPLEMENT, 6, 7, 8, 9}
    assert share(rows.status == HANDED_OUT) > 0.8
    assert 0.003 < share(rows.due == NEVER) < 0.03
    assert (rows.due == YEAR_ONE).any()
    assert (rows.lives.reopened < END).any()
    assert ((rows.first_request < NEVER) & (rows.first_request > rows.lives.promised)).any()
    assert ((rows.first_request < NEVER) & (rows.first_request < rows.lives.promised)).any()
    assert (rows.second_answer < NEVER).any()
    assert ((rows.status == IN_PROCESS) & (rows.finished < NEVER)).any()
    assert ((rows.status >= 9) & (rows.finished == NEVER) & (rows.handed_out < NEVER)).any()


def test_dirt_stays_below_what_an_import_accepts(lives: world.Lives) -> None:
    harmless = [KINDS_OF_DIRT.index(kind) for kind in ("none", "repeated")]
    assert 0.005 < share(~np.isin(lives.dirt, harmless)) < 0.03


def facts(rows: Standing) -> dict[tuple[int, int, int], tuple[int, ...]]:
    """Number of a dossier → what its last row says."""
    lives = rows.lives
    numbers = zip(lives.office.tolist(), (lives.received // DAY).tolist(), lives.number.tolist(), strict=True)
    told = [getattr(rows, field.name).tolist() for field in fields(Standing) if field.name != "lives"]
    return dict(zip(numbers, zip(*told, strict=True), strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("first", [200, 500, 1020])
def test_an_earlier_export_and_what_changed_since_make_the_later_one(lives: world.Lives, first: int) -> None:
    day = first * DAY
    assert facts(standing(lives, day - 1, 0)) | facts(standing(lives, END, day)) == facts(
        standing(lives, END, 0)
    )


def test_status_moves_on(lives: world.Lives) -> None:
    earlier, later = facts(standing(lives, 1000 * DAY - 1, 0)), facts(standing(lives, END, 0))
    moved = {(earlier[number][0], later[number][0]) for number in earlier}
    assert {(IN_PROCESS, HANDED_OUT), (TAKEN_IN, HANDED_OUT), (SUPPLEMENT, HANDED_OUT)} <= moved
