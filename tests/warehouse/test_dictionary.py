"""Every table and column says in both languages what it holds."""

from __future__ import annotations

import re

import pytest

from dunghen import questions
from dunghen.warehouse.inputs import KEPT_VIEWS, TABLE_FILES, WAREHOUSE

pytestmark = pytest.mark.usefixtures("published")


def test_every_table_and_column_is_described_in_both_languages() -> None:
    rows = questions.ask("column_by_table").rows
    silent = [
        (row["table_name"], row["column_name"])
        for row in rows
        if not all(
            row[f"{what}_comment_{language}"] for what in ("table", "column") for language in ("vi", "en")
        )
    ]
    assert silent == []
    described = {row["table_name"] for row in rows}
    assert described >= {"authority", *KEPT_VIEWS, *(table for table, _ in TABLE_FILES)}


def test_a_comment_has_two_parts_and_one_line() -> None:
    text = (WAREHOUSE / "comments.sql").read_text(encoding="utf-8")
    comments = re.findall(r"^COMMENT ON .* IS '(.*)';$", text, flags=re.MULTILINE)
    assert len(comments) == text.count("COMMENT ON")
    odd = [comment for comment in comments if comment.count(" | ") != 1]
    assert odd == []
    vietnamese = [comment.split(" | ")[0] for comment in comments]
    assert [text for text in vietnamese if text.isascii()] == []


def test_a_view_is_kept_as_a_table_of_the_same_columns() -> None:
    kinds = {row["table_name"] for row in questions.ask("column_by_table").rows}
    schema = (WAREHOUSE / "schema.sql").read_text(encoding="utf-8")
    assert set(re.findall(r"^CREATE VIEW (\w+) ", schema, flags=re.MULTILINE)) == set(KEPT_VIEWS) <= kinds
