"""The page Tổng quan: the nation in a sentence, the doors, what is new, the provinces, who has figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import streamlit as st

from dunghen import questions
from dunghen.addresses import LIGHT_SEARCH
from dunghen.figures.comparison import dot_plot
from dunghen.scope import Scope
from dunghen.ui import address
from dunghen.ui.comparison.choice import comparison_name, place_name
from dunghen.ui.comparison.exhibits import authority_links, columns, in_words, show_bands
from dunghen.ui.exhibit import exhibit
from dunghen.ui.table import plain
from dunghen.words import comparisons, formats
from dunghen.words.names import source_title, without_kind
from dunghen.words.sentences import comparison_finding, dossiers, verification_text

if TYPE_CHECKING:
    from dunghen.questions import Answer

Row = Mapping[str, Any]

NEWEST = 5
COLUMNS_OF_LINKS = 3
ONWARD = ":material/arrow_forward:"


def settled_nation() -> Scope | None:
    """The newest comparison of the provinces; None while there is none."""
    return questions.settle(Scope(parent_code=questions.NATION, level="province"))


def show_nation(settled: Scope | None) -> None:
    """What the provinces make together, named as their sum, with denominator and source."""
    if settled is None:
        st.markdown(address.text("overview.no_nation"))
        return
    language = address.language()
    group = questions.ask("group_by_comparison", settled).rows[0]
    answer = questions.ask("comparison_by_authority", settled)
    st.markdown(comparisons.nation(group, language))
    st.metric(
        address.text("overview.nation_rate", count=formats.count(group["authorities_with_rate"], language)),
        formats.percent(group["rate"], language),
    )
    st.caption(
        address.text(
            "overview.nation_detail",
            definition=comparisons.definition_and_period(group, language)["definition"],
            verification=_verifications(answer),
        )
    )
    show_bands(answer)


def _verifications(answer: Answer) -> str:
    sources = {row["source_id"] for row in answer.rows if row["source_id"]}
    found = [questions.ask("source_by_id", Scope(source_id=source)).rows[0] for source in sorted(sources)]
    words = {verification_text(source["verification"], address.language()) for source in found}
    return comparisons.capital("; ".join(sorted(words)))


def show_doors() -> None:
    """Three ways on: for the citizen, the reporter, the leader."""
    places = questions.ask("place_by_comparison").rows
    citizen, reporter, leader = st.columns(3, border=True)
    with citizen:
        _door("citizen")
        st.link_button(address.text("overview.door.citizen_link"), LIGHT_SEARCH, icon=":material/search:")
    with reporter:
        _door("reporter")
        for row in places:
            address.link(
                comparison_name(row),
                "compare",
                icon=ONWARD,
                parent_code=row["authority_code"],
                level=row["level"],
            )
        address.link(address.text("overview.door.reporter_data"), "data", icon=ONWARD)
    with leader:
        _door("leader")
        for code, name in {row["authority_code"]: place_name(row) for row in places}.items():
            label = address.text("overview.door.leader_link", place=name)
            address.link(label, "screen", icon=ONWARD, parent_code=code)


def _door(who: str) -> None:
    st.markdown(f"#### {address.text(f'overview.door.{who}')}")
    st.markdown(address.text(f"overview.door.{who}_text"))


def show_newest() -> None:
    """The sources that speak of the latest days."""
    st.subheader(address.text("overview.newest"), anchor=False)
    rows = questions.ask("report_by_newest", Scope(limit=NEWEST)).rows
    st.markdown("\n".join(f"- {_newest_line(row)}" for row in rows))
    address.link(address.text("overview.all_sources"), "data", icon=ONWARD)


def _newest_line(row: Row) -> str:
    language = address.language()
    key = "overview.newest_one" if row["authorities"] == 1 else "overview.newest_line"
    return address.text(
        key,
        day=formats.day(row["last_day"], language),
        title=source_title(plain(row["title"]), language),
        count=formats.count(row["authorities"], language),
        name=plain(row["authority_name"]),
        link=address.path_to("authority", authority_code=row["authority_code"]),
    )


def show_provinces(settled: Scope | None) -> None:
    """The provinces from the lowest rate to the highest, each name a link to its page."""
    if settled is None:
        return
    language = address.language()
    answer = questions.ask("comparison_by_authority", settled)
    group = questions.ask("group_by_comparison", settled).rows[0]
    exhibit(
        answer,
        title=address.text("overview.provinces"),
        note=address.text(
            "overview.provinces_note",
            dossiers=dossiers(group["denominator"], language),
            **comparisons.definition_and_period(group, language),
        ),
        finding=comparison_finding(answer.rows, group, language),
        figure=dot_plot(
            answer.rows,
            language=language,
            theme=address.theme(),
            group_rate=group["rate"],
            links=authority_links(answer.rows),
        ),
        columns=columns(answer),
        rows=in_words(answer.rows),
        key="provinces",
    )
    address.link(
        address.text("overview.compare_provinces"), "compare", icon=ONWARD, parent_code=questions.NATION
    )


def show_who_has_figures() -> None:
    """All authorities with figures by level and era; a group is drawn when it is opened."""
    language = address.language()
    snapshot = questions.ask("snapshot_by_id").rows[0]
    st.subheader(
        address.text(
            "overview.figures",
            figures=formats.count(snapshot["authorities_with_figures"], language),
            authorities=formats.count(snapshot["authorities"], language),
        ),
        anchor="co-so-lieu",
    )
    st.caption(address.text("overview.figures_note"))
    rows = questions.ask("authority_with_figures").rows
    for (level, era), group in groupby(rows, key=lambda row: (row["level"], row["era"])):
        _show_group(level, era, list(group))


def _show_group(level: str, era: str, rows: Sequence[Row]) -> None:
    label = address.text(
        f"overview.group_{era}",
        level=address.text(f"overview.levels.{level}"),
        count=formats.count(len(rows), address.language()),
    )
    with st.expander(label, key=f"figures-{level}-{era}-{address.language()}", on_change="rerun") as box:
        if box.open:
            _in_columns(rows, _link_with_rate)


def _in_columns(rows: Sequence[Row], show: Callable[[Row], None]) -> None:
    """The rows down the first column, then the second: the order that a phone shows too."""
    each = -(-len(rows) // COLUMNS_OF_LINKS)
    for place, column in enumerate(st.columns(COLUMNS_OF_LINKS)):
        with column:
            for row in rows[place * each : (place + 1) * each]:
                show(row)


def _link_with_rate(row: Row) -> None:
    names = [row["parent_name"], row["province_name"]]
    known = [name for name in names if name and name not in (row["authority_name"], "Việt Nam")]
    around = ", ".join(dict.fromkeys(without_kind(name) for name in known))
    rate = (
        formats.percent(row["rate"], address.language())
        if row["rate"] is not None
        else address.text("overview.no_rate")
    )
    address.link(
        " · ".join(part for part in (f"**{plain(row['authority_name'])}**", rate, around) if part),
        "authority",
        authority_code=row["authority_code"],
    )
