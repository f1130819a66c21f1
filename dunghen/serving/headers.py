"""The headers that tell a browser what these pages may load and who may frame them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dunghen.addresses import EMBEDDED

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def content_security_policy(inline_scripts: Iterable[str]) -> str:
    """The policy of every page, without its last directive: scripts from here only, and the inline ones named
    by their SHA-256, as https://www.w3.org/TR/CSP3/#external-hash computes it."""
    hashes = "".join(f" 'sha256-{_hash(script)}'" for script in inline_scripts)
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src 'self'{hashes}",
            # Streamlit's styles are written into the page as it draws
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        ]
    )


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _name_once(headers: MutableHeaders) -> None:
    """What `Vary` names, each once: compression names again what a route named."""
    if "vary" in headers:
        named = [part.strip() for value in headers.getlist("vary") for part in value.split(",")]
        headers["vary"] = ", ".join(dict.fromkeys(named))


class SecurityHeaders:
    """Adds the headers to every HTTP answer that does not set them itself.

    Only the boxes made to be embedded may be framed by other sites."""

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self.app = app
        self.own = {**HEADERS, "Content-Security-Policy": f"{policy}; frame-ancestors 'self'"}
        self.embedded = {**HEADERS, "Content-Security-Policy": f"{policy}; frame-ancestors *"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        wanted = self.embedded if scope["path"].startswith(EMBEDDED) else self.own

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in wanted.items():
                    headers.setdefault(name, value)
                _name_once(headers)
            await send(message)

        await self.app(scope, receive, send_with_headers)
