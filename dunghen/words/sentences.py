"""Rows of an answer as sentences, in Vietnamese and English. Pure: the same row, the same text.

The light pages, the explorer and the API all say it with these, so that no two of them disagree.
Every function takes rows as `questions.ask` gives them and returns plain text without markup.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Any

from dunghen.finishing import LOW_SCORE_SHARE
from dunghen.words import say
from dunghen.words.formats import count, day, name_in, number, percent, published_percent
from dunghen.words.names import (
    DefinitionText,
    band_name,
    band_shape,
    count_name,
    coverage_name,
    definition_name,
    definition_text,
    kind_in_name,
    kind_name,
    level_name,
    numerator_name,
    place_in_sentence,
    verification_text,
)

__all__ = [
    "LOW_SCORE_SHARE",
    "DefinitionText",
    "against_reference",
    "band_name",
    "band_shape",
    "comparison_finding",
    "count_name",
    "coverage_name",
    "criteria_finding",
    "days",
    "definition_name",
    "definition_text",
    "dossiers",
    "era_text",
    "headline",
    "kind_name",
    "level_name",
    "numerator_name",
    "period_text",
    "place_in_sentence",
    "published_percent",
    "rank_text",
    "reason",
    "siblings_kind",
    "siblings_text",
    "standing",
    "unexplained_text",
    "verification_text",
]

Row = Mapping[str, Any]

MOST_POINTS = Decimal("0.75")
"""The criteria that together lose at least this share of all points lost are named as the main ones."""

ALL_BUT_ROUNDING = Decimal("0.95")
"""Criteria that lose less than this share of what the total loses are not all the criteria there are."""

LISTED = 3
LAST_DAY_OF_DISTRICTS = dt.date(2025, 6, 30)
HEADLINE_DEFINITIONS = ("resolved", "portal", "handled", "not_late", "due")


def dossiers(number_of: int | None, language: str = "vi") -> str:
    """A number of dossiers: "8.253 hồ sơ", "1 dossier"."""
    return _counted("dossier", number_of, language)


def days(number_of: int | Decimal | None, language: str = "vi") -> str:
    """A number of days, which may have decimals: "3,6 ngày", "1 day"."""
    one_or_many = "one" if number_of == 1 else "many"
    return say(f"sentence.day.{one_or_many}", language, count=number(number_of, language))


def period_text(first_day: dt.date | None, last_day: dt.date | None, language: str = "vi") -> str:
    """A period as a sentence begins: "Từ 01/01 đến 26/09/2026", "Trong 6 tháng đầu năm 2023".

    Without a first day "Đến 11/12/2023"; without a last one that the period is not known.
    """
    if last_day is None:
        return say("sentence.period.unknown", language)
    if first_day is None:
        return say("sentence.period.until", language, last=day(last_day, language))
    if first_day == last_day:
        return say("sentence.period.day", language, last=day(last_day, language))
    return _whole_months(first_day, last_day, language) or say(
        "sentence.period.span",
        language,
        first=_first_day(first_day, last_day, language),
        last=day(last_day, language),
    )


def headline(row: Row | None, language: str = "vi") -> str:
    """The citizen's sentence for a row of `headline_by_authority`.

    Where there is no such row pass that of `authority_by_code` (or None): the sentence then says that
    nothing was published, or only percentages without counts, or only parts. Names the kind of place when
    the row has `authority_kind` or a name to tell it. Figures computed from dossiers, and those of an
    imaginary authority, are said to be so.
    """
    row = row or {}
    parts = [
        _headline(row, language),
        say("sentence.headline.from_dossiers", language) if row.get("record_kind") == "dossiers" else "",
        say("illustration.sentence", language) if row.get("illustrative") else "",
    ]
    return " ".join(part for part in parts if part)


def _headline(row: Row, language: str) -> str:
    code = row.get("definition_code")
    if code is None:
        return say(f"sentence.headline.{_without_headline(row)}", language, subject=_this(row, language))
    values = {
        "period": period_text(row["first_day"], row["last_day"], language),
        "subject": _subject(row, language),
        "definition": definition_name(code, language),
    }
    if row["rate"] is None:
        key = "no_dossiers" if row.get("reason") == "no_dossiers" else "no_rate"
        return say(f"sentence.headline.{key}", language, **values, reason=reason(row, language))
    numerator, denominator = row["numerator"], row["denominator"]
    kind = code if code in HEADLINE_DEFINITIONS else "other"
    all_on_time = numerator == denominator and kind != "other"
    return say(
        f"sentence.headline.{kind}{'_all' if all_on_time else ''}",
        language,
        **values,
        denominator=dossiers(denominator, language),
        numerator=count(numerator, language),
        rest=count(denominator - numerator, language),
    )


def standing(comparison_row: Row, group_row: Row, language: str = "vi") -> str:
    """How one authority stands among its siblings: the band in words, the rank only outside `as_expected`.

    `comparison_row` of `comparison_by_authority`, `group_row` of `group_by_comparison` for the same scope.
    """
    band = comparison_row.get("band")
    if band is None:
        return reason(comparison_row, language)
    if band == "too_few":
        return say("sentence.standing.too_few", language)
    all_ranked = comparison_row["rank_of"] == group_row["authorities_with_rate"]
    rank = say(
        f"sentence.standing.{'rank' if all_ranked else 'rank_of_some'}",
        language,
        rank=count(comparison_row["rank"], language),
        rank_of=count(comparison_row["rank_of"], language),
    )
    return say(f"sentence.standing.{band}", language, siblings=siblings_text(group_row, language), rank=rank)


def siblings_text(group_row: Row, language: str = "vi") -> str:
    """How many of what are compared where: "148 xã, phường trong tỉnh"."""
    return say(
        f"sentence.siblings.{siblings_kind(group_row)}",
        language,
        count=count(group_row["authorities_with_rate"], language),
        place=_parent_place(group_row, language),
    )


def siblings_kind(group_row: Row) -> str:
    """What is compared, as the last part of a key of words: its level, of communes also their kinds."""
    level, last_day = group_row["level"], group_row.get("last_day")
    if level != "commune":
        return str(level)
    if last_day is not None and last_day <= LAST_DAY_OF_DISTRICTS:
        return "commune_before"
    return "commune_special" if group_row.get("special_zones") else "commune"


def against_reference(row: Row, language: str = "vi") -> str:
    """Whether a rate meets our reference, as far as its interval can tell, and how much is missing to it."""
    verdict = row["verdict"]
    missing = row.get("missing_to_reference")
    lacks = verdict == "misses" or (verdict == "not_distinguishable" and bool(missing))
    key = f"{verdict}_missing" if lacks else verdict
    return say(
        f"sentence.reference.{key}",
        language,
        reference=percent(row["reference_rate"], language, decimals=0),
        missing=dossiers(missing, language),
    )


def reason(row: Row, language: str = "vi") -> str:
    """Why a rate is not there: no dossiers, counts nobody published (named), no report in the period.

    Empty text for a row that has its rate.
    """
    code = row.get("reason")
    if code is None:
        return ""
    names = [count_name(name, language) for name in (row.get("missing_counts") or "").split(",") if name]
    if code == "missing_counts" and not names:
        return say("sentence.reason.missing_unnamed", language)
    return say(f"sentence.reason.{code}", language, names="; ".join(names))


def unexplained_text(remainder_row: Row, counts_row: Row, language: str = "vi") -> str:
    """What a published total holds beyond its published parts, with the sum written out.

    `remainder_row` of `remainder_by_report`, `counts_row` of `result_by_report` for the same report:
    "43.462 − 43.250 − 60 = 152 hồ sơ nguồn không nói kết quả". Parts that were not published are left out.
    """
    names = remainder_row["parts"].split(" + ")
    parts = [(name, counts_row[name]) for name in names if counts_row.get(name) is not None]
    difference = remainder_row["difference"]
    if sum(value for _, value in parts) != remainder_row["parts_sum"]:
        parts = [("parts", remainder_row["parts_sum"])]
    sum_written = " − ".join(
        count(value, language) for value in (remainder_row["total"], *(v for _, v in parts))
    )
    outcome = remainder_row["total_name"] == "handled" and difference > 0
    return say(
        f"sentence.unexplained.{'outcome' if outcome else 'more' if difference > 0 else 'less'}",
        language,
        total_name=count_name(remainder_row["total_name"], language),
        part_names="; ".join(count_name(name, language) for name, _ in parts),
        sum=sum_written,
        difference=dossiers(abs(difference), language),
    )


def rank_text(
    rank: int | None, rank_of: int | None, rule: str | None, language: str = "vi", unit: str | None = None
) -> str:
    """A rank with its rule: "9/20 xã" over units, "9/19 hạng" over distinct scores.

    `unit` is the level or kind of what is ranked. A rank whose rule the source does not tell is said so;
    empty text without a rank.
    """
    if rank is None:
        return ""
    of = f"/{count(rank_of, language)}" if rank_of is not None else ""
    key = rule if rule in ("competition", "dense", "row_number") else "unknown"
    units = say(f"sentence.rank.unit.{unit or 'any'}", language)
    return say(f"sentence.rank.{key}", language, rank=f"{count(rank, language)}{of}", unit=units)


def era_text(authority_row: Row, related_rows: Sequence[Row], language: str = "vi") -> str:
    """Until when a former authority was there and what became of it; empty text for a current one.

    `authority_row` of `authority_by_code`, `related_rows` of `related_by_authority`. A day that is only the
    latest possible one is said to be that.
    """
    if authority_row["valid_to"] is None:
        return ""
    ended = say(
        f"sentence.era.{'ended_by' if authority_row['valid_to_is_bound'] else 'ended'}",
        language,
        name=authority_row["authority_name"],
        last=day(authority_row["valid_to"], language),
    )
    successors = [row for row in related_rows if row["direction"] == "successor"]
    with_its_level = (
        authority_row["level"] == "district" and authority_row["valid_to"] == LAST_DAY_OF_DISTRICTS
    )
    level_ended = say("sentence.era.districts_ended", language) if with_its_level else ""
    return " ".join(text for text in (ended, level_ended, _became(successors, language)) if text)


def comparison_finding(rows: Sequence[Row], group_row: Row, language: str = "vi") -> str:
    """One finding about a comparison: the pooled rate, lowest and highest, how many stand out.

    `rows` of `comparison_by_authority`, `group_row` of `group_by_comparison` for the same scope.
    """
    rated = [row for row in rows if row["rate"] is not None]
    if not rated:
        return say("sentence.finding.nothing", language)
    lowest, highest = (min(rated, key=_rate), max(rated, key=_rate))
    below = [row for row in rated if row["band"] in ("clearly_below", "leaning_below")]
    above = [row for row in rated if row["band"] in ("clearly_above", "leaning_above")]
    spread = say(
        "sentence.finding.spread",
        language,
        siblings=_capital(siblings_text(group_row, language)),
        rate=percent(group_row["rate"], language),
        low=percent(lowest["rate"], language),
        low_name=place_in_sentence(lowest["authority_name"], language),
        high=percent(highest["rate"], language),
        high_name=place_in_sentence(highest["authority_name"], language),
    )
    return f"{spread} {_outside(rated, below, above, language)}"


def criteria_finding(rows: Sequence[Row], language: str = "vi") -> str:
    """Where the points of one authority in one edition are lost, in two sentences.

    `rows` of `score_by_criterion` for one index, edition, period and kind of score; the total and what lies
    below the first level are left out. Empty text where no criterion has both score and maximum.
    """
    scored = [row for row in rows if row["criterion_code"] != "TOTAL" and row["points_lost"] is not None]
    top = [row for row in scored if row["parent_criterion_code"] in (None, "TOTAL")] or scored
    if not top:
        return ""
    total = next((row["points_lost"] for row in rows if row["criterion_code"] == "TOTAL"), None)
    return f"{_mainly_lost(top, total, language)} {_marked(top, language)}"


def _mainly_lost(rows: Sequence[Row], lost_in_all: Decimal | None, language: str) -> str:
    known = sum((_points_lost(row) for row in rows), Decimal(0))
    if lost_in_all is not None and known < ALL_BUT_ROUNDING * lost_in_all:
        return say(
            "sentence.criteria.partly_known",
            language,
            criteria=count(len(rows), language),
            known=number(known, language),
            lost=number(lost_in_all, language),
        )
    losers = sorted((row for row in rows if row["points_lost"] > 0), key=_points_lost, reverse=True)
    if not losers:
        return say("sentence.criteria.nothing_lost", language)
    held = list(accumulate(_points_lost(row) for row in losers))
    main = next(place for place, sum_so_far in enumerate(held, 1) if sum_so_far >= MOST_POINTS * held[-1])
    if main == len(losers) > 1:
        return say("sentence.criteria.lost_all_over", language, lost=number(held[-1], language))
    return say(
        "sentence.criteria.lost_mainly" if main > 1 else "sentence.criteria.lost_one",
        language,
        main=_capital(_number_word(main, language)),
        share=percent(held[main - 1] / held[-1], language, decimals=0),
        name=name_in(losers[0], "criterion_name", language),
    )


def _marked(rows: Sequence[Row], language: str) -> str:
    low = [row for row in rows if row["score_share"] is not None and row["score_share"] < LOW_SCORE_SHARE]
    mark = percent(LOW_SCORE_SHARE, language, decimals=0)
    if not low:
        return say("sentence.criteria.none_low", language, mark=mark)
    fractions = [
        say(
            "sentence.criteria.fraction",
            language,
            name=name_in(row, "criterion_name", language),
            score=number(row["score"], language),
            max_score=number(row["max_score"], language),
            share=percent(row["score_share"], language),
        )
        for row in sorted(low, key=lambda row: row["score_share"])
    ]
    if len(low) == 1:
        return say("sentence.criteria.one_low", language, criterion=fractions[0], mark=mark)
    shown = fractions[:LISTED]
    if len(low) > LISTED:
        shown.append(say("sentence.criteria.others", language, count=count(len(low) - LISTED, language)))
    return say(
        "sentence.criteria.several_low",
        language,
        count=_capital(_number_word(len(low), language)),
        list=_list(shown, language),
        mark=mark,
    )


def _outside(rated: Sequence[Row], below: Sequence[Row], above: Sequence[Row], language: str) -> str:
    too_few = sum(row["band"] == "too_few" for row in rated)
    text = say(
        "sentence.finding.outside" if below or above else "sentence.finding.inside",
        language,
        below=count(len(below), language),
        clearly_below=_clearly(below, "clearly_below", language),
        above=count(len(above), language),
        clearly_above=_clearly(above, "clearly_above", language),
        inside=count(len(rated) - len(below) - len(above) - too_few, language),
    )
    if not too_few:
        return text
    return f"{text} {say('sentence.finding.too_few', language, count=count(too_few, language))}"


def _clearly(rows: Sequence[Row], band: str, language: str) -> str:
    """How many of them are so clearly, in brackets; nothing where none is."""
    clearly = sum(row["band"] == band for row in rows)
    return say(f"sentence.finding.{band}", language, count=count(clearly, language)) if clearly else ""


def _became(successors: Sequence[Row], language: str) -> str:
    first = [row for row in successors if row["steps"] == 1]
    if not first:
        return ""
    names = [_with_parent(row, language) for row in first]
    if len(first) > 1:
        shown = [_with_parent(row, language) for row in first[:LISTED]]
        rest = len(first) - LISTED
        if rest > 0:
            shown.append(say("sentence.era.others", language, count=count(rest, language)))
        return say(
            "sentence.era.split", language, count=count(len(first), language), names=_list(shown, language)
        )
    today = [row for row in successors if row["steps"] > 1 and row["valid_to"] is None]
    if not today:
        return say("sentence.era.whole", language, name=names[0])
    now = _list([_with_parent(row, language) for row in today[:LISTED]], language)
    return say("sentence.era.whole_then", language, name=names[0], now=now)


def _with_parent(row: Row, language: str) -> str:
    name = place_in_sentence(row["authority_name"], language)
    parent = row.get("parent_name")
    return f"{name} ({place_in_sentence(parent, language)})" if parent else name


def _without_headline(row: Row) -> str:
    """What there is instead of a headline: `parts_only`, `shares_only` or `nothing`."""
    if row.get("reports_with_rate"):
        return "parts_only"
    return "shares_only" if row.get("on_time_shares") else "nothing"


def _subject(row: Row, language: str) -> str:
    """Who had the dossiers: "phường"; for a figure of a whole area all its offices."""
    kind = _kind(row)
    if kind is None:
        return _by_name(row, language)
    form = "area" if row.get("coverage") == "area" and kind != "nation" else "own"
    word = kind_name(kind, language)
    return say(f"sentence.subject.{form}", language, kind=word, name=row.get("authority_name") or word)


def _this(row: Row, language: str) -> str:
    kind = _kind(row)
    if kind is None:
        return _by_name(row, language)
    form = "own" if kind == "nation" else "this"
    return say(f"sentence.subject.{form}", language, kind=kind_name(kind, language))


def _by_name(row: Row, language: str) -> str:
    name = row.get("authority_name")
    return place_in_sentence(name, language) if name else say("sentence.subject.unknown", language)


def _kind(row: Row) -> str | None:
    """The kind of place, from the row's own word or its name; None for offices, groups and the unnamed."""
    kind = row.get("authority_kind")
    if kind in ("department", "ministry", "group", "region"):
        return None
    if kind is not None:
        return str(kind)
    word = kind_in_name(row.get("authority_name") or "")
    return _KIND_OF_WORD.get(word) if word else None


# Told from the name alone, "thành phố" can be under the nation or under a province: the word is the same.
_KIND_OF_WORD = {
    "tỉnh": "province",
    "thành phố": "city",
    "huyện": "rural_district",
    "quận": "urban_district",
    "thị xã": "town",
    "xã": "commune",
    "phường": "ward",
    "thị trấn": "township",
    "đặc khu": "special_zone",
}


def _parent_place(group_row: Row, language: str) -> str:
    if group_row["level"] == "province":
        return say("sentence.subject.nation", language)
    kind = _kind({"authority_name": group_row["authority_name"]})
    return kind_name(kind or "province", language)


def _whole_months(first_day: dt.date, last_day: dt.date, language: str) -> str | None:
    """A period of whole months of one year under its usual name; None for any other."""
    if (
        first_day.year != last_day.year
        or first_day.day != 1
        or last_day.day != calendar.monthrange(last_day.year, last_day.month)[1]
    ):
        return None
    months = last_day.month - first_day.month + 1
    quarter = months == 3 and first_day.month % 3 == 1
    if months == 12:
        key = "year"
    elif months == 1:
        key = f"month.{first_day.month}"
    elif quarter:
        key = f"quarter.{last_day.month // 3}"
    elif first_day.month == 1:
        key = "first_months"
    else:
        return None
    return say(f"sentence.period.{key}", language, year=last_day.year, months=months)


def _first_day(first_day: dt.date, last_day: dt.date, language: str) -> str:
    """The first day without its year where the last one has the same."""
    whole = day(first_day, language)
    year = f"/{first_day.year}" if language == "vi" else f" {first_day.year}"
    return whole.removesuffix(year) if first_day.year == last_day.year else whole


def _rate(row: Row) -> float:
    return float(row["rate"])


def _points_lost(row: Row) -> Decimal:
    return Decimal(row["points_lost"])


def _counted(word: str, number_of: int | None, language: str) -> str:
    key = f"sentence.{word}.{'one' if number_of == 1 else 'many'}"
    return say(key, language, count=count(number_of, language))


def _number_word(value: int, language: str) -> str:
    return say(f"sentence.number.{value}", language) if value <= 10 else count(value, language)


def _list(names: Sequence[str], language: str) -> str:
    if len(names) < 2:
        return "".join(names)
    return say("sentence.list", language, first=", ".join(names[:-1]), last=names[-1])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
