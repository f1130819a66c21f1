"""What there is and how far it can be trusted: indices, sources, and what does not add up."""

from __future__ import annotations

from dunghen import questions
from dunghen.open_data.answers import RefusalError, Table, latest_day, picked
from dunghen.open_data.authorities import authority
from dunghen.open_data.parameters import Asked
from dunghen.open_data.scores import must_exist
from dunghen.questions import Row

EDITION = (
    "index_code",
    "index_name_vi",
    "index_name_en",
    "unit",
    "applies_to_vi",
    "applies_to_en",
    "edition",
    "first_day",
    "last_day",
    "scale_max",
    "note_vi",
    "note_en",
    "source_id",
)
CRITERION = (
    "criterion_code",
    "parent_criterion_code",
    "position",
    "criterion_name_vi",
    "criterion_name_en",
    "max_score",
    "rule_vi",
    "rule_en",
    "source_id",
)
GRADE = (
    "edition",
    "scope_vi",
    "scope_en",
    "grade_code",
    "grade_name_vi",
    "grade_name_en",
    "min_share",
    "note",
    "source_id",
)
SOURCE = (
    "source_id",
    "title",
    "publisher",
    "url",
    "source_kind",
    "published_at",
    "observed_at",
    "collected_by",
    "verification",
    "terms",
    "note_vi",
    "note_en",
    "reports",
    "scores",
    "indicators",
    "authorities_with_dossiers",
)
# What a row of each kind of finding holds, after `kind`.
FINDINGS: dict[str, tuple[str, ...]] = {
    "remainder": (
        "authority_code",
        "authority_name",
        "report_id",
        "first_day",
        "last_day",
        "period_label",
        "total_name",
        "total",
        "parts",
        "parts_sum",
        "difference",
        "source_id",
    ),
    "oddity": (
        "authority_code",
        "authority_name",
        "oddity_id",
        "report_id",
        "published_vi",
        "published_en",
        "recomputed_vi",
        "recomputed_en",
        "oddity_kind_vi",
        "oddity_kind_en",
        "source_id",
    ),
    "score_sum": (
        "authority_code",
        "authority_name",
        "index_code",
        "edition",
        "first_day",
        "last_day",
        "score_kind",
        "total_score",
        "criteria_sum",
        "difference",
        "max_score_sum",
        "scale_max",
        "source_id",
    ),
    "check_run": ("check_name", "question", "rows_examined"),
}
_ASKED = {
    "remainder": "remainder_by_report",
    "oddity": "oddity_by_source",
    "score_sum": "score_sum_by_edition",
    "check_run": "check_by_name",
}


def indices(asked: Asked) -> Table:
    """One row per index and edition, each with its criteria and grades."""
    must_exist(asked.scope)
    criteria = questions.ask("criterion_by_index", asked.scope).rows
    grades = questions.ask("grade_by_index", asked.scope).rows
    rows = [
        {
            **picked(row, EDITION),
            "criteria": [picked(part, CRITERION) for part in criteria if _belongs(part, row)],
            "grades": [picked(part, GRADE) for part in grades if _belongs(part, row)],
        }
        for row in questions.ask("index_by_edition", asked.scope).rows
    ]
    inner = [part["source_id"] for row in rows for part in (*row["criteria"], *row["grades"])]
    return Table(rows, source_ids=inner)


def sources(asked: Asked) -> Table:
    """One row per source, with how many reports, scores and indicators it gave."""
    rows = [picked(row, SOURCE) for row in questions.ask("source_by_id", asked.scope).rows]
    if asked.scope.source_id and not rows:
        raise RefusalError(404, "unknown_source", parameter="source_id", code=asked.scope.source_id)
    return Table(rows, rows_are_sources=True)


def checks(asked: Asked) -> Table:
    """One row per finding, and per check that was run on this snapshot with the rows it looked at."""
    if asked.scope.authority_code:
        authority(asked.scope.authority_code, "authority_code")
    kinds = [asked.others["kind"]] if "kind" in asked.others else list(FINDINGS)
    rows = [
        {"kind": kind, **picked(row, FINDINGS[kind])}
        for kind in kinds
        for row in questions.ask(_ASKED[kind], asked.scope).rows
        if kind != "score_sum" or _does_not_add_up(row)
    ]
    return Table(rows, empty=None if rows else "no_finding", as_of=latest_day(rows))


def _does_not_add_up(score_sum: Row) -> bool:
    """Whether the parts miss the total although all of them were published (their maxima reach the scale)."""
    complete = score_sum["max_score_sum"] == score_sum["scale_max"]
    return bool(complete and score_sum["difference"] != 0)


def _belongs(part: Row, edition: Row) -> bool:
    """Whether a criterion or grade is of this edition; an index without editions has all of its own."""
    same_index: bool = part["index_code"] == edition["index_code"]
    return same_index and edition["edition"] in (None, part["edition"])
