"""A client of the light pages and of the open data they link to, over the published file of the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dunghen import open_data
from dunghen.light.routes import routes


@pytest.fixture(scope="session")
def client(published: Path) -> TestClient:
    return TestClient(Starlette(routes=[*routes, *open_data.routes]))
