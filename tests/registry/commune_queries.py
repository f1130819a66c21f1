"""What a visitor would type for every commune: its name without accents, and its place where needed.

`python -m tests.registry.commune_queries` draws `search_sample.csv` anew: 500 of these queries, as many of
each kind and generation as there are to be had.
"""

from __future__ import annotations

import csv
import random
import string
import sys
import unicodedata
from collections import defaultdict
from itertools import chain, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from tests.registry.registry_files import Row, bodies, province_of

if TYPE_CHECKING:
    from collections.abc import Iterable

SAMPLE = Path(__file__).with_name("search_sample.csv")
SAMPLE_SIZE = 500
SAMPLE_SEED = 20250701


def without_accents(text: str) -> str:
    """The text in small letters of an English keyboard: "Đồng Tâm" gives "dong tam"."""
    parts = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(part for part in parts if not unicodedata.combining(part))


def _candidates(row: Row) -> list[str]:
    """Queries for one body, shortest first: name, name and parent, name and parent and province."""
    parent, province = bodies()[row["parent_code"]], province_of(row)
    places = [parent] if parent is province or province is None else [parent, province]
    names = [without_accents(body["short_name"]) for body in (row, *places)]
    return [" ".join(names[:length]) for length in range(1, len(names) + 1)]


def commune_queries() -> list[tuple[str, str]]:
    """(query, authority_code) of every current and former commune, by code.

    Parent and province follow the name only while another body would be meant as well; a few queries stay
    ambiguous because one place had several bodies of that name.
    """
    meant: dict[str, set[str]] = defaultdict(set)
    within_provinces = [row for row in bodies().values() if province_of(row)]
    for row in within_provinces:
        for query in _candidates(row):
            meant[query].add(row["authority_code"])
    communes = sorted(row["authority_code"] for row in within_provinces if row["level"] == "commune")
    return [(_shortest(_candidates(bodies()[code]), meant), code) for code in communes]


def _shortest(candidates: Iterable[str], meant: dict[str, set[str]]) -> str:
    query = ""
    for query in candidates:
        if len(meant[query]) == 1:
            break
    return query


def with_one_slip(query: str, chance: random.Random) -> str:
    """The query with one letter left out, doubled up with another, changed, or swapped with its neighbour."""
    at = chance.randrange(len(query))
    letter = chance.choice(string.ascii_lowercase)
    slip = chance.choice(("out", "in", "changed", "swapped"))
    if slip == "out":
        return query[:at] + query[at + 1 :]
    if slip == "in":
        return query[:at] + letter + query[at:]
    if slip == "changed" or at + 1 == len(query):
        return query[:at] + letter + query[at + 1 :]
    return query[:at] + query[at + 1] + query[at] + query[at + 2 :]


def draw_sample() -> list[tuple[str, str]]:
    """SAMPLE_SIZE queries, taken in turn from every pair of kind and last year listed; by code."""
    strata: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for query, code in commune_queries():
        row = bodies()[code]
        strata[row["authority_kind"], row["valid_to"][:4]].append((query, code))
    chance = random.Random(SAMPLE_SEED)  # noqa: S311 - a sample, no secret
    shuffled = [chance.sample(stratum, len(stratum)) for _, stratum in sorted(strata.items())]
    in_turn = [drawn for drawn in chain.from_iterable(zip_longest(*shuffled)) if drawn]
    return sorted(in_turn[:SAMPLE_SIZE], key=lambda drawn: drawn[1])


def main() -> int:
    """Write the sample."""
    with SAMPLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("query", "authority_code"), *draw_sample()])
    return 0


if __name__ == "__main__":
    sys.exit(main())
