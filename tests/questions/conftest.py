"""Published files of the small country."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.questions.two_of_everything import rows
from tests.warehouse_fixture import published_from


@pytest.fixture(scope="session")
def small_country_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published_from(tmp_path_factory.mktemp("small") / "country.duckdb", rows())


@pytest.fixture
def small_country(small_country_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small country, for `questions.ask`."""
    monkeypatch.setenv("DUNGHEN_DATABASE", str(small_country_file))
    return small_country_file
