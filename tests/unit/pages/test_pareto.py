"""The picture of improvement against discrimination."""

import pandas as pd
import pytest

from pages.charts.pareto import describe_pareto, draw_pareto
from pages.charts.theme import DARK, LIGHT, Tokens
from tests.unit.pages.chart_reading import colours, marked, rows, texts, token_colours

POINTS = pd.DataFrame(
    {
        "label": ["Clear among acute trusts", "Unclear among acute trusts"],
        **{"x": [0.7, 0.5], "x_low": [0.6, 0.42], "x_high": [0.8, 0.58]},
        **{"y": [0.4, 0.05], "y_low": [0.2, -0.1], "y_high": [0.6, 0.2]},
        "timeliness": ["strong", "adequate"],
        "is_front": [True, False],
        "shown_x": ["0.70 (0.60 to 0.80)", "0.50 (0.42 to 0.58)"],
        "shown_y": ["+0.40 (+0.20 to +0.60) SD", "+0.05 (−0.10 to +0.20) SD"],
        "days": ["42 days", "60 days"],
        "class_words": ["Candidate key indicator", "Not supported"],
    }
)


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_each_pair_has_a_mark_a_name_and_both_intervals(tokens: Tokens) -> None:
    spec = draw_pareto(POINTS, 0.55, tokens).to_dict()
    (points,) = marked(spec, "point")
    assert {"x", "y", "shape", "fill", "tooltip"} <= set(points["encoding"])
    assert texts(spec) == ["Clear\namong acute trusts", "Unclear\namong acute trusts"]
    assert colours(spec) <= token_colours(tokens)
    limits = [rows(rule) for rule in marked(spec, "rule", strokeDash=[3, 3])]
    assert limits == [[{"x": 0.55}], [{"y": 0}]]


def test_everything_drawn_lies_within_the_axes() -> None:
    (points,) = marked(draw_pareto(POINTS, 0.55, LIGHT).to_dict(), "point")
    for axis in "xy":
        low, high = points["encoding"][axis]["scale"]["domain"]
        assert low < POINTS[f"{axis}_low"].min()
        assert high > POINTS[f"{axis}_high"].max()


def test_its_takeaway_counts_those_that_improve_clearly() -> None:
    assert describe_pareto(POINTS) == (
        "2 pairs of indicator and type on both counts; "
        "1 of them improves clearly beyond the expected rebound."
    )
    assert "none of them improves clearly" in describe_pareto(POINTS.tail(1))
