"""The lives of imaginary dossiers: when each one came in, what was promised and what became of it.

A block of dossiers is drawn from one random stream of its own, the same whatever day it is looked at.
All moments are seconds since EPOCH, NEVER where a thing does not happen (see days.py).
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from dunghen.simulation import days, province
from dunghen.simulation.days import CLOSING, DAY, NEVER, OPENING, Numbers

BLOCK = 1 << 16
IN_PERSON, ONLINE, POSTAL = 1, 2, 3
RESOLVED, WITHDRAWN, RETURNED, NOT_ACCEPTED = 9, 7, 8, 3
# what an export gets wrong about a dossier, by its share of all dossiers; 0 is nothing
DIRT: dict[str, float] = {
    "none": 0.0,
    "unknown_procedure": 0.0020,
    "unknown_status": 0.0005,
    "unknown_office": 0.0005,
    "finished_before_received": 0.0020,
    "finished_without_day": 0.0015,
    "unreadable_date": 0.0010,
    "no_receipt": 0.0005,
    "two_versions": 0.0005,
    "repeated": 0.0050,
    "broken_promise": 0.0,
}

Flags: TypeAlias = NDArray[np.bool_]
Chosen: TypeAlias = Flags | Numbers
Draw: TypeAlias = np.random.Generator


@dataclass(frozen=True)
class Lives:
    """A block of dossiers, one element of each array per dossier."""

    office: Numbers
    procedure: Numbers
    channel: Numbers
    number: Numbers
    ending: Numbers  # RESOLVED, WITHDRAWN, RETURNED or NOT_ACCEPTED, once it ends
    dirt: Numbers  # place in DIRT
    undated: Flags
    received: Numbers
    accepted: Numbers
    started: Numbers
    promised: Numbers  # the first promise, also of an undated dossier, which hides it
    first_request: Numbers
    first_answer: Numbers
    first_moved: Numbers  # the promise after the first answer
    second_request: Numbers
    second_answer: Numbers
    second_moved: Numbers
    fee_asked: Numbers
    fee_paid: Numbers
    finished: Numbers
    reopened: Numbers
    finished_again: Numbers
    handed_out: Numbers

    def part(self, chosen: Chosen) -> Lives:
        """The chosen dossiers."""
        return Lives(**{field.name: getattr(self, field.name)[chosen] for field in fields(self)})


EVENTS = (
    *("received", "accepted", "started", "first_request", "first_answer", "second_request"),
    *("second_answer", "fee_asked", "fee_paid", "finished", "reopened", "finished_again", "handed_out"),
)


def lives(seed: int, block: int, size: int) -> Lives:
    """The dossiers of one block; blocks of one seed differ, the same block is the same again."""
    draw = np.random.default_rng([seed, block])
    office, procedure, received, channel = _arrivals(draw, size)
    number = _numbers(office, received, block)
    accepted = _acceptance(draw, channel, received)
    promised = _promises(office, procedure, received)
    first_request, first_answer, first_moved = _supplement(draw, procedure, received, promised)
    second_request, second_answer, second_moved = _again(draw, first_answer, first_moved)
    due = np.where(second_moved < NEVER, second_moved, np.where(first_moved < NEVER, first_moved, promised))
    since = _last_known(received, first_request, first_answer, second_request, second_answer)
    finished = _endings(draw, office, procedure, since, due)
    ending = _kinds(draw, channel)
    finished = np.where(ending == NOT_ACCEPTED, accepted + 1800, finished)
    late_request, late_answer, late_moved = _late_request(draw, procedure, due, finished, first_request)
    fee_asked, fee_paid = _fee(draw, procedure, since, finished)
    reopened, finished_again = _reopening(draw, ending, finished)
    last = np.where(finished_again < NEVER, finished_again, finished)
    return _hand_over(
        draw,
        Lives(
            office=office,
            procedure=procedure,
            channel=channel,
            number=number,
            ending=ending,
            dirt=_dirt(draw, office),
            undated=_undated(draw, procedure),
            received=received,
            accepted=accepted,
            started=np.where(ending == NOT_ACCEPTED, NEVER, accepted + DAY),
            promised=promised,
            first_request=np.minimum(first_request, late_request),
            first_answer=np.minimum(first_answer, late_answer),
            first_moved=np.minimum(first_moved, late_moved),
            second_request=second_request,
            second_answer=second_answer,
            second_moved=second_moved,
            fee_asked=fee_asked,
            fee_paid=fee_paid,
            finished=finished,
            reopened=reopened,
            finished_again=finished_again,
            handed_out=_handing_out(draw, ending, last),
        ),
    )


def _arrivals(draw: Draw, size: int) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    first = days.number_of(days.FIRST_DAY)
    day = first + np.searchsorted(np.cumsum(days.rhythm()), np.sort(draw.random(size)) * 0.999_999_999)
    early = day <= days.number_of(days.LAST_DAY_OF_DISTRICTS)
    place = draw.random(size)
    before, after = province.counter(of_districts=True), province.counter(of_districts=False)
    pair_before = np.searchsorted(before.cumulative, place)
    pair_after = np.searchsorted(after.cumulative, place)
    office = np.where(early, before.office.take(pair_before, mode="clip"), after.office.take(pair_after))
    procedure = np.where(
        early, before.procedure.take(pair_before, mode="clip"), after.procedure.take(pair_after)
    )
    channel = _channels(draw, day, procedure)
    hour = np.where(channel == ONLINE, _any_hour(draw, size), _office_hour(draw, size))
    return office, procedure, day * DAY + hour, channel


def _channels(draw: Draw, day: Numbers, procedure: Numbers) -> Numbers:
    """Online rises over the years; nobody stands at a counter on a day off, but for some Saturdays."""
    years = (day - days.number_of(days.FIRST_DAY)) / 365
    online = draw.random(len(day)) < _share(-0.5 + 0.75 * years + _of_procedures("online")[procedure])
    closed = ~days.is_working_day()[day] & (draw.random(len(day)) < 0.8)
    offline = np.where(draw.random(len(day)) < 0.06, POSTAL, IN_PERSON)
    return np.where(online | closed, ONLINE, offline)


def _acceptance(draw: Draw, channel: Numbers, received: Numbers) -> Numbers:
    """At the counter at once; what comes in online waits for hours, some of it for days."""
    size = len(received)
    slow = draw.random(size) < 0.08
    wait = np.where(slow, _exponential(draw, size, 2 * DAY), _exponential(draw, size, 3 * 3600))
    return np.where(channel == ONLINE, received + wait, received)


def _share(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    shares: NDArray[np.float64] = 1 / (1 + np.exp(-log_odds))
    return shares


def _any_hour(draw: Draw, size: int) -> Numbers:
    hours: Numbers = (np.clip(draw.normal(13, 4, size), 0, 23.99) * 3600).astype(np.int64)
    return hours


def _office_hour(draw: Draw, size: int) -> Numbers:
    seconds = OPENING + (draw.random(size) * 7.5 * 3600).astype(np.int64)
    return np.where(seconds < 11 * 3600 + 1800, seconds, seconds + 2 * 3600)


def _exponential(draw: Draw, size: int, mean: float) -> Numbers:
    waits: Numbers = draw.exponential(mean, size).astype(np.int64) + 60
    return waits


@cache
def _of_procedures(name: str) -> NDArray[np.float64]:
    return np.array([getattr(procedure, name) for procedure in province.procedures()], dtype=float)


@cache
def _of_offices(name: str) -> NDArray[np.float64]:
    return np.array([getattr(office, name) for office in province.offices()], dtype=float)


@cache
def _promise_of_offices() -> NDArray[np.str_]:
    return np.array([office.promise for office in province.offices()])


def _numbers(office: Numbers, received: Numbers, block: int) -> Numbers:
    """A running number within office and day, in a range of the block's own: no number comes twice."""
    group = office * 10_000 + received // DAY
    order = np.argsort(group, kind="stable")
    ranked = group[order]
    starts = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]])
    running = np.arange(len(group)) - np.repeat(starts, np.diff(np.r_[starts, len(group)]))
    numbers = np.empty_like(group)
    numbers[order] = running + 1 + block * 1000
    return numbers


def _promises(office: Numbers, procedure: Numbers, received: Numbers) -> Numbers:
    day, hour = received // DAY, received % DAY
    steps = _of_procedures("days").astype(np.int64)[procedure]
    # what is due the same day and comes in the afternoon is due the next
    too_late = (steps == 0) & ((hour > 15 * 3600) | ~days.is_working_day()[day])
    due_day = np.where(too_late, days.next_working_day(day + 1), days.working_day_after(day, steps))
    way = _promise_of_offices()[office]
    at_hour = np.where((steps == 0), CLOSING, np.clip(hour, OPENING, CLOSING))
    hours: Numbers = np.select([way == "hour", way == "date"], [at_hour, 0], CLOSING)
    return due_day * DAY + hours


def _end_of(due: Numbers) -> Numbers:
    """The last second on which a promise is kept: of a mere date, its whole day."""
    return np.where(due % DAY == 0, due + DAY - 1, due)


def _supplement(
    draw: Draw, procedure: Numbers, received: Numbers, promised: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """A request before the promise, an answer and the promise that it moves."""
    size = len(received)
    asked = draw.random(size) < _of_procedures("supplements")[procedure]
    share = draw.random(size)
    request = received + 1800 + (share * 0.8 * (promised - received)).astype(np.int64)
    return _asked(asked, request, _answers(draw, request), promised)


def _answers(draw: Draw, request: Numbers) -> Numbers:
    answer = request + _exponential(draw, len(request), 5 * DAY)
    return np.where(draw.random(len(request)) < 0.97, answer, NEVER)


def _asked(asked: Flags, request: Numbers, answer: Numbers, due: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    answered = asked & (answer < NEVER)
    wait = days.working_days_between(request * asked // DAY, answer * answered // DAY) * answered
    moved = days.working_day_after(due * answered // DAY + ~answered, np.maximum(wait, 1)) * DAY + due % DAY
    return (
        np.where(asked, request, NEVER),
        np.where(answered, answer, NEVER),
        np.where(answered, moved, NEVER),
    )


def _again(draw: Draw, answer: Numbers, moved: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    asked = (draw.random(len(answer)) < 0.1) & (answer < NEVER)
    request = np.minimum(answer + _exponential(draw, len(answer), 2 * DAY), moved - 3600)
    asked &= request > answer
    return _asked(asked, request, request + _exponential(draw, len(answer), 4 * DAY), moved)


def _last_known(*moments: Numbers) -> Numbers:
    latest: Numbers = np.max([np.where(moment < NEVER, moment, 0) for moment in moments], axis=0)
    return latest


def _late_request(
    draw: Draw, procedure: Numbers, due: Numbers, finished: Numbers, request: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """A request and a moved promise when the promise had passed already: it excuses nothing."""
    gap = np.minimum(finished, due + 60 * DAY) - _end_of(due)
    late = (gap > 2 * DAY) & (request == NEVER) & (_of_procedures("days")[procedure] >= 3)
    asked = late & (draw.random(len(due)) < 0.25)
    at = _end_of(due) + (gap * 0.3).astype(np.int64) * asked
    return _asked(asked, at, at + (gap * 0.4).astype(np.int64) * asked, due)


def _endings(draw: Draw, office: Numbers, procedure: Numbers, since: Numbers, due: Numbers) -> Numbers:
    size = len(since)
    late = draw.random(size) < _share(
        _of_offices("lateness")[office] + _of_procedures("lateness")[procedure] + _bad_months(office, since)
    )
    kept = _kept(draw, office, since, due)
    broken = _broken(draw, due)
    return np.maximum(np.where(late, broken, kept), since + 600)


def _bad_months(office: Numbers, moment: Numbers) -> NDArray[np.float64]:
    """Lateness clusters: an office falls behind for two months, and everybody does around Tết."""
    months = moment // (30 * DAY)
    table = _troubles()
    found: NDArray[np.float64] = table[office, np.minimum(months, table.shape[1] - 1)]
    return found


@cache
def _troubles() -> NDArray[np.float64]:
    draw = np.random.default_rng(2026)
    months = days.number_of(days.HORIZON) // 30 + 1
    table = draw.normal(0, 0.25, (len(province.offices()), months))
    starts = draw.random(table.shape) < 0.05
    table[starts] += 2.0
    table[:, 1:][starts[:, :-1]] += 1.4
    # the months that hold Tết, which falls between late January and mid-February
    table[:, 13::12] += 0.5
    return table


def _kept(draw: Draw, office: Numbers, since: Numbers, due: Numbers) -> Numbers:
    size = len(since)
    first, last = since // DAY, due // DAY
    last_day = draw.random(size) < _of_offices("last_day")[office]
    share = np.where(last_day, 1.0, draw.beta(2, 1.6, size))
    steps = np.ceil(share * np.maximum(days.working_days_between(first, last), 0)).astype(np.int64)
    steps = np.maximum(steps, ~days.is_working_day()[first])
    day = days.working_day_after(first, steps)
    moment = day * DAY + _office_hour(draw, size)
    hours = (draw.random(size) * 2 * 3600).astype(np.int64)
    return np.where(moment <= _end_of(due), moment, np.maximum(_end_of(due) - hours, since))


def _broken(draw: Draw, due: Numbers) -> Numbers:
    """Hours late, days late, months late; the forgotten wait for the clean-up of a December, or for ever."""
    size = len(due)
    delay = np.ceil(draw.lognormal(1.1, 1.1, size)).clip(1, 300).astype(np.int64)
    day = days.next_working_day(due // DAY + delay)
    moment = day * DAY + _office_hour(draw, size)
    hours = _end_of(due) + _exponential(draw, size, 1800)
    moment = np.where(draw.random(size) < 0.06, hours, moment)
    fate = draw.random(size)
    cleaned = _next_december(due) * DAY + _clean_up(draw, size)
    return np.where(fate < 0.10, np.where(fate < 0.07, np.maximum(cleaned, moment), NEVER), moment)


def _clean_up(draw: Draw, size: int) -> Numbers:
    return draw.integers(0, 12, size) * DAY + _office_hour(draw, size)


@cache
def _decembers() -> Numbers:
    found = [number for number, day in enumerate(days.all_days()) if (day.month, day.day) == (12, 15)]
    return np.array(found)


def _next_december(due: Numbers) -> Numbers:
    found: Numbers = _decembers()[np.searchsorted(_decembers(), due // DAY)]
    return found


def _kinds(draw: Draw, channel: Numbers) -> Numbers:
    fate = draw.random(len(channel))
    closed = np.select([fate < 0.012, fate < 0.030], [WITHDRAWN, RETURNED], RESOLVED)
    refused = (channel == ONLINE) & (draw.random(len(channel)) < 0.02)
    return np.where(refused, NOT_ACCEPTED, closed)


def _fee(draw: Draw, procedure: Numbers, since: Numbers, finished: Numbers) -> tuple[Numbers, Numbers]:
    length = np.where(finished < NEVER, finished - since, 40 * DAY)
    asked = (_of_procedures("fee")[procedure] > 0) & (draw.random(len(since)) < 0.5)
    start = draw.random(len(since)) * 0.5
    return (
        np.where(asked, since + (start * length).astype(np.int64), NEVER),
        np.where(asked, since + ((start + 0.4) * length).astype(np.int64), NEVER),
    )


def _handing_out(draw: Draw, ending: Numbers, last: Numbers) -> Numbers:
    """Some results go out at once, the others on a working day that follows."""
    size = len(last)
    ended = (ending == RESOLVED) & (last < NEVER)
    day = days.next_working_day(last * ended // DAY + 1 + _exponential(draw, size, DAY) // DAY)
    later = day * DAY + _office_hour(draw, size)
    return np.where(ended, np.where(draw.random(size) < 0.4, last, later), NEVER)


def _reopening(draw: Draw, ending: Numbers, finished: Numbers) -> tuple[Numbers, Numbers]:
    size = len(finished)
    again = (draw.random(size) < 0.004) & (ending == RESOLVED) & (finished < NEVER)
    reopened = finished + 4 * DAY + _exponential(draw, size, 8 * DAY)
    finished_again = reopened + DAY + _exponential(draw, size, 5 * DAY)
    return np.where(again, reopened, NEVER), np.where(again, finished_again, NEVER)


def _undated(draw: Draw, procedure: Numbers) -> Flags:
    found: Flags = (_of_procedures("undated")[procedure] > 0) | (draw.random(len(procedure)) < 0.006)
    return found


def _dirt(draw: Draw, office: Numbers) -> Numbers:
    limits = np.cumsum(list(DIRT.values())[1:])
    kind = np.searchsorted(limits, draw.random(len(office)), side="right") + 1
    clean = kind == len(DIRT)
    broken = draw.random(len(office)) < _of_offices("broken_promises")[office]
    return np.where(clean, np.where(broken, len(DIRT) - 1, 0), kind)


def _hand_over(draw: Draw, drawn: Lives) -> Lives:
    """Offices that end with the districts leave nothing open: what is left is finished or stopped."""
    end = (days.number_of(days.LAST_DAY_OF_DISTRICTS) + 1) * DAY - 1
    ends = np.array([office.ended for office in province.offices()])[drawn.office]
    last = np.where(drawn.finished_again < NEVER, drawn.finished_again, drawn.finished)
    left = ends & (last > end)
    wanted = end - 6 * 3600 - draw.integers(0, 3 * DAY, len(left))
    closing = np.clip(wanted, drawn.received + 1, end)
    moments = {
        name: np.where(ends & (getattr(drawn, name) > end), NEVER, getattr(drawn, name))
        for name in EVENTS
        if name not in {"received", "finished"}
    }
    for name in ("first", "second"):
        lost = ends & (moments[f"{name}_answer"] == NEVER)
        moments[f"{name}_moved"] = np.where(lost, NEVER, getattr(drawn, f"{name}_moved"))
    stopped = left & (draw.random(len(left)) < 0.7)
    closed_now = {
        "ending": np.where(stopped, RETURNED, drawn.ending),
        "finished": np.where(left, closing, drawn.finished),
        "reopened": np.where(left, NEVER, moments["reopened"]),
        "finished_again": np.where(left, NEVER, moments["finished_again"]),
        "handed_out": np.where(left, np.where(stopped, NEVER, closing), moments["handed_out"]),
    }
    return replace(drawn, **{**moments, **closed_now})
