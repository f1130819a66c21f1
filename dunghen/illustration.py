"""What shows figures of an imaginary authority says so: whether it must, and in which words.

Tỉnh Minh Họa and everything in it is made up. Every room asks here, so that none forgets a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dunghen import questions
from dunghen.scope import Scope
from dunghen.words import say

if TYPE_CHECKING:
    from dunghen.questions import Answer

# The column that says it in a table of figures that is taken along; it stands in no table of real ones.
COLUMN = "illustration"


def shows_imaginary(answer: Answer) -> bool:
    """Whether all that an answer tells is imaginary: by its rows, or by the place it was asked for.

    An answer that mixes both (imports, found names) marks its rows one by one.
    """
    asked = (answer.scope.authority_code, answer.scope.parent_code)
    rows = answer.rows
    return bool(rows and all(row.get("illustrative") for row in rows)) or any(map(is_imaginary, asked))


def marks(answer: Answer, language: str) -> list[str] | None:
    """For every row what a column of a download says of it; None where nothing in it is imaginary."""
    words = label(language)
    if shows_imaginary(answer):
        return [words] * len(answer.rows)
    found = [words if row.get("illustrative") else "" for row in answer.rows]
    return found if any(found) else None


def is_imaginary(authority_code: str | None) -> bool:
    """Whether the authority of that code is imaginary; False for None and for a code that is none."""
    if authority_code is None:
        return False
    found = questions.ask("authority_by_code", Scope(authority_code=authority_code)).one
    return bool(found and found["illustrative"])


def label(language: str) -> str:
    """The two words that stand beside such figures: "dữ liệu minh họa"."""
    return say("illustration.label", language)


def title_of(authority_code: str, language: str) -> str | None:
    """The name of an authority for the title of a shared link, marked where it is imaginary; None without."""
    name = questions.name_of(authority_code)
    if name is None or not is_imaginary(authority_code):
        return name
    return f"{name} ({label(language)})"
