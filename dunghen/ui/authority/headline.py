"""The answer first: the sentence, one number with its denominator, and what stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dunghen import questions
from dunghen.scope import Scope
from dunghen.ui import address
from dunghen.ui.authority import among
from dunghen.ui.choosers import switch
from dunghen.ui.exhibit import exhibit
from dunghen.ui.table import Column, plain, text_table
from dunghen.words import formats, sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dunghen.ui.authority.among import Standing
    from dunghen.ui.authority.chosen import Chosen

# in the order of form II.06a; shown where known
COUNTS = (
    "carried_over", "received_online", "received_in_person", "received_postal", "received_offline",
    "received", "received_and_carried_over", "early", "on_due_date", "on_time", "late", "resolved",
    "withdrawn", "returned", "withdrawn_or_returned", "undated_resolved", "undated_open", "in_progress",
    "overdue", "open_total", "handled", "due", "portal_total", "portal_on_time", "portal_not_on_time",
)  # fmt: skip
# sums of the others; where dossiers give every part they only make the list longer
SUMS = ("received_offline", "received_and_carried_over", "withdrawn_or_returned", "open_total")
# what should stand beside every on-time rate: named as not known where a source leaves it out
OWED = (
    "received", "early", "on_due_date", "late", "in_progress", "overdue", "withdrawn", "returned",
)  # fmt: skip
# of dossiers all is known but what an export has no column for
CHANNELS = ("received_online", "received_in_person", "received_postal")
OWED_ELSEWHERE = ("average_days", "supplements", "overdue_age", "typical_days")


def show_headline(chosen: Chosen, standing: Standing | None) -> None:
    """The sentence, the number and beside it where it stands; where there is no number, why."""
    language = address.language()
    rate = chosen.rate
    if rate is None:
        st.markdown(plain(sentences.headline(dict(chosen.authority), language)))
        return
    st.markdown(f"**{plain(sentences.headline(rate, language))}**")
    if rate["rate"] is not None:
        beside = st.columns(2, gap="medium")
        with beside[0]:
            _number(rate, language)
        with beside[1]:
            if standing is not None:
                among.show_in_short(standing)
            _targets(rate, language)
    _definitions_to_choose(chosen, rate["definition_code"])
    _published(rate, language)


def _number(rate: Mapping[str, Any], language: str) -> None:
    definition = sentences.definition_text(rate["definition_code"], language)
    with st.container(border=True):
        st.metric(
            address.text("authority.rate_label", definition=plain(definition.name)),
            formats.percent(rate["rate"], language),
        )
        st.markdown(
            address.text(
                "authority.fraction",
                numerator=formats.count(rate["numerator"], language),
                denominator=formats.count(rate["denominator"], language),
                low=formats.percent(rate["low"], language),
                high=formats.percent(rate["high"], language),
            )
        )
        st.caption(
            address.text(
                "authority.provenance_dossiers"
                if rate["record_kind"] == "dossiers"
                else "authority.provenance",
                denominator=plain(definition.denominator),
                coverage=plain(sentences.coverage_name(rate["coverage"], language)),
                period=plain(formats.period(rate["first_day"], rate["last_day"], language)),
                label=plain(rate["period_label"]),
                record_kind=address.text(f"authority.record_kind.{rate['record_kind']}"),
                source_kind=address.text(f"authority.source_kind.{rate['source_kind']}"),
            )
        )


def _definitions_to_choose(chosen: Chosen, code: str) -> None:
    language = address.language()
    computed = {
        row["definition_code"]: sentences.definition_name(row["definition_code"], language)
        for row in chosen.rates_of_report
        if row["rate"] is not None
    }
    switch(address.text("authority.definition"), "definition_code", computed, code)


def _published(rate: Mapping[str, Any], language: str) -> None:
    if rate["published_rate"] is None:
        return
    st.markdown(
        address.text(
            "authority.published_rate" if rate["denominator"] != 0 else "authority.published_rate_of_nothing",
            rate=formats.published_percent(rate["published_rate"], language),
            definition=plain(sentences.definition_name(rate["published_rate_definition"], language)),
        )
    )


def _targets(rate: Mapping[str, Any], language: str) -> None:
    if not show_targets(rate["authority_code"]):
        st.markdown(plain(sentences.against_reference(rate, language)))


def show_targets(authority_code: str) -> bool:
    """The targets that were set for an authority, a sentence each; False if there are none."""
    language = address.language()
    targets = questions.ask("target_by_authority", Scope(authority_code=authority_code)).rows
    for row in targets:
        st.markdown(
            address.text(
                f"authority.target.{row['comparison']}",
                owner=plain(formats.name_in(row, "owner", language)),
                rate=formats.published_percent(row["target_rate"], language),
                period=plain(formats.period(row["first_day"], row["last_day"], language)),
                definition=plain(sentences.definition_name(row["definition_code"], language)),
                note=plain(formats.name_in(row, "note", language)),
            )
        )
    return bool(targets)


def show_counts(chosen: Chosen) -> None:
    """Every count of the report that is known, and in words which are not."""
    counts = chosen.counts
    if counts is None:
        return
    language = address.language()
    left_out = SUMS if counts["record_kind"] == "dossiers" else ()
    known = [name for name in COUNTS if counts[name] is not None and name not in left_out]
    exhibit(
        chosen.looked_at,
        title=address.text("authority.counts.title"),
        note=formats.period(counts["first_day"], counts["last_day"], language),
        columns=count_columns(known, language),
        rows=[counts],
        body=lambda: _show_known_and_not(counts, known, language),
        key="counts",
    )


def _show_known_and_not(counts: Mapping[str, Any], known: list[str], language: str) -> None:
    derived = set((counts["derived_counts"] or "").split(","))
    text_table(
        (
            address.text("authority.counts.what"),
            address.text(f"authority.counts.how_many_{counts['record_kind']}"),
        ),
        [_count_cells(counts, name, derived, language) for name in known] + _average_days(counts, language),
    )
    lacking = _not_known(counts, language)
    if lacking:
        label = address.text("authority.counts.not_known", count=formats.count(len(lacking), language))
        with st.expander(label):
            st.markdown("\n".join(f"- {plain(name)}" for name in lacking))


def count_columns(names: list[str], language: str) -> dict[str, Column]:
    """Columns of a table of counts, with their names in words."""
    period = {"last_day": Column(address.text("authority.until"), "day")}
    return period | {name: Column(sentences.count_name(name, language), "count") for name in names}


def _count_cells(counts: Mapping[str, Any], name: str, derived: set[str], language: str) -> tuple[str, str]:
    label = plain(sentences.count_name(name, language))
    if name in derived:
        label += f" :gray[({address.text('authority.counts.derived')})]"
    elif counts["counts_basis"] == "from_percentages":
        label += f" :gray[({address.text('authority.counts.from_percentages')})]"
    return label, f"**{formats.count(counts[name], language)}**"


def _average_days(counts: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    if counts["average_days"] is None:
        return []
    days = formats.number(counts["average_days"], language, decimals=1)
    return [(address.text("authority.counts.average_days"), f"**{days}**")]


def _not_known(counts: Mapping[str, Any], language: str) -> list[str]:
    if counts["record_kind"] == "dossiers":
        return [sentences.count_name(name, language) for name in CHANNELS if counts[name] is None]
    either = {"withdrawn", "returned"} if counts["withdrawn_or_returned"] is not None else set()
    lacking = [
        sentences.count_name(name, language) for name in OWED if counts[name] is None and name not in either
    ]
    return lacking + [
        address.text(f"authority.counts.owed.{name}") for name in OWED_ELSEWHERE if counts.get(name) is None
    ]
