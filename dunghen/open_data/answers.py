"""What a route of the API gives back: a table with what belongs to it, or a refusal in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from dunghen import questions
from dunghen.questions import Row
from dunghen.scope import LANGUAGES, Scope
from dunghen.words import say
from dunghen.words.names import definition_text

Phrase = Callable[[str], str]
LANGUAGE_SUFFIXES = {"en": "", "vi": "_vi"}


class RefusalError(Exception):
    """The request gets no figures; says why in both languages.

    `error` is a key of the table `open_data` in dunghen/words/, `values` fill its sentence and go into the
    answer beside it. `phrases` do the same for values that are words: each gives them in a language."""

    def __init__(
        self, status: int, error: str, phrases: Mapping[str, Phrase] | None = None, **values: str
    ) -> None:
        super().__init__(error)
        self.status = status
        self.error = error
        self.phrases = phrases or {}
        self.values = values

    def as_data(self) -> Row:
        """The answer's body: `error`, `detail`, `detail_vi` and the values in them, words in English."""
        details = {
            f"detail{suffix}": say(f"open_data.{self.error}", language, **self._values_in(language))
            for language, suffix in LANGUAGE_SUFFIXES.items()
        }
        return {"error": self.error, **details, **self._values_in("en")}

    def _values_in(self, language: str) -> dict[str, str]:
        return self.values | {name: phrase(language) for name, phrase in self.phrases.items()}


class MovedError(Exception):
    """What was asked for goes by another code here: `authority_code` instead of the portal's `code`."""

    def __init__(self, code: str, authority_code: str) -> None:
        super().__init__(code)
        self.code = code
        self.authority_code = authority_code


@dataclass(frozen=True)
class Table:
    """The rows of an answer (dicts with the same keys) and what is told beside them.

    `definitions` are codes of on-time definitions that the rows speak of, `source_ids` sources that no row
    names itself. A list that is read page by page has a `total`, and `next_offset` while there is more.
    `extra` are further keys of the answer; `empty` says why there are no rows (a key of `open_data.empty`).
    `as_of` is the latest day that the figures speak of; None where there are none. `illustrative` where the
    table is of something imaginary without saying so row by row."""

    rows: Sequence[Row]
    definitions: Sequence[str] = ()
    source_ids: Sequence[str] = ()
    total: int | None = None
    next_offset: int | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    empty: str | None = None
    as_of: dt.date | None = None
    rows_are_sources: bool = False
    illustrative: bool = False

    @property
    def shows_illustrative(self) -> bool:
        """Whether all that it tells is imaginary; beside real bodies each row tells it of itself."""
        rows = self.rows
        return self.illustrative or bool(rows and all(row.get("illustrative") for row in rows))


def sentences(key: str, name: str = "detail") -> dict[str, str]:
    """`detail` and `detail_vi`: the sentence under a key of `open_data`, in both languages."""
    return {
        f"{name}{suffix}": say(f"open_data.{key}", language) for language, suffix in LANGUAGE_SUFFIXES.items()
    }


def definitions_of(codes: Sequence[str]) -> list[Row]:
    """The named definitions, in their own order: code, formula, and names and denominators in words."""
    rows = questions.ask("definition_by_code").rows
    return [_in_words(row) for row in rows if row["definition_code"] in codes]


def _in_words(row: Row) -> Row:
    words = {
        f"{part}_{language}": text
        for language in LANGUAGES
        for part, text in asdict(definition_text(row["definition_code"], language)).items()
    }
    return {"definition_code": row["definition_code"], "formula": row["formula"], **words}


def sources_of(table: Table) -> list[Row]:
    """The sources that the rows and `source_ids` name, each once; none beside rows that are sources."""
    if table.rows_are_sources:
        return []
    named = {row.get("source_id") for row in table.rows} | set(table.source_ids)
    return [row for row in questions.ask("source_by_id", Scope()).rows if row["source_id"] in named]


def latest_day(rows: Sequence[Row]) -> dt.date | None:
    """The latest `last_day` of the rows; None without one."""
    return max((row["last_day"] for row in rows if row.get("last_day")), default=None)


def picked(row: Row, columns: Sequence[str]) -> Row:
    """Only these columns of a row, in this order."""
    return {column: row[column] for column in columns}
