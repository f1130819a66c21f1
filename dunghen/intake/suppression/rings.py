"""Rings: the bodies whose counts add up, from the tree of authorities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dunghen.intake.suppression.exchanges import Ring

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dunghen.intake.suppression.exchanges import Flags, Numbers


def rings_of(bodies: Mapping[str, Any], mine: Numbers, parents: dict[str, str]) -> list[Ring]:
    """The bodies of a block by what adds up: an area with its own office and what lies directly below it."""
    place = {(bodies["authority_code"][b], bodies["coverage"][b]): n for n, b in enumerate(mine)}
    codes = {code for code, _ in place}
    rings = []
    for code in sorted(codes):
        if (code, "area") in place:
            below = sorted(child for child, parent in parents.items() if parent == code and child in codes)
            members = [[place[code, "own"]]] if (code, "own") in place else []
            members += [_down(child, place, parents) for child in below]
            up = [place[one, "area"] for one in _up(code, parents) if (one, "area") in place]
            rings.append(_ring([*members, up], is_free=not members))
        elif (parents.get(code), "area") not in place:
            rings.append(_ring([[place[code, "own"]]], is_free=True))
    return rings


def _ring(members: list[list[int]], *, is_free: bool) -> Ring:
    starts = np.cumsum([0, *(len(one) for one in members)])
    against = np.array([not is_free and nth == len(members) - 1 for nth in range(len(members))])
    return Ring(np.concatenate(members).astype(np.int64), starts, against, is_free)


def _down(code: str, place: Mapping[tuple[str, str], int], parents: dict[str, str]) -> list[int]:
    """An authority and, below its area, offices one below the other that change with it."""
    if (code, "area") not in place:
        return [place[code, "own"]]
    if (code, "own") in place:
        return [place[code, "area"], place[code, "own"]]
    below = sorted(child for child, parent in parents.items() if parent == code)
    child = next(child for child in below if {(child, "own"), (child, "area")} & place.keys())
    return [place[code, "area"], *_down(child, place, parents)]


def _up(code: str | None, parents: dict[str, str]) -> Iterator[str]:
    while code:
        yield code
        code = parents.get(code)


def spread(lone: Flags, rings: list[Ring], known: Flags) -> None:
    """Marks the parts of areas that are told because they are told of every office."""
    for ring in rings:
        heads = ring.bodies[ring.starts[:-1]]
        members, area = heads[~ring.against], heads[ring.against]
        lone[area] |= (lone[members] | ~known[members]).all(axis=0)
