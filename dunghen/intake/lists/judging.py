"""The rows of a list, held against the lists in force: what they add, what they change, what cannot be."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, NoReturn

from dunghen.intake.errors import UnusableError
from dunghen.intake.lists.kinds import KINDS
from dunghen.intake.lists.naming import Names
from dunghen.intake.lists.owned import COLUMNS, Entry, InForce
from dunghen.intake.lists.reading import ListRow
from dunghen.intake.mappings.headings import letters_only

# Table → the column that its entries are known by.
KEYS = {
    "procedures": "procedure_code",
    "fields": "field",
    "field_codes": "field_code",
    "departments": "authority_code",
    "portal_codes": "portal_code",
}
SHOWN_FAULTS = 20
LONGEST_NAME = 1_000
_CODE = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9._/-]{0,59}")
# a national code has six decimals; a workbook that holds it as a number has lost the zeros at its end
_CUT_CODE = re.compile(r"\d\.\d{1,5}")
# the code of a procedure with the province whose form of it is meant, as the macro national_code reads it
_OF_PROVINCE = re.compile(r"(\d\.\d{6})\.\d{3}\.\d{2}\.\d{2}\.h\d{2}")
# a code of a field need not have a digit
_FIELD_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,59}")
# what departments go by in addresses and answers: their code at the national portal
_PORTAL_CODE = re.compile(r"[Hh]\d{2}(\.\d{1,3}){1,4}")
_FIELD_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")
_NAME = re.compile(r"[^=+@].*[^\W\d_].*")
_OF_FIELD = re.compile(r"lĩnh vực[\s:]+", re.IGNORECASE)
_REGISTRY = ("authorities.csv", "illustrative.csv")
_FORMS = {
    "code": _CODE,
    "field_code": _FIELD_CODE,
    "portal_code": _PORTAL_CODE,
    "field": _FIELD_ID,
    "name": _NAME,
}
# The columns that say where an entry belongs: dossiers that are told by it cannot be moved with it.
_BELONGS = {"procedures": "field", "departments": "parent_code"}


class Count(NamedTuple):
    """How many entries of a table a list tells anew, otherwise than an earlier one, or once more."""

    new: int
    changed: int
    known: int


@dataclass(frozen=True)
class _Fault:
    row: ListRow
    column: str
    problem: str
    values: Mapping[str, object]


class _FaultyError(Exception):
    """A row that cannot be taken; the fault is noted already."""


class Judge:
    """Takes the rows of one list; `tables` then holds what it adds, entries by table.

    `used` says which procedures, fields and departments the imports in the store are told by. Names of
    authorities are found `within` a province or district only."""

    def __init__(
        self, lists: InForce, used: Mapping[str, Collection[str]], within: str | None = None
    ) -> None:
        self.tables: dict[str, list[Entry]] = {}
        self._counts: Counter[tuple[str, str]] = Counter()
        self._used = {table: {_key(table, code) for code in codes} for table, codes in used.items()}
        self._known = {table: _known(lists.entries(table), table) for table in KEYS}
        self._authorities = _authorities(lists)
        self._places = Names(self._authorities, within)
        for code, authority in self._authorities.items():
            if portal_code := authority.get("portal_code"):
                self._known["portal_codes"][_key("portal_codes", portal_code)] = _portal_code(
                    portal_code, code
                )
        self._names = {letters_only(entry["field_name_vi"] or ""): field for field, entry in self._fields()}
        self._seen: dict[tuple[str, str], tuple[ListRow, Entry]] = {}
        self._faults: list[_Fault] = []

    def take(self, kind: str, rows: Iterable[ListRow]) -> None:
        """Judges every row. Raises `UnusableError`, which tells all that is wrong by line and column."""
        judge: Callable[[ListRow], None] = getattr(self, f"_take_{kind}")
        for row in rows:
            try:
                self._check_persons(row)
                judge(row)
            except _FaultyError:
                continue
        if self._faults:
            raise _refusal(kind, self._faults)
        self.tables = {table: self.tables[table] for table in KEYS if table in self.tables}

    @property
    def counts(self) -> dict[str, Count]:
        """For each table that the list speaks of, how many entries are new, changed and known."""
        told = sorted({table for table, _ in self._counts}, key=list(KEYS).index)
        return {table: Count(*(self._counts[table, what] for what in Count._fields)) for table in told}

    def sourced(self, source_id: str) -> dict[str, list[Entry]]:
        """`tables`, each entry with the source of the list."""
        return {
            table: [entry | {"source_id": source_id} for entry in entries]
            for table, entries in self.tables.items()
        }

    def _take_procedures(self, row: ListRow) -> None:
        code = self._cell(row, "procedure_code", "code").upper()
        code = code.ljust(len("1.001234"), "0") if _CUT_CODE.fullmatch(code) else code
        # imports and lists have one way to write a procedure: the first that was brought
        if (listed := self._entry("procedures", code)) is not None:
            code = listed["procedure_code"] or code
        name = self._cell(row, "procedure_name_vi", "name")
        field = self._field_of(row)
        english = row.cell("procedure_name_en")
        told = {"procedure_name_vi": name, "procedure_name_en": english and " ".join(english.split())}
        if self._add("procedures", row, {"procedure_code": code, "field": field, **told}):
            self._bring_along("fields", field)

    def _take_fields(self, row: ListRow) -> None:
        name = _field_name(self._cell(row, "field_name_vi", "name"))
        named = self._names.get(letters_only(name))
        field = named or _short(name)
        if row.cell("field") is not None:
            field = self._cell(row, "field", "field")
            if named not in (None, field):
                self._fault(row, "field", "name_taken")
        english = row.cell("field_name_en")
        told = {"field": field, "field_name_vi": name, "field_name_en": english and " ".join(english.split())}
        self._add("fields", row, told)
        self._names.setdefault(letters_only(name), field)
        self._add_field_code(row, field)

    def _take_field_codes(self, row: ListRow) -> None:
        field = self._field_named(self._cell(row, "field", "name"))
        if field is None:
            self._fault(row, "field", "unknown_field")
        self._cell(row, "field_code", "field_code")
        self._add_field_code(row, field)

    def _take_departments(self, row: ListRow) -> None:
        code = self._cell(row, "authority_code", "portal_code").upper()
        parent = self._cell(row, "parent_code", "field_code")
        if self._authorities.get(parent, {}).get("level") != "province":
            self._fault(row, "parent_code", "no_province")
        names: Entry = {"authority_name": self._cell(row, "authority_name", "name"), "short_name": None}
        if row.cell("short_name") is not None:
            names["short_name"] = self._cell(row, "short_name", "name")
        kind = {"authority_kind": "department", "level": "department", "parent_code": parent}
        self._add("departments", row, {"authority_code": code, **names, **kind})
        self._add("portal_codes", row, _portal_code(code, code))

    def _take_portal_codes(self, row: ListRow) -> None:
        portal_code = self._cell(row, "portal_code", "code").upper()
        code = self._authority(row)
        if self._add("portal_codes", row, _portal_code(portal_code, code)):
            self._bring_along("departments", code)

    def _authority(self, row: ListRow) -> str:
        """Whom a portal code stands for: by our code, else by the name."""
        if row.cell("authority_code") is not None or "authority_name" not in row.headings:
            code = self._cell(row, "authority_code", "field_code")
            if code not in self._authorities:
                self._fault(row, "authority_code", "unknown_authority")
            return code
        found = self._places.named(self._cell(row, "authority_name", "name"))
        if len(found) != 1:
            self._fault(row, "authority_name", "ambiguous_name" if found else "unknown_name")
        return found[0]

    def _check_persons(self, row: ListRow) -> None:
        for column in sorted(row.personal):
            self._fault(row, column, "personal")

    def _cell(self, row: ListRow, column: str, form: str) -> str:
        """What a cell must hold, written in one of the forms of `_FORMS`; a fault of the row otherwise."""
        text = " ".join((row.cell(column) or "").split())
        if not text:
            self._fault(row, column, "empty")
        if not _FORMS[form].fullmatch(text) or len(text) > LONGEST_NAME:
            self._fault(row, column, f"no_{form}", most=LONGEST_NAME)
        return text

    def _field_of(self, row: ListRow) -> str:
        """The field of a procedure: by its name, which may be new, or by a code that is known."""
        code = row.cell("field_code")
        by_code = (self._entry("field_codes", code or "") or {}).get("field")
        if row.cell("field") is None:
            if code is None:
                self._fault(row, "field", "empty")
            return by_code or self._fault(row, "field_code", "unknown_field_code")
        name = _field_name(self._cell(row, "field", "name"))
        field = self._field_named(name) or self._new_field(row, name)
        self._add_field_code(row, field)
        return field

    def _field_named(self, text: str) -> str | None:
        name = _field_name(text)
        known = self._known["fields"]
        candidates = (text, self._names.get(letters_only(name)), _short(name))
        return next((field for field in candidates if field in known), None)

    def _new_field(self, row: ListRow, name: str) -> str:
        field = _short(name)
        self._add("fields", row, {"field": field, "field_name_vi": name, "field_name_en": None})
        self._names[letters_only(name)] = field
        return field

    def _add_field_code(self, row: ListRow, field: str) -> None:
        if row.cell("field_code") is None:
            return
        code = self._cell(row, "field_code", "field_code")
        if self._add("field_codes", row, {"field_code": code, "field": field}):
            self._bring_along("fields", field)

    def _entry(self, table: str, code: str) -> Entry | None:
        return self._known[table].get(_key(table, code))

    def _bring_along(self, table: str, code: str) -> None:
        """A list is whole by itself: taking an earlier one back leaves it what its entries belong to."""
        entry = self._entry(table, code)
        if entry is not None and "source_id" in entry and entry not in self.tables.get(table, []):
            self.tables.setdefault(table, []).append(entry)

    def _add(self, table: str, row: ListRow, entry: Entry) -> bool:
        """Notes an entry; whether it is one that the list adds or changes."""
        key = _key(table, entry[KEYS[table]])
        if (seen := self._seen.get((table, key))) is not None:
            if not _same(table, seen[1], entry):
                self._fault(row, KEYS[table], "twice", other=seen[0].line)
            return False
        self._seen[table, key] = row, entry
        known = self._known[table].get(key)
        if known is not None and _same(table, known, entry):
            self._counts[table, "known"] += 1
            return False
        if known is not None:
            self._check_change(table, row, known, entry)
        self._counts[table, "new" if known is None else "changed"] += 1
        entry = entry | {"source_id": None}
        self._known[table][key] = entry
        self.tables.setdefault(table, []).append(entry)
        return True

    def _check_change(self, table: str, row: ListRow, known: Entry, entry: Entry) -> None:
        if "source_id" not in known:
            self._fault(row, KEYS[table], "contradicts")
        if (belongs := _BELONGS.get(table)) is None or known[belongs] == entry[belongs]:
            return
        if _key(table, known[KEYS[table]]) in self._used[table]:
            self._fault(row, belongs, "moved")

    def _fields(self) -> Sequence[tuple[str, Entry]]:
        return list(self._known["fields"].items())

    def _fault(self, row: ListRow, column: str, problem: str, **values: object) -> NoReturn:
        self._faults.append(_Fault(row, column, problem, values))
        raise _FaultyError


def _key(table: str, code: str | None) -> str:
    """What entries of a table are told apart by; of a procedure its national code, whichever province's
    form of it is written (own_lists.sql and reference.sql say the same)."""
    folded = _folded(code or "")
    of_province = _OF_PROVINCE.fullmatch(folded) if table == "procedures" else None
    return of_province[1] if of_province else folded


def _known(entries: Iterable[Entry], table: str) -> dict[str, Entry]:
    """Each key → its entry: a shipped one, which has no `source_id`, else the latest."""
    known: dict[str, Entry] = {}
    for entry in entries:
        key = _key(table, entry[KEYS[table]])
        if "source_id" in known.get(key, {"source_id": None}):
            known[key] = entry
    return known


def _same(table: str, known: Entry, told: Entry) -> bool:
    """Whether a list says what is known; one that gives no English or short name says nothing of it.

    Those of a shipped entry stand, whatever a list calls it."""
    by_the_way = {name for name in COLUMNS[table] if name.endswith(("_en", "short_name"))}
    silent = {name for name in by_the_way if "source_id" not in known or told.get(name) is None}
    names = set(COLUMNS[table]) - silent
    return all(_folded(known.get(name) or "") == _folded(told.get(name) or "") for name in names)


def _authorities(lists: InForce) -> dict[str, Entry]:
    """All bodies by their codes, those of own lists with them."""
    found: dict[str, Entry] = {}
    for name in _REGISTRY:
        with (lists.data / "registry" / name).open(encoding="utf-8-sig", newline="") as file:
            found |= {row["authority_code"]: {**row} for row in csv.DictReader(file)}
    return found | {str(entry["authority_code"]): entry for entry in lists.entries("departments")}


def _portal_code(portal_code: str, authority_code: str) -> Entry:
    return {"portal_code": portal_code, "authority_code": authority_code}


def _field_name(text: str) -> str:
    """The name of a field without the word for what it is."""
    name = _OF_FIELD.sub("", text, count=1) if _OF_FIELD.match(text) else text
    return name[:1].upper() + name[1:]


def _short(name: str) -> str:
    """A code of ours for a field, made of its name: "Hộ tịch" is `ho_tich`."""
    words = re.sub("[^a-z0-9]+", "_", letters_only(name)).strip("_")[:60].strip("_")
    return words if words[:1].isalpha() else f"field_{words}"


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _refusal(kind: str, faults: Sequence[_Fault]) -> UnusableError:
    refused = UnusableError("lists.refused", rows=len(faults))
    for fault in faults[:SHOWN_FAULTS]:
        heading = fault.row.headings.get(fault.column) or KINDS[kind].columns[fault.column][1]
        place = {"place": fault.row.place, "line": fault.row.line, "column": heading}
        refused.then(f"lists.fault.{fault.problem}", **place, **fault.values)
    if len(faults) > SHOWN_FAULTS:
        refused.then("lists.more", rows=len(faults) - SHOWN_FAULTS)
    return refused
