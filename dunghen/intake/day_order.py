"""Whether an export writes the month where its mapping has the day, so that days up to the 12th are misread.

Of a day up to the 12th nobody sees in which order it is written. Of later ones it shows: 31/10/2026 can only
be read with the day first, 10/31/2026 only with the month first. A column goes by the majority of these, and
one or two against thousands are slips of the pen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from dunghen.intake import dossiers
from dunghen.intake.errors import RefusedError, Words
from dunghen.intake.planning import Part, Plan

COLUMNS = ("received_at", "due_at", "finished_at", "returned_at")
# So many days of a column may be slips where other columns of the table show that it is read rightly.
LARGEST_SLIP = 0.01


@dataclass(frozen=True)
class OtherOrder:
    """A column of an export that seems to be written in the other order than its mapping says.

    `swapped` of its days can be read only with day and month changed round, `read` only as they stand."""

    place: str
    heading: str
    swapped: int
    read: int


def columns_in_other_order(
    connection: duckdb.DuckDBPyConnection, number: int, part: Part, view: str
) -> Iterator[OtherOrder]:
    """The columns of the n-th table of an import whose days are in the other order, once it was loaded.

    The table, staged as `view`, is read again only where there is a day in the other order, and only until as
    many days show that they are read rightly: a slip of the pen costs the first rows, not all.
    Raises duckdb.Error where that cannot be done."""
    counted = connection.execute(dossiers.text("swapped_count"), {"part": number}).fetchall()
    swapped = {name: rows for name, rows in counted if not _has_read(connection, view, name, rows)}
    if not swapped:
        return
    headings = {ours: theirs for theirs, ours in part.columns.items() if ours in COLUMNS}
    asked = ", ".join(f"count({name}), count_if(is_surely_read({name}))" for name in headings)
    (found,) = connection.table(view).aggregate(asked).fetchall()
    told = dict(zip(headings, zip(found[::2], found[1::2], strict=True), strict=True))
    surely_read = sum(read for _, read in told.values())
    for name, rows in swapped.items():
        days, read = told[name]
        if rows > read and (surely_read == 0 or rows > LARGEST_SLIP * days):
            yield OtherOrder(part.table.place, headings[name], rows, read)


def _has_read(connection: duckdb.DuckDBPyConnection, view: str, name: str, rows: int) -> bool:
    """Whether at least so many days of a column can be read only as they stand."""
    first = connection.table(view).filter(f"is_surely_read({name})").limit(rows)
    ((found,),) = first.aggregate("count(*)").fetchall()
    return bool(found >= rows)


def refusal(found: OtherOrder, planned: Plan) -> RefusedError:
    """What to say of such a column, with the formats to write into a copy of the mapping."""
    formats = planned.mapping.date_formats
    is_day_first = any(form.find("%d") < form.find("%m") for form in formats)
    return RefusedError(
        "import.other_order",
        order=Words(f"import.order.{'month' if is_day_first else 'day'}_first"),
        place=found.place,
        column=found.heading,
        swapped=found.swapped,
        read=found.read,
        mapping=planned.mapping_file,
        formats=", ".join(f'"{_changed_round(form)}"' for form in formats),
    )


def _changed_round(form: str) -> str:
    """A format with day and month in each other's place; one that begins with the year stays."""
    if form.startswith("%Y"):
        return form
    return form.replace("%d", "%\0").replace("%m", "%d").replace("%\0", "%m")
