"""Bringing a list: its rows are held against the lists in force; all of it is taken, or nothing.

What a list says anew or otherwise than an earlier one of the office is kept; what is known already is not.
A shipped entry cannot be contradicted. Nothing that a cell holds is ever said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dunghen import clock
from dunghen.intake.errors import RefusedError, UnusableError
from dunghen.intake.lists.judging import KEYS, Count, Judge
from dunghen.intake.lists.kinds import KINDS
from dunghen.intake.lists.owned import InForce, OwnList, Source
from dunghen.intake.lists.persons import tells_person
from dunghen.intake.lists.reading import ListRow, rows_of
from dunghen.intake.lists.usage import used_codes
from dunghen.intake.reading import naming
from dunghen.intake.store import Store
from dunghen.intake.writing import scratch_folder, writable

LONGEST_SOURCE = 500


@dataclass(frozen=True)
class Brought:
    """What became of a list: its rows, and of each table what is new, changed or known already.

    `made` is None where it brought nothing; of a trial it was not kept."""

    made: OwnList | None
    rows: int
    counts: dict[str, Count]


def bring(
    store: Store,
    data: Path,
    kind: str,
    files: Sequence[Path],
    source: Source,
    *,
    within: str | None = None,
    is_trial: bool = False,
) -> Brought:
    """Takes a list of one of `KINDS` in, or tells what would become of it.

    Names of authorities in it are looked for `within` a province or district.
    Raises `UnusableError`, which names file, line, column and what is allowed, for files that are no such
    list, rows that cannot be, and rows that contradict a shipped list."""
    _check_source(source)
    lists = InForce(data, store.folder)
    if is_trial:
        with scratch_folder() as scratch:
            rows = rows_of(files, KINDS[kind], scratch)
            return _drafted(lists, _judged(store, lists, kind, rows, within), kind, rows, source)
    with writable(store.folder), store.alone(), store.scratch() as scratch_of_store:
        rows = rows_of(files, KINDS[kind], scratch_of_store)
        judge = _judged(store, lists, kind, rows, within)
        done = _drafted(lists, judge, kind, rows, source)
        if done.made is None:
            return done
        names = [naming.shown_name(path.name, number) for number, path in enumerate(files, 1)]
        made = replace(done.made, file=", ".join(names))
        lists.own.keep(made, judge.sourced(made.source_id))
        return replace(done, made=made)


def _judged(store: Store, lists: InForce, kind: str, rows: Sequence[ListRow], within: str | None) -> Judge:
    """The rows, held against the lists in force."""
    names = any(row.cell("authority_code") is None and row.cell("authority_name") for row in rows)
    if kind == "portal_codes" and names and within is None:
        raise UnusableError("lists.no_within")
    if within is not None and not names:
        raise UnusableError("lists.within_codes")
    judge = Judge(lists, used_codes(store), within)
    judge.take(kind, rows)
    return judge


def _drafted(lists: InForce, judge: Judge, kind: str, rows: Sequence[ListRow], source: Source) -> Brought:
    """What the rows bring, with the list as it would be kept."""
    made = OwnList(
        list_id=lists.own.next_id(),
        kind=kind,
        source=" ".join(source.title.split()),
        url=source.url,
        file="",
        brought_at=clock.now().isoformat(),
        entries={table: len(entries) for table, entries in judge.tables.items()},
    )
    return Brought(made if judge.tables else None, len(rows), judge.counts)


def drop(store: Store, data: Path, list_id: str) -> OwnList:
    """Takes a list back. Raises `UnusableError` if there is none of this number, `RefusedError` if imports
    of the store use codes that no other list has."""
    with writable(store.folder), store.alone():
        lists = InForce(data, store.folder)
        one = _find(lists, list_id)
        used = used_codes(store)
        for table, of_table in used.items():
            column = KEYS[table]
            left = {entry[column] for entry in lists.entries(table, without=one.list_id)}
            gone = {entry[column] for entry in lists.entries(table)} - left
            if lost := of_table.keys() & gone:
                needing = sorted({number for code in lost for number in of_table[code]})
                raise RefusedError(
                    "lists.in_use", id=one.list_id, codes=len(lost), imports=", ".join(needing)
                )
        lists.own.drop(one.list_id)
        return one


def _find(lists: InForce, list_id: str) -> OwnList:
    known = lists.own.all()
    for one in known:
        if list_id.isdecimal() and int(list_id) == int(one.list_id):
            return one
    named = ", ".join(one.list_id for one in known)
    raise UnusableError("lists.no_list" if known else "lists.none_own", known=named)


def _check_source(source: Source) -> None:
    if not source.title.strip() or len(source.title) > LONGEST_SOURCE:
        raise UnusableError("lists.source", most=LONGEST_SOURCE)
    if tells_person(source.title):
        raise UnusableError("lists.personal_source")
    if source.url is not None and not re.fullmatch(r"https?://[^\s@]+", source.url):
        raise UnusableError("lists.url")
