"""The strip of the wall: one mark per rate, at its place, apart from the others, in shape and colour."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from dunghen.figures.look import BAND_COLOURS
from dunghen.figures.screen import NARROW, TALL, WIDE, Size, strip

SVG = "{http://www.w3.org/2000/svg}"


def row(rate: float | None, band: str | None = "as_expected", code: str = "A") -> dict[str, Any]:
    return {"authority_code": code, "rate": rate, "band": band}


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own picture


def marks(svg: str) -> list[tuple[float, float, str]]:
    """x, y and colour of every mark, from left to right."""
    found = []
    for path in parsed(svg).iter(f"{SVG}path"):
        place = re.match(r"translate\(([\d.]+) ([\d.]+)\)", path.get("transform", ""))
        if place:
            found.append((float(place[1]), float(place[2]), str(path.get("stroke"))))
    return found


def labels(svg: str) -> list[str]:
    return [str(text.text) for text in parsed(svg).iter(f"{SVG}text")]


def test_every_rate_has_a_mark_in_its_bands_colour_at_its_place() -> None:
    svg = strip([row(0.80, "clearly_below"), row(None, None), row(0.90)], 0.95, "vi", WIDE)

    (low, _, low_colour), (high, _, high_colour) = marks(svg)

    assert low < high
    assert low_colour == BAND_COLOURS["dark"]["clearly_below"]
    assert high_colour == BAND_COLOURS["dark"]["as_expected"]


def test_the_axis_names_its_ends_and_the_reference_and_does_not_begin_at_nought() -> None:
    svg = strip([row(0.803), row(0.989)], 0.95, "vi", WIDE)

    assert labels(svg) == ["80%", "85%", "90%", "95%", "100%", "95%"]


@pytest.mark.parametrize("size", [WIDE, TALL, NARROW])
def test_marks_of_one_rate_stand_apart_and_inside_the_picture(size: Size) -> None:
    svg = strip([row(0.9), row(0.9), row(0.9), row(0.97)], 0.95, "vi", size)

    places = marks(svg)
    assert len({(x, y) for x, y, _ in places}) == 4
    assert all(0 < x < size.width and 0 < y < size.height for x, y, _ in places)


def test_one_authority_can_be_marked_with_a_ring() -> None:
    plain = strip([row(0.9, code="A"), row(0.8, code="B")], 0.95, "vi", WIDE)
    ringed = strip([row(0.9, code="A"), row(0.8, code="B")], 0.95, "vi", WIDE, marked="B")

    (ring,) = parsed(ringed).iter(f"{SVG}circle")
    assert "<circle" not in plain
    assert float(str(ring.get("cx"))) == marks(ringed)[0][0]


def test_rates_that_are_all_the_same_still_have_an_axis() -> None:
    svg = strip([row(0.95), row(0.95)], 0.95, "en", WIDE)

    assert len(marks(svg)) == 2
    assert labels(svg)[-1] == "95%"


def test_without_rates_there_is_no_strip() -> None:
    assert strip([row(None, None)], 0.95, "vi", WIDE) == ""
