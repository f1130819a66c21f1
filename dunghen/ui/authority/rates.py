"""The same counts by every named definition, what does not add up, parts of the office, other reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dunghen import questions
from dunghen.scope import Scope
from dunghen.ui import address
from dunghen.ui.exhibit import exhibit
from dunghen.ui.table import Column, plain, quiet, text_table
from dunghen.words import formats, sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dunghen.ui.authority.chosen import Chosen

Row = dict[str, Any]


def show_definitions(chosen: Chosen) -> None:
    """What each definition makes of the counts looked at, with its formula, and why others cannot."""
    if chosen.counts is None:
        return
    language = address.language()
    rows = [_in_words(row, language) for row in chosen.rates_of_report]
    exhibit(
        chosen.looked_at_rates,
        title=address.text("authority.definitions.title"),
        note=formats.period(chosen.counts["first_day"], chosen.counts["last_day"], language),
        finding=address.text("authority.definitions.finding"),
        columns={
            "name": Column(address.text("authority.definition")),
            "formula_text": Column(address.text("authority.definitions.formula")),
            "numerator": Column(address.text("authority.numerator"), "count"),
            "denominator": Column(address.text("authority.denominator"), "count"),
            "rate": Column(address.text("authority.rate"), "percent"),
            "low": Column(address.text("authority.low"), "percent"),
            "high": Column(address.text("authority.high"), "percent"),
            "reason_text": Column(address.text("authority.definitions.reason")),
        },
        body=lambda: _definitions(rows, language),
        rows=rows,
        key="definitions",
    )


def _definitions(rows: list[Row], language: str) -> None:
    computed = [row for row in rows if row["rate"] is not None]
    if computed:
        text_table(
            (address.text("authority.definition"), address.text("authority.rate")),
            [_definition_cells(row, language) for row in computed],
        )
    others = [row for row in rows if row["rate"] is None]
    if others:
        label = address.text("authority.definitions.not_computable", count=len(others))
        with st.expander(label, expanded=not computed):
            _list(
                [
                    f"{_capital(row['name'])}: {plain(row['reason_text'])} {quiet(row['formula_text'])}"
                    for row in others
                ]
            )


def _in_words(row: Row, language: str) -> Row:
    definition = sentences.definition_text(row["definition_code"], language)
    return {
        **row,
        "name": definition.name,
        "formula_text": definition.formula,
        "reason_text": sentences.reason(row, language),
    }


def _definition_cells(row: Row, language: str) -> tuple[str, str]:
    name = _capital(row["name"])
    if row["is_headline"]:
        name = f"**{name}**"
    return f"{name} {quiet(row['formula_text'])}", rate_cell(row, language)


def _capital(name: str) -> str:
    return plain(name[:1].upper() + name[1:])


def rate_cell(row: Mapping[str, Any], language: str) -> str:
    """A rate with its fraction for a cell of a text table, or in grey why there is none."""
    if row["rate"] is None:
        return f":gray[{plain(sentences.reason(row, language))}]"
    fraction = formats.fraction(row["numerator"], row["denominator"], language)
    return f"**{formats.percent(row['rate'], language, decimals=2)}**\N{NO-BREAK SPACE}= {fraction}"


def show_remainders(chosen: Chosen) -> None:
    """What the published figures leave unexplained, and what in them can be misread."""
    language = address.language()
    code = chosen.authority["authority_code"]
    remainders = questions.ask("remainder_by_report", Scope(authority_code=code))
    oddities = questions.ask("oddity_by_source", Scope(authority_code=code))
    by_report = {row["report_id"]: row for row in chosen.reports.rows}
    if remainders.rows:
        rows = [
            row
            | {
                "in_words": sentences.unexplained_text(row, by_report[row["report_id"]], language),
                "period_label": formats.period_named(row, language),
            }
            for row in remainders.rows
        ]
        exhibit(
            remainders,
            title=address.text("authority.remainders.title"),
            note=address.text("authority.remainders.note"),
            columns={
                "period_label": Column(address.text("authority.period")),
                "total": Column(address.text("authority.remainders.total"), "count"),
                "parts_sum": Column(address.text("authority.remainders.parts_sum"), "count"),
                "difference": Column(address.text("authority.remainders.difference"), "count"),
            },
            rows=rows,
            body=lambda: _list([f"{plain(row['period_label'])}: {plain(row['in_words'])}" for row in rows]),
            key="remainders",
        )
    if oddities.rows:
        exhibit(
            oddities,
            title=address.text("authority.oddities.title"),
            columns={
                "published": Column(address.text("authority.oddities.published")),
                "recomputed": Column(address.text("authority.oddities.recomputed")),
                "oddity_kind": Column(address.text("authority.oddities.kind")),
            },
            rows=(named := [_oddity_in(row, language) for row in oddities.rows]),
            body=lambda: text_table(
                (address.text("authority.oddities.published"), address.text("authority.oddities.recomputed")),
                [
                    (
                        plain(row["published"]),
                        f"{plain(row['recomputed'])} {quiet(row['oddity_kind'])}",
                    )
                    for row in named
                ],
            ),
            key="oddities",
        )


def _oddity_in(row: Row, language: str) -> Row:
    return row | {
        stem: formats.name_in(row, stem, language) for stem in ("published", "recomputed", "oddity_kind")
    }


def _list(lines: list[str]) -> None:
    st.markdown("\n".join(f"- {line}" for line in lines))


def show_notes(chosen: Chosen) -> None:
    """What the source says in its own words, and our note on it."""
    if chosen.counts is None:
        return
    note = formats.name_in(chosen.counts, "note", address.language())
    if note:
        st.markdown(f":material/info: {plain(note)}")
    if chosen.counts["verbatim"]:
        with st.expander(address.text("authority.verbatim")):
            st.markdown(f"> {plain(chosen.counts['verbatim'])}")


def show_breakdowns(chosen: Chosen) -> None:
    """Figures published for a part only: what can be computed of them, and what cannot and why."""
    if not chosen.breakdowns:
        return
    language = address.language()
    rates = [
        row | {"part": part_name(report, language)}
        for report in chosen.breakdowns
        for row in chosen.rates_of(report)
        if row["rate"] is not None or row["definition_code"] == "resolved"
    ]
    exhibit(
        chosen.rates,
        title=address.text("authority.breakdowns.title"),
        finding=" ".join(
            dict.fromkeys(formats.name_in(report, "note", language) for report in chosen.breakdowns)
        ),
        columns={
            "part": Column(address.text("authority.breakdowns.part")),
            "definition_code": Column(address.text("authority.definition")),
            "numerator": Column(address.text("authority.numerator"), "count"),
            "denominator": Column(address.text("authority.denominator"), "count"),
            "rate": Column(address.text("authority.rate"), "percent"),
        },
        rows=rates,
        body=lambda: text_table(
            (address.text("authority.breakdowns.part"), address.text("authority.rate")),
            [
                (
                    _part_cell(row, language),
                    rate_cell(row, language),
                )
                for row in rates
            ],
        ),
        key="breakdowns",
    )


def _part_cell(row: Row, language: str) -> str:
    return f"{plain(row['part'])} {quiet(sentences.definition_name(row['definition_code'], language))}"


def part_name(report: Mapping[str, Any], language: str) -> str:
    """Which part of an office a report speaks of, and when: "Đất đai · 01/01 – 30/06/2023"."""
    parts = [formats.name_in(report, "field_name", language)]
    parts += [address.text(f"authority.part.{report[name]}") for name in ("channel", "remit") if report[name]]
    parts.append(formats.period(report["first_day"], report["last_day"], language))
    return " · ".join(part for part in parts if part)


def show_other_reports(chosen: Chosen) -> None:
    """Every report over the whole of the authority, side by side and never as a line."""
    reports = chosen.whole_reports
    if len(reports) < 2:
        return
    language = address.language()
    rows = [_headline_of(chosen, report) for report in reports]
    exhibit(
        chosen.rates,
        title=address.text("authority.others.title"),
        finding=address.text("authority.others.finding"),
        columns={
            "last_day": Column(address.text("authority.until"), "day"),
            "definition_code": Column(address.text("authority.definition")),
            "numerator": Column(address.text("authority.numerator"), "count"),
            "denominator": Column(address.text("authority.denominator"), "count"),
            "rate": Column(address.text("authority.rate"), "percent"),
        },
        rows=rows,
        body=lambda: text_table(
            (address.text("authority.period"), address.text("authority.rate")),
            [_report_cells(row, chosen, language) for row in rows],
        ),
        key="others",
    )


def _headline_of(chosen: Chosen, report: Row) -> Row:
    code = report["headline_definition_code"] or "resolved"
    rate = next(row for row in chosen.rates_of(report) if row["definition_code"] == code)
    return {**report, **rate}


def _report_cells(row: Row, chosen: Chosen, language: str) -> tuple[str, str]:
    period = plain(formats.period(row["first_day"], row["last_day"], language))
    if chosen.counts is not None and row["report_id"] == chosen.counts["report_id"]:
        period = f"**{period}** :gray[({address.text('authority.others.shown')})]"
    else:
        path = address.path_to(
            "authority",
            authority_code=row["authority_code"],
            first_day=row["first_day"],
            last_day=row["last_day"],
            **kind_and_coverage(row),
        )
        period = f"[{period}]({path})"
    definition = sentences.definition_name(row["definition_code"], language)
    return f"{period} {quiet(definition, *_what_it_is(row, language))}", rate_cell(row, language)


def kind_and_coverage(row: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a scope that tell figures of dossiers from reports of the same days; none for reports."""
    if row["record_kind"] == "published":
        return {}
    return {"record_kind": row["record_kind"], "coverage": row["coverage"]}


def _what_it_is(row: Row, language: str) -> list[str]:
    """Where a report comes from; of dossiers, that they are it and whose they are."""
    if row["record_kind"] == "published":
        return [address.text(f"authority.source_kind.{row['source_kind']}")]
    kind = address.text("authority.record_kind.dossiers")
    return [kind[:1].lower() + kind[1:], sentences.coverage_name(row["coverage"], language)]
