"""The answers for what is not there and for what went wrong: a sentence, and a way on; never a traceback."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Scope

from dunghen.addresses import LIGHT_SEARCH, PAGES
from dunghen.warehouse import DatabaseMissingError
from dunghen.words import say

LONGEST_PATH = 120
NEVER_KEPT = {"Cache-Control": "no-store"}
_TEMPLATE = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
).get_template("trouble.html")


def page(scope: Scope, status: int, trouble: str) -> Response:
    """A page in both languages about `trouble` (`not_found`, `closed`, `broken` …); JSON under /api/."""
    path = scope["path"][:LONGEST_PATH]
    if path.startswith("/api/"):
        return JSONResponse(_as_data(path, trouble), status, headers=NEVER_KEPT)
    sections = [_section(language, path, trouble) for language in ("vi", "en")]
    return HTMLResponse(
        _TEMPLATE.render(sections=sections, site_name=say("site.name")), status, headers=NEVER_KEPT
    )


def _as_data(path: str, trouble: str) -> dict[str, str]:
    vietnamese, english = (say(f"trouble.{trouble}_detail", language, path=path) for language in ("vi", "en"))
    return {"error": trouble, "detail": english, "detail_vi": vietnamese}


def _section(language: str, path: str, trouble: str) -> dict[str, object]:
    return {
        "language": language,
        "title": say(f"trouble.{trouble}", language),
        "detail": say(f"trouble.{trouble}_detail", language, path=path),
        "way_on": say("trouble.way_on", language),
        "links": _links(language),
    }


def _links(language: str) -> list[tuple[str, str]]:
    suffix = "" if language == "vi" else f"?lang={language}"
    names = [(LIGHT_SEARCH, "site.light_search"), *((page.path, f"page.{page.key}.menu") for page in PAGES)]
    return [(path + suffix, say(key, language)) for path, key in names]


async def answer_http_error(request: Request, error: Exception) -> Response:
    """For an HTTPException that a route left to us: the same page with the route's own status."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    return page(request.scope, status, "not_found")


async def answer_unreadable(request: Request, _error: Exception) -> Response:
    """For a route that found no published file to answer from."""
    return page(request.scope, 503, "no_database")


async def answer_failure(request: Request, _error: Exception) -> Response:
    """For what nobody expected; the traceback goes to the log, not here."""
    return page(request.scope, 500, "broken")


def handlers() -> dict[int | type[Exception], Any]:
    """The `exception_handlers` of the application."""
    return {
        404: answer_http_error,
        405: answer_http_error,
        500: answer_failure,
        DatabaseMissingError: answer_unreadable,
    }
