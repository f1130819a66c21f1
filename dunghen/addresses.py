"""The pages of the explorer: their scripts, their addresses and their order in the menu.

One table for the menu, for the server (404 to everything else), for the sitemap and for links."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """One page: `script` is its file in pages/, `path` its address, `key` its table in dunghen/words/."""

    script: str
    path: str
    key: str


PAGES = (
    Page("tong_quan.py", "/", "overview"),
    Page("don_vi.py", "/don-vi", "authority"),
    Page("so_sanh.py", "/so-sanh", "compare"),
    Page("tieu_chi.py", "/tieu-chi", "criteria"),
    Page("man_hinh.py", "/man-hinh", "screen"),
    Page("du_lieu.py", "/du-lieu", "data"),
)
LIGHT_SEARCH = "/tra-cuu"
EMBEDDED = "/nhung/"
