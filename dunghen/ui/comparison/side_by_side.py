"""Two to six authorities side by side: do they differ, and where are they in the whole group?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from dunghen import questions
from dunghen.figures.comparison import dot_plot, strip
from dunghen.scope import Scope
from dunghen.ui import address
from dunghen.ui.comparison.exhibits import authority_links, columns, in_words
from dunghen.ui.exhibit import exhibit
from dunghen.ui.search_box import LONGEST
from dunghen.ui.table import plain
from dunghen.words import comparisons

if TYPE_CHECKING:
    from dunghen.questions import Answer

Row = Mapping[str, Any]

MOST = 6
FOUND = 8
LONGEST_LIST = 200


def show_side_by_side(answer: Answer, group: Row) -> None:
    """The chooser, and what the chosen ones of the address (`chon`) show beside each other."""
    st.subheader(address.text("compare.side.title"), anchor="canh-nhau")
    rated = {row["authority_code"]: row for row in answer.rows if row["rate"] is not None}
    chosen = _chosen(answer, rated)
    _choose(answer, rated, chosen)
    if len(chosen) < 2:
        _ask_for_more([rated[code] for code in chosen])
        return
    left, right = st.columns(2)
    with left:
        _differences(answer, group, [rated[code] for code in chosen])
    with right:
        _on_the_strip(answer, group, chosen)


def _chosen(answer: Answer, rated: Mapping[str, Row]) -> list[str]:
    """The codes of the address that can be set side by side; those that cannot are told of."""
    asked = [code.strip() for code in (address.parameter("chon") or "")[:LONGEST_LIST].split(",")]
    codes = list(dict.fromkeys(code for code in asked if code))
    names = {row["authority_code"]: row["authority_name"] for row in answer.rows}
    unknown = [code for code in codes if code not in names]
    without = [names[code] for code in codes if code in names and code not in rated]
    if unknown:
        st.warning(address.text("compare.side.unknown", codes=plain(", ".join(unknown))))
    if without:
        st.info(address.text("compare.side.no_rate", names=plain(", ".join(without))))
    known = [code for code in codes if code in rated]
    if len(known) > MOST:
        st.info(address.text("compare.side.too_many"))
    return known[:MOST]


def _choose(answer: Answer, rated: Mapping[str, Row], chosen: Sequence[str]) -> None:
    """The chosen ones, each to be clicked away, and a search that adds one."""
    key = f"{','.join(chosen)}-{address.language()}"
    if chosen:
        kept = st.pills(
            address.text("compare.side.chosen"),
            list(chosen),
            selection_mode="multi",
            default=list(chosen),
            format_func=lambda code: f"{rated[code]['authority_name']} ✕",
            key=f"kept-{key}",
        )
        if list(kept) != list(chosen):
            address.put(chon=",".join(code for code in chosen if code in kept) or None)
    if len(chosen) < MOST:
        _add(answer, rated, chosen, key)


def _add(answer: Answer, rated: Mapping[str, Row], chosen: Sequence[str], key: str) -> None:
    typed = st.text_input(
        address.text("compare.side.label"),
        type="search",
        live=True,
        placeholder=address.text("compare.side.placeholder"),
        icon=":material/add:",
        key=f"add-{key}",
    )
    if not typed or not typed.strip():
        return
    within = Scope(parent_code=answer.scope.parent_code, level=answer.scope.level, limit=FOUND)
    found = [row for row in questions.find(typed[:LONGEST], within).rows if row["authority_code"] in rated]
    with st.container(horizontal=True, gap="small"):
        for row in found:
            code = row["authority_code"]
            if st.button(str(row["authority_name"]), key=f"add-{code}-{key}", disabled=code in chosen):
                address.put(chon=",".join([*chosen, code]))
    if not found:
        st.caption(address.text("compare.side.not_found"))


def _ask_for_more(chosen: Sequence[Row]) -> None:
    if chosen:
        st.markdown(address.text("compare.side.one", name=plain(chosen[0]["authority_name"])))
    else:
        st.caption(address.text("compare.side.hint"))


def _differences(answer: Answer, group: Row, chosen: Sequence[Row]) -> None:
    language = address.language()
    pairs = answer.differences([row["authority_code"] for row in chosen])
    exhibit(
        answer,
        title=address.text("compare.side.heading", count=len(chosen)),
        note=address.text("compare.side.note", **comparisons.definition_and_period(group, language)),
        finding=comparisons.differences_finding(pairs, language),
        figure=dot_plot(
            chosen,
            language=language,
            theme=address.theme(),
            reference=group["reference_rate"],
            group_rate=group["rate"],
            links=authority_links(chosen),
        ),
        body=lambda: _say_differences(pairs),
        columns=columns(answer),
        rows=in_words(chosen),
        key="side",
    )


def _say_differences(pairs: Sequence[Row]) -> None:
    lines = [comparisons.difference_text(pair, address.language()) for pair in pairs]
    st.markdown("\n".join(f"- {line}" for line in lines))


def _on_the_strip(answer: Answer, group: Row, chosen: Sequence[str]) -> None:
    language = address.language()
    names = [row["authority_name"] for code in chosen for row in answer.rows if row["authority_code"] == code]
    exhibit(
        answer,
        title=address.text("compare.side.strip_title"),
        note=address.text("compare.side.strip_note"),
        finding=address.text("compare.side.strip_finding", names=", ".join(names)),
        figure=strip(
            answer.rows,
            chosen,
            language=language,
            theme=address.theme(),
            reference=group["reference_rate"],
            group_rate=group["rate"],
        ),
        columns=columns(answer),
        rows=in_words(answer.rows),
        key="strip",
    )
