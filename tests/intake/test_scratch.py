"""What an import cannot hold in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dunghen.intake.scratch import scratch_database

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

ROWS = 1_500_000


def test_what_does_not_fit_into_memory_goes_to_files_that_tell_nothing(tmp_path: Path) -> None:
    with scratch_database(tmp_path, memory="40MB") as connection:
        connection.execute(
            "CREATE TEMP TABLE number AS SELECT md5(range::VARCHAR) || '-planted' AS word FROM range(?)",
            [ROWS],
        )
        written = b"".join(path.read_bytes() for path in tmp_path.glob("spill/*.tmp"))
        (count,) = connection.execute("SELECT count(DISTINCT word) FROM number").fetchall()

    assert len(written) > 100_000
    assert b"-planted" not in written
    assert count == (ROWS,)
