"""What holds for a whole form or index table: from its mapping, its title lines and the import's options."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dunghen.intake.errors import UnusableError

if TYPE_CHECKING:
    import duckdb

    from dunghen.intake.mappings import Mapping

# The columns of names and running numbers that no mapping reads: looked at for words of totals only.
ROW_NAME, ROW_NUMBER = "row_name", "row_number"
# Columns that hold words and days; every other one holds figures.
TEXT_COLUMNS = (
    *("authority", "field", "criterion", "channel", "row_label", ROW_NAME, ROW_NUMBER),
    *("first_day", "last_day", "observed_at", "as_of", "period_label"),
)
_SPACES = " \u00a0\u202f"
Rule = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class FormOptions:
    """What the person who imports says of a file; each beats what the file says of itself.

    `as_of` is the day the figures were looked up: the day of observation, and the last day of the period
    where nothing else tells it. `within` is the place in which names are looked for; `is_workbook` is the
    file's own: whether the table is a sheet of one. A trial may lack the source."""

    source_id: str | None
    authority_code: str | None = None
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    coverage: str | None = None
    as_of: dt.date | None = None
    within: str | None = None
    is_workbook: bool = False
    is_trial: bool = False


def rule_of(
    connection: duckdb.DuckDBPyConnection,
    mapping: Mapping,
    columns: Sequence[str],
    titles: Sequence[str],
    options: FormOptions,
) -> Rule:
    """The one row of `form_rule`.

    Raises `UnusableError` where the source is not known, or where neither rows nor titles nor options tell
    the office or the period."""
    said = _titles(mapping, titles)
    office = options.authority_code or mapping.constants.get("authority")
    if office is None and "authority" not in columns and said.get("authority") is None:
        raise UnusableError("forms.no_authority", mapping=mapping.name)
    return {
        "source_id": _source(connection, options),
        "authority_code": _known(connection, office),
        "authority_name": said.get("authority"),
        "observed_at": said.get("observed_at") or (options.as_of.isoformat() if options.as_of else None),
        **_period(connection, mapping, columns, said, options),
        **_constants(mapping, options),
        **_meaning(mapping, columns),
        "authority_parent": _known(connection, options.within or _parent(mapping)),
    }


def _parent(mapping: Mapping) -> str | None:
    return mapping.authority.parent if mapping.authority else None


def _titles(mapping: Mapping, titles: Sequence[str]) -> dict[str, str]:
    """What the expressions of the mapping find in the title lines; the first line that fits counts."""
    return {
        name: found[1].strip()
        for name, pattern in mapping.titles.model_dump(exclude_none=True).items()
        if (found := next(filter(None, (re.search(pattern, line) for line in titles)), None))
    }


def _source(connection: duckdb.DuckDBPyConnection, options: FormOptions) -> str | None:
    if options.source_id is None and options.is_trial:
        return None
    if options.source_id is None:
        raise UnusableError("forms.no_source")
    known = connection.table("reference.source").select("source_id").fetchall()
    if (options.source_id,) not in known:
        raise UnusableError("forms.unknown_source", source=options.source_id)
    return options.source_id


def _known(connection: duckdb.DuckDBPyConnection, code: str | None) -> str | None:
    known = connection.table("reference.authority").select("authority_code").fetchall()
    if code is not None and (code,) not in known:
        raise UnusableError("forms.unknown_code", code=code)
    return code


def _period(
    connection: duckdb.DuckDBPyConnection,
    mapping: Mapping,
    columns: Sequence[str],
    said: dict[str, str],
    options: FormOptions,
) -> Rule:
    edition = _edition(connection, mapping) if mapping.record == "scores" else (None, None)
    first = options.first_day or _day(mapping, said, "first_day") or edition[0]
    last = options.last_day or _day(mapping, said, "last_day") or edition[1] or options.as_of
    in_rows = mapping.record == "reports" and {"last_day", "as_of"} & set(columns)
    if last is None and not in_rows:
        raise UnusableError("forms.no_period", mapping=mapping.name)
    if mapping.record == "scores" and first is None:
        raise UnusableError("forms.no_period", mapping=mapping.name)
    if first is not None and last is not None and first > last:
        raise UnusableError("forms.days_in_wrong_order", first=first, last=last)
    return {"first_day": first, "last_day": last, "period_label": mapping.constants.get("period_label")}


def _day(mapping: Mapping, said: dict[str, str], name: str) -> dt.date | None:
    try:
        moment = mapping.moment(said.get(name, ""))
    except ValueError as error:
        raise UnusableError("forms.unreadable_title", name=name, mapping=mapping.name) from error
    return moment.date() if moment else None


def _edition(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping
) -> tuple[dt.date | None, dt.date | None]:
    rows = connection.table("reference.index_edition").select("index_code, edition, first_day, last_day")
    for index_code, edition, first_day, last_day in rows.fetchall():
        if (index_code, edition) == (mapping.index_code, mapping.edition):
            return _read_day(first_day), _read_day(last_day)
    raise UnusableError("forms.unknown_edition", index=mapping.index_code, edition=mapping.edition)


def _read_day(value: dt.date | str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def _constants(mapping: Mapping, options: FormOptions) -> Rule:
    constants = mapping.constants
    return {
        "coverage": options.coverage or constants.get("coverage", "unknown"),
        "channel": constants.get("channel"),
        "remit": constants.get("remit"),
        "counts_basis": constants.get("counts_basis", "published"),
        "published_rate_definition": constants.get("published_rate_definition", "unknown"),
        "rate_is_percent": constants.get("published_rate_unit", "share") == "percent",
        "is_workbook": options.is_workbook,
        "rank_rule": constants.get("rank_rule", "unknown"),
        "qualifier": constants.get("qualifier", "exact"),
    }


def _meaning(mapping: Mapping, columns: Sequence[str]) -> Rule:
    return {
        "authority_by": mapping.authority.by if mapping.authority else "code",
        "is_by_field": "field" in columns,
        "is_wide": mapping.layout == "wide",
        "index_code": mapping.index_code,
        "edition": mapping.edition,
        "score_kind": mapping.score_kind or "published",
        "number_pattern": mapping.number_pattern,
        "marks_without_value": f"[%{_SPACES}{re.escape(mapping.thousands_mark)}]",
        "decimal_mark": mapping.decimal_mark,
        "totals": [" ".join(text.lower().split()) for text in mapping.totals],
        "text_columns": list(TEXT_COLUMNS),
    }
