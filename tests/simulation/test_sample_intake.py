"""The sample goes through the real intake: every export is read, every row accounted for, the dirt found."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from dunghen.intake import importing
from dunghen.intake.store import Store

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"


@pytest.mark.slow
def test_the_intake_takes_the_sample_in_and_finds_what_was_planted(tmp_path: Path) -> None:
    reasons: Counter[str] = Counter()
    replaced = 0
    for told in tomllib.loads((SAMPLE / "imports.toml").read_text(encoding="utf-8"))["import"]:
        own = SAMPLE / told["mapping"]
        job = importing.Job(
            files=[SAMPLE / name for name in told["files"]],
            store=Store(tmp_path),
            key=b"a key of this test alone, 32 bytes",
            mapping=str(own) if own.exists() else told["mapping"],
            as_of=told["as_of"],
        )
        made = importing.run(job).made
        assert made.rows_read == made.rows_loaded + made.rows_quarantined + made.rows_repeated
        assert made.rows_quarantined < 0.05 * made.rows_read
        reasons.update({one["reason"]: one["rows"] for one in made.reasons})
        replaced += made.rows_replaced
    assert set(reasons) >= {
        *("promise_before_2000", "unknown_procedure", "unknown_authority", "unknown_status", "two_versions"),
        *("finished_before_received", "finished_without_day", "unreadable_date", "missing_value"),
    }
    assert replaced > 100
