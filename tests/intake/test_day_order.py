"""Exports that write the month where the mapping has the day, and typing errors that only look so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from dunghen.intake import importing
from dunghen.intake.errors import RefusedError
from dunghen.intake.importing import Done, Job
from dunghen.intake.store import Store
from tests.intake.specimens import as_csv, as_xlsx
from tests.intake.test_importing import AS_OF, KEY, ROOT, quarantined, stored

pytestmark = pytest.mark.slow

HEADINGS = ["Số hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc xử lý", "Trạng thái", "Đơn vị xử lý"]
DAY_FIRST, MONTH_FIRST = "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"
Days = Sequence[dt.datetime]
Bring = Callable[..., Done]


def dossiers(
    days: Days, received: str = DAY_FIRST, due: str = DAY_FIRST, finished: str = DAY_FIRST
) -> list[list[str]]:
    """One dossier for each of some days, promised in 20 days and finished in 5; each column in its format."""
    return [
        [
            f"A-{number}",
            day.strftime(received),
            (day + dt.timedelta(20)).strftime(due),
            (day + dt.timedelta(5)).strftime(finished),
            *("Đã trả kết quả", "Phường Bản Mẫu"),
        ]
        for number, day in enumerate(days)
    ]


def days(first: int, last: int, times: int = 1) -> list[dt.datetime]:
    """The days of a September, at eight o'clock."""
    return [dt.datetime(2026, 9, day, 8) for day in range(first, last + 1) for _ in range(times)]  # noqa: DTZ001 - as files write it


@pytest.fixture
def bring(tmp_path: Path) -> Bring:
    def bring(rows: list[list[str]], mapping: str | None = None) -> Done:
        (tmp_path / "a.csv").write_bytes(as_csv([HEADINGS, *rows]))
        return importing.run(
            Job(
                [tmp_path / "a.csv"],
                Store(tmp_path / "store"),
                KEY,
                mapping=mapping,
                as_of=AS_OF,
                within="MH",
                accept_rejects=True,
            )
        )

    return bring


@pytest.fixture
def month_first(tmp_path: Path, bring: Bring) -> str:
    """The mapping with what the refusal says to write."""
    with pytest.raises(RefusedError) as refused:
        bring(dossiers(days(1, 30), *(MONTH_FIRST,) * 3))
    (told,) = re.findall(r"date_formats = \[.*?\]", refused.value.text("vi"))
    shipped = (ROOT / "data/mappings/vietnamese-headings.toml").read_text(encoding="utf-8")
    copy = tmp_path / "cua-toi.toml"
    copy.write_text(re.sub(r"(?s)date_formats = \[.*?\]", told, shipped), encoding="utf-8")
    return str(copy)


def test_a_file_with_the_month_first_is_refused_even_where_rejects_are_accepted(
    bring: Bring, month_first: str
) -> None:
    written = (MONTH_FIRST,) * 3
    # one day in a hundred shows it
    rows = [*dossiers(days(1, 6, 20), *written), *dossiers(days(13, 13), *written)]
    rows = [[f"A-{number}", *row[1:]] for number, row in enumerate(rows)]

    with pytest.raises(RefusedError) as refused:
        bring(rows)

    told = refused.value.text("vi")
    assert "a.csv, cột “Ngày hẹn trả”: 120 ngày chỉ đọc được khi đổi chỗ ngày và tháng, 0 ngày" in told
    assert "tháng trước ngày (10/31/2026)" in told
    assert '"%m/%d/%Y %H:%M"' in told
    assert "data/mappings/vietnamese-headings.toml" in told
    made = bring(rows, month_first).made
    assert (made.rows_loaded, made.rows_quarantined) == (121, 0)
    assert {one["received_at"].month for one in stored(made)} == {9}


@pytest.mark.quick
def test_one_column_with_the_month_first_is_enough(bring: Bring) -> None:
    with pytest.raises(
        RefusedError, match=r"Ngày kết thúc xử lý.* 11 ngày .* 0 ngày chỉ đọc được như ánh xạ"
    ):
        bring(dossiers(days(1, 18), finished=MONTH_FIRST))


def test_slips_against_many_days_that_are_written_rightly_stay_rejects(bring: Bring) -> None:
    rows = dossiers(days(1, 30, 3))
    rows[7][1] = "09/25/2026 08:00"
    made = bring(rows).made

    assert (made.rows_loaded, made.rows_quarantined) == (89, 1)
    assert [(column, reason) for _, column, reason in quarantined(made)] == [
        ("Ngày tiếp nhận", "swapped_date")
    ]


def test_a_slip_where_no_day_is_after_the_12th_is_one_if_other_columns_are_written_rightly(
    bring: Bring,
) -> None:
    rows = dossiers(days(1, 12, 10))
    rows[7][1] = "09/25/2026 08:00"
    assert bring(rows).made.rows_quarantined == 1


def test_a_slip_where_nothing_shows_the_order_of_any_column_is_refused(bring: Bring) -> None:
    rows = dossiers(days(1, 7, 20))
    for row in rows:
        # no promise: what is left is never later than the 12th
        row[2] = ""
    assert bring(rows).made.rows_quarantined == 0
    rows[7][1] = "09/25/2026 08:00"

    with pytest.raises(RefusedError, match=" 1 ngày chỉ đọc được khi đổi chỗ"):
        bring(rows)


def test_a_mapping_with_the_month_first_refuses_a_file_with_the_day_first(
    bring: Bring, month_first: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        bring(dossiers(days(1, 30)), month_first)

    assert "the day first (31/10/2026)" in refused.value.text("en")
    assert '"%d/%m/%Y %H:%M"' in refused.value.text("en")


def test_a_day_that_no_calendar_has_is_no_matter_of_order(bring: Bring) -> None:
    rows = dossiers(days(1, 30))
    rows[7][1] = "31/02/2026 08:00"

    assert [reason for *_, reason in quarantined(bring(rows).made)] == ["unreadable_date"]


@pytest.mark.parametrize(("name", "packed"), [("a.csv", as_csv), ("a.xlsx", as_xlsx)])
def test_a_trial_says_what_the_import_would_be_refused_for(
    name: str, packed: Callable[[Sequence[Sequence[str]]], bytes], tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(packed([HEADINGS, *dossiers(days(1, 30), *(MONTH_FIRST,) * 3)]))
    job = Job([tmp_path / name], Store(tmp_path / "store"), KEY, as_of=AS_OF, within="MH")

    refusal = importing.preview(job).refusal

    assert refusal is not None
    assert refusal.sentences[0][0] == "import.other_order"
