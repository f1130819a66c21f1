"""The page of one authority, part by part: text and numbers first, charts below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dunghen.ui import address
from dunghen.ui.authority import (
    among,
    dossiers,
    headline,
    history,
    published,
    rates,
    scores,
    take_away,
    within,
    without,
)
from dunghen.ui.authority.chosen import Chosen, choose
from dunghen.ui.table import plain
from dunghen.words import formats, sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dunghen.scope import Scope


def identity(authority: Mapping[str, Any]) -> str:
    """One line below the name: what it is, from when to when, its codes."""
    language = address.language()
    kind = sentences.kind_name(authority["authority_kind"], language)
    parts = [kind[:1].upper() + kind[1:]]
    for end in ("from", "to"):
        if authority[f"valid_{end}"] is not None:
            bound = "_bound" if authority[f"valid_{end}_is_bound"] else ""
            day = formats.day(authority[f"valid_{end}"], language)
            parts.append(address.text(f"authority.identity.{end}{bound}", day=day))
    parts.append(address.text("authority.identity.code", code=authority["authority_code"]))
    if authority["portal_code"] and authority["portal_code"] != authority["authority_code"]:
        parts.append(address.text("authority.identity.portal_code", code=authority["portal_code"]))
    return " · ".join(plain(part) for part in parts)


def show(authority: Mapping[str, Any], scope: Scope) -> None:
    """Everything known of one authority; where it has nothing of its own, whose figures there are."""
    chosen = choose(authority, scope)
    if authority["level"] == "group":
        st.info(address.text("authority.group"))
    standing = among.stand(chosen)
    if chosen.asked is not None:
        _show_what_there_is(chosen)
    else:
        headline.show_headline(chosen, standing)
    dossiers.choose(chosen)
    take_away.show_statements(authority)
    if chosen.counts is None and chosen.asked is None:
        headline.show_targets(authority["authority_code"])
    if not authority["has_figures"]:
        _show_whose_figures_there_are(authority)
    else:
        _show_own_figures(chosen, standing, scope)
    within.show_within(authority)
    take_away.show_sources(authority)
    take_away.show_take_away(authority, chosen.counts)


def _show_own_figures(chosen: Chosen, standing: among.Standing | None, scope: Scope) -> None:
    authority = chosen.authority
    dossiers.show_first(chosen)
    headline.show_counts(chosen)
    rates.show_notes(chosen)
    if standing is not None:
        among.show_siblings(standing)
    else:
        among.show_nobody(chosen)
    dossiers.show_parts_of(chosen, scope)
    rates.show_definitions(chosen)
    rates.show_remainders(chosen)
    rates.show_breakdowns(chosen)
    rates.show_other_reports(chosen)
    scores.show_scores(authority)
    published.show_indicators(authority)
    if chosen.rate is None and chosen.asked is None:
        without.show_parent(authority)
    history.show_history(authority)


def _show_whose_figures_there_are(authority: Mapping[str, Any]) -> None:
    history.show_history(authority)
    without.show_parent(authority)
    among.show_neighbours(authority)
    without.show_how_to_publish()


def _show_what_there_is(chosen: Chosen) -> None:
    """What the address asks for was not published: says so and offers what was."""
    st.warning(address.text(f"authority.not_there.{chosen.asked}"))
    language = address.language()
    if chosen.asked == "definition":
        rows = [row for row in chosen.rates_of_report if row["rate"] is not None]
    else:
        rows = chosen.whole_reports
    for row in rows:
        code = row.get("definition_code") or row.get("headline_definition_code")
        name = sentences.definition_name(code, language)
        address.link(
            plain(f"{formats.period(row['first_day'], row['last_day'], language)} · {name}"),
            "authority",
            authority_code=chosen.authority["authority_code"],
            first_day=row["first_day"],
            last_day=row["last_day"],
            definition_code=code,
            **rates.kind_and_coverage(row),
        )
