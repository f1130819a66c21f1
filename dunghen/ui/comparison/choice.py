"""What a comparison compares: from the address, or told in words why not, with ways on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from dunghen import questions
from dunghen.scope import Scope
from dunghen.ui import address, choosers, frame
from dunghen.ui.dossiers import looked as dossiers
from dunghen.ui.dossiers.period import PERIOD_WIDTH, choose_run
from dunghen.ui.table import plain, small
from dunghen.words import formats
from dunghen.words.comparisons import capital, fraction, lower_first
from dunghen.words.names import (
    coverage_name,
    definition_name,
    definition_text,
    level_name,
    place_in_sentence,
)
from dunghen.words.sentences import period_text, reason

Row = Mapping[str, Any]
PERIOD = ("first_day", "last_day", "record_kind", "source_kind", "coverage")
CHOSEN = ("level", "definition_code", *PERIOD)
MOST_NAMED = 8


def settle_or_stop(scope: Scope, place: Row) -> Scope:
    """The scope with everything a comparison needs; without one says so, leads on and ends the page."""
    settled = questions.settle(scope)
    if settled is None:
        choices = questions.ask("period_by_comparison", Scope(parent_code=scope.parent_code)).rows
        if choices:
            _offer_others(scope, place, choices)
        else:
            _nothing_within(place)
        frame.footer(place)
        st.stop()
    return settled


def choose(settled: Scope) -> None:
    """The choosers of place, level, definition and period, and which definitions cannot be used and why."""
    language = address.language()
    choices = questions.ask("period_by_comparison", Scope(parent_code=settled.parent_code)).rows
    here = [row for row in choices if row["level"] == settled.level]
    definitions = questions.ask("definition_by_comparison", settled).rows
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _choose_place(settled)
        choosers.switch(
            address.text("compare.level"),
            "level",
            {row["level"]: address.text(f"compare.levels.{row['level']}") for row in choices},
            settled.level,
            chon=None,
            definition_code=None,
            **dict.fromkeys(PERIOD),
        )
        choosers.switch(
            address.text("compare.definition"),
            "definition_code",
            {
                row["definition_code"]: definition_name(row["definition_code"], language)
                for row in definitions
                if row["is_comparable"]
            },
            settled.definition_code,
        )
        periods = _choose_period(settled, here)
    _say_what_is_settled(settled, periods)
    _explain_definitions(settled, definitions)


def _choose_place(settled: Scope) -> None:
    places = questions.ask("place_by_comparison").rows
    here = questions.ask("authority_by_code", Scope(authority_code=settled.parent_code)).rows
    # a place that stands in no list, as the imaginary one, is still named where it is looked at
    names = {row["authority_code"]: capital(place_name(row)) for row in (*here, *places)}
    choosers.pick(
        address.text("compare.place"),
        "parent_code",
        names,
        settled.parent_code,
        chon=None,
        definition_code=None,
        level=None,
        **dict.fromkeys(PERIOD),
    )


def _choose_period(settled: Scope, here: Iterable[Row]) -> int:
    """The chooser of periods of the level looked at; how many there are."""
    asked = {name: getattr(settled, name) for name in PERIOD}
    known = {_period_key(row): row for row in here}
    # a run of months that the visitor chose is in no list
    periods = known if _period_key(asked) in known else {_period_key(asked): asked, **known}
    if len(periods) > 1:
        several = len({row["coverage"] for row in periods.values()}) > 1
        kinds = len({row["source_kind"] for row in periods.values()}) > 1
        labels = {
            key: _period_label(row, with_kind=kinds, with_coverage=several) for key, row in periods.items()
        }
        picked = st.selectbox(
            address.text("compare.period"),
            list(labels),
            index=list(labels).index(_period_key(asked)),
            format_func=lambda key: labels[key],
            key=f"pick-period-{_period_key(asked)}",
            width=PERIOD_WIDTH,
        )
        if picked != _period_key(asked):
            address.put(definition_code=None, **{name: periods[picked][name] for name in PERIOD})
    if settled.record_kind == "dossiers":
        months = dossiers.periods(Scope(authority_code=settled.parent_code), "month")
        choose_run(months, settled.first_day, settled.last_day, source_kind=None, definition_code=None)
    return len(known)


def _period_key(row: Row) -> str:
    return " ".join(str(row[name]) for name in PERIOD)


def _period_label(row: Row, *, with_kind: bool = True, with_coverage: bool = False) -> str:
    language = address.language()
    kind = address.text(f"compare.source_kind.{row['source_kind']}") if with_kind else ""
    coverage = coverage_name(row["coverage"], language) if with_coverage else ""
    return " · ".join(part for part in (_days(row), kind, coverage) if part)


def _days(row: Row) -> str:
    """The days of a report; of dossiers the months in words."""
    language = address.language()
    if row["record_kind"] == "dossiers":
        return capital(dossiers.name_of_days(row["first_day"], row["last_day"], language))
    return formats.period(row["first_day"], row["last_day"], language)


def _say_what_is_settled(settled: Scope, periods: int) -> None:
    language = address.language()
    definition = definition_name(settled.definition_code, language)
    sentence = address.text(
        "compare.as_settled",
        definition=definition,
        period=formats.period(settled.first_day, settled.last_day, language),
        kind=address.text(f"compare.source_kind.{settled.source_kind}"),
    )
    rest = (
        address.text("compare.only_period")
        if periods == 1
        else address.text(
            f"compare.other_periods{'_dossiers' if settled.record_kind == 'dossiers' else ''}",
            count=formats.count(periods, language),
        )
    )
    st.caption(f"{sentence} {rest}")


def _explain_definitions(settled: Scope, definitions: Sequence[Row]) -> None:
    """The formula that is used, and for each other definition what nobody published."""
    language = address.language()
    unusable = [row for row in definitions if not row["is_comparable"]]
    with st.popover(address.text("compare.why_not", count=len(unusable)), type="tertiary"):
        used = definition_text(settled.definition_code or "", language)
        st.markdown(address.text("compare.used", name=capital(used.name), formula=used.formula))
        for row in unusable:
            text = definition_text(row["definition_code"], language)
            line = address.text(
                "compare.why_not_line",
                name=capital(text.name),
                formula=text.formula,
                reason=reason({**row, "reason": row["reason"] or "no_report"}, language),
            )
            st.markdown(f"- {line}")


def link_to_this(settled: Scope) -> None:
    """An address that always shows this very comparison, also when a newer period is published."""
    fields = {name: getattr(settled, name) for name in ("parent_code", *CHOSEN)}
    path = address.path_to("compare", **fields, chon=address.parameter("chon"), xem=address.parameter("xem"))
    st.markdown(small(f"[{address.text('compare.permanent')}]({path})"))


def say_other_period_of(place: Row, settled: Scope) -> None:
    """Tells of the place's own figures over another period, which this comparison leaves alone."""
    language = address.language()
    rates = questions.ask("rate_by_definition", Scope(authority_code=place["authority_code"])).rows
    other = next(
        (
            row
            for row in rates
            if row["is_whole"]
            and row["definition_code"] == settled.definition_code
            and row["rate"] is not None
            and row["last_day"] is not None
            and (row["first_day"], row["last_day"]) != (settled.first_day, settled.last_day)
        ),
        None,
    )
    if other is None:
        return
    rate = formats.percent(other["rate"], language, decimals=2)
    st.caption(
        address.text(
            "compare.mixed",
            name=place["authority_name"],
            period=lower_first(period_text(other["first_day"], other["last_day"], language)),
            rate=f"{rate} ({fraction(other['numerator'], other['denominator'], language)})",
            own_period=lower_first(period_text(settled.first_day, settled.last_day, language)),
        )
    )


def _offer_others(scope: Scope, place: Row, choices: Iterable[Row]) -> None:
    language = address.language()
    frame.title(address.text("compare.unfitting.title"), place)
    name = place_in_sentence(place["authority_name"], language)
    st.markdown(address.text("compare.unfitting.text", place=name, asked=_asked(scope)))
    for row in choices:
        address.link(
            address.text(
                "compare.unfitting.choice",
                level=address.text(f"compare.levels.{row['level']}"),
                definition=definition_name(row["definition_code"], language),
                period=_period_label(row),
            ),
            "compare",
            parent_code=scope.parent_code,
            **{name: row[name] for name in CHOSEN},
        )


def _asked(scope: Scope) -> str:
    """What the address asks for beyond the place, in words: "ở cấp xã, trong kỳ 01/01 – 31/03/2019"."""
    language = address.language()
    kind = address.text(f"compare.source_kind.{scope.source_kind}") if scope.source_kind else ""
    words = {
        "level": level_name(scope.level, language) if scope.level else "",
        "definition": definition_name(scope.definition_code, language) if scope.definition_code else "",
        "period": formats.period(scope.first_day, scope.last_day, language) if scope.last_day else "",
        "from": formats.day(scope.first_day, language) if scope.first_day and not scope.last_day else "",
        "source_kind": kind,
        "coverage": coverage_name(scope.coverage, language) if scope.coverage else "",
    }
    parts = [address.text(f"compare.asked.{key}", what=what) for key, what in words.items() if what]
    return ", ".join(parts)


def _nothing_within(place: Row) -> None:
    name = place_in_sentence(place["authority_name"], address.language())
    frame.title(address.text("compare.nothing.title", place=name), place)
    st.markdown(_why_nothing(place, name))
    st.subheader(address.text("compare.nothing.ways"), anchor=False)
    _link_page(place["authority_code"], place["authority_name"])
    if place["level"] != "nation":
        _link_page(place["parent_code"], place["parent_name"])
        _link_siblings(place)
    st.markdown(f"**{address.text('compare.nothing.others')}**")
    link_places(lambda row: row["authority_code"] != place["parent_code"])


def _why_nothing(place: Row, name: str) -> str:
    if place["level"] == "commune":
        return address.text("compare.nothing.below_commune", name=place["authority_name"])
    with_figures = questions.ask("authority_with_figures", Scope(parent_code=place["authority_code"])).rows
    if not with_figures:
        return address.text("compare.nothing.none", place=name)
    links = [
        f"[{row['authority_name']}]({address.path_to('authority', authority_code=row['authority_code'])})"
        for row in with_figures[:MOST_NAMED]
    ]
    return address.text(
        f"compare.nothing.{'one' if len(with_figures) == 1 else 'several'}",
        place=name,
        names=", ".join(links) + ("…" if len(with_figures) > MOST_NAMED else ""),
        count=formats.count(len(with_figures), address.language()),
    )


def _link_page(code: str | None, name: str) -> None:
    if code is not None:
        label = address.text("compare.nothing.own_page", name=plain(name))
        address.link(label, "authority", authority_code=code)


def _link_siblings(place: Row) -> None:
    """Links to siblings with figures, and to the comparison that the place itself is part of, if any."""
    siblings = questions.ask("neighbour_by_authority", Scope(authority_code=place["authority_code"])).rows
    for row in siblings[:MOST_NAMED] if place["level"] != "province" else ():
        _link_page(row["authority_code"], row["authority_name"])
    around = questions.settle(Scope(parent_code=place["parent_code"], level=place["level"]))
    if around is None:
        return
    rows = questions.ask("comparison_by_authority", around).rows
    if any(row["authority_code"] == place["authority_code"] and row["rate"] is not None for row in rows):
        address.link(
            address.text("compare.nothing.among", name=place["authority_name"]),
            "compare",
            parent_code=place["parent_code"],
            level=place["level"],
            chon=place["authority_code"],
        )


def link_places(wanted: Callable[[Row], bool]) -> None:
    """Links to those comparisons that are wanted, of all that can be made."""
    for row in questions.ask("place_by_comparison").rows:
        if wanted(row):
            address.link(
                comparison_name(row), "compare", parent_code=row["authority_code"], level=row["level"]
            )


def comparison_name(row: Row) -> str:
    """A comparison of `place_by_comparison` in words: "148 xã, phường, Tỉnh Phú Thọ"."""
    return address.text(
        "compare.nothing.other_place",
        count=formats.count(row["authorities"], address.language()),
        what=address.text(f"compare.what.{row['level']}"),
        place=place_name(row),
    )


def place_name(row: Row) -> str:
    """The place of a row of `place_by_comparison` in words: its name, "cả nước" for the nation."""
    nation = row["authority_code"] == questions.NATION
    return address.text("compare.nothing.nation") if nation else str(row["authority_name"])
