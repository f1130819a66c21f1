"""JSON lists, objects and JSON Lines, read by DuckDB: only the wanted keys, nested lists as JSON text."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import duckdb
import numpy as np

from dunghen.intake.errors import UnusableError
from dunghen.intake.reading.brackets import Found, records_within
from dunghen.intake.reading.headings import tidy
from dunghen.intake.reading.limits import BLOCK, HEAD, LONGEST_RECORD
from dunghen.intake.reading.naming import shown_name
from dunghen.intake.reading.quoting import SPACES, any_of, identifier, literal
from dunghen.intake.reading.rewriting import kept
from dunghen.intake.reading.source import Source
from dunghen.intake.reading.tables import HeadingRow, Rejected, SourceTable

# records whose keys together are the headings
_SAMPLED_RECORDS = 1000
_PLACE = re.compile(r"at byte (\d+) in (line|record/value) (\d+)|in (record/value|line) (\d+)")
_LINES_NAMES = (".jsonl", ".ndjson", ".jsonlines")


_KEYS = re.compile(r"[A-Za-z_]\w{0,39}(?:\.[A-Za-z_]\w{0,39})*", re.ASCII)


def _is_of_a_program(keys: str) -> bool:
    """Whether keys, joined by points, look like names that programs give: "data.children", "DanhSachHoSo"."""
    return bool(_KEYS.fullmatch(keys)) and not any(key.isupper() for key in keys.split("."))


class RecordTable(SourceTable):
    """One list of records, either in square brackets ("array") or one a line ("newline_delimited").

    `records` is where the list stands in the file, as a mapping names it: "data", "result.items", "" for the
    file itself; its sheet is called so too. An object by itself is a list of one, whose keys are `single`."""

    format = "json"

    def __init__(
        self,
        source: Source,
        layout: str,
        records: str = "",
        number: int = 1,
        single: Sequence[str] | None = None,
    ) -> None:
        # a key that no program would write may be anything: it is told by its number like one of a person
        shown = shown_name(records if _is_of_a_program(records) else "", number, "list")
        super().__init__(source.name, shown if records else None)
        self._source, self._layout = source, layout
        self.records, self.is_single = records, single is not None
        self._staged: tuple[duckdb.DuckDBPyConnection, str] | None = None
        self._keys = self._sampled_keys() if single is None else {tidy(key): key for key in single}

    def heading_rows(self) -> list[HeadingRow]:
        return [HeadingRow(0, tuple(self._keys))] if self._keys else []

    def titles(self, heading: HeadingRow) -> list[str]:  # noqa: ARG002 - every table has it
        return []

    def stage(
        self,
        connection: duckdb.DuckDBPyConnection,
        view: str,
        heading: HeadingRow,
        columns: Mapping[str, str],
        marks: Mapping[str, str] | None = None,
    ) -> None:
        self.indices(heading, columns)
        keys = {self._keys[heading_text]: ours for heading_text, ours in columns.items()}
        figures = marks or {}
        kinds = {key: "JSON" if ours in figures else "VARCHAR" for key, ours in keys.items()}
        names = ", ".join(f"{literal(key)}: '{kind}'" for key, kind in kinds.items())
        written = {key: _figure(key, figures.get(ours)) for key, ours in keys.items()}
        projection = ", ".join(
            f"nullif(trim(nfc_normalize({written[key]}), {literal(SPACES)}), '') AS {identifier(ours)}"
            for key, ours in keys.items()
        )
        reader = self._reader(f"read_json({{}}, columns={{{{{names}}}}}, {{}})")
        rows = connection.sql(f"FROM {reader}").project(projection)
        self._staged = connection, rows.sql_query()
        filled = rows.filter(any_of(rows.columns)).sql_query()
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {identifier(view)} AS {filled}")

    def lines(self, ordinals: Sequence[int], rows: int | None = None) -> list[int]:  # noqa: ARG002 - every table has it
        if not ordinals:
            return []
        if self._staged is None:
            raise RuntimeError("stage() comes before lines()")
        connection, sql = self._staged
        records = connection.sql(sql)
        filled = records.project(f"{any_of(records.columns)} AS filled").fetchnumpy()["filled"]
        numbers = np.flatnonzero(filled)[list(ordinals)].tolist()
        if self._layout == "array":
            return [number + 1 for number in numbers]
        lines = self._lines_of(set(numbers))
        return [lines[number] for number in numbers]

    def count(self) -> int:
        try:
            with duckdb.connect() as connection:
                ((records,),) = self._objects(connection).aggregate("count(*)").fetchall()
        except duckdb.Error as error:
            raise _misread(self.place, error) from None
        return int(records)

    def rejected(self, connection: duckdb.DuckDBPyConnection) -> list[Rejected]:  # noqa: ARG002 - every table has it
        return []

    def misread(self, error: duckdb.Error) -> UnusableError:
        return _misread(self.place, error)

    def _reader(self, function: str) -> str:
        options = f"format={literal(self._layout)}, maximum_object_size={LONGEST_RECORD}"
        return function.format(literal(self._source.path), options)

    def _objects(self, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
        reader = self._reader("read_json_objects({}, {})")
        return connection.sql(f"FROM {reader}")

    def _sampled_keys(self) -> dict[str, str]:
        """Heading → key, of the first records."""
        try:
            with duckdb.connect() as connection:
                sample = self._objects(connection).limit(_SAMPLED_RECORDS)
                # their values stay where they are: numbers of any length, lists of any depth
                found = sample.project("json_type(json), json_keys(json)").fetchall()
        except duckdb.Error as error:
            raise _misread(self.place, error) from None
        if any(kind != "OBJECT" for kind, _ in found):
            raise UnusableError("reading.not_records", file=self.place)
        return {tidy(key): key for _, keys in reversed(found) for key in reversed(keys)}

    def _lines_of(self, numbers: set[int]) -> dict[int, int]:
        """The physical lines of records by their numbers; blank lines hold none."""
        self._source.stream.seek(0)
        filled = (line for line, text in enumerate(self._source.stream, 1) if text.strip())
        return {number: line for number, line in enumerate(filled) if number in numbers}


def record_tables(source: Source, scratch: Path) -> list[SourceTable]:
    """The lists of records in a JSON file and its objects, or the list that the lines of JSON Lines are.

    An object outside lists that holds more than lists and objects may be a record of its own, as a body
    stands beside the list of those below it. Raises UnusableError for a syntax error, by its place, and where
    nothing is found that can be a record."""
    head = source.head(HEAD).removeprefix(codecs.BOM_UTF8).lstrip()
    if head.startswith(b"["):
        # DuckDB takes a list that breaks off after a comma for a whole one
        if not source.part(max(source.size - BLOCK, 0), BLOCK).rstrip().endswith(b"]"):
            raise UnusableError("reading.cut_off", file=source.name)
        tables = [RecordTable(source, "array")]
    elif _is_lines(source.name, head):
        tables = [RecordTable(_without_mark(source, scratch), "newline_delimited")]
    else:
        tables = [
            _table(source, found, number, scratch) for number, found in enumerate(records_within(source), 1)
        ]
    filled: list[SourceTable] = [table for table in tables if table.heading_rows()]
    if not filled:
        raise UnusableError("reading.no_list", file=source.name)
    return filled


def _is_lines(name: str, head: bytes) -> bool:
    """Whether the first line is closed and another one opens: a list or an object goes on otherwise."""
    if name.lower().endswith(_LINES_NAMES):
        return True
    first, _, rest = head.partition(b"\n")
    return first.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{")


def _without_mark(source: Source, scratch: Path) -> Source:
    """The lines without the mark of UTF-8 in front, which DuckDB takes for a part of the first record."""
    if not source.head(len(codecs.BOM_UTF8)).startswith(codecs.BOM_UTF8):
        return source
    blocks = source.blocks()
    return kept(source.name, chain([next(blocks).removeprefix(codecs.BOM_UTF8)], blocks), scratch)


def _table(source: Source, found: Found, number: int, scratch: Path) -> RecordTable:
    text = _part(source, found)
    if found.keys is None:
        return RecordTable(kept(source.name, text, scratch), "array", found.path, number)
    alone = kept(source.name, chain([b"["], text, [b"]"]), scratch)
    return RecordTable(alone, "array", found.path, number, found.keys)


def _part(source: Source, found: Found) -> Iterator[bytes]:
    for place in range(found.start, found.end, BLOCK):
        yield source.part(place, min(BLOCK, found.end - place))


def _figure(key: str, mark: str | None) -> str:
    """The text of a column: of one of figures, which is read as JSON, numbers are written with the mark."""
    column = identifier(key)
    if mark is None:
        return column
    # "1e3" and "12.50" as people write them; what is no number that can be kept stays as it is
    plain = f"rtrim(rtrim(try_cast({column}::VARCHAR AS DECIMAL(30, 12))::VARCHAR, '0'), '.')"
    number = f"coalesce(replace({plain}, '.', {literal(mark)}), {column}::VARCHAR)"
    return f"CASE WHEN starts_with({column}::VARCHAR, '\"') THEN {column} ->> '$' ELSE {number} END"


def _misread(file: str, error: duckdb.Error) -> UnusableError:
    """Of DuckDB's message only the place: the rest may quote the file."""
    place = _PLACE.search(str(error))
    if place is None:
        return UnusableError("reading.json_unreadable", file=file, kind=type(error).__name__)
    # of wrong syntax DuckDB counts one too far
    number = int(place[3]) - 1 if place[3] else int(place[5])
    key = "reading.json_line" if "line" in {place[2], place[4]} else "reading.json_record"
    return UnusableError(key, file=file, number=number)
