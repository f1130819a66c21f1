"""The files that the imaginary province exports, and the sample in data/."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tomllib
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from dunghen import cli, simulation
from dunghen.intake.errors import UnusableError
from dunghen.simulation import Export, exports, layouts, province, world

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "sample"


def written(folder: Path, kind: str, dossiers: int = 700) -> Path:
    (path,) = simulation.simulate(Export(dossiers, 3), folder, kind)
    return path


def national(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_and_json_say_the_same(tmp_path: Path) -> None:
    rows = national(written(tmp_path, "csv"))
    records = json.loads(written(tmp_path, "json").read_text(encoding="utf-8"))
    for row in rows:
        supplements = row["DanhSachHoSoBoSung"]
        assert set(row) == set(layouts.NATIONAL)
        row["DanhSachHoSoBoSung"] = json.loads(supplements or "[]")
    assert rows == records
    assert sum(bool(row["DanhSachHoSoBoSung"]) for row in rows) > 20


def test_vietnamese_headings_say_the_same_in_windows_1258_and_in_a_workbook(tmp_path: Path) -> None:
    told = written(tmp_path, "csv-1258").read_bytes().decode("cp1258")
    lines = list(csv.reader(io.StringIO(told), delimiter=";"))[len(exports.TITLES) :]
    book = CalamineWorkbook.from_path(written(tmp_path, "xlsx"))
    sheet = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    heading = sheet.index(["", *layouts.VIETNAMESE])
    assert [row[0] for row in sheet] == [""] * len(sheet)
    assert sheet[heading + 1][1:4] == ["(1)", "(2)", "(3)"]
    body = [[str(row[1]).removesuffix(".0"), *row[2:]] for row in sheet[heading + 2 : -1]]
    assert [[unicodedata.normalize("NFC", cell) for cell in line] for line in lines[1:]] == body
    assert sheet[-1][1] == f"Tổng cộng: {len(body)} hồ sơ"


def test_numbers_of_dossiers_are_unique_and_repeats_are_planted(tmp_path: Path) -> None:
    rows = national(written(tmp_path, "csv", 20_000))
    numbers = {row["MaHoSo"] for row in rows}
    assert len(numbers) == 20_000
    assert 20_000 < len(rows) < 20_300
    assert 20_000 < len({tuple(row.items()) for row in rows}) < 20_040


def test_nobody_in_an_export_could_be_real(tmp_path: Path) -> None:
    for row in national(written(tmp_path, "csv")):
        assert row["ChuHoSo"].startswith("NGUOI NOP MAU ")
        assert row["MaDoiTuong"].strip("0") == row["SoDienThoai"].strip("0") == ""
        assert row["Email"].endswith("@example.invalid")
        assert row["DiaChi"].startswith("So 0, duong Tuong Tuong, ")


def test_offices_are_those_of_the_imaginary_province() -> None:
    assert len(province.offices()) == 39
    assert all(office.code.startswith("MH-") for office in province.offices())
    real = {row["short_name"].casefold() for row in national(ROOT / "data/registry/authorities.csv")}
    assert not real & {office.name.split(" ", 1)[1].casefold() for office in province.offices()}


@pytest.mark.slow
def test_many_processes_write_what_one_would(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dossiers = world.BLOCK + 1000
    one = written(tmp_path / "one", "csv", dossiers).read_bytes()
    monkeypatch.setattr(exports, "FEW_BLOCKS", 0)
    assert written(tmp_path / "many", "csv", dossiers).read_bytes() == one


def test_an_empty_export_is_whole(tmp_path: Path) -> None:
    nothing = Export(5, 3, as_of=date(2024, 7, 1), since=date(2024, 7, 1), kinds=frozenset())
    simulation.simulate(nothing, tmp_path, "json")
    simulation.simulate(nothing, tmp_path, "csv")
    assert json.loads((tmp_path / "minh-hoa-2024-07-01.json").read_bytes()) == []
    assert national(tmp_path / "minh-hoa-2024-07-01.csv") == []


def content(path: Path) -> object:
    """What a file holds, whatever packed it."""
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes())
    if path.suffix == ".xlsx":
        return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    return path.read_bytes()


@pytest.mark.slow
def test_the_sample_is_made_by_the_command_in_its_readme(tmp_path: Path) -> None:
    (line,) = [line for line in (SAMPLE / "README.md").read_text().splitlines() if "simulate --" in line]
    command = line.removeprefix("python -m dunghen ").replace("data/sample", str(tmp_path))
    assert cli.main(command.split()) == cli.DONE
    made = sorted(path.name for path in tmp_path.iterdir())
    assert sorted({*made, "README.md", "minh-hoa.toml"}) == sorted(path.name for path in SAMPLE.iterdir())
    for name in made:
        assert content(tmp_path / name) == content(SAMPLE / name), name


def test_the_sample_is_small_and_its_imports_are_there() -> None:
    assert sum(path.stat().st_size for path in SAMPLE.iterdir()) < 5_000_000
    imports = tomllib.loads((SAMPLE / "imports.toml").read_text(encoding="utf-8"))["import"]
    days = [told["as_of"] for told in imports]
    assert days == sorted(days)
    assert days[-1] == date(2026, 10, 31)
    listed = [name for told in imports for name in told["files"]]
    assert sorted(listed) == sorted(path.name for path in SAMPLE.iterdir() if path.name[0].isdigit())


def test_every_current_office_is_in_the_last_exports() -> None:
    """Otherwise the province's figures would end earlier than the sample."""
    departments = json.loads((SAMPLE / "4-cac-so.json").read_bytes())
    communes = (SAMPLE / "5-cac-xa.csv").read_bytes()
    told = {record["DonViXuLy"] for record in departments}
    for office in province.offices():
        if office.kind == "current":
            assert layouts.encoded(f";{office.name};", "cp1258") in communes
        elif not office.ended:
            assert office.portal_code in told


def test_too_many_for_a_sheet_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match=r"1\.000\.000"):
        simulation.simulate(Export(1_000_001, 1), tmp_path, "xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_to_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    command = ["simulate", "--dossiers", "9", "--to", str(tmp_path / "file" / "folder")]
    assert cli.main(command) == cli.UNUSABLE
    assert str(tmp_path / "file") in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong",
    [["--dossiers", "0"], ["--dossiers", "x"], ["--as-of", "2027-01-01"], ["--as-of", "x"], ["--seed", "-1"]],
)
def test_wrong_arguments_exit_2_with_a_sentence(
    wrong: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["simulate", "--dossiers", "5", "--to", str(tmp_path), *wrong])
    assert stopped.value.code == cli.UNUSABLE
    assert wrong[0] in capsys.readouterr().err
