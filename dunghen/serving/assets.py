"""Streamlit's front-end files, compressed once at the start: a third of the weight on a phone."""

from __future__ import annotations

import gzip
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dunghen.serving.errors import StartError

PACKED_SUFFIXES = frozenset({".css", ".js", ".json", ".svg"})
# Files that are not addresses: the pages' addresses serve the rewritten index, nothing reads the manifest.
NOT_ADDRESSES = frozenset({"/index.html", "/manifest.json"})
HASHED_NAME = re.compile(r"\.[\w-]{8}\.\w+$")
FOREVER = "public, max-age=31536000, immutable"
AN_HOUR = "public, max-age=3600"


@dataclass(frozen=True)
class PackedFile:
    """One file as it goes over the wire."""

    body: bytes
    media_type: str
    cache_control: str


class Assets:
    """The files of one front-end folder: `paths` are their addresses; `pack` compresses them."""

    def __init__(self, folder: Path) -> None:
        """Lists `folder`; raises `StartError` if it is not there."""
        if not folder.is_dir():
            raise StartError(f"Streamlit's front end is missing: {folder} is not a folder. Install it again.")
        self._folder = folder
        self._files = {
            f"/{path.relative_to(folder).as_posix()}": path for path in folder.rglob("*") if path.is_file()
        }
        self._packed: dict[str, PackedFile] = {}
        self.paths = frozenset(self._files) - NOT_ADDRESSES

    def index_html(self) -> str:
        """The text of index.html as shipped."""
        path = self._folder / "index.html"
        if not path.is_file():
            raise StartError(f"Streamlit's front end is incomplete: {path} is missing. Install it again.")
        return path.read_text(encoding="utf-8")

    def pack(self) -> None:
        """Compresses every file worth it, in memory (about 7 MB, a second or two of one core)."""
        for address in sorted(self.paths):
            path = self._files[address]
            if path.suffix in PACKED_SUFFIXES:
                self._packed[address] = PackedFile(
                    body=gzip.compress(path.read_bytes(), compresslevel=7, mtime=0),
                    media_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
                    cache_control=FOREVER if HASHED_NAME.search(path.name) else AN_HOUR,
                )

    def packed(self, address: str) -> PackedFile | None:
        """The compressed file at an address; None if there is none or it is left as it is (fonts)."""
        return self._packed.get(address)


class StaticFiles:
    """Answers for compressed files; everything else goes on to Streamlit's own file server."""

    def __init__(self, app: ASGIApp, assets: Assets) -> None:
        self.app = app
        self.assets = assets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        file = self._wanted(scope)
        if file is None:
            await self.app(scope, receive, send)
            return
        headers = {"Content-Encoding": "gzip", "Cache-Control": file.cache_control, "Vary": "Accept-Encoding"}
        await Response(file.body, media_type=file.media_type, headers=headers)(scope, receive, send)

    def _wanted(self, scope: Scope) -> PackedFile | None:
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            return None
        headers = Headers(scope=scope)
        if "gzip" not in headers.get("accept-encoding", "") or "range" in headers:
            return None
        return self.assets.packed(scope["path"])
