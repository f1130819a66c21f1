"""No authority in the address: a search, and everybody who has figures."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from dunghen import questions
from dunghen.scope import Scope
from dunghen.ui import address
from dunghen.ui.authority.rates import rate_cell
from dunghen.ui.choosers import switch
from dunghen.ui.exhibit import exhibit
from dunghen.ui.search_box import search_box
from dunghen.ui.table import Column, plain, quiet, text_table
from dunghen.words import formats, sentences

if TYPE_CHECKING:
    from collections.abc import Mapping


def show(scope: Scope) -> None:
    """The search, then the authorities of one level that have figures, as links with their newest figure."""
    language = address.language()
    search_box(key="authority", prominent=True)
    everybody = questions.ask("authority_with_figures", Scope())
    levels = Counter(row["level"] for row in everybody.rows)
    level = next((code for code in (scope.level, "province", *levels) if code in levels), None)
    switch(
        address.text("authority.listing.level"),
        "level",
        {code: f"{sentences.level_name(code, language)} ({levels[code]})" for code in levels},
        level,
    )
    answer = questions.ask("authority_with_figures", Scope(level=level))
    exhibit(
        answer,
        title=address.text("authority.listing.title", count=formats.count(len(answer.rows), language)),
        note=address.text("authority.listing.note"),
        columns={
            "authority_name": Column(address.text("authority.name")),
            "parent_name": Column(address.text("authority.listing.place")),
            "numerator": Column(address.text("authority.numerator"), "count"),
            "denominator": Column(address.text("authority.denominator"), "count"),
            "rate": Column(address.text("authority.rate"), "percent"),
            "last_day": Column(address.text("authority.until"), "day"),
        },
        body=lambda: text_table(
            (address.text("authority.name"), address.text("authority.listing.figure")),
            [_cells(row, language) for row in answer.rows],
        ),
    )


def _cells(row: Mapping[str, Any], language: str) -> tuple[str, str]:
    path = address.path_to("authority", authority_code=row["authority_code"])
    places = dict.fromkeys(
        name
        for name in (row["parent_name"], row["province_name"])
        if name and name not in (row["authority_name"], "Việt Nam")
    )
    where = quiet(", ".join(places)) if places else ""
    return f"[{plain(row['authority_name'])}]({path}) {where}", _figure(row, language)


def _figure(row: Mapping[str, Any], language: str) -> str:
    if row["definition_code"] is not None:
        period = formats.period(row["first_day"], row["last_day"], language)
        return f"{rate_cell(row, language)} {quiet(period)}"
    parts = [
        address.text(f"authority.listing.{kind}", count=row[kind])
        for kind in ("reports", "editions", "indicators")
        if row[kind]
    ]
    return f":gray[{plain(', '.join(parts))}]"
