"""What several rooms' tests share: the published file of the checkout's own data/, built once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dunghen import warehouse


@pytest.fixture(scope="session")
def published_file(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The published file built from data/; all workers of one run share it. Asked by nobody by itself."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    return warehouse.ensure_published(shared / "published" / "dunghen.duckdb")


@pytest.fixture(scope="session")
def published(published_file: Path) -> Iterator[Path]:
    """`published_file`, with DUNGHEN_DATABASE pointing at it, so that `questions.ask` asks it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUNGHEN_DATABASE", str(published_file))
        yield published_file
