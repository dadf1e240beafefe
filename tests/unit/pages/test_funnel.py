"""A funnel marks who is outside and who is in a programme, never ranks, and says what chance expects."""

from dataclasses import replace

import pandas as pd
import pytest

from pages.charts.funnel import FunnelText, IndicatorText, describe_funnel, draw_funnel, ends_of
from pages.charts.theme import DARK, LIGHT, Tokens
from tests.unit.pages.chart_picture import compile_chart, written
from tests.unit.pages.chart_reading import colours, marked, rows, token_colours

TEXT = FunnelText(
    IndicatorText("A&E within 4 hours", "percent", "higher", "per cent"),
    "attendances",
    "acute trusts",
    "May 2026",
    overall=73.5,
    phi=12.34,
    tau2=0.0037,
    expected=0.2,
)
POINTS = pd.DataFrame(
    {
        "org_code": ["RAA", "RBB", "RCC"],
        "org_name": ["Alpha", "Beta", "Gamma"],
        "value": [90.0, 74.0, 50.0],
        "numerator": [900.0, 1480.0, 2000.0],
        "denominator": [1000.0, 2000.0, 4000.0],
        "inside": [None, "RSP", None],
        "flag": [1, 0, -1],
    }
)
LIMITS = pd.DataFrame(
    {
        "size": [700.0, 4160.0],
        "lower_95": [60.0, 62.0],
        "upper_95": [85.0, 84.0],
        "lower_998": [52.0, 55.0],
        "upper_998": [89.0, 88.0],
    }
)


def test_the_words_count_who_is_outside_beside_what_chance_expects() -> None:
    assert describe_funnel(POINTS, TEXT) == (
        "May 2026: 2 of 3 acute trusts lie outside the 99.8 % limits, 1 above and 1 below (Alpha, Gamma); "
        "0.2 expected by chance. Overall 73.5 %. Their variance is 12.3 times what chance by size alone "
        "gives (φ), so the limits are widened by τ² = 0.0037."
    )


def test_limits_that_are_not_widened_are_not_said_to_be() -> None:
    told = describe_funnel(POINTS, replace(TEXT, phi=0.44, tau2=0.0))
    assert told.endswith(
        "Their variance is 0.4 times what chance by size alone gives (φ), no more than chance, so the limits "
        "are not widened."
    )


def test_many_outside_are_counted_and_not_listed() -> None:
    many = pd.concat([POINTS.assign(flag=1)] * 2)
    assert "6 above and 0 below; 0.2" in describe_funnel(many, TEXT)


def test_every_organisation_is_a_point_that_tells_all_in_its_hover() -> None:
    spec = draw_funnel(POINTS, LIMITS, [], TEXT, LIGHT).to_dict()
    (points,) = marked(spec, "point", filled=True)
    first = rows(points)[0]
    assert (first["told"], first["above"], first["below"]) == ("90.0 %", "900", "1,000")
    assert [row["where"] for row in rows(points)] == [
        "above the 99.8 % limits",
        "within the limits",
        "below the 99.8 % limits",
    ]
    assert [row["is_inside"] for row in rows(points)] == [False, True, False]
    assert rows(points)[0]["inside"] == "not known to be in one"


def test_four_limits_are_drawn_the_95_ones_dashed() -> None:
    spec = draw_funnel(POINTS, LIMITS, [], TEXT, LIGHT).to_dict()
    fields = {
        unit["encoding"]["y"]["field"]: unit["mark"]["strokeDash"] for unit in marked(spec, "line")
    }
    assert fields == {
        "lower_95": [5, 3],
        "upper_95": [5, 3],
        "lower_998": [1, 0],
        "upper_998": [1, 0],
    }


def test_blue_is_explained_only_where_somebody_is_in_a_programme() -> None:
    with_one = draw_funnel(POINTS, LIMITS, ["RCC"], TEXT, LIGHT).to_dict()
    without = draw_funnel(POINTS.assign(inside=None), LIMITS, [], TEXT, LIGHT).to_dict()
    assert "known to be in a programme" in " ".join(written(with_one, 1200))
    assert "known to be in a programme" not in " ".join(written(without, 1200))
    assert "Gamma" in written(with_one, 1200)


def test_the_funnel_reaches_a_little_beyond_its_points() -> None:
    assert ends_of(POINTS["denominator"]) == (pytest.approx(700), pytest.approx(4160))


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_colours_are_those_of_the_theme(tokens: Tokens) -> None:
    spec = draw_funnel(POINTS, LIMITS, ["RAA", "RCC"], TEXT, tokens).to_dict()
    assert colours(spec) <= token_colours(tokens)
    compile_chart(spec)
