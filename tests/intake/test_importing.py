"""One import from files to the store: every row accounted for, nothing personal, all or nothing."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import hmac
import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dunghen.commands.telling import imported, previewed
from dunghen.intake import importing
from dunghen.intake.dossiers import rows as dossier_rows
from dunghen.intake.errors import RefusedError, UnusableError
from dunghen.intake.importing import Done, Job
from dunghen.intake.rollup.deriving import derive
from dunghen.intake.store import Import, Store
from tests.intake.specimens import small_data

KEY = b"a key of a test, longer than a block of SHA-256: " + b"0123456789abcdef" * 2
AS_OF = dt.date(2026, 10, 31)
ROOT = Path(__file__).resolve().parents[2]
GOOD: dict[str, str] = {
    "MaHoSo": "MH.01-261001-0001",
    "MaTTHC": "MH.000001",
    "KenhThucHien": "2",
    "ChuHoSo": "NGUYEN VAN MAU",
    "NgayTiepNhan": "20261001080000",
    "NgayHenTra": "20261015170000",
    "NgayKetThucXuLy": "20261010093000",
    "NgayTra": "20261012093000",
    "TrangThaiHoSo": "10",
    "DonViXuLy": "MH.01",
    "DanhSachHoSoBoSung": "",
}
MANY = [{**GOOD, "MaHoSo": f"MH.01-261001-1{number:03}"} for number in range(100)]
Row = dict[str, str]
moment = dt.datetime.fromisoformat


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_data(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def hashing() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        dossier_rows.run(connection, "dossier_macros")
        yield connection


@pytest.fixture
def bring(tmp_path: Path, store: Store, data: Path) -> Callable[..., Done]:
    """Imports some rows of a national export."""
    count = iter(range(1000))

    def bring(rows: Sequence[Row], **more: Any) -> Done:
        path = export(tmp_path / f"{next(count)}.csv", rows)
        options: dict[str, Any] = {"as_of": AS_OF, "mapping": "national-sync", "key": KEY} | more
        return importing.run(Job(files=[path], store=store, data=data, **options))

    return bring


def export(path: Path, rows: Sequence[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]) if rows else list(GOOD))
        writer.writeheader()
        writer.writerows(rows)
    return path


def row(**cells: str) -> Row:
    return GOOD | cells


def without(column: str) -> Row:
    return {name: text for name, text in GOOD.items() if name != column}


def stored(made: Import) -> list[dict[str, Any]]:
    found = duckdb.read_parquet(str(made.folder / "dossiers.parquet"))
    return [dict(zip(found.columns, values, strict=True)) for values in found.fetchall()]


def hashed(number: str) -> bytes:
    return hmac.new(KEY, number.encode(), hashlib.sha256).digest()[:16]


def quarantined(made: Import) -> list[tuple[str, str, str]]:
    """Line, heading and reason of each row left out."""
    with (made.folder / "quarantine.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(one["line"], one["column"], one["reason"]) for one in csv.DictReader(file)]


def test_a_dossier_is_typed_hashed_and_kept(bring: Callable[..., Done]) -> None:
    (kept,) = stored(bring([GOOD]).made)

    assert kept.pop("dossier_key").bytes == hashed(GOOD["MaHoSo"])
    due = moment("2026-10-15 17:00")
    assert kept == {
        "authority_code": "MH-01",
        "procedure_code": "MH.000001",
        "field": "land",
        "channel": "online",
        "status": 10,
        "received_at": moment("2026-10-01 08:00"),
        "original_due_at": due,
        "due_at": due,
        "finished_at": moment("2026-10-10 09:30"),
        "supplements": 0,
        "extended": False,
    }


@given(key=st.binary(min_size=1, max_size=200), message=st.text(max_size=300))
@settings(max_examples=50)
def test_the_hash_is_pythons_hmac(hashing: duckdb.DuckDBPyConnection, key: bytes, message: str) -> None:
    dossier_rows.set_key(hashing, key)
    found = hashing.execute("SELECT keyed_hash($message)", {"message": message}).fetchone()

    assert found is not None
    assert found[0].bytes == hmac.new(key, message.encode(), hashlib.sha256).digest()[:16]


FAULTS = {
    "unknown authority": (row(DonViXuLy="MH.99"), "DonViXuLy", "unknown_authority"),
    "a name as authority": (row(DonViXuLy="NGUYEN VAN MAU"), "DonViXuLy", "unknown_authority"),
    "a telephone as authority": (row(DonViXuLy="0900 000 001"), "DonViXuLy", "looks_personal"),
    "no authority": (row(DonViXuLy=""), "DonViXuLy", "missing_value"),
    "unknown procedure": (row(MaTTHC="MH.999999"), "MaTTHC", "unknown_procedure"),
    "a citizen number as procedure": (row(MaTTHC="001099000001"), "MaTTHC", "looks_personal"),
    "unknown status": (row(TrangThaiHoSo="11"), "TrangThaiHoSo", "unknown_status"),
    "no status": (row(TrangThaiHoSo=""), "TrangThaiHoSo", "missing_value"),
    "unknown channel": (row(KenhThucHien="9"), "KenhThucHien", "unknown_channel"),
    "an e-mail as channel": (row(KenhThucHien="mau@example.vn"), "KenhThucHien", "looks_personal"),
    "no number": (row(MaHoSo=""), "MaHoSo", "missing_value"),
    "an old citizen number": (row(MaHoSo="010 990 001"), "MaHoSo", "looks_personal"),
    "a telephone as number": (row(MaHoSo="+84 900 000 001"), "MaHoSo", "looks_personal"),
    "an e-mail in a number": (row(MaHoSo="1-mau@example.vn"), "MaHoSo", "looks_personal"),
    "a name as number": (row(MaHoSo="NGUYEN VAN MAU"), "MaHoSo", "unreadable_number"),
    "no receipt": (row(NgayTiepNhan=""), "NgayTiepNhan", "missing_value"),
    "unreadable receipt": (row(NgayTiepNhan="hôm qua"), "NgayTiepNhan", "unreadable_date"),
    "a month 13": (row(NgayTiepNhan="20261301080000"), "NgayTiepNhan", "unreadable_date"),
    "a digit too few": (row(NgayTiepNhan="2026100108000"), "NgayTiepNhan", "unreadable_date"),
    "a telephone as receipt": (row(NgayTiepNhan="0900000001"), "NgayTiepNhan", "looks_personal"),
    "unreadable promise": (row(NgayHenTra="31/02/2026"), "NgayHenTra", "unreadable_date"),
    "unreadable finish": (row(NgayKetThucXuLy="x"), "NgayKetThucXuLy", "unreadable_date"),
    "unreadable return": (row(NgayTra="x"), "NgayTra", "unreadable_date"),
    "promise of year 1": (row(NgayHenTra="00010101000000"), "NgayHenTra", "promise_before_2000"),
    "promise of 9999": (row(NgayHenTra="99991231000000"), "NgayHenTra", "unlikely_date"),
    "receipt of year 1": (row(NgayTiepNhan="00010101000000"), "NgayTiepNhan", "unlikely_date"),
    "finish of year 1": (row(NgayKetThucXuLy="00010101000000"), "NgayKetThucXuLy", "unlikely_date"),
    "no finish": (row(NgayKetThucXuLy="", NgayTra=""), "NgayKetThucXuLy", "finished_without_day"),
    "withdrawn without a day": (
        row(TrangThaiHoSo="7", NgayKetThucXuLy="", NgayTra=""),
        "NgayKetThucXuLy",
        "finished_without_day",
    ),
    "finish before receipt": (
        row(NgayKetThucXuLy="20261001075959"),
        "NgayKetThucXuLy",
        "finished_before_received",
    ),
    "receipt after the export": (
        row(NgayTiepNhan="20261101000000", TrangThaiHoSo="4"),
        "NgayTiepNhan",
        "received_after_as_of",
    ),
    "finish after the export": (
        row(NgayKetThucXuLy="20261101000000"),
        "NgayKetThucXuLy",
        "finished_after_as_of",
    ),
    "supplements that are no list": (row(DanhSachHoSoBoSung="[{"), "DanhSachHoSoBoSung", "unreadable_list"),
    "supplements with a strange day": (
        row(DanhSachHoSoBoSung='[{"NgayBoSung": "mai"}]'),
        "DanhSachHoSoBoSung",
        "unreadable_date",
    ),
}


def test_every_fault_has_its_reason_its_line_and_its_column(bring: Callable[..., Done]) -> None:
    made = bring([*(bad for bad, _, _ in FAULTS.values()), *MANY], accept_rejects=True).made

    expected = [(str(line), column, reason) for line, (_, column, reason) in enumerate(FAULTS.values(), 2)]
    assert quarantined(made) == expected
    assert (made.rows_read, made.rows_loaded, made.rows_quarantined) == (
        len(FAULTS) + len(MANY),
        len(MANY),
        len(FAULTS),
    )
    assert sum(one["rows"] for one in made.reasons) == len(FAULTS)


NO_FAULTS = {
    "a number of the national form": row(MaHoSo="000.00.01.H44-231101-0001"),
    "a number with a long serial": row(MaHoSo="H44-000012345"),
    # as long as a citizen's number; nothing but a keyed hash is made of it
    "a number of twelve bare digits": row(MaHoSo="202610000123"),
    "a number of nine bare digits": row(MaHoSo="261000123"),
    "no channel": row(KenhThucHien=""),
    "no procedure": row(MaTTHC=""),
    "no promise": row(NgayHenTra=""),
    "open, whatever its return says": row(TrangThaiHoSo="4", NgayTra="00010101000000"),
    "received on the last day": row(TrangThaiHoSo="2", NgayTiepNhan="20261031235959"),
    "finished at the moment of receipt": row(NgayKetThucXuLy=GOOD["NgayTiepNhan"]),
    "an ISO day": row(NgayTiepNhan="2026-10-01"),
    "our own code": row(DonViXuLy="mh-01"),
    "empty supplements": row(DanhSachHoSoBoSung="[]"),
}


@pytest.mark.slow
def test_what_is_allowed_is_loaded(bring: Callable[..., Done]) -> None:
    numbered = [
        cells if cells["MaHoSo"] != GOOD["MaHoSo"] else cells | {"MaHoSo": f"A-{number}"}
        for number, cells in enumerate(NO_FAULTS.values())
    ]
    made = bring(numbered, accept_rejects=True).made

    assert [list(NO_FAULTS)[int(line) - 2] for line, _, _ in quarantined(made)] == []
    assert (made.rows_loaded, made.reasons) == (len(NO_FAULTS), [])


def supplement(asked: str, before: str, after: str) -> dict[str, str]:
    return {"NgayBoSung": asked, "NgayHenTraTruoc": before, "NgayHenTraMoi": after}


MOVES: dict[str, tuple[list[dict[str, str]], str, str, bool]] = {
    "moved in time": (
        [supplement("20261010080000", "20261015170000", "20261020170000")],
        *("2026-10-15 17:00:00", "2026-10-20 17:00:00"),
        True,
    ),
    "moved at the promised second": (
        [supplement("20261015170000", "20261015170000", "20261020170000")],
        *("2026-10-15 17:00:00", "2026-10-20 17:00:00"),
        True,
    ),
    "moved a second too late": (
        [supplement("20261015170001", "20261015170000", "20261020170000")],
        *("2026-10-15 17:00:00", "2026-10-15 17:00:00"),
        False,
    ),
    "moved twice, told in the wrong order": (
        [
            supplement("20261018080000", "20261020170000", "20261025170000"),
            supplement("20261010080000", "20261012170000", "20261020170000"),
        ],
        *("2026-10-12 17:00:00", "2026-10-25 17:00:00"),
        True,
    ),
    "the second too late": (
        [
            supplement("20261010080000", "20261012170000", "20261020170000"),
            supplement("20261021080000", "20261020170000", "20261025170000"),
        ],
        *("2026-10-12 17:00:00", "2026-10-20 17:00:00"),
        True,
    ),
    "asked without a new promise": (
        [supplement("20261010080000", "", "")],
        *("2026-10-15 17:00:00", "2026-10-15 17:00:00"),
        False,
    ),
}


def test_the_promise_in_force_is_the_last_one_made_in_time(bring: Callable[..., Done]) -> None:
    numbers = {name: f"A-{number}" for number, name in enumerate(MOVES)}
    rows = [
        row(MaHoSo=numbers[name], DanhSachHoSoBoSung=json.dumps(requests))
        for name, (requests, *_) in MOVES.items()
    ]
    kept = {one["dossier_key"].bytes: one for one in stored(bring(rows).made)}

    told = ("original_due_at", "due_at", "supplements", "extended")
    found = {name: [kept[hashed(number)][column] for column in told] for name, number in numbers.items()}
    assert found == {
        name: [moment(original), moment(in_force), len(requests), extended]
        for name, (requests, original, in_force, extended) in MOVES.items()
    }


@pytest.mark.slow
def test_of_supplements_without_a_column_nothing_is_known(bring: Callable[..., Done]) -> None:
    """In a column that is there an empty cell says that there was none; a column that is not says nothing."""
    (kept,) = stored(bring([GOOD]).made)
    assert (kept["supplements"], kept["extended"]) == (0, False)

    (kept,) = stored(bring([without("DanhSachHoSoBoSung")]).made)
    assert (kept["supplements"], kept["extended"]) == (None, None)


@pytest.mark.slow
def test_of_channels_without_a_column_nothing_is_known(bring_flat: Callable[..., Done]) -> None:
    """An empty cell of the column means in person; a column that is not says nothing."""
    assert [one["channel"] for one in stored(bring_flat({}).made)] == ["in_person"]

    made = bring_flat({}, columns=[name for name in ONE_A_ROW if name != CHANNEL]).made
    assert [one["channel"] for one in stored(made)] == [None]
    assert made.rows_quarantined == 0


@pytest.mark.slow
def test_requests_without_their_new_promises_tell_of_no_moves(bring_flat: Callable[..., Done]) -> None:
    column = SUPPLEMENTS["due_after"]
    told = {name: text for name, text in (ONE_A_ROW | FIRST_MOVE).items() if name != column}

    (kept,) = stored(bring_flat(told, columns=list(told)).made)

    assert (kept["supplements"], kept["extended"]) == (1, None)


@pytest.mark.slow
def test_two_sheets_of_which_one_has_no_column_tell_one_dossier(
    tmp_path: Path, store: Store, data: Path
) -> None:
    paths = [export(tmp_path / "a.csv", [GOOD]), export(tmp_path / "b.csv", [without("DanhSachHoSoBoSung")])]
    made = importing.run(Job(paths, store, KEY, data, "national-sync", AS_OF)).made

    assert (made.rows_loaded, made.rows_repeated, made.rows_quarantined) == (1, 1, 0)


@pytest.mark.slow
def test_a_promise_with_a_date_only_holds_all_day(bring: Callable[..., Done]) -> None:
    (kept,) = stored(bring([row(NgayHenTra="2026-10-15")]).made)

    assert kept["due_at"] == moment("2026-10-15 23:59:59.999999")


@pytest.mark.slow
def test_a_return_ends_where_no_end_is_told(bring: Callable[..., Done]) -> None:
    (kept,) = stored(bring([row(TrangThaiHoSo="7", NgayKetThucXuLy="")]).made)

    assert kept["finished_at"] == moment("2026-10-12 09:30")


@pytest.mark.slow
def test_open_dossiers_have_no_end(bring: Callable[..., Done]) -> None:
    statuses = ("1", "2", "3", "4", "5", "6")
    kept = stored(bring([row(MaHoSo=f"H-{one}", TrangThaiHoSo=one) for one in statuses]).made)

    assert [one["finished_at"] for one in kept] == [None] * len(statuses)


def test_exact_repeats_count_once_and_two_versions_not_at_all(bring: Callable[..., Done]) -> None:
    rows = [
        *MANY,
        row(MaHoSo="A-1"),
        row(MaHoSo="B-1"),
        row(MaHoSo="a-1"),
        row(MaHoSo="B-1", MaTTHC="MH.000002"),
    ]
    made = bring(rows).made

    assert (made.rows_read, made.rows_loaded, made.rows_quarantined, made.rows_repeated) == (104, 101, 2, 1)
    assert quarantined(made) == [("103", "MaHoSo", "two_versions"), ("105", "MaHoSo", "two_versions")]


SUPPLEMENTS = {
    "supplement_requested_at": "Ngày yêu cầu bổ sung",
    "due_before": "Ngày hẹn trả trước",
    "due_after": "Ngày hẹn trả mới",
}
CHANNEL = "Hình thức tiếp nhận"
ONE_A_ROW = {
    "Số hồ sơ": "A-1",
    "Mã thủ tục": "MH.000001",
    "Ngày tiếp nhận": "01/10/2026 08:00",
    "Ngày hẹn trả": "25/10/2026 17:00",
    "Ngày kết thúc xử lý": "26/10/2026 09:00",
    "Trạng thái": "Đã xử lý xong",
    "Đơn vị xử lý": "Phường Bản Mẫu",
    CHANNEL: "",
    **dict.fromkeys(SUPPLEMENTS.values(), ""),
}
FIRST_MOVE = dict(
    zip(SUPPLEMENTS.values(), ("05/10/2026 08:00", "12/10/2026 17:00", "20/10/2026 17:00"), strict=True)
)
SECOND_MOVE = dict(
    zip(SUPPLEMENTS.values(), ("18/10/2026 08:00", "20/10/2026 17:00", "25/10/2026 17:00"), strict=True)
)


@pytest.fixture
def bring_flat(tmp_path: Path, store: Store, data: Path) -> Callable[..., Done]:
    """Imports rows of an export that tells one request for supplements a row."""
    mapping = tmp_path / "flat.toml"
    told = (ROOT / "data" / "sample" / "minh-hoa.toml").read_text(encoding="utf-8")
    columns = "".join(f'{ours} = "{theirs}"\n' for ours, theirs in SUPPLEMENTS.items())
    mapping.write_text(told.replace("[columns]\n", f"[columns]\n{columns}"), encoding="utf-8")

    def bring_flat(*rows: Row, columns: Sequence[str] = tuple(ONE_A_ROW)) -> Done:
        path = tmp_path / "flat.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(ONE_A_ROW | row for row in rows)
        options: dict[str, Any] = {"mapping": str(mapping), "as_of": AS_OF, "accept_rejects": True}
        return importing.run(Job([path], store, KEY, data, **options))

    return bring_flat


@pytest.mark.slow
@pytest.mark.parametrize(
    "rows",
    [(FIRST_MOVE, SECOND_MOVE), (SECOND_MOVE, {}, FIRST_MOVE, SECOND_MOVE)],
    ids=["in order", "in any order, with a row without a request and one twice"],
)
def test_a_dossier_told_in_a_row_for_each_request_is_one(
    rows: Sequence[Row], bring_flat: Callable[..., Done], bring: Callable[..., Done]
) -> None:
    made = bring_flat(*rows).made

    assert (made.rows_read, made.rows_loaded, made.rows_repeated) == (len(rows), 1, len(rows) - 1)
    (kept,) = stored(made)
    assert (kept["supplements"], kept["extended"]) == (2, True)
    assert (kept["original_due_at"], kept["due_at"]) == (
        moment("2026-10-12 17:00"),
        moment("2026-10-25 17:00"),
    )
    # the same as a list in one row
    requests = [
        supplement("20261005080000", "20261012170000", "20261020170000"),
        supplement("20261018080000", "20261020170000", "20261025170000"),
    ]
    listed = {"MaHoSo": "A-1", "TrangThaiHoSo": "9", "KenhThucHien": "1", "DonViXuLy": kept["authority_code"]}
    days = {"NgayHenTra": "20261025170000", "NgayKetThucXuLy": "20261026090000", "NgayTra": ""}
    again = bring([row(**listed, **days, DanhSachHoSoBoSung=json.dumps(requests))]).made
    assert stored(again) == [kept]


@pytest.mark.slow
def test_rows_that_differ_in_more_than_requests_are_two_versions(bring_flat: Callable[..., Done]) -> None:
    other = {"Số hồ sơ": "B-1"}
    made = bring_flat(
        *({"Số hồ sơ": f"C-{number}"} for number in range(2)),
        other | FIRST_MOVE,
        other | SECOND_MOVE | {"Ngày kết thúc xử lý": "27/10/2026 09:00"},
    ).made

    assert (made.rows_loaded, made.rows_quarantined, made.rows_repeated) == (2, 2, 0)
    assert {reason for _, _, reason in quarantined(made)} == {"two_versions"}


def test_a_later_export_replaces_and_repeats(bring: Callable[..., Done], store: Store) -> None:
    first = bring([GOOD, row(MaHoSo="A-1"), row(MaHoSo="A-2")]).made
    later = bring(
        [row(TrangThaiHoSo="9"), row(MaHoSo="A-1"), row(MaHoSo="A-3")], as_of=AS_OF + dt.timedelta(1)
    ).made

    assert (first.rows_loaded, first.rows_repeated, first.rows_replaced) == (3, 0, 0)
    assert (later.rows_loaded, later.rows_repeated, later.rows_replaced) == (2, 1, 1)
    # kept whole, so that an undo of the first import loses nothing
    assert len(stored(later)) == 3
    older = bring([row(TrangThaiHoSo="4"), row(MaHoSo="A-2", TrangThaiHoSo="4")], as_of=AS_OF).made
    assert (older.rows_loaded, older.rows_older, older.rows_replaced) == (2, 1, 1)
    assert [one.import_id for one in store.imports()] == ["0001", "0002", "0003"]


@pytest.mark.slow
def test_the_same_file_is_new_once_our_lists_know_more(tmp_path: Path, store: Store) -> None:
    """Rows put aside for a procedure that was not listed come in when it is."""
    data = small_data(tmp_path / "data")
    file = export(tmp_path / "a.csv", [*MANY, row(MaTTHC="MH.999999")])
    job = Job([file], store, KEY, data=data, as_of=AS_OF)
    assert importing.run(job).made.rows_quarantined == 1

    procedures = data / "reference" / "procedures.csv"
    known = procedures.read_text(encoding="utf-8")
    procedures.write_text(
        known + known.splitlines()[-1].replace("MH.000032", "MH.999999") + "\n", encoding="utf-8"
    )
    again = importing.run(job)

    assert again.is_new
    assert (again.made.rows_loaded, again.made.rows_quarantined, again.made.rows_repeated) == (1, 0, 100)


def test_the_same_file_twice_changes_nothing(tmp_path: Path, store: Store, data: Path) -> None:
    job = Job([export(tmp_path / "a.csv", [GOOD])], store, KEY, data, as_of=AS_OF)
    assert importing.run(job).is_new

    again = importing.run(job)

    assert (again.is_new, again.made.import_id) == (False, "0001")
    assert len(store.imports()) == 1


@pytest.mark.slow
def test_several_files_are_one_import(tmp_path: Path, store: Store, data: Path) -> None:
    bad = row(MaHoSo="B-1", DonViXuLy="MH.99")
    files = [export(tmp_path / "a.csv", MANY), export(tmp_path / "b.csv", [row(MaHoSo="B-2"), bad])]

    made = importing.run(Job(files, store, KEY, data, as_of=AS_OF)).made

    assert (made.rows_read, made.rows_loaded) == (102, 101)
    text = (made.folder / "quarantine.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[1].startswith("b.csv,,3,DonViXuLy,unknown_authority,")


@pytest.mark.slow
def test_too_many_rejects_stop_and_leave_only_the_list_asked_for(
    tmp_path: Path, bring: Callable[..., Done], store: Store
) -> None:
    rows = [*MANY[:94], *(row(MaHoSo=f"B-{one}", DonViXuLy="MH.99") for one in range(6))]
    with pytest.raises(RefusedError) as refused:
        bring(rows, rejects=tmp_path / "rejects.csv")

    assert "6.0%" in refused.value.text("en")
    assert store.imports() == []
    assert len((tmp_path / "rejects.csv").read_text(encoding="utf-8-sig").splitlines()) == 7
    assert bring(rows, accept_rejects=True).made.rows_quarantined == 6


@pytest.mark.slow
def test_a_share_at_the_limit_is_accepted(bring: Callable[..., Done]) -> None:
    rows = [*MANY[:95], *(row(MaHoSo=f"B-{one}", DonViXuLy="MH.99") for one in range(5))]

    assert bring(rows).made.rows_loaded == 95


@pytest.mark.slow
def test_nothing_left_is_refused(bring: Callable[..., Done]) -> None:
    with pytest.raises(RefusedError):
        bring([row(DonViXuLy="MH.99")], accept_rejects=True)


# Phường Bản Mẫu (MH-01) exists since 1 July 2025 and exports what its predecessors took in.
BEFORE: dict[str, Row] = {
    "closed before": row(NgayTiepNhan="20250301080000", NgayKetThucXuLy="20250630235959"),
    "withdrawn before": row(
        NgayTiepNhan="20250301080000", NgayKetThucXuLy="20250302080000", TrangThaiHoSo="7"
    ),
    "not accepted before": row(NgayTiepNhan="20250630080000", NgayKetThucXuLy="", TrangThaiHoSo="3"),
    "newly registered before": row(NgayTiepNhan="20250630080000", NgayKetThucXuLy="", TrangThaiHoSo="1"),
}
SINCE: dict[str, Row] = {
    "closed on the first day": row(NgayTiepNhan="20250301080000", NgayKetThucXuLy="20250701000000"),
    "still open": row(NgayTiepNhan="20250301080000", NgayKetThucXuLy="", NgayTra="", TrangThaiHoSo="4"),
    "not accepted on the first day": row(
        NgayTiepNhan="20250701080000", NgayKetThucXuLy="", TrangThaiHoSo="3"
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("rows", "outside"), [(BEFORE, 1), (SINCE, 0)])
def test_what_ended_before_an_office_began_is_told_and_kept(
    rows: dict[str, Row], outside: int, bring: Callable[..., Done]
) -> None:
    numbered = [one | {"MaHoSo": f"A-{number}"} for number, one in enumerate(rows.values())]
    done = bring([GOOD, *numbered])

    assert (done.made.rows_read, done.made.rows_loaded) == (len(rows) + 1, len(rows) + 1)
    assert done.made.rows_outside == outside * len(rows)
    assert ("4 hồ sơ đã xong trước tháng đơn vị bắt đầu" in imported(done, None, "vi")) == bool(outside)
    assert ("4 dossiers were closed before the month" in imported(done, None, "en")) == bool(outside)


@pytest.mark.slow
def test_what_came_in_after_an_office_ended_is_told(bring: Callable[..., Done]) -> None:
    """Phường Phúc Xá ended on 30 June 2025."""
    ended = row(DonViXuLy="00001", MaHoSo="A-1")
    then = ended | {"NgayTiepNhan": "20250630235959", "MaHoSo": "A-2"}

    assert bring([ended, then]).made.rows_outside == 1


@pytest.mark.slow
def test_an_export_of_a_day_before_its_office_began_counts_for_nothing(bring: Callable[..., Done]) -> None:
    open_then = row(NgayTiepNhan="20250601080000", NgayKetThucXuLy="", NgayTra="", TrangThaiHoSo="4")
    with pytest.raises(RefusedError) as refused:
        bring([open_then, open_then | {"MaHoSo": "A-2"}], as_of=dt.date(2025, 6, 30))

    assert refused.value.text("en").startswith("Of 2 dossiers none is of a time")


@pytest.mark.slow
def test_an_import_in_which_nothing_counts_is_refused(
    bring: Callable[..., Done], store: Store, tmp_path: Path
) -> None:
    with pytest.raises(RefusedError) as refused:
        bring([one | {"MaHoSo": f"A-{number}"} for number, one in enumerate(BEFORE.values())])

    assert refused.value.text("en").startswith("Of 4 dossiers none is of a time in which the authority")
    assert "--accept-rejects" not in refused.value.text("en")
    assert store.imports() == []
    job = Job([export(tmp_path / "a.csv", list(BEFORE.values())[:1])], store, KEY, as_of=AS_OF)
    assert "1 hồ sơ đã xong trước tháng" in previewed(importing.preview(job), None, "vi")


def test_a_day_is_needed(bring: Callable[..., Done]) -> None:
    with pytest.raises(UnusableError, match="--as-of"):
        bring([GOOD], as_of=None)


@pytest.mark.slow
def test_a_source_must_be_known(bring: Callable[..., Done]) -> None:
    with pytest.raises(UnusableError, match="no-such"):
        bring([GOOD], source_id="no-such")
    assert bring([GOOD], source_id="seed-001").made.source_id == "seed-001"


@pytest.mark.slow
def test_another_key_is_refused(bring: Callable[..., Done]) -> None:
    bring([GOOD])
    with pytest.raises(UnusableError, match="DUNGHEN_KEY"):
        bring([GOOD], key=b"another key" * 4)


@pytest.mark.slow
def test_a_publication_that_fails_leaves_the_store_as_it_was(
    bring: Callable[..., Done], store: Store
) -> None:
    seen: list[int] = []

    def fail(publishing: Store) -> str:
        seen.append(len(publishing.imports()))
        raise RuntimeError("a check refused")

    bring([GOOD])
    with pytest.raises(RuntimeError):
        bring(MANY, publish=fail)
    with pytest.raises(RuntimeError):
        importing.undo(store, "1", fail)

    assert seen == [2, 0]
    assert [one.import_id for one in store.imports()] == ["0001"]
    assert bring(MANY, publish=lambda _: "snapshot").snapshot == "snapshot"
    importing.undo(store, "0002")
    assert [path.name for path in (store.folder / "imports").iterdir()] == ["0001"]


def test_a_preview_writes_nothing_and_names_no_dossier(tmp_path: Path, store: Store, data: Path) -> None:
    path = export(tmp_path / "a.csv", [*MANY, row(DonViXuLy="MH.99")])

    shown = importing.preview(Job([path], store, KEY, data, as_of=AS_OF))

    assert not store.folder.exists()
    assert "dossier_key" not in shown.first[0]
    assert (shown.counts.read, shown.counts.taken, shown.counts.left_out) == (101, 100, 1)
    assert shown.reasons == [{"reason": "unknown_authority", "column": "authority", "rows": 1}]


def broken_off(path: Path) -> None:
    os.truncate(path, 300)


def overwritten(path: Path) -> None:
    """Nothing but zeros between the marks at both ends of the file."""
    content = path.read_bytes()
    path.write_bytes(content[:4] + bytes(len(content) // 2) + content[4 + len(content) // 2 :])


def turned(path: Path) -> None:
    """One bit of a value, which no reader would notice."""
    content = bytearray(path.read_bytes())
    content[len(content) // 4] ^= 1
    path.write_bytes(content)


@pytest.mark.slow
@pytest.mark.parametrize("damage", [broken_off, overwritten, turned])
def test_a_damaged_import_of_the_store_is_named_and_can_be_undone(
    damage: Callable[[Path], None], bring: Callable[..., Done], store: Store, data: Path
) -> None:
    damaged = bring(MANY).made
    with store.alone():
        derive(store, data)
    damage(damaged.folder / "dossiers.parquet")

    with pytest.raises(RefusedError) as refused:
        bring([GOOD, *MANY[:3]], publish=lambda one: derive(one, data).name)
    assert "python -m dunghen undo 0001" in refused.value.text("vi")
    importing.undo(store, "1", lambda one: derive(one, data).name)
    assert bring([GOOD]).made.rows_loaded == 1


def test_no_byte_of_the_store_is_personal(bring: Callable[..., Done], store: Store) -> None:
    planted = ["NGUYEN VAN MAU", "001099000001", "0900000001", "mau@example.vn", GOOD["MaHoSo"]]
    rows = [row(**{column: value}) for column in GOOD for value in planted]
    bring([*rows, *MANY, row(MaHoSo="OK-1")], accept_rejects=True)

    for path in store.folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else path.name.encode()
        assert [value for value in planted if value.encode() in content] == [], path


@pytest.mark.slow
@pytest.mark.parametrize("parent", [None, "25"])
def test_a_department_is_known_by_name_only_within_its_province(
    bring: Callable[..., Done], tmp_path: Path, parent: str | None
) -> None:
    known = (ROOT / "data" / "mappings" / "national-sync.toml").read_text(encoding="utf-8")
    within = f'\nparent = "{parent}"' if parent else ""
    mapping = tmp_path / "by-name.toml"
    mapping.write_text(known.replace('by = "portal_code"', f'by = "name"{within}'), encoding="utf-8")
    rows = [row(MaHoSo="MH.01-261001-2000", DonViXuLy="Phường Bản Mẫu"), row(DonViXuLy="Sở Y tế")]

    made = bring(rows[1:] if parent else rows, mapping=str(mapping), accept_rejects=True).made

    assert [one["authority_code"][:3] for one in stored(made)] == (["H44"] if parent else ["MH-"])
    assert [reason for *_, reason in quarantined(made)] == ([] if parent else ["ambiguous_authority"])
