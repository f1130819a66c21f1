"""Màn hình: the figures on the wall are those of the queries, for places with and without a comparison."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any

import pytest
import segno
from streamlit.testing.v1 import AppTest

from dunghen import questions
from dunghen.scope import Scope
from dunghen.ui.board import board, markup
from dunghen.words import say

PAGE = "pages/man_hinh.py"
OpenPage = Callable[..., AppTest]


def wall(page: AppTest) -> str:
    """What the wall says, as the markup it is drawn with."""
    bodies = [str(block.proto.body) for block in page.get("html")]
    return "\n".join(body for body in bodies if not body.startswith("<style>"))


def test_phu_tho_shows_its_rate_what_is_missing_and_who_needs_attention(open_page: OpenPage) -> None:
    shown = wall(open_page(PAGE, trong="25", dung="tong-quan"))

    assert "88,4<span>%" in shown
    assert "528.684 / 597.918 hồ sơ" in shown
    assert "▼ dưới mốc tham chiếu 95%: cần thêm 39.339 hồ sơ đúng hạn" in shown
    assert "(4 rõ rệt, 5 hơi thấp)" in shown
    assert shown.index("Xã Yên Lạc") < shown.index("Xã Hy Cương") < shown.index("Xã Tam Sơn")
    assert 'href="/don-vi?ma=09025"' in shown
    assert "cần thêm 627 hồ sơ đúng hạn" in shown
    assert "đúng hạn: sở, ngành 69,2% · cấp xã 92,7%" in shown
    assert "01/01 – 26/09/2026" in shown, "not mixed with the portal's set to 30/09/2026"


def test_what_is_overdue_now_is_told_where_dossiers_tell_it(open_page: OpenPage) -> None:
    whole = Scope(authority_code="MH", coverage="area", period_kind="year", record_kind="dossiers")
    overdue = questions.ask("result_by_report", whole).rows[0]["overdue"]

    assert f"{overdue} hồ sơ đang quá hạn, chưa xong" in wall(open_page(PAGE, trong="MH", dung="tong-quan"))
    assert "không hồ sơ nào đang quá hạn" in wall(open_page(PAGE, trong="MH-12", dung="tong-quan"))
    assert "đang quá hạn, chưa xong" not in wall(open_page(PAGE, trong="25", dung="tong-quan"))


def test_the_nation_is_the_default_and_says_that_it_is_a_sum(open_page: OpenPage) -> None:
    shown = wall(open_page(PAGE, dung="tong-quan"))

    assert "11.242.420 / 13.086.280 hồ sơ" in shown
    assert "cộng 34 tỉnh, thành phố" in shown
    assert "<span>Hồ Chí Minh</span><b>164.193</b>" in shown, "short, so that no line has to be cut"


def test_where_counts_departments_and_communes_together(open_page: OpenPage) -> None:
    shown = wall(open_page(PAGE, trong="25", dung="o-dau"))

    assert shown.index("25.179") < shown.index("6.280") < shown.index("913")
    assert "<b>136</b> trong mức thường" in shown
    assert "Nhiều hồ sơ không đúng hạn nhất" in shown
    assert "đúng hạn hoặc còn trong hạn · theo Cổng Dịch vụ công quốc gia" in shown


def test_criteria_are_the_places_own_or_the_medians_of_what_lies_in_it(open_page: OpenPage) -> None:
    own = wall(open_page(PAGE, trong="11203-2024", dung="tieu-chi"))
    medians = wall(open_page(PAGE, dung="tieu-chi"))

    assert '5 / 7</em><em class="dh-lost">−2</em>' in own
    assert "▼ 71,4%" in own
    assert own.index("−3,16") < own.index("−2,51") < own.index("−1,88")
    assert say("screen.order.lost") in own
    assert say("screen.order.share") in medians
    assert say("screen.medians") in medians
    assert "8,17 / 12" in medians


def test_a_commune_shows_itself_among_its_siblings(open_page: OpenPage) -> None:
    page = open_page(PAGE, trong="07900")
    shown = wall(page)

    assert "7.368 / 8.253 hồ sơ" in shown
    assert "Tỷ lệ này nằm trong mức thường của 148 xã, phường" in shown
    assert say("screen.ring") in shown
    assert len(page.button) == 0, "one view: nothing to stop"


@pytest.mark.parametrize("code", ["343", "11203"])
def test_a_place_without_a_rate_says_so_and_offers_others(open_page: OpenPage, code: str) -> None:
    shown = wall(open_page(PAGE, trong=code))

    assert say("screen.nothing") in shown
    assert f'href="/don-vi?ma={code}"' in shown
    assert 'href="/man-hinh?trong=VN"' in shown
    assert "Không phải trang chính thức" in shown
    assert "dh-number" not in shown


def test_a_former_province_leads_to_the_screen_of_what_it_became(open_page: OpenPage) -> None:
    shown = wall(open_page(PAGE, trong="30"))

    assert shown.index('href="/man-hinh?trong=31"') < shown.index('href="/man-hinh?trong=VN"')
    assert 'href="/man-hinh?trong=25"' in shown
    assert 'href="/man-hinh?trong=30"' not in shown


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("code", ["30", "343", "11203"])
def test_no_way_on_leads_to_another_empty_screen(open_page: OpenPage, code: str) -> None:
    offered = re.findall(r'href="/man-hinh\?trong=([^"&]+)"', wall(open_page(PAGE, trong=code)))

    assert offered
    for other in offered:
        place = questions.ask("authority_by_code", Scope(authority_code=other)).rows[0]
        assert board(place, Scope(parent_code=other)).views


def test_the_code_for_phones_leaves_out_what_only_the_wall_needs(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    make = segno.make

    def note_and_make(address: str, **wanted: Any) -> segno.QRCode:
        made.append(address)
        return make(address, **wanted)

    monkeypatch.setattr(segno, "make", note_and_make)
    open_page(PAGE, trong="25", dung="o-dau", embed="true", embed_options="dark_theme")

    assert made
    assert made[0].endswith("/man-hinh?trong=25&giay=20")


@pytest.mark.parametrize(("name", "value"), [("den", "2020-12-31"), ("cach", "due"), ("cap", "district")])
def test_what_cannot_be_compared_by_is_told_and_not_replaced(
    open_page: OpenPage, name: str, value: str
) -> None:
    page = open_page(PAGE, trong="25", **{name: value})

    shown = wall(page)
    assert say("screen.not_that") in shown
    assert "dh-number" not in shown
    assert 'href="/so-sanh?trong=25"' in shown


@pytest.mark.slow
@pytest.mark.usefixtures("published")
def test_every_authority_with_figures_can_be_put_on_the_wall() -> None:
    codes = [row["authority_code"] for row in questions.ask("authority_with_figures", Scope(limit=999)).rows]
    nameless, drawn = [], 0
    for code in codes:
        place = questions.ask("authority_by_code", Scope(authority_code=code)).rows[0]
        shown = board(place, Scope(parent_code=code))
        drawn += len(shown.views)
        nameless += [
            (code, view) for view in shown.views if escape(place["authority_name"]) not in markup(shown, view)
        ]

    assert nameless == []
    assert drawn > 200


@pytest.mark.parametrize(("name", "value"), [("giay", "2"), ("muc", "khac"), ("dung", "khac")])
def test_what_the_address_cannot_mean_is_told(open_page: OpenPage, name: str, value: str) -> None:
    page = open_page(PAGE, trong="25", **{name: value})

    assert any(f"**{name}** = “{value}”" in said.value for said in page.markdown)
    assert any(
        "không phải trang chính thức" in said.value.casefold() for said in [*page.caption, *page.markdown]
    )
    assert wall(page) == ""


def test_it_speaks_english(open_page: OpenPage) -> None:
    shown = wall(open_page(PAGE, trong="25", dung="tong-quan", lang="en"))

    assert "528,684 / 597,918 dossiers" in shown
    assert "39,339 dossiers more needed on time" in shown


@pytest.mark.usefixtures("published")
def test_a_name_cannot_bring_markup_onto_the_wall() -> None:
    place = {**questions.ask("authority_by_code", Scope(authority_code="25")).rows[0]}

    drawn = markup(board(place | {"authority_name": "<img src=x>"}, Scope(parent_code="25")), "tong-quan")

    assert "&lt;img src=x&gt;" in drawn
    assert "<img src=x>" not in drawn


def test_what_is_late_is_called_late_and_special_zones_are_named(open_page: OpenPage) -> None:
    shown = wall(open_page(PAGE, trong="MH", dung="o-dau"))

    assert "Nhiều hồ sơ trễ hạn nhất" in shown
    assert "không đúng hạn" not in shown
    assert "12 xã, phường, đặc khu trong tỉnh" in shown
