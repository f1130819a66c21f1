"""The roll-ups once more, in plain Python and straight from the dossiers: a loop for every number."""

from __future__ import annotations

import calendar as months_of
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from math import ceil

import holidays

DAY = timedelta(days=1)
MIDNIGHT = time()
LATEST = datetime(9999, 12, 31)  # noqa: DTZ001 - local time throughout
LENGTH = {"month": 1, "quarter": 3, "year": 12}
NOT_ACCEPTED_YET = (1, 3)
OPEN = (2, 4, 5, 6)
RESOLVED = (9, 10)
ENDED = (7, 8, 9, 10)
HAVE_OFFICES = ("district", "department", "commune")
NO_AREA = ("nation", "region", "group")
Row = dict[str, object]


@dataclass(frozen=True)
class Dossier:
    """A row of dossiers.parquet."""

    dossier_key: str
    authority_code: str
    procedure_code: str | None
    field: str | None
    channel: str | None
    status: int
    received_at: datetime
    original_due_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    # None: the export has no column for it
    supplements: int | None = 0
    extended: bool | None = False

    @property
    def is_accepted(self) -> bool:
        return self.status not in NOT_ACCEPTED_YET

    @property
    def is_resolved(self) -> bool:
        return self.status in RESOLVED and self.due_at is not None

    @property
    def outcome(self) -> str | None:
        """How it ended, by the words of the counts; None while it is open."""
        if self.finished_at is None or not self.is_accepted or self.status in OPEN:
            return None
        if self.status in (7, 8):
            return "withdrawn" if self.status == 7 else "returned"
        if self.due_at is None:
            return "undated_resolved"
        if self.finished_at > self.due_at:
            return "late"
        return "early" if self.finished_at.date() < self.due_at.date() else "on_due_date"

    def is_open(self, moment: datetime) -> bool:
        """Whether it was open then: handed in and accepted before, not ended before."""
        if not self.is_accepted or self.received_at >= moment:
            return False
        return self.outcome is None or self.finished_at is None or self.finished_at >= moment


@dataclass(frozen=True)
class Step:
    """A request for a supplement, as the export tells it."""

    requested_at: datetime | None = None
    received_at: datetime | None = None
    due_before: datetime | None = None
    due_after: datetime | None = None


@dataclass(frozen=True)
class Promise:
    """The promise that was given first, the one that is in force, and whether that is another one."""

    original: datetime | None
    in_force: datetime | None
    extended: bool


def promise_in_force(due_at: datetime | None, steps: Iterable[Step]) -> Promise:
    """The latest promise that was made before the one in force then had passed."""
    steps = sorted(steps, key=lambda step: step.requested_at or step.received_at or LATEST)
    original = next((step.due_before for step in steps if step.due_before), due_at)
    in_force, extended = original, False
    for step in steps:
        made = step.requested_at or step.received_at
        if made and step.due_after and in_force and made <= in_force:
            in_force, extended = step.due_after, True
    return Promise(original, in_force, extended)


@dataclass(frozen=True)
class Body:
    """An authority of the registry."""

    authority_code: str
    parent_code: str | None = None
    level: str = "commune"
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Export:
    """One import: what it speaks of, when it came, what it holds."""

    sequence: int
    as_of: date
    dossiers: tuple[Dossier, ...]
    complete_for: str | None = None


@dataclass
class Span:
    """What an authority's figures are made of and from which to which day they go."""

    authority_code: str
    coverage: str
    dossiers: list[Dossier]
    first_month: date
    last_day: date
    cut_month: date
    is_all: bool
    months: list[date] = field(default_factory=list)


def month(day: date | datetime) -> date:
    return date(day.year, day.month, 1)


def first_of(kind: str, day: date) -> date:
    return date(day.year, (day.month - 1) // LENGTH[kind] * LENGTH[kind] + 1, 1)


def last_of(kind: str, day: date) -> date:
    first = first_of(kind, day)
    last_month = first.month + LENGTH[kind] - 1
    return date(first.year, last_month, months_of.monthrange(first.year, last_month)[1])


def months_between(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first = last_of("month", first) + DAY


def processing_days(received: date, finished: date) -> int:
    """Working days after the day of receipt, up to and including the day of finishing."""
    vietnam = holidays.country_holidays("VN")
    days = (finished - received).days
    return sum(vietnam.is_working_day(received + number * DAY) for number in range(1, days + 1))


def days_late(dossier: Dossier) -> int:
    assert dossier.finished_at is not None
    assert dossier.due_at is not None
    return ceil((dossier.finished_at - dossier.due_at) / DAY)


def winners(exports: Iterable[Export]) -> list[Dossier]:
    """The dossiers as they stand: of each, what the export with the greatest (as_of, sequence) says, and of
    what that does not tell the newest that is told."""
    found: defaultdict[str, list[Dossier]] = defaultdict(list)
    for export in sorted(exports, key=lambda export: (export.as_of, export.sequence)):
        for dossier in export.dossiers:
            found[dossier.dossier_key].append(dossier)
    return [as_told(*said) for said in found.values()]


def as_told(*said: Dossier) -> Dossier:
    """The last of the rows of one dossier, with what only earlier ones tell."""
    *earlier, last = said
    for other in earlier[::-1]:
        if last.channel is None and other.channel is not None:
            last = replace(last, channel=other.channel)
    if last.procedure_code is None:
        last = _with_subject(last, earlier)
    counted = [one for one in earlier if one.supplements is not None]
    if last.supplements is None and counted and (counted[-1].supplements or counted[-1].status in ENDED):
        last = replace(last, supplements=counted[-1].supplements)
    moved = [one for one in earlier if one.extended is not None]
    return _with_moves(last, moved[-1]) if last.extended is None and moved else last


def _with_subject(last: Dossier, earlier: list[Dossier]) -> Dossier:
    """A dossier whose procedure only earlier rows tell: the last that is told, if that is of its field."""
    fields = [one.field for one in (*earlier, last) if one.field]
    last = replace(last, field=fields[-1] if fields else None)
    named = [one for one in earlier if one.procedure_code]
    if not named or (named[-1].field and last.field and named[-1].field != last.field):
        return last
    return replace(last, procedure_code=named[-1].procedure_code)


def _with_moves(last: Dossier, told: Dossier) -> Dossier:
    """A dossier whose moves only an earlier row tells."""
    if not told.extended:
        is_kept = told.status in ENDED and last.due_at == told.due_at
        return replace(last, extended=False) if is_kept else last
    if last.due_at is None:
        return replace(last, extended=True)
    due_at = told.due_at if last.due_at == told.original_due_at else last.due_at
    return replace(last, extended=True, original_due_at=told.original_due_at, due_at=due_at)


def _events(dossier: Dossier) -> list[date]:
    """The months in which something happened to a dossier, its falling overdue included."""
    days = [dossier.received_at]
    if dossier.outcome and dossier.finished_at:
        days.append(dossier.finished_at)
    return [month(day) for day in days]


def spans(exports: list[Export], bodies: list[Body]) -> Iterator[Span]:
    of_office = defaultdict(list)
    for dossier in winners(exports):
        of_office[dossier.authority_code].append(dossier)
    horizon: dict[str, date] = {}
    registry = {body.authority_code: body for body in bodies}
    for export in exports:
        told = {code for code in registry if export.complete_for in {code} | _ancestors(registry, code)}
        for code in told | {dossier.authority_code for dossier in export.dossiers}:
            horizon[code] = max(export.as_of, horizon.get(code, export.as_of))
    for body in bodies:
        below = {code for code in of_office if body.authority_code in _ancestors(registry, code)}
        if body.authority_code in of_office:
            yield from _span(
                body, "own", {body.authority_code: of_office[body.authority_code]}, horizon, registry
            )
        if below and body.level not in NO_AREA:
            members = below | ({body.authority_code} & of_office.keys())
            offices = {code: of_office[code] for code in members}
            for span in _span(body, "area", offices, horizon, registry):
                heard = offices.keys() | {code for code, day in horizon.items() if day >= span.last_day}
                yield from () if _is_silent(body, heard, span.last_day, registry) else (span,)


def _is_silent(body: Body, heard: Collection[str], day: date, registry: dict[str, Body]) -> bool:
    """Whether somebody below it who exists on that day is not heard of."""
    return any(
        body.authority_code in _ancestors(registry, one.authority_code)
        and one.level in HAVE_OFFICES
        and one.authority_code not in heard
        and (one.valid_from or day) <= day <= (one.valid_to or day)
        for one in registry.values()
    )


def _ancestors(registry: dict[str, Body], code: str) -> set[str]:
    found = set()
    parent = registry[code].parent_code
    while parent in registry:
        found.add(parent)
        parent = registry[parent].parent_code
    return found


def _span(
    body: Body,
    coverage: str,
    offices: dict[str, list[Dossier]],
    horizon: dict[str, date],
    registry: dict[str, Body],
) -> Iterator[Span]:
    still_valid = [horizon[code] for code in offices if registry[code].valid_to is None]
    every = [horizon[code] for code in offices]
    last_day = min(still_valid or every)
    if last_day != last_of("month", last_day) and max(every) > last_day:
        last_day = month(last_day) - DAY
    if body.valid_to:
        last_day = min(last_day, last_of("month", body.valid_to))
    dossiers = [dossier for held in offices.values() for dossier in held]
    begun = [day for code, held in offices.items() if (day := _beginning(registry[code], held))]
    first_month = max(min(begun, default=date.max), month(body.valid_from or date.min))
    if begun and first_month <= last_day:
        months = list(months_between(first_month, last_day))
        is_all = max(every) <= last_day
        cut = min(day for dossier in dossiers for day in _events(dossier)) < min(begun)
        cut_month = max(min(begun) if cut else date.min, month(body.valid_from or date.min))
        yield Span(body.authority_code, coverage, dossiers, first_month, last_day, cut_month, is_all, months)


def _beginning(body: Body, dossiers: list[Dossier]) -> date | None:
    """An office's first month: that of its validity if it took open dossiers over, else the first in which
    something happened since; None if nothing did."""
    valid_month = month(body.valid_from or date.min)
    if any(dossier.is_open(at(valid_month)) for dossier in dossiers):
        return valid_month
    days = [day for dossier in dossiers for day in _events(dossier)]
    return min((day for day in days if day >= valid_month), default=None)


def counts(dossiers: list[Dossier], first: datetime, end: datetime) -> Counter[str]:
    """The counts vector of dossiers over a period from `first` to just before `end`."""
    found: Counter[str] = Counter()
    for dossier in dossiers:
        found["carried_over"] += dossier.is_open(first)
        if first <= dossier.received_at < end:
            names = {1: "newly_registered", 3: "not_accepted"}
            found[names.get(dossier.status, f"received_{dossier.channel or 'untold'}")] += 1
            found["received"] += dossier.is_accepted
        if dossier.outcome and dossier.finished_at and first <= dossier.finished_at < end:
            found.update(_closing(dossier))
        if dossier.is_open(end):
            overdue = dossier.due_at is not None and dossier.due_at < end
            found["undated_open" if dossier.due_at is None else "overdue" if overdue else "in_progress"] += 1
    return found


def _closing(dossier: Dossier) -> Iterator[str]:
    assert dossier.outcome
    yield dossier.outcome
    if dossier.is_resolved:
        plain = not dossier.supplements and not dossier.extended
        told = {
            "supplements_untold": dossier.supplements is None,
            "moves_untold": dossier.extended is None,
            "supplemented": bool(dossier.supplements),
            "extended": bool(dossier.extended),
            "plain_resolved": plain,
            "plain_on_time": plain and dossier.outcome != "late",
            "on_time_original": dossier.original_due_at is not None
            and dossier.finished_at is not None
            and dossier.finished_at <= dossier.original_due_at,
        }
        yield from (name for name, is_so in told.items() if is_so)


def period(span: Span, kind: str, any_month: date) -> tuple[date, date]:
    """First and last day of the period that a month lies in, as far as the authority has it."""
    first = first_of(kind, any_month)
    return max(first, span.first_month), min(last_of(kind, any_month), span.last_day)


def periods(span: Span, kind: str) -> list[tuple[date, date]]:
    return sorted({period(span, kind, any_month) for any_month in span.months})


def at(day: date) -> datetime:
    return datetime.combine(day, MIDNIGHT)


FLOWS = (
    "received",
    "received_online",
    "received_in_person",
    "received_postal",
    "early",
    "on_due_date",
    "late",
    "withdrawn",
    "returned",
    "undated_resolved",
    "not_accepted",
    "newly_registered",
    "supplemented",
    "extended",
    "plain_resolved",
    "plain_on_time",
    "on_time_original",
)
UNTOLD = {
    **dict.fromkeys(("received_online", "received_in_person", "received_postal"), ("received_untold",)),
    "supplemented": ("supplements_untold",),
    "extended": ("moves_untold",),
    "plain_resolved": ("supplements_untold", "moves_untold"),
    "plain_on_time": ("supplements_untold", "moves_untold"),
    "on_time_original": ("moves_untold",),
}
STOCKS = ("carried_over", "in_progress", "overdue", "undated_open")


def monthly(exports: list[Export], bodies: list[Body], names: tuple[str, ...]) -> Iterator[Row]:
    """Rows of `flow` (names: FLOWS) or of `stock` (STOCKS)."""
    for span in spans(exports, bodies):
        for first, last in periods(span, "month"):
            found = counts(span.dossiers, at(first), at(last + DAY))
            yield {
                "authority_code": span.authority_code,
                "coverage": span.coverage,
                "month": first,
                "last_day": last,
            } | {name: None if _is_untold(found, name) else found[name] for name in names}


def _is_untold(found: Counter[str], name: str) -> bool:
    """Whether the export of any dossier counted has no column for what the count is of."""
    return any(found[reason] for reason in UNTOLD.get(name, ()))


ITEM: dict[str, Callable[[Dossier], str]] = {
    "field": lambda dossier: dossier.field or "unknown",
    "channel": lambda dossier: dossier.channel or "unknown",
    "procedure": lambda dossier: dossier.procedure_code or "unknown",
}
CLASSES = {"1": 1, "2-3": 3, "4-7": 7, "8-15": 15, "16-30": 30, "31-90": 90, "90+": 10**9}
AGES = {"1-7": 7, "8-30": 30, "31-90": 90, "91-365": 365, "366+": 10**9}


def _class(days: int, classes: dict[str, int]) -> str:
    return next(name for name, highest in classes.items() if days <= highest)


def breakdown(exports: list[Export], bodies: list[Body]) -> Iterator[Row]:
    """Rows of `breakdown` before small numbers are hidden: of periods that are over."""
    for span in spans(exports, bodies):
        for kind in LENGTH:
            for first, last in periods(span, kind):
                place: Row = {
                    "authority_code": span.authority_code,
                    "coverage": span.coverage,
                    "period_kind": kind,
                    "first_day": first,
                    "last_day": last,
                }
                for row in _items(span, first, last) if last == last_of(kind, first) else ():
                    if kind == "year" or row["dimension"] in ("field", "channel"):
                        yield place | row


def of_own_months(row: Row, exports: list[Export], bodies: list[Body]) -> Counter[str]:
    """What the offices of an area had of an item in a period, each in its own months only.

    What was open at the start is that at the office's own; nothing is open at the end of who has ended.
    """
    first, last = row["first_day"], row["last_day"]
    assert isinstance(first, date)
    assert isinstance(last, date)
    registry = {body.authority_code: body for body in bodies}
    found: Counter[str] = Counter()
    for span in spans(exports, bodies):
        since, until = max(first, span.first_month), min(last, span.last_day)
        above = {span.authority_code} | _ancestors(registry, span.authority_code)
        if span.coverage == "own" and row["authority_code"] in above and since <= until:
            of_item = [one for one in span.dossiers if ITEM[str(row["dimension"])](one) == row["item"]]
            own = counts(of_item, at(since), at(until + DAY))
            if until < last:
                own.subtract({name: own[name] for name in STOCKS if name != "carried_over"})
            found.update(own)
    return found


def _items(span: Span, first: date, last: date) -> Iterator[Row]:
    for dimension, item_of in ITEM.items():
        told = []
        for item, dossiers in groupby(sorted(span.dossiers, key=item_of), key=item_of):
            found = counts(list(dossiers), at(first), at(last + DAY))
            vector = _vector(found)
            if any(found[name] for name in STOCKS) or vector["received"]:
                told.append({"dimension": dimension, "item": item, "dossiers": None} | vector)
        if dimension != "channel" or all(row["item"] != "unknown" for row in told):
            yield from told
    late = [days_late(one) for one in _resolved(span.dossiers, first, last) if one.outcome == "late"]
    for item, dossiers_late in Counter(_class(days, CLASSES) for days in late).items():
        names = dict.fromkeys(_vector(Counter()))
        yield {"dimension": "days_late", "item": item, "dossiers": dossiers_late} | names


def _vector(found: Counter[str]) -> Row:
    offline = found["received"] - found["received_online"]
    on_time = found["early"] + found["on_due_date"]
    return {
        "carried_over": found["carried_over"],
        "received_online": found["received_online"],
        "received_offline": offline,
        "received": found["received"],
        "is_channel_untold": found["received_untold"] > 0,
        "early": found["early"],
        "on_due_date": found["on_due_date"],
        "on_time": on_time,
        "late": found["late"],
        "resolved": on_time + found["late"],
        "in_progress": found["in_progress"],
        "overdue": found["overdue"],
        "open_total": found["in_progress"] + found["overdue"],
        "closed_otherwise": found["withdrawn"] + found["returned"] + found["undated_resolved"],
        "undated_open": found["undated_open"],
    }


def _resolved(dossiers: Iterable[Dossier], first: date, last: date) -> list[Dossier]:
    """What was resolved in the period, the undated ones included."""
    return [
        one
        for one in dossiers
        if one.status in RESOLVED and one.finished_at and at(first) <= one.finished_at < at(last + DAY)
    ]


def nearest_rank(values: list[int], percent: int) -> int:
    return sorted(values)[-(-percent * len(values) // 100) - 1]


def distribution(exports: list[Export], bodies: list[Body]) -> Iterator[Row]:
    """Rows of `distribution` before those of hidden counts go."""
    kinds = {"whole": ("month", "quarter", "year"), "field": ("year",), "procedure": ("year",)}
    for span in spans(exports, bodies):
        for dimension, period_kinds in kinds.items():
            for kind in period_kinds:
                for first, last in periods(span, kind):
                    if dimension == "whole" or _is_whole(span, kind, first):
                        yield from _lasted(span, dimension, kind, first, last)


def _is_whole(span: Span, kind: str, first: date) -> bool:
    """Whether no validity cuts the period, and no export of somebody else that runs ahead."""
    return span.cut_month <= first_of(kind, first) and (span.is_all or span.last_day >= last_of(kind, first))


def _lasted(span: Span, dimension: str, kind: str, first: date, last: date) -> Iterator[Row]:
    values = defaultdict(list)
    for dossier in _resolved(span.dossiers, first, last):
        assert dossier.finished_at
        item = ITEM[dimension](dossier) if dimension in ITEM else ""
        days = processing_days(dossier.received_at.date(), dossier.finished_at.date())
        values[item, "processing_days"].append(days)
        if dossier.outcome == "late":
            values[item, "days_late"].append(days_late(dossier))
    for (item, measure), days_each in values.items():
        if len(days_each) >= 20:
            yield {
                "authority_code": span.authority_code,
                "coverage": span.coverage,
                "period_kind": kind,
                "first_day": first,
                "last_day": last,
                "dimension": dimension,
                "item": item,
                "kind": measure,
                "dossiers": len(days_each),
                "median": nearest_rank(days_each, 50),
                "p90": nearest_rank(days_each, 90),
            }


def overdue_age(exports: list[Export], bodies: list[Body]) -> Iterator[Row]:
    """Rows of `overdue_age` before small numbers are hidden."""
    for span in spans(exports, bodies):
        end = at(span.last_day + DAY)
        waiting = [one for one in span.dossiers if one.outcome is None and one.is_open(end)]
        due = [max(one.due_at, one.received_at) for one in waiting if one.due_at]
        found = Counter(name for moment in due if (name := _age(moment, end)))
        for name, number in found.items() if span.is_all else ():
            yield {
                "authority_code": span.authority_code,
                "coverage": span.coverage,
                "last_day": span.last_day,
                "class": name,
                "dossiers": number,
            }


def _age(due: datetime, end: datetime) -> str | None:
    if due < end:
        return _class(ceil((end - due) / DAY), AGES)
    left = processing_days(end.date() - DAY, due.date())
    return "due_in_3" if left <= 3 else None
