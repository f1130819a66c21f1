"""Figures of dossiers: where a line breaks, what is hollow, what is hidden; the mark of imaginary figures."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dunghen.figures import dossiers
from dunghen.figures.look import layout, marked


def month(year: int, number: int, denominator: int = 100, rate: float | None = 0.9) -> dict[str, Any]:
    first = dt.date(year, number, 1)
    return {
        "first_day": first,
        "last_day": first + dt.timedelta(days=27),
        "rate": rate,
        "low": rate and rate - 0.05,
        "high": rate and rate + 0.05,
        "numerator": 1,
        "denominator": denominator,
        "received": 120,
        "late": 10,
    }


def firsts(runs: list[list[Any]]) -> list[list[str]]:
    return [[row["first_day"].isoformat()[:7] for row in run] for run in runs]


def test_no_line_crosses_the_change_of_eras() -> None:
    rows = [month(2025, number) for number in (5, 6, 7, 8)]
    assert firsts(dossiers.unbroken(rows)) == [["2025-05", "2025-06"], ["2025-07", "2025-08"]]


def test_small_and_missing_months_break_the_line() -> None:
    small = [month(2026, 1), month(2026, 2, denominator=29), month(2026, 3), month(2026, 4)]
    assert firsts(dossiers.unbroken(small)) == [["2026-01"], ["2026-03", "2026-04"]]
    missing = [month(2026, 1), month(2026, 3), month(2026, 4, rate=None), month(2026, 5)]
    assert firsts(dossiers.unbroken(missing)) == [["2026-01"], ["2026-03"], ["2026-05"]]


def test_months_at_the_axis_are_named_with_the_whole_year() -> None:
    rows = [month(2024, number) for number in range(1, 9)]
    assert dossiers.trend(rows, "vi", "light")["layout"]["xaxis"]["ticktext"][-1] == "8/2024"
    assert dossiers.trend(rows, "en", "light")["layout"]["xaxis"]["ticktext"][-1] == "Aug 2024"


def test_the_trend_draws_small_months_hollow_and_the_change_of_eras_as_a_line() -> None:
    rows = [month(2025, 6), month(2025, 7, denominator=12), month(2025, 8)]
    figure = dossiers.trend(rows, "vi", "light")

    (rates,) = (
        trace for trace in figure["data"] if trace["mode" if "mode" in trace else "type"] == "markers"
    )
    assert rates["marker"]["symbol"] == ["circle", "circle-open", "circle"]
    assert len(figure["layout"]["shapes"]) == 1
    assert not any(trace.get("mode") == "lines" for trace in figure["data"])


def test_a_trend_without_any_rate_still_shows_what_was_received() -> None:
    figure = dossiers.trend([month(2026, 1, 0, None), month(2026, 2, 0, None)], "en", "dark")
    assert [trace["y"] for trace in figure["data"] if trace["type"] == "bar"] == [[120, 120], [10, 10]]


def test_a_hidden_class_has_its_words_and_no_length() -> None:
    rows: list[dict[str, Any]] = [
        {"name": "1 ngày", "dossiers": None, "told": "dưới 5"},
        {"name": "2–3 ngày", "dossiers": 12, "told": "12"},
    ]
    (bars,) = dossiers.classes(rows, "vi", "light")["data"]
    assert (bars["x"], bars["text"]) == ([0, 12], ["dưới 5", "12"])


def test_waiting_goes_from_the_median_to_the_slowest_tenth() -> None:
    rows = [{"name": "Đất đai", "median": 8, "p90": 15}]
    span, median, slowest = dossiers.waiting(rows, "vi", "light")["data"]
    assert span["x"] == [8, 15, None]
    assert (median["x"], slowest["x"]) == ([8], [15])


def test_items_stand_at_their_rates_in_their_order() -> None:
    rows = [
        {"name": name, "rate": rate, "low": rate - 0.1, "high": rate, "numerator": 1, "denominator": 2}
        for name, rate in (("Đất đai", 0.5), ("Y tế", 0.9))
    ]
    (dots,) = dossiers.item_rates(rows, "vi", "light")["data"]
    assert (dots["x"], dots["y"]) == ([0.5, 0.9], [0, 1])


def test_a_saved_picture_of_imaginary_figures_says_so() -> None:
    plain = {"data": [], "layout": layout("light", "vi", height=100)}
    figure = marked(plain, "dữ liệu minh họa", "light")

    assert [note["text"] for note in figure["layout"]["annotations"]] == ["dữ liệu minh họa"]
    assert figure["layout"]["height"] > 100
    assert "annotations" not in plain["layout"]
