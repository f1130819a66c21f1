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
        finding=" ".join(part for part in (_no_moves(row), _left_out(row, language)) if part),
        body=lambda: show_tiles([*_moved(row, language), *_ended(row, language), *_waited(row, language)]),
        columns={
            name: Column(address.text(f"authority.beside.column.{name}"), kind)
            for name, kind in COLUMNS.items()
        },
        key="beside",
    )


def _tile(name: str, share: float | None, part: int, whole: int, language: str) -> tuple[str, str, str]:
    fraction = f"{formats.count(part, language)} / {sentences.dossiers(whole, language)}"
    return address.text(f"authority.beside.{name}"), formats.percent(share, language), fraction


def _moved(row: Row, language: str) -> list[tuple[str, str, str]]:
    if not _tells_moves(row):
        return []
    return [
        _tile("supplemented", row["supplement_share"], row["supplemented"], row["resolved"], language),
        _tile("extended", row["extended_share"], row["extended"], row["resolved"], language),
        _tile("plain", row["plain_rate"], row["plain_on_time"], row["plain_resolved"], language),
        _tile("original", row["original_rate"], row["on_time_original"], row["resolved"], language),
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


def _tells_moves(row: Row) -> bool:
    """Whether any dossier tells of a supplement or a moved promise: many exports leave them out."""
    return bool(row["supplemented"] or row["extended"])


def _no_moves(row: Row) -> str:
    return "" if _tells_moves(row) else address.text("authority.beside.no_moves")


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
