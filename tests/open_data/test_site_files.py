"""What crawlers are told."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from starlette.testclient import TestClient

from dunghen.addresses import LIGHT_SEARCH, PAGES

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_the_sitemap_lists_pages_and_authorities_with_figures(client: TestClient) -> None:
    response = client.get("/sitemap.xml")
    assert response.headers["content-type"] == "application/xml"
    tree = ET.fromstring(response.content)  # noqa: S314 - our own answer
    addresses = [entry.text or "" for entry in tree.iter(f"{SPACE}loc")]
    assert all(address.startswith("http://testserver/") for address in addresses)
    paths = {address.removeprefix("http://testserver") for address in addresses}
    assert {page.path for page in PAGES} <= paths
    assert {LIGHT_SEARCH, f"{LIGHT_SEARCH}/296", f"{LIGHT_SEARCH}/11203-2024"} <= paths
    assert f"{LIGHT_SEARCH}/11203" not in paths
    assert len(addresses) == len(paths) < 50_000


def test_robots_may_read_what_visitors_read(client: TestClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /_stcore/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert not any(line == "Disallow: /" for line in lines)
