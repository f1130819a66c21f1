"""Where an authority stands: among its siblings, against its parent, the median and the reference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from dunghen import questions
from dunghen.figures.comparison import strip
from dunghen.scope import Scope
from dunghen.ui import address
from dunghen.ui.exhibit import exhibit
from dunghen.ui.table import Column, plain, text_table
from dunghen.words import formats, sentences
from dunghen.words.names import SHAPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dunghen.questions import Answer
    from dunghen.ui.authority.chosen import Chosen

NEIGHBOURS = 6
COMPARED = (
    "level", "first_day", "last_day", "record_kind", "source_kind", "coverage", "definition_code",
)  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """A comparison that the authority is in: what is compared, its row, all rows, the group's row."""

    scope: Scope
    own: Mapping[str, Any]
    siblings: Answer
    group: Mapping[str, Any]


def stand(chosen: Chosen) -> Standing | None:
    """The comparison of the report and definition looked at; None where no sibling is alike."""
    parent_code = chosen.authority["parent_code"]
    if parent_code is None or chosen.rate is None or chosen.rate["rate"] is None:
        return None
    alike = Scope(parent_code=parent_code, **{field: chosen.rate[field] for field in COMPARED})
    scope = questions.settle(alike)
    if scope is None or scope.first_day != chosen.rate["first_day"]:
        return None
    siblings = questions.ask("comparison_by_authority", scope)
    group = questions.ask("group_by_comparison", scope).one
    code = chosen.authority["authority_code"]
    own = next((row for row in siblings.rows if row["authority_code"] == code), None)
    return Standing(scope, own, siblings, group) if own is not None and group is not None else None


def show_in_short(standing: Standing) -> None:
    """The standing in a sentence and the rates to hold it against, beside the headline."""
    language = address.language()
    st.markdown(plain(_finding(standing, language)))
    _show_points_of_comparison(standing.own, standing.group, language)


def show_siblings(standing: Standing) -> None:
    """The exhibit of all siblings with this one marked, and the way to the full comparison."""
    language = address.language()
    scope, group = standing.scope, standing.group
    exhibit(
        standing.siblings,
        title=address.text("authority.among.title", siblings=sentences.siblings_text(group, language)),
        note=address.text(
            "authority.among.note",
            definition=sentences.definition_name(scope.definition_code, language),
            period=formats.period(scope.first_day, scope.last_day, language),
            bands=_bands(standing.siblings, language),
        ),
        told=_finding(standing, language),
        figure=strip(
            standing.siblings.rows,
            [standing.own["authority_code"]],
            language=language,
            theme=address.theme(),
            reference=group["reference_rate"],
            group_rate=group["rate"],
            height=220,
        ),
        columns={
            "authority_name": Column(address.text("authority.name")),
            "numerator": Column(address.text("authority.numerator"), "count"),
            "denominator": Column(address.text("authority.denominator"), "count"),
            "rate": Column(address.text("authority.rate"), "percent"),
            "low": Column(address.text("authority.low"), "percent"),
            "high": Column(address.text("authority.high"), "percent"),
        },
        key="among",
    )
    address.link(
        address.text("authority.among.more"),
        "compare",
        icon=":material/compare_arrows:",
        parent_code=scope.parent_code,
        level=scope.level,
        first_day=scope.first_day,
        last_day=scope.last_day,
        definition_code=scope.definition_code,
        record_kind=scope.record_kind if scope.record_kind == "dossiers" else None,
        coverage=scope.coverage if scope.record_kind == "dossiers" else None,
    )


def _bands(siblings: Answer, language: str) -> str:
    """The bands that occur, each with its shape: "▼ thấp rõ rệt, ● trong mức thường"."""
    there = {row["band"] for row in siblings.rows}
    return ", ".join(
        f"{shape} {sentences.band_name(band, language)}" for band, shape in SHAPES.items() if band in there
    )


def _finding(standing: Standing, language: str) -> str:
    band = standing.own["band"]
    parts = [
        sentences.band_shape(band) if band else "",
        sentences.standing(standing.own, standing.group, language),
        address.text("authority.among.expected") if band == "as_expected" else "",
    ]
    return " ".join(part for part in parts if part)


def _show_points_of_comparison(own: Mapping[str, Any], group: Mapping[str, Any], language: str) -> None:
    points = {
        "own": own.get("rate"),
        "pooled": group.get("rate"),
        "median": group.get("median_rate"),
        "parent": group.get("parent_rate"),
        "reference": group.get("reference_rate"),
    }
    labels = {
        name: address.text(
            f"authority.among.{name}",
            name=plain(own.get("authority_name", "")),
            parent=plain(group.get("authority_name", "")),
            coverage=plain(sentences.coverage_name(group.get("parent_coverage") or "unknown", language)),
        )
        for name in points
    }
    text_table(
        (address.text("authority.among.against"), address.text("authority.rate")),
        [
            (labels[name], f"**{formats.percent(rate, language)}**")
            for name, rate in points.items()
            if rate is not None
        ],
    )


def show_nobody(chosen: Chosen) -> None:
    """That nobody is alike enough to be compared with, and who of its level has figures at all."""
    if chosen.rate is None or chosen.rate["rate"] is None:
        return
    st.markdown(address.text("authority.among.nobody"))
    show_neighbours(chosen.authority)


def show_neighbours(authority: Mapping[str, Any]) -> None:
    """The nearest siblings with figures of their own, as links."""
    language = address.language()
    siblings = questions.ask("neighbour_by_authority", Scope(authority_code=authority["authority_code"])).rows
    if not siblings:
        return
    st.markdown(f"#### {address.text('authority.without.neighbours')}")
    for row in siblings[:NEIGHBOURS]:
        address.link(plain(row["authority_name"]), "authority", authority_code=row["authority_code"])
        away = "" if row["is_sibling"] else _away(row, language)
        st.caption(" · ".join(part for part in (away, figure_beside(row, language)) if part))


def _away(row: Mapping[str, Any], language: str) -> str:
    distance = formats.number(row["distance_km"], language, decimals=0)
    return address.text("authority.without.away", parent=plain(row["parent_name"]), distance=distance)


def figure_beside(row: Mapping[str, Any], language: str) -> str:
    """What stands beside a name: "99,9% (127/127, đúng hạn trên đã giải quyết, 25/02/2024)", or that there
    are other figures."""
    if row.get("rate") is not None:
        fraction = (
            f"{formats.count(row['numerator'], language)}/{formats.count(row['denominator'], language)}"
        )
        rate = formats.percent(row["rate"], language)
        definition = sentences.definition_name(row["definition_code"], language)
        return f"**{rate}** ({fraction}, {definition}, {formats.day(row['last_day'], language)})"
    return address.text("authority.other_figures") if row.get("has_figures", True) else ""
