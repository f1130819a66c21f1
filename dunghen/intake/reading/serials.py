"""Days that a workbook keeps as plain numbers: those of cells that nobody formatted as dates.

A workbook has no other days than these: 46100.34 is what it keeps of 19 March 2026, 08:10. Only in a column
of days, and only within the years of dossiers, is a number taken for one; a text never is.
"""

from __future__ import annotations

import datetime as dt
import re
import struct

from dunghen.intake.reading.source import Source
from dunghen.intake.reading.unpacking import content_of

# our columns of days
DAYS = frozenset(
    {
        *(
            "received_at",
            "due_at",
            "finished_at",
            "returned_at",
            "as_of",
            "first_day",
            "last_day",
            "observed_at",
        ),
        *("supplement_requested_at", "supplement_received_at", "due_before", "due_after"),
    }
)
# a thirtieth of February 1900 that never was is counted: day 0 is 30 December 1899
_SINCE_1900, _SINCE_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)  # noqa: DTZ001 - the day that is meant
_YEARS = range(1990, 2100)
_SAYS_1904 = re.compile(rb"""<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*["'](?:1|true)["']""")
# of an .xls: how its stream begins; the records that tell the epoch and that end the first part of it
_BEGINNING = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_EPOCH, _END = 0x22, 0x0A
_SEARCHED = 1 << 20


def day_zero(source: Source) -> dt.datetime | None:
    """The day from which a workbook counts, as its file says; None where that cannot be found."""
    if source.head(2) == b"PK":
        says_1904 = _SAYS_1904.search(content_of(source, "xl/workbook.xml"))
        return _SINCE_1904 if says_1904 else _SINCE_1900
    return _of_records(source.head(_SEARCHED))


def day_of(number: float, zero: dt.datetime) -> dt.datetime | None:
    """The moment that a number means; None for one that is none of the years in which dossiers are."""
    try:
        day = zero + dt.timedelta(days=number)
    # not a number is refused as a value, infinity as too large
    except (OverflowError, ValueError):
        return None
    return day if day.year in _YEARS else None


def _of_records(content: bytes) -> dt.datetime | None:
    place = content.find(_BEGINNING)
    while 0 <= place <= len(content) - 6:
        kind, size = struct.unpack_from("<HH", content, place)
        if kind == _EPOCH:
            return _SINCE_1904 if content[place + 4 : place + 6] == b"\x01\x00" else _SINCE_1900
        place = place + 4 + size if kind != _END else -1
    return None
