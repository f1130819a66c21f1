"""The registry's CSV files as rows and as search entries, for tests and benchmarks."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

from dunghen.search import SearchEntry

REGISTRY = Path(__file__).resolve().parents[2] / "data" / "registry"

Row = dict[str, str]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of one file of data/registry, in its order."""
    with (REGISTRY / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def bodies() -> dict[str, Row]:
    """authority_code to its row, other authorities (departments, regions, groups) included."""
    return {row["authority_code"]: row for name in ("authorities", "others") for row in rows(name)}


def province_of(row: Row) -> Row | None:
    """The province a body is or lies in; None for the nation, regions and ministries."""
    found: Row | None = row
    while found is not None and found["level"] != "province":
        found = bodies().get(found["parent_code"])
    return found


def search_entries(with_figures: frozenset[str] = frozenset()) -> list[SearchEntry]:
    """Every authority as search takes it; those named `with_figures` count as having figures."""
    other_names: dict[str, list[str]] = defaultdict(list)
    for name, column in (
        ("other_names", "other_name"),
        ("other_names_by_hand", "other_name"),
        ("portal_codes", "portal_code"),
    ):
        for row in rows(name):
            other_names[row["authority_code"]].append(row[column])
    return [
        _entry(row, tuple(other_names[code]), has_figures=code in with_figures)
        for code, row in bodies().items()
    ]


def _entry(row: Row, other_names: tuple[str, ...], *, has_figures: bool) -> SearchEntry:
    parent = bodies().get(row["parent_code"])
    province = province_of(row)
    return SearchEntry(
        authority_code=row["authority_code"],
        authority_name=row["authority_name"],
        short_name=row["short_name"],
        level=row["level"],
        authority_kind=row["authority_kind"],
        parent_code=row["parent_code"] or None,
        parent_name=parent["authority_name"] if parent else None,
        province_code=province["authority_code"] if province else None,
        province_name=province["authority_name"] if province else None,
        era="former" if row["valid_to"] else "current",
        has_figures=has_figures,
        other_names=other_names,
    )
