"""Where records stand in a JSON file: in lists, alone, several at once; each row is told by its place."""

from __future__ import annotations

import codecs
import csv
import dataclasses
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dunghen.intake import importing
from dunghen.intake.errors import UnusableError
from dunghen.intake.importing import Done, Job
from dunghen.intake.planning import PassedOver
from dunghen.intake.store import Store
from tests.intake.specimens import (
    as_json,
    as_json_lines,
    national_rows,
    portal_records,
    records,
    records_of_box,
    small_data,
)

pytestmark = pytest.mark.slow

KEY = b"a key of a test: " + b"0123456789abcdef" * 2
PERIOD = {"source_id": "minh-hoa", "first_day": dt.date(2026, 1, 1), "last_day": dt.date(2026, 9, 30)}
DAY = {"as_of": dt.date(2026, 10, 31)}
Importing = Callable[..., Job]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_data(tmp_path_factory.mktemp("data"))


@pytest.fixture
def of(tmp_path: Path, data: Path) -> Importing:
    """The import of one JSON file."""

    def of(content: Any, **more: Any) -> Job:
        path = tmp_path / "a.json"
        path.write_bytes(content if isinstance(content, bytes) else as_json(content))
        return Job(files=[path], store=Store(tmp_path / "store"), key=KEY, data=data, **more)

    return of


def kept(done: Done, *columns: str) -> list[tuple[Any, ...]]:
    found = duckdb.read_parquet(str(done.made.folder / f"{done.made.record}.parquet"))
    return found.select(*columns).order(columns[0]).fetchall()


def left_out(done: Done) -> list[tuple[str, ...]]:
    with (done.made.folder / "quarantine.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(row["sheet"], row["line"], row["column"], row["reason"]) for row in csv.DictReader(file)]


@pytest.mark.quick
def test_the_portals_answer_gives_the_body_and_those_below_it(of: Importing) -> None:
    done = importing.run(of(portal_records(), **PERIOD))

    assert (done.made.rows_read, done.made.rows_loaded) == (3, 3)
    told = kept(done, "portal_total", "portal_on_time", "coverage")
    assert told == [(45, 40, "own"), (345, 300, "own"), (12345, 11000, "area")]


def test_nothing_of_the_portals_answer_is_told_as_passed_over(of: Importing) -> None:
    assert importing.preview(of(portal_records(), **PERIOD)).plan.passed_over == []


def test_another_list_is_told_as_passed_over(of: Importing) -> None:
    answer = portal_records() | {"meta": {"pages": [{"page": 1}], "size": 3}}

    assert importing.preview(of(answer, **PERIOD)).plan.passed_over == [PassedOver("a.json [meta.pages]", 1)]


def whole_body() -> dict[str, Any]:
    """A body of the portal that holds the list of those below it."""
    answer = portal_records()["data"]
    return {**answer["parent"], "children": answer["children"]}


@pytest.mark.parametrize("wrap", [lambda body: body, lambda body: {"data": body}])
def test_a_body_of_the_portal_may_hold_those_below_it(wrap: Callable[[Any], Any], of: Importing) -> None:
    job = of(wrap(whole_body()), **PERIOD)

    assert importing.preview(job).plan.passed_over == []
    assert kept(importing.run(job), "portal_total") == [(45,), (345,), (12345,)]


def test_a_list_with_the_headings_is_never_passed_over_in_silence(of: Importing) -> None:
    body = whole_body()
    job = of({"data": body | {"units": body.pop("children"), "pages": [{"page": 1}]}}, **PERIOD)

    with pytest.raises(UnusableError) as error:
        importing.preview(job)
    ((key, values),) = error.value.sentences
    assert (key, values["file"]) == ("mapping.elsewhere", "a.json [data.units]")
    job = dataclasses.replace(job, mapping="portal-progress-json")
    assert importing.preview(job).plan.passed_over == [
        PassedOver("a.json [data.units]", 2),
        PassedOver("a.json [data.pages]", 1),
    ]


def test_a_row_that_is_left_out_is_told_with_where_its_list_stands(of: Importing) -> None:
    answer = portal_records()
    answer["data"]["parent"]["totalReceived"] = "nhiều"
    answer["data"]["children"][1]["departmentCode"] = "MH.99"

    done = importing.run(of(answer, accept_rejects=True, **PERIOD))

    assert kept(done, "portal_total") == [(345,)]
    assert left_out(done) == [
        ("data.parent", "1", "totalReceived", "unreadable_number"),
        ("data.children", "2", "departmentCode", "unknown_authority"),
    ]


@pytest.mark.parametrize(
    "around", ["{}", '{"data": {}}', "[{}]", '{"data": [{}]}', '{"data": {"parent": [{}]}}']
)
def test_a_body_of_the_portal_may_stand_without_the_rest(around: str, of: Importing) -> None:
    body = as_json(portal_records()["data"]["parent"]).decode()

    done = importing.run(of(around.replace("{}", body).encode(), **PERIOD))

    assert kept(done, "portal_total", "average_days") == [(12345, 4.5)]


@pytest.mark.parametrize(
    "wrap", [lambda box: box, lambda box: [box], lambda box: {"ok": 1, "result": {"box": box}}]
)
def test_a_box_may_be_one_object(wrap: Callable[[Any], Any], of: Importing) -> None:
    done = importing.run(of(wrap(records_of_box()[0]), source_id="minh-hoa", coverage="own"))

    assert kept(done, "authority_code", "handled") == [("MH-01", 1234)]


@pytest.mark.parametrize(
    "wrap", [lambda one: one, lambda one: {"data": one}, lambda one: {"code": 0, "hoSo": one}]
)
def test_an_answer_with_one_dossier_is_taken_with_its_supplements(
    wrap: Callable[[Any], Any], of: Importing
) -> None:
    (dossier,) = records(national_rows(1))
    assert dossier["DanhSachHoSoBoSung"]
    job = of(wrap(dossier), **DAY)

    assert importing.preview(job).plan.passed_over == []
    assert kept(importing.run(job), "supplements", "extended") == [(1, True)]


def test_a_list_beside_a_dossier_alone_is_taken_with_it(of: Importing) -> None:
    first, *others = records(national_rows(4))

    done = importing.run(of({"moiNhat": first, "truocDo": others}, **DAY))

    assert done.made.rows_loaded == 4


@pytest.mark.quick
def test_a_dossier_without_a_column_is_told_by_that_and_not_by_what_is_inside_it(of: Importing) -> None:
    (dossier,) = records(national_rows(1))
    del dossier["NgayHenTra"]

    with pytest.raises(UnusableError) as error:
        importing.run(of({"code": 0, "data": dossier}, **DAY))

    ((key, values),) = error.value.sentences
    assert (key, values["file"], values["missing"]) == ("mapping.nearest", "a.json [data]", "NgayHenTra")


@pytest.mark.quick
def test_records_in_another_place_than_the_mapping_names_are_told_so(of: Importing) -> None:
    with pytest.raises(UnusableError) as error:
        importing.run(of({"result": portal_records()["data"]["children"]}, **PERIOD))

    ((key, values),) = error.value.sentences
    assert (key, values["file"], values["key"]) == ("mapping.elsewhere", "a.json [result]", "records")
    assert "“data.children”" in str(values["places"])


def test_keys_may_be_written_with_escapes(of: Importing) -> None:
    text = (
        as_json(portal_records()).replace(b'"data"', b'"d\\u0061ta"').replace(b'"parent"', b'"p\\u0061rent"')
    )

    assert importing.run(of(text, **PERIOD)).made.rows_loaded == 3


def test_rows_of_several_lists_are_told_apart(of: Importing) -> None:
    rows = records(national_rows(9))
    for number, reason in ((1, "99"), (4, ""), (8, "chưa biết")):
        rows[number]["TrangThaiHoSo"] = reason
    answer = {"code": 0, "thang9": rows[:3], "thang10": {"trang1": rows[3:6], "trang2": rows[6:]}}

    done = importing.run(of(answer, accept_rejects=True, **DAY))

    assert (done.made.rows_loaded, done.made.rows_quarantined) == (6, 3)
    assert left_out(done) == [
        ("thang9", "2", "TrangThaiHoSo", "unknown_status"),
        ("thang10.trang1", "2", "TrangThaiHoSo", "missing_value"),
        ("thang10.trang2", "3", "TrangThaiHoSo", "unknown_status"),
    ]


def test_a_place_that_may_name_a_person_is_told_by_its_number(of: Importing) -> None:
    rows = records(national_rows(2))
    rows[1]["TrangThaiHoSo"] = "99"

    done = importing.run(of({"nguyenVanMau": rows}, accept_rejects=True, **DAY))

    assert left_out(done) == [("danh sách 1 | list 1", "2", "TrangThaiHoSo", "unknown_status")]


@pytest.mark.quick
def test_a_second_object_behind_the_first_is_no_json(of: Importing) -> None:
    text = json.dumps(portal_records(), indent=1).encode()

    with pytest.raises(UnusableError) as error:
        importing.run(of(text + b"\n" + text, **PERIOD))

    assert error.value.sentences == [("reading.json_place", {"file": "a.json", "byte": len(text) + 2})]


@pytest.mark.quick
def test_objects_without_number_are_no_records(of: Importing) -> None:
    with pytest.raises(UnusableError) as error:
        importing.run(of({f"MH.{number}": {"departmentCode": "MH.01"} for number in range(200)}, **PERIOD))

    assert error.value.sentences[0][0] == "reading.many_objects"


def test_trouble_in_a_list_is_told_by_the_list(of: Importing) -> None:
    text = as_json({"data": records(national_rows(3000))}).replace(b"MH.01-261001-2999", b'" "')

    with pytest.raises(UnusableError) as error:
        importing.run(of(text, **DAY))

    assert error.value.sentences == [("reading.json_record", {"file": "a.json [data]", "number": 3000})]


def test_json_lines_may_begin_with_the_mark_of_utf_8(of: Importing) -> None:
    rows = records(national_rows(3))
    rows[2]["TrangThaiHoSo"] = "99"
    lines = codecs.BOM_UTF8 + as_json_lines(rows)

    done = importing.run(of(lines, accept_rejects=True, **DAY))

    assert (done.made.rows_loaded, left_out(done)) == (2, [("", "3", "TrangThaiHoSo", "unknown_status")])


@pytest.mark.quick
@pytest.mark.parametrize("number", [1, 2])
def test_a_bad_line_behind_the_mark_of_utf_8_is_told_by_its_number(number: int, of: Importing) -> None:
    lines = as_json_lines(records(national_rows(3))).splitlines(keepends=True)
    lines[number - 1] = b'{"MaHoSo": x}\n'

    with pytest.raises(UnusableError) as error:
        importing.run(of(codecs.BOM_UTF8 + b"".join(lines), **DAY))

    assert error.value.sentences == [("reading.json_line", {"file": "a.json", "number": number})]
