"""Comparisons as sentences: what a group is called, who stands where, how a funnel is made, who differs.

Pure: rows of `comparison_by_authority` and `group_by_comparison` in; text out, markdown only to stress.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dunghen.words import say, texts
from dunghen.words.formats import UNKNOWN, count, number, percent, points
from dunghen.words.names import (
    SHAPES,
    band_name,
    band_shape,
    definition_name,
    numerator_name,
    place_in_sentence,
)
from dunghen.words.sentences import dossiers, period_text, siblings_kind

if TYPE_CHECKING:
    from dunghen.measures import Funnel

Row = Mapping[str, Any]

HALF = 0.5


def title(group_row: Row, language: str = "vi") -> str:
    """What is compared, as a heading: "Tỷ lệ đúng hạn của 148 xã, phường tỉnh Phú Thọ"."""
    key = f"compare.title.{siblings_kind(group_row)}"
    return say(
        key if key in texts(language) else "compare.title.other",
        language,
        count=count(group_row["authorities_with_rate"], language),
        place=place_in_sentence(group_row["authority_name"], language),
    )


def band_counts(rows: Sequence[Row]) -> dict[str, int]:
    """How many rows are in each of the five bands, from clearly below to clearly above; `too_few` if any."""
    held = Counter(row["band"] for row in rows)
    return {band: held[band] for band in SHAPES if band != "too_few" or held[band]}


def fraction(numerator: int | None, denominator: int | None, language: str = "vi") -> str:
    """Numerator and denominator as they stand beside a rate: "452.893 / 488.451 hồ sơ"."""
    return say(
        "figure.counts",
        language,
        numerator=count(numerator, language),
        denominator=count(denominator, language),
    )


def interval(low: float | None, high: float | None, language: str = "vi") -> str:
    """An interval of a share: "78,1% – 80,6%"; "–" if not known."""
    return UNKNOWN if low is None else f"{percent(low, language)} – {percent(high, language)}"


def band_text(row: Row, language: str = "vi") -> str:
    """The band of a row, its shape first: "▼ thấp rõ rệt"; empty without a rate."""
    band = row["band"]
    return f"{band_shape(band)} {band_name(band, language)}" if band else ""


def table_title(rows: Sequence[Row], language: str = "vi") -> str:
    """How many authorities a table holds, and where some have no rate, how many have one and why not."""
    total = say("compare.table.title", language, count=count(len(rows), language))
    without = Counter(
        "no_dossiers" if row["reason"] == "no_dossiers" else "no_rate" for row in rows if row["rate"] is None
    )
    if not without:
        return total
    held = {"with_rate": len(rows) - without.total(), **without}
    parts = [say(f"compare.table.{key}", language, count=count(held[key], language)) for key in held]
    return f"{total}: {', '.join(parts)}"


def rank_text(row: Row, language: str = "vi") -> str:
    """The rank of a row, "148/148"; empty within the usual spread, where it says nothing."""
    if row["rank"] is None or row["band"] == "as_expected":
        return ""
    return f"{count(row['rank'], language)}/{count(row['rank_of'], language)}"


def funnel_note(funnel: Funnel, group_row: Row, language: str = "vi") -> str:
    """Which limits a funnel shows, of how many authorities and dossiers, by which definition, when."""
    return say(
        "compare.funnel.note_exact" if funnel.is_exact else "compare.funnel.note",
        language,
        count=count(funnel.authorities, language),
        dossiers=dossiers(group_row["denominator"], language),
        **definition_and_period(group_row, language),
    )


def majority(largest: Row | None, language: str = "vi") -> str:
    """That one authority makes the pooled rate, for the row of `finishing.largest`; else empty."""
    if largest is None or largest["share_of_group"] <= HALF:
        return ""
    return say(
        "compare.funnel.majority",
        language,
        name=largest["authority_name"],
        share=percent(largest["share_of_group"], language, decimals=0),
        counts=dossiers(largest["denominator"], language),
        rate=percent(largest["rate"], language),
    )


def funnel_explained(funnel: Funnel, outside_by_chance: int, language: str = "vi") -> str:
    """How the limits are made and why chance alone would not do, with φ and τ of this funnel."""
    return say(
        "compare.funnel.exact" if funnel.is_exact else "compare.funnel.spread",
        language,
        phi=number(funnel.phi, language, decimals=1),
        tau=number(Decimal(str(funnel.tau)) * 100, language, decimals=2),
        rate=percent(funnel.rate, language, decimals=2),
        outside=count(outside_by_chance, language),
        count=count(funnel.authorities, language),
    )


def reference_finding(rows: Sequence[Row], language: str = "vi") -> str:
    """How many meet the reference, how many miss it, and for how many it cannot be told."""
    held = Counter(row["verdict"] for row in rows)
    return say(
        "compare.dots.finding",
        language,
        meets=count(held["meets"], language),
        misses=count(held["misses"], language),
        unclear=count(held["not_distinguishable"], language),
        reference=reference(rows[0], language),
    )


def reference(row: Row, language: str = "vi") -> str:
    """The reference rate of a row: "95%"."""
    return percent(row["reference_rate"], language, decimals=0)


def difference_text(row: Row, language: str = "vi") -> str:
    """Whether the two authorities of a row of `Answer.differences` differ, and by how much."""
    size = abs(row["difference"])
    low, high = (row["low"], row["high"]) if row["difference"] >= 0 else (-row["high"], -row["low"])
    return say(
        "compare.side.differ" if row["differ"] else "compare.side.same",
        language,
        first=row["first_name"],
        second=row["second_name"],
        compared=say(f"compare.side.{'higher' if row['difference'] >= 0 else 'lower'}", language),
        difference=points(size, language).lstrip("+"),
        low=points(low, language).lstrip("+"),
        high=points(high, language).lstrip("+"),
    )


def differences_finding(rows: Sequence[Row], language: str = "vi") -> str:
    """How many of the pairs differ."""
    differing = sum(row["differ"] for row in rows)
    return say(
        "compare.side.finding",
        language,
        differ=count(differing, language),
        pairs=count(len(rows), language),
    )


def nation(group_row: Row, language: str = "vi") -> str:
    """What the provinces make together, as the beginning of a sentence that ends in the rate."""
    return say(
        "overview.nation" if group_row["definition_code"] == "portal" else "overview.nation_other",
        language,
        period=period_text(group_row["first_day"], group_row["last_day"], language),
        count=count(group_row["authorities_with_rate"], language),
        numerator=dossiers(group_row["numerator"], language),
        counted=numerator_name(group_row["definition_code"], language),
        denominator=dossiers(group_row["denominator"], language),
    )


def definition_and_period(row: Row, language: str = "vi") -> dict[str, str]:
    """The names of definition and period of a row, to be put into a text."""
    return {
        "definition": capital(definition_name(row["definition_code"], language)),
        "period": lower_first(period_text(row["first_day"], row["last_day"], language)),
    }


def lower_first(text: str) -> str:
    """A text that begins a sentence, as it stands within one."""
    return text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """A text as it begins a sentence."""
    return text[:1].upper() + text[1:]
