"""Roll-ups of random dossiers equal those of a twin in plain Python."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake import twin
from tests.intake.rollup_store import broken_down, make_sums, roll_up, store_of, tables, update_sums
from tests.intake.twin import Body, Dossier, Export, Row

ENDED, BEGAN = date(2025, 6, 30), date(2025, 7, 1)
BODIES = [
    Body("VN", None, "nation"),
    Body("P", "VN", "province"),
    Body("S", "P", "department"),
    Body("D", "P", "district", None, ENDED),
    Body("D1", "D", "commune", None, ENDED),
    Body("N1", "P", "commune", BEGAN),
    Body("N2", "P", "commune", date(2025, 2, 15)),
]
MICROSECOND = timedelta(microseconds=1)
# Days on which something can go wrong: leap day, Tết, ends of months, a year and an era.
DAYS = [date(2024, 2, 29), date(2025, 1, 27), date(2025, 1, 31), date(2025, 6, 30), date(2025, 7, 1)]
days = st.one_of(st.sampled_from(DAYS), st.dates(date(2024, 1, 20), date(2025, 9, 10)))
gaps = st.one_of(st.integers(-3, 12), st.integers(0, 400))


@st.composite
def moments(draw: st.DrawFn, day: date) -> datetime:
    """A moment of a day, often one of its edges."""
    midnight = twin.at(day)
    seconds = draw(st.sampled_from([0, 1, 27000, 41400, 61200, 86399]))
    return draw(
        st.sampled_from([midnight + timedelta(seconds=seconds), midnight + timedelta(days=1) - MICROSECOND])
    )


@st.composite
def dossiers(draw: st.DrawFn, as_of: date) -> Dossier:
    received = draw(moments(min(draw(days), as_of)))
    status = draw(st.sampled_from([1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 10, 10]))
    due = draw(st.none() | gaps.flatmap(lambda gap: moments(received.date() + timedelta(days=gap))))
    finished = None
    if status in (7, 8, 9, 10):
        ended = min(received.date() + timedelta(days=abs(draw(gaps))), as_of)
        finished = max(received, draw(moments(ended)))
        if due and received <= due < twin.at(as_of):
            edges = [finished, due, due + timedelta(seconds=1), due + MICROSECOND]
            finished = draw(st.sampled_from(edges))
    extended = due is not None and draw(st.booleans())
    return Dossier(
        dossier_key=str(draw(st.integers(1, 40))),
        authority_code=draw(st.sampled_from(["S", "D", "D1", "N1", "N2", "P"])),
        procedure_code=draw(st.sampled_from(["p1", "p2", None])),
        field=draw(st.sampled_from(["land", "civil", None])),
        channel=draw(st.sampled_from(["online", "in_person", "postal", None])),
        status=status,
        received_at=received,
        original_due_at=due - timedelta(days=draw(st.integers(0, 9))) if due and extended else due,
        due_at=due,
        finished_at=finished,
        supplements=draw(st.none() | st.integers(0, 2)),
        extended=draw(st.sampled_from([None, extended])),
    )


@st.composite
def exports(draw: st.DrawFn) -> list[Export]:
    made = []
    for sequence in range(1, draw(st.integers(1, 4)) + 1):
        as_of = draw(
            st.sampled_from([date(2025, 1, 29), date(2025, 6, 30), date(2025, 9, 17), date(2025, 12, 31)])
        )
        held = draw(st.lists(dossiers(as_of), max_size=25, unique_by=lambda one: one.dossier_key))
        complete_for = draw(st.sampled_from([None, None, "P", "D"]))
        made.append(Export(sequence, as_of, tuple(held), complete_for))
    return made


def ordered(rows: list[Row]) -> list[list[tuple[str, object]]]:
    return sorted((sorted(row.items()) for row in rows), key=str)


@pytest.mark.slow
@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(exports())
def test_every_number_is_the_twins(made: list[Export]) -> None:
    found = roll_up(made, BODIES)
    assert ordered(found["flow"]) == ordered(list(twin.monthly(made, BODIES, twin.FLOWS)))
    assert ordered(found["stock"]) == ordered(list(twin.monthly(made, BODIES, twin.STOCKS)))
    assert ordered(found["breakdown_source"]) == ordered(list(twin.breakdown(made, BODIES)))
    assert ordered(found["distribution_source"]) == ordered(list(twin.distribution(made, BODIES)))
    assert ordered(found["overdue_age_source"]) == ordered(list(twin.overdue_age(made, BODIES)))


FLOWS = ("received", "received_online", "early", "on_due_date", "late")
OF_A_YEAR = ("carried_over", "in_progress", "overdue")


@pytest.mark.slow
@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(exports())
def test_an_area_is_broken_down_only_where_it_has_what_its_offices_have(made: list[Export]) -> None:
    """Who takes the offices from the area finds nothing: not what was before one began or after it ended."""
    whole = [replace(one, as_of=date(2025, 12, 31), complete_for="P") for one in made]
    for row in broken_down(whole, BODIES):
        if row["coverage"] == "area" and row["dimension"] != "days_late":
            own = twin.of_own_months(row, whole, BODIES)
            with_stocks = row["dimension"] == "field" and row["period_kind"] == "year"
            names = FLOWS + OF_A_YEAR if with_stocks else FLOWS
            assert {name: row[name] for name in names} == {name: own[name] for name in names}, row


@pytest.mark.slow
@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(exports(), st.data())
def test_sums_brought_up_to_date_equal_those_made_anew(made: list[Export], data: st.DataObject) -> None:
    """Whatever is taken in or back: a newer export, an older one that came later, several at once."""
    had = [export for export in made if data.draw(st.booleans())]
    wanted = [export for export in made if data.draw(st.booleans())]
    with store_of(made, BODIES) as store:
        make_sums(store, had, store.folder / "had")
        update_sums(store, wanted, had, store.folder / "had", store.folder / "updated")
        make_sums(store, wanted, store.folder / "anew")
        updated = tables(store, wanted, store.folder / "updated")
        anew = tables(store, wanted, store.folder / "anew")

    assert {name: ordered(rows) for name, rows in updated.items()} == {
        name: ordered(rows) for name, rows in anew.items()
    }
