"""The page of index criteria: which index, edition and period, then one authority or one place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dunghen import questions
from dunghen.scope import Scope
from dunghen.ui import address
from dunghen.ui.choosers import jump
from dunghen.ui.criteria.breakdown import Sheet, score_of_scale, show_breakdown
from dunghen.ui.criteria.place import show_nothing, show_place
from dunghen.ui.criteria.rules import show_rules
from dunghen.ui.table import plain, text_table
from dunghen.words import formats, sentences
from dunghen.words.names import without_kind

Row = Mapping[str, Any]

NAMED = 6
LEVELS = ("commune", "province", "district", "department", "ministry", "region", "nation")
CHOICES = ("index_code", "edition", "first_day", "last_day", "level")


def show_authority(authority: Row, scope: Scope) -> None:
    """One authority: its scores in the edition and period the address asks for, and what else it has."""
    editions = _editions_of(authority)
    if not editions:
        st.markdown(address.text("criteria.nothing_own", name=plain(authority["authority_name"])))
        _show_ways_on(authority)
        return
    chosen = _choose(editions, scope)
    if chosen is None:
        return
    show_breakdown(authority, Sheet.of(chosen))
    _show_same_edition([row for row in editions if row["edition"] == chosen["edition"]], chosen)
    if authority["parent_code"] is not None:
        address.link(
            address.text("criteria.siblings", parent=plain(authority["parent_name"])),
            "criteria",
            icon=":material/grid_on:",
            parent_code=authority["parent_code"],
            index_code=chosen["index_code"],
            edition=chosen["edition"],
        )
    show_rules(chosen["index_code"], chosen["edition"])


def show_within(place: Row, scope: Scope) -> None:
    """The authorities of one place; below them the place itself, where it has scores."""
    own = _editions_of(place)
    editions = _merged(questions.ask("edition_by_parent", Scope(parent_code=place["authority_code"])).rows)
    if editions:
        chosen = _choose(editions, scope)
        if chosen is not None:
            show_place(chosen, place)
            show_rules(chosen["index_code"], chosen["edition"])
        _show_link_to_own(place, own)
        return
    show_nothing(place)
    if own:
        _show_link_to_own(place, own)
        show_breakdown(place, Sheet.of(next((row for row in own if row["criteria"]), own[0])))
    _show_ways_on(place)


def _editions_of(authority: Row) -> list[dict[str, Any]]:
    asked = Scope(authority_code=authority["authority_code"])
    return list(questions.ask("edition_by_authority", asked).rows)


def _merged(editions: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row per index, edition, period and level, whatever the source; what can be laid side by side first.

    Then the levels people ask for, the latest period, the longest one.
    """
    sheets: dict[tuple[Sheet, str], dict[str, Any]] = {}
    for row in editions:
        first = sheets.setdefault((Sheet.of(row), row["level"]), dict(row))
        if first["only_authority_name"] != row["only_authority_name"]:
            first["only_authority_name"] = None
    return sorted(
        sheets.values(),
        key=lambda row: (
            row["criteria"] <= 1,
            row["authorities"] <= 1,
            LEVELS.index(row["level"]),
            -row["last_day"].toordinal(),
            row["first_day"],
        ),
    )


def _choose(editions: Sequence[dict[str, Any]], scope: Scope) -> dict[str, Any] | None:
    """The edition the address asks for, with buttons for the others; None, in words, if there is none."""
    left = [row for row in editions if _fits(row, scope)]
    chosen = next((row for row in left if row.get("criteria")), left[0] if left else None)
    language = address.language()
    if chosen is None:
        st.warning(address.text("criteria.not_there"))
    _jump("index", editions, chosen, language)
    if chosen is not None:
        same_index = [row for row in editions if row["index_code"] == chosen["index_code"]]
        _jump("edition", same_index, chosen, language)
        same_edition = [row for row in same_index if row["edition"] == chosen["edition"]]
        _jump("period", same_edition, chosen, language)
        same_period = [row for row in same_edition if Sheet.of(row) == Sheet.of(chosen)]
        if "level" in chosen:
            _jump("level", same_period, chosen, language)
        st.caption(address.text("criteria.kept_apart"))
    return chosen


def _fits(row: Row, scope: Scope) -> bool:
    return all(getattr(scope, field) in (None, row.get(field, getattr(scope, field))) for field in CHOICES)


def _jump(what: str, editions: Sequence[Row], chosen: Row | None, language: str) -> None:
    fields = {"index": CHOICES[:1], "edition": CHOICES[:2], "period": CHOICES[:4], "level": CHOICES}[what]
    first = {_label(what, row, language): row for row in reversed(editions)}
    rows = list(reversed(first.values()))
    if what in ("edition", "period"):
        rows.sort(key=_newest_first)
    options = {
        _label(what, row, language): {field: row[field] if field in fields else None for field in CHOICES}
        for row in rows
    }
    now = _label(what, chosen, language) if chosen is not None else None
    jump(address.text(f"criteria.{what}"), options, now)


def _newest_first(row: Row) -> tuple[int, dt.date]:
    return -row["last_day"].toordinal(), row["first_day"]


def _label(what: str, row: Row, language: str) -> str:
    if what == "index":
        return formats.name_in(row, "index_name", language)
    if what == "edition":
        return str(row["edition"])
    if what == "level":
        return sentences.level_name(row["level"], language)
    period = formats.period(row["first_day"], row["last_day"], language)
    only = row.get("only_authority_name")
    return address.text("criteria.only", period=period, name=without_kind(only)) if only else period


def _show_same_edition(editions: Sequence[Row], chosen: Row) -> None:
    """Other periods within one edition, where alone a change may be read."""
    language = address.language()
    same = [row for row in editions if row["index_code"] == chosen["index_code"]]
    if len({(row["first_day"], row["last_day"]) for row in same}) < 2:
        return
    with st.container(border=True):
        st.markdown(f"#### {address.text('criteria.periods.title', edition=chosen['edition'])}")
        st.caption(address.text("criteria.periods.note"))
        text_table(
            (address.text("authority.period"), address.text("criteria.score")),
            [
                (
                    plain(formats.period(row["first_day"], row["last_day"], language)),
                    score_of_scale(row, language),
                )
                for row in same
            ],
        )


def _show_link_to_own(place: Row, own: Sequence[Row]) -> None:
    if own:
        address.link(
            address.text("criteria.own", name=plain(place["authority_name"])),
            "criteria",
            icon=":material/bar_chart:",
            authority_code=place["authority_code"],
        )


def _show_ways_on(place: Row) -> None:
    """Where there are scores: the parent, the provinces of the country, others of the same level."""
    st.markdown(address.text("criteria.elsewhere"))
    if place["parent_code"] is not None:
        address.link(
            address.text("criteria.siblings", parent=plain(place["parent_name"])),
            "criteria",
            parent_code=place["parent_code"],
        )
    if place["parent_code"] != questions.NATION and place["authority_code"] != questions.NATION:
        address.link(address.text("criteria.provinces"), "criteria", parent_code=questions.NATION)
    alike = questions.ask("authority_with_figures", Scope(level=place["level"])).rows
    scored = [row for row in alike if row["editions"] and row["authority_code"] != place["authority_code"]]
    for row in scored[:NAMED]:
        address.link(_scored(row), "criteria", authority_code=row["authority_code"])
    address.link(
        address.text("criteria.authority_page", name=plain(place["authority_name"])),
        "authority",
        authority_code=place["authority_code"],
    )


def _scored(row: Row) -> str:
    place = row["province_name"] or row["parent_name"]
    apart = place is not None and place != row["authority_name"]
    return address.text(
        "criteria.has_scores",
        name=plain(f"{row['authority_name']} ({place})" if apart else row["authority_name"]),
        count=formats.count(row["editions"], address.language()),
    )
