"""What an import will read: every table of the files with its mapping, and the day of the export."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from dunghen.intake import mappings
from dunghen.intake.errors import UnusableError
from dunghen.intake.mappings import Choice
from dunghen.intake.mappings.headings import letters_only
from dunghen.intake.reading import HeadingRow, SourceTable, beside, open_tables

# Our name of the column that tells the day of the export.
AS_OF = "as_of"
# How exports head the column of their running numbers ("STT", "Số TT").
_NUMBERING = {"stt", "tt", "so tt", "so thu tu"}
# … and that of the names beside codes: a total is told in it.
_NAMING = {
    *("ten", "ten don vi", "ten co quan", "ten co quan don vi", "don vi", "co quan"),
    *("unit name", "departmentname"),
}


@dataclass(frozen=True)
class Part:
    """One table to read: where its headings stand and which heading is which of our columns."""

    table: SourceTable
    heading: HeadingRow
    columns: dict[str, str]

    @property
    def row_numbers(self) -> list[str]:
        """The heading of the column that numbers the rows, which nobody maps; none without such a column."""
        return self._unmapped(_NUMBERING)

    @property
    def row_names(self) -> list[str]:
        """The heading of the column that names what each row is about, if nobody maps it."""
        return self._unmapped(_NAMING)

    def _unmapped(self, names: Container[str]) -> list[str]:
        free = (heading for heading in self.heading.headings if heading not in self.columns)
        return [heading for heading in free if letters_only(heading) in names][:1]


@dataclass(frozen=True)
class PassedOver:
    """A sheet or list of which no row is read: where it is, how many rows it has (titles and headings too),
    and which headings it lacks, if it has some of those that the import is read by."""

    place: str
    rows: int
    missing: str | None = None


@dataclass(frozen=True)
class Plan:
    """All tables of one import, the mapping that fits them all, and the sheets that it passes over."""

    mapping: mappings.Mapping
    parts: list[Part]
    passed_over: list[PassedOver]
    # what the import was told to read by, if it was: a name or a file
    named: str | None = None

    @property
    def mapping_file(self) -> str:
        """The file of the mapping, as whoever is to copy or change it finds it."""
        own = self.named if self.named and self.named.lower().endswith(".toml") else None
        return own or f"data/mappings/{self.mapping.name}.toml"


def plan(files: Sequence[Path], scratch: Path, named: str | None, first_number: int = 1) -> Plan:
    """Opens the files and finds the mapping that fits their tables; `named` is the one that must.
    The first file has the number `first_number`, by which it is called if its name is not shown.

    A file needs one table that fits; its other sheets are passed over. Raises `UnusableError` if a file
    cannot be read, if nothing fits, or if the files are of different kinds."""
    known = [mappings.load(named)] if named else mappings.all_mappings()
    choices: list[tuple[SourceTable, Choice]] = []
    refused: list[tuple[SourceTable, UnusableError]] = []
    for table in open_tables(files, scratch, first_number):
        try:
            choices.append((table, mappings.choose(table, known)))
        except UnusableError as error:
            refused.append((table, error))
    fitting = [table for table, _ in choices]
    for table, _ in refused:
        if table.file not in {one.file for one in fitting}:
            raise beside(_told(error for other, error in refused if other.file == table.file), table.file)
    missed = [(table, why) for table, why in refused if not _is_wrapping(table, why, choices)]
    for table, why in missed:
        # a mapping that was named may read one of two lists on purpose; so may one of some sheets
        if named is None and table.format == "json" and not table.is_single and _is_elsewhere(why):
            raise why
    mapping = _one(choices)
    passed_over = [PassedOver(table.place, table.count(), _missing(why, mapping)) for table, why in missed]
    return Plan(mapping, [Part(table, *choice[1:]) for table, choice in choices], passed_over, named)


def _told(errors: Iterable[UnusableError]) -> UnusableError:
    """Of what is wrong with the tables of a file, the first that names a mapping."""
    return min(errors, key=lambda error: error.sentences[0][0] == "mapping.none_fits")


def _missing(error: UnusableError, mapping: mappings.Mapping) -> str | None:
    """The headings of a mapping that a table lacks to be read by it, if it has some of them."""
    ((key, told), *_) = error.sentences
    return str(told["missing"]) if key == "mapping.nearest" and told["name"] == mapping.name else None


def _is_elsewhere(error: UnusableError) -> bool:
    """Whether the headings of a table fit a mapping that reads other places only."""
    return error.sentences[0][0] == "mapping.elsewhere"


def _is_wrapping(
    table: SourceTable, error: UnusableError, choices: Sequence[tuple[SourceTable, Choice]]
) -> bool:
    """Whether a table of a JSON file is none that somebody could miss: it is only around others, or in a
    column of a record that is read, as supplements are."""
    columns = (
        f"{one.records}.{heading}".removeprefix(".")
        for one, choice in choices
        if one.is_single and one.file == table.file
        for heading in choice.columns
    )
    inside = any(f"{table.records}.".startswith(f"{column}.") for column in columns)
    return inside or (table.is_single and not _is_elsewhere(error))


def day_of(plan: Plan, given: date | None) -> date | None:
    """The day that the export shows: what the mapping finds above the headings, else the one given.

    Raises `UnusableError` where both tell one and they differ: open dossiers would be held to a day of which
    the export knows nothing. Where several days stand in the file, or none that can be read, the
    given one counts. Rows of forms and index tables that tell their days need none."""
    titles = [line for part in plan.parts for line in part.table.titles(part.heading)]
    if given is None:
        days = _days_in_rows(plan) if plan.mapping.record == "dossiers" else []
        return mappings.read_as_of(plan.mapping, titles, days)
    try:
        found = mappings.read_as_of(plan.mapping, titles, _days_in_rows(plan))
    except UnusableError:
        return given
    if found not in (None, given):
        raise UnusableError("import.two_days", told=found, given=given, place=plan.mapping_file)
    return given


def _days_in_rows(plan: Plan) -> list[str]:
    """What stands in the column that tells the day of the export, each text once; none without a column."""
    found: set[str] = set()
    for part in plan.parts:
        heading = {theirs: ours for theirs, ours in part.columns.items() if ours == AS_OF}
        if heading:
            with duckdb.connect() as connection:
                part.table.stage(connection, AS_OF, part.heading, heading)
                try:
                    found.update(day for (day,) in connection.table(AS_OF).distinct().fetchall() if day)
                except duckdb.Error as error:
                    raise part.table.misread(error) from None
    return sorted(found)


def _one(choices: Sequence[tuple[SourceTable, Choice]]) -> mappings.Mapping:
    if not choices:
        raise UnusableError("import.no_table")
    (first, chosen), *others = choices
    for table, choice in others:
        if choice.mapping.name != chosen.mapping.name:
            raise UnusableError(
                "import.two_mappings",
                first=first.place,
                first_mapping=chosen.mapping.name,
                second=table.place,
                second_mapping=choice.mapping.name,
            )
    return chosen.mapping
