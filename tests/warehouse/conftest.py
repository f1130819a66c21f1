"""A small copy of data/ to spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dunghen.warehouse import build
from tests.warehouse.data_folder import REPORTS, SCORES, Folder, write

DATA = Path(__file__).resolve().parents[2] / "data"
# The places of the worked examples; what they lie in and what became of Đồng Tâm comes along.
WITH_REPORTS = {"25", "296", "11203-2024", "910", "343", "52", "H44.23"}


@pytest.fixture(scope="session")
def small_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """data/ with a few authorities and only their figures: quick to copy and to build. Do not change it."""
    folder = Folder(tmp_path_factory.mktemp("small") / "data")
    shutil.copytree(DATA, folder.path, ignore=shutil.ignore_patterns("*.duckdb*", "*.py", "store", "sample"))
    registry = {row["authority_code"]: row for row in folder.rows("registry/authorities.csv")}
    registry |= {row["authority_code"]: row for row in folder.rows("registry/others.csv")}
    kept = {*WITH_REPORTS, "11203", "11203-2025"}
    while more := {registry[code]["parent_code"] for code in kept} - kept - {""}:
        kept |= more
    for name in (
        *("registry/authorities.csv", "registry/others.csv", "registry/other_names.csv"),
        *("registry/other_names_by_hand.csv", "registry/portal_codes.csv", "registry/boundary_changes.csv"),
        *(REPORTS, "published/indicators.csv", SCORES, "targets.csv", "statements.csv"),
    ):
        folder.keep(name, lambda row: row["authority_code"] in kept)
    folder.keep("registry/successors.csv", lambda row: {row["authority_code"], row["successor_code"]} <= kept)
    folder.keep("registry/listings.csv", lambda row: row["authority_code"] in kept)
    for name in ("registry/illustrative.csv", "registry/illustrative_successors.csv"):
        folder.keep(name, lambda _: False)
    reports = {"", *(row["report_id"] for row in folder.rows(REPORTS))}
    folder.keep(
        "published/oddities.csv",
        lambda row: row["authority_code"] in {"", *kept} and row["report_id"] in reports,
    )
    _count_listings(folder, {code: row["level"] for code, row in registry.items()})
    return folder.path


def _count_listings(folder: Folder, levels: dict[str, str]) -> None:
    listings = folder.rows("registry/listings.csv")
    generations = folder.rows("registry/generations.csv")
    for generation in generations:
        listed = [
            levels[row["authority_code"]] for row in listings if row["generation"] == generation["generation"]
        ]
        for level in ("province", "district", "commune"):
            generation[f"{level}_count"] = str(listed.count(level))
    write(folder.path / "registry/generations.csv", generations, generations[0])


@pytest.fixture(scope="session")
def small_published(small_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published file of the small data folder. Copy it, do not change it."""
    path = tmp_path_factory.mktemp("built") / "small.duckdb"
    build(path, small_data)
    return path


@pytest.fixture
def folder(small_data: Path, tmp_path: Path) -> Folder:
    """A copy of the small data folder, to change."""
    return Folder(Path(shutil.copytree(small_data, tmp_path / "data")))
