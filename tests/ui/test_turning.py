"""Which view of the wall is on: by the clock, from the address, never remembered."""

from __future__ import annotations

import pytest

from dunghen.scope import BadParameterError
from dunghen.ui.turning import VIEWS, Turning


def test_every_view_stays_for_its_seconds_and_they_come_round() -> None:
    turning = Turning.from_address({"giay": "20"})

    shown = [turning.at(moment, VIEWS) for moment in (0.0, 19.9, 20.0, 45.5, 60.0)]

    assert shown == [
        ("tong-quan", 20),
        ("tong-quan", 1),
        ("o-dau", 20),
        ("tieu-chi", 15),
        ("tong-quan", 20),
    ]


def test_views_without_data_are_left_out() -> None:
    turning = Turning.from_address({"giay": "10"})

    views = [turning.at(moment, ("tong-quan", "tieu-chi"))[0] for moment in (0, 10, 20)]

    assert views == ["tong-quan", "tieu-chi", "tong-quan"]


def test_the_address_chooses_the_views_and_their_order() -> None:
    turning = Turning.from_address({"muc": "tieu-chi, o-dau"})

    assert turning.shown(VIEWS) == ("tieu-chi", "o-dau")
    assert turning.shown(("tong-quan",)) == ("tong-quan",), "none of them has data: what there is"


@pytest.mark.parametrize(
    ("address", "view"),
    [
        ({"dung": "o-dau"}, "o-dau"),
        ({"dung": "1"}, "tong-quan"),
        ({"dung": "1", "muc": "tieu-chi"}, "tieu-chi"),
    ],
)
def test_it_stands_still_where_the_address_says(address: dict[str, str], view: str) -> None:
    turning = Turning.from_address(address)

    assert {turning.at(moment, VIEWS) for moment in (0, 33, 66)} == {(view, 0)}


def test_a_view_to_stand_on_without_data_does_not_stop_it() -> None:
    turning = Turning.from_address({"dung": "tieu-chi", "giay": "5"})

    assert turning.at(5, ("tong-quan", "o-dau")) == ("o-dau", 5)


def test_the_neighbours_go_round() -> None:
    turning = Turning()

    assert turning.beside("tieu-chi", 1, VIEWS) == "tong-quan"
    assert turning.beside("tong-quan", -1, VIEWS) == "tieu-chi"


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("giay", "4"),
        ("giay", "601"),
        ("giay", "²0"),
        ("giay", "00000020"),
        ("giay", "-20"),
        ("muc", "tong-quan,khac"),
        ("dung", "khac"),
    ],
)
def test_what_cannot_be_meant_is_named(parameter: str, value: str) -> None:
    with pytest.raises(BadParameterError) as caught:
        Turning.from_address({parameter: value})

    assert caught.value.parameter == parameter


@pytest.mark.parametrize("seconds", ["5", "600"])
def test_the_shortest_and_the_longest_are_allowed(seconds: str) -> None:
    assert Turning.from_address({"giay": seconds}).seconds == int(seconds)
