"""The address follows every link, also one from a page to itself, and so do back and forward."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def test_a_link_from_a_page_to_itself_changes_the_address_once(page: Page) -> None:
    page.goto("/don-vi?ma=11203")
    heading = page.locator("[data-testid=stMain] h1").first
    expect(heading).to_have_text("Xã Ninh Giang")

    page.get_by_role("link", name="Xã Đồng Tâm").first.click()
    expect(heading).to_have_text("Xã Đồng Tâm")
    expect(page).to_have_url(re.compile(r"/don-vi\?ma=11203-2024$"))

    page.go_back()
    expect(heading).to_have_text("Xã Ninh Giang")
    expect(page).to_have_url(re.compile(r"/don-vi\?ma=11203$"))

    page.go_forward()
    expect(heading).to_have_text("Xã Đồng Tâm")
