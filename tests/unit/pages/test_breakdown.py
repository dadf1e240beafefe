"""Breakdowns draw an interval with every figure, nothing where too few lie behind it, and all from zero."""

from typing import Any

import pandas as pd
import pytest

from pages.charts.breakdown import (
    MOST_HEIGHT,
    BreakdownText,
    describe_breakdown,
    draw_counts,
    draw_rates,
)
from pages.charts.theme import DARK, LIGHT, Tokens
from tests.unit.pages.chart_picture import compile_chart, layer_rows, written
from tests.unit.pages.chart_reading import colours, marked, token_colours

TEXT = BreakdownText(
    "Share known to have left, by region", "per cent", "percent", ("Point: share.",)
)
MONTHS = BreakdownText("Median time inside, by region", "months", "months", ("Point: median.",))
COLUMNS = ["label", "k", "n", "estimate", "low", "high", "is_few", "is_all", "words"]


def frame(*rows: tuple[Any, ...]) -> pd.DataFrame:
    made = pd.DataFrame(list(rows), columns=COLUMNS)
    return made.assign(hover=made["words"]).astype(
        dict.fromkeys(("estimate", "low", "high"), float)
    )


ROWS = frame(
    ("London", 6, 12, 50.0, 25.4, 74.6, False, False, "50.0 % (6 of 12)"),
    ("Midlands", 2, 6, 33.3, 9.7, 70.0, True, False, "33.3 % (2 of 6), few"),
    ("South East", 1, 3, None, None, None, True, False, "1 of 3: too few for a rate"),
    ("All", 9, 21, 42.9, 24.5, 63.5, False, True, "42.9 % (9 of 21)"),
)
TIMES = frame(
    ("London", None, 12, 30.0, 20.0, None, False, False, "30.0 months (12)"),
    ("All", None, 20, 36.0, 24.0, 60.0, False, True, "36.0 months (20)"),
)


def test_a_group_with_too_few_has_its_words_and_no_point() -> None:
    spec = draw_rates(ROWS, TEXT, LIGHT).to_dict()
    (points,) = marked(spec, "point", size=90)
    assert [row["label"] for row in layer_rows(points)] == ["London", "Midlands", "All"]
    assert "1 of 3: too few for a rate" in written(spec, 1000)
    assert "South East" in written(spec, 1000)


def test_every_point_has_its_interval() -> None:
    spec = draw_rates(ROWS, TEXT, LIGHT).to_dict()
    lines = [unit for unit in marked(spec, "rule") if "x2" in unit["encoding"]]
    assert [(row["low"], row["end"]) for row in layer_rows(lines[0])] == [
        (25.4, 74.6),
        (9.7, 70.0),
        (24.5, 63.5),
    ]


def test_a_figure_of_few_is_hollow() -> None:
    (points,) = marked(draw_rates(ROWS, TEXT, LIGHT).to_dict(), "point", size=90)
    assert points["encoding"]["fill"]["condition"]["test"] == "datum.is_few"
    assert points["encoding"]["fill"]["condition"]["value"] == LIGHT.background


def test_an_open_interval_ends_in_an_arrow_at_the_end_of_the_axis() -> None:
    spec = draw_rates(TIMES, MONTHS, LIGHT).to_dict()
    (arrows,) = marked(spec, "point", shape="triangle-right")
    (arrow,) = layer_rows(arrows)
    domain = arrows["encoding"]["x"]["scale"]["domain"]
    assert (arrow["label"], arrow["end"]) == ("London", domain[1])
    assert domain[0] == 0


def test_the_figure_of_all_is_ruled_through() -> None:
    spec = draw_rates(ROWS, TEXT, LIGHT).to_dict()
    (rule,) = marked(spec, "rule", strokeDash=[4, 3])
    assert [row["estimate"] for row in layer_rows(rule)] == [42.9]


def test_shares_start_at_zero_and_stop_at_a_hundred() -> None:
    high = ROWS.assign(high=99.0)
    for rows, reach in ((ROWS, 74.6 * 1.08), (high, 100.0)):
        scale = marked(draw_rates(rows, TEXT, LIGHT).to_dict(), "point", size=90)[0]
        domain = scale["encoding"]["x"]["scale"]["domain"]
        assert domain == pytest.approx([0, reach])


def test_nothing_to_draw_is_words_on_an_empty_chart() -> None:
    bare = ROWS[ROWS["estimate"].isna()]
    spec = draw_rates(bare, TEXT, LIGHT).to_dict()
    assert "1 of 3: too few for a rate" in written(spec, 1000)


def test_bars_of_counts_stand_before_those_that_there_were() -> None:
    pale, bars = marked(draw_counts(ROWS, TEXT, LIGHT).to_dict(), "bar")
    assert [row["n"] for row in layer_rows(pale)] == [12, 6, 3, 21]
    assert [row["k"] for row in layer_rows(bars)] == [6, 2, 1, 9]
    assert pale["encoding"]["opacity"]["value"] < 1
    assert bars["encoding"]["x"]["scale"]["domain"] == [0, 21]


def test_counts_without_a_number_there_were_have_one_bar() -> None:
    bare = ROWS.assign(n=None)
    (bars,) = marked(draw_counts(bare, TEXT, LIGHT).to_dict(), "bar")
    assert bars["encoding"]["x"]["scale"]["domain"] == [0, 9]


def test_many_groups_keep_to_the_height_of_a_page_as_far_as_they_can() -> None:
    twenty = pd.concat([ROWS.assign(label=f"{i} " + ROWS["label"]) for i in range(5)])
    assert draw_counts(twenty, TEXT, LIGHT).to_dict()["height"] == MOST_HEIGHT
    fifty = pd.concat([ROWS.assign(label=f"{i} " + ROWS["label"]) for i in range(12)])
    assert draw_counts(fifty, TEXT, LIGHT).to_dict()["height"] == 48 * 15


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_only_colours_of_the_theme_are_used(tokens: Tokens) -> None:
    for spec in (
        draw_counts(ROWS, TEXT, tokens).to_dict(),
        draw_rates(ROWS, TEXT, tokens).to_dict(),
    ):
        assert colours(spec) <= token_colours(tokens)


def test_charts_compile_without_complaint(capfd: pytest.CaptureFixture[str]) -> None:
    compile_chart(draw_counts(ROWS, TEXT, LIGHT).to_dict())
    compile_chart(draw_rates(TIMES, MONTHS, LIGHT).to_dict())
    assert capfd.readouterr().err == ""


def test_the_description_tells_every_group() -> None:
    told = describe_breakdown(ROWS, TEXT)
    assert told.startswith("Share known to have left, by region. London: 50.0 % (6 of 12);")
    assert "South East: 1 of 3: too few for a rate" in told
