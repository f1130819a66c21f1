"""The addresses of the light pages: /tra-cuu and /tra-cuu/{code}, and how they answer."""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dunghen import illustration, questions
from dunghen.addresses import LIGHT_SEARCH
from dunghen.keeping import is_kept, program
from dunghen.light import rendering
from dunghen.light.authority import look_at
from dunghen.light.provinces import provinces
from dunghen.scope import LANGUAGES, LONGEST_VALUE, BadParameterError, Scope
from dunghen.words import say
from dunghen.words.parameters import allowed_in

PER_PAGE = 20
LAST_PAGE = 999
LONGEST_NUMBER = len(str(LAST_PAGE))
MADE_AT_ONCE = 8
SUGGESTIONS = 5
# A new snapshot is seen everywhere within a minute.
KEPT = {"Cache-Control": "public, max-age=60, must-revalidate", "Vary": "Accept-Encoding"}
NEVER_KEPT = {"Cache-Control": "no-store", "Vary": "Accept-Encoding"}


@dataclass(frozen=True)
class Asked:
    """A request, the language it wants and the snapshot that answers it."""

    request: Request
    language: str
    snapshot: str

    @property
    def key(self) -> tuple[str, ...]:
        """What a page depends on beside what is asked: the address of the server stands in it."""
        return self.snapshot, self.language, str(self.request.base_url)

    def page(self, template: str, *, query: str = "", code: str | None = None, **values: object) -> Body:
        """A page of templates/ with what the head and the foot of every page need."""
        html = rendering.page(
            template,
            self.language,
            query=query,
            code=code,
            sample=self._imaginary(code),
            path=f"{LIGHT_SEARCH}/{quote(code, safe='')}" if code else LIGHT_SEARCH,
            base=str(self.request.base_url).rstrip("/"),
            snapshot=self.snapshot,
            as_of=questions.as_of(code),
            **values,
        )
        plain = html.encode()
        return Body(plain, gzip.compress(plain, compresslevel=6, mtime=0))

    def _imaginary(self, code: str | None) -> str:
        """What the page of an imaginary authority says above everything; empty for all others."""
        if not illustration.is_imaginary(code):
            return ""
        name = questions.name_of(code or "")
        return say("illustration.banner", self.language, name=name).replace("**", "")


@dataclass(frozen=True)
class Body:
    """An HTML page as it goes over the wire, plain and compressed."""

    plain: bytes
    packed: bytes


class Pages:
    """The last pages made, so that a page of a snapshot is made once. Safe to use from several threads.

    When many ask for the same page at once, one of them makes it and the others wait for it.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[str, ...], Body] = OrderedDict()
        self._lock = threading.Lock()
        self._making = tuple(threading.Lock() for _ in range(MADE_AT_ONCE))

    def get(self, key: tuple[str, ...], make: Callable[[], Body]) -> Body:
        """The page of a key; made now if it is not there."""
        known = self._known(key)
        if known is not None:
            return known
        with self._making[hash(key) % MADE_AT_ONCE]:
            return self._known(key) or self._keep(key, make())

    def _known(self, key: tuple[str, ...]) -> Body | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: tuple[str, ...], made: Body) -> Body:
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made


_authorities = Pages(most=2000)
_searches = Pages(most=500)


def search(request: Request) -> Response:
    """The form, and what goes by the name in `q`, 20 a page."""

    def answer(asked: Asked) -> Response:
        query = " ".join(request.query_params.get("q", "").split())
        if len(query) > LONGEST_VALUE:
            raise BadParameterError("q", query, "length", most=LONGEST_VALUE)
        number = _page_number(request.query_params.get("trang", "1"))
        scope = Scope(limit=PER_PAGE, offset=(number - 1) * PER_PAGE)

        def make() -> Body:
            return asked.page(
                "search",
                query=query,
                found=questions.find(query, scope) if query else None,
                provinces=None if query else provinces(),
                number=number,
                per_page=PER_PAGE,
            )

        return _conditional(asked, lambda: _searches.get((*asked.key, query, str(number)), make))

    return _answered(request, answer)


def authority(request: Request) -> Response:
    """Everything about the authority whose code is in the address."""

    def answer(asked: Asked) -> Response:
        code = request.path_params["authority_code"]
        if questions.ask("authority_by_code", Scope(authority_code=code)).one is None:
            own = questions.code_of_portal(code)
            return _unknown(asked, code) if own is None else _moved(asked, own)

        def make() -> Body:
            return asked.page("authority", code=code, view=look_at(code))

        return _conditional(asked, lambda: _authorities.get((*asked.key, code), make))

    return _answered(request, answer)


routes: list[BaseRoute] = [
    Route(LIGHT_SEARCH, search, name="light_search"),
    Route(f"{LIGHT_SEARCH}/{{authority_code}}", authority, name="light_authority"),
]


def _answered(request: Request, answer: Callable[[Asked], Response]) -> Response:
    """The answer, asked of one snapshot; a parameter that cannot be understood is told in words."""
    with questions.view() as snapshot:
        asked = Asked(request, "vi", snapshot.snapshot)
        try:
            asked = replace(asked, language=_language(request))
            return answer(asked)
        except BadParameterError as error:
            page = asked.page("bad_parameter", error=error, allowed=allowed_in(asked.language, error))
            return _response(request, page, 422, NEVER_KEPT)


def _language(request: Request) -> str:
    query = request.query_params
    for name in ("lang", "ngon-ngu"):
        value = query.get(name, "").strip()
        if value and value not in LANGUAGES:
            raise BadParameterError(name, value, "choice", choices=", ".join(LANGUAGES))
        if value:
            return value
    return "vi"


def _page_number(text: str) -> int:
    is_short_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    if not (is_short_number and 1 <= int(text) <= LAST_PAGE):
        raise BadParameterError("trang", text, "number", lowest=1, highest=LAST_PAGE)
    return int(text)


def _moved(asked: Asked, authority_code: str) -> Response:
    """For a code of the national portal: the page under the authority's own code."""
    query = f"?{asked.request.url.query}" if asked.request.url.query else ""
    target = f"{LIGHT_SEARCH}/{quote(authority_code)}{query}"
    return Response(status_code=308, headers={**KEPT, "Location": target})


def _unknown(asked: Asked, code: str) -> Response:
    guess = " ".join(code.replace("-", " ").split())[:LONGEST_VALUE]
    page = asked.page(
        "unknown",
        unknown=code[:LONGEST_VALUE],
        perhaps=questions.find(guess, Scope(limit=SUGGESTIONS)).rows,
    )
    return _response(asked.request, page, 404, NEVER_KEPT)


def _conditional(asked: Asked, make: Callable[[], Body]) -> Response:
    """The page, or 304 if the client has the one of this snapshot, language and look."""
    tag = f'W/"{asked.snapshot}-{asked.language}-{program()}"'
    headers = {**KEPT, "ETag": tag, "Content-Language": asked.language}
    if is_kept(tag, asked.request.headers.get("if-none-match")):
        return Response(status_code=304, headers=headers)
    return _response(asked.request, make(), 200, headers)


def _response(request: Request, body: Body, status: int, headers: dict[str, str]) -> Response:
    """The page, compressed if the client takes that; for HEAD its headers alone."""
    packs = "gzip" in request.headers.get("accept-encoding", "")
    content = body.packed if packs else body.plain
    sent = {**headers, "Content-Length": str(len(content))} | ({"Content-Encoding": "gzip"} if packs else {})
    return Response(
        b"" if request.method == "HEAD" else content, status, sent, media_type="text/html; charset=utf-8"
    )
