"""Personal data, plainly imaginary, in every place of every format; and the search for it afterwards."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter
import xlwt

from tests.intake.specimens import (
    Grid,
    as_csv,
    as_json,
    as_json_lines,
    as_zip,
    box_rows,
    form_rows,
    long_rows,
    national_rows,
    portal_records,
    portal_rows,
    wide_rows,
)

# what is planted: a name, a citizen's number, an old one, two telephones, an e-mail, an address; none of the
# numbers is in the digits of a quotient of counts (098765432 is: 8/81)
PLANTS = (
    *("TRẦN THỊ GIEOTHU", "001086420135", "098 765 431", "0912345098", "+84 912 345 098"),
    *("gieothu@example.vn", "Số 7 đường GIEOTHU, thôn 9"),
)
# what of it, and of the numbers of dossiers, must be found nowhere
NEEDLES = (
    *("gieothu", "086420135", "098765431", "098 765 431", "912345098", "912 345 098", "gieo-"),
    *("thutucgieo", "linhvucgieo"),
)
FORBIDDEN_COLUMNS = (
    *("ChuHoSo", "MaDoiTuong", "SoDienThoai", "Email", "DiaChi", "NgaySinh", "TrichYeuHoSo", "GhiChu"),
    *("TepDinhKem", "NguoiXuLy", "TenTTHC", "TenLinhVuc", "Cột lạ của TRẦN THỊ GIEOTHU"),
)
# its own place, and that of its sheets, name a person too
FILE_NAME = "TRAN THI GIEOTHU 001086420135"
SHEET_NAME = "TRẦN THỊ GIEOTHU"
_TEXTS = re.compile("(?i)" + "|".join(map(re.escape, NEEDLES)))


def dossiers(mark: str) -> Grid:
    """Forty good dossiers, and one for each plant in each mapped column; other columns are full of plants."""
    heading, *rows = national_rows(40)
    mapped = [place for place, name in enumerate(heading) if name not in FORBIDDEN_COLUMNS]
    spoilt = []
    for number, place in enumerate(mapped):
        for turn, plant in enumerate(PLANTS):
            row = list(rows[(number + turn) % 40])
            row[0] = f"H12-gieo-{mark}-{number:02}{turn}"
            row[place] = plant
            spoilt.append(row)
    for number, row in enumerate(rows):
        row[0] = f"H12-gieo-{mark}-9{number:03}"
        row[-1] = _supplements() if row[-1] else ""
    kept = [[row[place] for place in mapped] for row in [*rows, *spoilt]]
    for row in kept:
        row[-2] = "H12" if row[-2].startswith("MH") else row[-2]
    grid = [[heading[place] for place in mapped] + list(FORBIDDEN_COLUMNS)]
    for number, row in enumerate(kept):
        personal: list[str] = [
            PLANTS[(number + turn) % len(PLANTS)] for turn in range(len(FORBIDDEN_COLUMNS))
        ]
        personal[-3:-1] = ["THUTUCGIEO", "LINHVUCGIEO"]
        grid.append(row + personal)
    return grid


def forms() -> dict[str, tuple[bytes, list[str]]]:
    """Forms, index tables and boxes with plants: name of the file → content and options of the command."""
    scores = ["--source", "minh-hoa"]
    source = [*scores, "--coverage", "own"]
    period = [*source, "--from", "2026-01-01", "--to", "2026-09-30"]
    body = [*scores, "--authority", "MH-01"]
    return {
        "ii06a.xlsx": (_xlsx({SHEET_NAME: _planted(form_rows(), 1, 5)}), source),
        "ii06a.csv": (as_csv(_planted(form_rows(), 1, 5)), source),
        "portal.csv": (as_csv(_planted(portal_rows(), 0, 1)), period),
        "portal.json": (as_json(_planted_portal()), period),
        "wide.csv": (as_csv(_planted(wide_rows(), 1, 1)), scores),
        "long.xlsx": (_xlsx({SHEET_NAME: _planted(long_rows(), 0, 1)}), body),
        "box.csv": (as_csv(_planted(box_rows(), 0, 1)), source),
    }


def files(folder: Path) -> list[Path]:
    """One file of dossiers in each format, with plants in every place that the format has."""
    titles = [["DANH SÁCH"], [f"Người lập: {PLANTS[0]}, {PLANTS[3]}"], []]
    made: dict[str, bytes] = {
        f"{FILE_NAME}.csv": as_csv(titles + dossiers("csv")),
        "a-16.csv": as_csv(dossiers("wide"), "utf-16", "\t"),
        "b.csv.gz": gzip.compress(as_csv(dossiers("gz"))),
        "c.zip": as_zip({f"{PLANTS[0]}.csv": as_csv(dossiers("zip"))}),
        "d.xlsx": _xlsx({SHEET_NAME: titles + dossiers("xlsx"), "Ghi chú": [[plant] for plant in PLANTS]}),
        "e.xls": _xls({SHEET_NAME: titles + dossiers("xls"), "Ghi chú": [[plant] for plant in PLANTS]}),
        "f.json": as_json({"nguoiLap": PLANTS[0], "lienHe": list(PLANTS), "ds": _records(dossiers("json"))}),
        "g.jsonl": as_json_lines(_records(dossiers("lines"))),
    }
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in made]


def finds(places: Iterable[Path]) -> list[str]:
    """Every file below some folders that holds a needle, with the needle; packed ones and tables too."""
    found = []
    for place in places:
        for path in [place] if place.is_file() else sorted(place.rglob("*")):
            if path.is_file():
                found += [f"{path}: {needle}" for needle in _in_file(path)]
            found += [f"{path}: {needle} (its name)" for needle in in_text(path.name)]
    return found


def in_text(text: str) -> list[str]:
    """The needles in a text."""
    return sorted({match.lower() for match in _TEXTS.findall(text)})


def in_bytes(content: bytes) -> list[str]:
    """The needles in some bytes, whatever encoding they are in; what is packed is unpacked."""
    found = set()
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        found |= {*in_text(content.decode(encoding, "ignore"))}
        found |= {*in_text(content[1:].decode(encoding, "ignore"))}
    for inner in _unpacked(content):
        found |= {*in_bytes(inner)}
    return sorted(found)


def _in_file(path: Path) -> list[str]:
    found = {*in_bytes(path.read_bytes())}
    for text in _cells(path):
        found |= {*in_text(text)}
    return sorted(found)


def _unpacked(content: bytes) -> Iterator[bytes]:
    if content.startswith(b"\x1f\x8b"):
        yield gzip.decompress(content)
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield archive.read(name)


def _cells(path: Path) -> Iterator[str]:
    """Every cell of the tables in a Parquet file or a database, as text."""
    if path.suffix == ".parquet":
        with duckdb.connect() as connection:
            yield from _rows(connection.read_parquet(str(path)))
    elif path.suffix == ".duckdb":
        try:
            connection = duckdb.connect(str(path), read_only=True)
        except duckdb.Error:
            # a scratch file of a killed run: its bytes were searched
            return
        with connection:
            named = 'SELECT format(\'"{}"."{}"\', schema_name, table_name) FROM duckdb_tables()'
            for (name,) in connection.sql(named).fetchall():
                yield from _rows(connection.sql(f"FROM {name}"))


def _rows(relation: duckdb.DuckDBPyRelation) -> Iterator[str]:
    yield " ".join(relation.columns)
    yield from ("\t".join(map(str, row)) for row in relation.fetchall())


def _supplements() -> str:
    listed = [{"NgayBoSung": "20261003080000", "NguoiBoSung": PLANTS[0], "LyDo": " ".join(PLANTS)}]
    return json.dumps(listed, ensure_ascii=False)


def _planted(grid: Grid, place: int, rows_above: int) -> Grid:
    """A row more for each plant, a column more that is full of them, a title line more."""
    row = grid[rows_above]
    heading = max(range(len(grid)), key=lambda number: len([cell for cell in grid[number] if cell]))
    more = [[*row[:place], plant, *row[place + 1 :]] for plant in PLANTS]
    measures = [[*row[:-1], plant] for plant in PLANTS]
    body = [*grid[heading + 1 :], *more, *measures]
    named = [[*grid[heading], "Người lập biểu"], *([*cells, PLANTS[0]] for cells in body)]
    return [*grid[:heading], [f"Người lập: {' '.join(PLANTS)}"], *named]


def _planted_portal() -> dict[str, Any]:
    found = portal_records()
    child = found["data"]["children"][0]
    found["data"]["children"] += [child | {"departmentCode": plant} for plant in PLANTS]
    found["data"]["children"] += [child | {"totalReceived": plant, "nguoiLap": plant} for plant in PLANTS]
    return found | {"message": " ".join(PLANTS)}


def _records(grid: Grid) -> list[dict[str, Any]]:
    made = [dict(zip(grid[0], row, strict=True)) for row in grid[1:]]
    for record in made:
        listed = record["DanhSachHoSoBoSung"]
        record["DanhSachHoSoBoSung"] = json.loads(listed) if listed.startswith("[") else listed
    return made


def _xlsx(sheets: Mapping[str, Grid]) -> bytes:
    """A workbook with these sheets, a hidden one, comments and the names of its makers."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_urls": False}) as book:
        book.set_properties({"author": PLANTS[0], "comments": " ".join(PLANTS)})
        for name, grid in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(grid):
                sheet.write_row(number, 0, row)
            sheet.write_comment("A1", PLANTS[0], {"author": PLANTS[0]})
        hidden = book.add_worksheet("Ẩn GIEOTHU")
        for number, row in enumerate(dossiers("hidden")):
            hidden.write_row(number, 0, row)
        hidden.hide()
    return content.getvalue()


def _xls(sheets: Mapping[str, Grid]) -> bytes:
    book = xlwt.Workbook()
    for name, grid in {**sheets, "Ẩn GIEOTHU": dossiers("hidden")}.items():
        sheet = book.add_sheet(name)
        sheet.visibility = 1 if name.startswith("Ẩn") else 0
        for number, row in enumerate(grid):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def many_dossiers(path: Path, rows: int) -> Path:
    """A CSV with so many rows that an import can be killed in the midst of it."""
    heading, *some = dossiers("many")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        for number in range(rows):
            row = some[number % len(some)]
            writer.writerow([f"{row[0]}-{number}", *row[1:]])
    return path
