"""Working days: the calendar that processing times are counted in."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import holidays

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

HERE = Path(__file__).parent


def working_days(first: date, last: date) -> Iterator[tuple[date, bool, int]]:
    """(day, is_working, ordinal) of each day from `first` to `last`, both included.

    Saturdays and Sundays are off, and so are public holidays and the days given for them; a Saturday that is
    worked instead of a day between holidays is a working day. Source: the `holidays` package's Vietnam, which
    cites the Labour Code and the yearly notices of days off. `ordinal` counts the working days up to and
    including the day, so that ordinal(finished) - ordinal(received) is the number of working days after the
    day of receipt up to and including the day of finishing.
    """
    vietnam = holidays.country_holidays("VN")
    ordinal = 0
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        is_working = vietnam.is_working_day(day)
        ordinal += is_working
        yield day, is_working, ordinal


def write_calendar(connection: duckdb.DuckDBPyConnection, first: date, last: date) -> None:
    """Makes the table `calendar`, a row a day from `first` to `last` in order.

    Columns: day, is_working, ordinal as in `working_days`; month and year are the first days of these.
    """
    columns = zip(*working_days(first, last), strict=True)
    values = dict(zip(("days", "working", "ordinals"), map(list, columns), strict=True))
    connection.execute((HERE / "calendar.sql").read_text(encoding="utf-8"), values)
