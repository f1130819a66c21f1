"""What counts as a working day, and which promise is in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dunghen.intake.rollup.calendar import working_days
from tests.intake import twin
from tests.intake.twin import Promise, Step, promise_in_force

MACROS = Path(twin.__file__).parents[2] / "dunghen" / "intake" / "dossier_macros.sql"


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        (date(2025, 1, 24), True),
        (date(2025, 1, 27), False),  # Tết
        (date(2025, 1, 31), False),  # Tết
        (date(2025, 2, 3), True),
        (date(2024, 2, 29), True),
        (date(2025, 4, 7), False),  # Hùng Kings
        (date(2024, 4, 29), False),  # a Monday given for a Saturday
        (date(2024, 5, 4), True),  # that Saturday
        (date(2025, 9, 1), False),
        (date(2025, 9, 6), False),  # any other Saturday
    ],
)
def test_a_day_is_worked_or_off(day: date, is_working: bool) -> None:
    assert [row[1] for row in working_days(day, day)] == [is_working]


def test_ordinals_count_working_days() -> None:
    """Received on the last day before Tết 2025 (a Friday), finished on the first day after it."""
    ordinal = {day: number for day, _, number in working_days(date(2025, 1, 20), date(2025, 2, 10))}

    assert ordinal[date(2025, 2, 3)] - ordinal[date(2025, 1, 24)] == 1
    assert ordinal[date(2025, 2, 7)] - ordinal[date(2025, 1, 24)] == 5
    assert ordinal[date(2025, 2, 2)] - ordinal[date(2025, 1, 24)] == 0


@pytest.mark.parametrize("gap", [0, 1, 9, 40, 200])
def test_the_twin_counts_the_same(gap: int) -> None:
    first, last = date(2024, 1, 29), date(2024, 1, 29) + timedelta(days=gap)
    ordinals = [number for _, _, number in working_days(first, last)]

    assert ordinals[-1] - ordinals[0] == twin.processing_days(first, last)


T0 = twin.at(date(2025, 3, 10))


def hours(number: int) -> datetime:
    return T0 + timedelta(hours=number)


def test_a_promise_moved_in_time_is_in_force() -> None:
    step = Step(requested_at=hours(5), due_before=hours(10), due_after=hours(50))

    assert promise_in_force(hours(50), [step]) == Promise(hours(10), hours(50), True)


def test_a_promise_moved_at_the_very_moment_is_in_force() -> None:
    step = Step(requested_at=hours(10), due_before=hours(10), due_after=hours(50))

    assert promise_in_force(hours(50), [step]).in_force == hours(50)


def test_a_promise_moved_after_it_had_passed_is_not() -> None:
    step = Step(requested_at=hours(11), due_before=hours(10), due_after=hours(50))

    assert promise_in_force(hours(50), [step]) == Promise(hours(10), hours(10), False)


moments = st.integers(0, 30).map(hours)


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(MACROS.read_text(encoding="utf-8"))
        yield connection


@given(
    due=moments,
    steps=st.lists(
        st.builds(Step, moments, st.none(), st.none() | moments, st.none() | moments),
        max_size=4,
        unique_by=lambda step: step.requested_at,
    ),
)
def test_the_intake_walks_promises_as_the_twin_does(
    connection: duckdb.DuckDBPyConnection, due: datetime, steps: list[Step]
) -> None:
    expected = promise_in_force(due, steps)
    walked = [
        {
            "day": step.requested_at,
            "promise": step.due_after,
            "extended": True,
            "due_before": step.due_before,
            "readable": True,
        }
        for step in sorted(steps, key=lambda step: step.requested_at or T0)
    ]
    step = "day TIMESTAMP, promise TIMESTAMP, extended BOOLEAN, due_before TIMESTAMP, readable BOOLEAN"
    shape = f"STRUCT({step})[]"
    held = connection.execute(f"SELECT in_force(?::{shape}, ?::TIMESTAMP)", [walked, expected.original])
    found = held.fetchall()[0][0]

    assert (found["promise"], found["extended"]) == (expected.in_force, expected.extended)
