"""Values by segment: a point for everyone, an interval where six or more stand behind it, honest words."""

import pandas as pd
import pytest

from pages.charts.by_segment import (
    IndicatorText,
    describe_by_segment,
    draw_by_segment,
    medians_of,
)
from pages.charts.theme import DARK, LIGHT, Tokens
from tests.unit.pages.chart_picture import compile_chart, written
from tests.unit.pages.chart_reading import all_rows, colours, marked, rows, token_colours

TEXT = IndicatorText("A&E within 4 hours", "percent", "higher", "per cent")


def made(**by_segment: list[float]) -> pd.DataFrame:
    """`made(s1=[…])`: organisations R10, R11 … of segment 1 with these values."""
    return pd.DataFrame(
        [
            (f"R{name[1]}{place}", f"Trust {name[1]}{place}", int(name[1]), value)
            for name, values in by_segment.items()
            for place, value in enumerate(values)
        ],
        columns=["org_code", "org_name", "segment", "value"],
    )


VALUES = made(s1=[80.0, 82.0, 84.0, 86.0, 88.0, 90.0], s3=[70.0, 60.0, 65.0])


def test_medians_have_the_whole_range_as_interval_at_six_and_none_below() -> None:
    found = medians_of(VALUES)
    assert (found[1].value, found[1].low, found[1].high) == (85.0, 80.0, 90.0)
    assert (found[3].value, found[3].low) == (65.0, None)


def test_the_words_give_median_interval_and_number() -> None:
    assert describe_by_segment(VALUES, TEXT) == (
        "Median by segment: segment 1: 85.0 % (80.0 % to 90.0 %), n = 6; "
        "segment 3: 65.0 % (too few for an interval), n = 3."
    )


def test_every_organisation_is_a_point_and_only_enough_have_an_interval() -> None:
    spec = draw_by_segment(VALUES, [], TEXT, LIGHT).to_dict()
    (points,) = marked(spec, "circle")
    assert len(rows(points)) == 9
    (intervals,) = marked(spec, "rule")
    assert [(row["segment"], row["low"], row["high"]) for row in rows(intervals)] == [(1, 80, 90)]
    assert "No interval below six organisations." in spec["title"]["text"]["expr"]
    assert all_rows(spec) < 100


def test_without_any_interval_none_is_drawn() -> None:
    spec = draw_by_segment(made(s4=[1.0]), [], TEXT, LIGHT).to_dict()
    assert marked(spec, "rule") == []
    compile_chart(spec)


def test_a_chosen_organisation_is_named_in_a_colour_of_its_own() -> None:
    spec = draw_by_segment(VALUES, ["R32", "R99"], TEXT, LIGHT).to_dict()
    named = rows(marked(spec, "circle")[1])
    assert [(row["org_name"], row["colour"]) for row in named] == [("Trust 32", LIGHT.lines[1])]
    assert "Trust 32" in written(spec, 900)


def test_equal_values_do_not_hide_each_other_and_the_picture_is_the_same_every_time() -> None:
    same = made(s2=[50.0] * 8)
    spec = draw_by_segment(same, [], TEXT, LIGHT).to_dict()
    strewn = [row["strewn"] for row in rows(marked(spec, "circle")[0])]
    assert len(set(strewn)) == 8
    assert all(-0.5 <= place < 0.5 for place in strewn)
    again = draw_by_segment(same.iloc[::-1], [], TEXT, LIGHT).to_dict()
    assert spec == again


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_all_colours_are_those_of_the_theme(tokens: Tokens) -> None:
    spec = draw_by_segment(VALUES, ["R10"], TEXT, tokens).to_dict()
    assert colours(spec) <= token_colours(tokens)
