"""A real Chromium for the tests of this folder: found, or said loudly that there is none."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, expect, sync_playwright

from tests.conftest import NO_CHROMIUM

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HERE = Path(__file__).parent
MILLISECONDS_TO_WAIT = 20_000

expect.set_options(timeout=MILLISECONDS_TO_WAIT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("live"))


def find_chromium(playwright: Playwright) -> str | None:
    """Path of a Chromium: DUNGHEN_CHROMIUM, else one on the PATH, else the one Playwright installed."""
    found = os.environ.get("DUNGHEN_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    own = playwright.chromium.executable_path
    return found or (own if Path(own).exists() else None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once. Without one the test is skipped, or fails under DUNGHEN_BROWSER=required."""
    with sync_playwright() as playwright:
        path = find_chromium(playwright)
        if path is None and os.environ.get("DUNGHEN_BROWSER") == "required":
            pytest.fail(f"{NO_CHROMIUM}, and DUNGHEN_BROWSER=required asks for one", pytrace=False)
        if path is None:
            pytest.skip(NO_CHROMIUM)
        # no sandbox: containers and CI run as root, where Chromium refuses to start with it
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, live_site: str) -> Iterator[Page]:
    """A fresh page of a laptop in Vietnamese; addresses are relative to the live site."""
    context = browser.new_context(base_url=live_site, locale="vi-VN", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(MILLISECONDS_TO_WAIT)
    yield context.new_page()
    context.close()


def is_streamlits_guess(url: str) -> bool:
    """On /so-sanh Streamlit first asks whether it lives under /so-sanh/, and takes the 404 for a no."""
    return bool(re.search(r"/[a-z-]+/_stcore/(health|host-config)$", url))


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complains about in its console, as it comes in."""
    heard: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and not is_streamlits_guess(message.location["url"]):
            heard.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard
