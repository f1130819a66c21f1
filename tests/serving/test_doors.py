"""Addresses: the known ones pass, a slash is mended, the rest is refused in words."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.testclient import TestClient

from dunghen.serving.doors import Doors

FILES = frozenset({"/favicon.png", "/static/js/index.js"})


async def answer(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"answered {request.url.path}")


@pytest.fixture
def client() -> TestClient:
    ours: list[BaseRoute] = [Route("/", answer), Route("/don-vi", answer), Route("/api/v1/", answer)]
    everything = Mount("/", routes=[Route("/{path:path}", answer)])
    doors = Middleware(Doors, routes=ours, files=FILES)
    return TestClient(Starlette(routes=[*ours, everything], middleware=[doors]), follow_redirects=False)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/don-vi",
        "/don-vi?ma=25",
        "/api/v1/",
        "/favicon.png",
        "/static/js/index.js",
        "/_stcore/health",
        "/_stcore/host-config",
        "/media/abc.csv",
        "/component/x/index.html",
    ],
)
def test_known_addresses_pass(client: TestClient, path: str) -> None:
    response = client.get(path)

    assert (response.status_code, response.text) == (200, f"answered {path.partition('?')[0]}")


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/don-vi/", "/don-vi"),
        ("/don-vi/?ma=25&tu=2025-01-01", "/don-vi?ma=25&tu=2025-01-01"),
        ("/api/v1", "/api/v1/"),
        ("/favicon.png/", "/favicon.png"),
    ],
)
def test_a_slash_is_mended_and_the_query_kept(client: TestClient, path: str, target: str) -> None:
    response = client.get(path)

    assert (response.status_code, response.headers["location"]) == (308, target)


@pytest.mark.parametrize(
    "path", ["/khong-co", "/Don-vi", "/don-vi/x", "/static/js/gone.js", "/_stcore/other", "/_stcore/stream"]
)
def test_an_unknown_address_is_told_in_both_languages(client: TestClient, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert f"Địa chỉ {path} không có trên trang Đúng Hẹn" in response.text
    assert f"Đúng Hẹn has nothing at {path}." in response.text
    assert '<a href="/tra-cuu">' in response.text


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/upload_file/session/file",
        "/_stcore/agent/mcp",
        "/_stcore/script-health-check",
    ],
)
@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
def test_what_is_for_the_server_itself_is_closed(client: TestClient, path: str, method: str) -> None:
    response = client.request(method, path)

    assert response.status_code == 404
    assert "is for the server itself" in response.text


@pytest.mark.parametrize("path", ["//evil.example/", "//evil.example", "/\\evil.example/", "///"])
def test_no_address_leads_to_another_site(client: TestClient, path: str) -> None:
    response = client.get(f"http://testserver{path}")

    assert response.status_code == 404
    assert "location" not in response.headers


def test_an_address_is_shown_as_text_and_cut(client: TestClient) -> None:
    response = client.get("/<script>alert(1)</script>" + "x" * 500)

    assert "<script>" not in response.text
    assert "&lt;script&gt;" in response.text
    assert "x" * 200 not in response.text


def test_the_api_is_answered_in_data(client: TestClient) -> None:
    response = client.get("/api/v1/nothing")

    assert response.status_code == 404
    assert response.json() == {
        "error": "not_found",
        "detail": "Đúng Hẹn has nothing at /api/v1/nothing. The link may have been cut short or mistyped.",
        "detail_vi": "Địa chỉ /api/v1/nothing không có trên trang Đúng Hẹn. "
        "Có thể liên kết bị cắt ngắn hoặc gõ nhầm.",
    }
