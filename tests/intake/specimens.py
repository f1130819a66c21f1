"""Small valid files of every kind that the intake reads, as grids and records that tests can spoil.

All people, numbers and bodies in them are imaginary: the bodies are those of Tỉnh Minh Họa.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

Grid = list[list[Any]]
ROOT = Path(__file__).resolve().parents[2]
# lists of the data folder that an import reads, with all rows but those of the register of real communes
_LISTS = (
    *("registry/others.csv", "registry/illustrative.csv", "registry/portal_codes.csv"),
    *("registry/other_names.csv", "registry/other_names_by_hand.csv", "published/sources.csv"),
    *("reference/fields.csv", "reference/field_codes.csv", "reference/procedures.csv"),
    *("indices/editions.csv", "indices/criteria.csv"),
)
_ASCII = re.compile("([\\x00-\\x7f]+)")
_SUPPLEMENT = [{"NgayBoSung": "20261003080000", "NgayHenTraTruoc": "20261010", "NgayHenTraMoi": "20261015"}]


@dataclass(frozen=True)
class Specimen:
    """A valid file: `write` makes its bytes of a grid (rows of cells) or, for JSON, of a list of records."""

    name: str
    content: Any
    write: Callable[[Any], bytes]
    options: Mapping[str, Any] = field(default_factory=dict)

    def bytes(self) -> bytes:
        """The file as it is imported without a fault."""
        return self.write(self.content)


def small_data(folder: Path, lying_in: Collection[str] = ()) -> Path:
    """A data folder for imports: everything but the communes, which take a second to read.

    Those that lie or lay in the given provinces and districts are there all the same."""
    for name in _LISTS:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((ROOT / "data" / name).read_bytes())
    with (ROOT / "data" / "registry" / "authorities.csv").open("rb") as file:
        some = b"".join(
            line
            for number, line in enumerate(file)
            if number < 60 or b"province" in line or _parent(line) in lying_in
        )
    (folder / "registry" / "authorities.csv").write_bytes(some)
    return folder


def _parent(line: bytes) -> str:
    return line.split(b",")[6].decode()


def national_rows(rows: int = 12) -> Grid:
    """Dossiers with the fields of the national synchronisation API, heading first; some personal columns."""
    heading = [
        *(
            "MaHoSo",
            "MaTTHC",
            "TenTTHC",
            "MaLinhVuc",
            "KenhThucHien",
            "ChuHoSo",
            "SoDienThoai",
            "NgayTiepNhan",
        ),
        *("NgayHenTra", "TrangThaiHoSo", "NgayTra", "NgayKetThucXuLy", "DonViXuLy", "DanhSachHoSoBoSung"),
    ]
    grid: Grid = [heading]
    for number in range(rows):
        finished = number % 3 > 0
        grid.append(
            [
                *(f"MH.01-261001-{number:04}", f"MH.{number % 9 + 1:06}", "Thủ tục mẫu", "MH-LV01"),
                *(str(number % 3 + 1), f"NGƯỜI MẪU {number}", f"09000000{number:02}"),
                *(f"202610{number % 9 + 1:02}080000", f"202610{number % 9 + 11:02}170000"),
                *(("10", "20261020090000", "20261019090000") if finished else ("4", "", "")),
                *(f"MH.{number % 6 + 1:02}", json.dumps(_SUPPLEMENT) if number % 4 == 0 else ""),
            ]
        )
    return grid


def records(grid: Grid) -> list[dict[str, Any]]:
    """The same as JSON records, the list of supplements as a list."""
    made = [dict(zip(grid[0], row, strict=False)) for row in grid[1:]]
    for record in made:
        listed = record.get("DanhSachHoSoBoSung")
        record["DanhSachHoSoBoSung"] = json.loads(listed) if listed else None
    return made


def vietnamese_rows(rows: int = 10) -> Grid:
    """Dossiers with Vietnamese headings under two title lines."""
    grid: Grid = [
        ["", "ỦY BAN NHÂN DÂN TỈNH MINH HỌA"],
        ["", "Danh sách hồ sơ tính đến ngày 31/10/2026"],
        [],
        [
            *("STT", "Số hồ sơ", "Mã thủ tục", "Chủ hồ sơ", "Hình thức tiếp nhận", "Ngày tiếp nhận"),
            *("Ngày hẹn trả", "Ngày kết thúc xử lý", "Trạng thái", "Đơn vị xử lý"),
        ],
    ]
    for number in range(1, rows + 1):
        grid.append(
            [
                *(str(number), f"MH.02-261001-{number:04}", f"MH.{number % 9 + 1:06}", "NGƯỜI MẪU"),
                *("Trực tuyến", f"{number:02}/10/2026 08:30", f"{number + 10:02}/10/2026 17:00"),
                *(f"{number + 11:02}/10/2026 09:15", "Đã trả kết quả", "Phường Bản Mẫu"),
            ]
        )
    return grid


def form_rows() -> Grid:
    """Form II.06a with headings written in full, its title lines and its totals."""
    heading = [
        *("STT", "Lĩnh vực giải quyết", "Số lượng hồ sơ tiếp nhận / Tổng số"),
        "Số lượng hồ sơ tiếp nhận / Trong kỳ / Trực tuyến",
        "Số lượng hồ sơ tiếp nhận / Trong kỳ / Trực tiếp, dịch vụ bưu chính",
        *("Số lượng hồ sơ tiếp nhận / Từ kỳ trước", "Số lượng hồ sơ đã giải quyết / Tổng số"),
        *("Số lượng hồ sơ đã giải quyết / Trước hạn", "Số lượng hồ sơ đã giải quyết / Đúng hạn"),
        *("Số lượng hồ sơ đã giải quyết / Quá hạn", "Số lượng hồ sơ đang giải quyết / Tổng số"),
        *("Số lượng hồ sơ đang giải quyết / Trong hạn", "Số lượng hồ sơ đang giải quyết / Quá hạn"),
    ]
    return [
        ["", "Biểu số II.06a/VPCP/KSTT"],
        ["", "Đơn vị báo cáo: Tỉnh Minh Họa"],
        ["", "(Từ ngày 01/07/2026 đến ngày 30/09/2026)"],
        heading,
        [f"({number})" for number in range(1, 14)],
        ["1", "Đất đai", "1.234", "1.000", "200", "34", "1.200", "1.100", "90", "10", "34", "30", "4"],
        ["2", "Hộ tịch", "9", "5", "4", "0", "7", "7", "0", "0", "2", "2", "0"],
        [
            *("", "TỔNG CỘNG", "1.243", "1.005", "204", "34", "1.207", "1.107", "90", "10", "36", "32", "4"),
        ],
        ["", "Người lập biểu"],
    ]


def portal_rows() -> Grid:
    """Progress of the portal: bodies by their codes."""
    return [
        ["unit_code", "unit_name", "total_received", "total_on_time", "ratio", "avg_processing_days"],
        ["MH", "Tỉnh Minh Họa", "12,345", "11,000", "89.10", "4.5"],
        ["MH.S1", "Sở Mẫu", "345", "300", "86.95", "2"],
    ]


def portal_records() -> dict[str, Any]:
    """The portal's JSON as it comes: a body, which is an object, and beside it the list of those below it."""
    keys = ("departmentCode", "departmentName", "totalReceived", "totalOnTime", "ratio", "avgProcessingDays")
    rows = (("MH.01", "Mẫu", 345, 300, 86.95, 2.5), ("MH.02", "Mẫu", 45, 40, 88.88, 2.0))
    parent = dict(zip(keys, ("MH", "Mẫu", 12345, 11000, 89.1, 4.5), strict=True))
    children = [dict(zip(keys, row, strict=True)) | {"level": "COMMUNE", "scoreDelta": None} for row in rows]
    return {"code": "OK", "data": {"parent": parent | {"totalMaxScore": 20}, "children": children}}


def wide_rows() -> Grid:
    """Scores of the 766 index: a body a row."""
    return [
        ["ROW_STT", "MA_COQUAN", "TEN", "CKMB", "TDGQ", "CLGQ", "TTTT", "MDHL", "MDSH", "TONG_SCORE"],
        ["1", "MH.01", "Mẫu", "17.5", "18.2", "11", "9.1", "17.9", "19.84", "93.54"],
        ["2", "MH.02", "Mẫu", "17.1", "18", "10.5", "9", "17", "19", "90.6"],
    ]


def long_rows() -> Grid:
    """Scores of one commune's PAR index: a criterion a row."""
    return [
        ["Tiêu chí", "Điểm tối đa", "Điểm đạt được", "Xếp hạng"],
        ["Cải cách thể chế", "", "4,5", "3"],
        ["Cải cách thủ tục hành chính", "", "8,25", "7"],
        ["Tổng điểm", "100", "81,62", "9"],
    ]


def box_rows() -> Grid:
    """The little box of a web site."""
    return [
        ["Mã đơn vị", "Số hồ sơ xử lý", "Trước & đúng hạn", "Trễ hạn", "Tỷ lệ đúng hạn", "Cập nhật lúc"],
        ["MH-01", "1.234", "1.200", "34", "97,24%", "31/10/2026 08:00:00"],
    ]


def as_csv(grid: Sequence[Sequence[Any]], encoding: str = "utf-8", separator: str = ",") -> bytes:
    """The grid as CSV; what the encoding lacks becomes a question mark."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(grid)
    return text.getvalue().encode(encoding, "replace")


def as_vietnamese_windows(grid: Grid) -> bytes:
    """The grid as CSV in Windows-1258, which writes tones as marks of their own."""
    text = as_csv(grid, separator=";").decode()
    return b"".join(
        part.encode() if part.isascii() else _in_windows_1258(part) for part in _ASCII.split(text)
    )


def as_xlsx(grid: Grid, name: str = "Danh sách") -> bytes:
    """The grid as the one sheet of a workbook."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(grid):
            for column, cell in enumerate(row):
                if cell != "":
                    sheet.write(number, column, cell)
    return content.getvalue()


def as_xls(grid: Grid) -> bytes:
    """The grid as the one sheet of an old workbook."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Danh sách")
    for number, row in enumerate(grid[:65_000]):
        for column, cell in enumerate(row[:256]):
            sheet.write(number, column, cell[:32_000] if isinstance(cell, str) else cell)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def as_json(found: Any) -> bytes:
    """Records or an object as JSON."""
    return json.dumps(found, ensure_ascii=False).encode("utf-8", "surrogatepass")


def as_json_lines(found: Sequence[Any]) -> bytes:
    """One record a line."""
    return b"\n".join(map(as_json, found)) + b"\n"


def as_zip(members: Mapping[str, bytes]) -> bytes:
    """Files in a zip, always the same bytes; one may lack a name."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, member in members.items():
            # with a day of its own: of a name alone the library takes the day it is, and its last letter
            archive.writestr(zipfile.ZipInfo(name), member, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def specimens() -> list[Specimen]:
    """One of each format, encoding and kind of record."""
    dossiers = {"as_of": "2026-10-31"}
    named = {"as_of": "2026-10-31", "mapping": str(ROOT / "data" / "sample" / "minh-hoa.toml")}
    scores = {"source_id": "minh-hoa"}
    form = {**scores, "coverage": "own"}
    period = {**form, "first_day": "2026-01-01", "last_day": "2026-09-30"}
    rows, listed = national_rows(), vietnamese_rows()
    return [
        Specimen("a.csv", rows, as_csv, dossiers),
        Specimen("a-bom.csv", rows, lambda grid: as_csv(grid, "utf-8-sig", ";"), dossiers),
        Specimen("a-16.csv", rows, lambda grid: as_csv(grid, "utf-16", "\t"), dossiers),
        Specimen("a-16be.csv", rows, lambda grid: as_csv(grid, "utf-16-be", "|"), dossiers),
        Specimen("a.csv.gz", rows, lambda grid: gzip.compress(as_csv(grid), mtime=0), dossiers),
        Specimen("a.zip", rows, _halves, dossiers),
        Specimen("a.xlsx", rows, as_xlsx, dossiers),
        Specimen("a.xls", rows, as_xls, dossiers),
        Specimen("a-xlsx.zip", rows, lambda grid: as_zip({"a.xlsx": as_xlsx(grid)}), dossiers),
        Specimen("a.json", records(rows), as_json, dossiers),
        Specimen("a.jsonl", records(rows), as_json_lines, dossiers),
        Specimen("a.json.gz", records(rows), lambda found: gzip.compress(as_json(found), mtime=0), dossiers),
        Specimen(
            "a-inside.json", records(rows), lambda found: as_json({"result": {"items": found}}), dossiers
        ),
        Specimen("b.csv", listed, as_vietnamese_windows, named),
        Specimen("b-utf8.csv", listed, as_csv, named),
        Specimen("b.xlsx", listed, as_xlsx, named),
        Specimen("b.xls", listed, as_xls, named),
        Specimen("ii06a.xlsx", form_rows(), as_xlsx, form),
        Specimen("ii06a.xls", form_rows(), as_xls, form),
        Specimen("ii06a.csv", form_rows(), as_csv, form),
        Specimen("portal.csv", portal_rows(), as_csv, period),
        Specimen("portal.xlsx", portal_rows(), as_xlsx, period),
        Specimen("portal.json", portal_records(), as_json, period),
        Specimen("wide.csv", wide_rows(), as_csv, scores),
        Specimen("wide.xlsx", wide_rows(), lambda grid: as_xlsx(grid, "Điểm năm"), scores),
        Specimen("long.csv", long_rows(), as_csv, {**scores, "authority_code": "MH-01"}),
        Specimen("long.xlsx", long_rows(), as_xlsx, {**scores, "authority_code": "MH-01"}),
        Specimen("box.csv", box_rows(), as_csv, form),
        Specimen("box.json", records_of_box(), as_json, form),
        Specimen("box-alone.json", records_of_box()[0], as_json, form),
    ]


def records_of_box() -> list[dict[str, Any]]:
    """The box as JSON."""
    keys = ("maDonVi", "soHoSoXuLy", "truocVaDungHan", "treHan", "tyLeDungHan", "capNhatLuc")
    return [dict(zip(keys, box_rows()[1], strict=True))]


def _halves(grid: Grid) -> bytes:
    middle = max(len(grid) // 2, 1)
    return as_zip({"thang-9.csv": as_csv(grid[:middle]), "thang-10.csv": as_csv([*grid[:1], *grid[middle:]])})


def _in_windows_1258(letters: str) -> bytes:
    return b"".join(map(_letter_in_windows_1258, letters))


def _letter_in_windows_1258(letter: str) -> bytes:
    for form in (letter, *_apart(unicodedata.normalize("NFD", letter))):
        try:
            return form.encode("cp1258")
        except UnicodeEncodeError:
            continue
    return b"?"


def _apart(letter: str) -> list[str]:
    """A letter with its shape composed and its tone apart: ệ as ê and a dot below."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    tone = "".join(mark for mark in letter if mark in tones)
    shape = unicodedata.normalize("NFC", "".join(mark for mark in letter if mark not in tones))
    return [shape + tone]
