"""What the rows of an export look like: the national fields as CSV or JSON, or Vietnamese headings.

Every personal column of a real export is there, filled with placeholders that are plainly none, so that a
file is as wide as a real one and the intake has something to leave out.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from dunghen.simulation import province
from dunghen.simulation.days import DAY, NEVER, Numbers, all_days
from dunghen.simulation.lettering import (
    Letters,
    Part,
    digits,
    flat,
    flat_with,
    joined,
    moments,
    plain,
    table_of,
)
from dunghen.simulation.standing import KINDS_OF_DIRT, Standing

Word = Callable[[str], bytes]

NATIONAL = (
    *("MaHoSo", "MaTTHC", "TenTTHC", "MaLinhVuc", "TenLinhVuc", "KenhThucHien", "ChuHoSo", "LoaiDoiTuong"),
    *("MaDoiTuong", "ThongTinKhac", "Email", "Fax", "SoDienThoai", "DiaChi", "TrichYeuHoSo", "NgayTiepNhan"),
    *("NgayHenTra", "TrangThaiHoSo", "NgayTra", "ThongTinTra", "HinhThuc", "NgayKetThucXuLy", "DonViXuLy"),
    *("NguoiXuLy", "GhiChu", "DanhSachHoSoBoSung"),
)
VIETNAMESE = (
    *(
        "STT",
        "Số hồ sơ",
        "Mã thủ tục",
        "Tên thủ tục",
        "Mã lĩnh vực",
        "Lĩnh vực",
        "Chủ hồ sơ",
        "Số điện thoại",
    ),
    *("Địa chỉ", "Hình thức tiếp nhận", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc xử lý"),
    *("Ngày trả kết quả", "Trạng thái", "Đơn vị xử lý", "Ghi chú"),
)
CHANNELS = ("", "Trực tiếp", "Trực tuyến", "Bưu chính công ích")
STATUSES = (
    *("Không rõ", "Mới đăng ký", "Được tiếp nhận", "Không được tiếp nhận", "Đang xử lý"),
    *("Yêu cầu bổ sung giấy tờ", "Yêu cầu thực hiện nghĩa vụ tài chính", "Công dân yêu cầu rút hồ sơ"),
    *("Dừng xử lý", "Đã xử lý xong", "Đã trả kết quả"),
)
PERSON, SUMMARY = b"NGUOI NOP MAU ", b"Trich yeu minh hoa khong co that so "
ADDRESS = "So 0, duong Tuong Tuong, {}"
UNKNOWN_PROCEDURE, UNKNOWN_OFFICE = "MH.999999", "Bộ phận không rõ"


@dataclass(frozen=True)
class Columns:
    """The words of a layout as tables of bytes, by the numbers that the rows carry."""

    procedure_code: Letters
    procedure_name: Letters
    field_code: Letters
    field_name: Letters
    office: Letters
    portal_code: Letters
    address: Letters
    channel: Letters
    status: Letters


def csv_word(separator: str, encoding: str) -> Word:
    """Writes a word as a cell: in quotes where it holds the separator or a quote."""

    def word(text: str) -> bytes:
        if separator in text or '"' in text:
            text = '"' + text.replace('"', '""') + '"'
        return encoded(text, encoding)

    return word


def json_word(text: str) -> bytes:
    """Writes a word as the inside of a JSON string."""
    return json.dumps(text, ensure_ascii=False)[1:-1].encode()


COMMA = csv_word(",", "utf-8")
SEMICOLON_1258 = csv_word(";", "cp1258")


def encoded(text: str, encoding: str) -> bytes:
    """The text in an encoding; Windows-1258 writes tones as marks after the letter."""
    if encoding != "cp1258":
        return text.encode(encoding)
    return b"".join(_letter_of_1258(letter) for letter in text)


@cache
def _letter_of_1258(letter: str) -> bytes:
    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        apart = unicodedata.normalize("NFD", letter)
        bare, marks = apart[0], apart[1:]
        tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
        shape = "".join(mark for mark in marks if mark != tone)
        return (unicodedata.normalize("NFC", bare + shape) + tone).encode("cp1258")


@cache
def _columns(word: Word, *, by_name: bool) -> Columns:
    offices, procedures = province.offices(), province.procedures()
    names = [office.name if by_name else office.portal_code for office in offices]

    def table(texts: Sequence[str]) -> Letters:
        return table_of([word(text) for text in texts])

    return Columns(
        procedure_code=table([*(procedure.code for procedure in procedures), UNKNOWN_PROCEDURE]),
        procedure_name=table([procedure.name for procedure in procedures]),
        field_code=table([procedure.field_code for procedure in procedures]),
        field_name=table([procedure.field_name for procedure in procedures]),
        office=table([*names, UNKNOWN_OFFICE]),
        portal_code=table([office.portal_code for office in offices]),
        address=table([ADDRESS.format(office.name) for office in offices]),
        channel=table(CHANNELS),
        status=table(STATUSES),
    )


@cache
def _short_days() -> Letters:
    return table_of([day.strftime("%y%m%d").encode() for day in all_days()])


def _number(rows: Standing, columns: Columns) -> list[Part]:
    lives = rows.lives
    return [
        columns.portal_code.take(lives.office, axis=0),
        b"-",
        _short_days().take(lives.received // DAY, axis=0),
        b"-",
        _running(rows),
    ]


def _running(rows: Standing) -> Letters:
    running = digits(rows.lives.number, 7)
    running[rows.lives.number < 10_000, :3] = 0
    return running


def _procedure_code(rows: Standing, columns: Columns) -> Letters:
    unknown = rows.lives.dirt == KINDS_OF_DIRT.index("unknown_procedure")
    return columns.procedure_code.take(np.where(unknown, -1, rows.lives.procedure), axis=0, mode="wrap")


def _office(rows: Standing, columns: Columns) -> Letters:
    unknown = rows.lives.dirt == KINDS_OF_DIRT.index("unknown_office")
    return columns.office.take(np.where(unknown, -1, rows.lives.office), axis=0, mode="wrap")


def _stamp(seconds: Numbers) -> Letters:
    return moments(seconds, "%Y%m%d", "%H%M%S")


def _written(seconds: Numbers) -> Letters:
    return moments(seconds, "%d/%m/%Y", " %H:%M")


@cache
def _numerals(*words: str) -> Letters:
    return table_of([word.encode() for word in words])


def _national(rows: Standing, word: Word) -> list[list[Part]]:
    """The cells of the national fields but the last, in the order of NATIONAL."""
    columns, procedure = _columns(word, by_name=False), rows.lives.procedure
    running = _running(rows)
    return [
        _number(rows, columns),
        [_procedure_code(rows, columns)],
        [columns.procedure_name.take(procedure, axis=0)],
        [columns.field_code.take(procedure, axis=0)],
        [columns.field_name.take(procedure, axis=0)],
        [_numerals("", "1", "2", "3").take(rows.channel, axis=0)],
        [PERSON, running],
        [b"1"],
        [b"000000000000"],
        [],
        [b"mau.", running, b"@example.invalid"],
        [],
        [b"0000000000"],
        [columns.address.take(rows.lives.office, axis=0)],
        [SUMMARY, running],
        [_stamp(rows.received)],
        [_stamp(rows.due)],
        [_numerals("99", *map(str, range(1, 11))).take(rows.status, axis=0)],
        [_stamp(rows.handed_out)],
        [b"Tra tai quay minh hoa"],
        [_numerals("", "0", "1", "0").take(rows.channel, axis=0)],
        [_stamp(rows.finished)],
        [_office(rows, columns)],
        [b"CAN BO MAU"],
        [],
    ]


def _requests(rows: Standing, quote: bytes) -> tuple[Numbers, Letters]:
    """Which rows have supplement requests, and the inside of their lists as JSON with that quote."""
    asked = np.flatnonzero(rows.first_request < NEVER)
    some, lives = rows.part(asked), rows.lives.part(asked)
    hidden = lives.undated
    first = _request(
        quote,
        some.first_request,
        some.first_answer,
        np.where(hidden, NEVER, lives.promised),
        np.where(hidden | (some.first_answer == NEVER), NEVER, lives.first_moved),
    )
    second = _request(
        quote,
        some.second_request,
        some.second_answer,
        np.where(hidden, NEVER, lives.first_moved),
        np.where(hidden | (some.second_answer == NEVER), NEVER, lives.second_moved),
    )
    second = joined([b",", second], len(asked))
    second[some.second_request == NEVER] = 0
    return asked, joined([first, second], len(asked))


def _request(quote: bytes, *told: Numbers) -> Letters:
    names = (b"NgayBoSung", b"NgayTiepNhanBoSung", b"NgayHenTraTruoc", b"NgayHenTraMoi")
    parts: list[Part] = []
    for name, moment in zip(names, told, strict=True):
        start = b"{" if name == names[0] else b","
        parts += [start + quote + name + quote + b":" + quote, _stamp(moment), quote]
    return joined([*parts, b"}"], len(told[0]))


def national_csv(rows: Standing) -> bytes:
    """The rows as lines of a CSV file with the national fields; supplement requests as JSON in the last."""
    parts = [part for cell in _national(rows, COMMA) for part in (*cell, b",")]
    letters = joined([*parts, b"\n"], len(rows.status))
    asked, requests = _requests(rows, b'""')
    return flat_with(letters, asked, joined([b'"[', requests, b']"'], len(asked)), before_end=1)


def national_json(rows: Standing) -> bytes:
    """The rows as JSON records with the national fields, one on a line."""
    parts: list[Part] = []
    for name, cell in zip(NATIONAL, _national(rows, json_word), strict=False):
        start = b"{" if name == NATIONAL[0] else b'",'
        parts += [start + f'"{name}":"'.encode(), *cell]
    letters = joined([*parts, f'","{NATIONAL[-1]}":[]}}\n'.encode()], len(rows.status))
    asked, requests = _requests(rows, b'"')
    return flat_with(letters, asked, requests, before_end=3)


def vietnamese(rows: Standing, word: Word, separator: bytes, first: int = 1) -> bytes:
    """The rows as lines under the headings of VIETNAMESE; `first` is the running number of the first."""
    columns, procedure = _columns(word, by_name=True), rows.lives.procedure
    cells: list[list[Part]] = [
        [plain(np.arange(first, first + len(rows.status)))],
        _number(rows, columns),
        [_procedure_code(rows, columns)],
        [columns.procedure_name.take(procedure, axis=0)],
        [columns.field_code.take(procedure, axis=0)],
        [columns.field_name.take(procedure, axis=0)],
        [PERSON, _running(rows)],
        [b"0000000000"],
        [columns.address.take(rows.lives.office, axis=0)],
        [columns.channel.take(rows.channel, axis=0)],
        [_written(rows.received)],
        [_written(rows.due)],
        [_written(rows.finished)],
        [_written(rows.handed_out)],
        [columns.status.take(rows.status, axis=0)],
        [_office(rows, columns)],
        [],
    ]
    parts = [part for cell in cells for part in (separator, *cell)]
    return flat(joined([*parts[1:], b"\n"], len(rows.status)))
