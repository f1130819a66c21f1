"""`import`, `imports` and `undo` at the command line: what they say, in which language, and how they exit."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from dunghen import cli, publishing
from dunghen.words.intake import tell
from tests.intake.specimens import form_rows
from tests.intake.test_importing import GOOD, MANY, export, row

DAY = ["--as-of", "2026-10-31"]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DUNGHEN_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("DUNGHEN_KEY", "0123456789abcdef" * 4)
    monkeypatch.setenv("DUNGHEN_DATABASE", str(tmp_path / "dunghen.duckdb"))
    return tmp_path / "store"


@pytest.fixture
def unpublished(store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of which nothing is published, which takes seconds, but said to be."""
    monkeypatch.setattr(publishing, "publish", lambda *_, **__: "s")
    return store


@pytest.mark.slow
def test_an_import_is_told_listed_and_undone(
    store: Path, sample_taken_in: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(sample_taken_in, store / "sample")
    file = str(export(tmp_path / "thang-10.csv", [*MANY, row(DonViXuLy="MH.99")]))

    assert cli.main(["import", file, *DAY, "--lang", "en"]) == cli.DONE
    told = capsys.readouterr().out
    assert "101 rows read: 100 loaded, 1 quarantined, 0 repeated." in told
    assert "1 row left out, authority: authority not in the register" in told
    assert str(store / "imports/0001/quarantine.csv") in told

    assert cli.main(["import", file, *DAY]) == cli.DONE
    assert "không có gì thay đổi" in capsys.readouterr().out
    assert cli.main(["imports"]) == cli.DONE
    assert "thang-10.csv" in capsys.readouterr().out
    assert cli.main(["undo", "1"]) == cli.DONE
    assert "0001" in capsys.readouterr().out
    assert cli.main(["imports", "--lang", "en"]) == cli.DONE
    assert "no imports yet" in capsys.readouterr().out
    assert cli.main(["undo", "1"]) == cli.UNUSABLE


def test_a_dry_run_shows_columns_and_first_rows_and_needs_no_key(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DUNGHEN_KEY")
    file = str(export(tmp_path / "a.csv", MANY))

    assert cli.main(["import", file, *DAY, "--dry-run"]) == cli.DONE

    told = capsys.readouterr().out
    assert "đơn vị ← DonViXuLy" in told
    assert "MH-01" in told
    assert "01/10/2026 08:00" in told
    assert "Đọc 100 dòng" in told
    assert MANY[0]["MaHoSo"] not in told
    assert GOOD["ChuHoSo"] not in told
    assert not store.exists()


@pytest.mark.slow
def test_a_dry_run_says_what_the_import_would_be_refused_for(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(export(tmp_path / "a.csv", [*MANY[:9], row(DonViXuLy="MH.99")]))

    assert cli.main(["import", file, *DAY, "--dry-run"]) == cli.REFUSED
    shown = capsys.readouterr().out.splitlines()
    assert cli.main(["import", file, *DAY]) == cli.REFUSED
    refused = [line for line in capsys.readouterr().err.splitlines() if not line.endswith("mỗi giây")]

    assert shown[-len(refused) - 1 :] == ["Nếu nhập thật, lần nhập này sẽ bị từ chối:", *refused]
    assert cli.main(["import", file, *DAY, "--dry-run", "--accept-rejects"]) == cli.DONE
    assert "bị từ chối" not in capsys.readouterr().out


@pytest.mark.slow
def test_a_dry_run_of_no_rows_ends_as_the_import_does(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["import", str(export(tmp_path / "a.csv", [])), *DAY, "--dry-run"]) == cli.UNUSABLE
    assert "không có dòng dữ liệu nào" in capsys.readouterr().out


@pytest.mark.slow
def test_a_dry_run_tells_statuses_in_words_and_no_line_of_headings_in_json(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.json").write_text(json.dumps(MANY), encoding="utf-8")
    for language, status, headings in (
        ("vi", "Đã trả kết quả", "a.json: tên trường ghi trong từng bản ghi"),
        ("en", "result returned", "a.json: each record names its fields"),
    ):
        command = ["import", str(tmp_path / "a.json"), *DAY, "--dry-run", "--lang", language]
        assert cli.main(command) == cli.DONE
        told = capsys.readouterr().out
        assert status in told
        assert headings in told.splitlines()


@pytest.mark.slow
def test_a_dry_run_tells_how_many_lines_were_passed_over(
    unpublished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    total = dict.fromkeys(GOOD, "") | {"DonViXuLy": "Tổng cộng"}
    file = str(export(tmp_path / "a.csv", [*MANY, total]))
    told = "1 dòng tổng, dòng ký tên hoặc dòng tiêu đề lặp lại được bỏ qua."

    assert cli.main(["import", file, *DAY, "--dry-run"]) == cli.DONE
    assert told in capsys.readouterr().out.splitlines()
    assert cli.main(["import", file, *DAY]) == cli.DONE
    assert told in capsys.readouterr().out.splitlines()
    assert cli.main(["import", str(export(tmp_path / "b.csv", MANY)), *DAY, "--dry-run"]) == cli.DONE
    assert "bỏ qua" not in capsys.readouterr().out


@pytest.mark.slow
def test_a_dry_run_of_a_form_needs_no_source_yet(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bieu.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(form_rows())

    assert cli.main(["import", str(file), "--dry-run"]) == cli.DONE
    assert "Khi nhập thật cần thêm --source MÃ" in capsys.readouterr().out
    assert cli.main(["import", str(file)]) == cli.UNUSABLE
    assert "--source" in capsys.readouterr().err
    assert cli.main(["import", str(file), "--dry-run", "--source", "minh-hoa"]) == cli.DONE
    assert "Khi nhập thật" not in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize("signed", [True, False])
def test_a_form_is_told_with_its_last_day_and_each_row_passed_over_once(
    signed: bool,
    unpublished: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "bieu.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(form_rows() if signed else form_rows()[:-1])
    command = ["import", str(file), "--source", "minh-hoa"]

    for more in (["--dry-run"], []):
        assert cli.main([*command, *more]) == cli.DONE
        told = capsys.readouterr().out
        assert told.count("bỏ qua") == signed
        assert "Số liệu đến ngày 30/09/2026" in told
    assert cli.main(["imports", "--lang", "en"]) == cli.DONE
    assert "figures to 30 Sept 2026" in capsys.readouterr().out


def test_a_source_that_is_not_known_is_not_to_be_left_out(
    unpublished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bieu.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(form_rows())

    assert cli.main(["import", str(file), "--source", "nope", "--lang", "en"]) == cli.UNUSABLE
    told = capsys.readouterr().err
    assert "no source “nope”" in told
    assert "leave out" not in told


def test_a_dry_run_writes_the_list_of_rejected_rows_if_asked(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(export(tmp_path / "a.csv", [*MANY, row(DonViXuLy="MH.99")]))
    rejects = tmp_path / "rejects.csv"

    assert cli.main(["import", file, *DAY, "--dry-run", "--rejects", str(rejects)]) == cli.DONE

    assert "a.csv,,102,DonViXuLy,unknown_authority" in rejects.read_text(encoding="utf-8-sig")
    assert str(rejects) in capsys.readouterr().out
    assert not store.exists()


@pytest.mark.slow
def test_the_list_of_rejected_rows_is_written_for_a_repeated_import_too(
    unpublished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(export(tmp_path / "a.csv", [*MANY, row(DonViXuLy="MH.99")]))
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    assert cli.main(["import", file, *DAY, "--rejects", str(first)]) == cli.DONE
    assert f"(tệp, dòng, cột, lý do): {first}" in capsys.readouterr().out

    assert cli.main(["import", file, *DAY, "--rejects", str(second)]) == cli.DONE

    told = capsys.readouterr().out
    assert "không có gì thay đổi" in told
    assert f"Danh sách các dòng bị loại khi đó (tệp, dòng, cột, lý do): {second}" in told
    assert second.read_bytes() == first.read_bytes()
    assert "unknown_authority" in second.read_text(encoding="utf-8-sig")


@pytest.mark.slow
def test_a_list_without_rejected_rows_is_said_to_be_empty(
    unpublished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, rejects = str(export(tmp_path / "a.csv", MANY)), tmp_path / "rejects.csv"
    command = ["import", file, *DAY, "--rejects", str(rejects), "--lang", "en"]
    for _ in ("new", "repeated"):
        assert cli.main(command) == cli.DONE
        assert f"No rows were left out: {rejects} has headings only." in capsys.readouterr().out
    assert rejects.read_text(encoding="utf-8-sig").startswith("file,sheet,line")


@pytest.mark.slow
def test_numbers_and_days_are_written_as_the_language_writes_them(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    many = [row(MaHoSo=f"M-{number}") for number in range(1234)]
    file = str(export(tmp_path / "a.csv", many))

    for language, words in (("vi", ("1.234 dòng", "31/10/2026")), ("en", ("1,234 rows", "31 Oct 2026"))):
        assert cli.main(["import", file, *DAY, "--dry-run", "--lang", language]) == cli.DONE
        told = capsys.readouterr()
        assert all(one in told.out for one in words), told.out
        assert words[0] in told.err


@pytest.mark.slow
def test_columns_of_a_form_are_named_in_words(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bieu.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(form_rows())

    assert cli.main(["import", str(file), "--source", "minh-hoa", "--dry-run"]) == cli.DONE

    told = capsys.readouterr().out
    assert "tiếp nhận trực tuyến ←" in told
    assert "received_online" not in told


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["no-such.csv", *DAY], "no-such.csv"),
        (["a.csv"], "--as-of"),
        (["a.csv", *DAY, "--mapping", "no-such"], "no-such"),
        (["a.csv", *DAY, "--source", "no-such"], "no-such"),
        (["a.csv", *DAY, "--complete-for", "no-such"], "no-such"),
        (["a.csv", "--as-of", "2027-10-31"], "31/10/2027"),
    ],
)
def test_what_cannot_be_used_exits_2_in_words(
    arguments: list[str], words: str, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export(store.parent / "a.csv", MANY)
    arguments[0] = str(store.parent / arguments[0])

    assert cli.main(["import", *arguments]) == cli.UNUSABLE

    told = capsys.readouterr()
    assert words in told.err
    assert "Traceback" not in told.err
    assert not list(store.glob("imports/*"))


def test_options_that_mean_nothing_for_dossiers_are_refused_by_name(
    unpublished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(export(tmp_path / "a.csv", MANY))
    wrong = ["--authority", "MH", "--from", "2026-01-01", "--to", "2026-10-31", "--coverage", "own"]

    for command in (["import", file, *DAY, *wrong], ["import", file, *DAY, *wrong, "--dry-run"]):
        assert cli.main(command) == cli.UNUSABLE
        first, *others = capsys.readouterr().err.splitlines()
        assert "đọc hồ sơ" in first
        assert others == [
            f"– {option}: {tell(f'help.{option[2:]}')}"
            for option in ("--authority", "--from", "--to", "--coverage")
        ]
    assert not list(unpublished.glob("imports/*"))


def test_options_that_mean_nothing_for_forms_are_refused_by_name(
    unpublished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bieu.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(form_rows())
    command = ["import", str(file), "--source", "minh-hoa", "--lang", "en"]

    assert cli.main([*command, "--complete-for", "MH"]) == cli.UNUSABLE
    assert "\n– --complete-for: the dossiers of this authority" in capsys.readouterr().err
    assert cli.main([*command, "--to", "2026-11-23", "--dry-run"]) == cli.UNUSABLE
    assert "23 Nov 2026" in capsys.readouterr().err


@pytest.mark.slow
def test_which_file_of_the_command_a_number_means_is_said_before_anything_else(
    unpublished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = export(tmp_path / "thang-10.csv", MANY)
    second = export(tmp_path / "nguyen-van-mau.csv", [row(MaHoSo="A-1", DonViXuLy="MH.99")])
    rejects = tmp_path / "rejects.csv"
    assert cli.main(["import", str(first), str(second), *DAY, "--rejects", str(rejects)]) == cli.DONE
    told = capsys.readouterr()
    assert told.err.startswith("Tệp thứ 2 trong lệnh được gọi là “tệp 2”: tên của nó không được ghi")
    assert "nguyen" not in told.out + told.err
    assert "\ntệp 2 | file 2,,2,DonViXuLy," in rejects.read_text(encoding="utf-8-sig").replace("\r", "")

    second.write_bytes(b"")
    assert cli.main(["import", str(second), *DAY, "--lang", "en"]) == cli.UNUSABLE
    explained, refused = capsys.readouterr().err.splitlines()
    assert explained.startswith("Number 1 of the files in the command is called “file 1”")
    assert refused.startswith("The file 1 is empty")


def test_without_a_key_it_says_how_to_make_one(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DUNGHEN_KEY")

    assert cli.main(["import", str(export(tmp_path / "a.csv", MANY)), *DAY]) == cli.UNUSABLE
    assert "secrets.token_hex(32)" in capsys.readouterr().err


@pytest.mark.slow
def test_too_many_rejects_exit_1(
    unpublished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(export(tmp_path / "a.csv", [GOOD, row(MaHoSo="A-1", DonViXuLy="MH.99")]))

    rejects = str(tmp_path / "rejects.csv")
    assert cli.main(["import", file, *DAY, "--lang", "en", "--rejects", rejects]) == cli.REFUSED
    told = capsys.readouterr().err
    assert "50.0%" in told
    assert told.endswith(f"(file, line, column, reason): {rejects}\n")
    assert cli.main(["import", file, *DAY, "--accept-rejects"]) == cli.DONE


def test_a_day_that_is_none_exits_2(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["import", "a.csv", "--as-of", "31.10.26"])
    assert stopped.value.code == cli.UNUSABLE
    told = capsys.readouterr().err
    assert "NGÀY/THÁNG/NĂM" in told
    assert "YYYY-MM-DD" not in told


@pytest.mark.slow
def test_a_day_may_be_written_as_people_do(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(export(tmp_path / "a.csv", MANY))
    assert cli.main(["import", file, "--as-of", "31/10/2026", "--dry-run"]) == cli.DONE
    told = capsys.readouterr().out
    assert "Số liệu đến ngày 31/10/2026" in told
    assert "chưa so với những gì đã nhập" in told


@pytest.mark.slow
def test_a_day_before_the_dossiers_is_doubted_not_the_file(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(export(tmp_path / "a.csv", MANY))

    assert cli.main(["import", file, "--as-of", "2026-09-15"]) == cli.REFUSED
    told = capsys.readouterr().err
    assert "sau ngày của số liệu (15/09/2026): có lẽ ngày đó" in told
    assert "--accept-rejects" not in told
    assert cli.main(["import", file, "--as-of", "2026-09-15", "--dry-run"]) == cli.REFUSED
    assert "có lẽ ngày đó" in capsys.readouterr().out
