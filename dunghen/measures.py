"""How sure a rate is, how it stands among others and against a target: pure numbers, no data, no words.

Rates, limits and the spread are shares from 0 to 1, unrounded. Counts are whole numbers of dossiers; None,
and the NaN a data frame makes of NULL, mean "not known". What cannot be said from unknown counts or from 0
dossiers is None, or the member of an enumeration that says so; it is never 0 and never NaN. Counts that
cannot be (negative, fractional, more successes than trials) raise ValueError.
"""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from statistics import NormalDist
from typing import NamedTuple, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
from scipy.special import bdtr, ndtr

MINIMUM_FOR_RANK = 30
"""Fewest dossiers in the denominator with which an authority gets a rank or a band."""

LEANING_Z = 1.96
"""Half-width, in standard deviations, of the 95% limits: outside them an authority leans."""

CLEAR_Z = 3.09
"""Half-width, in standard deviations, of the 99.8% limits: outside them an authority differs clearly."""

Count: TypeAlias = int | float | None
Share: TypeAlias = Decimal | Fraction | float
Score = TypeVar("Score", int, float, Decimal, Fraction)


class Interval(NamedTuple):
    """Two shares, `low` <= `high`; both ends belong to it. Of a difference: between -1 and 1."""

    low: float
    high: float

    def excludes(self, value: Share) -> bool:
        """Whether `value` lies outside."""
        return value < self.low or value > self.high


class Band(StrEnum):
    """Where an authority stands in its group.

    Clearly: outside the 99.8% limits. Leaning: outside the 95% limits only. As expected: inside both.
    """

    CLEARLY_ABOVE = "clearly_above"
    LEANING_ABOVE = "leaning_above"
    AS_EXPECTED = "as_expected"
    LEANING_BELOW = "leaning_below"
    CLEARLY_BELOW = "clearly_below"
    TOO_FEW = "too_few"


class Verdict(StrEnum):
    """What the 95% interval of a rate says about a target."""

    MEETS = "meets"
    MISSES = "misses"
    NOT_DISTINGUISHABLE = "not_distinguishable"
    UNKNOWN = "unknown"


class Ranks(NamedTuple):
    """`rank`: a competition rank per authority, in the order given, or None; `rank_of`: how many have one."""

    rank: list[int | None]
    rank_of: int


@dataclass(frozen=True)
class Funnel:
    """What a group of authorities has in common, and how far apart its members usually are.

    rate: the pooled rate, all successes over all trials.
    phi: the dispersion ratio, mean squared z-score after clipping; 1 if chance alone were at work.
    tau: standard deviation between authorities beyond chance, a share (0.0277 is 2.77 percentage points).
    authorities: how many the pool holds.
    """

    rate: float
    phi: float
    tau: float
    authorities: int

    @property
    def is_exact(self) -> bool:
        """Whether the limits are binomial, because there is no spread beyond chance."""
        return self.tau == 0.0

    def limits(self, n: int, z: float) -> Interval:
        """The limits for an authority with `n` >= 1 dossiers, clipped to 0..1; ValueError if `n` is less.

        rate +- z * sqrt(rate * (1 - rate) / n + tau^2). Without spread beyond chance, the exact binomial
        limits at the tail probability that belongs to `z` (`_exact_lower_limit`); the upper one is the lower
        one of the failures. A rate of exactly 0 or 1 leaves nothing to chance: both limits are the rate.
        """
        if n < 1:
            raise ValueError(f"limits need at least one dossier, not {n}")
        if self.rate in (0.0, 1.0):
            return Interval(self.rate, self.rate)
        if self.is_exact:
            tail = float(ndtr(-z))
            return Interval(
                _exact_lower_limit(n, self.rate, tail), 1.0 - _exact_lower_limit(n, 1.0 - self.rate, tail)
            )
        half = z * math.sqrt(self.rate * (1.0 - self.rate) / n + self.tau**2)
        return Interval(max(0.0, self.rate - half), min(1.0, self.rate + half))


def wilson(successes: Count, trials: Count, confidence: float = 0.95) -> Interval | None:
    """The Wilson score interval of a rate; None if a count is unknown or trials are 0.

    Without continuity correction. Sources: Wilson 1927, J. Am. Stat. Assoc. 22:209-212; method 3 of
    Newcombe 1998, Stat. Med. 17:857-872.
    """
    counts = _known_counts(successes, trials)
    return None if counts is None else _score_interval(*counts, confidence)


def wilson_intervals(
    successes: Sequence[Count], trials: Sequence[Count], confidence: float = 0.95
) -> list[Interval | None]:
    """`wilson` for each pair, in order; ValueError if the two sequences differ in length."""
    return [wilson(k, n, confidence) for k, n in zip(successes, trials, strict=True)]


def difference_interval(
    successes_1: Count, trials_1: Count, successes_2: Count, trials_2: Count, confidence: float = 0.95
) -> Interval | None:
    """The interval of rate 1 minus rate 2; the two differ when it excludes 0. None if either rate is unknown.

    Newcombe's hybrid score interval without continuity correction.
    Source: method 10 of Newcombe 1998, Stat. Med. 17:873-890.
    """
    first, second = _known_counts(successes_1, trials_1), _known_counts(successes_2, trials_2)
    if first is None or second is None:
        return None
    (k1, n1), (k2, n2) = first, second
    low_1, high_1 = _score_interval(k1, n1, confidence)
    low_2, high_2 = _score_interval(k2, n2, confidence)
    difference = k1 / n1 - k2 / n2
    below = math.hypot(k1 / n1 - low_1, high_2 - k2 / n2)
    above = math.hypot(high_1 - k1 / n1, k2 / n2 - low_2)
    return Interval(max(-1.0, difference - below), min(1.0, difference + above))


def funnel(successes: Sequence[Count], trials: Sequence[Count]) -> Funnel | None:
    """The funnel of a group, without the authorities whose counts are unknown or whose trials are 0.

    None if that leaves nobody. One authority alone, or a pooled rate of 0 or 1, has no spread: phi and tau
    are 0. ValueError if the two sequences differ in length.

    Sources: Spiegelhalter 2005, Stat. Med. 24:1185-1202, doi 10.1002/sim.1970 (limits, clipped z-scores, phi,
    additive random effects); NHS Digital, SHMI methodology (the same adjustment; it trims where this clips).
    """
    known = [c for c in _known_pairs(successes, trials) if c is not None]
    if not known:
        return None
    k, n = np.array(known, dtype=np.float64).T
    rate = float(k.sum() / n.sum())
    if len(known) == 1 or rate in (0.0, 1.0):
        return Funnel(rate, phi=0.0, tau=0.0, authorities=len(known))
    phi, tau = _spread(k, n, rate)
    return Funnel(rate, phi, tau, authorities=len(known))


def band(successes: Count, trials: Count, group: Funnel | None) -> Band:
    """Where an authority stands in its group.

    `too_few` if it has fewer than MINIMUM_FOR_RANK dossiers or unknown counts, or if the group's pool is
    empty. An authority that is its whole group is `as_expected`: look at `group.authorities` before saying
    so.
    """
    counts = _known_counts(successes, trials)
    if counts is None or counts[1] < MINIMUM_FOR_RANK or group is None:
        return Band.TOO_FEW
    rate = counts[0] / counts[1]
    clear, leaning = group.limits(counts[1], CLEAR_Z), group.limits(counts[1], LEANING_Z)
    if clear.excludes(rate):
        return Band.CLEARLY_ABOVE if rate > clear.high else Band.CLEARLY_BELOW
    if leaning.excludes(rate):
        return Band.LEANING_ABOVE if rate > leaning.high else Band.LEANING_BELOW
    return Band.AS_EXPECTED


def competition_rank(values: Sequence[Score | None], *, higher_is_better: bool = True) -> list[int | None]:
    """Places over units: 1, 2, 2, 4. Ties share; None (and NaN) stays None and takes no place.

    Pass unrounded values: whatever is equal ties.
    """
    ordered = sorted((v for v in values if v is not None and not math.isnan(v)), reverse=higher_is_better)
    place: dict[Score, int] = {}
    for position, value in enumerate(ordered, start=1):
        place.setdefault(value, position)
    return [None if value is None else place.get(value) for value in values]


def dense_rank(values: Sequence[Score | None], *, higher_is_better: bool = True) -> list[int | None]:
    """Places over distinct values: 1, 2, 2, 3, as index tables publish. None (and NaN) stays None."""
    distinct = sorted({v for v in values if v is not None and not math.isnan(v)}, reverse=higher_is_better)
    place = {value: position for position, value in enumerate(distinct, start=1)}
    return [None if value is None else place.get(value) for value in values]


def rank_rates(successes: Sequence[Count], trials: Sequence[Count]) -> Ranks:
    """Competition ranks of rates, the highest first, compared as fractions so that 1/3 and 2/6 tie.

    Authorities with unknown counts or fewer than MINIMUM_FOR_RANK trials have no rank and take no place.
    ValueError if the two sequences differ in length.
    """
    pairs = _known_pairs(successes, trials)
    rates = [None if c is None or c[1] < MINIMUM_FOR_RANK else Fraction(*c) for c in pairs]
    return Ranks(competition_rank(rates), sum(rate is not None for rate in rates))


def against_target(successes: Count, trials: Count, target: Share) -> Verdict:
    """Whether a rate meets a target, as far as its 95% Wilson interval can tell.

    `unknown` without counts or dossiers. A target of 1 is never met with certainty: 127 of 127 is then
    `not_distinguishable`, 126 of 127 `misses`. ValueError if the target is not a share.
    """
    goal = _exact_share(target)
    interval = wilson(successes, trials)
    if interval is None:
        return Verdict.UNKNOWN
    if not interval.excludes(goal):
        return Verdict.NOT_DISTINGUISHABLE
    return Verdict.MEETS if interval.low > goal else Verdict.MISSES


def missing_to_target(successes: Count, trials: Count, target: Share) -> int | None:
    """How many more of the same dossiers would have to be successes for the rate to reach the target.

    The smallest whole number m with (successes + m) / trials >= target, computed exactly; 0 if it is reached;
    None without counts or dossiers. A float target is read as the decimal it is written as. ValueError if the
    target is not a share.
    """
    goal = _exact_share(target)
    counts = _known_counts(successes, trials)
    if counts is None:
        return None
    return max(0, math.ceil(goal * counts[1]) - counts[0])


def _score_interval(k: int, n: int, confidence: float) -> Interval:
    """Wilson's interval of k of n, n > 0; the ends are exactly 0 and 1 for none and for all."""
    z = NormalDist().inv_cdf((1.0 + confidence) / 2.0)
    centre = k + z * z / 2.0
    half = z * math.sqrt(k * (n - k) / n + z * z / 4.0)
    low, high = (centre - half) / (n + z * z), (centre + half) / (n + z * z)
    return Interval(0.0 if k == 0 else low, 1.0 if k == n else high)


def _spread(k: npt.NDArray[np.float64], n: npt.NDArray[np.float64], rate: float) -> tuple[float, float]:
    """(phi, tau) of two or more authorities, from z-scores clipped at their 10th and 90th percentiles."""
    variance = rate * (1.0 - rate) / n
    z = (k / n - rate) / np.sqrt(variance)
    clipped = np.clip(z, *np.percentile(z, (10, 90)))
    phi = float(np.mean(clipped**2))
    weight = 1.0 / variance
    total = weight.sum()
    tau_squared = (len(n) * phi - len(n) + 1) / (total - (weight**2).sum() / total)
    return phi, math.sqrt(max(0.0, float(tau_squared)))


def _exact_lower_limit(n: int, rate: float, tail: float) -> float:
    """The share below which a result as low or lower has a probability under `tail`; 0 if no result has.

    The binomial quantile r, moved down by the part of P(R = r) that exceeds `tail`, over n: appendix A.1.1 of
    Spiegelhalter 2005. The paper has the same expression for the upper limit; there it leaves the result
    itself out of the tail, so that n of n is always outside, however likely. Callers take the upper limit
    from the failures instead.
    """
    quantile = bisect_left(range(n + 1), tail, key=lambda r: float(bdtr(r, n, rate)))
    at = float(bdtr(quantile, n, rate))
    before = float(bdtr(quantile - 1, n, rate)) if quantile else 0.0
    return max(0.0, quantile - (at - tail) / (at - before)) / n


def _known_counts(successes: Count, trials: Count) -> tuple[int, int] | None:
    """Both counts, or None if one is unknown or trials are 0; ValueError if they cannot be counts."""
    if successes is None or trials is None or math.isnan(successes) or math.isnan(trials):
        return None
    k, n = int(successes), int(trials)
    if (k, n) != (successes, trials) or not 0 <= k <= n:
        raise ValueError(f"{successes} of {trials} cannot be counts of dossiers")
    return (k, n) if n else None


def _known_pairs(successes: Sequence[Count], trials: Sequence[Count]) -> list[tuple[int, int] | None]:
    """`_known_counts` for each pair, in order; ValueError if the two sequences differ in length."""
    return [_known_counts(k, n) for k, n in zip(successes, trials, strict=True)]


def _exact_share(target: Share) -> Fraction:
    """The target as a fraction; a float by its shortest decimal, so that 0.9 is nine tenths."""
    share = Fraction(str(target)) if isinstance(target, float) else Fraction(target)
    if not 0 <= share <= 1:
        raise ValueError(f"a target is a share from 0 to 1, not {target}")
    return share
