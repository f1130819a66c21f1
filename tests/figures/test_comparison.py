"""The pictures of a comparison: every authority has its mark, in its place, shape and colour."""

from __future__ import annotations

from typing import Any

import pytest

from dunghen import finishing
from dunghen.figures import comparison, look
from dunghen.measures import funnel

Row = dict[str, Any]


def row(code: str, numerator: int | None, denominator: int | None, **more: Any) -> Row:
    return {
        "authority_code": code,
        "authority_name": f"Xã {code}",
        "short_name": code,
        "level": "commune",
        "numerator": numerator,
        "denominator": denominator,
        "rate": numerator / denominator if numerator is not None and denominator else None,
    } | more


def finished(*rows: Row) -> list[Row]:
    listed = list(rows)
    finishing.add_intervals(listed)
    finishing.add_bands(listed)
    return listed


@pytest.fixture
def group() -> list[Row]:
    """Twenty alike, one far below, one too small to judge, one without dossiers."""
    alike = [row(f"A{place}", 940 + place % 3, 1000) for place in range(20)]
    return finished(row("Thấp", 500, 1000), row("Nhỏ", 3, 5), *alike, row("Trống", 0, 0))


def limits_of(rows: list[Row]) -> tuple[float, list[Row]]:
    pool = funnel([r["numerator"] for r in rows], [r["denominator"] for r in rows])
    assert pool is not None
    return pool.rate, finishing.funnel_limits(pool, rows)


def marks(figure: dict[str, Any]) -> dict[str, tuple[Any, Any, str]]:
    """Code of an authority → where its mark is, and in which shape."""
    return {
        code: (x, y, trace["marker"]["symbol"])
        for trace in figure["data"]
        if trace["mode"] == "markers"
        for code, x, y in zip(trace["customdata"], trace["x"], trace["y"], strict=True)
    }


def words(figure: dict[str, Any]) -> list[str]:
    return [annotation["text"] for annotation in figure["layout"]["annotations"]]


def test_the_funnel_shows_everybody_with_a_rate_and_both_pairs_of_limits(group: list[Row]) -> None:
    rate, limits = limits_of(group)
    figure = comparison.funnel_plot(group, limits, rate)

    assert set(marks(figure)) == {r["authority_code"] for r in group} - {"Trống"}
    assert marks(figure)["Thấp"] == (1000, 0.5, "triangle-down")
    lines = [trace for trace in figure["data"] if trace["mode"] == "lines"]
    assert sorted(line["line"]["dash"] for line in lines) == ["dash", "dash", "solid", "solid"]
    assert all(line["x"][0] == 5 and line["x"][-1] == 1000 for line in lines)


def test_no_word_in_the_funnel_lies_over_the_largest_authority(group: list[Row]) -> None:
    rate, limits = limits_of(group)
    layout = comparison.funnel_plot(group, limits, rate)["layout"]
    at_the_end = [note for note in layout["annotations"] if note.get("xref") == "paper"]

    assert [note["text"] for note in at_the_end] == ["chung<br>92,0%", "99,8%", "95%"]
    assert all((note["x"], note["xanchor"]) == (1, "left") for note in at_the_end)
    assert layout["margin"]["r"] > 40


def test_names_of_two_lines_stand_apart() -> None:
    heights = [
        comparison.dot_plot(finished(row("A", 1, 2, authority_name=name), row("B", 2, 2)))["layout"]["height"]
        for name in ("Sở Y tế", "Ban Quản lý các khu công nghiệp")
    ]

    assert heights[1] - heights[0] == 2 * comparison.LINE_HEIGHT


def test_the_funnel_names_who_stands_outside_and_nobody_else(group: list[Row]) -> None:
    rate, limits = limits_of(group)
    named = [text for text in words(comparison.funnel_plot(group, limits, rate)) if "Xã" in text]

    assert named == ["<b>Xã Thấp</b>"]


def test_dots_stand_in_the_order_of_the_rows_with_their_intervals(group: list[Row]) -> None:
    figure = comparison.dot_plot(group, reference=0.95)

    assert marks(figure)["Thấp"][1] == 0
    assert marks(figure)["A19"][1] == 21
    clear = next(trace for trace in figure["data"] if "Thấp" in trace["customdata"])
    low, high = group[0]["low"], group[0]["high"]
    assert clear["x"][0] - clear["error_x"]["arrayminus"][0] == pytest.approx(low)
    assert clear["x"][0] + clear["error_x"]["array"][0] == pytest.approx(high)
    assert "50,0% ▼" in words(figure)
    assert "mốc 95%" in words(figure)
    first, last = figure["layout"]["xaxis"]["range"]
    assert first <= min(r["low"] for r in group if r["rate"] is not None)
    assert last >= 0.95


def test_names_lead_on_and_cannot_carry_markup() -> None:
    rows = finished(row("<b>x</b>", 1, 2), row("B", 2, 2))
    text = words(comparison.dot_plot(rows, links={"B": "/don-vi?ma=B&lang=en"}))

    assert "Xã &lt;b&gt;x&lt;/b&gt;" in text
    assert any('href="/don-vi?ma=B&amp;lang=en" target="_self"' in line for line in text)


def test_the_strip_piles_up_instead_of_covering(group: list[Row]) -> None:
    places = [(x, y) for x, y, _ in marks(comparison.strip(group)).values()]

    assert len(places) == len(set(places)) == 22


def test_the_strip_names_the_marked_ones_in_the_order_given(group: list[Row]) -> None:
    figure = comparison.strip(group, ["A1", "Thấp", "nobody"], reference=0.95, group_rate=0.9)
    named = [text for text in words(figure) if "Xã" in text]

    assert named == ["<b>Xã A1</b> 94,1%", "<b>Xã Thấp</b> 50,0%"]
    assert len([shape for shape in figure["layout"]["shapes"] if shape["type"] == "line"]) == 4


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_band_has_a_colour_of_its_own_but_for_the_two_greys(theme: str) -> None:
    colours = look.BAND_COLOURS[theme]

    assert list(colours) == list(look.BAND_SYMBOLS)
    assert len(set(colours.values())) == len(colours) - 1
    assert len(set(look.BAND_SYMBOLS.values())) == len(look.BAND_SYMBOLS)


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([0.793, 0.95], ["80%", "85%", "90%", "95%"]),
        ([0.342, 1.0], ["40%", "60%", "80%", "100%"]),
        ([0.9981, 0.9990], ["99,7%", "99,8%", "99,9%", "100%"]),
        ([0.5, 0.5], ["49,8%", "50,0%", "50,2%"]),
    ],
)
def test_an_axis_of_shares_has_round_ticks_and_does_not_start_at_0(
    values: list[float], ticks: list[str]
) -> None:
    axis = look.share_axis(values, "vi", "light", most_ticks=4)

    assert axis["ticktext"] == ticks
    assert axis["range"][0] <= min(values) <= max(values) <= axis["range"][1]


def test_an_axis_of_counts_turns_logarithmic_for_very_unequal_sizes() -> None:
    assert "type" not in look.count_axis([877, 8253], "vi", "light")
    assert look.count_axis([877, 8253], "vi", "light")["ticktext"][1] == "2.000"
    wide = look.count_axis([5, 83_675], "en", "light")
    assert wide["type"] == "log"
    assert wide["ticktext"] == ["10", "100", "1,000", "10,000"]


def test_long_names_are_broken_where_words_end() -> None:
    assert look.wrapped("Sở Nông nghiệp và Môi trường") == "Sở Nông nghiệp và<br>Môi trường"
