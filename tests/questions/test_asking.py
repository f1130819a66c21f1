"""Asking: what an answer is, what it costs the second time, and what cannot be asked."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from dunghen import questions
from dunghen.scope import Scope
from dunghen.warehouse import DatabaseMissingError, current_snapshot
from tests.questions.two_of_everything import rows
from tests.warehouse_fixture import FIRST, LAST, published_from

pytestmark = pytest.mark.usefixtures("small_country")

COMPARED = Scope(
    parent_code="P",
    level="commune",
    first_day=FIRST,
    last_day=LAST,
    record_kind="published",
    source_kind="portal",
    coverage="own",
    definition_code="resolved",
)


def test_an_answer_says_what_was_asked_and_of_what() -> None:
    answer = questions.ask("result_by_report", Scope(authority_code="A", language="en"))
    assert answer.question.text == questions.question("result_by_report").text
    assert answer.sql == (questions.QUERIES / "result_by_report.sql").read_text(encoding="utf-8")
    assert answer.parameters == {
        "authority_code": "A",
        "coverage": None,
        "first_day": None,
        "last_day": None,
        "period_kind": None,
        "record_kind": None,
    }
    assert (answer.snapshot, answer.as_of) == ("test", LAST)
    assert answer.scope.language == "en"


def test_values_are_exact() -> None:
    (found,) = [
        row
        for row in questions.ask("result_by_report", Scope(authority_code="A")).rows
        if row["report_id"] == "a"
    ]
    kinds = {
        name: type(found[name]) for name in ("on_time", "average_days", "last_day", "is_whole", "handled")
    }
    assert kinds == {
        "on_time": int,
        "average_days": Decimal,
        "last_day": dt.date,
        "is_whole": bool,
        "handled": type(None),
    }


def test_a_frame_keeps_counts_whole_and_unknown_counts_unknown() -> None:
    frame = questions.ask("comparison_by_authority", COMPARED).frame
    assert str(frame["numerator"].dtype) == str(frame["rank"].dtype) == "Int64"
    assert str(frame["rate"].dtype) == str(frame["low"].dtype) == "float64"
    assert str(frame["band"].dtype) == "str"
    assert frame["overdue"].tolist() == [pd.NA, 5, pd.NA]
    assert frame["average_days"].tolist() == [None, Decimal("1.500"), None]
    assert list(frame.columns) == list(questions.ask("comparison_by_authority", COMPARED).columns)


@pytest.mark.parametrize("name", ["comparison_by_authority", "score_by_criterion", "result_by_report"])
def test_a_frame_without_rows_has_the_same_types(name: str) -> None:
    full = questions.ask(name, COMPARED.but(authority_code="A")).frame
    empty = questions.ask(name, Scope(authority_code="nobody", parent_code="nowhere")).frame
    assert (len(empty), len(full) > 0) == (0, True)
    unscoped = questions.ask(name, COMPARED.but(authority_code="A", index_code=None, edition=None)).frame
    assert empty.dtypes.to_dict() == unscoped.dtypes.to_dict()


def test_one_is_the_only_row_none_or_an_error() -> None:
    one = questions.ask("authority_by_code", Scope(authority_code="A")).one
    assert one is not None
    assert one["authority_name"] == "Ân Thi"
    assert questions.ask("authority_by_code", Scope(authority_code="nobody")).one is None
    with pytest.raises(ValueError, match="2 rows where one was expected"):
        questions.ask("target_by_authority", Scope(authority_code="A")).one  # noqa: B018


@pytest.mark.parametrize("name", ["no_such_question", "checks/parent_unknown.sql", "", "../README"])
def test_what_is_no_file_cannot_be_asked(name: str) -> None:
    with pytest.raises(questions.UnknownQuestionError):
        questions.ask(name)


def test_no_scope_is_the_whole_country() -> None:
    assert questions.ask("source_by_id").rows == questions.ask("source_by_id", Scope()).rows


def test_settling_fills_what_is_open_and_keeps_what_is_chosen() -> None:
    assert questions.settle(Scope(parent_code="P")) == COMPARED
    press = questions.settle(Scope(parent_code="P", level="department"))
    assert press is None
    before = questions.settle(Scope(parent_code="P", last_day=FIRST - dt.timedelta(days=1), language="en"))
    assert before is not None
    assert (before.first_day, before.last_day, before.language) == (
        dt.date(2025, 1, 1),
        dt.date(2025, 6, 30),
        "en",
    )


@pytest.mark.parametrize(
    "scope", [Scope(), Scope(parent_code="A"), Scope(parent_code="P", definition_code="due")]
)
def test_where_nothing_can_be_compared_there_is_nothing_to_settle(scope: Scope) -> None:
    assert questions.settle(scope) is None


def test_intervals_bands_and_ranks_are_added_to_a_comparison() -> None:
    found = {row["authority_code"]: row for row in questions.ask("comparison_by_authority", COMPARED).rows}
    a, b, c = found["A"], found["B"], found["C"]
    assert a["low"] < a["rate"] < a["high"]
    assert a["high"] - a["low"] < b["high"] - b["low"]
    assert (a["rank"], b["rank"], a["rank_of"]) == (1, 1, 2)
    assert (a["band"], b["band"], c["band"]) == ("as_expected", "as_expected", None)
    assert (c["low"], c["rank"], c["verdict"], c["missing_to_reference"]) == (None, None, "unknown", None)
    assert (a["reference_rate"], a["verdict"], a["missing_to_reference"]) == (0.95, "misses", 5)


def test_search_finds_the_authorities_of_the_snapshot() -> None:
    found = questions.find("an thi", Scope(limit=1))
    assert [row["authority_code"] for row in found.rows] == ["A"]
    assert questions.find("an binh").rows[0]["other_names"] == []
    assert questions.find("an thi", Scope(era="former", level="province")).total == 0


def test_a_missing_file_says_how_to_build_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUNGHEN_DATABASE", str(tmp_path / "nothing.duckdb"))
    with pytest.raises(DatabaseMissingError, match="python -m dunghen build"):
        questions.ask("source_by_id")


def test_years_without_anything_carried_over_say_where_dossiers_begin(tmp_path: Path) -> None:
    """The whole and its fields, whose stocks are told of years; not its channels, and no later year."""
    tables = rows()
    for month in tables["stock"]:
        if (month["authority_code"], month["month"]) == ("M1", dt.date(2025, 11, 1)):
            month |= {"carried_over": 0}
    path = published_from(tmp_path / "begun.duckdb", tables)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUNGHEN_DATABASE", str(path))
        whole, fields, channels, december = (
            {row["note_en"] for row in questions.ask("result_by_report", scope).rows}
            for scope in (
                Scope(authority_code="M1"),
                *(
                    Scope(authority_code="M1", is_broken_down=True, dimension=one, period_kind="year")
                    for one in ("field", "channel")
                ),
                Scope(authority_code="M1", first_day=dt.date(2025, 12, 1), is_run=True),
            )
        )
    (told,) = whole
    assert told.startswith("These figures hold no dossier received before 01/11/2025")
    assert (fields, channels, december) == ({told}, {None}, {None})


def test_a_view_gives_its_snapshot(small_country: Path) -> None:
    with questions.view() as snapshot:
        assert snapshot is current_snapshot(small_country) is questions.snapshot_in_view()
