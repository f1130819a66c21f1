"""Failures: a page in words, never a traceback."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from dunghen.serving import trouble
from dunghen.warehouse import DatabaseMissingError


async def fail(request: Request) -> Response:
    raise ZeroDivisionError("secret detail")


async def miss(request: Request) -> Response:
    raise HTTPException(404)


async def find_nothing(request: Request) -> Response:
    raise DatabaseMissingError("/secret/place.duckdb does not exist")


@pytest.fixture
def client() -> TestClient:
    routes = [
        Route("/fail", fail),
        Route("/api/v1/fail", fail),
        Route("/miss", miss),
        Route("/empty", find_nothing),
    ]
    return TestClient(
        Starlette(routes=routes, exception_handlers=trouble.handlers()), raise_server_exceptions=False
    )


def test_a_failure_is_told_in_words(client: TestClient) -> None:
    answer = client.get("/fail")

    assert answer.status_code == 500
    assert "Trang Đúng Hẹn đang gặp lỗi" in answer.text
    assert "Đúng Hẹn has run into an error" in answer.text
    for secret in ("Traceback", "ZeroDivisionError", "secret detail", ".py"):
        assert secret not in answer.text


def test_a_failure_of_the_api_is_data(client: TestClient) -> None:
    answer = client.get("/api/v1/fail")

    assert (answer.status_code, sorted(answer.json())) == (500, ["detail", "detail_vi", "error"])


def test_without_figures_a_page_says_so(client: TestClient) -> None:
    answer = client.get("/empty")

    assert answer.status_code == 503
    assert answer.headers["cache-control"] == "no-store"
    assert "Số liệu tạm thời chưa đọc được" in answer.text
    assert "secret" not in answer.text


def test_what_a_route_does_not_find_keeps_its_status(client: TestClient) -> None:
    assert client.get("/miss").status_code == 404
    assert client.post("/miss").status_code == 405
