"""Files of one import that tell one dossier with other columns each: what both tell is compared."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from dunghen.intake import importing
from dunghen.intake.importing import Done, Job
from dunghen.intake.store import Store
from tests.intake.specimens import small_data
from tests.intake.test_importing import (
    AS_OF,
    GOOD,
    KEY,
    MANY,
    ROOT,
    Row,
    export,
    moment,
    quarantined,
    row,
    stored,
    supplement,
)

pytestmark = pytest.mark.slow

CHANNEL, REQUESTS, PROCEDURE = "KenhThucHien", "DanhSachHoSoBoSung", "MaTTHC"
FIRST, MOVED, END = "20261012170000", "20261020170000", "20261018093000"
MOVE = json.dumps([supplement("20261005080000", FIRST, MOVED)])
# A dossier of which the requests are told; its own column has the promise that is in force.
TOLD = row(DanhSachHoSoBoSung=MOVE, NgayHenTra=MOVED, NgayKetThucXuLy=END)
Bring = Callable[..., Done]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_data(tmp_path_factory.mktemp("data"))


@pytest.fixture
def bring(tmp_path: Path, data: Path) -> Bring:
    """Imports one row a file, after a file of many others; no file needs a column for channels."""
    shipped = (ROOT / "data/mappings/national-sync.toml").read_text(encoding="utf-8")
    mapping = tmp_path / "cua-toi.toml"
    mapping.write_text(shipped.replace(', "KenhThucHien"]', "]"), encoding="utf-8")

    def bring(*rows: Row, accept_rejects: bool = False) -> Done:
        files = [export(tmp_path / f"{number}.csv", [one]) for number, one in enumerate(rows, 1)]
        files.insert(0, export(tmp_path / "0.csv", MANY))
        job = Job(files, Store(tmp_path / "store"), KEY, data, str(mapping), AS_OF)
        return importing.run(replace(job, accept_rejects=accept_rejects))

    return bring


def less(told: Row, *columns: str) -> Row:
    """A row of a file that lacks columns."""
    return {name: text for name, text in told.items() if name not in columns}


def kept(done: Done) -> dict[str, Any]:
    """What is stored of the one dossier beside the many, where it was told several times."""
    made = done.made
    assert (made.rows_quarantined, made.rows_loaded) == (0, len(MANY) + 1)
    assert made.rows_repeated == made.rows_read - made.rows_loaded
    (one,) = [one for one in stored(made) if one["finished_at"] == moment("2026-10-18 09:30")]
    return one


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("columns", [(CHANNEL,), (REQUESTS,), (PROCEDURE,), (CHANNEL, REQUESTS, PROCEDURE)])
def test_what_one_file_tells_is_kept_where_the_other_has_no_column(
    columns: tuple[str, ...], is_first: bool, bring: Bring
) -> None:
    rows = [TOLD, less(TOLD, *columns)]
    one = kept(bring(*(rows if is_first else reversed(rows))))

    assert (one["channel"], one["procedure_code"]) == ("online", "MH.000001")
    assert (one["supplements"], one["extended"]) == (1, True)
    assert (one["original_due_at"], one["due_at"]) == (
        moment("2026-10-12 17:00"),
        moment("2026-10-20 17:00"),
    )


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_three_files_each_with_a_part_of_it_tell_one_dossier(order: tuple[int, ...], bring: Bring) -> None:
    rows = [less(TOLD, CHANNEL, PROCEDURE), less(TOLD, REQUESTS, PROCEDURE), less(TOLD, REQUESTS, CHANNEL)]
    one = kept(bring(*(rows[place] for place in order)))

    assert (one["channel"], one["procedure_code"], one["supplements"]) == ("online", "MH.000001", 1)


def test_a_file_that_knows_no_moves_may_tell_the_promise_from_before_them(bring: Bring) -> None:
    one = kept(bring(less(TOLD, REQUESTS) | {"NgayHenTra": FIRST}, TOLD))

    assert (one["extended"], one["due_at"]) == (True, moment("2026-10-20 17:00"))


@pytest.mark.quick
def test_an_undated_dossier_stays_undated(bring: Bring) -> None:
    undated = TOLD | {"NgayHenTra": "", REQUESTS: ""}
    one = kept(bring(less(undated, REQUESTS), undated))

    assert (one["original_due_at"], one["due_at"], one["extended"]) == (None, None, False)


OTHER = {
    "a channel": row(KenhThucHien="1"),
    "an empty cell of a channel, which says in person": row(KenhThucHien=""),
    "an empty list of requests, which says none": TOLD | {REQUESTS: ""},
    "a promise that is none of those told": less(TOLD, REQUESTS) | {"NgayHenTra": "20261021170000"},
    "no promise": less(TOLD, REQUESTS) | {"NgayHenTra": ""},
    "a status": less(TOLD, CHANNEL) | {"TrangThaiHoSo": "9"},
    "an end": less(TOLD, CHANNEL) | {"NgayKetThucXuLy": "20261019093000"},
    "an office": less(TOLD, CHANNEL) | {"DonViXuLy": "MH.02"},
}


def test_what_both_tell_and_not_alike_is_two_versions(bring: Bring) -> None:
    pairs = [
        [TOLD | {"MaHoSo": number}, other | {"MaHoSo": number}]
        for number, other in zip((f"A-{place}" for place in range(len(OTHER))), OTHER.values(), strict=True)
    ]
    made = bring(*(one for pair in pairs for one in pair), accept_rejects=True).made

    assert (made.rows_loaded, made.rows_repeated) == (len(MANY), 0)
    assert [reason for _, _, reason in quarantined(made)] == ["two_versions"] * 2 * len(OTHER)


def test_of_two_files_that_differ_a_third_that_tells_less_settles_nothing(bring: Bring) -> None:
    made = bring(GOOD, less(GOOD, CHANNEL), GOOD | {CHANNEL: "1"}).made

    assert (made.rows_quarantined, made.rows_repeated) == (3, 0)


@pytest.fixture
def bring_later(tmp_path: Path, data: Path, bring: Bring) -> Bring:
    """Imports one row some days after what was brought before."""
    days = iter(range(1, 100))

    def bring_later(told: Row) -> Done:
        day = next(days)
        job = Job([export(tmp_path / f"later-{day}.csv", [told])], Store(tmp_path / "store"), KEY, data)
        mapping = str(tmp_path / "cua-toi.toml")
        return importing.run(replace(job, mapping=mapping, as_of=AS_OF + timedelta(day)))

    return bring_later


def test_a_later_export_changes_nothing_by_what_it_has_no_column_for(
    bring: Bring, bring_later: Bring
) -> None:
    bring(TOLD)

    for silent in (
        less(TOLD, CHANNEL, REQUESTS, PROCEDURE),
        less(TOLD, REQUESTS) | {"NgayHenTra": FIRST},
        TOLD,
    ):
        made = bring_later(silent).made
        assert (made.rows_repeated, made.rows_replaced, made.rows_loaded) == (1, 0, 0)


@pytest.mark.parametrize("due", ["20261021170000", MOVED, FIRST])
def test_what_says_the_same_once_more_is_repeated(due: str, bring: Bring, bring_later: Bring) -> None:
    """Also where the promise is another one than an earlier export, which knew the moves, told."""
    bring(TOLD)
    silent = less(TOLD, REQUESTS) | {"NgayHenTra": due}
    is_new = due not in (FIRST, MOVED)

    assert bring_later(silent).made.rows_replaced == is_new
    assert bring_later(silent).made.rows_repeated == 1
    assert bring_later(less(silent, CHANNEL)).made.rows_repeated == 1
    # the promise from before is news where another one is known
    assert bring_later(less(silent, CHANNEL) | {"NgayHenTra": FIRST}).made.rows_replaced == is_new


LATER = {
    "a state that moved on": less(TOLD, CHANNEL) | {"TrangThaiHoSo": "9"},
    "another promise": less(TOLD, REQUESTS) | {"NgayHenTra": "20261021170000"},
    "another channel": TOLD | {CHANNEL: "1"},
}


@pytest.mark.parametrize("later", LATER.values(), ids=LATER)
def test_a_later_export_replaces_by_what_it_tells(later: Row, bring: Bring, bring_later: Bring) -> None:
    bring(TOLD)
    made = bring_later(later).made

    assert (made.rows_repeated, made.rows_replaced, made.rows_loaded) == (0, 1, 1)


def test_a_later_export_that_tells_more_is_news(bring: Bring, bring_later: Bring) -> None:
    bring(less(TOLD, CHANNEL))

    assert bring_later(TOLD).made.rows_replaced == 1
