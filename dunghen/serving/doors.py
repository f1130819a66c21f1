"""Which addresses there are: what is known goes on, the rest gets an answer in words.

Streamlit answers any address with its app and 200; here an unknown one is a 404."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from dunghen.serving import trouble

CLOSED = ("/_stcore/metrics", "/_stcore/upload_file", "/_stcore/script-health-check", "/_stcore/agent")
STREAMLIT_ADDRESSES = frozenset({"/_stcore/health", "/_stcore/host-config"})
STREAMLIT_FOLDERS = ("/media/", "/component/", "/_stcore/bidi-components/")


class Doors:
    """Lets known addresses through, mends a slash too many or too few, and answers 404 to the rest."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute], files: frozenset[str]) -> None:
        self.app = app
        self.routes = tuple(routes)
        self.files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif is_closed(scope["path"]):
            await trouble.page(scope, 404, "closed")(scope, receive, send)
        elif self._knows(scope, scope["path"]):
            await self.app(scope, receive, send)
        elif (mended := self._mended(scope)) is not None:
            await RedirectResponse(mended, status_code=308)(scope, receive, send)
        else:
            await trouble.page(scope, 404, "not_found")(scope, receive, send)

    def _knows(self, scope: Scope, path: str) -> bool:
        if path in self.files or path in STREAMLIT_ADDRESSES or path.startswith(STREAMLIT_FOLDERS):
            return True
        asked = {**scope, "path": path, "raw_path": path.encode()}
        return any(route.matches(asked)[0] is not Match.NONE for route in self.routes)

    def _mended(self, scope: Scope) -> str | None:
        """The address with its last slash put on or taken off, where that one is known; the query kept."""
        path = scope["path"]
        other = path.rstrip("/") if path.endswith("/") else f"{path}/"
        # an address that begins with two slashes would send the browser to another site
        if not other or other.startswith(("//", "/\\")) or not self._knows(scope, other):
            return None
        query = scope.get("query_string", b"").decode("latin-1")
        return f"{other}?{query}" if query else other


def is_closed(path: str) -> bool:
    """Whether an address is for the server itself, not for visitors."""
    return path.startswith(CLOSED)
