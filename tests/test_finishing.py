"""What is added to answers after the SQL: limits of a funnel, what chance alone would say, differences."""

from __future__ import annotations

from typing import Any

import pytest

from dunghen import finishing, measures


def row(code: str, numerator: int, denominator: int) -> dict[str, Any]:
    rate = numerator / denominator if denominator else None
    return {"authority_code": code, "authority_name": f"Xã {code}"} | {
        "numerator": numerator,
        "denominator": denominator,
        "rate": rate,
    }


ROWS = [row("a", 790, 1000), row("b", 950, 1000), row("c", 1900, 2000), row("d", 0, 0)]


def pool() -> measures.Funnel:
    found = measures.funnel([r["numerator"] for r in ROWS], [r["denominator"] for r in ROWS])
    assert found is not None
    return found


def test_limits_reach_from_the_smallest_to_the_largest_and_agree_with_the_funnel() -> None:
    limits = finishing.funnel_limits(pool(), ROWS, places=5)

    assert [limit["denominator"] for limit in limits] == [1000, 1189, 1414, 1682, 2000]
    for limit in limits:
        n = limit["denominator"]
        assert (limit["low_95"], limit["high_95"]) == pool().limits(n, measures.LEANING_Z)
        assert (limit["low_99_8"], limit["high_99_8"]) == pool().limits(n, measures.CLEAR_Z)


def test_equal_sizes_make_one_limit_and_no_dossiers_none() -> None:
    assert len(finishing.funnel_limits(pool(), ROWS[:2])) == 1
    assert finishing.funnel_limits(pool(), ROWS[3:]) == []


def test_chance_alone_calls_more_of_them_outside() -> None:
    rated = ROWS[:3]
    bands = [measures.band(r["numerator"], r["denominator"], pool()) for r in rated]

    assert all(band == measures.Band.AS_EXPECTED for band in bands)
    assert finishing.outside_by_chance(pool(), ROWS) == 3


def test_exactly_at_the_mark_is_not_under_it() -> None:
    rows: list[dict[str, Any]] = [{"score_shares": [0.75, 0.7499, 1.0, 0.2]}, {"score_shares": []}]
    assert finishing.add_low_scores(rows) == {"authorities_under_mark": "BIGINT"}
    assert [r["authorities_under_mark"] for r in rows] == [2, 0]


def test_each_pair_once_in_the_order_given_without_those_without_a_rate() -> None:
    found = finishing.differences([ROWS[1], ROWS[0], ROWS[3], ROWS[2]])

    assert [(d["first_code"], d["second_code"]) for d in found] == [("b", "a"), ("b", "c"), ("a", "c")]
    assert found[0]["first_name"] == "Xã b"
    assert found[0]["difference"] == pytest.approx(0.16)
    assert found[0]["low"] < 0.16 < found[0]["high"]
    assert [d["differ"] for d in found] == [True, False, True]


def test_the_largest_is_told_with_its_share_of_those_with_a_rate() -> None:
    found = finishing.largest([*ROWS, {**row("e", 0, 9000), "rate": None}])

    assert found is not None
    assert (found["authority_code"], found["share_of_group"]) == ("c", 0.5)
    assert "share_of_group" not in ROWS[2]
    assert finishing.largest([row("d", 0, 0)]) is None
