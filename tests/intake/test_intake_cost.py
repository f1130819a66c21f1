"""What the intake may cost, held to at a million dossiers (`make bench SIZE=…` measures more).

The ratios are of processor time, so that what else runs on the machine does not decide; what does not grow
with the dossiers is taken off (tests/benchmarks/intake_benchmark.py says what and why).
"""

from __future__ import annotations

import pytest

from tests.benchmarks import intake_benchmark


@pytest.mark.slow
def test_the_intake_keeps_its_limits_at_a_million_dossiers(monkeypatch: pytest.MonkeyPatch) -> None:
    # the benchmark asks another file: what is asked afterwards must not
    monkeypatch.setenv("DUNGHEN_DATABASE", "")
    limits = intake_benchmark.measure(1_000_000)

    assert len(limits) == len(intake_benchmark.LIMITS)
    assert [str(limit) for limit in limits if not limit.kept] == []
