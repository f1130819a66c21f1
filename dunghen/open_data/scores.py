"""Index scores of one authority, and other figures that were published about it."""

from __future__ import annotations

from dunghen import questions
from dunghen.open_data.answers import RefusalError, Table, latest_day, picked
from dunghen.open_data.authorities import authority_asked
from dunghen.open_data.parameters import Asked
from dunghen.questions import Row
from dunghen.scope import Scope

_OF_ONE_SCORE = (
    "index_code",
    "edition",
    "first_day",
    "last_day",
    "criterion_code",
    "score_kind",
    "source_id",
)
SCORE = (
    "index_code",
    "index_name_vi",
    "index_name_en",
    "unit",
    "edition",
    "first_day",
    "last_day",
    "period_label",
    "criterion_code",
    "parent_criterion_code",
    "criterion_name",
    "criterion_name_en",
    "score",
    "max_score",
    "score_share",
    "points_lost",
    "score_kind",
    "qualifier",
    "published_rank",
    "published_rank_of",
    "rank_rule",
    "computed_rank",
    "computed_rank_of",
    "grade_code",
    "grade_name_vi",
    "grade_name_en",
    "note_vi",
    "note_en",
    "source_id",
)
INDICATOR = (
    "authority_code",
    "indicator_group",
    "indicator_code",
    "indicator_name_vi",
    "indicator_name_en",
    "unit",
    "first_day",
    "last_day",
    "period_label",
    "value",
    "qualifier",
    "note_vi",
    "note_en",
    "verbatim",
    "source_id",
)


def scores(asked: Asked) -> Table:
    """One row per criterion score; `computed_rank` is its place among all siblings, where all are known."""
    authority = authority_asked(asked)
    must_exist(asked.scope)
    ranks = {_key(row): row for row in questions.ask("rank_by_score", asked.scope).rows}
    rows = [
        picked(_with_rank(row, ranks.get(_key(row), {})), SCORE)
        for row in questions.ask("score_by_criterion", asked.scope).rows
    ]
    return Table(
        rows,
        empty=None if rows else "no_score",
        as_of=latest_day(rows),
        illustrative=authority["illustrative"],
    )


def must_exist(scope: Scope) -> None:
    """Raises `RefusalError` (404) if there is no such index, or it has no such edition."""
    for parameter, code in (("index", scope.index_code), ("edition", scope.edition)):
        asked = Scope(index_code=scope.index_code, edition=scope.edition if parameter == "edition" else None)
        if code and not questions.ask("index_by_edition", asked).rows:
            raise RefusalError(404, f"unknown_{parameter}", parameter=parameter, code=code)


def indicators(asked: Asked) -> Table:
    """One row per indicator, period and source."""
    authority = authority_asked(asked)
    rows = [picked(row, INDICATOR) for row in questions.ask("indicator_by_authority", asked.scope).rows]
    return Table(
        rows,
        empty=None if rows else "no_indicator",
        as_of=latest_day(rows),
        illustrative=authority["illustrative"],
    )


def _key(row: Row) -> tuple[object, ...]:
    return tuple(row[column] for column in _OF_ONE_SCORE)


def _with_rank(row: Row, rank: Row) -> Row:
    return {
        **row,
        "criterion_name": row["criterion_name_vi"],
        "computed_rank": rank.get("computed_rank"),
        "computed_rank_of": rank.get("computed_rank_of"),
    }
