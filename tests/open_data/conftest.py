"""A client of the open-data routes alone, over the published file of the checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dunghen.open_data import routes


@pytest.fixture(scope="session")
def client(published: Path) -> TestClient:
    return TestClient(Starlette(routes=routes))


@pytest.fixture(scope="session")
def description(client: TestClient) -> dict[str, Any]:
    described: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    return described
