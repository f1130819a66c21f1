"""Streamlit's index.html, rewritten per page: language, title, description, a door without script."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dunghen.addresses import LIGHT_SEARCH, PAGES, Page
from dunghen.serving.errors import StartError
from dunghen.words import say

ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Crect width='32' height='32' rx='6' fill='%2312436D'/%3E"
    "%3Cpath d='M8 17l5 5 11-12' fill='none' stroke='white' stroke-width='4'/%3E%3C/svg%3E"
)
LOCALES = {"vi": "vi_VN", "en": "en_US"}
# What is rewritten, and how often it must occur for this to be the index.html we know.
HTML_TAG = re.compile(r"<html[^>]*>")
TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
NO_SCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
FAVICON = re.compile(r'<link rel="shortcut icon"[^>]*>')
# A font that the theme does not use, and an API that is off.
LEFT_OUT = (
    re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*>'),
    re.compile(r'<link rel="service-desc"[^>]*>'),
)
# The wall screen: Streamlit's own dark theme without its bar, and nobody there to choose them.
ON_THE_WALL = "embed=true&embed_options=dark_theme"
COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)


class Template:
    """The shipped index.html with holes; `inline_scripts` are the bodies a security policy must name."""

    def __init__(self, html: str) -> None:
        """Raises `StartError` if `html` lacks one of the places that are filled."""
        for place in (HTML_TAG, TITLE, NO_SCRIPT, FAVICON):
            if len(place.findall(html)) != 1:
                raise StartError(
                    f"This version of Streamlit ships another index.html: not one {place.pattern}. "
                    "Install the version that requirements.txt names."
                )
        licence, body = html.split("<!DOCTYPE", 1)
        body = COMMENT.sub("", body)
        for unused in LEFT_OUT:
            body = unused.sub("", body)
        # a browser that meets anything but the doctype first may fall back to quirks
        self._html = f"<!DOCTYPE{body}{licence}"
        self.inline_scripts = _inline_scripts(self._html)

    def fill(self, page: Page, language: str, code: str | None, name: str | None) -> str:
        """The index for one page and language, about the authority of that code and name if there is one.

        Without script it leads to the light page of `code`."""
        html = HTML_TAG.sub(f'<html lang="{language}">', self._html)
        html = TITLE.sub(lambda _: _head(page, language, name), html)
        html = FAVICON.sub(lambda _: f'<link rel="icon" href="{ICON}">', html)
        return NO_SCRIPT.sub(lambda _: _no_script(language, code), html)


def _head(page: Page, language: str, name: str | None) -> str:
    title = escape(" · ".join(filter(None, [name, say(f"page.{page.key}.title", language)])))
    description = escape(say(f"page.{page.key}.description", language))
    return f"""<title>{title}</title>
    <meta name="description" content="{description}">
    <meta property="og:type" content="website">
    <meta property="og:site_name" content="{escape(say("site.name", language))}">
    <meta property="og:locale" content="{LOCALES[language]}">
    <meta property="og:title" content="{title}">
    <meta property="og:description" content="{description}">
    <meta name="theme-color" media="(prefers-color-scheme: light)" content="#F7F6F2">
    <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0F1B26">"""


def _no_script(language: str, code: str | None) -> str:
    target = f"{LIGHT_SEARCH}/{quote(code, safe='')}" if code else LIGHT_SEARCH
    link = f'<a href="{escape(target)}">{escape(say("site.light_search", language))}</a>'
    return f"<noscript><p>{escape(say('site.no_script', language))} {link}</p></noscript>"


class _ScriptFinder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.bodies: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and "src" not in dict(attrs)

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.bodies.append(data)


def _inline_scripts(html: str) -> tuple[str, ...]:
    finder = _ScriptFinder()
    finder.feed(html)
    finder.close()
    return tuple(finder.bodies)


def answer(body: bytes, accepted: str) -> Response:
    """An HTML answer, compressed if that is `accepted`: Streamlit leaves out the start page."""
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if "gzip" not in accepted:
        return HTMLResponse(body, headers=headers)
    return HTMLResponse(gzip.compress(body, mtime=0), headers={**headers, "Content-Encoding": "gzip"})


def routes(template: Template, title_of: Callable[[str, str], str | None]) -> list[BaseRoute]:
    """One route per page of the explorer; `title_of` names an authority by its code and a language."""
    return [Route(page.path, _endpoint(template, page, title_of)) for page in PAGES]


def _endpoint(
    template: Template, page: Page, title_of: Callable[[str, str], str | None]
) -> Callable[[Request], Response]:
    def index(request: Request) -> Response:
        query = request.query_params
        if page.key == "screen" and "embed" not in query:
            asked = f"{request.url.query}&" if request.url.query else ""
            return RedirectResponse(f"{page.path}?{asked}{ON_THE_WALL}")
        language = "en" if "en" in (query.get("lang"), query.get("ngon-ngu")) else "vi"
        code = query.get("ma") or query.get("trong")
        html = template.fill(page, language, code, title_of(code, language) if code else None)
        return answer(html.encode(), request.headers.get("accept-encoding", ""))

    return index
