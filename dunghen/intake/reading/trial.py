"""Run by itself, with little memory and time: reads a whole workbook to see whether that can be done.

The library that reads workbooks believes what a damaged file says of its sizes, and may take all memory or
end the process; so a file is first tried where that harms nobody. Imports nothing of ours, to start at once.
"""

from __future__ import annotations

import os
import resource
import sys
from collections import deque

import python_calamine as calamine

MOST_MEMORY = 2 << 30
MOST_SECONDS = 600
# exit codes, kept apart from those of Python and of signals
LOCKED, DAMAGED = 10, 11


def try_out(descriptor: int) -> int:
    """0 where every sheet of the workbook can be read, else `LOCKED` or `DAMAGED`."""
    try:
        with os.fdopen(descriptor, "rb") as stream, calamine.CalamineWorkbook.from_filelike(stream) as book:
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                deque(sheet.iter_rows(), maxlen=0)
                deque(sheet.merged_cell_ranges or (), maxlen=0)
    except calamine.PasswordError:
        return LOCKED
    except (calamine.CalamineError, ValueError, OverflowError, OSError):
        return DAMAGED
    return 0


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(try_out(int(sys.argv[1])))
