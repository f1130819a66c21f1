"""Dossiers of an export → typed rows without numbers and names, each with its first fault or none.

The rows stand in the table `dossier_row` of a scratch connection, in the order of the files: the n-th row of
a table of the export is the n-th of its part. Nothing of a file's own text is in it but codes of our lists.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from dunghen.intake.errors import RefusedError, UnusableError
from dunghen.intake.lists import TABLES, InForce
from dunghen.intake.mappings import Mapping as ExportMapping
from dunghen.intake.mappings import fold_code
from dunghen.intake.mappings.columns import COLUMNS, TELL_SUPPLEMENTS
from dunghen.intake.mappings.headings import as_written, without_accents
from dunghen.intake.store import Import
from dunghen.intake.writing import is_out_of_room, why_no_room

_HERE = Path(__file__).resolve().parent
# Lists and macros are also those of forms and index tables.
_PLACES = {"reference": _HERE.parent, "dossier_macros": _HERE.parent}
# Bytes of a block of SHA-256, to which HMAC pads its key.
BLOCK = 64
# Faults of rows that are no rows of data, and of rows that say again what another one said.
TOTAL, SIGNATURE, BLANK, REPEATED = "total", "signature", "blank", "repeated"
# The column in which an export numbers its rows: it is looked at for words of totals only.
ROW_NUMBER = "row_number"
Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Changes:
    """What an import's good rows are beside earlier imports: the same, newer, or older than what is known."""

    repeated: int = 0
    replaced: int = 0
    older: int = 0


def prepare(
    connection: Connection,
    lists: InForce,
    mapping: ExportMapping,
    as_of: date,
    within: str | None = None,
) -> None:
    """Makes the connection ready to `load` exports of one mapping and day, once it has a key (`set_key`).

    Names are looked for `within` a province or district, else where the mapping says. Raises `UnusableError`
    if a list cannot be read or there is no such authority."""
    teach(connection, mapping)
    read_lists(connection, lists)
    _set(connection, as_of=as_of)
    _list_codes(connection, mapping)
    parent = within or (mapping.authority.parent if mapping.authority else None)
    check_authority(connection, parent, "import.unknown_within")
    by_code = mapping.authority is None or mapping.authority.by != "name"
    run(connection, "lookup", {"parent": parent, "by_code": by_code, "as_of": as_of})
    run(connection, "dossier_row")


def read_lists(connection: Connection, lists: InForce) -> None:
    """Makes the SQL macros and fills the schema `reference` with the lists in force (authorities, fields …).

    Raises `UnusableError` if one cannot be read."""
    _set(connection, data=str(lists.data))
    for table in TABLES:
        _set(connection, **{f"files_of_{table}": [str(path) for path in lists.files(table)]})
    # a procedure is listed once, by its national code
    run(connection, "dossier_macros")
    try:
        run(connection, "reference")
    except duckdb.Error as error:
        if is_out_of_room(error):
            raise
        raise UnusableError("import.reference", folder=lists.data, why=why_no_room(error)) from None


def check_authority(connection: Connection, code: str | None, key: str, **told: object) -> None:
    """Makes sure that a code, where one is given, is an authority's.

    Raises `UnusableError` with the words of that key, filled with the code and what else is told, if not."""
    authorities = connection.table("reference.authority").select("authority_code")
    if code is not None and (code,) not in authorities.fetchall():
        raise UnusableError(key, code=code, **told)


def check_constants(connection: Connection, constants: Mapping[str, str], place: object) -> None:
    """Makes sure that what a mapping says of all rows is in the lists, once the connection is prepared.

    Raises `UnusableError` that names the mapping's file (`place`) and each key: no row could be taken."""
    told = {name: constants.get(name) for name in ("authority", "procedure_code", "field_code")}
    unknown = [name for (name,) in connection.execute(text("unknown_constant"), told).fetchall()]
    errors = [(f"import.unknown_constant_{name}", {"place": place, "code": told[name]}) for name in unknown]
    if errors:
        (key, values), *others = errors
        error = UnusableError(key, **values)
        for other, its_values in others:
            error.then(other, **its_values)
        raise error


def set_key(connection: Connection, key: bytes) -> None:
    """Gives `keyed_hash` its key, padded as RFC 2104 says."""
    padded = (key if len(key) <= BLOCK else hashlib.sha256(key).digest()).ljust(BLOCK, b"\0")
    _set(connection, inner_key=bytes(byte ^ 0x36 for byte in padded))
    _set(connection, outer_key=bytes(byte ^ 0x5C for byte in padded))


def teach(connection: Connection, mapping: ExportMapping) -> None:
    """Teaches a connection how a mapping writes dates and lists; the macros of `read_lists` ask for it."""
    formats = list(mapping.strptime_formats)
    keys = mapping.supplement_keys
    names = (keys.requested_at, keys.received_at, keys.due_before, keys.due_after)
    _set(connection, date_formats=formats, midnight_is_date=mapping.midnight_is_date)
    _set(connection, day_formats=[form for form in formats if "%H" not in form and "%I" not in form])
    _set(connection, within_authority=mapping.number_scope == "authority")
    _set(connection, supplement_shape=json.dumps([dict.fromkeys(names, "VARCHAR")]))


def load(
    connection: Connection,
    part: int,
    view: str,
    columns: Collection[str],
    mapping: ExportMapping,
) -> None:
    """Reads one staged table of an export (its `columns` are ours) into `dossier_row` as the given part.

    With `ROW_NUMBER` among the columns, lines of totals and signatures are known by it, and rows that only
    have a number.

    Raises duckdb.Error where the table cannot be read; its text may hold content and must not be shown."""
    told = [_column(name, columns, mapping.constants) for name in (ROW_NUMBER, *COLUMNS["dossiers"])]
    others = ", ".join(name for name in columns if name != ROW_NUMBER)
    told.append(
        f"coalesce({others}, NULL) IS NULL AS is_bare" if ROW_NUMBER in columns else "FALSE AS is_bare"
    )
    _set(connection, tells_supplements=any(name in columns for name in TELL_SUPPLEMENTS))
    _set(connection, tells_moves=_tells_moves(columns))
    receipts = [without_accents(as_written(heading)) for heading in mapping.columns.get("received_at", ())]
    _set(connection, receipt_headings=receipts)
    _set(connection, tells_channel="channel" in columns or "channel" in mapping.constants)
    connection.execute(f"CREATE OR REPLACE TEMP VIEW raw AS SELECT {', '.join(told)} FROM {view}")  # noqa: S608 - our own names
    run(connection, "normalise", {"part": part})


def _tells_moves(columns: Collection[str]) -> bool:
    """Whether a table says when promises were moved and to when."""
    told_apart = any(name in columns for name in TELL_SUPPLEMENTS) and "due_after" in columns
    return "supplements" in columns or told_apart


def settle(connection: Connection) -> None:
    """Marks rows whose number stands several times in the import, once every part is loaded."""
    run(connection, "settle")


def faults(connection: Connection) -> dict[str | None, int]:
    """How many rows have which fault ("reason column"); None: they have none."""
    return dict(connection.execute(text("fault_count")).fetchall())


def unknown(connection: Connection) -> dict[str, int]:
    """Reason → how many different texts were not recognised for it: of authorities, procedures, fields,
    channels or statuses."""
    found = connection.execute(text("unknown_count")).fetchall()
    return {fault.split()[0]: codes for fault, codes in found}


def outside(connection: Connection) -> int:
    """How many good rows tell of a time in which their office did not exist: they are in none of its figures.

    An office exists in every month of which one day is in its validity. What was open at its beginning is
    carried over into it and counts."""
    ((dossiers,),) = connection.execute(text("outside_count")).fetchall()
    return int(dossiers)


def compare(connection: Connection, earlier: Sequence[Import], as_of: date) -> Changes:
    """What the good rows say beside the winners of the earlier imports.

    Raises `RefusedError` where the dossiers of one of them are damaged."""
    places = [
        (str(one.folder / "dossiers.parquet"), turn, one.as_of)
        for turn, one in enumerate(sorted(earlier, key=lambda one: (one.as_of or date.min, one.sequence)))
        if (one.folder / "dossiers.parquet").exists()
    ]
    if not places:
        return Changes()
    connection.execute("CREATE TEMP TABLE earlier_import (place VARCHAR, turn INTEGER, as_of DATE)")
    connection.executemany("INSERT INTO earlier_import VALUES (?, ?, ?)", places)
    _set(connection, earlier_files=[place for place, _, _ in places])
    try:
        (found,) = connection.execute(text("compare"), {"as_of": as_of}).fetchall()
    except duckdb.Error:
        check_whole(earlier)
        raise
    return Changes(*found)


def check_whole(imports: Sequence[Import]) -> None:
    """Makes sure that the dossiers of imports are as they were written, which reads them all once.

    Raises `RefusedError` for damaged ones."""
    for one in imports:
        path = one.folder / "dossiers.parquet"
        if path.exists() and not is_whole(path):
            raise RefusedError("store.damaged_import", id=one.import_id, place=path)


def is_whole(path: Path) -> bool:
    """Whether a file of dossiers is there, byte by byte as it was written.

    Of one that was written without its hash it is only known whether it ends as Parquet does."""
    if not path.is_file():
        return False
    if (noted := _note_of(path)).exists():
        return noted.read_text(encoding="ascii", errors="replace").strip() == _digest(path)
    with duckdb.connect() as connection:
        try:
            connection.execute("FROM parquet_file_metadata(?)", [str(path)]).fetchall()
        except duckdb.InvalidInputException:
            return False
    return True


def write(connection: Connection, path: Path) -> None:
    """Writes the good rows as Parquet, the columns of `dossier_row` but the part and the fault, and beside it
    a note of the file's hash."""
    connection.execute("SET preserve_insertion_order = FALSE")
    connection.execute(f"COPY ({text('good_rows')}) TO '{_quoted(str(path))}' (FORMAT parquet)")
    _note_of(path).write_text(f"{_digest(path)}\n", encoding="ascii")


def _note_of(path: Path) -> Path:
    return path.with_suffix(".sha256")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def preview(connection: Connection) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The names of the columns and the first good rows as they are understood, without numbers."""
    found = connection.execute(text("preview"))
    return [str(column[0]) for column in found.description or []], found.fetchall()


def authorities(connection: Connection) -> list[str]:
    """The codes of the bodies that have good rows, in order."""
    return [code for (code,) in connection.execute(text("authority_with_rows")).fetchall()]


def run(connection: Connection, name: str, parameters: Mapping[str, object] | None = None) -> None:
    """Runs the statements of one .sql file, each with the parameters that it names."""
    for statement in duckdb.extract_statements(text(name)):
        wanted = {one: (parameters or {})[one] for one in statement.named_parameters}
        connection.execute(statement, wanted)


def text(name: str) -> str:
    """The SQL of one file, without a semicolon at its end."""
    return (_PLACES.get(name, _HERE) / f"{name}.sql").read_text(encoding="utf-8").rstrip().removesuffix(";")


def _set(connection: Connection, **variables: object) -> None:
    for name, value in variables.items():
        connection.execute(f"SET VARIABLE {name} = $value", {"value": value})


def _list_codes(connection: Connection, mapping: ExportMapping) -> None:
    """The code lists of a mapping as tables; an empty channel is in person, a constant means itself."""
    statuses = {code: int(status) for code, status in mapping.code_list("status").items()}
    channels = {"": "in_person"} | mapping.code_list("channel")
    if constant := mapping.constants.get("channel"):
        channels[fold_code(constant)] = constant
    for table, codes in (
        ("status", statuses),
        ("channel", channels),
        ("named_authority", mapping.code_list("authority")),
        ("named_field", mapping.code_list("field_code")),
    ):
        # in one statement: a row at a time costs more than all else that is prepared
        connection.execute(
            f"CREATE TABLE reference.{table}_code AS "
            "SELECT unnest($written::VARCHAR[]) AS written, unnest($meaning::VARCHAR[]) AS meaning",
            {"written": list(codes), "meaning": list(codes.values())},
        )


def _column(name: str, columns: Collection[str], constants: Mapping[str, str]) -> str:
    if name in columns:
        return f'"{name}"'
    return f"'{_quoted(constants[name])}' AS {name}" if name in constants else f"NULL::VARCHAR AS {name}"


def _quoted(words: str) -> str:
    return words.replace("'", "''")
