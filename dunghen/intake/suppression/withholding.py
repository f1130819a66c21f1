"""What is not told of months and quarters because the part is too small: not even that it is 0.

That is decided by what was known at the end of the year before, so that it tells little of the counts
themselves; in the first year of a body by its first quarter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dunghen.intake.suppression.moves import NTH

if TYPE_CHECKING:
    from dunghen.intake.suppression.exchanges import Flags, Numbers, Reals
    from dunghen.intake.suppression.moves import Calendar

# Of months and quarters a count is told only if it was at least so large, for one, in the year before. What
# is withheld is withheld with everything that would tell it.
FEWEST = 12.0
WITHHELD = (
    (("received",), ("received", "received_online", "received_offline")),
    (("received_online", "received_offline"), ("received_online", "received_offline")),
    (("resolved",), ("resolved", "on_time", "early", "on_due_date", "late")),
    (("on_time", "late"), ("on_time", "late", "early", "on_due_date")),
    (("early", "on_due_date"), ("early", "on_due_date")),
)


def withheld(values: Numbers, exists: Flags, calendar: Calendar) -> Flags:
    """What is not told of months and quarters because of so few in the year before, 0 with the rest.

    In the first year of a body its first quarter stands for the year before.
    """
    found = np.zeros(values.shape, bool)
    years = sorted({first // 12 for first in calendar.firsts})
    of_year = {year: [n for n, f in enumerate(calendar.firsts) if f // 12 == year] for year in years}
    monthly: Reals | None = None
    for year in years:
        first = _monthly(values, _first_quarter(calendar, exists, of_year[year]))
        monthly = first if monthly is None else np.where(np.isnan(monthly), first, monthly)
        for period in of_year[year]:
            length = {"month": 1, "quarter": 3}.get(calendar.kinds[period])
            if length:
                for names, with_them in WITHHELD:
                    one = length * monthly[[NTH[name] for name in names]]
                    few = ((one > 0) & (one < FEWEST)).any(axis=0) | np.isnan(one).any(axis=0)
                    found[period, [NTH[name] for name in with_them]] |= few
        months = [n for n in of_year[year] if calendar.kinds[n] == "month"]
        monthly = _monthly(values, np.isin(np.arange(len(calendar.kinds)), months)[:, None] & exists)
    return found


def _first_quarter(calendar: Calendar, exists: Flags, periods: list[int]) -> Flags:
    """The months of the first quarter of each body in these periods, if it is over."""
    found = np.zeros(exists.shape, bool)
    for body in range(exists.shape[1]):
        quarters = [n for n in periods if calendar.kinds[n] == "quarter" and exists[n, body]]
        if quarters:
            found[calendar.shortest_in(min(quarters, key=lambda n: calendar.firsts[n])), body] = True
    return found & exists


def _monthly(values: Numbers, months: Flags) -> Reals:
    """Counts of a month in the mean of these months, by count, body and part; NaN where a body has none."""
    number = months.sum(axis=0)[None, :, None].astype(np.float32)
    total = np.einsum("tcbp,tb->cbp", values, months).astype(np.float32)
    return np.where(number > 0, total / np.maximum(number, 1), np.nan)
