"""Sheets and lists that no mapping fits: none of their rows is read, but all of them are counted and told."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from dunghen import cli, publishing
from dunghen.commands.telling import imported, listed
from dunghen.intake import importing
from dunghen.intake.errors import UnusableError
from dunghen.intake.importing import Done, Job
from dunghen.intake.store import Store
from tests.intake.test_importing import AS_OF, GOOD, KEY, MANY, ROOT, Row

pytestmark = pytest.mark.slow

COVER = [["DANH SÁCH HỒ SƠ"], [], ["Xem trang sau"]]
LACKING = [{name: cell for name, cell in one.items() if name != "KenhThucHien"} for one in MANY[:7]]


def grid(rows: Sequence[Row]) -> list[list[str]]:
    return [list(rows[0]), *(list(one.values()) for one in rows)]


def workbook(path: Path, **sheets: Sequence[Sequence[str]]) -> Path:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, cells in enumerate(rows):
                sheet.write_row(line, 0, cells)
    path.write_bytes(content.getvalue())
    return path


def take(tmp_path: Path, path: Path) -> Done:
    job = Job([path], Store(tmp_path / "store"), KEY, ROOT / "data", as_of=AS_OF)
    return importing.run(job)


def test_sheets_that_do_not_fit_are_told_kept_and_listed(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Bia=COVER, Thang10=grid(MANY), Thang9=grid(LACKING))
    done = take(tmp_path, path)

    assert (done.made.rows_read, done.made.rows_loaded) == (len(MANY), len(MANY))
    assert done.made.passed_over == [
        {"place": "a.xlsx [Bia]", "rows": 2},
        {"place": "a.xlsx [Thang9]", "rows": 8},
    ]
    told = imported(done, None, "vi").splitlines()
    assert "a.xlsx [Bia]: không hợp với ánh xạ, 2 dòng không được đọc." in told
    (lacking,) = [line for line in told if line.startswith("a.xlsx [Thang9]: 8 dòng không được đọc")]
    assert "thiếu tiêu đề: KenhThucHien." in lacking
    (kept,) = Store(tmp_path / "store").imports()
    assert kept.passed_over == done.made.passed_over
    assert "a.xlsx [Thang9]: does not fit the mapping, 8 rows were not read." in listed(kept, "en")


def test_a_trial_and_the_import_tell_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"STORE": str(tmp_path / "store"), "KEY": "0123456789abcdef" * 4}.items():
        monkeypatch.setenv(f"DUNGHEN_{name}", value)
    monkeypatch.setattr(publishing, "publish", lambda *_, **__: "s")
    path = workbook(tmp_path / "a.xlsx", Thang10=grid(MANY), Bia=COVER)
    command = ["import", str(path), "--as-of", AS_OF.isoformat(), "--lang", "en"]

    for more in (["--dry-run"], []):
        assert cli.main([*command, *more]) == cli.DONE
        told = capsys.readouterr().out.splitlines()
        assert "a.xlsx [Bia]: does not fit the mapping, 2 rows were not read." in told


@pytest.mark.quick
def test_lists_of_json_are_told_with_their_records(tmp_path: Path) -> None:
    told: dict[str, Any] = {"data": MANY, "meta": {"pages": [{"page": 1}, {"page": 2}]}}
    (tmp_path / "a.json").write_text(json.dumps(told), encoding="utf-8")

    assert take(tmp_path, tmp_path / "a.json").made.passed_over == [
        {"place": "a.json [meta.pages]", "rows": 2}
    ]


def test_a_list_that_cannot_be_read_to_its_end_cannot_be_counted(tmp_path: Path) -> None:
    pages = ", ".join(['{"page": 1}'] * 1500 + ['{"page" 1}'])
    text = f'{{"data": {json.dumps(MANY)}, "pages": [{pages}]}}'
    (tmp_path / "a.json").write_text(text, encoding="utf-8")

    with pytest.raises(UnusableError, match=r"a\.json"):
        take(tmp_path, tmp_path / "a.json")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_second_file_of_one_name_in_an_archive_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for text in (
            "\n".join(",".join(f'"{cell}"' for cell in row) for row in grid([GOOD])),
            "x,y\n\n1,2\n",
        ):
            archive.writestr("a.csv", text)

    assert take(tmp_path, tmp_path / "a.zip").made.passed_over == [{"place": "a.zip/a.csv", "rows": 2}]
