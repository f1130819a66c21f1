"""Numbers and days as a reader of Vietnamese or English expects them (Babel's CLDR formats)."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from babel.numbers import format_decimal

if TYPE_CHECKING:
    from collections.abc import Mapping

Number = int | float | Decimal

UNKNOWN = "–"

# a table of 148 rows asks for some 2,000 texts, most of them again at every view
_KEPT = 8192


@lru_cache(maxsize=_KEPT)
def count(value: int | None, language: str = "vi") -> str:
    """A whole number with its thousands mark: 43.462 (vi), 43,462 (en); "–" if not known."""
    return UNKNOWN if value is None else format_decimal(value, locale=language)


@lru_cache(maxsize=_KEPT)
def number(value: Number | None, language: str = "vi", *, decimals: int = 3) -> str:
    """A number with at most `decimals` decimals, trailing zeros left out: 87,747; "–" if not known."""
    if value is None:
        return UNKNOWN
    pattern = "#,##0." + "#" * decimals if decimals else "#,##0"
    return format_decimal(Decimal(str(value)), format=pattern, locale=language)


@lru_cache(maxsize=_KEPT)
def percent(share: Number | None, language: str = "vi", *, decimals: int | None = None) -> str:
    """A share 0..1 as a percentage: 89,3%; within one point of 0 or 100 with two decimals: 99,86%.

    Never rounds to 0% or 100% what is neither: 0.99999 is 99,99%. "–" if not known.
    """
    if share is None:
        return UNKNOWN
    hundred = Decimal(str(share)) * 100
    if hundred in (0, 100):
        return f"{format_decimal(hundred, locale=language)}%"
    near_an_end = hundred < 1 or hundred > 99
    places = decimals if decimals is not None else 2 if near_an_end else 1
    step = Decimal(1).scaleb(-places)
    rounded = hundred.quantize(step, ROUND_HALF_UP)
    if rounded == 100:
        rounded = hundred.quantize(step, ROUND_DOWN)
    elif rounded == 0:
        rounded = hundred.quantize(step, ROUND_UP)
    return (
        f"{format_decimal(rounded, format='0.' + '0' * places, locale=language)}%"
        if places
        else (f"{format_decimal(rounded, format='0', locale=language)}%")
    )


def fraction(numerator: int | None, denominator: int | None, language: str = "vi") -> str:
    """What a rate is made of, on one line whatever the width: 3.179 / 3.447."""
    return f"{count(numerator, language)}\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}{count(denominator, language)}"


def published_percent(share: Decimal, language: str = "vi") -> str:
    """A published share 0..1 with the digits it was published with: 0.999 is 99,9%, never 99,90%."""
    return f"{number(share * 100, language, decimals=4)}%"


def points(difference: Number | None, language: str = "vi") -> str:
    """A difference of two shares in percentage points, with its sign: −3,2; "–" if not known."""
    if difference is None:
        return UNKNOWN
    hundred = (Decimal(str(difference)) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    sign = "−" if hundred < 0 else "+" if hundred > 0 else ""
    return sign + format_decimal(abs(hundred), format="0.0", locale=language)


def day(value: dt.date | None, language: str = "vi") -> str:
    """A day: 26/09/2026 (vi), 26 Sept 2026 (en); "–" if not known."""
    if value is None:
        return UNKNOWN
    return format_date(value, "dd/MM/yyyy" if language == "vi" else "d MMM y", locale=_locale(language))


def moment(value: dt.datetime, language: str = "vi") -> str:
    """A day and its minute: 31/10/2026 14:05; the day alone where its last moment is meant."""
    if value.time() >= dt.time(23, 59, 59):
        return day(value.date(), language)
    return f"{day(value.date(), language)} {value:%H:%M}"


def month(value: dt.date, language: str = "vi") -> str:
    """A month as it stands at an axis: 10/2024 (vi), Oct 2024 (en)."""
    return format_date(value, "M/yyyy" if language == "vi" else "MMM y", locale=_locale(language))


def period(first_day: dt.date | None, last_day: dt.date | None, language: str = "vi") -> str:
    """A run of days, both included: 01/01 – 26/09/2026; "đến 11/12/2023" where the first is not known."""
    if last_day is None:
        return UNKNOWN
    if first_day is None:
        return f"{'đến' if language == 'vi' else 'to'} {day(last_day, language)}"
    if first_day == last_day:
        return day(last_day, language)
    short = {"vi": "dd/MM", "en": "d MMM"}[language]
    same_year = first_day.year == last_day.year
    first = format_date(first_day, short, locale=_locale(language)) if same_year else day(first_day, language)
    return f"{first} – {day(last_day, language)}"


def period_named(row: Mapping[str, Any], language: str) -> str:
    """The period of a row as its source words it; in English its days, or those words quoted if it has none.

    `row` has `first_day`, `last_day` and `period_label`.
    """
    if language == "vi":
        return str(row["period_label"])
    if row["last_day"] is not None:
        return period(row["first_day"], row["last_day"], language)
    return f"the source says “{row['period_label']}”"


def name_in(row: Mapping[str, object], stem: str, language: str) -> str:
    """The text of a pair of columns `stem_vi`, `stem_en` in one language, the other where it is missing."""
    return str(row.get(f"{stem}_{language}") or row.get(f"{stem}_vi") or row.get(f"{stem}_en") or "")


def _locale(language: str) -> str:
    return {"vi": "vi", "en": "en_GB"}[language]
