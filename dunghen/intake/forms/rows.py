"""From a staged table to rows of `report` or `score`, and to the places of those that cannot be taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dunghen.intake.errors import UnusableError
from dunghen.intake.forms.rule import ROW_NUMBER, TEXT_COLUMNS, FormOptions, Rule, rule_of
from dunghen.intake.reading.quoting import any_of
from dunghen.words import say
from dunghen.words.intake import LANGUAGES, tell

if TYPE_CHECKING:
    import duckdb

    from dunghen.intake.mappings import Mapping

_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Notice:
    """Something to tell that refuses nothing: a key of `forms.notice` in the words, and its values."""

    key: str
    values: dict[str, Any]

    def text(self, language: str = "vi") -> str:
        """The sentence in one of the two languages."""
        named = {name: _in_words(name, value, language) for name, value in self.values.items()}
        return tell(f"forms.notice.{self.key}", language, **named)


@dataclass(frozen=True, kw_only=True)
class Extracted:
    """What became of a table's rows.

    `rows` and `quarantined` name temporary tables of the connection: one has exactly the columns of `report`
    or `score`, the other (ordinal from 0, column_name or NULL, reason), one row per fault. Each row read is
    loaded, quarantined or a repeat; `rows_passed_over` hold no figure (headings between rows, signatures) or
    repeat the sums of a group of fields, and belong to the table no more than blank rows do."""

    rows: str
    quarantined: str
    rows_read: int
    rows_loaded: int
    rows_quarantined: int
    rows_repeated: int
    rows_passed_over: int
    notices: tuple[Notice, ...]
    # reason, and a number for each different text that was not recognised
    unknown: frozenset[tuple[str, int]]


def read_reports(
    connection: duckdb.DuckDBPyConnection,
    view: str,
    mapping: Mapping,
    titles: Sequence[str],
    options: FormOptions,
) -> Extracted:
    """The rows of `report` in a staged table (`view`: our columns, every cell text).

    A total row of a form by fields is the whole office; every total is checked against its rows, and where
    it differs the row's note says so. Raises `UnusableError` where the whole table cannot be used."""
    _lay_out(connection, view, mapping, titles, options)
    _run(connection, "cells")
    _check_office(connection, mapping)
    _run(connection, "reports")
    mismatches = connection.table("form_mismatch").order("ordinal, column_name").fetchall()
    _note(connection, mismatches)
    _run(connection, "report_rows")
    told = [
        Notice("total_mismatch", {"column": column, "total": total, "parts_sum": parts_sum})
        for _, column, total, parts_sum in mismatches
    ]
    groups = len(connection.table("form_group"))
    if groups:
        told.append(Notice("group_sums", {"rows": groups}))
    return _extracted(connection, "form_report", told, groups)


def read_scores(
    connection: duckdb.DuckDBPyConnection,
    view: str,
    mapping: Mapping,
    titles: Sequence[str],
    options: FormOptions,
) -> Extracted:
    """The rows of `score` in a staged table: of a wide one several a row, of a long one one a row.

    Raises `UnusableError` where the whole table cannot be used."""
    _lay_out(connection, view, mapping, titles, options)
    _run(connection, "cells")
    _check_office(connection, mapping)
    _run(connection, "scores")
    return _extracted(connection, "form_score", [])


def _lay_out(
    connection: duckdb.DuckDBPyConnection,
    view: str,
    mapping: Mapping,
    titles: Sequence[str],
    options: FormOptions,
) -> None:
    columns = connection.table(view).columns
    rule = rule_of(connection, mapping, columns, titles, options)
    _run(connection, "rule")
    _insert_rule(connection, rule)
    connection.execute(
        "SET VARIABLE form_date_formats = $formats", {"formats": list(mapping.strptime_formats)}
    )
    codes = [
        (column, written, str(code))
        for column, of_column in mapping.codes.items()
        for written, code in of_column.items()
    ]
    if codes:
        connection.executemany("INSERT INTO form_code VALUES (?, ?, ?)", codes)
    missing = [name for name in TEXT_COLUMNS if name not in columns]
    named = ", ".join([f'"{name}"' for name in columns] + [f'NULL::VARCHAR AS "{name}"' for name in missing])
    rows = f'SELECT row_number() OVER () - 1 AS ordinal, {named} FROM "{view}"'  # noqa: S608 - our own names
    # a row that only has its running number is blank
    filled = connection.sql(rows).filter(any_of([name for name in columns if name != ROW_NUMBER]))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE form_row AS {filled.sql_query()}")


def _insert_rule(connection: duckdb.DuckDBPyConnection, rule: Rule) -> None:
    names = ", ".join(rule)
    values = ", ".join(f"${name}" for name in rule)
    connection.execute(f"INSERT INTO form_rule ({names}) VALUES ({values})", rule)  # noqa: S608 - our own names


def _run(connection: duckdb.DuckDBPyConnection, *names: str) -> None:
    for name in names:
        connection.execute(_sql(name))


def _sql(name: str) -> str:
    return (_HERE / f"{name}.sql").read_text(encoding="utf-8")


def _check_office(connection: duckdb.DuckDBPyConnection, mapping: Mapping) -> None:
    """Where the title alone names the office, a name that names none makes the whole table unusable."""
    if "authority" in mapping.columns:
        return
    offices = connection.table("form_named").select("authority_code, authority").distinct().fetchall()
    resolved = connection.table("form_authority").select("authority, authority_code").fetchall()
    known = {name for name, code in resolved if code is not None}
    if any(code is None and name not in known for code, name in offices):
        raise UnusableError("forms.title_authority", mapping=mapping.name)


def _note(connection: duckdb.DuckDBPyConnection, mismatches: Sequence[tuple[int, str, int, int]]) -> None:
    """Beside a total that its rows miss stands, in both languages, by how much."""
    differences: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
    for ordinal, column, total, parts_sum in mismatches:
        differences[ordinal].append((column, total, parts_sum))
    notes = [(ordinal, *(_told(of, lang) for lang in LANGUAGES)) for ordinal, of in differences.items()]
    if notes:
        connection.executemany("INSERT INTO form_note VALUES (?, ?, ?)", notes)


def _told(differences: Sequence[tuple[str, int, int]], language: str) -> str:
    parts = "; ".join(
        tell(
            "forms.difference",
            language,
            column=_in_words("column", column, language),
            total=total,
            parts_sum=parts_sum,
        )
        for column, total, parts_sum in differences
    )
    return tell("forms.note", language, differences=parts)


def _in_words(name: str, value: Any, language: str) -> Any:
    return say(f"sentence.count.{value}", language) if name == "column" else value


def _extracted(
    connection: duckdb.DuckDBPyConnection, rows: str, notices: list[Notice], groups: int = 0
) -> Extracted:
    ((read, quarantined, repeated, passed_over),) = connection.execute(_sql("accounted")).fetchall()
    if passed_over > groups:
        notices.append(Notice("passed_over", {"rows": passed_over - groups}))
    return Extracted(
        rows=rows,
        quarantined="form_fault",
        rows_read=read,
        rows_loaded=read - quarantined - repeated,
        rows_quarantined=quarantined,
        rows_repeated=repeated,
        rows_passed_over=passed_over,
        notices=tuple(notices),
        unknown=frozenset(connection.execute(_sql("unknown")).fetchall()),
    )
