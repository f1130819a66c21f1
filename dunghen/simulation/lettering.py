"""Rows of text from whole columns at once: every cell is a stretch of a matrix of bytes, 0 where it ends.

This is what makes a hundred million rows a matter of minutes: no row is ever a Python object.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from dunghen.simulation import days
from dunghen.simulation.days import DAY, NEVER, Numbers
from dunghen.simulation.standing import NO_SUCH_DAY, YEAR_ONE

Letters: TypeAlias = NDArray[np.uint8]
# a part of every row: the same bytes, or a matrix with a row of bytes for each
Part: TypeAlias = bytes | Letters


def table_of(words: Sequence[bytes]) -> Letters:
    """The words as rows of one matrix, to be taken by number."""
    width = max(1, *(len(word) for word in words))
    padded = b"".join(word.ljust(width, b"\0") for word in words)
    return np.frombuffer(padded, np.uint8).reshape(len(words), width)


def digits(numbers: Numbers, width: int) -> Letters:
    """Numbers with leading zeros; of longer ones the last digits."""
    powers = 10 ** np.arange(width - 1, -1, -1)
    return (numbers[:, None] // powers % 10 + ord("0")).astype(np.uint8)


def plain(numbers: Numbers) -> Letters:
    """Numbers as they are written, without leading zeros."""
    letters = digits(numbers, len(str(int(numbers.max(initial=0)))))
    leading = np.cumsum(letters != ord("0"), axis=1) == 0
    leading[:, -1] = False
    letters[leading] = 0
    return letters


def moments(seconds: Numbers, day_format: str, hour_format: str) -> Letters:
    """Moments in a strftime format of the day and one of the hour; empty where NEVER."""
    day_table, hour_table, special = _clock(day_format, hour_format)
    told = (seconds >= 0) & (seconds < NEVER)
    known = np.where(told, seconds, 0)
    width = day_table.shape[1]
    letters = np.zeros((len(seconds), width + hour_table.shape[1]), np.uint8)
    letters[:, :width] = day_table.take(known // DAY, axis=0)
    letters[:, width:] = hour_table.take(known % DAY, axis=0)
    letters[~told] = 0
    for moment, text in special.items():
        letters[seconds == moment] = text
    return letters


@cache
def _clock(day_format: str, hour_format: str) -> tuple[Letters, Letters, dict[int, Letters]]:
    day_table = table_of([day.strftime(day_format).encode() for day in days.all_days()])
    hour_table = table_of([_hour(second, hour_format).encode() for second in range(DAY)])
    first = days.FIRST_DAY.strftime(day_format)
    midnight = _hour(0, hour_format)
    year_one = first.replace("2024", "0001").replace("07", "01") + midnight
    no_such_day = first.replace("07", "02").replace("01", "31", 1) + midnight
    return (
        day_table,
        hour_table,
        {
            YEAR_ONE: table_of([year_one.encode()])[0],
            NO_SUCH_DAY: table_of([no_such_day.encode()])[0],
        },
    )


def _hour(second: int, hour_format: str) -> str:
    told = {"%H": second // 3600, "%M": second // 60 % 60, "%S": second % 60}
    for sign, number in told.items():
        hour_format = hour_format.replace(sign, f"{number:02}")
    return hour_format


def joined(parts: Sequence[Part], rows: int) -> Letters:
    """The parts side by side, one row of the matrix a row of text."""
    widths = [len(part) if isinstance(part, bytes) else part.shape[1] for part in parts]
    letters = np.empty((rows, sum(widths)), np.uint8)
    place = 0
    for part, width in zip(parts, widths, strict=True):
        letters[:, place : place + width] = np.frombuffer(part, np.uint8) if isinstance(part, bytes) else part
        place += width
    return letters


def flat(letters: Letters) -> bytes:
    """The text of all rows, one after the other."""
    return letters.tobytes().translate(None, b"\0")


def flat_with(letters: Letters, places: Numbers, more: Letters, before_end: int) -> bytes:
    """The text of all rows with `more` put into the rows at `places`, so many bytes before their end."""
    ends = np.cumsum(np.count_nonzero(letters, axis=1))[places] - before_end
    lengths = np.count_nonzero(more, axis=1)
    text = np.frombuffer(flat(letters), np.uint8)
    added = np.frombuffer(flat(more), np.uint8)
    return np.insert(text, np.repeat(ends, lengths), added).tobytes()
