import pandas as pd
import pytest

from pages.charts.estimates import draw_curve, draw_estimators
from pages.charts.layers.formats import IndicatorText
from pages.charts.theme import DARK, LIGHT
from tests.unit.pages.chart_reading import colours, marked, token_colours, units

CHANGE = IndicatorText("", "percent", "neither", "difference, points", is_change=True)
ROWS = pd.DataFrame(
    {
        "label": ["REML", "OLS", "ARIMA"],
        "estimate": [2.0, -1.0, 0.5],
        "ci_low": [1.0, -2.0, -0.5],
        "ci_high": [3.0, 0.0, 1.5],
        "is_fixed": [True, False, False],
    }
)


def points(spec):
    (point,) = marked(spec, "point")
    return point["data"]["values"]


def test_estimators_keep_their_order_and_say_their_interval():
    spec = draw_estimators(ROWS, CHANGE, LIGHT).to_dict()
    assert [row["label"] for row in points(spec)] == ["REML", "OLS", "ARIMA"]
    assert points(spec)[1]["interval"] == "−2.0 points to 0.0 points"
    assert points(spec)[0]["shown"] == "+2.0 points"
    assert any(unit["data"]["values"] == [{"zero": 0}] for unit in units(spec))


def test_the_curve_runs_from_the_lowest_to_the_highest():
    spec = draw_curve(ROWS, CHANGE, LIGHT).to_dict()
    assert [(row["place"], row["estimate"]) for row in points(spec)] == [
        (1, -1.0),
        (2, 0.5),
        (3, 2.0),
    ]


def test_what_was_fixed_has_a_shape_of_its_own_too():
    (point,) = marked(draw_curve(ROWS, CHANGE, LIGHT).to_dict(), "point")
    shape = point["encoding"]["shape"]
    assert shape["condition"] == {"test": "datum.is_fixed", "value": "diamond"}
    assert shape["value"] == "circle"


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_every_colour_is_of_the_theme(tokens):
    for draw in (draw_curve, draw_estimators):
        assert colours(draw(ROWS, CHANGE, tokens).to_dict()) <= token_colours(tokens)
