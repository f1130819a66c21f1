"""Our columns: what a mapping may fill, by kind of record, and the codes that may stand in them."""

from __future__ import annotations

from typing import Literal

Record = Literal["dossiers", "reports", "scores"]

COUNTS = (
    *("carried_over", "received_online", "received_in_person", "received_postal", "received_offline"),
    *("received", "received_and_carried_over", "early", "on_due_date", "on_time", "late", "resolved"),
    *("withdrawn", "returned", "withdrawn_or_returned", "undated_resolved", "undated_open", "in_progress"),
    *("overdue", "open_total", "handled", "due", "portal_total", "portal_on_time"),
)
COLUMNS: dict[str, tuple[str, ...]] = {
    "dossiers": (
        *("dossier_number", "authority", "procedure_code", "field_code", "channel", "status"),
        *("received_at", "due_at", "finished_at", "returned_at", "supplements"),
        *("supplement_requested_at", "supplement_received_at", "due_before", "due_after"),
    ),
    "reports": (
        *("row_label", "authority", "field", "first_day", "last_day", "period_label", "observed_at"),
        *(*COUNTS, "published_rate", "average_days"),
    ),
    "scores": (
        *("authority", "criterion", "score", "max_score", "rank", "rank_of"),
        *("first_day", "last_day", "period_label"),
    ),
}
# Without these a record means nothing. The office of a dossier may be a constant; that of a report or of
# scores may also stand in a title or be given with the command.
REQUIRED: dict[str, tuple[str, ...]] = {
    "dossiers": ("dossier_number", "status", "received_at", "due_at", "authority"),
    "reports": (),
    "scores": ("criterion", "score"),
}
DATES = frozenset(
    {"received_at", "due_at", "finished_at", "returned_at", "supplements", "due_before", "due_after"}
    | {"supplement_requested_at", "supplement_received_at", "first_day", "last_day", "observed_at"}
)
# A table with one of these tells which dossiers had to be supplemented; in one without, nobody knows.
TELL_SUPPLEMENTS = ("supplements", "supplement_requested_at", "supplement_received_at")
FLAT_SUPPLEMENT = ("supplement_requested_at", "supplement_received_at", "due_before", "due_after")

STATUSES = tuple(str(code) for code in range(1, 11))
CHANNELS = ("in_person", "online", "postal")
DEFINITIONS = ("resolved", "portal", "accountable", "handled", "not_late", "received", "due", "unknown")
# Column with a code list → the codes that it may lead to; empty: any code of our lists.
CODES: dict[str, dict[str, tuple[str, ...]]] = {
    "dossiers": {"status": STATUSES, "channel": CHANNELS, "field_code": (), "authority": ()},
    "reports": {"field": (), "authority": ()},
    "scores": {"criterion": (), "authority": ()},
}
# What can be the same for all rows of a file → the values it may have; empty: any text.
CONSTANTS: dict[str, dict[str, tuple[str, ...]]] = {
    "dossiers": {"authority": (), "channel": CHANNELS, "procedure_code": (), "field_code": ()},
    "reports": {
        "authority": (),
        "field": (),
        "period_label": (),
        "coverage": ("own", "area", "unknown", "by_level"),
        "channel": CHANNELS,
        "remit": ("own_competence",),
        "counts_basis": ("published", "from_percentages"),
        "published_rate_definition": DEFINITIONS,
        "published_rate_unit": ("percent", "share"),
    },
    "scores": {
        "authority": (),
        "criterion": (),
        "period_label": (),
        "rank_rule": ("competition", "dense", "row_number", "unknown"),
        "qualifier": ("exact", "derived", "mean"),
    },
}
