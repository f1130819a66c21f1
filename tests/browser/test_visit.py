"""One visit from the search to the comparison, and what every page owes a phone and a wall."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from dunghen.words import say
from dunghen.words.names import band_name

VIET_TRI, PHU_THO = "07900", "25"
PLACES = {
    "overview": "/",
    "authority": f"/don-vi?ma={VIET_TRI}",
    "authority_of_a_former_commune": "/don-vi?ma=11203-2024",
    "authority_without_figures": "/don-vi?ma=11203",
    "compare": f"/so-sanh?trong={PHU_THO}",
    "criteria": "/tieu-chi?ma=11203-2024",
    "criteria_of_a_place": "/tieu-chi?trong=VN",
    "screen": f"/man-hinh?trong={PHU_THO}&dung=tong-quan",
    "screen_where": f"/man-hinh?trong={PHU_THO}&dung=o-dau",
    "screen_criteria": f"/man-hinh?trong={PHU_THO}&dung=tieu-chi",
    "data": "/du-lieu",
    "data_sources": "/du-lieu?muc=nguon",
    "data_oddities": "/du-lieu?muc=chua-khop",
    "data_checks": "/du-lieu?muc=kiem-tra",
    "data_dossiers": "/du-lieu?muc=ho-so",
    "data_dictionary": "/du-lieu?muc=tu-dien",
    "data_reuse": "/du-lieu?muc=tai-ve",
    "data_limits": "/du-lieu?muc=gioi-han",
}
MAIN = "[data-testid=stMain]"


def open_drawn(page: Page, path: str) -> None:
    """Opens a page and waits until it is drawn to the end."""
    page.goto(path)
    expect(page.locator(f"{MAIN} h1").first).to_be_visible()
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")


def test_a_visit_from_the_search_to_a_link_that_shows_the_same_again(
    page: Page, complaints: list[str]
) -> None:
    open_drawn(page, "/")
    main = page.locator(MAIN)
    main.get_by_role("searchbox").or_(main.get_by_role("textbox")).first.press_sequentially("viet tri")
    main.get_by_role("link", name=re.compile(r"Phường Việt Trì .*Phú Thọ")).click()

    expect(page).to_have_url(re.compile(rf"/don-vi\?.*ma={VIET_TRI}"))
    expect(main.get_by_text("89,3%").first).to_be_visible()
    expect(main.get_by_text(re.compile(r"7\.368\b")).first).to_be_visible()
    expect(main.get_by_text(re.compile(r"8\.253\b")).first).to_be_visible()

    page.get_by_role("link", name=say("page.compare.menu"), exact=True).first.click()
    expect(page).to_have_url(re.compile(rf"/so-sanh\?.*trong={PHU_THO}"))
    for band in ("clearly_below", "as_expected"):
        expect(main.get_by_text(re.compile(band_name(band), re.IGNORECASE)).first).to_be_visible()
    heading = main.locator("h1").first.inner_text()

    copied = page.url
    page.reload()
    expect(main.locator("h1").first).to_have_text(heading)
    elsewhere = page.context.new_page()
    elsewhere.goto(copied)
    expect(elsewhere.locator(f"{MAIN} h1").first).to_have_text(heading)
    expect(
        elsewhere.locator(MAIN).get_by_text(re.compile(band_name("clearly_below"), re.IGNORECASE)).first
    ).to_be_visible()
    assert complaints == []


def test_an_old_name_without_accents_finds_the_old_commune(page: Page) -> None:
    open_drawn(page, "/")
    main = page.locator(MAIN)
    main.get_by_role("searchbox").or_(main.get_by_role("textbox")).first.press_sequentially("dong tam")
    main.get_by_role("link", name=re.compile(r"^Xã Đồng Tâm \(cũ\) · Ninh Giang")).click()

    expect(page).to_have_url(re.compile(r"/don-vi\?.*ma=11203-2024"))
    expect(main.locator("h1").first).to_contain_text("Xã Đồng Tâm")


def test_the_light_page_tells_the_same_without_script(page: Page, live_site: str) -> None:
    assert page.context.browser is not None
    light = page.context.browser.new_page(base_url=live_site, java_script_enabled=False)
    light.goto(f"/tra-cuu/{VIET_TRI}")

    expect(light.locator("h1")).to_contain_text("Phường Việt Trì")
    expect(light.get_by_text(re.compile(r"89,3\s?%")).first).to_be_visible()
    expect(light.get_by_text(re.compile(r"8\.253")).first).to_be_visible()


@pytest.mark.parametrize(
    "path", ["/don-vi?ma=khong-co", "/so-sanh?trong=khong-co", "/man-hinh?trong=khong-co"]
)
def test_an_unknown_code_is_told_in_words_with_a_way_on(page: Page, path: str) -> None:
    page.goto(path)

    expect(page.get_by_role("heading", name=say("frame.unknown_title"))).to_be_visible()
    expect(page.locator(MAIN).get_by_text("khong-co").first).to_be_visible()


@pytest.mark.parametrize("path", PLACES.values(), ids=PLACES)
def test_nothing_scrolls_sideways_on_a_phone(page: Page, complaints: list[str], path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    open_drawn(page, path)

    widths = page.locator(MAIN).evaluate("main => [main.scrollWidth, main.clientWidth]")
    assert widths[0] <= widths[1]
    assert complaints == []


@pytest.mark.parametrize("view", ["tong-quan", "o-dau", "tieu-chi"])
@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (3840, 2160)])
@pytest.mark.parametrize("place", [PHU_THO, "VN"])
def test_a_view_of_the_wall_fits_the_screen(
    page: Page, place: str, width: int, height: int, view: str
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    open_drawn(page, f"/man-hinh?trong={place}&dung={view}")

    overflow = page.evaluate(
        """() => {
            const wall = document.querySelector('.dh-wall'), edge = wall.getBoundingClientRect().bottom + 1;
            const main = document.querySelector('[data-testid=stMain]');
            const over = [...wall.querySelectorAll('*')].filter(e => e.getBoundingClientRect().bottom > edge);
            return [main.scrollHeight - main.clientHeight, main.scrollWidth - main.clientWidth, over.length];
        }"""
    )
    assert overflow == [0, 0, 0]


def test_the_addresses_that_the_data_page_names_all_answer(page: Page, live_site: str) -> None:
    open_drawn(page, "/du-lieu?muc=tai-ve")
    links = page.locator(f"{MAIN} a[href*='/api/v1/']")
    expect(links).to_have_count(14)

    for link in links.all():
        address = str(link.get_attribute("href"))
        answer = page.request.get(address)
        assert answer.ok, address
        parts = urlsplit(address)
        kind = "text/csv" if parts.path.endswith(".csv") else "application/json"
        assert kind in answer.headers["content-type"], (address, parse_qs(parts.query))


def test_the_keyboard_is_seen_in_the_menu(page: Page) -> None:
    open_drawn(page, PLACES["authority"])
    link = page.locator("[data-testid=stSidebar]").get_by_role("link", name=say("page.compare.menu"))
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")

    expect(link).to_be_focused()
    expect(link).to_have_css("outline-style", "solid")
    expect(link).to_have_css("outline-width", "3px")


def test_a_page_on_paper_is_ink_without_a_menu(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    open_drawn(page, PLACES["authority"])
    heading = page.locator(f"{MAIN} h1").first
    expect(heading).not_to_have_css("color", "rgb(0, 0, 0)")

    page.emulate_media(media="print", color_scheme="dark")
    expect(heading).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator("body")).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(page.locator("[data-testid=stSidebar]")).to_be_hidden()
    expect(page.get_by_text("89,3%").first).to_be_visible()
