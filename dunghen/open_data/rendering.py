"""An answer as bytes: JSON, and CSV that spreadsheets open without harm."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from dunghen import illustration
from dunghen.open_data.answers import Table, definitions_of, sentences, sources_of
from dunghen.questions import Row

# A text that begins so is run as a formula by spreadsheets; the wide forms too where Japanese is set.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_json(snapshot: str, as_of: dt.date, table: Table, next_address: str | None) -> bytes:
    """The answer in its envelope: snapshot, as_of, data, definitions, sources and what goes beside them."""
    answer: Row = {
        "snapshot": snapshot,
        "as_of": table.as_of or as_of,
        "data": table.rows,
        "definitions": definitions_of(table.definitions),
        "sources": sources_of(table),
        **table.extra,
    }
    if table.total is not None:
        answer |= {"total": table.total, "next": next_address}
    if table.shows_illustrative:
        answer |= {"illustrative": True, **sentences("illustrative", "notice")}
    if table.empty is not None:
        answer |= {"reason": table.empty, **sentences(f"empty.{table.empty}")}
    return json_bytes(answer)


def json_bytes(value: Any) -> bytes:
    """JSON in UTF-8; days in ISO 8601, decimals as plain numbers (87.750 is 87.75), never NaN."""
    return json.dumps(value, default=_plain, ensure_ascii=False, allow_nan=False).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value)} has no place in an answer")


def as_csv(rows: Sequence[Row], exploded: str | None = None, left_out: Sequence[str] = ()) -> bytes:
    """The rows as CSV (RFC 4180, CRLF) in UTF-8 with a byte order mark.

    Records within a row become columns of their own (`resolved_rate`), lists of words are joined by ";", of
    the list `exploded` each item is a line. Unknown is empty. A text that a spreadsheet would take for a
    formula gets an apostrophe before it. A row about something imaginary says so in a column of its own."""
    lines = [
        _flat({key: value for key, value in line.items() if key not in left_out})
        for row in rows
        for line in _exploded(row, exploded)
    ]
    columns = list(dict.fromkeys(column for line in lines for column in line))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({column: _cell(value) for column, value in line.items()} for line in lines)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _exploded(row: Row, exploded: str | None) -> Iterator[Row]:
    if exploded is None:
        yield row
        return
    outer = {key: value for key, value in row.items() if key != exploded}
    for item in row[exploded] or [{}]:
        yield outer | item


def _flat(row: Row) -> Row:
    flat: Row = {}
    for name, value in row.items():
        if name == "counts":
            flat |= value
        elif name == "rates":
            flat |= {f"{code}_{part}": of for code, rate in value.items() for part, of in _parts(rate)}
        else:
            flat[name] = value
    if row.get("illustrative"):
        flat[illustration.COLUMN] = " / ".join(map(illustration.label, ("vi", "en")))
    return flat


def _parts(rate: Row) -> list[tuple[str, Any]]:
    """The parts of a rate, a known one's reason included, so that every line has the same columns."""
    return list({"reason": None, "missing": [], **rate}.items())


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA_STARTS) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ";".join(value)
    return str(value if isinstance(value, int) else _plain(value) if not isinstance(value, float) else value)
