"""Which files the published file is made of, and one hash over all of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WAREHOUSE = Path(__file__).resolve().parent
CHECKS = ROOT / "queries" / "checks"

# Table → the file that fills it, in the order in which keys demand it. `authority` is put together
# from several files by authority.sql, right after `generation`.
TABLE_FILES: tuple[tuple[str, str], ...] = (
    ("generation", "registry/generations.csv"),
    ("authority_other_name", "registry/other_names.csv"),
    ("authority_other_name", "registry/other_names_by_hand.csv"),
    ("authority_portal_code", "registry/portal_codes.csv"),
    ("listing", "registry/listings.csv"),
    ("successor", "registry/successors.csv"),
    ("successor", "registry/illustrative_successors.csv"),
    ("boundary_change", "registry/boundary_changes.csv"),
    ("source", "published/sources.csv"),
    ("field", "reference/fields.csv"),
    ("procedure", "reference/procedures.csv"),
    ("report", "published/reports.csv"),
    ("indicator_kind", "published/indicator_kinds.csv"),
    ("indicator", "published/indicators.csv"),
    ("target", "targets.csv"),
    ("oddity", "published/oddities.csv"),
    ("statement", "statements.csv"),
    ("status_code", "published/status_codes.csv"),
    ("index_kind", "indices/indices.csv"),
    ("index_edition", "indices/editions.csv"),
    ("criterion", "indices/criteria.csv"),
    ("score", "indices/scores.csv"),
    ("grade", "indices/grades.csv"),
)
AUTHORITY_FILES: dict[str, str] = {
    "authorities": "registry/authorities.csv",
    "others": "registry/others.csv",
    "illustrative": "registry/illustrative.csv",
    "portal_codes": "registry/portal_codes.csv",
}
# Tables of public roll-ups of dossiers, each filled from a Parquet file of its name, in the order of keys.
ROLLUP_TABLES: tuple[str, ...] = (
    "dossier_source",
    "flow",
    "stock",
    "breakdown",
    "distribution",
    "overdue_age",
    "intake",
    "quarantine_reason",
)
# The views of schema.sql that the published file keeps as tables, in the order in which they build on one
# another: their definitions stay the only ones, asking them costs nothing.
KEPT_VIEWS: tuple[str, ...] = (
    "horizon",
    "beginning",
    "dossier_period",
    "counts",
    "reconciliation",
    "remainder",
    "rate",
    "headline",
    "comparable",
    "figures_of_authority",
)


def input_files(data: Path) -> list[Path]:
    """Every file that shapes the published file, in a fixed order; missing ones included."""
    figures = [data / name for name in (*AUTHORITY_FILES.values(), *(name for _, name in TABLE_FILES))]
    code = [*sorted(WAREHOUSE.glob("*.py")), *sorted(WAREHOUSE.glob("*.sql"))]
    return [*figures, *code, *sorted(CHECKS.glob("*.sql"))]


def hash_of_inputs(data: Path) -> str:
    """SHA-256 (hex) over the names and bytes of all inputs.

    The same files give the same hash, whatever their times and wherever the checkout lies.
    """
    digest = hashlib.sha256()
    for path in input_files(data):
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes() if path.exists() else b"missing").digest())
    return digest.hexdigest()
