"""A small country with two of everything, ties included, and rows that a comparison must leave out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.warehouse_fixture import (
    FIRST,
    LAST,
    Row,
    authority,
    breakdown,
    criterion,
    edition,
    flow,
    index_kind,
    indicator,
    report,
    score,
    source,
    stock,
)

NOVEMBER, DECEMBER = dt.date(2025, 11, 1), dt.date(2025, 12, 1)
IMAGINED = {"first_day": NOVEMBER, "last_day": LAST}
ENDED, BEGAN = dt.date(2025, 6, 30), dt.date(2026, 1, 1)
LATER = dt.date(2026, 6, 30)
EARLIER = {"first_day": dt.date(2025, 1, 1), "last_day": ENDED}


UNTOLD = (
    *("received_online", "received_in_person", "received_postal"),
    *("supplemented", "extended", "plain_resolved", "plain_on_time", "on_time_original"),
)


def counts(on_time: int, late: int, **more: Any) -> Row:
    return {"on_time": on_time, "late": late} | more


def named(code: str, name: str, parent: str | None = "P", level: str = "commune", **more: Any) -> Row:
    return authority(code, parent, level, authority_name=name, short_name=name, **more)


def dossiers() -> dict[str, list[Row]]:
    """Two months of the imaginary M1 and M2, and of the whole area of M; M2 stops telling some things."""
    both = [("M1", "own", 1, 1), ("M2", "own", 1, 2), ("M", "area", 2, 3)]
    return {
        "dossier_source": [{"authority_code": code, "source_id": "m"} for code, *_ in both],
        "flow": [
            flow(code, month, coverage, received_online=6 * times, received_in_person=4 * times)
            | {"early": 5 * times, "on_due_date": 3 * times - late, "late": late}
            | {"withdrawn": times if month == DECEMBER else 0, "supplemented": times, "extended": times}
            | {"plain_resolved": 7 * times, "plain_on_time": 7 * times - late, "on_time_original": 6 * times}
            | (dict.fromkeys(UNTOLD) if code != "M1" and month == DECEMBER else {})
            for code, coverage, times, late in both
            for month in (NOVEMBER, DECEMBER)
        ],
        "stock": [
            stock(code, month, coverage, carried_over=carried_over * times)
            | {"in_progress": in_progress * times, "overdue": 2 * times}
            for code, coverage, times, _ in both
            for month, carried_over, in_progress in ((NOVEMBER, 3, 3), (DECEMBER, 5, 4))
        ],
        "breakdown": [
            *(
                breakdown("M1", dimension, item, **IMAGINED, resolved=resolved, on_time=on_time)
                for dimension, item, resolved, on_time in (
                    ("field", "land", 8, None),
                    ("field", "health", 8, 8),
                    ("channel", "online", 10, 8),
                    ("channel", "in_person", 6, 6),
                    ("procedure", "M.1", 8, 8),
                    ("procedure", "M.2", 8, 6),
                )
            ),
            breakdown("M1", "field", "land", resolved=8, late=None, under_5="late,on_time", hidden="early")
            | {"period_kind": "month", "first_day": DECEMBER},
            breakdown("M1", "days_late", "2-3", **IMAGINED, under_5="dossiers"),
            breakdown("M1", "days_late", "1", **IMAGINED, hidden="dossiers"),
        ],
        "distribution": [
            {"authority_code": "M1", "coverage": "own", "period_kind": "year", **IMAGINED}
            | {"dimension": dimension, "item": item, "kind": kind, "median": 3, "p90": p90}
            | {"dossiers": 20 if dimension == "whole" else None}
            for dimension, item, kind, p90 in (
                ("whole", "whole", "processing_days", 9),
                ("whole", "whole", "days_late", 4),
                ("field", "land", "processing_days", 8),
                ("field", "health", "processing_days", 9),
            )
        ],
        "overdue_age": [
            {"authority_code": "M1", "coverage": "own", "last_day": LAST, "class": name} | {"dossiers": count}
            for name, count in (("1-7", 5), ("31-90", None), ("due_in_3", 0))
        ],
        "intake": [
            {"import_id": name, "illustrative": name != "0001", "record": "dossiers", "as_of": LAST}
            | {"mapping": "x", "rows_read": 10, "rows_loaded": 8, "rows_quarantined": 2}
            | {"rows_repeated": 0, "rows_replaced": 0}
            for name in ("0002", "0001")
        ],
        "quarantine_reason": [
            {"import_id": name, "illustrative": name != "0001", "reason": "missing_value", "rows": 1}
            | {"column_name": column}
            for name in ("0002", "0001")
            for column in ("received_at", "due_at")
        ],
    }


def rows() -> dict[str, list[Row]]:
    """Province P with communes A and B (tied), C (no figures), departments S1 and S2, and who is left out."""
    at: Row = {"latitude": 21.0, "longitude": 105.0}
    return {
        "generation": [
            {"generation": name, "first_day": first, "last_day": last}
            | {"province_count": 2, "district_count": 0, "commune_count": 2}
            for name, first, last in (
                ("2024", dt.date(2021, 1, 1), ENDED),
                ("2025-07", dt.date(2025, 7, 1), None),
            )
        ],
        "authority": [
            named("VN", "Việt Nam", None, "nation"),
            named("P", "Bình Giang", "VN", "province", province_code="P"),
            named("Q", "Ân Hải", "VN", "province", province_code="Q"),
            # In the order of Vietnamese: An Bình, Ân Thi, Bà Rịa; by code points Ân would come last.
            named("A", "Ân Thi", province_code="P", **at),
            named("B", "An Bình", province_code="P", **at),
            named("C", "Bà Rịa", province_code="P", **at),
            named("D", "Đã thôi: không so sánh", province_code="P", valid_to=ENDED),
            named("D2", "Đã thôi", province_code="P", valid_to=ENDED),
            named("E", "Chưa có: không so sánh", province_code="P", valid_from=BEGAN),
            named("G", "Nhóm: không so sánh", level="group", province_code="P"),
            named("S1", "Sở Một", level="department", province_code="P"),
            named("S2", "Sở Hai", level="department", province_code="P"),
            named("M", "Minh Họa", None, "province", province_code="M", illustrative=True),
            named("M1", "Mơ Một", "M", province_code="M", illustrative=True),
            named("M2", "Mơ Hai", "M", province_code="M", illustrative=True),
            named("X", "Xa", "Q", province_code="Q", latitude=22.0, longitude=105.0),
        ],
        "authority_other_name": [
            {"authority_code": "A", "other_name": "Ân Thị"},
            {"authority_code": "A", "other_name": "An Thi cũ"},
        ],
        "authority_portal_code": [
            {"portal_code": "H1.2", "authority_code": "A"},
            {"portal_code": "H1.1", "authority_code": "A"},
        ],
        "listing": [
            {"generation": generation, "authority_code": code, "parent_code": None}
            for generation in ("2024", "2025-07")
            for code in (
                "P",
                "Q",
                "A" if generation == "2025-07" else "D",
                "B" if generation == "2025-07" else "D2",
            )
        ],
        "successor": [
            {"authority_code": former, "successor_code": heir, "extent": "split", "is_main": heir == "A"}
            | {"changed_on": dt.date(2025, 7, 1), "changed_on_is_bound": False, "basis": "converter"}
            for former in ("D", "D2")
            for heir in ("A", "B")
        ],
        "boundary_change": [
            {"authority_code": "P", "changed_on": day, "changed_on_is_bound": False}
            for day in (dt.date(2024, 1, 1), dt.date(2025, 7, 1))
        ],
        "source": [
            source("s"),
            source("t", "press"),
            source("u", "press", title="Nguồn s"),
            source("m", "illustrative"),
        ],
        "field": [
            {"field": "land", "field_name_vi": "Đất đai", "field_name_en": "Land"},
            {"field": "health", "field_name_vi": "Y tế", "field_name_en": "Health"},
        ],
        "procedure": [
            {"procedure_code": f"M.{number}", "field": "land", "procedure_name_vi": f"Thủ tục {number}"}
            for number in (1, 2)
        ],
        **dossiers(),
        "report": [
            report("a", "A", **counts(90, 10, observed_at="2026-01-02", overdue=5, average_days="1.5")),
            report("a-superseded", "A", **counts(1, 99, observed_at="2026-01-01")),
            report("a-area", "A", coverage="area", **counts(10, 90)),
            report("a-land", "A", field="land", **counts(3, 7)),
            report("a-health", "A", field="health", **counts(3, 7)),
            report("a-press", "A", source_id="t", **counts(20, 80, handled=101)),
            report("a-before", "A", **EARLIER, **counts(80, 20)),
            report("a-undated", "A", source_id="u", **counts(70, 30)) | {"first_day": None},
            report("b", "B", **counts(45, 5, early=40, on_due_date=4)),
            report("b-before", "B", **EARLIER, **counts(85, 15)),
            report("d", "D", **counts(1, 1)),
            report("e", "E", **counts(1, 1)),
            report("g", "G", **counts(1, 1)),
            report("p", "P", coverage="area", **counts(150, 20)),
            report("p-own", "P", **counts(5, 5)),
            report("s1", "S1", **counts(3, 1)),
            report("s2", "S2", **counts(0, 0)),
            report("x", "X", handled=40, late=4),
        ],
        "indicator_kind": [
            {"indicator_code": code, "indicator_group": "channel", "unit": "percent"}
            | {"indicator_name_vi": f"Chỉ tiêu {code}", "indicator_name_en": f"Figure {code}"}
            for code in ("online_share", "postal_share")
        ],
        "indicator": [
            indicator("A", "online_share", "61.5"),
            indicator("A", "online_share", "50", period_label="trước đó", **EARLIER),
            indicator("A", "online_share", "50", period_label="không rõ kỳ")
            | {"first_day": None, "last_day": None},
            indicator("A", "postal_share", "1.25"),
            indicator("B", "online_share", "70"),
        ],
        "target": [
            {"target_id": name, "authority_code": "A", "owner_vi": "UBND", "owner_en": "The office"}
            | {"target_rate": "0.95", "comparison": "more_than", "source_id": "s", "last_day": LAST}
            for name in ("one", "two")
        ],
        "oddity": [
            {"oddity_id": name, "authority_code": code, "source_id": "s", "report_id": None}
            | {
                f"{part}_{language}": "x"
                for part in ("published", "recomputed", "oddity_kind")
                for language in ("vi", "en")
            }
            for name, code in (("one", "A"), ("two", "A"), ("nobody", None))
        ],
        "statement": [
            {
                "statement_id": name,
                "authority_code": "A",
                "source_id": "t",
                "made_on": day,
                "statement_vi": "x",
            }
            for name, day in (("one", LAST), ("two", LAST), ("older", FIRST))
        ],
        "index_kind": [index_kind("i"), index_kind("j", unit="percent")],
        "index_edition": [edition("2024"), edition("2025"), edition("2025", "j")],
        "criterion": [
            criterion(code, position, None if code == "TOTAL" else "TOTAL", edition=name, max_score=most)
            for name in ("2024", "2025")
            for code, position, most in (("TOTAL", 0, 20), ("C1", 1, 10), ("C2", 2, 10))
        ]
        + [criterion("TOTAL", 0, None, index_code="j", max_score=100)],
        "score": [
            score("A", "TOTAL", "15.1", published_rank=1, published_rank_of=2, rank_rule="competition"),
            score("A", "C1", "8.05", grade_code="good"),
            score("A", "C2", "7"),
            score("B", "TOTAL", "15.1"),
            score("B", "C1", "9"),
            score("B", "C2", "6"),
            score("A", "TOTAL", "19", score_kind="self"),
            score("A", "C1", "9.5", score_kind="self"),
            score("A", "C1", "1", edition="2024"),
            score("B", "C1", "1", edition="2024"),
            score("A", "TOTAL", "80", index_code="j"),
            score("S1", "TOTAL", "70", index_code="j"),
            score("S2", "TOTAL", "90", index_code="j"),
            score("G", "TOTAL", "20"),
        ],
        "grade": [
            {"index_code": "i", "edition": "2025", "scope_vi": scope, "scope_en": scope, "grade_code": grade}
            | {"grade_name_vi": name, "grade_name_en": grade, "min_share": least, "source_id": "s"}
            for scope in ("x", "y")
            for grade, name, least in (("good", "Tốt", "0.8"), ("fair", "Khá", "0.65"))
        ],
        "check_result": [
            {"check_name": name, "question": f"Is it {name}?", "rows_examined": 0} for name in ("odd", "even")
        ],
    }
