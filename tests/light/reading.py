"""Reading a light page as a strict browser would: elements, texts, and what is wrong with its HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Self

VOID = {"meta", "link", "input", "br"}
RAW = {"style", "script"}
BLOCKS = {"p", "ul", "dl", "table", "section", "details", "div", "h1", "h2", "h3", "nav", "form"}
# what a browser sets apart from the text before it
APART = BLOCKS | {"dt", "dd", "li", "th", "td", "caption", "small", "summary", "br"}


@dataclass
class Element:
    """One element: its tag, attributes, elements and all text within."""

    tag: str
    attributes: dict[str, str]
    children: list[Self] = field(default_factory=list)
    own_text: list[str | Self] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text within, white space collapsed, no-break spaces as spaces."""
        return " ".join(self._raw_text().split())

    def _raw_text(self) -> str:
        if self.tag in RAW:
            return ""
        parts = [part if isinstance(part, str) else part._raw_text() for part in self.own_text]
        return (" " if self.tag in APART else "") + "".join(parts)

    def all(self, tag: str, **attributes: str) -> list[Self]:
        """Every element within of that tag (`*` for any) whose attributes hold those words."""
        found = []
        for child in self.children:
            if tag in ("*", child.tag) and all(
                word in child.attributes.get(name.rstrip("_"), "").split()
                for name, word in attributes.items()
            ):
                found.append(child)
            found += child.all(tag, **attributes)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("document", {})
        self.open = [self.root]
        self.faults: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) != len(names):
            self.faults.append(f"<{tag}> has an attribute twice: {names}")
        attributes = {name: value or "" for name, value in attrs}
        if (own := attributes.get("id")) is not None:
            if own in self.ids:
                self.faults.append(f"the id {own} stands twice")
            self.ids.add(own)
        if tag in BLOCKS and any(element.tag == "p" for element in self.open):
            self.faults.append(f"<{tag}> within <p>")
        element = Element(tag, attributes)
        self.open[-1].children.append(element)
        self.open[-1].own_text.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag != tag:
            self.faults.append(f"</{tag}> closes <{self.open[-1].tag}>")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].own_text.append(data)


def read(html: str) -> Element:
    """The document; fails if tags do not nest, an id or attribute stands twice, or a block lies in a <p>."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    faults = [*reader.faults, *(f"<{element.tag}> is never closed" for element in reader.open[1:])]
    if not html.startswith("<!doctype html>"):
        faults.append("no doctype")
    assert faults == []
    return reader.root


def loads(html: str) -> list[str]:
    """Everything a browser would fetch beside the page itself."""
    document = read(html)
    fetched = [element.attributes["src"] for element in document.all("*") if "src" in element.attributes]
    fetched += [
        element.attributes["href"]
        for element in document.all("link")
        if element.attributes.get("rel") not in ("canonical", "alternate")
        and not element.attributes["href"].startswith("data:")
    ]
    return fetched + re.findall(r"@import|url\([^)]*\)", html)
