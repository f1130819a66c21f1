"""The measures against published examples, twins written by another route, and their own laws."""

import csv
import math
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import NormalDist, quantiles

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import binomtest

from dunghen.measures import (
    CLEAR_Z,
    LEANING_Z,
    MINIMUM_FOR_RANK,
    Band,
    Funnel,
    Interval,
    Ranks,
    Verdict,
    against_target,
    band,
    competition_rank,
    dense_rank,
    difference_interval,
    funnel,
    missing_to_target,
    rank_rates,
    wilson,
    wilson_intervals,
)

PHU_THO = Path(__file__).parent / "fixtures" / "phutho_communes.csv"
BANDS_UPWARDS = [
    Band.CLEARLY_BELOW,
    Band.LEANING_BELOW,
    Band.AS_EXPECTED,
    Band.LEANING_ABOVE,
    Band.CLEARLY_ABOVE,
]


@st.composite
def counts(draw: st.DrawFn, most: int = 5000, least: int = 1) -> tuple[int, int]:
    """(successes, trials) with trials from `least` to `most`."""
    n = draw(st.integers(least, most))
    return draw(st.integers(0, n)), n


groups = st.lists(counts(), min_size=2, max_size=40)
funnels = st.builds(
    Funnel,
    rate=st.floats(0.001, 0.999),
    phi=st.just(1.0),
    tau=st.one_of(st.just(0.0), st.floats(0.001, 0.3)),
    authorities=st.just(20),
)


def communes_of_phu_tho() -> tuple[list[str], list[int], list[int]]:
    """Names, dossiers on time and dossiers in all of the 148 communes."""
    with PHU_THO.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return (
        [row["name"] for row in rows],
        [int(row["portal_on_time"]) for row in rows],
        [int(row["portal_total"]) for row in rows],
    )


def unzipped(pairs: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return [k for k, _ in pairs], [n for _, n in pairs]


def known_funnel(successes: list[int], trials: list[int]) -> Funnel:
    group = funnel(successes, trials)
    assert group is not None
    return group


# Wilson


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        # The project's acceptance cases, in percent.
        (127, 127, 97.06, 100),
        (10, 10, 72.25, 100),
        (95, 100, 88.82, 97.85),
        (43250, 43462, 99.44, 99.57),
        # Newcombe 1998, Stat. Med. 17:857-872, table I, method 3.
        (81, 263, 25.53, 36.62),
        (15, 148, 6.24, 16.05),
        (0, 20, 0, 16.11),
        (1, 29, 0.61, 17.18),
    ],
)
def test_wilson_gives_the_published_intervals(k: int, n: int, low: float, high: float) -> None:
    interval = wilson(k, n)
    assert interval is not None
    assert (round(100 * interval.low, 2), round(100 * interval.high, 2)) == (low, high)


@given(counts(), st.sampled_from([0.9, 0.95, 0.998]))
def test_wilson_equals_scipy(pair: tuple[int, int], confidence: float) -> None:
    theirs = binomtest(*pair).proportion_ci(confidence, method="wilson")
    assert wilson(*pair, confidence) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@given(counts())
def test_wilson_ends_are_where_the_score_test_just_rejects(pair: tuple[int, int]) -> None:
    """Wilson 1927: the interval holds the rates p with |k/n - p| <= z sqrt(p (1 - p) / n)."""
    k, n = pair
    interval = wilson(k, n)
    assert interval is not None
    z = Decimal(NormalDist().inv_cdf(0.975))
    for end in map(Decimal, interval):
        distance = abs(Decimal(k) / n - end)
        assert float(distance) == pytest.approx(float(z * (end * (1 - end) / n).sqrt()), abs=1e-9)


@given(counts())
def test_wilson_contains_the_rate_and_mirrors(pair: tuple[int, int]) -> None:
    k, n = pair
    interval, mirrored = wilson(k, n), wilson(n - k, n)
    assert interval is not None
    assert mirrored is not None
    assert 0 <= interval.low <= k / n <= interval.high <= 1
    assert (1 - mirrored.high, 1 - mirrored.low) == pytest.approx(interval, abs=1e-12)


@given(counts())
def test_wilson_narrows_with_the_same_rate_on_more_dossiers(pair: tuple[int, int]) -> None:
    few, many = wilson(*pair), wilson(2 * pair[0], 2 * pair[1])
    assert few is not None
    assert many is not None
    assert many.high - many.low < few.high - few.low


@pytest.mark.parametrize(
    "unknown", [(0, 0), (None, None), (None, 5), (5, None), (math.nan, 5.0), (5.0, math.nan)]
)
def test_no_interval_without_counts_or_dossiers(unknown: tuple[float | None, float | None]) -> None:
    assert wilson(*unknown) is None
    assert difference_interval(*unknown, 5, 10) is None
    assert difference_interval(5, 10, *unknown) is None


@pytest.mark.parametrize("impossible", [(6, 5), (-1, 5), (0, -5), (1, 0), (2.5, 5)])
def test_counts_that_cannot_be_are_refused(impossible: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="cannot be counts of dossiers"):
        wilson(*impossible)


def test_the_vector_version_keeps_order_and_gaps() -> None:
    successes, trials = [95, None, 0, np.int64(10), 127.0], [100, 3, 0, np.int64(10), 127.0]
    answers = wilson_intervals(successes, trials)  # type: ignore[arg-type]  # as frames hold them
    assert answers == [wilson(95, 100), None, None, wilson(10, 10), wilson(127, 127)]
    with pytest.raises(ValueError, match="zip"):
        wilson_intervals([1, 2], [3])


# Difference


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        # Newcombe 1998, Stat. Med. 17:873-890, table II, method 10, contrasts (a) to (h).
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_difference_gives_the_published_intervals(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    assert difference_interval(*first, *second) == pytest.approx((low, high), abs=0.00005)


def test_two_authorities_differ_when_the_interval_excludes_0() -> None:
    differing, alike = difference_interval(56, 70, 48, 80), difference_interval(5, 56, 0, 29)
    assert differing is not None
    assert alike is not None
    assert differing.excludes(0)
    assert not alike.excludes(0)


@given(counts(), counts())
def test_difference_contains_the_difference_and_mirrors(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    (k1, n1), (k2, n2) = first, second
    interval = difference_interval(k1, n1, k2, n2)
    exchanged = difference_interval(k2, n2, k1, n1)
    failures = difference_interval(n1 - k1, n1, n2 - k2, n2)
    assert interval is not None
    assert exchanged is not None
    assert -1 <= interval.low <= k1 / n1 - k2 / n2 <= interval.high <= 1
    assert (-exchanged.high, -exchanged.low) == pytest.approx(interval, abs=1e-12)
    assert failures == pytest.approx(exchanged, abs=1e-9)


# Funnel


def spread_twin(pairs: list[tuple[int, int]]) -> tuple[Fraction, float, float]:
    """(rate, phi, tau) with fractions for all but the square roots, and the percentiles of `statistics`."""
    rate = Fraction(sum(k for k, _ in pairs), sum(n for _, n in pairs))
    variances = [rate * (1 - rate) / n for _, n in pairs]
    z = [float(Fraction(k, n) - rate) / math.sqrt(s2) for (k, n), s2 in zip(pairs, variances, strict=True)]
    deciles = quantiles(z, n=10, method="inclusive")
    phi = math.fsum(min(max(score, deciles[0]), deciles[-1]) ** 2 for score in z) / len(z)
    weights = [1 / s2 for s2 in variances]
    scale = sum(weights) - sum(w * w for w in weights) / sum(weights)
    return rate, phi, math.sqrt(max(0.0, (len(z) * phi - len(z) + 1) / float(scale)))


def cumulative(n: int, rate: Fraction) -> list[Fraction]:
    """P(R <= r) for r = 0..n of a binomial R."""
    total, sums = Fraction(0), []
    for r in range(n + 1):
        total += math.comb(n, r) * rate**r * (1 - rate) ** (n - r)
        sums.append(total)
    return sums


@given(groups)
def test_funnel_equals_its_twin(pairs: list[tuple[int, int]]) -> None:
    assume(0 < sum(k for k, _ in pairs) < sum(n for _, n in pairs))
    rate, phi, tau = spread_twin(pairs)
    group = known_funnel(*unzipped(pairs))
    assert group.rate == float(rate)
    assert group.phi == pytest.approx(phi, rel=1e-9, abs=1e-9)
    assert group.tau == pytest.approx(tau, rel=1e-6, abs=1e-7)
    assert group.authorities == len(pairs)


def test_phu_tho_has_the_known_spread_and_bands() -> None:
    """The project's figures: phi 38.2, tau 2.77 points, bands 4 / 5 / 136 / 3 / 0."""
    names, on_time, total = communes_of_phu_tho()
    assert (len(names), sum(on_time), sum(total)) == (148, 452_893, 488_451)
    group = known_funnel(on_time, total)
    assert (round(group.phi, 1), round(100 * group.tau, 2), group.is_exact) == (38.2, 2.77, False)
    bands = [band(k, n, group) for k, n in zip(on_time, total, strict=True)]
    assert [Counter(bands)[name] for name in BANDS_UPWARDS] == [4, 5, 136, 3, 0]
    assert {name for name, where in zip(names, bands, strict=True) if where == Band.CLEARLY_BELOW} == {
        "Xã Hy Cương",
        "Xã Tam Sơn",
        "Xã Sơn Đông",
        "Xã Yên Lạc",
    }


def test_phu_tho_equals_its_twin() -> None:
    _, on_time, total = communes_of_phu_tho()
    rate, phi, tau = spread_twin(list(zip(on_time, total, strict=True)))
    group = known_funnel(on_time, total)
    assert (group.rate, group.phi, group.tau) == pytest.approx((float(rate), phi, tau), rel=1e-12)
    for k, n in zip(on_time, total, strict=True):
        deviation = (k / n - float(rate)) / math.hypot(math.sqrt(rate * (1 - rate) / n), tau)
        twin = sum(deviation > -z for z in (CLEAR_Z, LEANING_Z)) + sum(
            deviation > z for z in (LEANING_Z, CLEAR_Z)
        )
        assert band(k, n, group) == BANDS_UPWARDS[twin]


def test_without_the_spread_most_of_phu_tho_would_stand_out() -> None:
    """Why overdispersion is in the limits: chance alone would call most of the communes unusual."""
    _, on_time, total = communes_of_phu_tho()
    group = known_funnel(on_time, total)
    chance_only = Funnel(group.rate, phi=1.0, tau=0.0, authorities=148)
    bands = Counter(band(k, n, chance_only) for k, n in zip(on_time, total, strict=True))
    assert bands[Band.CLEARLY_ABOVE] + bands[Band.CLEARLY_BELOW] > 148 / 2


def test_exact_limits_worked_by_hand() -> None:
    """Spiegelhalter 2005, appendix A.1.1, for 10 tosses of a fair coin.

    P(R <= 1) = 11/1024 and P(R <= 2) = 56/1024; the tail of z = 1.96 is 0.024998, so r = 2,
    alpha = (56/1024 - 0.024998) / (45/1024) = 0.67560 and the limit (2 - alpha) / 10 = 0.13244.
    """
    limits = Funnel(rate=0.5, phi=1.0, tau=0.0, authorities=2).limits(10, LEANING_Z)
    assert limits == pytest.approx((0.13244, 0.86756), abs=0.000005)


@given(st.integers(1, 60), st.integers(1, 99), st.sampled_from([LEANING_Z, CLEAR_Z]))
def test_exact_limits_leave_out_just_the_improbable(n: int, percent: int, z: float) -> None:
    """A result is outside when it, and all beyond it, are together less probable than the tail."""
    limits = Funnel(percent / 100, phi=1.0, tau=0.0, authorities=9).limits(n, z)
    sums = cumulative(n, Fraction(percent, 100))
    tail = NormalDist().cdf(-z)
    for k in range(n + 1):
        as_low, as_high = sums[k], 1 - (sums[k - 1] if k else 0)
        if abs(as_low - tail) > 1e-9:
            assert (k / n < limits.low) == (as_low < tail)
        if abs(as_high - tail) > 1e-9:
            assert (k / n > limits.high) == (as_high < tail)


def test_all_of_a_few_is_not_unusual_where_most_succeed() -> None:
    """30 of 30 happens to one authority in five at a rate of 95%."""
    assert band(30, 30, Funnel(0.95, phi=1.0, tau=0.0, authorities=9)) == Band.AS_EXPECTED
    assert band(200, 200, Funnel(0.95, phi=1.0, tau=0.0, authorities=9)) == Band.CLEARLY_ABOVE


@given(funnels, st.integers(1, 100_000))
def test_limits_nest_around_the_rate(group: Funnel, n: int) -> None:
    clear, leaning = group.limits(n, CLEAR_Z), group.limits(n, LEANING_Z)
    assert 0 <= clear.low <= leaning.low <= group.rate <= leaning.high <= clear.high <= 1


@given(funnels, st.integers(1, 5000), st.integers(1, 5000), st.sampled_from([LEANING_Z, CLEAR_Z]))
def test_limits_close_in_as_dossiers_grow(group: Funnel, n: int, more: int, z: float) -> None:
    wide, narrow = group.limits(n, z), group.limits(n + more, z)
    # Interpolating between whole numbers leaves ripples of 1e-7 in the exact limits.
    ripple = 1e-6 if group.is_exact else 0
    assert wide.low - ripple <= narrow.low
    assert narrow.high <= wide.high + ripple


@given(funnels, st.integers(1, 5000), st.sampled_from([LEANING_Z, CLEAR_Z]))
def test_limits_of_failures_are_the_mirror_image(group: Funnel, n: int, z: float) -> None:
    limits = group.limits(n, z)
    mirrored = Funnel(1 - group.rate, group.phi, group.tau, group.authorities).limits(n, z)
    assert (1 - mirrored.high, 1 - mirrored.low) == pytest.approx(limits, abs=1e-9)


@given(groups)
def test_the_spread_of_failures_is_the_same(pairs: list[tuple[int, int]]) -> None:
    k, n = unzipped(pairs)
    group, failures = known_funnel(k, n), known_funnel([b - a for a, b in pairs], n)
    assert failures.rate == pytest.approx(1 - group.rate, abs=1e-12)
    assert failures.phi == pytest.approx(group.phi, rel=1e-6, abs=1e-9)
    assert failures.tau == pytest.approx(group.tau, rel=1e-5, abs=1e-6)


def test_equal_rates_have_no_spread_and_exact_limits() -> None:
    group = known_funnel([90, 180, 900], [100, 200, 1000])
    assert (group.rate, group.tau, group.is_exact) == (0.9, 0.0, True)
    assert group.phi == pytest.approx(0, abs=1e-20)


def test_authorities_without_dossiers_are_left_out_of_the_pool() -> None:
    assert funnel([90, None, 0, 150, 7], [100, 50, 0, 200, None]) == funnel([90, 150], [100, 200])


@pytest.mark.parametrize("nobody", [([], []), ([0, None], [0, 12])])
def test_an_empty_pool_has_no_funnel_and_no_bands(nobody: tuple[list[int | None], list[int | None]]) -> None:
    assert funnel(*nobody) is None
    assert band(90, 100, None) == Band.TOO_FEW


def test_one_authority_is_its_own_measure() -> None:
    group = known_funnel([90], [100])
    assert group == Funnel(rate=0.9, phi=0.0, tau=0.0, authorities=1)
    assert band(90, 100, group) == Band.AS_EXPECTED


@pytest.mark.parametrize(("all_or_none", "rate"), [([0, 0, 0], 0.0), ([100, 50, 30], 1.0)])
def test_a_pooled_rate_of_0_or_1_leaves_nothing_to_chance(all_or_none: list[int], rate: float) -> None:
    group = known_funnel(all_or_none, [100, 50, 30])
    assert group == Funnel(rate, phi=0.0, tau=0.0, authorities=3)
    assert group.limits(40, CLEAR_Z) == Interval(rate, rate)
    assert band(all_or_none[0], 100, group) == Band.AS_EXPECTED
    assert band(50, 100, group) == (Band.CLEARLY_ABOVE if rate == 0 else Band.CLEARLY_BELOW)


def test_the_limits_are_the_95_and_the_99_8_percent_ones() -> None:
    inside = [round(1 - 2 * NormalDist().cdf(-z), 4) for z in (LEANING_Z, CLEAR_Z)]
    assert inside == [0.95, 0.998]


def test_limits_need_a_dossier() -> None:
    with pytest.raises(ValueError, match="at least one dossier"):
        Funnel(0.9, phi=1.0, tau=0.1, authorities=9).limits(0, LEANING_Z)


# Bands


@given(funnels, st.integers(MINIMUM_FOR_RANK, 400))
def test_bands_rise_with_successes(group: Funnel, n: int) -> None:
    places = [BANDS_UPWARDS.index(band(k, n, group)) for k in range(n + 1)]
    assert places == sorted(places)


@given(funnels, counts(least=MINIMUM_FOR_RANK))
def test_bands_of_failures_are_the_mirror_image(group: Funnel, pair: tuple[int, int]) -> None:
    k, n = pair
    mirrored = Funnel(1 - group.rate, group.phi, group.tau, group.authorities)
    place, mirror = BANDS_UPWARDS.index(band(k, n, group)), BANDS_UPWARDS.index(band(n - k, n, mirrored))
    assert place + mirror == 4


@pytest.mark.parametrize("few", [(29, 29), (0, 0), (None, 500), (500, None), (math.nan, 500)])
def test_too_few_dossiers_for_a_band(few: tuple[float | None, float | None]) -> None:
    group = Funnel(0.5, phi=1.0, tau=0.0, authorities=9)
    assert band(*few, group) == Band.TOO_FEW
    assert band(30, 30, group) == Band.CLEARLY_ABOVE


def test_bands_and_verdicts_have_the_names_of_the_api() -> None:
    assert [str(name) for name in Band] == [
        "clearly_above",
        "leaning_above",
        "as_expected",
        "leaning_below",
        "clearly_below",
        "too_few",
    ]
    assert [str(name) for name in Verdict] == ["meets", "misses", "not_distinguishable", "unknown"]


# Ranks

few_distinct = st.lists(st.none() | st.integers(0, 8), max_size=30)


@given(few_distinct, st.booleans())
def test_ranks_equal_their_definition(values: list[int | None], higher_is_better: bool) -> None:
    def is_better(one: int, other: int) -> bool:
        return one > other if higher_is_better else one < other

    present = [value for value in values if value is not None]
    for value, unit_place, score_place in zip(
        values,
        competition_rank(values, higher_is_better=higher_is_better),
        dense_rank(values, higher_is_better=higher_is_better),
        strict=True,
    ):
        if value is None:
            assert unit_place is None
            assert score_place is None
        else:
            assert unit_place == 1 + sum(is_better(other, value) for other in present)
            assert score_place == 1 + len({other for other in present if is_better(other, value)})


def test_ranks_share_places_and_skip_the_unknown() -> None:
    scores = [Decimal("87.747"), Decimal("87.75"), None, Decimal("87.750"), Decimal("80.1"), Decimal("NaN")]
    assert competition_rank(scores) == [3, 1, None, 1, 4, None]
    assert dense_rank(scores) == [2, 1, None, 1, 3, None]
    assert competition_rank([0.1, math.nan, 0.3], higher_is_better=False) == [1, None, 2]


def test_rates_rank_as_fractions_and_only_from_30_dossiers() -> None:
    ranks = rank_rates([33, 66, 29, None, 0, 98, 30], [99, 198, 29, 40, 0, 100, 30])
    assert ranks == Ranks(rank=[3, 3, None, None, None, 2, 1], rank_of=4)


def test_rates_that_a_float_cannot_tell_apart_do_not_tie() -> None:
    n = 10**17
    assert rank_rates([n - 2, n - 1], [n - 1, n]).rank == [2, 1]
    assert (n - 2) / (n - 1) == (n - 1) / n


@given(st.lists(counts(most=60), max_size=25))
def test_rank_of_rates_equals_its_definition_by_cross_multiplying(pairs: list[tuple[int, int]]) -> None:
    ranked = [(k, n) for k, n in pairs if n >= 30]
    expected = [1 + sum(a * n > k * b for a, b in ranked) if n >= 30 else None for k, n in pairs]
    assert rank_rates(*unzipped(pairs)) == Ranks(expected, len(ranked))


# Targets


@pytest.mark.parametrize(
    ("k", "n", "target", "verdict"),
    [
        (127, 127, Decimal("0.95"), Verdict.MEETS),
        (10, 10, Decimal("0.95"), Verdict.NOT_DISTINGUISHABLE),
        (95, 100, Decimal("0.95"), Verdict.NOT_DISTINGUISHABLE),
        (528_684, 597_918, Decimal("0.95"), Verdict.MISSES),
        (43_250, 43_462, Decimal("0.95"), Verdict.MEETS),
        (127, 127, 1, Verdict.NOT_DISTINGUISHABLE),
        (126, 127, 1, Verdict.MISSES),
        (0, 0, Decimal("0.95"), Verdict.UNKNOWN),
        (None, 127, Decimal("0.95"), Verdict.UNKNOWN),
    ],
)
def test_verdict_compares_the_interval_with_the_target(
    k: int | None, n: int, target: Decimal, verdict: Verdict
) -> None:
    assert against_target(k, n, target) == verdict


@given(counts(), st.fractions(0, 1, max_denominator=1000))
def test_verdict_never_contradicts_the_rate(pair: tuple[int, int], target: Fraction) -> None:
    verdict = against_target(*pair, target)
    assert verdict != Verdict.MEETS or Fraction(*pair) >= target
    assert verdict != Verdict.MISSES or Fraction(*pair) < target


@pytest.mark.parametrize(
    ("k", "n", "target", "missing"),
    [
        # Tỉnh Phú Thọ: 95% of 597,918 is 568,022.1, so 568,023 are needed; 568,022 would be 94.99998%.
        (528_684, 597_918, Decimal("0.95"), 39_339),
        (528_684, 597_918, 0.95, 39_339),
        (0, 10, 0.9, 9),  # as a binary fraction 0.9 is a little more, and would ask for 10
        (95, 100, Decimal("0.95"), 0),
        (100, 100, Decimal("0.95"), 0),
        (94, 100, Fraction(19, 20), 1),
        (0, 1, 1, 1),
        (0, 0, Decimal("0.95"), None),
        (None, 10, Decimal("0.95"), None),
    ],
)
def test_missing_dossiers(k: int | None, n: int, target: Decimal, missing: int | None) -> None:
    assert missing_to_target(k, n, target) == missing


@given(counts(most=300), st.decimals(0, 1, places=4))
def test_missing_dossiers_equal_counting_them_one_by_one(pair: tuple[int, int], target: Decimal) -> None:
    k, n = pair
    missing = 0
    while Fraction(k + missing, n) < Fraction(target):
        missing += 1
    assert missing_to_target(k, n, target) == missing


@pytest.mark.parametrize("target", [95, Decimal("-0.1"), 1.01, math.nan])
def test_a_target_is_a_share(target: float) -> None:
    with pytest.raises(ValueError, match=r"share|Invalid literal"):
        missing_to_target(1, 2, target)
    with pytest.raises(ValueError, match=r"share|Invalid literal"):
        against_target(1, 2, target)
