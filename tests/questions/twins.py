"""The definitions of the warehouse a second time, in plain Python, from their meaning and not from the SQL.

Figures are whole numbers or None (not known); rates are fractions or None.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from fractions import Fraction
from statistics import median
from typing import Any

Row = dict[str, Any]
Value = int | None

DEFINITIONS = ("resolved", "portal", "accountable", "handled", "not_late", "received", "due")
HEADLINES = ("resolved", "portal", "handled", "not_late", "due")
VERY_LATE = dt.date(9999, 1, 1)


def plus(*values: Value) -> Value:
    """The sum; not known if a part is not known."""
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def minus(whole: Value, part: Value) -> Value:
    return None if whole is None or part is None else whole - part


def first_known(*values: Value) -> Value:
    return next((value for value in values if value is not None), None)


def counts_of(report: Row) -> Row:
    """The counts vector: what a report leaves out and its other counts settle is completed."""
    get: Callable[[str], Value] = report.get
    on_time = first_known(get("on_time"), plus(get("early"), get("on_due_date")))
    late = first_known(get("late"), minus(get("resolved"), on_time))
    if on_time is None:
        on_time = minus(get("resolved"), get("late"))
    offline = first_known(get("received_offline"), plus(get("received_in_person"), get("received_postal")))
    received = first_known(get("received"), plus(get("received_online"), offline))
    return {
        "on_time": on_time,
        "late": late,
        "resolved": first_known(get("resolved"), plus(on_time, late) if get("due") is None else None),
        "received_offline": offline,
        "received": received,
        "received_and_carried_over": first_known(
            get("received_and_carried_over"), plus(received, get("carried_over"))
        ),
        "withdrawn_or_returned": first_known(
            get("withdrawn_or_returned"), plus(get("withdrawn"), get("returned"))
        ),
        "open_total": first_known(get("open_total"), plus(get("in_progress"), get("overdue"))),
        "portal_not_on_time": minus(get("portal_total"), get("portal_on_time")),
    }


def fraction(report: Row, definition_code: str) -> tuple[Value, Value]:
    """Numerator and denominator of a definition, as far as they are known."""
    known = report | counts_of(report)
    get: Callable[[str], Value] = known.get
    if definition_code == "portal":
        if get("portal_total") is not None and get("portal_on_time") is not None:
            return get("portal_on_time"), get("portal_total")
        on_time = plus(get("on_time"), get("in_progress"))
        return on_time, plus(on_time, get("late"), get("overdue"))
    if definition_code == "not_late":
        return minus(get("handled"), get("late")), get("handled")
    wholes = {
        "resolved": get("resolved"),
        "accountable": plus(get("resolved"), get("overdue")),
        "handled": get("handled"),
        "received": get("received_and_carried_over"),
        "due": get("due"),
    }
    return get("on_time"), wholes[definition_code]


def rate_of(report: Row, definition_code: str) -> Fraction | None:
    part, whole = fraction(report, definition_code)
    return Fraction(part, whole) if part is not None and whole else None


def reason_of(report: Row, definition_code: str) -> str | None:
    part, whole = fraction(report, definition_code)
    if whole == 0:
        return "no_dossiers"
    return "missing_counts" if part is None or whole is None else None


def remainders(report: Row) -> dict[str, int]:
    """total = parts → what is left over, for every identity that can be checked and does not hold."""
    known = report | counts_of(report)
    get: Callable[[str], Value] = known.get
    back = get("withdrawn_or_returned")
    if back is None:
        back = (get("withdrawn") or 0) + (get("returned") or 0)
    undated = (get("undated_resolved") or 0) + (get("undated_open") or 0)
    parts: dict[str, tuple[Value, Value]] = {
        "1 handled": (get("handled"), plus(get("on_time"), get("late"), back)),
        "2 received_and_carried_over": (
            get("received_and_carried_over"),
            plus(get("resolved"), get("open_total"), back, undated),
        ),
        "4 open_total": (get("open_total"), plus(get("in_progress"), get("overdue"))),
        "5 received": (get("received"), plus(get("received_online"), get("received_offline"))),
        "6 received_and_carried_over": (
            get("received_and_carried_over"),
            plus(get("received"), get("carried_over")),
        ),
        "7 resolved": (get("resolved"), plus(get("on_time"), get("late"))),
        "8 on_time": (get("on_time"), plus(get("early"), get("on_due_date"))),
        "10 handled": (
            get("handled"),
            plus(get("received_online"), get("received_in_person"), get("received_postal") or 0),
        ),
    }
    if get("received_and_carried_over") is None and get("overdue") is None:
        parts["3 received"] = (get("received"), plus(get("resolved"), get("in_progress")))
    if get("late") is not None or get("overdue") is not None:
        parts["9 due"] = (get("due"), plus(get("on_time"), (get("late") or 0) + (get("overdue") or 0)))
    left = {name: minus(total, summed) for name, (total, summed) in parts.items()}
    return {name: difference for name, difference in left.items() if difference}


def headline_of(report: Row) -> str | None:
    """Which definition is the headline of a report of the whole; None if none can be said."""
    if any(report.get(part) for part in ("field", "channel", "remit")):
        return None
    computed = [name for name in HEADLINES if rate_of(report, name) is not None]
    empty = [name for name in HEADLINES if reason_of(report, name) == "no_dossiers"]
    return next(iter([*computed, *empty]), None)


def newest_headline(reports: Iterable[Row]) -> str | None:
    """report_id of the authority's newest headline: ends last, is longest, was observed last, by its id."""
    candidates = [report for report in reports if headline_of(report) is not None]
    candidates.sort(key=lambda report: report["report_id"])
    candidates.sort(key=lambda report: report.get("observed_at") or "", reverse=True)
    candidates.sort(key=lambda report: report["first_day"] or VERY_LATE)
    candidates.sort(key=lambda report: report["last_day"] or dt.date(1, 1, 1), reverse=True)
    return candidates[0]["report_id"] if candidates else None


def standing_for(reports: Iterable[Row], authority: Row, chosen: Row) -> Row | None:
    """The report that stands for an authority in a comparison, or None."""
    fitting = [
        report
        for report in reports
        if report["authority_code"] == authority["authority_code"]
        and headline_whole(report)
        and all(report[name] == chosen[name] for name in ("first_day", "last_day", "coverage"))
        and was_there(authority, report["last_day"])
    ]
    fitting.sort(key=lambda report: report["report_id"])
    fitting.sort(key=lambda report: report.get("observed_at") or "", reverse=True)
    return fitting[0] if fitting else None


def headline_whole(report: Row) -> bool:
    return not any(report.get(part) for part in ("field", "channel", "remit"))


def was_there(authority: Row, day: dt.date) -> bool:
    begun = authority.get("valid_from") is None or authority["valid_from"] <= day
    ended = authority.get("valid_to") is not None and authority["valid_to"] < day
    return begun and not ended


def pooled(fractions: Iterable[tuple[Value, Value]]) -> tuple[Value, Value, Fraction | None]:
    """Sums over those with a rate, and the median of the rates."""
    known = [(part, whole) for part, whole in fractions if part is not None and whole]
    if not known:
        return None, None, None
    rates = [Fraction(part, whole) for part, whole in known]
    return sum(part for part, _ in known), sum(whole for _, whole in known), median(rates)
