"""Who may open a session: browsers that say where they come from, and not too many from one address."""

from __future__ import annotations

import ipaddress
import os
from collections import Counter

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from dunghen.serving.errors import StartError

LIMIT_VARIABLE = "DUNGHEN_SESSIONS_PER_ADDRESS"
# A whole office, or a mobile network, may stand behind one address.
DEFAULT_LIMIT = 200
POLICY_VIOLATION = 1008
TRY_AGAIN_LATER = 1013


def limit_from_environment() -> int:
    """Live sessions allowed per client address; `StartError` if the variable holds no such number."""
    text = os.environ.get(LIMIT_VARIABLE, str(DEFAULT_LIMIT))
    if not text.isdecimal() or int(text) < 1:
        raise StartError(f"{LIMIT_VARIABLE} must be a whole number above 0, not {text!r}.")
    return int(text)


class SessionLimit:
    """Refuses a websocket without an Origin header, and one more than `limit` from the same address.

    Streamlit itself refuses an Origin of another site, but lets a missing one pass."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit
        self.live: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        address = client_network(scope)
        if "origin" not in Headers(scope=scope):
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        elif self.live[address] >= self.limit:
            await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
        else:
            await self._count(address, scope, receive, send)

    async def _count(self, address: str, scope: Scope, receive: Receive, send: Send) -> None:
        self.live[address] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.live[address] -= 1
            if not self.live[address]:
                del self.live[address]


def client_network(scope: Scope) -> str:
    """The address a client is counted by: an IPv4 address, or the /64 that one IPv6 subscriber holds."""
    host = scope["client"][0] if scope.get("client") else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return str(host)
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))
