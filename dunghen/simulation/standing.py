"""How imaginary dossiers stand on the day of an export: what its row says about each of them.

Moments are seconds since EPOCH, NEVER where the row says nothing (see days.py).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dunghen.simulation.days import DAY, NEVER, Numbers
from dunghen.simulation.world import (
    DIRT,
    EVENTS,
    NOT_ACCEPTED,
    RESOLVED,
    WITHDRAWN,
    Chosen,
    Flags,
    Lives,
)

KINDS_OF_DIRT = tuple(DIRT)
NEW, TAKEN_IN, IN_PROCESS, SUPPLEMENT, FEE, HANDED_OUT, UNKNOWN_STATUS = 1, 2, 4, 5, 6, 10, 0
# a promise of the year 1 and a day that no calendar has
YEAR_ONE, NO_SUCH_DAY = -1, -2


@dataclass(frozen=True)
class Standing:
    """The rows of one block, in the order in which they are written."""

    lives: Lives
    status: Numbers
    channel: Numbers  # 0 where the cell is empty
    received: Numbers
    due: Numbers
    finished: Numbers
    handed_out: Numbers
    first_request: Numbers
    first_answer: Numbers
    second_request: Numbers
    second_answer: Numbers

    def part(self, chosen: Chosen) -> Standing:
        """The chosen rows."""
        told = {name: value[chosen] for name, value in vars(self).items() if name != "lives"}
        return Standing(lives=self.lives.part(chosen), **told)


def standing(lives: Lives, end: int, since: int) -> Standing:
    """The rows of an export at the end of a day (the second `end`): dossiers with an event since then."""
    seen = lives.part((lives.received <= end) & _changed(lives, end, since))
    finished = _finished(seen, end)
    status = _status(seen, end, finished)
    handed_out = np.where((status == HANDED_OUT) | _only_handed_out(seen, status), seen.handed_out, NEVER)
    handed_out = np.where(np.isin(status, (WITHDRAWN, 8)) & (seen.number % 4 == 0), finished, handed_out)
    # some systems leave out the end of processing once the result is handed out
    told = np.where((handed_out <= end) & (seen.number % 12 == 0), NEVER, finished)
    # what was reopened keeps the day on which it first ended
    told = np.where((seen.reopened <= end) & (seen.finished_again > end), seen.finished, told)
    rows = Standing(
        lives=seen,
        status=status,
        channel=np.where((seen.channel == 1) & (seen.number % 20 == 0), 0, seen.channel),
        received=seen.received,
        due=np.where(seen.undated, NEVER, _due(seen, end)),
        finished=told,
        handed_out=np.where(handed_out <= end, handed_out, NEVER),
        **{
            name: np.where(getattr(seen, name) <= end, getattr(seen, name), NEVER)
            for name in ("first_request", "first_answer", "second_request", "second_answer")
        },
    )
    return _repeated(_soiled(rows))


def _changed(lives: Lives, end: int, since: int) -> Flags:
    changed = np.zeros(len(lives.received), dtype=bool)
    for name in EVENTS:
        moment = getattr(lives, name)
        changed |= (moment >= since) & (moment <= end)
    return changed


def _finished(lives: Lives, end: int) -> Numbers:
    again = np.where(lives.finished_again <= end, lives.finished_again, NEVER)
    once = np.where(lives.finished <= end, lives.finished, NEVER)
    return np.where(lives.reopened <= end, again, once)


def _status(lives: Lives, end: int, finished: Numbers) -> Numbers:
    over = finished <= end
    waiting = _between(lives.first_request, lives.first_answer, end)
    waiting |= _between(lives.second_request, lives.second_answer, end)
    return np.select(
        [
            over & (lives.ending == RESOLVED) & (lives.handed_out <= end),
            over,
            lives.accepted > end,
            waiting & (lives.reopened > end),
            _between(lives.fee_asked, lives.fee_paid, end) & (lives.reopened > end),
            lives.started > end,
        ],
        [
            np.full_like(finished, HANDED_OUT),
            lives.ending,
            np.full_like(finished, NEW),
            np.full_like(finished, SUPPLEMENT),
            np.full_like(finished, FEE),
            np.full_like(finished, TAKEN_IN),
        ],
        IN_PROCESS,
    )


def _between(first: Numbers, last: Numbers, moment: int) -> Flags:
    found: Flags = (first <= moment) & (moment < last)
    return found


def _only_handed_out(lives: Lives, status: Numbers) -> Flags:
    found: Flags = (status == NOT_ACCEPTED) & (lives.number % 2 == 0)
    return found


def _due(lives: Lives, end: int) -> Numbers:
    first = np.where(lives.first_answer <= end, lives.first_moved, lives.promised)
    return np.where(lives.second_answer <= end, lives.second_moved, first)


def _soiled(rows: Standing) -> Standing:
    kind = rows.lives.dirt
    over = (rows.finished < NEVER) & (rows.status >= WITHDRAWN)
    no_day = (kind == _place("finished_without_day")) & (rows.status >= WITHDRAWN)
    before = (kind == _place("finished_before_received")) & over
    early = np.maximum(rows.received - (1 + rows.lives.number % 20) * DAY, 0)
    received = np.where(kind == _place("unreadable_date"), NO_SUCH_DAY, rows.received)
    return Standing(
        **vars(rows)
        | {
            "status": np.where(kind == _place("unknown_status"), UNKNOWN_STATUS, rows.status),
            "received": np.where(kind == _place("no_receipt"), NEVER, received),
            "due": np.where((kind == _place("broken_promise")) & (rows.due < NEVER), YEAR_ONE, rows.due),
            "finished": np.where(no_day, NEVER, np.where(before, early, rows.finished)),
            "handed_out": np.where(no_day | before, NEVER, rows.handed_out),
        }
    )


def _place(kind: str) -> int:
    return KINDS_OF_DIRT.index(kind)


def _repeated(rows: Standing) -> Standing:
    """Some rows come twice in a row, and a few the second time with another promise."""
    kind = rows.lives.dirt
    other = kind == _place("two_versions")
    times = np.where((kind == _place("repeated")) | other, 2, 1)
    doubled = {name: np.repeat(value, times) for name, value in vars(rows).items() if name != "lives"}
    second = np.r_[False, np.diff(np.repeat(np.arange(len(kind)), times)) == 0] & np.repeat(other, times)
    moved = np.where(doubled["due"] < NEVER, doubled["due"] + DAY, doubled["received"] + DAY)
    doubled["due"] = np.where(second, moved, doubled["due"])
    lives = Lives(**{name: np.repeat(value, times) for name, value in vars(rows.lives).items()})
    return Standing(lives=lives, **doubled)
