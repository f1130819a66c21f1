"""What a mapping says of all rows is held against the lists before any row is read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dunghen.intake import importing
from dunghen.intake.errors import UnusableError
from dunghen.intake.importing import Job
from dunghen.intake.store import Store
from tests.intake.specimens import small_data

MAPPING = """
name = "cua-toi"
title_vi = "Mẫu"
title_en = "Sample"
record = "{record}"
recognise = ["A"]
date_formats = ["%d/%m/%Y"]
[columns]
{columns}
[constants]
{constants}
"""
DOSSIERS = 'dossier_number = "A"\nstatus = "B"\nreceived_at = "C"\ndue_at = "D"\nfinished_at = "E"'
STATUSES = '[codes.status]\n"Xong" = 10\n'


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_data(tmp_path_factory.mktemp("data"))


def job(folder: Path, data: Path, mapping: str, rows: str, **more: str) -> Job:
    (folder / "cua-toi.toml").write_text(mapping, encoding="utf-8")
    (folder / "a.csv").write_text(rows, encoding="utf-8")
    return Job(
        files=[folder / "a.csv"],
        store=Store(folder / "store"),
        key=b"k" * 32,
        data=data,
        mapping=str(folder / "cua-toi.toml"),
        as_of=dt.date(2026, 10, 31),
        **more,  # type: ignore[arg-type]
    )


def of_dossiers(folder: Path, data: Path, constants: str) -> Job:
    mapping = MAPPING.format(record="dossiers", columns=DOSSIERS, constants=constants) + STATUSES
    return job(folder, data, mapping, "A,B,C,D,E\nM-1,Xong,01/10/2026,15/10/2026,10/10/2026\n")


def test_constants_that_are_in_no_list_are_told_by_file_and_key(data: Path, tmp_path: Path) -> None:
    constants = 'authority = "99999"\nprocedure_code = "9.999999"\nfield_code = "khong-co"'

    with pytest.raises(UnusableError) as refusal:
        importing.preview(of_dossiers(tmp_path, data, constants))

    for language in ("vi", "en"):
        lines = refusal.value.text(language).splitlines()
        assert len(lines) == 3
        assert all("cua-toi.toml" in line for line in lines)
        for line, constant in zip(lines, ("authority", "field_code", "procedure_code"), strict=True):
            assert f"constants.{constant}" in line
        assert "99999" in lines[0]


def test_constants_that_are_in_a_list_are_taken(data: Path, tmp_path: Path) -> None:
    constants = 'authority = "MH.01"\nprocedure_code = "MH.000001"'

    assert importing.preview(of_dossiers(tmp_path, data, constants)).counts.taken == 1


def test_the_office_of_a_form_is_told_by_file_and_key_unless_the_command_names_one(
    data: Path, tmp_path: Path
) -> None:
    constants = 'authority = "99999"'
    mapping = MAPPING.format(record="reports", columns='resolved = "A"', constants=constants)

    with pytest.raises(UnusableError, match=r"cua-toi\.toml, khóa constants\.authority: .*“99999”"):
        importing.preview(job(tmp_path, data, mapping, "A\n12\n"))
    named = job(tmp_path, data, mapping, "A\n12\n", authority_code="MH")
    assert importing.preview(named).counts.taken == 1
