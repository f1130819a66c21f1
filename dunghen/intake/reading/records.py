"""JSON lists and JSON Lines, read by DuckDB: only the wanted keys, nested lists as JSON text."""

from __future__ import annotations

import json
import mmap
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np

from dunghen.intake.errors import UnusableError
from dunghen.intake.reading.headings import tidy
from dunghen.intake.reading.limits import BLOCK, HEAD, LONGEST_RECORD
from dunghen.intake.reading.quoting import SPACES, any_of, identifier, literal
from dunghen.intake.reading.rewriting import kept
from dunghen.intake.reading.source import Source
from dunghen.intake.reading.tables import HeadingRow, Rejected, SourceTable

# records whose keys together are the headings
_SAMPLED_RECORDS = 1000
_DEEPEST = 4
_TOKEN = re.compile(rb'"((?:[^"\\]|\\.)*+)"(\s*+:)?|[\[\]{}]', re.DOTALL)
_RECORD = re.compile(rb"\s*+[{\]]")
_PLACE = re.compile(r"at byte (\d+) in (line|record/value) (\d+)|in (record/value|line) (\d+)")
_LINES_NAMES = (".jsonl", ".ndjson", ".jsonlines")


class RecordTable(SourceTable):
    """One list of records, either in square brackets ("array") or one a line ("newline_delimited").

    `records` is where the list stands in the file, as a mapping names it: "data", "result.items", "" for the
    file itself."""

    format = "json"

    def __init__(self, source: Source, layout: str, records: str = "") -> None:
        super().__init__(source.name)
        self._source, self._layout, self.records = source, layout, records
        self._staged: tuple[duckdb.DuckDBPyConnection, str] | None = None
        self._keys = self._sampled_keys()

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

    def rejected(self, connection: duckdb.DuckDBPyConnection) -> list[Rejected]:  # noqa: ARG002 - every table has it
        return []

    def misread(self, error: duckdb.Error) -> UnusableError:
        return _misread(self.file, error)

    def _reader(self, function: str) -> str:
        options = f"format={literal(self._layout)}, maximum_object_size={LONGEST_RECORD}"
        return function.format(literal(self._source.path), options)

    def _sampled_keys(self) -> dict[str, str]:
        """Heading → key, of the first records."""
        reader = self._reader("read_json_objects({}, {})")
        try:
            with duckdb.connect() as connection:
                sample = connection.sql(f"FROM {reader}").limit(_SAMPLED_RECORDS)
                # their values stay where they are: numbers of any length, lists of any depth
                found = sample.project("json_type(json), json_keys(json)").fetchall()
        except duckdb.Error as error:
            raise _misread(self.file, error) from None
        if any(kind != "OBJECT" for kind, _ in found):
            raise UnusableError("reading.not_records", file=self.file)
        return {tidy(key): key for _, keys in reversed(found) for key in reversed(keys)}

    def _lines_of(self, numbers: set[int]) -> dict[int, int]:
        """The physical lines of records by their numbers; blank lines hold none."""
        self._source.stream.seek(0)
        filled = (line for line, text in enumerate(self._source.stream, 1) if text.strip())
        return {number: line for number, line in enumerate(filled) if number in numbers}


def record_tables(source: Source, scratch: Path) -> list[SourceTable]:
    """The lists of records in a JSON file, or the one that the lines of a JSON Lines file are.

    Raises UnusableError for a syntax error, by its place, and where no list of records is found."""
    head = source.head(HEAD).removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"["):
        # DuckDB takes a list that breaks off after a comma for a whole one
        if not source.part(max(source.size - BLOCK, 0), BLOCK).rstrip().endswith(b"]"):
            raise UnusableError("reading.cut_off", file=source.name)
        tables = [RecordTable(source, "array")]
    elif _is_lines(source.name, head):
        tables = [RecordTable(source, "newline_delimited")]
    else:
        parts = ((kept(source.name, _part(source, found), scratch), found.path) for found in _lists(source))
        tables = [RecordTable(part, "array", path) for part, path in parts]
    filled: list[SourceTable] = [table for table in tables if table.heading_rows()]
    if not filled:
        raise UnusableError("reading.no_list", file=source.name)
    return filled


def _is_lines(name: str, head: bytes) -> bool:
    """Whether the first line holds a whole record and is not the only one."""
    if name.lower().endswith(_LINES_NAMES):
        return True
    first, _, rest = head.partition(b"\n")
    if not rest.lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(first, parse_int=str), dict)
    except (ValueError, RecursionError):
        return False


@dataclass(frozen=True)
class _List:
    path: str
    start: int
    end: int


@dataclass
class _Walk:
    """Where a walk through a JSON text stands: the open brackets and the key that each stands under."""

    open: list[bytes] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    key: str = ""


def _lists(source: Source) -> Iterator[_List]:
    """The lists of records that stand in objects only, at most four deep; their insides are skipped."""
    walk = _Walk()
    # not closed by hand: while a match looks at it, that fails
    text = mmap.mmap(source.stream.fileno(), 0, access=mmap.ACCESS_READ)
    tokens = _TOKEN.finditer(text)
    for token in tokens:
        sign = token[0]
        if token[1] is not None:
            walk.key = token[1].decode(errors="replace") if token[2] else ""
        elif sign == b"[" and _RECORD.match(text, token.end()):
            end = _closing(source.name, tokens)
            yield _List(".".join([*walk.keys[1:], walk.key]), token.start(), end)
        elif sign in b"[{":
            walk.open.append(sign)
            walk.keys.append(walk.key)
            if len(walk.open) > _DEEPEST:
                raise UnusableError("reading.no_list", file=source.name)
        elif not walk.open:
            raise UnusableError("reading.json_place", file=source.name, byte=token.start() + 1)
        else:
            walk.open.pop()
            walk.keys.pop()
    if walk.open:
        raise UnusableError("reading.cut_off", file=source.name)


def _closing(name: str, tokens: Iterator[re.Match[bytes]]) -> int:
    depth = 1
    for token in tokens:
        if token[0] in b"[{":
            depth += 1
        elif token[0] in b"]}":
            depth -= 1
        if depth == 0:
            return token.end()
    raise UnusableError("reading.cut_off", file=name)


def _part(source: Source, found: _List) -> Iterator[bytes]:
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
