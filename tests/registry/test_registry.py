import unicodedata
from collections import Counter, defaultdict
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pytest

from dunghen.search import fold
from tests.registry.registry_files import REGISTRY, Row, rows

OWN_FILES = (
    "authorities",
    "boundary_changes",
    "generations",
    "listings",
    "other_names",
    "successors",
    "unlinked",
)
PUBLISHED_COUNTS = {
    "2024": {"province": 63, "district": 705, "commune": 10_599},
    "2025": {"province": 63, "district": 696, "commune": 10_035},
    "2026": {"province": 34, "commune": 3_321},
}
GENERATION_AFTER = {"2024": "2025", "2025": "2026"}


@cache
def own() -> dict[str, Row]:
    return {row["authority_code"]: row for row in rows("authorities")}


def successors_of(code: str) -> list[Row]:
    return [row for row in rows("successors") if row["authority_code"] == code]


@cache
def main_successors() -> dict[str, str]:
    return {
        row["authority_code"]: row["successor_code"] for row in rows("successors") if row["is_main"] == "1"
    }


@cache
def generations_of() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows("listings"):
        found[row["authority_code"]].append(row["generation"])
    return found


def ended() -> list[Row]:
    return [row for row in rows("authorities") if row["valid_to"]]


@pytest.mark.parametrize("generation", PUBLISHED_COUNTS)
def test_every_generation_has_the_published_counts(generation: str) -> None:
    listed = [own()[row["authority_code"]] for row in rows("listings") if row["generation"] == generation]
    assert Counter(row["level"] for row in listed) == PUBLISHED_COUNTS[generation]


def test_generations_file_expects_the_published_counts_and_leaves_no_day_out() -> None:
    for row in rows("generations"):
        published = PUBLISHED_COUNTS[row["generation"]]
        for level in ("province", "district", "commune"):
            assert int(row[f"{level}_count"]) == published.get(level, 0)
    days = sorted((row["first_day"], row["last_day"]) for row in rows("generations"))
    for (_, last), (first, _) in pairwise(days):
        assert date.fromisoformat(first) == date.fromisoformat(last) + timedelta(days=1)


def test_current_kinds_are_as_published() -> None:
    kinds = Counter(row["authority_kind"] for row in rows("authorities") if not row["valid_to"])
    assert kinds == {"province": 28, "city": 6, "commune": 2_621, "ward": 687, "special_zone": 13}


def test_authority_codes_are_unique_and_listed() -> None:
    codes = [row["authority_code"] for row in rows("authorities")]
    assert len(codes) == len(set(codes))
    assert set(codes) == set(generations_of())


def test_a_listing_names_a_body_once() -> None:
    pairs = [(row["generation"], row["authority_code"]) for row in rows("listings")]
    assert len(pairs) == len(set(pairs))


def test_every_parent_is_listed_in_the_same_generation() -> None:
    listed = {(row["generation"], row["authority_code"]) for row in rows("listings")}
    for row in rows("listings"):
        is_province = own()[row["authority_code"]]["level"] == "province"
        assert (row["parent_code"] == "VN") == is_province
        assert is_province or (row["generation"], row["parent_code"]) in listed


def test_a_body_has_the_parent_of_its_last_listing() -> None:
    last = {row["authority_code"]: row["parent_code"] for row in rows("listings")}
    assert {code: row["parent_code"] for code, row in own().items()} == last


def test_code_carries_the_last_year_exactly_when_it_lives_on() -> None:
    years_of_gso_code: dict[str, set[str]] = defaultdict(set)
    for code, years in generations_of().items():
        years_of_gso_code[own()[code]["gso_code"]].update(years)
    for code, years in generations_of().items():
        gso_code = own()[code]["gso_code"]
        lives_on = max(years_of_gso_code[gso_code]) > max(years)
        assert code == (f"{gso_code}-{max(years)}" if lives_on else gso_code)


def test_bodies_of_one_gso_code_follow_one_another() -> None:
    of_code: dict[str, list[Row]] = defaultdict(list)
    for row in rows("authorities"):
        of_code[row["gso_code"]].append(row)
    for bodies in of_code.values():
        in_time = sorted(bodies, key=lambda row: row["valid_to"] or "9999")
        for earlier, later in pairwise(in_time):
            assert earlier["valid_to"] < later["valid_from"]


def test_a_spelling_alone_makes_no_new_body() -> None:
    for row in rows("successors"):
        before, after = own()[row["authority_code"]], own()[row["successor_code"]]
        same_place = (
            own().get(before["parent_code"], before)["gso_code"]
            == (own().get(after["parent_code"], after)["gso_code"])
        )
        if before["gso_code"] == after["gso_code"] and same_place:
            assert fold(before["authority_name"]) != fold(after["authority_name"])


def test_dong_tam_became_the_township_and_then_ninh_giang_of_hai_phong() -> None:
    chain = ["11203-2024"]
    while chain[-1] in main_successors():
        chain.append(main_successors()[chain[-1]])
    named = [(own()[code]["authority_name"], own()[code]["parent_code"]) for code in chain]
    assert named == [("Xã Đồng Tâm", "299"), ("Thị trấn Ninh Giang", "299"), ("Xã Ninh Giang", "31")]
    assert (own()["299"]["authority_name"], own()["299"]["parent_code"]) == ("Huyện Ninh Giang", "30")
    assert own()["31"]["authority_name"] == "Thành phố Hải Phòng"


@pytest.mark.parametrize(
    ("ended_code", "successor"),
    [
        ("30", "Thành phố Hải Phòng"),
        ("34", "Tỉnh Hưng Yên"),
        ("91-2025", "Tỉnh An Giang"),
        ("10", "Tỉnh Lào Cai"),
        ("46-2024", "Thành phố Huế"),
        ("318", "Đặc khu Bạch Long Vĩ"),
        ("413", "Thành phố Vinh"),
    ],
)
def test_where_a_body_went(ended_code: str, successor: str) -> None:
    assert own()[main_successors()[ended_code]]["authority_name"] == successor


def test_trung_tu_keeps_both_its_successors() -> None:
    found = {
        (row["basis"], own()[row["successor_code"]]["short_name"]) for row in successors_of("00226-2024")
    }
    assert found == {("code", "Phương Liên Trung Tự"), ("alias", "Kim Liên")}


def test_phu_tho_is_one_body_with_a_dated_boundary_change() -> None:
    assert generations_of()["25"] == ["2024", "2025", "2026"]
    changes = {row["authority_code"]: row for row in rows("boundary_changes")}
    assert changes["25"]["changed_on"] == "2025-07-01"
    assert changes["25"]["changed_on_is_bound"] == "0"
    assert "Tỉnh Vĩnh Phúc (26)" in changes["25"]["note"]
    assert "Tỉnh Hòa Bình (17)" in changes["25"]["note"]


def test_eleven_provinces_did_not_change_in_2025() -> None:
    changed = {row["authority_code"] for row in rows("boundary_changes") if row["changed_on"] == "2025-07-01"}
    continuing = {code for code, years in generations_of().items() if years[-2:] == ["2025", "2026"]}
    unchanged = {own()[code]["short_name"] for code in continuing - changed}
    assert unchanged == {
        "Hà Nội",
        "Huế",
        "Lai Châu",
        "Điện Biên",
        "Sơn La",
        "Lạng Sơn",
        "Quảng Ninh",
        "Thanh Hóa",
        "Nghệ An",
        "Hà Tĩnh",
        "Cao Bằng",
    }


def test_boundary_changes_happen_within_a_body_s_life() -> None:
    for row in rows("boundary_changes"):
        body = own()[row["authority_code"]]
        assert body["valid_from"] < row["changed_on"]
        assert row["changed_on"] <= (body["valid_to"] or "9999")


def test_ended_communes_have_successors() -> None:
    communes = [row["authority_code"] for row in ended() if row["level"] == "commune"]
    linked = [code for code in communes if successors_of_codes().get(code)]
    assert len(linked) / len(communes) >= 0.97


@cache
def successors_of_codes() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows("successors"):
        found[row["authority_code"]].append(row)
    return found


def test_what_could_not_be_linked_is_listed() -> None:
    linked = successors_of_codes()
    missing = {
        row["authority_code"]
        for row in ended()
        if row["authority_code"] not in linked
        and not (row["level"] == "district" and row["valid_to"] == "2025-06-30")
    }
    listed = {row["authority_code"] for row in rows("unlinked") if row["what"] == "no_successor"}
    assert listed == missing


def test_every_begun_body_has_a_predecessor_or_is_listed() -> None:
    reached = {row["successor_code"] for row in rows("successors")}
    begun = {row["authority_code"] for row in rows("authorities") if row["valid_from"]}
    listed = {row["authority_code"] for row in rows("unlinked") if row["what"] == "no_predecessor"}
    assert begun - reached == listed


def test_one_successor_is_the_main_one_and_extent_tells_how_many_there_are() -> None:
    for links in successors_of_codes().values():
        assert [row["is_main"] for row in links].count("1") == 1
        assert {row["extent"] for row in links} == {"whole" if len(links) == 1 else "split"}
        assert len({row["successor_code"] for row in links}) == len(links)


def test_succession_goes_forward_in_time_and_ends_today() -> None:
    for code, links in successors_of_codes().items():
        body = own()[code]
        for link in links:
            successor = own()[link["successor_code"]]
            assert body["valid_to"] < link["changed_on"]
            assert successor["valid_from"] <= link["changed_on"] <= (successor["valid_to"] or "9999")
            assert successor["level"] == body["level"] or body["level"] == "district"
    for row in ended():
        code = row["authority_code"]
        steps = 0
        while code in main_successors() and steps < 3:
            code, steps = main_successors()[code], steps + 1
        if row["level"] != "district":
            assert not own()[code]["valid_to"]


def test_links_are_of_a_known_basis_and_the_converter_made_those_of_2025() -> None:
    bases = Counter((row["basis"], row["changed_on"] == "2025-07-01") for row in rows("successors"))
    assert set(bases) == {
        ("converter", True),
        ("code", False),
        ("alias", False),
        ("same_name", False),
        ("hand", False),
    }
    whole = [row for row in rows("successors") if row["basis"] == "converter" and row["extent"] == "whole"]
    assert sum(own()[row["authority_code"]]["level"] == "commune" for row in whole) == 9_564


def test_hand_kept_links_say_why() -> None:
    kept = [row for row in rows("links_by_hand") if row["relation"] == "successor"]
    linked = {row["authority_code"]: row for row in rows("successors") if row["basis"] == "hand"}
    assert {row["gso_code"] for row in kept} == set(linked)
    assert all(row["reason"] for row in rows("links_by_hand"))
    assert all(linked[row["gso_code"]]["note"] == row["reason"] for row in kept)


def test_days_are_days_and_bounds_are_marked() -> None:
    for row in rows("authorities"):
        for column in ("valid_from", "valid_to"):
            assert row[f"{column}_is_bound"] in {"0", "1"}
            if row[column]:
                date.fromisoformat(row[column])
        assert row["valid_from"] or row["valid_from_is_bound"] == "1"
        assert row["valid_to"] or row["valid_to_is_bound"] == "0"
        assert not row["valid_to"] or row["valid_from"] <= row["valid_to"]


def test_the_day_of_2025_is_exact_and_most_earlier_ones_are_bounds() -> None:
    for row in rows("authorities"):
        if row["valid_to"] == "2025-06-30":
            assert row["valid_to_is_bound"] == "0"
        if row["valid_from"] == "2025-07-01":
            assert row["valid_from_is_bound"] == "0"
    assert own()["11203-2024"]["valid_to_is_bound"] == "1"
    assert own()["46"]["valid_from_is_bound"] == "0"


def test_coordinates_are_of_current_bodies_and_in_the_country() -> None:
    for row in rows("authorities"):
        assert bool(row["latitude"]) == bool(row["longitude"]) == (not row["valid_to"])
        assert not row["area_km2"] or (row["level"] == "commune" and not row["valid_to"])
        if row["latitude"]:
            assert 7 < float(row["latitude"]) < 23.5
            assert 102 < float(row["longitude"]) < 116


def test_four_current_communes_have_no_published_area() -> None:
    communes = [row for row in rows("authorities") if row["level"] == "commune" and not row["valid_to"]]
    without = {row["short_name"] for row in communes if not row["area_km2"]}
    assert without == {"Kỳ Lừa", "Thượng Trạch", "Đông Trạch", "Mỹ Phước Tây"}


def test_names_begin_with_their_kind() -> None:
    word = {
        "province": "Tỉnh",
        "city": "Thành phố",
        "urban_district": "Quận",
        "rural_district": "Huyện",
        "town": "Thị xã",
        "provincial_city": "Thành phố",
        "commune": "Xã",
        "ward": "Phường",
        "township": "Thị trấn",
        "special_zone": "Đặc khu",
    }
    for row in rows("authorities"):
        kind = word[row["authority_kind"]]
        assert row["authority_name"].startswith(kind + " ")
        if row["short_name"] != row["authority_name"]:
            assert row["authority_name"] == f"{kind} {row['short_name']}"
        assert not row["short_name"].isdigit()


@pytest.mark.parametrize("name", OWN_FILES)
def test_files_are_sorted_utf8_with_line_feeds_and_composed_letters(name: str) -> None:
    text = (REGISTRY / f"{name}.csv").read_bytes().decode("utf-8")
    assert "\r" not in text
    assert text == unicodedata.normalize("NFC", text)
    values = [list(row.values()) for row in rows(name)]
    assert values == sorted(values)
