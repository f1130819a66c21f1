"""Lines of totals in an export: neither dossiers nor rejects, wherever the word stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dunghen.intake import dossiers, importing
from dunghen.intake.importing import Done, Job
from dunghen.intake.store import Store
from tests.intake.specimens import as_csv, as_json, as_xlsx, records
from tests.intake.test_importing import AS_OF, KEY, quarantined

HEADINGS = [
    *("STT", "Số hồ sơ", "Mã thủ tục", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc xử lý"),
    *("Trạng thái", "Đơn vị xử lý"),
]
Bring = Callable[..., Done]


def dossier(number: int) -> list[str]:
    days = ("01/10/2026 08:00", "15/10/2026 17:00", "10/10/2026 09:00")
    return [str(number), f"A-{number}", "MH.000001", *days, "Đã trả kết quả", "Phường Bản Mẫu"]


def line(**cells: str) -> list[str]:
    """A line with a few cells, by the places c0, c1, …"""
    return [cells.get(f"c{place}", "") for place in range(len(HEADINGS))]


@pytest.fixture
def bring(tmp_path: Path) -> Bring:
    def bring(rows: list[list[str]], name: str = "a.csv") -> Done:
        grid = [HEADINGS, *rows]
        packed = {"a.csv": as_csv(grid), "a.xlsx": as_xlsx(grid), "a.json": as_json(records(grid))}
        (tmp_path / name).write_bytes(packed[name])
        job = Job([tmp_path / name], Store(tmp_path / "store"), KEY, as_of=AS_OF, within="MH")
        return importing.run(job)

    return bring


TOTALS = {
    "in the column of numbers": line(c0="Tổng cộng", c1="25"),
    "in capitals, with a count": line(c0="TỔNG SỐ: 25", c3="25", c6="25"),
    "in the first column that is read": line(c1="Tổng số hồ sơ: 1.234"),
    "beside the office": line(c7="Cộng", c1="25"),
    "where the day should be": line(c3="tong cong"),
    "where the status should be": line(c6="Tổng", c1="25"),
    "who signs": line(c1="Người lập biểu", c6="Thủ trưởng đơn vị (ký, đóng dấu)"),
    "a day below the table": line(c7="Minh Họa, ngày 31 tháng 10 năm 2026"),
    "the headings once more": HEADINGS,
    "the headings in capitals": [heading.upper() for heading in HEADINGS],
}


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.json"])
def test_lines_of_totals_are_told_apart_from_dossiers_and_rejects(name: str, bring: Bring) -> None:
    good = [dossier(number) for number in range(1, 31)]
    bad = line(c0="31", c1="A-31")
    made = bring([*good[:20], *TOTALS.values(), *good[20:], bad], name).made

    assert (made.rows_read, made.rows_loaded, made.rows_quarantined, made.rows_repeated) == (31, 30, 1, 0)
    assert made.rows_skipped == len(TOTALS)
    ((place, column, reason),) = quarantined(made)
    # below the heading, the good rows and the totals; records of a list have none above them
    assert int(place) == 1 + 30 + len(TOTALS) + (name != "a.json")
    assert (column, reason) == ("Đơn vị xử lý", "missing_value")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_rows_that_only_have_a_number_are_blank(name: str, bring: Bring) -> None:
    made = bring([dossier(1), line(c0="2"), line(c0="3"), dossier(4)], name).made

    assert (made.rows_read, made.rows_loaded, made.rows_skipped) == (2, 2, 0)
    assert quarantined(made) == []


@pytest.mark.slow
def test_a_dossier_is_one_whatever_its_number_says(bring: Bring) -> None:
    odd = dossier(1)
    odd[0] = "Tổng cộng"
    made = bring([odd, *(dossier(number) for number in range(2, 30))]).made

    assert (made.rows_read, made.rows_loaded, made.rows_skipped) == (29, 29, 0)


@pytest.mark.slow
@pytest.mark.parametrize("column", ["received_at", "due_at", "finished_at", "every text"])
def test_a_dossier_whose_days_are_written_in_words_is_rejected_not_passed_over(
    column: str, bring: Bring
) -> None:
    places = {"received_at": [3], "due_at": [4], "finished_at": [5], "every text": [2, 3, 4, 5, 7]}
    odd = dossier(30)
    odd[3], odd[6] = "02.08.26?", "Kết thúc"
    for place in places[column]:
        odd[place] = "ngày 05 tháng 6 năm 2026"
    made = bring([*(dossier(number) for number in range(1, 30)), odd]).made

    assert (made.rows_read, made.rows_loaded, made.rows_quarantined, made.rows_skipped) == (30, 29, 1, 0)


@pytest.mark.slow
def test_a_dossier_without_a_number_is_rejected_for_that(bring: Bring) -> None:
    odd = dossier(30)
    odd[1], odd[3], odd[6] = "", "ngày 05 tháng 6 năm 2026", "Kết thúc"
    made = bring([*(dossier(number) for number in range(1, 30)), odd]).made

    assert (made.rows_quarantined, made.rows_skipped) == (1, 0)
    assert [(column, reason) for _, column, reason in quarantined(made)] == [("Số hồ sơ", "missing_value")]


def test_a_short_line_of_a_csv_is_passed_over_as_one_with_all_cells(bring: Bring) -> None:
    made = bring([*(dossier(number) for number in range(1, 61)), ["Tổng cộng", "60"], ["Người lập", ""]]).made

    assert (made.rows_read, made.rows_loaded, made.rows_quarantined, made.rows_skipped) == (60, 60, 0, 2)


SIGNED = {
    "a name below a signature": [line(c1="Người lập biểu"), line(c1="NGUYEN VAN MAU")],
    "two names in the places of status and day": [
        line(c1="Người lập biểu", c6="Thủ trưởng đơn vị"),
        line(c3="(Ký, ghi rõ họ tên)"),
        line(c3="Nguyễn Văn Mẫu", c6="Trần Thị Mẫu"),
    ],
    "a rank and a name, after a number of a blank row": [
        line(c7="Minh Họa, ngày 31 tháng 10 năm 2026"),
        line(c0="41"),
        line(c4="Trung tá"),
        line(c4="Nguyễn Văn Mẫu"),
    ],
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.json"])
@pytest.mark.parametrize("signed", SIGNED.values(), ids=SIGNED)
def test_who_signed_is_neither_a_dossier_nor_a_reject(
    signed: list[list[str]], name: str, bring: Bring, tmp_path: Path
) -> None:
    made = bring([*(dossier(number) for number in range(1, 5)), *signed], name).made

    assert (made.rows_read, made.rows_loaded, made.rows_quarantined) == (4, 4, 0)
    assert made.rows_skipped == sum(row != line(c0="41") for row in signed)
    kept = b"".join(path.read_bytes() for path in (tmp_path / "store").rglob("*") if path.is_file())
    assert [word for word in ("VAN MAU", "Văn Mẫu", "Thị Mẫu") if word.encode() in kept] == []


def test_words_that_stand_below_no_signature_are_rejected(bring: Bring) -> None:
    words, good = line(c1="NGUYEN VAN MAU"), [dossier(number) for number in range(1, 60)]
    made = bring([words, *good[:30], line(c1="Tổng cộng"), words, *good[30:]]).made

    assert (made.rows_loaded, made.rows_quarantined, made.rows_skipped) == (59, 2, 1)


@pytest.mark.slow
def test_below_a_signature_a_dossier_is_one_and_ends_the_names(bring: Bring) -> None:
    signature, words = line(c1="Người lập biểu"), line(c1="NGUYEN VAN MAU")
    good = [dossier(number) for number in range(1, 60)]
    lost = line(c1="A-61", c7="Phường Bản Mẫu")
    made = bring([*good[:30], signature, words, *good[30:], words, signature, lost, words]).made

    # in the middle as at the end; what has a number is more than words
    assert (made.rows_loaded, made.rows_skipped, made.rows_quarantined) == (59, 3, 3)
    assert [(int(place), column) for place, column, _ in quarantined(made)] == [
        (63, "Số hồ sơ"),
        (65, "Trạng thái"),
        (66, "Số hồ sơ"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_total_beside_codes_is_known_by_the_column_of_names(name: str, tmp_path: Path) -> None:
    grid = [
        ["Mã đơn vị", "Tên", "Tổng tiếp nhận", "Tổng đúng hạn"],
        ["MH.03", "012345678901", "1500", "1450"],
        ["MH.05", "Xã Bản Mẫu", "12", "12"],
        ["", "Tổng cộng", "1512", "1461"],
        ["", "Xã không có mã", "1", "1"],
    ]
    packed = {"a.csv": as_csv(grid), "a.xlsx": as_xlsx(grid)}
    (tmp_path / name).write_bytes(packed[name])
    shown = importing.preview(Job([tmp_path / name], Store(tmp_path / "store"), KEY, as_of=AS_OF))

    # what a column says that is not read, a number of a person too, rejects nothing
    assert [(one["column"], one["reason"], one["rows"]) for one in shown.reasons] == [
        ("authority", "missing_value", 1)
    ]
    assert [(notice.key, notice.values["total"]) for notice in shown.counts.notices] == [
        ("total_mismatch", 1461),
        ("total_mismatch", 1512),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_total_beside_codes_is_known_by_the_column_of_running_numbers(name: str, tmp_path: Path) -> None:
    grid = [
        ["STT", "Mã đơn vị", "Tổng tiếp nhận", "Tổng đúng hạn"],
        ["1", "MH.03", "1500", "1450"],
        ["012345678901", "MH.05", "12", "12"],
        ["3", "", "", ""],
        ["Tổng cộng", "", "1512", "1461"],
        ["4", "", "1", "1"],
    ]
    packed = {"a.csv": as_csv(grid), "a.xlsx": as_xlsx(grid)}
    (tmp_path / name).write_bytes(packed[name])
    shown = importing.preview(Job([tmp_path / name], Store(tmp_path / "store"), KEY, as_of=AS_OF))

    assert [(one["column"], one["reason"], one["rows"]) for one in shown.reasons] == [
        ("authority", "missing_value", 1)
    ]
    assert (shown.counts.read, shown.counts.skipped) == (4, 0)
    assert {notice.values["total"] for notice in shown.counts.notices} == {1461, 1512}


@pytest.mark.parametrize(
    ("words", "is_signature"),
    [
        *(
            (words, True)
            for words in ("Người lập biểu", "NGƯỜI LẬP BẢNG:", "KT. Chủ tịch", "(Ký, ghi rõ họ tên)")
        ),
        *((words, True) for words in ("Thủ trưởng đơn vị (Ký tên)", "…, ngày … tháng … năm 2026")),
        *((words, False) for words in ("Chủ tịch xã Bản Mẫu", "Ngày tiếp nhận", "A-1", "", "Ký hiệu")),
        (None, False),
    ],
)
def test_words_of_signatures(words: str | None, is_signature: bool) -> None:
    with duckdb.connect() as connection:
        connection.execute(dossiers.text("dossier_macros"))
        found = connection.execute("SELECT is_signature($words)", {"words": words}).fetchall()
    assert found == [(is_signature,)]


@pytest.mark.parametrize(
    ("words", "is_total"),
    [
        *((words, True) for words in ("Tổng cộng", "TỔNG CỘNG:", "Tổng số hồ sơ", "cộng", "Cộng: 12 hồ sơ")),
        *(
            (words, False)
            for words in ("Cộng Hòa", "Tổng cục Thuế", "Phường Bản Mẫu", "12", "", "Tổng cộng A-1")
        ),
        (None, False),
    ],
)
def test_words_of_totals(words: str | None, is_total: bool) -> None:
    with duckdb.connect() as connection:
        connection.execute(dossiers.text("dossier_macros"))
        assert connection.execute("SELECT is_total($words)", {"words": words}).fetchall() == [(is_total,)]
