"""Sessions: a browser that says where it comes from may open one, and not more than its share."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from dunghen.serving.errors import StartError
from dunghen.serving.sessions import DEFAULT_LIMIT, SessionLimit, client_network, limit_from_environment

ORIGIN = {"Origin": "http://testserver"}


async def talk(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text("hello")
    await websocket.receive()


@pytest.fixture
def application() -> Starlette:
    routes = [WebSocketRoute("/_stcore/stream", talk)]
    return Starlette(routes=routes, middleware=[Middleware(SessionLimit, limit=2)])


def test_a_browser_gets_its_session(application: Starlette) -> None:
    with TestClient(application).websocket_connect("/_stcore/stream", headers=ORIGIN) as session:
        assert session.receive_text() == "hello"


def test_no_origin_no_session(application: Starlette) -> None:
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        TestClient(application).websocket_connect("/_stcore/stream"),
    ):
        pass
    assert refused.value.code == 1008


def test_one_address_gets_its_share_and_again_when_it_leaves(application: Starlette) -> None:
    client = TestClient(application, client=("203.0.113.7", 1))
    other = TestClient(application, client=("203.0.113.8", 1))
    first = client.websocket_connect("/_stcore/stream", headers=ORIGIN)
    second = client.websocket_connect("/_stcore/stream", headers=ORIGIN)
    with first:
        with second:
            with (
                pytest.raises(WebSocketDisconnect) as refused,
                client.websocket_connect("/_stcore/stream", headers=ORIGIN),
            ):
                pass
            assert refused.value.code == 1013
            with other.websocket_connect("/_stcore/stream", headers=ORIGIN) as session:
                assert session.receive_text() == "hello"
        with client.websocket_connect("/_stcore/stream", headers=ORIGIN) as session:
            assert session.receive_text() == "hello"


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("/run/socket", "/run/socket"),
    ],
)
def test_clients_are_counted_by_what_one_subscriber_holds(host: str, network: str) -> None:
    assert client_network({"client": (host, 1)}) == network


def test_a_client_without_an_address_is_counted_too() -> None:
    assert client_network({"client": None}) == ""


def test_the_limit_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DUNGHEN_SESSIONS_PER_ADDRESS", raising=False)
    assert limit_from_environment() == DEFAULT_LIMIT
    monkeypatch.setenv("DUNGHEN_SESSIONS_PER_ADDRESS", "7")
    assert limit_from_environment() == 7


@pytest.mark.parametrize("text", ["0", "-1", "many", ""])
def test_a_limit_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("DUNGHEN_SESSIONS_PER_ADDRESS", text)
    with pytest.raises(StartError, match=f"DUNGHEN_SESSIONS_PER_ADDRESS.*'{text}'"):
        limit_from_environment()
