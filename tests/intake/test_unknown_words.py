"""Words, numbers and days of one-stop systems: usual ones are known, others are told with their remedy."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from dunghen.intake import importing, mappings
from dunghen.intake.errors import IntakeError, RefusedError
from dunghen.intake.importing import Done, Job
from dunghen.intake.store import Store
from tests.intake.test_importing import AS_OF, KEY, ROOT, stored

pytestmark = pytest.mark.slow

Row = dict[str, str]
Bring = Callable[..., Done]


def row(**cells: str) -> Row:
    named = {
        "so": "A-1",
        "nhan": "01/10/2026 08:00",
        "hen": "15/10/2026 17:00",
        "xong": "10/10/2026 09:00",
        "trangthai": "Đã trả kết quả",
        "kenh": "Trực tiếp",
    } | cells
    headings = (
        "Số hồ sơ",
        "Ngày tiếp nhận",
        "Ngày hẹn trả",
        "Ngày kết thúc xử lý",
        "Trạng thái",
        "Kênh tiếp nhận",
    )
    return {**dict(zip(headings, named.values(), strict=True)), "Đơn vị xử lý": "Phường Bản Mẫu"}


@pytest.fixture
def bring(tmp_path: Path) -> Bring:
    """Imports rows that differ in some cells; the number of each is its place."""

    def bring(rows: Sequence[Row], mapping: str | None = None, **more: Any) -> Done:
        with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows({**one, "Số hồ sơ": f"A-{number}"} for number, one in enumerate(rows))
        store = Store(tmp_path / "store")
        files, lists = [tmp_path / "a.csv"], ROOT / "data"
        return importing.run(Job(files, store, KEY, lists, mapping, as_of=AS_OF, within="MH", **more))

    return bring


def told(error: IntakeError) -> list[str]:
    return [key for key, _ in error.sentences]


@pytest.mark.quick
def test_statuses_are_known_by_usual_words_and_national_numbers(bring: Bring) -> None:
    written = {
        "Đang thụ lý": 4,
        "DANG XU LY": 4,
        "hoàn  thành": 9,
        "Da tra ket qua": 10,
        "Chờ bổ sung hồ sơ": 5,
        "xin rut ho so": 7,
        **{str(code): code for code in range(1, 11)},
    }
    made = bring([row(trangthai=text) for text in written]).made

    assert [one["status"] for one in stored(made)] == list(written.values())


def test_channels_are_known_by_usual_words_and_national_numbers(bring: Bring) -> None:
    written = {
        "": "in_person",
        "1": "in_person",
        "Nop truc tiep": "in_person",
        "2": "online",
        "TRỰC TUYẾN": "online",
        "3": "postal",
        "Qua bưu điện": "postal",
    }
    made = bring([row(kenh=text) for text in written]).made

    assert [one["channel"] for one in stored(made)] == list(written.values())


@pytest.mark.parametrize(
    "received", ["08:00 01/10/2026", "08:00:00 01/10/2026", "01-10-2026 08:00", "01.10.2026", "1/10/2026"]
)
def test_days_are_read_as_one_stop_systems_write_them(received: str, bring: Bring) -> None:
    (kept,) = stored(bring([row(nhan=received)]).made)

    assert kept["received_at"].date().isoformat() == "2026-10-01"


def test_a_word_without_accents_that_means_two_things_is_not_known() -> None:
    known = mappings.load("vietnamese-headings")
    codes = {"status": {"Chờ": 1, "Chỗ": 4, "Xong": 9, "xóng": 9}}

    found = known.model_copy(update={"codes": codes}).code_list("status")
    assert found == {"chờ": "1", "chỗ": "4", "xong": "9", "xóng": "9"}


def test_unknown_statuses_are_counted_and_the_mapping_is_the_remedy(bring: Bring) -> None:
    good = [row() for _ in range(10)]
    strange = [row(trangthai=text) for text in ("Giai đoạn A", "giai đoạn  a", "Giai đoạn B")]
    with pytest.raises(RefusedError) as refused:
        bring([*good, *strange, row(kenh="Đường khác")])

    said = refused.value.text("vi")
    assert told(refused.value)[0] == "import.too_many_unknown"
    assert "2 cách ghi trạng thái khác nhau" in said
    assert "[codes.status] của một bản sao ánh xạ (data/mappings/vietnamese-headings.toml" in said
    assert "1 cách ghi kênh tiếp nhận chưa có" in said
    assert "Giai đoạn" not in said
    assert told(refused.value)[-1] == "import.accept"
    assert [line for line in said.splitlines() if "--accept-rejects" in line] == [said.splitlines()[-1]]


def test_what_cannot_be_done_without_is_not_offered_to_be(bring: Bring) -> None:
    with pytest.raises(RefusedError) as refused:
        bring([row(trangthai="Giai đoạn A")])

    assert "--accept-rejects" not in refused.value.text("vi") + refused.value.text("en")


def test_a_copy_of_the_mapping_with_the_word_takes_them(bring: Bring, tmp_path: Path) -> None:
    shipped = (ROOT / "data/mappings/vietnamese-headings.toml").read_text(encoding="utf-8")
    copy = tmp_path / "cua-toi.toml"
    copy.write_text(shipped.replace("[codes.status]", '[codes.status]\n"Giai đoạn A" = 4'), encoding="utf-8")
    rows = [row(trangthai="Giai đoạn A"), row(trangthai="Giai đoạn B")]

    with pytest.raises(RefusedError) as refused:
        bring(rows, str(copy))
    assert f"bản sao ánh xạ ({copy};" in refused.value.text("vi")
    done = bring(rows, str(copy), accept_rejects=True)
    assert [one["status"] for one in stored(done.made)] == [4]
    assert done.unknown == {"unknown_status": 1}


def test_days_in_a_way_nobody_named_send_to_the_mapping(bring: Bring) -> None:
    with pytest.raises(RefusedError) as refused:
        bring([row(), *(row(nhan="2026/10/01") for _ in range(3))])

    assert told(refused.value)[0] == "import.too_many_dates"
    assert "date_formats" in refused.value.text("vi").splitlines()[0]
    assert "phải THAY các cách có sẵn" in refused.value.text("vi").splitlines()[0]
    assert told(refused.value)[-1] == "import.accept"
