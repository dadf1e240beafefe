"""The event study: bins before and after the event, the band, numbers below, and its words."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from pages.charts.event_study import StudyText, bin_words, describe_study, draw_study
from pages.charts.layers.formats import IndicatorText
from pages.charts.theme import DARK, LIGHT
from tests.unit.pages.chart_reading import all_rows, colours, marked, rows, texts, token_colours

POINTS = IndicatorText("", "percent", "higher", "percentage points", is_change=True)
TEXT = StudyText(POINTS, "entry", "entered")


def made() -> pd.DataFrame:
    """Two bins before, the first off 0 by its band, and two after, the last with too few."""
    return pd.DataFrame(
        {
            "event_time": [-6, -3, 0, 3],
            "last": [-4, -1, 2, 5],
            "n_units": [5, 9, 9, 4],
            "estimate": [3.0, -1.0, 2.0, np.nan],
            "ci_low": [2.0, -2.0, 1.0, np.nan],
            "ci_high": [4.0, 0.0, 3.0, np.nan],
            "band_low": [0.5, -4.0, -1.0, np.nan],
            "band_high": [5.5, 2.0, 5.0, np.nan],
        }
    )


def spec(**changes: Any) -> dict[str, Any]:
    return draw_study(made().assign(**changes), TEXT, LIGHT).to_dict()


def test_the_band_reaches_over_the_whole_bin_and_the_point_stands_in_its_middle() -> None:
    (band,) = marked(spec(), "rect")
    first = rows(band)[0]
    assert (first["event_time"], first["ends"], first["middle"]) == (-6, -3, -4.5)
    assert (first["band_low"], first["band_high"]) == (0.5, 5.5)


def test_a_bin_of_too_few_has_its_number_in_brackets_and_no_point() -> None:
    drawn = spec()
    (points,) = marked(drawn, "point")
    assert [row["event_time"] for row in rows(points)] == [-6, -3, 0]
    assert [word for word in texts(drawn) if word.strip("()").isdigit()] == ["5", "9", "(4)"]


def test_bins_before_the_event_are_hollow() -> None:
    (points,) = marked(spec(), "point")
    fill = points["encoding"]["fill"]
    assert (fill["condition"]["test"], fill["condition"]["value"]) == (
        "datum.event_time < 0",
        LIGHT.background,
    )
    assert fill["value"] == LIGHT.accent


def test_the_hover_tells_what_is_drawn() -> None:
    (points,) = marked(spec(), "point")
    told = rows(points)[2]
    assert told["when"] == "months 0 to 2 from entry"
    assert told["shown"] == "+2.0 points"
    assert told["interval"] == "+1.0 points to +3.0 points"
    assert told["band"] == "−1.0 points to +5.0 points"


def test_the_axis_holds_the_band_and_nothing() -> None:
    (band,) = marked(spec(), "rect")
    low, high = band["encoding"]["y"]["scale"]["domain"]
    assert low <= -4
    assert high >= 5.5


@pytest.mark.parametrize(
    ("begins", "last", "words"),
    [(-3, -1, "months 3 to 1 before entry"), (0, 2, "months 0 to 2 from entry")],
)
def test_bins_in_words(begins: int, last: int, words: str) -> None:
    assert bin_words(begins, last, TEXT) == words


def test_quarters_are_bins_of_one() -> None:
    quarters = StudyText(
        IndicatorText("", "percent", "higher", "percentage points", step_months=3), "exit", "left"
    )
    assert bin_words(-1, -1, quarters) == "quarter 1 before exit"


def test_the_chart_in_words() -> None:
    assert describe_study(made(), TEXT) == (
        "Event study: months 0 to 2 from entry +2.0 points, band −1.0 points to +5.0 points, 9 "
        "organisations; 1 of 2 bins before entry lie off 0 by the band."
    )


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_every_colour_is_of_the_theme(tokens: Any) -> None:
    drawn = draw_study(made(), TEXT, tokens).to_dict()
    assert colours(drawn) <= token_colours(tokens)
    assert all_rows(drawn) < 100
