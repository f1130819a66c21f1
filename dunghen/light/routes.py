"""The addresses of the light pages: /tra-cuu and /tra-cuu/{code}, and how they answer."""

from __future__ import annotations

import gzip
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dunghen import questions
from dunghen.addresses import LIGHT_SEARCH
from dunghen.light import rendering
from dunghen.light.authority import look_at
from dunghen.scope import LANGUAGES, LONGEST_VALUE, BadParameterError, Scope
from dunghen.warehouse import DatabaseMissingError, Snapshot

PER_PAGE = 20
LAST_PAGE = 999
KEPT_PAGES = 2000
SUGGESTIONS = 5
# A new snapshot is seen everywhere within a minute.
KEPT = {"Cache-Control": "public, max-age=60, must-revalidate", "Vary": "Accept-Encoding"}
NEVER_KEPT = {"Cache-Control": "no-store", "Vary": "Accept-Encoding"}

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Body:
    """An HTML page as it goes over the wire, plain and compressed."""

    plain: bytes
    packed: bytes


class Pages:
    """The last pages made, so that a page of a snapshot is made once. Safe to use from several threads."""

    def __init__(self, most: int = KEPT_PAGES) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[str, ...], Body] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[str, ...], make: Callable[[], Body]) -> Body:
        """The page of a key; made now if it is not there."""
        with self._lock:
            known = self._kept.get(key)
            if known is not None:
                self._kept.move_to_end(key)
                return known
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made


_pages = Pages()


def search(request: Request) -> Response:
    """The form, and what goes by the name in `q`, 20 a page."""

    def answer(snapshot: Snapshot, language: str) -> Response:
        query = " ".join(request.query_params.get("q", "").split())
        if len(query) > LONGEST_VALUE:
            raise BadParameterError("q", query, "query")
        number = _page_number(request.query_params.get("trang", "1"))
        scope = Scope(limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
        return _conditional(
            request,
            snapshot,
            language,
            lambda: _packed(
                rendering.page(
                    "search",
                    language,
                    **_frame(request, snapshot, query=query),
                    found=questions.find(query, scope) if query else None,
                    provinces=() if query else _provinces(),
                    number=number,
                    per_page=PER_PAGE,
                )
            ),
        )

    return _answered(request, answer)


def authority(request: Request) -> Response:
    """Everything about the authority whose code is in the address."""

    def answer(snapshot: Snapshot, language: str) -> Response:
        code = request.path_params["authority_code"]
        if questions.ask("authority_by_code", Scope(authority_code=code)).one is None:
            return _unknown(request, snapshot, language, code)

        def make() -> Body:
            return _packed(
                rendering.page(
                    "authority", language, **_frame(request, snapshot, code=code), view=look_at(code)
                )
            )

        key = (snapshot.snapshot, language, code, str(request.base_url))
        return _conditional(request, snapshot, language, lambda: _pages.get(key, make))

    return _answered(request, answer)


routes: list[BaseRoute] = [
    Route(LIGHT_SEARCH, search, name="light_search"),
    Route(f"{LIGHT_SEARCH}/{{authority_code}}", authority, name="light_authority"),
]


def _provinces() -> list[questions.Row]:
    """The provinces of today with an on-time rate, by name."""
    rows = questions.ask("authority_with_figures", Scope(level="province")).rows
    return [row for row in rows if row["era"] == "current" and row["rate"] is not None]


def _answered(request: Request, answer: Callable[[Snapshot, str], Response]) -> Response:
    """The answer, asked of one snapshot; what cannot be understood is told in words."""
    language = "vi"
    try:
        with questions.view() as snapshot:
            try:
                language = _language(request)
                return answer(snapshot, language)
            except BadParameterError as error:
                return _bad_parameter(request, snapshot, language, error)
    except DatabaseMissingError:
        _log.exception("there is no published file to answer from")
        return _response(request, _packed(rendering.page("no_database", "vi")), 503, NEVER_KEPT)


def _language(request: Request) -> str:
    query = request.query_params
    for name in ("lang", "ngon-ngu"):
        value = query.get(name, "").strip()
        if value and value not in LANGUAGES:
            raise BadParameterError(name, value, "language")
        if value:
            return value
    return "vi"


def _page_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= LAST_PAGE):
        raise BadParameterError("trang", text, "page")
    return int(text)


def _frame(
    request: Request, snapshot: Snapshot, *, query: str = "", code: str | None = None
) -> dict[str, object]:
    """What the head and the foot of every page need."""
    path = f"{LIGHT_SEARCH}/{quote(code, safe='')}" if code else LIGHT_SEARCH
    return {
        "query": query,
        "code": code,
        "path": path,
        "base": str(request.base_url).rstrip("/"),
        "snapshot": snapshot.snapshot,
        "as_of": snapshot.as_of,
    }


def _unknown(request: Request, snapshot: Snapshot, language: str, code: str) -> Response:
    guess = " ".join(code.replace("-", " ").split())[:LONGEST_VALUE]
    html = rendering.page(
        "unknown",
        language,
        **_frame(request, snapshot),
        unknown=code[:LONGEST_VALUE],
        perhaps=questions.find(guess, Scope(limit=SUGGESTIONS)).rows,
    )
    return _response(request, _packed(html), 404, NEVER_KEPT)


def _bad_parameter(request: Request, snapshot: Snapshot, language: str, error: BadParameterError) -> Response:
    html = rendering.page("bad_parameter", language, **_frame(request, snapshot), error=error)
    return _response(request, _packed(html), 422, NEVER_KEPT)


def _conditional(request: Request, snapshot: Snapshot, language: str, make: Callable[[], Body]) -> Response:
    """The page, or 304 if the client has the one of this snapshot, language and look."""
    tag = f'W/"{snapshot.snapshot}-{language}-{rendering.look()}"'
    headers = {**KEPT, "ETag": tag, "Content-Language": language}
    known = {part.strip() for part in request.headers.get("if-none-match", "").split(",")}
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return _response(request, make(), 200, headers)


def _packed(html: str) -> Body:
    plain = html.encode()
    return Body(plain, gzip.compress(plain, compresslevel=6, mtime=0))


def _response(request: Request, body: Body, status: int, headers: dict[str, str]) -> Response:
    """The page, compressed if the client takes that; for HEAD its headers alone."""
    packs = "gzip" in request.headers.get("accept-encoding", "")
    content = body.packed if packs else body.plain
    sent = {**headers, "Content-Length": str(len(content))} | ({"Content-Encoding": "gzip"} if packs else {})
    return Response(
        b"" if request.method == "HEAD" else content, status, sent, media_type="text/html; charset=utf-8"
    )
