"""A CSV that breaks off in a column that is read: refused for its last cell, told where nobody can know."""

from __future__ import annotations

from pathlib import Path

import pytest

from dunghen.commands.telling import imported, previewed
from dunghen.intake import importing
from dunghen.intake.errors import RefusedError, UnusableError
from dunghen.intake.importing import Job
from dunghen.intake.store import Store
from tests.intake.specimens import small_data
from tests.intake.test_importing import AS_OF, GOOD, KEY, quarantined

LINE = {"file": "a.csv", "line": 42}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_data(tmp_path_factory.mktemp("data"))


def job(
    tmp_path: Path, data: Path, last: str, *cells: str, others: str | None = None, accept: bool = False
) -> Job:
    """An export without a line end at its end: 40 rows and those with `cells` in the column `last`."""
    names = [*(name for name in GOOD if name not in (last, "DanhSachHoSoBoSung")), last]
    known = [GOOD[last] if others is None else others] * 40
    rows = [
        GOOD | {"ChuHoSo": "Bản Mẫu", "MaHoSo": f"A-{number}", last: cell}
        for number, cell in enumerate([*known, *cells])
    ]
    lines = [",".join(names), *(",".join(one[name] for name in names) for one in rows)]
    content = "\r\n".join(lines).encode()
    (tmp_path / "a.csv").write_bytes(content[:-1] if content.endswith("đ".encode()) else content)
    return Job(
        [tmp_path / "a.csv"],
        Store(tmp_path / "store"),
        KEY,
        data,
        as_of=AS_OF,
        accept_rejects=accept,
    )


@pytest.mark.slow
@pytest.mark.parametrize("accept", [False, True])
@pytest.mark.parametrize(
    ("last", "cell"),
    [
        ("TrangThaiHoSo", "đ"),
        ("TrangThaiHoSo", "Đã tr"),
        ("DonViXuLy", "MH.99"),
        ("NgayTra", "20261041093000"),
    ],
)
def test_a_last_row_that_was_left_out_for_its_last_cell_is_cut_off(
    last: str,
    cell: str,
    accept: bool,
    tmp_path: Path,
    data: Path,
) -> None:
    cut = job(tmp_path, data, last, cell, accept=accept)

    with pytest.raises(UnusableError) as error:
        importing.run(cut)
    assert error.value.sentences == [("reading.cut_row", LINE)]
    shown = importing.preview(cut).refusal
    assert shown is not None
    assert shown.sentences == [("reading.cut_row", LINE)]
    assert Store(tmp_path / "store").imports() == []


def test_a_file_all_of_whose_rows_are_wrong_is_told_so_first(tmp_path: Path, data: Path) -> None:
    with pytest.raises(RefusedError) as error:
        importing.run(job(tmp_path, data, "TrangThaiHoSo", "x", others="x"))
    assert error.value.sentences[0][0] == "import.too_many_unknown"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("last", "cell", "reason"),
    [
        # the office gave the result back and wrote no day
        ("NgayTra", "", "finished_without_day"),
        ("NgayKetThucXuLy", "", "finished_without_day"),
        ("TrangThaiHoSo", "", "missing_value"),
        ("MaHoSo", "A-7", "two_versions"),
    ],
)
def test_a_last_row_that_lacks_its_last_cell_or_comes_twice_is_left_out_alone(
    last: str, cell: str, reason: str, tmp_path: Path, data: Path
) -> None:
    open_ended = job(tmp_path, data, last, GOOD[last])
    names, *lines = (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()
    rows = [dict(zip(names.split(","), line.split(","), strict=True)) for line in lines]
    for number, row in enumerate(rows):
        row["MaHoSo"] = f"A-{number}"
    rows[-1] |= {"NgayTra": "", "NgayKetThucXuLy": "", "KenhThucHien": "1"} if last != "MaHoSo" else {}
    rows[-1] |= {"KenhThucHien": "1", last: cell}
    content = "\r\n".join([names, *(",".join(row.values()) for row in rows)])
    (tmp_path / "a.csv").write_bytes(content.encode())

    done = importing.run(open_ended)

    assert {left[2] for left in quarantined(done.made)} == {reason}
    assert "a.csv: its last row (line 42) has no line end." in imported(done, None, "en")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("last", "fault"),
    [
        ("NgayTra", {"DonViXuLy": "MH.99"}),
        # a column that nobody reads
        ("ChuHoSo", {"DonViXuLy": "MH.99"}),
        ("TrangThaiHoSo", {}),
    ],
)
def test_a_last_row_that_may_be_whole_is_kept_and_told(
    last: str, fault: dict[str, str], tmp_path: Path, data: Path
) -> None:
    """Left out for another cell than its last, or good: who knows whether there were rows after it?"""
    open_ended = job(tmp_path, data, last, GOOD[last])
    path = tmp_path / "a.csv"
    before, line = path.read_text(encoding="utf-8").rsplit("\n", 1)
    for name, cell in fault.items():
        line = line.replace(GOOD[name], cell)
    path.write_bytes(f"{before}\n{line}".encode())

    told = "a.csv: its last row (line 42) has no line end. If the file was cut off there, rows are missing: "
    told += "see whether that row is the last of the export."
    assert told in previewed(importing.preview(open_ended), None, "en").splitlines()
    done = importing.run(open_ended)
    assert (done.made.rows_loaded, done.made.rows_quarantined) == (41 - len(fault), len(fault))
    assert told in imported(done, None, "en").splitlines()
    path.write_bytes(f"{before}\n{line}\r\n".encode())
    assert told not in previewed(importing.preview(open_ended), None, "en").splitlines()
