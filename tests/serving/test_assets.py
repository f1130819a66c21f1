"""Front-end files: compressed once, kept for ever by their hashed names, and nothing lost on the way."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dunghen.serving.assets import Assets, StaticFiles
from dunghen.serving.errors import StartError

SCRIPT = "let a = 1;\n" * 500


@pytest.fixture
def assets(tmp_path: Path) -> Assets:
    for name, text in {
        "index.html": "<html>",
        "manifest.json": "{}",
        "static/js/index.DormvYxC.js": SCRIPT,
        "static/js/plain.js": SCRIPT,
        "static/media/font.BQhdFMY1.woff2": "font",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    made = Assets(tmp_path)
    made.pack()
    return made


@pytest.fixture
def client(assets: Assets) -> TestClient:
    async def beyond(request: Request) -> PlainTextResponse:
        return PlainTextResponse("Streamlit's own")

    routes = [Route("/{path:path}", beyond, methods=["GET", "POST"])]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(StaticFiles, assets=assets)]))


def test_a_hashed_script_is_small_and_kept_for_a_year(client: TestClient) -> None:
    answer = client.get("/static/js/index.DormvYxC.js", headers={"Accept-Encoding": "gzip, br"})

    assert answer.text == SCRIPT
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "javascript" in answer.headers["content-type"]
    assert int(answer.headers["content-length"]) < len(SCRIPT) / 10


def test_a_name_without_a_hash_is_kept_for_an_hour(client: TestClient) -> None:
    assert client.get("/static/js/plain.js").headers["cache-control"] == "public, max-age=3600"


def test_head_has_the_headers_and_no_body(client: TestClient) -> None:
    answer = client.head("/static/js/index.DormvYxC.js")

    assert int(answer.headers["content-length"]) > 0
    assert answer.content == b""


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/static/js/plain.js", {"Accept-Encoding": "identity"}),
        ("GET", "/static/js/plain.js", {"Range": "bytes=0-9"}),
        ("POST", "/static/js/plain.js", {}),
        ("GET", "/static/media/font.BQhdFMY1.woff2", {}),
        ("GET", "/don-vi", {}),
    ],
)
def test_the_rest_goes_on_to_streamlit(
    client: TestClient, method: str, path: str, headers: dict[str, str]
) -> None:
    assert client.request(method, path, headers=headers).text == "Streamlit's own"


def test_the_index_and_the_manifest_are_no_addresses(assets: Assets) -> None:
    assert assets.paths == {
        "/static/js/index.DormvYxC.js",
        "/static/js/plain.js",
        "/static/media/font.BQhdFMY1.woff2",
    }


def test_packing_again_gives_the_same_bytes(assets: Assets) -> None:
    first = assets.packed("/static/js/plain.js")
    assets.pack()

    assert assets.packed("/static/js/plain.js") == first
    assert first is not None
    assert gzip.decompress(first.body).decode() == SCRIPT


def test_a_missing_front_end_is_named(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="nowhere is not a folder"):
        Assets(tmp_path / "nowhere")
    with pytest.raises(StartError, match=r"index\.html is missing"):
        Assets(tmp_path).index_html()
