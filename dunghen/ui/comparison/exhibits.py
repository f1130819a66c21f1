"""The exhibits of a comparison: bands and facts first, then funnel, dots and table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from dunghen import finishing
from dunghen.figures.comparison import dot_plot, funnel_plot
from dunghen.ui import address, frame
from dunghen.ui.exhibit import exhibit
from dunghen.ui.table import Column
from dunghen.ui.tiles import show_tiles
from dunghen.words import comparisons, formats
from dunghen.words.names import (
    band_name,
    band_shape,
    coverage_name,
    kind_in_name,
    numerator_name,
    place_in_sentence,
    rest_name,
)
from dunghen.words.sentences import comparison_finding

if TYPE_CHECKING:
    from dunghen.questions import Answer

Row = Mapping[str, Any]

BAND_INK = {
    "clearly_below": "red",
    "leaning_below": "orange",
    "as_expected": "gray",
    "leaning_above": "green",
    "clearly_above": "green",
    "too_few": "gray",
}
# so many dots are shown at first; a group hardly larger is shown whole
SHOWN, SHOWN_WHOLE = 15, 40
VIEWS = ("lowest", "highest", "all")


def show_title(place: Row, group: Row) -> None:
    """The comparison as a heading, with definition, period, denominator and whose dossiers are counted."""
    frame.title(comparisons.title(group, address.language()), place)


def show_pair(answer: Answer, group: Row) -> None:
    """The two questions beside each other: differs from the others? meets the reference?"""
    left, right = st.columns(2)
    with left:
        show_funnel(answer, group)
    with right:
        show_dots(answer, group)


def show_bands(answer: Answer) -> None:
    """How many stand where, shape, word and number: "▼ thấp rõ rệt 4"."""
    language = address.language()
    parts = [
        f":{BAND_INK[band]}[{band_shape(band)}] {band_name(band, language)} **{formats.count(held)}**"
        for band, held in comparisons.band_counts(answer.rows).items()
    ]
    # a line may break between bands, not within one
    unbroken = [part.replace(" ", "\u00a0") for part in parts]
    st.markdown(f"{address.text('compare.bands_label')} " + " \u2002".join(unbroken))


def show_facts(group: Row) -> None:
    """The pooled rate, the parent's own figure, median and reference, each with what it is made of."""
    language = address.language()
    facts = [
        (
            address.text("compare.fact.pooled"),
            group["rate"],
            address.text(
                "compare.fact.pooled_detail",
                counts=comparisons.fraction(group["numerator"], group["denominator"], language),
                count=formats.count(group["authorities_with_rate"], language),
            ),
        ),
        (
            address.text("compare.fact.parent", name=group["authority_name"]),
            group["parent_rate"],
            _own_figure(group, language),
        ),
        (
            address.text("compare.fact.median"),
            group["median_rate"],
            address.text("compare.fact.median_detail"),
        ),
        (
            address.text("compare.fact.reference"),
            group["reference_rate"],
            address.text("compare.fact.reference_detail"),
        ),
    ]
    show_tiles(
        (
            label,
            formats.percent(share, language, decimals=0 if share == group["reference_rate"] else None),
            detail,
        )
        for label, share, detail in facts
    )


def _own_figure(group: Row, language: str) -> str:
    """What the parent's own figure is made of: published for all of the place, or for its office."""
    if group["parent_rate"] is None:
        return address.text("compare.fact.parent_none")
    name = group["authority_name"]
    whole = "area" if group["parent_coverage"] == "area" else "detail"
    return address.text(
        f"compare.fact.parent_{whole}{'_dossiers' if group['record_kind'] == 'dossiers' else ''}",
        place=(language == "vi" and kind_in_name(name)) or place_in_sentence(name, language),
        counts=comparisons.fraction(group["parent_numerator"], group["parent_denominator"], language),
        coverage=coverage_name(group["parent_coverage"], language),
    )


def show_funnel(answer: Answer, group: Row) -> None:
    """Who differs from the others beyond the usual spread, and how the limits are made."""
    language = address.language()
    if answer.funnel is None:
        return
    exhibit(
        answer,
        title=address.text("compare.funnel.title"),
        note=comparisons.funnel_note(answer.funnel, group, language),
        finding=" ".join(
            part
            for part in (
                comparison_finding(answer.rows, group, language),
                comparisons.majority(finishing.largest(answer.rows), language),
                address.text("compare.funnel.no_order"),
            )
            if part
        ),
        figure=funnel_plot(
            answer.rows,
            answer.funnel_limits,
            answer.funnel.rate,
            language=language,
            theme=address.theme(),
        ),
        columns=columns(answer),
        rows=in_words(answer.rows),
        key="funnel",
    )
    with st.expander(address.text("compare.funnel.explain"), key="explain", on_change="rerun") as box:
        if box.open:
            st.markdown(comparisons.funnel_explained(answer.funnel, answer.outside_by_chance, language))


def show_dots(answer: Answer, group: Row) -> None:
    """Who meets the reference: the lowest, the highest or all, each with the interval of its rate."""
    language = address.language()
    rated = [row for row in answer.rows if row["rate"] is not None]
    view = _view(len(rated))
    shown = {"lowest": rated[:SHOWN], "highest": rated[: -SHOWN - 1 : -1], "all": rated}[view]
    exhibit(
        answer,
        title=address.text("compare.dots.title", reference=comparisons.reference(group, language)),
        note=address.text("compare.dots.note"),
        finding=comparisons.reference_finding(rated, language),
        figure=dot_plot(
            shown,
            language=language,
            theme=address.theme(),
            reference=group["reference_rate"],
            links=authority_links(shown),
            dense=len(shown) > SHOWN_WHOLE,
        ),
        body=lambda: _choose_view(view, len(rated)),
        columns=columns(answer),
        rows=in_words(shown),
        key="dots",
    )


def _view(rated: int) -> str:
    """Which part of the dots the address asks for (`xem`); a small group is shown whole."""
    asked = address.parameter("xem")
    return "all" if rated <= SHOWN_WHOLE else asked if asked in VIEWS else VIEWS[0]


def _choose_view(view: str, rated: int) -> None:
    if rated <= SHOWN_WHOLE:
        return
    numbers = {"lowest": SHOWN, "highest": SHOWN, "all": rated}
    picked = st.pills(
        address.text("compare.dots.show"),
        VIEWS,
        default=view,
        required=True,
        format_func=lambda name: address.text(f"compare.dots.{name}", count=numbers[name]),
        key=f"view-{view}-{address.language()}",
        label_visibility="collapsed",
    )
    if picked != view:
        address.put(xem=None if picked == VIEWS[0] else picked)


def show_table(answer: Answer) -> None:
    """All authorities as rows, open from the start."""
    exhibit(
        answer,
        title=comparisons.table_title(answer.rows, address.language()),
        note=address.text("compare.table.note"),
        columns=columns(answer),
        rows=in_words(answer.rows),
        rows_first=True,
        key="table",
    )


def columns(answer: Answer) -> dict[str, Column]:
    """The columns of a comparison; mean days only where anybody has them.

    Their widths let all but the last fit beside the menu on a screen of 1440 pixels.
    """
    language = address.language()
    code = str(answer.scope.definition_code)
    against = address.text("compare.against", reference=comparisons.reference(answer.rows[0], language))
    shown = {
        "authority_name": Column(address.text("compare.authority"), width=232),
        "rate": Column(address.text("compare.rate"), "percent", width=60),
        "band_text": Column(address.text("compare.band"), width=194),
        "rank_text": Column(address.text("compare.rank"), width=72),
        "interval": Column(address.text("compare.interval"), width=112),
        "verdict_text": Column(against, width=76),
        "denominator": Column(address.text("compare.denominator"), "count", width=76),
        "not_on_time": Column(comparisons.capital(rest_name(code, language)), "count", width=120),
        "numerator": Column(comparisons.capital(numerator_name(code, language)), "count"),
    }
    if any(row["average_days"] is not None for row in answer.rows):
        shown["average_days"] = Column(address.text("compare.average_days"), "number")
    return shown


def in_words(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows with interval, band and verdict in words; no rank within the usual spread."""
    language = address.language()
    return [
        {
            **row,
            "interval": comparisons.interval(row["low"], row["high"], language),
            "band_text": comparisons.band_text(row, language),
            "rank_text": comparisons.rank_text(row, language),
            "verdict_text": address.text(f"compare.verdict.{row['verdict']}"),
            "average_days": row["average_days"] if row["denominator"] else None,
        }
        for row in rows
    ]


def authority_links(rows: Sequence[Row]) -> dict[str, str]:
    """The address of the page of each authority, by its code."""
    codes = [row["authority_code"] for row in rows]
    return {code: address.path_to("authority", authority_code=code) for code in codes}
