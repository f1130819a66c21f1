"""The wall screen by itself: it turns, can be stopped, shows a new snapshot, survives a restart."""

from __future__ import annotations

import os
import re
import shutil
import time
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Page, expect

from dunghen.words import say
from tests.conftest import free_port, running_site

REST = {"rest": say("sentence.definition.portal.rest")}
HEAD = {view: say(f"screen.head.{view}", **REST) for view in ("tong-quan", "o-dau", "tieu-chi")}
# what stands over the edge of its panel, is cut off by its own box, or is smaller than can be read from afar
UNREADABLE = """() => {
  const over = (inner, outer) => inner.bottom > outer.bottom + 1 || inner.right > outer.right + 1;
  const panels = [...document.querySelectorAll(".dh-panel")];
  const spilt = panels.flatMap(panel => [...panel.children].filter(
    child => over(child.getBoundingClientRect(), panel.getBoundingClientRect())));
  const foot = document.querySelector(".dh-foot").getBoundingClientRect();
  const low = panels.filter(panel => panel.getBoundingClientRect().bottom > foot.top + 1);
  const inside = [...document.querySelectorAll(".dh-wall *")];
  const cut = inside.filter(part => getComputedStyle(part).overflow !== "visible"
    && (part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1));
  const says = part => [...part.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  const small = inside.filter(part => says(part)
    && parseFloat(getComputedStyle(part).fontSize) < 22);
  return [...spilt, ...low, ...cut, ...small].map(part => part.textContent.trim());
}"""
SECONDS_TO_RECOVER = 30


@pytest.fixture
def wall(page: Page) -> Page:
    """A wall of 1080p whose owner likes light pages."""
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.emulate_media(color_scheme="light")
    return page


@pytest.fixture
def own_copy(published_file: Path, tmp_path: Path) -> Path:
    """A published file that the test may replace."""
    return Path(shutil.copy(published_file, tmp_path / "own.duckdb"))


def publish(path: Path, snapshot: str) -> None:
    """Puts the same figures in place under another snapshot id, in one step as a publication does."""
    draft = Path(shutil.copy(path, path.with_suffix(".draft")))
    with duckdb.connect(draft) as connection:
        connection.execute("UPDATE snapshot SET snapshot = $id", {"id": snapshot})
    os.replace(draft, path)  # noqa: PTH105 - the one step that the product itself takes


def test_it_turns_through_its_views_by_itself(wall: Page, complaints: list[str]) -> None:
    wall.goto("/man-hinh?trong=25&giay=5")

    for _ in range(2):
        for heading in HEAD.values():
            expect(wall.locator("h1")).to_contain_text(heading)
    assert complaints == []


def test_the_views_that_are_asked_for_turn_and_no_other(wall: Page) -> None:
    wall.goto("/man-hinh?trong=25&giay=5&muc=o-dau")

    expect(wall.locator("h1")).to_contain_text(HEAD["o-dau"])
    expect(wall.get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "asked",
    ["trong=MH&dung=tong-quan", "trong=MH&dung=o-dau", "trong=25&dung=tong-quan", "trong=VN&dung=tieu-chi"],
)
def test_nothing_on_it_is_cut_or_small(wall: Page, asked: str, language: str) -> None:
    wall.goto(f"/man-hinh?{asked}&lang={language}")
    expect(wall.locator(".dh-clock")).to_be_visible()

    assert wall.evaluate(UNREADABLE) == []


def test_a_refresh_does_not_redraw_what_has_not_changed(wall: Page) -> None:
    # the turn that lasts longer from now on: the view must not change under the test
    seconds = max((593, 600), key=lambda turn: turn - time.time() % turn)
    wall.goto(f"/man-hinh?trong=25&giay={seconds}&muc=tong-quan,o-dau")
    heading, clock = wall.locator("h1"), wall.locator(".dh-clock")
    expect(clock).to_be_visible()
    heading.evaluate("heading => { heading.seenBefore = true; }")
    for _ in range(2):
        expect(clock).not_to_have_text(clock.inner_text())

    assert heading.evaluate("heading => heading.seenBefore") is True


def test_it_comes_up_dark_with_nothing_to_click(wall: Page) -> None:
    wall.goto("/man-hinh?trong=25")
    expect(wall.locator(".dh-wall")).to_be_visible()

    ground = wall.locator("[data-testid=stApp]").evaluate("app => getComputedStyle(app).backgroundColor")
    assert ground == "rgb(15, 27, 38)"
    expect(wall.locator("[data-testid=stSidebar]")).to_have_count(0)


def test_the_menu_opens_it_in_a_tab_of_its_own_in_its_night_colours(page: Page) -> None:
    page.goto("/so-sanh?trong=25")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=say("page.screen.menu"), exact=True).click()

    expect(opened.value).to_have_url(re.compile(r"/man-hinh\?trong=25&embed=true&embed_options=dark_theme"))
    expect(opened.value.locator("h1")).to_contain_text("Tỉnh Phú Thọ")


def test_the_arrow_keys_step_and_stop_it_and_p_lets_it_go_on(wall: Page) -> None:
    wall.goto("/man-hinh?trong=25&giay=600&dung=tong-quan")
    expect(wall.locator("h1")).to_contain_text(HEAD["tong-quan"])
    expect(wall.get_by_role("button", name=say("screen.go_on"))).to_be_visible()

    wall.keyboard.press("ArrowRight")
    expect(wall.locator("h1")).to_contain_text(HEAD["o-dau"])
    expect(wall).to_have_url(re.compile("dung=o-dau"))
    wall.keyboard.press("ArrowLeft")
    expect(wall).to_have_url(re.compile("dung=tong-quan"))
    wall.keyboard.press("p")
    expect(wall.get_by_role("button", name=say("screen.stop"))).to_be_visible()
    expect(wall).not_to_have_url(re.compile("dung="))


def test_it_leads_to_the_authority_that_needs_attention(wall: Page) -> None:
    wall.goto("/man-hinh?trong=25&dung=tong-quan")

    expect(wall.locator(".dh-wall")).to_contain_text("39.339")
    row = wall.get_by_role("link", name=re.compile("Xã Yên Lạc"))
    expect(row).to_contain_text(say("screen.lacks", missing="627 hồ sơ"))
    row.click()
    expect(wall).to_have_url(re.compile(r"/don-vi\?ma=09025"))


@pytest.mark.slow
def test_a_new_snapshot_and_a_new_server_are_picked_up_without_a_hand(
    wall: Page, own_copy: Path, tmp_path: Path
) -> None:
    port, log = free_port(), tmp_path / "server.log"
    publish(own_copy, "first000")
    with running_site(own_copy, port, log) as address:
        wall.goto(f"{address}/man-hinh?trong=25&dung=tong-quan")
        expect(wall.locator(".dh-wall")).to_contain_text("first000")

        publish(own_copy, "second00")
        expect(wall.locator(".dh-wall")).to_contain_text("second00")

    publish(own_copy, "third000")
    with running_site(own_copy, port, log):
        expect(wall.locator(".dh-wall")).to_contain_text("third000", timeout=SECONDS_TO_RECOVER * 1000)
