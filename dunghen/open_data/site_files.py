"""The addresses that machines look for: is it alive, what may be read, and where everything is."""

from __future__ import annotations

from urllib.parse import quote
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response

from dunghen import questions
from dunghen.addresses import LIGHT_SEARCH, PAGES
from dunghen.open_data import openapi, rendering
from dunghen.open_data.door import NEVER_KEPT, OPEN_TO_ALL, kept
from dunghen.warehouse import Snapshot, database_path, is_outdated

SITEMAP = "/sitemap.xml"
_NOT_TO_BE_READ = ("/_stcore/", "/media/", "/component/")


def health(_request: Request, snapshot: Snapshot) -> Response:
    """200 with the snapshot that is served; the door answers 503 where there is none.

    The status is `outdated` while that is an earlier file, because the one now in place cannot be read."""
    status = "outdated" if is_outdated(database_path()) else "ok"
    state = {"status": status, "snapshot": snapshot.snapshot, "as_of": snapshot.as_of}
    headers = {**OPEN_TO_ALL, **NEVER_KEPT}
    return Response(rendering.json_bytes(state), headers=headers, media_type="application/json")


def robots(request: Request, snapshot: Snapshot) -> Response:
    """What crawlers leave alone, and where the sitemap is."""
    closed = [f"Disallow: {folder}" for folder in _NOT_TO_BE_READ]
    text = "\n".join(["User-agent: *", *closed, f"Sitemap: {_site(request)}{SITEMAP}", ""])
    return kept(request, snapshot, "text/plain; charset=utf-8", lambda: (text.encode(), {}))


def sitemap(request: Request, snapshot: Snapshot) -> Response:
    """Every page, and the light page of every authority that has figures."""
    return kept(request, snapshot, "application/xml", lambda: (_sitemap(_site(request), snapshot), {}))


def _sitemap(site: str, snapshot: Snapshot) -> bytes:
    codes = [row["authority_code"] for row in questions.ask("authority_with_figures").rows]
    paths = [page.path for page in PAGES] + [LIGHT_SEARCH] + [f"{LIGHT_SEARCH}/{code}" for code in codes]
    entries = [
        f"<url><loc>{escape(site + quote(path))}</loc><lastmod>{snapshot.as_of}</lastmod></url>"
        for path in paths
    ]
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    )
    return "\n".join([head, *entries, "</urlset>", ""]).encode()


def api_description(request: Request, snapshot: Snapshot) -> Response:
    """The OpenAPI document."""
    return kept(request, snapshot, "application/json", lambda: (rendering.json_bytes(openapi.document()), {}))


def _site(request: Request) -> str:
    return str(request.base_url).rstrip("/")
