"""Taking the rows of an import, by kind of record: read, judge, tell what was left out, write the rest.

Both kinds work alike: `read` once, then `places` of what was left out, a `preview`, and `keep` the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import duckdb

from dunghen.intake import dossiers, forms
from dunghen.intake.day_order import OtherOrder, columns_in_other_order
from dunghen.intake.dossiers import BLANK, REPEATED, ROW_NUMBER, SIGNATURE, TOTAL
from dunghen.intake.errors import UnusableError, UnwritableError
from dunghen.intake.job import Job
from dunghen.intake.mappings import Mapping as ExportMapping
from dunghen.intake.planning import Part, Plan
from dunghen.intake.quarantine import Place, places_of_dossiers, places_of_forms, rows_of
from dunghen.intake.writing import NO_ROOM, why_no_room

Table = tuple[list[str], list[tuple[Any, ...]]]
# Columns of ours that say nothing to the office that looks at the first rows of its form.
NOT_SHOWN = {
    *("report_id", "source_id", "counts_basis", "published_rate_definition"),
    *("score_kind", "rank_rule", "qualifier"),
}


@dataclass(frozen=True)
class Counts:
    """What became of the rows: each one read is taken, left out, or an exact repeat within the import."""

    read: int
    taken: int
    left_out: int
    repeated: int
    # lines of totals and the like, no rows of data
    skipped: int = 0
    # columns whose days up to the 12th were misread
    other_order: tuple[OtherOrder, ...] = ()
    # of those taken, dossiers of a time in which their office did not exist: in none of its figures
    outside: int = 0
    notices: tuple[forms.Notice, ...] = ()
    # reason → how many different codes or names were left out for it, where a list may lack them
    unknown: Mapping[str, int] = field(default_factory=dict)
    # names of authorities were looked for in one place only
    is_within: bool = False
    # the last day that rows of a form speak of
    last_day: date | None = None


@dataclass(frozen=True)
class Kept:
    """What the taken rows are beside earlier imports, and the last day that each authority's speak of."""

    authorities: dict[str, str]
    repeated: int = 0
    replaced: int = 0
    older: int = 0


class Taking(Protocol):
    """The rows of one import on their way from its tables to the store."""

    def read(self) -> Counts:
        """Reads every row. Raises `UnusableError` where a table cannot be read."""

    def places(self) -> Iterator[Place]:
        """Every row that was left out, in the order of the files."""

    def preview(self) -> Table:
        """Names of columns and the first rows as they are understood."""

    def keep(self, folder: Path) -> Kept:
        """Writes the rows taken into a folder."""


class DossierTaking:
    """Dossiers; see `dossiers`."""

    def __init__(self, job: Job, connection: duckdb.DuckDBPyConnection, planned: Plan, day: date) -> None:
        self.job, self.connection, self.planned, self.day = job, connection, planned, day

    def read(self) -> Counts:
        """Reads, judges and hashes every row; repeats within the import count once."""
        within = within_of(self.job, self.planned.mapping)
        dossiers.prepare(self.connection, self.job.lists, self.planned.mapping, self.day, within)
        dossiers.check_constants(self.connection, self.planned.mapping.constants, self.planned.mapping_file)
        dossiers.set_key(self.connection, self.job.key)
        dossiers.check_authority(self.connection, self.job.complete_for, "import.complete_for_unknown")
        for number, part in enumerate(self.planned.parts):
            with reading(part):
                self._load(number, part)
        with self.job.step("settling", self.connection, self._rows):
            dossiers.settle(self.connection)
        counts = dossiers.faults(self.connection)
        lost = sum(len(part.table.rejected(self.connection)) for part in self.planned.parts)
        taken, repeated, blank = (counts.get(fault, 0) for fault in (None, REPEATED, BLANK))
        passed_over = counts.get(TOTAL, 0) + counts.get(SIGNATURE, 0)
        read = sum(counts.values()) - passed_over - blank + lost
        skipped = passed_over + sum(part.table.asides(self.connection) for part in self.planned.parts)
        unknown = dossiers.unknown(self.connection)
        left_out = read - taken - repeated
        is_within = _is_within(self.job, self.planned.mapping)
        outside = dossiers.outside(self.connection)
        return Counts(
            read,
            taken,
            left_out,
            repeated,
            skipped,
            other_order=tuple(self._other_order()),
            outside=outside,
            unknown=unknown,
            is_within=is_within,
        )

    def places(self) -> Iterator[Place]:
        """One place a row: its first fault."""
        return places_of_dossiers(self.connection, self.planned.parts)

    def preview(self) -> Table:
        """No column of it names a dossier."""
        return dossiers.preview(self.connection)

    def keep(self, folder: Path) -> Kept:
        """Writes `dossiers.parquet`, what earlier imports said already included."""
        changes = dossiers.compare(self.connection, self.job.store.imports(), self.day)
        with self.job.step("writing", self.connection, self._rows):
            dossiers.write(self.connection, folder / "dossiers.parquet")
        authorities = dict.fromkeys(dossiers.authorities(self.connection), self.day.isoformat())
        return Kept(authorities, changes.repeated, changes.replaced, changes.older)

    def _other_order(self) -> Iterator[OtherOrder]:
        for number, part in enumerate(self.planned.parts):
            with reading(part):
                yield from columns_in_other_order(self.connection, number, part, f"staged_{number}")

    def _rows(self) -> int:
        return sum(rows_of(self.connection, number) for number in range(len(self.planned.parts)))

    def _load(self, number: int, part: Part) -> None:
        view = f"staged_{number}"
        columns = part.columns | dict.fromkeys(part.row_numbers, ROW_NUMBER)
        part.table.stage(self.connection, view, part.heading, columns)
        with self.job.step(
            part.table.place,
            self.connection,
            lambda: rows_of(self.connection, number),
            lambda: part.table.rows_about,
        ):
            dossiers.load(self.connection, number, view, columns.values(), self.planned.mapping)


class FormTaking:
    """Report forms and index tables; see `forms`."""

    def __init__(
        self, job: Job, connection: duckdb.DuckDBPyConnection, planned: Plan, day: date | None
    ) -> None:
        self.job, self.connection, self.planned, self.day = job, connection, planned, day
        self._left_out: list[Place] = []

    def read(self) -> Counts:
        """Reads and judges every row of every table."""
        within_of(self.job, self.planned.mapping)
        dossiers.teach(self.connection, self.planned.mapping)
        dossiers.read_lists(self.connection, self.job.lists)
        self._check_constant()
        found = []
        for number, part in enumerate(self.planned.parts):
            with reading(part):
                found.append(self._extract(number, part))
        lost = len(self._left_out) - sum(one.rows_quarantined for one in found)
        ((last_day,),) = self.connection.table("taken").aggregate("max(last_day)").fetchall()
        return Counts(
            read=sum(one.rows_read for one in found) + lost,
            taken=sum(one.rows_loaded for one in found),
            left_out=len(self._left_out),
            repeated=sum(one.rows_repeated for one in found),
            skipped=sum(one.rows_passed_over for one in found) + self._asides(),
            notices=tuple(notice for one in found for notice in one.notices),
            unknown=Counter(reason for reason, _ in {told for one in found for told in one.unknown}),
            is_within=_is_within(self.job, self.planned.mapping),
            last_day=last_day,
        )

    def places(self) -> Iterator[Place]:
        """One place a row: the first of its faults."""
        return iter(self._left_out)

    def preview(self) -> Table:
        """The columns that say anything to an office, fields by their names."""
        found = self.connection.table("taken").limit(5)
        if "field" in found.columns:
            names = self.connection.table("reference.field").select("field, field_name_vi, field_name_en")
            names = names.project("field AS code, field_name_vi AS field_vi, field_name_en AS field_en")
            found = found.join(names, "field = code", how="left").select("* EXCLUDE (field, code)")
        rows = found.fetchall()
        told = [
            place
            for place, name in enumerate(found.columns)
            if name not in NOT_SHOWN and any(row[place] is not None for row in rows)
        ]
        return [found.columns[place] for place in told], [tuple(row[place] for place in told) for row in rows]

    def keep(self, folder: Path) -> Kept:
        """Writes `reports.parquet` or `scores.parquet`; which row counts is the publication's to say."""
        path = folder / f"{self.planned.mapping.record}.parquet"
        self.connection.table("taken").distinct().write_parquet(str(path))
        last_days = self.connection.table("taken").aggregate("authority_code, max(last_day)").fetchall()
        return Kept({code: last_day.isoformat() for code, last_day in sorted(last_days) if last_day})

    def _check_constant(self) -> None:
        """The mapping's office, if it is in no list, is told with its key, unless the command names one."""
        if self.job.authority_code is None:
            code, key = self.planned.mapping.constants.get("authority"), "import.unknown_constant_authority"
            dossiers.check_authority(self.connection, code, key, place=self.planned.mapping_file)

    def _asides(self) -> int:
        return sum(part.table.asides(self.connection) for part in self.planned.parts)

    def _extract(self, number: int, part: Part) -> forms.Extracted:
        view, mapping, titles = f"staged_{number}", self.planned.mapping, part.table.titles(part.heading)
        extract = forms.read_reports if mapping.record == "reports" else forms.read_scores
        figures = (name for name in part.columns.values() if name not in forms.TEXT_COLUMNS)
        marks = dict.fromkeys(figures, mapping.decimal_mark)
        options = replace(self.job.form_options(self.day), is_workbook=part.table.format == "workbook")
        columns = part.columns | dict.fromkeys(part.row_names, forms.ROW_NAME)
        columns |= dict.fromkeys(part.row_numbers, ROW_NUMBER)
        part.table.stage(self.connection, view, part.heading, columns, marks)
        found = extract(self.connection, view, mapping, titles, options)
        keep = (
            f"INSERT INTO taken FROM {found.rows}" if number else f"CREATE TABLE taken AS FROM {found.rows}"
        )
        self.connection.execute(keep)
        self._left_out += places_of_forms(self.connection, part, found.quarantined)
        return found


def within_of(job: Job, mapping: ExportMapping) -> str | None:
    """The place that names are looked for in, if the import says one.

    Raises `UnusableError` where the mapping finds authorities by codes."""
    if job.within and (mapping.authority is None or mapping.authority.by != "name"):
        raise UnusableError("import.within_codes", mapping=mapping.name)
    return job.within


def _is_within(job: Job, mapping: ExportMapping) -> bool:
    return bool(job.within or (mapping.authority and mapping.authority.parent))


def advice(reason: str, *, is_within: bool) -> str:
    """The key of what to do about codes or names that were not recognised for this reason."""
    is_name = is_within and reason.endswith("_authority")
    return f"import.{'within' if is_name else 'unknown'}.{reason}"


@contextmanager
def reading(part: Part) -> Iterator[None]:
    """What DuckDB says while it reads a table may hold what stands in a cell: it is said in our words."""
    try:
        yield
    except NO_ROOM as error:
        raise UnwritableError("import.no_room", file=part.table.place, why=why_no_room(error)) from None
    except duckdb.Error as error:
        raise part.table.misread(error) from None
