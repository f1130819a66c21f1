"""The sentences: the wording of the worked examples, and what is said where figures are missing."""

from __future__ import annotations

import datetime as dt
import re
import string
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dunghen import questions, words
from dunghen.measures import Band, Verdict
from dunghen.scope import COVERAGES, DEFINITIONS, LANGUAGES, LEVELS, Scope
from dunghen.words import sentences, texts

VIET_TRI: dict[str, Any] = {
    "authority_name": "Phường Việt Trì",
    "authority_kind": "ward",
    "coverage": "own",
    "definition_code": "portal",
    "first_day": dt.date(2026, 1, 1),
    "last_day": dt.date(2026, 9, 26),
    "numerator": 7368,
    "denominator": 8253,
    "rate": 7368 / 8253,
    "reason": None,
    "band": "as_expected",
    "rank": 120,
    "rank_of": 148,
    "reference_rate": 0.95,
    "verdict": "misses",
    "missing_to_reference": 473,
}
PHU_THO: dict[str, Any] = {
    "authority_name": "Tỉnh Phú Thọ",
    "level": "commune",
    "last_day": dt.date(2026, 9, 26),
    "authorities_with_rate": 148,
    "rate": 0.92720,
}


def test_headline_by_the_portals_sums_never_calls_the_rest_late() -> None:
    assert sentences.headline(VIET_TRI) == (
        "Từ 01/01 đến 26/09/2026, phường có 8.253 hồ sơ đã hoặc đang giải quyết; 7.368 hồ sơ đúng hạn hoặc "
        "còn trong hạn, 885 hồ sơ không đúng hạn (trễ hoặc đang quá hạn)."
    )
    assert sentences.headline(VIET_TRI, "en") == (
        "From 1 Jan to 26 Sept 2026, the ward had 8,253 dossiers resolved or in progress: 7,368 on time "
        "or still within term, 885 not on time (late or overdue)."
    )


@pytest.mark.parametrize(
    ("code", "rest"),
    [
        ("resolved", "huyện đã giải quyết 100 hồ sơ; 98 hồ sơ đúng hạn, 2 hồ sơ trễ hạn."),
        ("handled", "huyện xử lý 100 hồ sơ; 98 hồ sơ đúng hạn, 2 hồ sơ còn lại trễ hạn, chưa xong, đã rút"),
        ("due", "huyện có 100 hồ sơ đến hạn; 98 hồ sơ đúng hạn, 2 hồ sơ không đúng hạn."),
        ("not_late", "huyện xử lý 100 hồ sơ, 2 hồ sơ trễ hạn; nguồn không nói bao nhiêu hồ sơ đúng hạn."),
    ],
)
def test_headline_of_each_definition(code: str, rest: str) -> None:
    row = {
        "authority_name": "Huyện Bình Giang",
        "definition_code": code,
        "first_day": None,
        "last_day": dt.date(2023, 12, 11),
        "numerator": 98,
        "denominator": 100,
        "rate": 0.98,
    }
    assert sentences.headline(row).startswith(f"Đến ngày 11/12/2023, {rest}")


# What each count of a formula is called in a sentence: "resolved" by any of these words.
COUNTED = {
    "vi": {
        "resolved": "đã giải quyết",
        "in_progress": "còn trong hạn",
        "overdue": "quá hạn",
        "late": "trễ",
        "handled": "xử lý",
        "due": "đến hạn",
    },
    "en": {
        "resolved": "resolved",
        "in_progress": "within term",
        "overdue": "overdue",
        "late": "late",
        "handled": "handled",
        "due": "due",
    },
}
# the portal's denominator is made of open dossiers as well; nothing else in a headline is
OF = {
    "resolved": {"resolved", "late"},
    "portal": {"in_progress", "overdue", "late"},
    "handled": {"handled", "late"},
    "not_late": {"handled", "late"},
    "due": {"due"},
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sentences.HEADLINE_DEFINITIONS)
def test_a_headline_names_what_its_definition_counts_and_nothing_else(code: str, language: str) -> None:
    text = sentences.headline(VIET_TRI | {"definition_code": code}, language)
    words_of = COUNTED[language]
    told = {count for count, word in words_of.items() if re.search(rf"(?<!\w){word}(?!\w)", text)}
    if code == "portal":
        assert OF[code] <= told <= OF[code] | {"resolved"}
        assert not re.search(r"7[.,]368 (hồ sơ đúng hạn|on time)[,;]", text)
    else:
        assert told == OF[code]


def test_every_headline_definition_has_a_sentence_of_its_own(published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as connection:
        ordered = connection.sql(
            "SELECT definition_code FROM definition WHERE headline_order IS NOT NULL ORDER BY headline_order"
        ).fetchall()
    assert tuple(code for (code,) in ordered) == sentences.HEADLINE_DEFINITIONS


def test_all_on_time_is_said_without_a_zero() -> None:
    row = VIET_TRI | {"definition_code": "resolved", "numerator": 127, "denominator": 127, "rate": 1.0}
    assert sentences.headline(row).endswith("phường đã giải quyết 127 hồ sơ, tất cả đều đúng hạn.")


def test_no_dossiers_is_neither_none_nor_all() -> None:
    row = VIET_TRI | {"numerator": 0, "denominator": 0, "rate": None, "reason": "no_dossiers"}
    text = sentences.headline(row)
    assert "chưa có hồ sơ" in text
    assert "0%" not in text
    assert "100%" not in text


def test_nothing_published_names_the_kind_of_place() -> None:
    assert (
        sentences.headline({"authority_kind": "commune"})
        == "Chưa thấy công bố số liệu đúng hạn nào của xã này."
    )
    assert sentences.headline(None) == "Chưa thấy công bố số liệu đúng hạn nào của đơn vị này."
    group = {"authority_kind": "group", "authority_name": "Các bộ, ngành"}
    assert sentences.headline(group).endswith("của các bộ, ngành.")
    office = {"authority_kind": "department", "authority_name": "Sở Nội vụ"}
    assert sentences.headline(office, "en") == "No on-time figures have been found for Sở Nội vụ."


def test_what_was_published_without_a_headline_is_not_denied() -> None:
    shares = sentences.headline({"authority_kind": "province", "on_time_shares": 1, "reports_with_rate": 0})
    assert shares == (
        "Chỉ thấy công bố phần trăm đúng hạn hoặc trễ hạn của tỉnh này, không kèm số hồ sơ, nên không tính "
        "lại được."
    )
    parts = sentences.headline({"authority_kind": "commune", "on_time_shares": 1, "reports_with_rate": 2})
    assert "một phần công việc" in parts
    assert "Chưa thấy" not in shares + parts


@pytest.mark.slow
def test_nobody_who_published_on_time_figures_is_said_to_have_published_none(published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as connection:
        told = connection.sql(
            """
            SELECT authority_code
            FROM indicator JOIN indicator_kind USING (indicator_code)
            WHERE indicator_code IN ('on_time_share', 'late_share', 'on_time_share_month')
            UNION
            SELECT authority_code FROM report WHERE published_rate IS NOT NULL
            UNION
            SELECT authority_code FROM report JOIN rate USING (report_id) WHERE rate.rate IS NOT NULL
            """
        ).fetchall()
    assert {"17", "246", "247", "252", "253", "nhom-26-cap-huyen-xa"} <= {code for (code,) in told}
    for (code,) in told:
        scope = Scope(authority_code=code)
        row = questions.ask("headline_by_authority", scope).one
        text = sentences.headline(row or questions.ask("authority_by_code", scope).one)
        assert "Chưa thấy công bố" not in text, code


def test_a_whole_area_is_not_called_one_office() -> None:
    row = VIET_TRI | {"authority_name": "Tỉnh Phú Thọ", "authority_kind": "province", "coverage": "area"}
    assert "các cơ quan trong tỉnh có 8.253 hồ sơ" in sentences.headline(row)


def test_standing_tells_the_rank_only_outside_the_usual() -> None:
    usual = sentences.standing(VIET_TRI, PHU_THO)
    assert usual == "Tỷ lệ này nằm trong mức thường của 148 xã, phường trong tỉnh."
    low = sentences.standing(VIET_TRI | {"band": "clearly_below", "rank": 148}, PHU_THO)
    assert low == ("Tỷ lệ này thấp rõ rệt so với mức thường của 148 xã, phường trong tỉnh, xếp thứ 148/148.")
    some = sentences.standing(VIET_TRI | {"band": "leaning_above", "rank": 6, "rank_of": 12}, PHU_THO)
    assert some.endswith("xếp thứ 6 trong 12 đơn vị đủ hồ sơ để xếp hạng.")
    few = sentences.standing(VIET_TRI | {"band": "too_few", "rank": None}, PHU_THO)
    assert few == "Quá ít hồ sơ để xếp hạng (dưới 30)."


def test_standing_of_no_rate_is_its_reason() -> None:
    row = VIET_TRI | {"band": None, "rate": None, "reason": "no_report"}
    assert sentences.standing(row, PHU_THO) == "Không có báo cáo của kỳ này."


def test_siblings_of_a_district_had_townships() -> None:
    group = PHU_THO | {"authority_name": "Huyện Ninh Giang", "last_day": dt.date(2024, 2, 25)}
    assert sentences.siblings_text(group) == "148 xã, phường, thị trấn trong huyện"
    nation = PHU_THO | {"authority_name": "Việt Nam", "level": "province", "authorities_with_rate": 34}
    assert sentences.siblings_text(nation) == "34 tỉnh, thành phố trong cả nước"
    assert sentences.siblings_text(nation, "en") == "34 provinces and cities of the country"


def test_reference_is_ours_and_counts_what_is_missing() -> None:
    text = sentences.against_reference(VIET_TRI)
    assert text.startswith("Dưới mốc tham chiếu 95%: cần thêm 473 hồ sơ")
    assert "không phải chỉ tiêu của đơn vị" in text
    unsure = VIET_TRI | {"verdict": "not_distinguishable", "missing_to_reference": 3}
    assert "3 hồ sơ" in sentences.against_reference(unsure)
    assert "0 hồ sơ" not in sentences.against_reference(unsure | {"missing_to_reference": 0})
    assert "ours" in sentences.against_reference(VIET_TRI | {"verdict": "meets"}, "en")


def test_reason_names_the_counts_that_are_missing() -> None:
    row = {"reason": "missing_counts", "missing_counts": "on_time,overdue"}
    assert sentences.reason(row) == "Nguồn không nêu số hồ sơ: đúng hạn (gồm trước hạn); quá hạn chưa xong."
    assert sentences.reason({"reason": "no_dossiers"}) == "Chưa có hồ sơ."
    assert sentences.reason({"reason": None}) == ""


def test_unexplained_is_written_out() -> None:
    remainder = {
        "total_name": "handled",
        "total": 43462,
        "parts": "on_time + late + withdrawn_or_returned",
        "parts_sum": 43310,
        "difference": 152,
    }
    counts = {"on_time": 43250, "late": 60, "withdrawn_or_returned": None}
    assert sentences.unexplained_text(remainder, counts) == (
        "43.462 − 43.250 − 60 = 152 hồ sơ nguồn không nói kết quả."
    )
    over = remainder | {"total": 43300, "difference": -10}
    assert "43,300 − 43,250 − 60, 10 dossiers short" in sentences.unexplained_text(over, counts, "en")


def test_unexplained_does_not_write_a_sum_that_is_wrong() -> None:
    remainder = {
        "total_name": "received",
        "total": 12,
        "parts": "resolved + in_progress",
        "parts_sum": 10,
        "difference": 2,
    }
    text = sentences.unexplained_text(remainder, {"resolved": 7, "in_progress": None})
    assert "12 − 10 = 2 hồ sơ" in text


def test_ranks_say_which_rule() -> None:
    assert sentences.rank_text(9, 20, "competition", "vi", "commune") == "9/20 xã"
    assert sentences.rank_text(9, 19, "dense") == "9/19 hạng"
    assert sentences.rank_text(3, None, "unknown") == "3 (nguồn không nói cách xếp hạng)"
    assert sentences.rank_text(None, 20, "competition") == ""


@pytest.mark.parametrize(
    ("first_day", "last_day", "vi", "en"),
    [
        ("2026-01-01", "2026-09-26", "Từ 01/01 đến 26/09/2026", "From 1 Jan to 26 Sept 2026"),
        ("2023-01-01", "2023-06-30", "Trong 6 tháng đầu năm 2023", "In the first 6 months of 2023"),
        ("2018-01-01", "2018-03-31", "Trong quý I/2018", "In the first quarter of 2018"),
        ("2022-01-01", "2022-12-31", "Trong năm 2022", "In 2022"),
        ("2024-02-01", "2024-02-29", "Trong tháng 2/2024", "In February 2024"),
        ("2023-12-15", "2024-12-14", "Từ 15/12/2023 đến 14/12/2024", "From 15 Dec 2023 to 14 Dec 2024"),
        ("2023-03-01", "2023-04-30", "Từ 01/03 đến 30/04/2023", "From 1 Mar to 30 Apr 2023"),
        (None, "2023-12-11", "Đến ngày 11/12/2023", "Up to 11 Dec 2023"),
        ("2023-12-11", "2023-12-11", "Ngày 11/12/2023", "On 11 Dec 2023"),
        (None, None, "Trong kỳ chưa rõ", "In a period that is not known"),
    ],
)
def test_periods(first_day: str | None, last_day: str | None, vi: str, en: str) -> None:
    days = [dt.date.fromisoformat(text) if text else None for text in (first_day, last_day)]
    assert sentences.period_text(days[0], days[1]) == vi
    assert sentences.period_text(days[0], days[1], "en") == en


def _successor(name: str, steps: int, **changes: object) -> dict[str, object]:
    row = {
        "direction": "successor",
        "steps": steps,
        "authority_name": name,
        "parent_name": None,
        "valid_to": None,
    }
    return row | changes


def test_what_became_of_a_former_commune() -> None:
    dong_tam = {
        "authority_name": "Xã Đồng Tâm",
        "level": "commune",
        "valid_to": dt.date(2024, 12, 31),
        "valid_to_is_bound": True,
    }
    chain = [
        _successor("Thị trấn Ninh Giang", 1, parent_name="Huyện Ninh Giang", valid_to=dt.date(2025, 6, 30)),
        _successor("Xã Ninh Giang", 2, parent_name="Thành phố Hải Phòng"),
    ]
    assert sentences.era_text(dong_tam, chain) == (
        "Xã Đồng Tâm kết thúc hoạt động muộn nhất vào ngày 31/12/2024 (chưa rõ ngày chính xác). Toàn bộ "
        "địa bàn nhập vào thị trấn Ninh Giang (huyện Ninh Giang), nay thuộc xã Ninh Giang (thành phố Hải "
        "Phòng)."
    )
    assert sentences.era_text(dong_tam | {"valid_to": None}, []) == ""


def test_a_divided_commune_names_how_many() -> None:
    gone = {
        "authority_name": "Xã A",
        "level": "commune",
        "valid_to": dt.date(2025, 6, 30),
        "valid_to_is_bound": False,
    }
    parts = [_successor(f"Xã {letter}", 1) for letter in "BCDEF"]
    assert sentences.era_text(gone, parts) == (
        "Xã A hoạt động đến hết ngày 30/06/2025. Địa bàn được chia về 5 đơn vị: xã B, xã C, xã D và 2 "
        "đơn vị khác."
    )


def _compared(name: str, rate: float | None, band: str | None) -> dict[str, object]:
    return {"authority_name": name, "rate": rate, "band": band}


def test_finding_of_a_comparison() -> None:
    rows = [
        _compared("Xã Yên Lạc", 0.794, "clearly_below"),
        _compared("Xã Ba", 0.9, "as_expected"),
        _compared("Xã Yên Phú", 0.989, "leaning_above"),
        _compared("Xã Tư", None, None),
        _compared("Xã Năm", 0.95, "too_few"),
    ]
    assert sentences.comparison_finding(rows, PHU_THO) == (
        "148 xã, phường trong tỉnh có tỷ lệ chung 92,7%; thấp nhất 79,4% (xã Yên Lạc), cao nhất 98,9% (xã "
        "Yên Phú). 1 đơn vị thấp hơn mức thường (1 thấp rõ rệt), 1 đơn vị cao hơn, 1 đơn vị trong mức "
        "thường. 1 đơn vị có quá ít hồ sơ để xếp hạng."
    )
    assert sentences.comparison_finding([rows[3]], PHU_THO) == "Chưa có đơn vị nào có tỷ lệ trong kỳ này."


def _scored(code: str, score: str, max_score: str, parent: str | None = "TOTAL") -> dict[str, object]:
    got, most = Decimal(score), Decimal(max_score)
    return {
        "criterion_code": code,
        "parent_criterion_code": parent,
        "criterion_name_vi": f"Tiêu chí {code}",
        "criterion_name_en": f"Criterion {code}",
        "score": got,
        "max_score": most,
        "score_share": float(got / most),
        "points_lost": most - got,
    }


def test_finding_of_criteria() -> None:
    rows = [
        _scored("TOTAL", "21", "24", None),
        _scored("1", "5", "7"),
        _scored("2", "7", "8"),
        _scored("3", "9", "9"),
        _scored("1.1", "0", "7", "1"),
    ]
    assert sentences.criteria_finding(rows) == (
        "Số điểm mất (3) trải đều các tiêu chí. Tiêu chí 1 (5/7 = 71,4%) là tiêu chí duy nhất dưới 75%."
    )
    rows[0], rows[2] = _scored("TOTAL", "21.6", "24", None), _scored("2", "7.6", "8")
    assert sentences.criteria_finding(rows, "en").startswith(
        "Criterion 1 alone holds 83% of the points lost."
    )
    rows[0], rows[1] = _scored("TOTAL", "23.6", "24", None), _scored("1", "7", "7")
    assert sentences.criteria_finding(rows).endswith("Không tiêu chí nào dưới 75%.")
    assert sentences.criteria_finding([rows[3]]).startswith("Không mất điểm ở tiêu chí nào.")
    assert sentences.criteria_finding([rows[0]]) == ""


def test_criteria_that_are_not_all_say_so() -> None:
    rows = [_scored("TOTAL", "85.16", "100", None), _scored("1", "15.41", "18"), _scored("2", "18.79", "20")]
    assert sentences.criteria_finding(rows).startswith(
        "Mới biết điểm của 2 tiêu chí, mất 3,8 trong 14,84 điểm mất."
    )


def test_exactly_three_quarters_is_not_marked() -> None:
    assert "Không tiêu chí nào dưới 75%" in sentences.criteria_finding([_scored("1", "6", "8")])


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_can_come_up_has_a_name(language: str) -> None:
    for code in DEFINITIONS:
        text = sentences.definition_text(code, language)
        assert text.name == sentences.definition_name(code, language)
        assert all((text.formula, text.denominator, text.used_by))
    assert sentences.definition_name(None, language) == sentences.definition_name("unknown", language)
    for band in Band:
        assert sentences.band_name(band, language)
        assert sentences.band_shape(band)
    for verdict in Verdict:
        row = {"verdict": verdict, "reference_rate": 0.95, "missing_to_reference": 4}
        assert "95%" in sentences.against_reference(row, language)
    assert all(sentences.level_name(level, language) for level in LEVELS)
    assert all(sentences.coverage_name(coverage, language) for coverage in COVERAGES)


def test_every_column_of_counts_has_a_name() -> None:
    schema = Path(words.__file__).parents[1] / "warehouse" / "schema.sql"
    (report,) = re.findall(r"CREATE TABLE report \((.*?)\n\);", schema.read_text(encoding="utf-8"), re.DOTALL)
    columns = re.findall(r"^    (\w+) BIGINT", report, re.MULTILINE)
    assert len(columns) > 20
    for language in LANGUAGES:
        assert all(sentences.count_name(column, language) for column in columns)


def test_both_languages_have_the_same_sentences_with_the_same_gaps() -> None:
    def gaps(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    vietnamese, english = texts("vi"), texts("en")
    keys = {key for key in vietnamese if key.startswith("sentence.")}
    assert keys == {key for key in english if key.startswith("sentence.")}
    free = {"sentence.criteria.lost_mainly", "sentence.criteria.lost_one"}
    differing = {key for key in keys - free if gaps(vietnamese[key]) != gaps(english[key])}
    assert differing == set()


def test_one_day_is_no_days() -> None:
    assert [sentences.days(number, "en") for number in (0, 1, Decimal("1.5"), 2)] == [
        "0 days",
        "1 day",
        "1.5 days",
        "2 days",
    ]
    assert sentences.days(Decimal("3.6")) == "3,6 ngày"
