"""Running `queries/checks/`: a row returned is something that cannot be, and stops the publication.

A check's leading comments hold its question, then `examines:` (the tables whose rows it looked at: their
number is kept, so that "nothing found" can be told from "nothing to look at", which stops nothing) and
`mend:` and `mend_vi:` (what to do about a row; the question in Vietnamese is that of the page Dữ liệu).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dunghen.warehouse.errors import BuildError
from dunghen.warehouse.inputs import CHECKS
from dunghen.words import texts
from dunghen.words.intake import tell

if TYPE_CHECKING:
    from collections.abc import Set
    from pathlib import Path

    import duckdb

SHOWN_ROWS = 20


def run_checks(
    connection: duckdb.DuckDBPyConnection, folder: Path = CHECKS, among: Set[str] | None = None
) -> None:
    """Runs every check on a draft and records what each examined in `check_result`.

    With `among` only those that examine nothing but these tables; one that is recorded already found nothing
    and is not run again. Raises `BuildError` naming every check that found something, with its first rows.
    """
    failures = []
    passed = {name for (name,) in connection.execute("SELECT check_name FROM check_result").fetchall()}
    for path in sorted(folder.glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        head = header(sql)
        if path.stem in passed or (among is not None and not set(head["examines"].split(", ")) <= among):
            continue
        found = connection.execute(sql)
        columns = [column[0] for column in found.description or []]
        rows = found.fetchall()
        if rows:
            failures.append(_describe(path.stem, head, columns, rows))
        examined = sum(_count(connection, table) for table in head["examines"].split(", "))
        connection.execute(
            "INSERT INTO check_result VALUES (?, ?, ?)", [path.stem, head["question"], examined]
        )
    if failures:
        raise BuildError(*("\n\n".join(told) for told in zip(*failures, strict=True)))


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - named in our own file
    return int(row[0]) if row else 0


def header(sql: str) -> dict[str, str]:
    """The leading comment lines of a .sql file: `question` (the first) and every `key: value` after it."""
    head: dict[str, str] = {}
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        text = line.removeprefix("--").strip()
        key, colon, value = text.partition(": ")
        if "question" not in head:
            head["question"] = text
        elif colon:
            head[key] = value
    return head


def _describe(
    name: str, head: dict[str, str], columns: list[str], rows: list[tuple[object, ...]]
) -> tuple[str, str]:
    """What a check found, in English and in Vietnamese."""
    shown = [
        "  " + ", ".join(f"{key} = {value}" for key, value in zip(columns, row, strict=True))
        for row in rows[:SHOWN_ROWS]
    ]
    asked = texts("vi").get(f"data.check.{name}", head["question"])
    vietnamese = {"question": asked, "mend": head.get("mend_vi", head["mend"])}
    english = {"question": head["question"], "mend": head["mend"]}
    return (
        _told("en", shown, len(rows), name=name, **english),
        _told("vi", shown, len(rows), name=name, **vietnamese),
    )


def _told(language: str, shown: list[str], rows: int, **words: str) -> str:
    lines = [tell("build.check", language, rows=rows, **words), *shown]
    if rows > len(shown):
        lines.append(tell("build.check_more", language, rows=rows - len(shown)))
    return "\n".join(lines)
