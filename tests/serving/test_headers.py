"""What every answer tells the browser about scripts and frames."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dunghen.serving.headers import SecurityHeaders, content_security_policy


async def plain(request: Request) -> PlainTextResponse:
    return PlainTextResponse("x")


async def stricter(request: Request) -> PlainTextResponse:
    return PlainTextResponse("x", headers={"Content-Security-Policy": "default-src 'none'"})


async def named_twice(request: Request) -> PlainTextResponse:
    return PlainTextResponse("x", headers={"Vary": "Accept-Encoding, Accept-Encoding"})


@pytest.fixture
def client() -> TestClient:
    routes = [
        Route("/", plain),
        Route("/nhung/25", plain),
        Route("/nhungkhac", plain),
        Route("/strict", stricter),
        Route("/varies", named_twice),
    ]
    return TestClient(
        Starlette(routes=routes, middleware=[Middleware(SecurityHeaders, policy="default-src 'self'")])
    )


def test_every_answer_carries_the_headers(client: TestClient) -> None:
    for path in ("/", "/nothing"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
        assert headers["content-security-policy"] == "default-src 'self'; frame-ancestors 'self'"


def test_only_the_embedded_box_may_be_framed_by_others(client: TestClient) -> None:
    assert client.get("/nhung/25").headers["content-security-policy"].endswith("frame-ancestors *")
    assert client.get("/nhungkhac").headers["content-security-policy"].endswith("frame-ancestors 'self'")


def test_a_route_may_be_stricter(client: TestClient) -> None:
    assert client.get("/strict").headers["content-security-policy"] == "default-src 'none'"


def test_inline_scripts_are_named_by_their_hash() -> None:
    # The example of section 8.4 of the CSP specification: sha256 of alert('Hello, world.');
    policy = content_security_policy(["alert('Hello, world.');"])

    assert "script-src 'self' 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='" in policy
    assert "unsafe-inline" not in policy.split("style-src")[0]
    assert "unsafe-eval" not in policy


def test_what_an_answer_varies_with_is_named_once(client: TestClient) -> None:
    assert client.get("/varies").headers["vary"] == "Accept-Encoding"
