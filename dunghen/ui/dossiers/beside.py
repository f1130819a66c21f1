"""What stands beside the headline, so that it cannot be dressed up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dunghen import questions
from dunghen.ui import address
from dunghen.ui.exhibit import exhibit
from dunghen.ui.table import Column
from dunghen.ui.tiles import show_tiles
from dunghen.words import formats, sentences

if TYPE_CHECKING:
    from dunghen.ui.dossiers.looked import Looked, Row

COLUMNS = {
    "resolved": "count", "supplemented": "count", "supplement_share": "percent", "extended": "count",
    "extended_share": "percent", "plain_rate": "percent", "original_rate": "percent", "withdrawn": "count",
    "returned": "count", "given_back_share": "percent", "last_day_share": "percent",
    "median_days": "count", "p90_days": "count", "undated_resolved": "count", "undated_open": "count",
    "not_accepted": "count", "newly_registered": "count",
}  # fmt: skip
# Of supplements and moved promises: the share, its part and its whole.
MOVED = {
    "supplemented": ("supplement_share", "supplemented", "resolved"),
    "extended": ("extended_share", "extended", "resolved"),
    "plain": ("plain_rate", "plain_on_time", "plain_resolved"),
    "original": ("original_rate", "on_time_original", "resolved"),
}


def show_beside(looked: Looked) -> None:
    """Supplements, moved promises, what was given back, the last day, typical waiting, what is left out."""
    answer = questions.ask("beside_headline_by_authority", looked.scope)
    row = answer.one
    if row is None or not row["resolved"]:
        return
    language = address.language()
    exhibit(
        answer,
        title=address.text("authority.beside.title"),
        note=looked.in_words(),
        finding="\n\n".join(filter(None, (_not_told(row, looked.coverage), _left_out(row, language)))),
        body=lambda: show_tiles([*_moved(row, language), *_ended(row, language), *_waited(row, language)]),
        columns={
            name: Column(address.text(f"authority.beside.column.{name}"), kind)
            for name, kind in COLUMNS.items()
        },
        key="beside",
    )


def _tile(name: str, share: float | None, part: int, whole: int, language: str) -> tuple[str, str, str]:
    fraction = f"{formats.count(part, language)} / {sentences.dossiers(whole, language)}"
    # the two numbers stay on one line of the narrow tile
    fraction = fraction.replace(" ", "\N{NO-BREAK SPACE}", 2)
    return address.text(f"authority.beside.{name}"), formats.percent(share, language), fraction


def _moved(row: Row, language: str) -> list[tuple[str, str, str]]:
    return [
        _tile(name, row[share], row[part], row[whole], language)
        for name, (share, part, whole) in MOVED.items()
        if row[part] is not None
    ]


def _ended(row: Row, language: str) -> list[tuple[str, str, str]]:
    given_back = row["withdrawn"] + row["returned"]
    finished = row["resolved"] + row["undated_resolved"] + given_back
    return [
        _tile("given_back", row["given_back_share"], given_back, finished, language),
        _tile("last_day", row["last_day_share"], row["on_due_date"], row["on_time"], language),
        (
            address.text("authority.beside.overdue"),
            formats.count(row["overdue"], language),
            address.text("authority.beside.overdue_on", day=formats.day(row["last_day"], language)),
        ),
    ]


def _waited(row: Row, language: str) -> list[tuple[str, str, str]]:
    if row["median_days"] is None:
        return []
    return [
        (
            address.text("authority.beside.median"),
            formats.count(row["median_days"], language),
            address.text("authority.beside.p90", days=sentences.days(row["p90_days"], language)),
        )
    ]


def _not_told(row: Row, coverage: str) -> str:
    """What nobody knows because an export that the figures are made of has no column for it."""
    names = [
        address.text(f"authority.beside.{name}") for name, (_, part, _) in MOVED.items() if row[part] is None
    ]
    whose = "own" if coverage == "own" else "area"
    return address.text(f"authority.beside.not_told.{whose}", names="; ".join(names)) if names else ""


def _left_out(row: Row, language: str) -> str:
    """Which dossiers are in no rate, so that nobody wonders where they are."""
    names = ("undated_resolved", "undated_open", "not_accepted", "newly_registered")
    parts = [
        f"{sentences.count_name(name, language)} {formats.count(row[name], language)}"
        for name in names
        if row[name]
    ]
    if not parts:
        return address.text("authority.beside.nothing_left_out")
    return address.text("authority.beside.left_out", parts="; ".join(parts))
