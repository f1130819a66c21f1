"""What a mapping says about one kind of export; docs/mappings.md tells it to those who write one."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from dunghen.intake.mappings import sense
from dunghen.intake.mappings.columns import REQUIRED
from dunghen.intake.mappings.headings import without_accents

# How a typed date of a workbook comes, and what else ISO 8601 allows: with the year first no day can be taken
# for a month, so no mapping need name them.
ISO_FORMATS = (
    *("%Y-%m-%d %H:%M:%S", "%Y-%m-%d", "%Y-%m-%d %H:%M"),
    *("%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"),
)
# Names of offices are looked up without accents in the registry, which knows which of them are one then.
_TYPED_WITHOUT_ACCENTS = {"status", "channel"}
SPACES = " \u00a0\u202f"


def _alone(value: object) -> object:
    return (value,) if isinstance(value, str) else value


# One heading, or several that mean the same; the first that the file has counts.
# (Strict mode would refuse the lists of TOML for tuples.)
Headings = Annotated[tuple[str, ...], BeforeValidator(_alone), Field(strict=False)]
Texts = Annotated[tuple[str, ...], Field(strict=False)]


class _Part(BaseModel):
    # strict: "yes" is no boolean and 1 is no text; TOML has types of its own
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Authority(_Part):
    """How the text of the column `authority` names a body."""

    by: Literal["code", "portal_code", "name"]
    parent: str | None = None


class AsOf(_Part):
    """Where the file says which day it shows; exactly one of the three."""

    title: str | None = None
    column: Headings | None = None
    key: str | None = None


class Titles(_Part):
    """Expressions with one group, looked for in the lines above the headings."""

    authority: str | None = None
    first_day: str | None = None
    last_day: str | None = None
    observed_at: str | None = None


class SupplementKeys(_Part):
    """What the records inside a list of supplements call their four days."""

    requested_at: str = "NgayBoSung"
    received_at: str = "NgayTiepNhanBoSung"
    due_before: str = "NgayHenTraTruoc"
    due_after: str = "NgayHenTraMoi"


class Mapping(_Part):
    """One kind of export: how it is recognised and what its columns, dates, numbers and codes mean.

    A mapping that exists makes sense: everything `sense.faults` knows to be wrong is refused before."""

    name: str
    title_vi: str
    title_en: str
    documented: str | None = None
    record: Literal["dossiers", "reports", "scores"]
    formats: Annotated[tuple[Literal["csv", "workbook", "json"], ...], Field(strict=False)] = (
        "csv",
        "workbook",
        "json",
    )
    automatic: bool = True
    recognise: Annotated[tuple[Headings, ...], Field(strict=False)]
    columns: dict[str, Headings] = {}
    required: Texts = ()
    constants: dict[str, str] = {}
    sheets: Texts = ()
    records: Headings = ()
    totals: Texts = ()
    date_formats: Texts = ()
    midnight_is_date: bool = False
    decimal_mark: Literal[",", "."] = ","
    thousands_mark: Literal[".", ",", " ", ""] = ""
    codes: dict[str, dict[str, int | str]] = {}
    authority: Authority | None = None
    number_scope: Literal["national", "authority"] = "national"
    supplement_keys: SupplementKeys = SupplementKeys()
    as_of: AsOf | None = None
    titles: Titles = Titles()
    layout: Literal["wide", "long"] | None = None
    index_code: str | None = None
    edition: str | None = None
    score_kind: Literal["self", "appraised", "published"] | None = None
    criteria: dict[str, Headings] = {}

    @model_validator(mode="after")
    def _make_sense(self) -> Self:
        if found := sense.faults(self):
            raise sense.SenselessError(found)
        return self

    @property
    def needed(self) -> tuple[str, ...]:
        """Our columns without which a file cannot be read by this mapping; others may be absent."""
        mapped = (name for name in REQUIRED[self.record] if name in self.columns)
        return tuple(dict.fromkeys((*mapped, *self.required)))

    @property
    def staged(self) -> dict[str, tuple[str, ...]]:
        """Every column to read: our name → its headings. A criterion of a wide table is `criterion:CODE`, the
        column that holds the day of the export `as_of`."""
        criteria = {f"criterion:{code}": names for code, names in self.criteria.items()}
        as_of = {"as_of": self.as_of.column} if self.as_of and self.as_of.column else {}
        return {**self.columns, **criteria, **as_of}

    @property
    def strptime_formats(self) -> tuple[str, ...]:
        """The date formats to try in this order: the mapping's own and those of ISO 8601."""
        return tuple(dict.fromkeys((*self.date_formats, *ISO_FORMATS)))

    @property
    def number_pattern(self) -> str:
        """What a number as this mapping writes it matches in full, for Python's and DuckDB's expressions.

        A thousands mark may be left out, never put in the wrong place: "12.34" is no number where "." parts
        thousands. A percent sign may follow."""
        mark = f"[{SPACES}]" if self.thousands_mark == " " else re.escape(self.thousands_mark)
        grouped = rf"\d{{1,3}}(?:{mark}\d{{3}})+|" if self.thousands_mark else ""
        return rf"-?(?:{grouped}\d+)(?:{re.escape(self.decimal_mark)}\d+)?(?:[{SPACES}]?%)?"

    def number(self, text: str) -> Decimal | None:
        """The number a cell holds, None for an empty cell; a percentage as it stands ("38,71%" is 38.71).

        Raises ValueError for what is no number by this mapping's marks: a mark is never guessed."""
        plain = text.strip()
        if not plain:
            return None
        if not re.fullmatch(self.number_pattern, plain, re.ASCII):
            raise ValueError("no number by this mapping's marks")
        digits = re.sub(f"[%{SPACES}{re.escape(self.thousands_mark)}]", "", plain)
        return Decimal(digits.replace(self.decimal_mark, "."))

    def moment(self, text: str) -> datetime | None:
        """The day and time a cell holds (00:00 for a day alone), None for an empty cell.

        Raises ValueError for what none of the date formats fits."""
        plain = text.strip()
        if not plain:
            return None
        for form in self.strptime_formats:
            try:
                return datetime.strptime(plain, form)  # noqa: DTZ007 - times are those of Vietnam throughout
            except ValueError:
                continue
        raise ValueError("no date by this mapping's formats")

    def code_list(self, column: str) -> dict[str, str]:
        """The codes of one column: text as `fold_code` gives it → our code; "" is what an empty cell is.

        A word for a status or a channel is known without its accents too, where that means one code only."""
        written = {fold_code(text): str(code) for text, code in self.codes.get(column, {}).items()}
        if column not in _TYPED_WITHOUT_ACCENTS:
            return written
        bare: dict[str, set[str]] = {}
        for text, code in written.items():
            bare.setdefault(without_accents(text), set()).add(code)
        return {text: min(codes) for text, codes in bare.items() if len(codes) == 1} | written


def fold_code(text: str) -> str:
    """A code or word as code lists compare it: NFC, small letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())
