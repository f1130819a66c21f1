"""From a request to an answer: methods, one snapshot per request, ETag, cross-origin reading, refusals."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from dunghen import questions
from dunghen.keeping import is_kept, program
from dunghen.open_data import rendering
from dunghen.open_data.answers import MovedError, RefusalError, Table
from dunghen.open_data.endpoints import AUTHORITY_CODE, Download, Endpoint
from dunghen.open_data.parameters import read
from dunghen.warehouse import DatabaseMissingError, Snapshot

METHODS = "GET, HEAD, OPTIONS"
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Content-Disposition",
}
_PREFLIGHT = {
    **OPEN_TO_ALL,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "If-None-Match, Range",
    "Access-Control-Max-Age": "86400",
    "Allow": METHODS,
}
# A new snapshot is seen everywhere within a minute.
KEPT = {"Cache-Control": "public, max-age=60, must-revalidate", "Vary": "Accept-Encoding"}
NEVER_KEPT = {"Cache-Control": "no-store"}

_log = logging.getLogger(__name__)

AnswerOf = Callable[[Request, Snapshot], Response]


class Door:
    """Serves one address: `answer` is called in a worker thread, inside a view of one snapshot.

    DuckDB blocks while it reads, so nothing here runs on the event loop."""

    def __init__(self, answer: AnswerOf) -> None:
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if request.method == "OPTIONS":
            response = Response(status_code=204, headers=_PREFLIGHT)
        elif request.method not in ("GET", "HEAD"):
            response = refused(RefusalError(405, "method", method=request.method[:20], allowed=METHODS))
        else:
            response = await run_in_threadpool(self._answered, request)
        await response(scope, receive, send)

    def _answered(self, request: Request) -> Response:
        try:
            with questions.view() as snapshot:
                return self.answer(request, snapshot)
        except MovedError as moved:
            return _moved(request, moved)
        except RefusalError as refusal:
            return refused(refusal)
        except DatabaseMissingError:
            _log.exception("there is no published file to answer from")
            return refused(RefusalError(503, "no_database"))


def refused(refusal: RefusalError) -> Response:
    """A refusal as JSON, never kept by a cache."""
    headers = {**OPEN_TO_ALL, **NEVER_KEPT} | ({"Allow": METHODS} if refusal.status == 405 else {})
    body = rendering.json_bytes(refusal.as_data())
    return Response(body, refusal.status, headers, media_type="application/json")


def _moved(request: Request, moved: MovedError) -> Response:
    """The same address with the authority's own code, in the path or in the query."""
    headers = {**OPEN_TO_ALL, **KEPT}
    if moved.code == _code(request):
        head, _, tail = request.url.path.rpartition(f"/{moved.code}")
        target = f"{quote(head)}/{quote(moved.authority_code)}{quote(tail)}"
        query = f"?{request.url.query}" if request.url.query else ""
        return Response(status_code=308, headers={**headers, "Location": target + query})
    pairs = [
        (name, moved.authority_code if value.strip() == moved.code else value)
        for name, value in request.query_params.multi_items()
    ]
    target = f"{quote(request.url.path)}?{urlencode(pairs)}"
    return Response(status_code=308, headers={**headers, "Location": target})


def kept(
    request: Request, snapshot: Snapshot, media_type: str, render: Callable[[], tuple[bytes, dict[str, str]]]
) -> Response:
    """What `render` gives (body, further headers), or 304 if the client has the answer of this snapshot."""
    tag = entity_tag(request, snapshot)
    headers = {**OPEN_TO_ALL, **KEPT, "ETag": tag}
    if is_kept(tag, request.headers.get("if-none-match")):
        return Response(status_code=304, headers=headers)
    body, further = render()
    return Response(body, headers=headers | further, media_type=media_type)


def entity_tag(request: Request, snapshot: Snapshot) -> str:
    """The weak ETag of an answer: the snapshot, and what was asked of it and of which program."""
    asked = f"{program()} {request.url.path}?{urlencode(sorted(request.query_params.multi_items()))}"
    return f'W/"{snapshot.snapshot}-{hashlib.sha256(asked.encode()).hexdigest()[:12]}"'


def answer_json(endpoint: Endpoint) -> AnswerOf:
    """What serves an endpoint's answer as JSON."""

    def answer(request: Request, snapshot: Snapshot) -> Response:
        asked = read(endpoint.parameters, request.query_params.multi_items(), _code(request))

        def render() -> tuple[bytes, dict[str, str]]:
            table = endpoint.answer(asked)
            following = _following(request, table)
            body = rendering.as_json(snapshot.snapshot, snapshot.as_of, table, following)
            return body, _link(following)

        return kept(request, snapshot, "application/json", render)

    return answer


def answer_csv(endpoint: Endpoint) -> AnswerOf:
    """What serves an endpoint's rows as CSV, to be saved under a name that tells what and when."""

    def answer(request: Request, snapshot: Snapshot) -> Response:
        asked = read(endpoint.parameters, request.query_params.multi_items(), _code(request))

        def render() -> tuple[bytes, dict[str, str]]:
            table = endpoint.answer(asked)
            body = rendering.as_csv(table.rows, endpoint.exploded, endpoint.left_out)
            place = asked.scope.authority_code or asked.scope.parent_code
            parts = [
                "dunghen",
                *(["du-lieu-minh-hoa"] if table.shows_illustrative else []),
                endpoint.key,
                *([place] if place else []),
                (table.as_of or snapshot.as_of).isoformat(),
            ]
            name = {"Content-Disposition": f'attachment; filename="{quote("-".join(parts))}.csv"'}
            return body, name | _link(_following(request, table))

        return kept(request, snapshot, "text/csv; charset=utf-8", render)

    return answer


def answer_file(download: Download) -> AnswerOf:
    """What serves a file, to be saved under its own name."""

    def answer(request: Request, snapshot: Snapshot) -> Response:
        asked = read(download.parameters, request.query_params.multi_items(), _code(request))

        def render() -> tuple[bytes, dict[str, str]]:
            file = download.file(asked, snapshot)
            return file.body, {"Content-Disposition": f'attachment; filename="{quote(file.name)}"'}

        return kept(request, snapshot, download.media_type, render)

    return answer


def _code(request: Request) -> str | None:
    code: str | None = request.path_params.get(AUTHORITY_CODE)
    return code


def _following(request: Request, table: Table) -> str | None:
    """The address of the next page of a list, without its host; None on the last."""
    if table.next_offset is None:
        return None
    query = {**dict(request.query_params), "offset": str(table.next_offset)}
    return f"{quote(request.url.path)}?{urlencode(query)}"


def _link(following: str | None) -> dict[str, str]:
    return {"Link": f'<{following}>; rel="next"'} if following else {}
