"""Writes exports of Tỉnh Minh Họa into a folder, in the formats that real systems write."""

from __future__ import annotations

import csv
import gzip
import io
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import xlsxwriter

from dunghen.intake.errors import UnusableError, why_refused
from dunghen.simulation import days, layouts, province, world
from dunghen.simulation.days import DAY
from dunghen.simulation.standing import Standing, standing

FORMATS = ("csv", "json", "xlsx", "csv-1258", "mixed")
# rows whose text is put together at once: their bytes stay in the processor's cache
SLICE = 1 << 13
# numbers of dossiers stay unique within seven digits
MOST_DOSSIERS = 300_000_000
MOST_ROWS_OF_A_SHEET = 1_000_000
FEW_BLOCKS = 4
TITLES = (
    "ỦY BAN NHÂN DÂN TỈNH MINH HỌA",
    "Danh sách hồ sơ tính đến ngày {}",
    "(dữ liệu minh họa, không có thật)",
)


@dataclass(frozen=True)
class Export:
    """One export to be written: of which world, as of which day, of what."""

    dossiers: int
    seed: int
    as_of: date = days.LAST_DAY
    since: date | None = None
    kinds: frozenset[str] | None = None  # of offices; None: all

    def rows_of(self, block: int) -> Standing:
        """The rows of one block of the world."""
        size = min(world.BLOCK, self.dossiers - block * world.BLOCK)
        end = (days.number_of(self.as_of) + 1) * DAY - 1
        since = days.number_of(self.since) * DAY if self.since else 0
        rows = standing(world.lives(self.seed, block, size), end, since)
        if self.kinds is None:
            return rows
        wanted = np.array([_kind_of(office) in self.kinds for office in province.offices()])
        return rows.part(wanted[rows.lives.office])

    @property
    def blocks(self) -> int:
        """How many blocks the world has."""
        return -(-self.dossiers // world.BLOCK)


Writer = Callable[[Export, Path], int]
Layout = Callable[[Standing], bytes]


def _kind_of(office: province.Office) -> str:
    return "department" if office.kind.startswith("MH-") else office.kind


def simulate(export: Export, folder: Path, kind: str = "csv") -> dict[Path, int]:
    """Writes one export, or for kind "mixed" a row of exports with their imports.toml.

    Returns the rows of every file. A world of more dossiers than a sheet holds is no workbook: UnusableError,
    as for a folder that cannot be written to. A file stands under its name only when it is whole.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if kind == "mixed":
            return _story(export, folder)
        ending, write = WRITERS[kind]
        path = folder / f"minh-hoa-{export.as_of}{ending}"
        return {path: _written(path, partial(write, export))}
    except OSError as error:
        raise UnusableError("simulate.folder", folder=folder, reason=why_refused(error.errno)) from error


def _written(path: Path, write: Callable[[Path], int]) -> int:
    draft = path.with_name(f".{path.name}.draft")
    try:
        rows = write(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return rows


def _csv(export: Export, path: Path) -> int:
    heading = ",".join(layouts.NATIONAL).encode() + b"\n"
    with path.open("wb") as file:
        return _stream(export, layouts.national_csv, file, heading)


def _csv_gz(export: Export, path: Path) -> int:
    heading = ",".join(layouts.NATIONAL).encode() + b"\n"
    # neither name nor time in the file: the same rows are the same bytes
    with path.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as file:
        return _stream(export, layouts.national_csv, file, heading)


def _json(export: Export, path: Path) -> int:
    with path.open("wb") as file:
        return _json_list(export, file)


def _json_gz(export: Export, path: Path) -> int:
    with path.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as file:
        return _json_list(export, file)


def _stream(export: Export, layout: Layout, file: io.BufferedIOBase, heading: bytes) -> int:
    file.write(heading)
    total = 0
    for rows, text in _texts(export, layout):
        file.write(text)
        total += rows
    return total


def _json_list(export: Export, file: io.BufferedIOBase) -> int:
    total = 0
    for rows, text in _texts(export, layouts.national_json):
        records = text.replace(b"}\n{", b"},\n{").removesuffix(b"\n")
        file.write((b",\n" if total else b"[\n") + records)
        total += rows
    file.write(b"\n]\n" if total else b"[]\n")
    return total


def _texts(export: Export, layout: Layout) -> Iterator[tuple[int, bytes]]:
    """The rows and the text of every block, in order; several processes work ahead on a large world."""
    work = partial(_text, export, layout)
    if export.blocks <= FEW_BLOCKS:
        yield from (told for told in map(work, range(export.blocks)) if told[0])
        return
    workers = os.cpu_count() or 1
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from (told for told in _in_order(pool, work, range(export.blocks), 2 * workers) if told[0])


def _in_order(
    pool: ProcessPoolExecutor, work: Callable[[int], tuple[int, bytes]], blocks: Iterable[int], ahead: int
) -> Iterator[tuple[int, bytes]]:
    waiting: deque[Future[tuple[int, bytes]]] = deque()
    for block in blocks:
        waiting.append(pool.submit(work, block))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _text(export: Export, layout: Layout, block: int) -> tuple[int, bytes]:
    rows = export.rows_of(block)
    count = len(rows.status)
    slices = (np.arange(first, min(first + SLICE, count)) for first in range(0, count, SLICE))
    return count, b"".join(layout(rows.part(places)) for places in slices)


def _titles(export: Export) -> tuple[str, ...]:
    return tuple(title.format(f"{export.as_of:%d/%m/%Y}") for title in TITLES)


def _csv_1258(export: Export, path: Path) -> int:
    lines = [*_titles(export), ";".join(layouts.VIETNAMESE)]
    heading = b"".join(layouts.encoded(line, "cp1258") + b"\r\n" for line in lines)
    layout = partial(layouts.vietnamese, word=layouts.SEMICOLON_1258, separator=b";")
    rows = 0
    with path.open("wb") as file:
        file.write(heading)
        for block in range(export.blocks):
            told = export.rows_of(block)
            file.write(layout(told, first=rows + 1).replace(b"\n", b"\r\n"))
            rows += len(told.status)
    return rows


def _xlsx(export: Export, path: Path) -> int:
    """A sheet as offices print it: titles, a blank first column, headings, a row of numbers, a total."""
    if export.dossiers > MOST_ROWS_OF_A_SHEET:
        raise UnusableError("simulate.sheet", most=MOST_ROWS_OF_A_SHEET)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001 - no moment, only a fixed one
        sheet = book.add_worksheet("Danh sách hồ sơ")
        for line, title in enumerate(_titles(export)):
            sheet.write_string(line, 3, title)
        first = len(TITLES) + 1
        sheet.write_row(first, 1, layouts.VIETNAMESE)
        sheet.write_row(first + 1, 1, [f"({n})" for n in range(1, len(layouts.VIETNAMESE) + 1)])
        rows = 0
        for rows, record in enumerate(_records(export), start=1):
            _record(sheet, first + 1 + rows, record)
        sheet.write_string(first + 2 + rows, 1, f"Tổng cộng: {rows} hồ sơ")
    return rows


def _records(export: Export) -> Iterator[list[str]]:
    rows = 0
    for block in range(export.blocks):
        told = export.rows_of(block)
        text = layouts.vietnamese(told, layouts.COMMA, b",", first=rows + 1).decode()
        yield from csv.reader(io.StringIO(text))
        rows += len(told.status)


def _record(sheet: xlsxwriter.workbook.Worksheet, line: int, record: list[str]) -> None:
    sheet.write_number(line, 1, int(record[0]))
    for column, text in enumerate(record[1:], start=2):
        if text:
            sheet.write_string(line, column, text)


WRITERS: dict[str, tuple[str, Writer]] = {
    "csv": (".csv", _csv),
    "json": (".json", _json),
    "xlsx": (".xlsx", _xlsx),
    "csv-1258": (".csv", _csv_1258),
}


@dataclass(frozen=True)
class Chapter:
    """One export of the sample: which offices, from when to when, how it is written and read."""

    file: str
    write: Writer
    mapping: str
    as_of: date
    since: date | None
    kinds: frozenset[str] | None


OWN_MAPPING = "minh-hoa.toml"
DEPARTMENTS, COMMUNES = frozenset({"department"}), frozenset({"current"})
REFORM, AUTUMN = date(2025, 7, 1), date(2026, 9, 30)
STORY = (
    Chapter("1-ca-tinh.csv.gz", _csv_gz, "national-sync", days.LAST_DAY_OF_DISTRICTS, None, None),
    Chapter("2-cac-so.json.gz", _json_gz, "national-sync", AUTUMN, REFORM, DEPARTMENTS),
    Chapter("3-cac-xa.xlsx", _xlsx, OWN_MAPPING, AUTUMN, REFORM, COMMUNES),
    Chapter("4-cac-so.json", _json, "national-sync", days.LAST_DAY, date(2026, 10, 1), DEPARTMENTS),
    Chapter("5-cac-xa.csv", _csv_1258, OWN_MAPPING, days.LAST_DAY, date(2026, 10, 1), COMMUNES),
)
IMPORT = '[[import]]\nas_of = {as_of}\nfiles = ["{file}"]\nmapping = "{mapping}"\n'


def _story(export: Export, folder: Path) -> dict[Path, int]:
    told = {}
    for chapter in STORY:
        part = Export(export.dossiers, export.seed, chapter.as_of, chapter.since, chapter.kinds)
        path = folder / chapter.file
        told[path] = _written(path, partial(chapter.write, part))
    imports = (IMPORT.format(**vars(chapter)) for chapter in STORY)
    command = f"# python -m dunghen simulate --dossiers {export.dossiers} --seed {export.seed} --format mixed"
    (folder / "imports.toml").write_text("\n".join([f"{command} --to FOLDER\n", *imports]), encoding="utf-8")
    return told
