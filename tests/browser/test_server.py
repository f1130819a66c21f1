"""What the server promises, as a real browser meets it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Response, expect

from dunghen.addresses import PAGES
from dunghen.addresses import Page as Entry
from dunghen.words import say
from tests.browser.conftest import is_streamlits_guess

DRAWN = "[data-testid=stAppViewContainer] h1"


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_every_page_draws_without_a_complaint(page: Page, complaints: list[str], entry: Entry) -> None:
    page.goto(entry.path)

    expect(page.locator(DRAWN).first).to_be_visible()
    expect(page.locator("[data-testid=stStatusWidget]")).to_have_count(0)
    expect(page.get_by_text(say("trouble.broken"))).to_have_count(0)
    assert complaints == []


def test_the_page_speaks_vietnamese_before_it_is_drawn(page: Page) -> None:
    page.route("**/static/js/**", lambda route: route.abort())
    page.goto("/so-sanh")

    assert page.evaluate("document.documentElement.lang") == "vi"
    assert page.title() == say("page.compare.title")


def test_without_script_there_is_a_link_to_the_light_page(page: Page, live_site: str) -> None:
    assert page.context.browser is not None
    without_script = page.context.browser.new_page(base_url=live_site, java_script_enabled=False)
    without_script.goto("/don-vi?ma=25")

    link = without_script.get_by_role("link", name=say("site.light_search"))
    expect(link).to_have_attribute("href", "/tra-cuu/25")


def test_every_script_comes_packed(page: Page) -> None:
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto("/du-lieu")
    expect(page.locator(DRAWN).first).to_be_visible()

    code = [answer for answer in answers if answer.url.endswith((".js", ".css"))]
    assert len(code) > 20
    assert [answer.url for answer in code if answer.headers.get("content-encoding") != "gzip"] == []
    failed = [answer.url for answer in answers if answer.status >= 400]
    assert [url for url in failed if not is_streamlits_guess(url)] == []


def test_an_unknown_address_is_a_page_with_a_way_on(page: Page) -> None:
    answer = page.goto("/khong-co")

    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", name=say("trouble.not_found"))).to_be_visible()
    page.get_by_role("link", name=say("page.compare.menu"), exact=True).click()
    expect(page).to_have_url(re.compile("/so-sanh$"))
