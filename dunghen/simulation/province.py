"""Tỉnh Minh Họa: its offices, its procedures and what is handed in where (minh_hoa.toml, data/)."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

DATA = Path(__file__).resolve().parents[2] / "data"
SETTINGS = Path(__file__).resolve().parent / "minh_hoa.toml"

Promise = Literal["end", "hour", "date"]


@dataclass(frozen=True)
class Office:
    """An office that takes dossiers in, and its ways."""

    code: str
    portal_code: str
    name: str
    kind: str  # "former", "district", "current" or the code of a department
    weight: float
    lateness: float
    last_day: float
    promise: Promise
    broken_promises: float

    @property
    def ended(self) -> bool:
        """Whether the office ended with the districts."""
        return self.kind in {"former", "district"}


@dataclass(frozen=True)
class Procedure:
    """A procedure with its promise in working days and the log-odds it adds."""

    code: str
    name: str
    field_code: str
    field_name: str
    at: frozenset[str]
    days: int
    weight: float
    lateness: float
    supplements: float
    online: float
    fee: bool
    undated: bool


@dataclass(frozen=True)
class Counter:
    """The pairs of office and procedure that are open in one era, with their cumulative shares."""

    office: NDArray[np.int64]
    procedure: NDArray[np.int64]
    cumulative: NDArray[np.float64]


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _settings() -> dict[str, Any]:
    return tomllib.loads(SETTINGS.read_text(encoding="utf-8"))


@cache
def offices() -> tuple[Office, ...]:
    """Every office of minh_hoa.toml, in its order; names and portal codes are the registry's."""
    registry = {row["authority_code"]: row for row in _rows("registry/illustrative.csv")}
    standard = _settings()["office"]
    return tuple(
        Office(
            code=code,
            portal_code=registry[code]["portal_code"],
            name=registry[code]["authority_name"],
            kind=_kind(registry[code]),
            **standard | ways,
        )
        for code, ways in _settings()["offices"].items()
    )


def _kind(row: dict[str, str]) -> str:
    if row["level"] == "commune":
        return "former" if row["valid_to"] else "current"
    return row["level"] if row["level"] == "district" else row["authority_code"]


@cache
def procedures() -> tuple[Procedure, ...]:
    """Every procedure of minh_hoa.toml, in its order; names and fields are those of the reference lists."""
    listed = {row["procedure_code"]: row for row in _rows("reference/procedures.csv")}
    fields = {row["field"]: row["field_name_vi"] for row in _rows("reference/fields.csv")}
    codes = {row["field"]: row["field_code"] for row in _rows("reference/field_codes.csv")}
    return tuple(
        Procedure(
            name=listed[told["code"]]["procedure_name_vi"],
            field_code=codes[listed[told["code"]]["field"]],
            field_name=fields[listed[told["code"]]["field"]],
            **{"fee": False, "undated": False} | told | {"at": frozenset(told["at"])},
        )
        for told in _settings()["procedures"]
    )


@cache
def counter(*, of_districts: bool) -> Counter:
    """What is handed in where: until the districts ended, or since."""
    pairs = [
        (o, p, office.weight * procedure.weight / _load(office.kind))
        for o, office in enumerate(offices())
        for p, procedure in enumerate(procedures())
        if office.kind in procedure.at and (office.kind != "current" if of_districts else not office.ended)
    ]
    shares = np.array([weight for _, _, weight in pairs])
    return Counter(
        np.array([o for o, _, _ in pairs]),
        np.array([p for _, p, _ in pairs]),
        np.cumsum(shares) / shares.sum(),
    )


@cache
def _load(kind: str) -> float:
    """The weight of everything that an office of a kind does: offices are compared by their own weight."""
    return sum(procedure.weight for procedure in procedures() if kind in procedure.at)
