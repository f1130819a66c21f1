"""The joined server, asked over the network as a visitor or a stranger would."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from dunghen.addresses import PAGES, Page

PROTOCOL = Subprotocol("streamlit")

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("live")]


@pytest.fixture
def client(live_site: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(
        base_url=live_site, headers={"Accept-Encoding": "gzip"}, timeout=30, follow_redirects=True
    ) as opened:
        yield opened


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
def test_every_page_answers_with_its_head_and_headers(client: httpx2.Client, page: Page) -> None:
    answer = client.get(page.path)

    assert answer.status_code == 200
    assert '<html lang="vi">' in answer.text
    assert "script-src 'self' 'sha256-" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_streamlits_own_addresses_still_answer(client: httpx2.Client) -> None:
    assert client.get("/_stcore/health").text == "ok"
    assert "allowedOrigins" in client.get("/_stcore/host-config").json()


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/upload_file/a/b", "/_stcore/agent/openapi.json"]
)
def test_closed_addresses_are_closed(client: httpx2.Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_font_and_a_script_are_served(client: httpx2.Client) -> None:
    script = client.get("/").text.partition('src="./')[2].partition('"')[0]
    answer = client.get(f"/{script}")

    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert client.get("/static/js/gone.js").status_code == 404


def stream(live_site: str) -> str:
    return f"{live_site.replace('http', 'ws')}/_stcore/stream"


def test_a_browser_of_this_site_gets_a_session(live_site: str) -> None:
    with connect(stream(live_site), origin=Origin(live_site), subprotocols=[PROTOCOL]) as session:
        assert session.protocol.subprotocol == PROTOCOL


@pytest.mark.parametrize("origin", [None, Origin("https://elsewhere.example")])
def test_another_site_and_no_site_get_none(live_site: str, origin: Origin | None) -> None:
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(stream(live_site), origin=origin),
    ):
        pass
    assert refused.value.response.status_code == 403
