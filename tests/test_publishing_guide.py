"""docs/publishing.md, run as it stands: from an export to figures that can be asked for, and back."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[1]
ENGLISH, VIETNAMESE = ("publishing.md", "cong-bo.md")


def blocks(guide: str = ENGLISH) -> list[str]:
    text = (ROOT / "docs" / guide).read_text(encoding="utf-8")
    return re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def test_both_languages_give_the_same_commands() -> None:
    english, vietnamese = (
        [re.sub(r"^# .*\n", "", block, flags=re.MULTILINE) for block in blocks(guide)]
        for guide in (ENGLISH, VIETNAMESE)
    )
    assert len(english) == 5
    assert vietnamese == english


def test_both_languages_have_the_same_sections() -> None:
    levels = [
        re.findall(r"^(#+) ", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE), re.MULTILINE)
        for text in ((ROOT / "docs" / guide).read_text(encoding="utf-8") for guide in (ENGLISH, VIETNAMESE))
    ]
    assert levels[0].count("##") > 5
    assert levels[1] == levels[0]


def run(script: str, folder: Path) -> str:
    """Runs a block of the guide with the store, the database and the exports in `folder`; what it said."""
    script = script.replace(".venv/bin/python", sys.executable).replace("make run", "true")
    script = re.sub(r" (exports\b|danh-muc\.csv|ho-so\.csv)", rf" {folder}/\1", script)
    done = subprocess.run(
        ["bash", "-euc", script],
        cwd=ROOT,
        env=os.environ
        | {"DUNGHEN_STORE": str(folder / "store"), "DUNGHEN_DATABASE": str(folder / "published.duckdb")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def received(folder: Path) -> int:
    """How many dossiers of Tỉnh Minh Họa the published file counts in all its months."""
    with duckdb.connect(str(folder / "published.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "SELECT sum(received_online + received_in_person + received_postal) FROM flow "
            "WHERE authority_code = 'MH' AND coverage = 'area'"
        ).fetchone()
    return int(found[0]) if found else 0


@pytest.mark.slow
def test_the_five_commands_and_the_way_back_do_what_the_guide_says(
    sample_taken_in: Path, tmp_path: Path
) -> None:
    shutil.copytree(sample_taken_in, tmp_path / "store" / "sample")
    five, _, back = blocks()[:3]
    assert len(re.findall(r"^# \d\. ", five, re.MULTILINE)) == 5

    said = run(five.replace("--dossiers 20000", "--dossiers 2000"), tmp_path)
    assert "Chạy thử" in said
    assert 1_500 < received(tmp_path) < 2_000

    undone = run(back, tmp_path)
    assert "Đã bỏ lần nhập 0001" in undone
    assert received(tmp_path) > 8_000, "without the import the sample of data/ is shown again"


@pytest.mark.slow
def test_a_real_office_brings_its_list_and_then_its_dossiers(
    sample_taken_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(sample_taken_in, tmp_path / "store" / "sample")
    first = blocks()[1]
    (tmp_path / "danh-muc.csv").write_text(
        "Mã thủ tục,Tên thủ tục,Lĩnh vực\n9.000001,Thủ tục thử,Thử nghiệm mẫu\n", encoding="utf-8"
    )
    rows = [
        f"A-{number},9.000001,01/10/2026 08:00,15/10/2026 17:00,10/10/2026 09:00,Đã trả kết quả,Sở Y tế"
        for number in range(30)
    ]
    headings = "Số hồ sơ,Mã thủ tục,Ngày tiếp nhận,Ngày hẹn trả,Ngày kết thúc xử lý,Trạng thái,Đơn vị xử lý"
    (tmp_path / "ho-so.csv").write_text("\n".join([headings, *rows]) + "\n", encoding="utf-8")
    monkeypatch.setenv("DUNGHEN_KEY", "0123456789abcdef" * 4)

    said = run(first, tmp_path)

    assert said.count("thủ tục: 1 mục mới, 0 mục đổi, 0 mục đã có.") == 2
    assert "lưu thành danh mục 0001" in said
    assert "Đọc 30 dòng: nhận 30, loại 0, lặp lại 0." in said
    with duckdb.connect(str(tmp_path / "published.duckdb"), read_only=True) as connection:
        named = "SELECT procedure_name_vi FROM procedure WHERE procedure_code = '9.000001'"
        assert connection.execute(named).fetchall() == [("Thủ tục thử",)]
        listed = "SELECT title FROM source WHERE source_id = 'danh-muc-0001'"
        assert "công bố danh mục" in connection.execute(listed).fetchall()[0][0]
