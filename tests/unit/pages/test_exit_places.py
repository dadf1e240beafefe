"""Places at exit: circles, the middle half, the organisation's own mark, and its words."""

from typing import Any

import pandas as pd
import pytest

from pages.charts.exit_places import describe_exit_places, draw_exit_places
from pages.charts.theme import DARK, LIGHT, Tokens
from tests.unit.pages.chart_reading import colours, marked, rows, texts, token_colours

EXITS = pd.DataFrame(
    {
        "label": ["A&E · 5"] * 5 + ["RTT · 1"],
        "place": [10.0, 20.0, 30.0, 40.0, 50.0, 5.0],
        "organisation": list("ABCDEF"),
        "left": "May 2023",
        "place_words": "better than 10 % of 117",
        "level_words": "70.0 %, Feb to Apr 2023",
        "change_words": "+1.0 points",
    }
)
BANDS = pd.DataFrame(
    {
        "label": ["A&E · 5", "RTT · 1", "Beds · 0"],
        "lower": [20.0, None, None],
        "median": [30.0, None, None],
        "upper": [40.0, None, None],
        "words": ["5, median 30 %", "1, too few for a range", "none with figures"],
    }
)
OWN = pd.DataFrame(
    {
        "label": ["A&E · 5", "RTT · 1", "Beds · 0"],
        "place": [56.0, 4.0, None],
        "organisation": "Alpha",
        "place_words": ["better than 56 % of 117", "better than 4 % of 106", "not known"],
        "words": ["75.6 %, Mar to May 2026", "56.6 %, Mar to May 2026", "not known"],
    }
)


def spec(exits: pd.DataFrame = EXITS, tokens: Tokens = LIGHT, **changes: Any) -> dict[str, Any]:
    bands, own = changes.get("bands", BANDS), changes.get("own", OWN)
    return draw_exit_places(exits, bands, own, "Alpha", tokens).to_dict()


def test_every_exit_is_a_circle_that_names_who_left() -> None:
    (circles,) = marked(spec(), "point", shape="circle")
    assert [row["place"] for row in rows(circles)] == EXITS["place"].tolist()
    assert "organisation" in {one["field"] for one in circles["encoding"]["tooltip"]}


def test_the_middle_half_is_drawn_of_enough_exits_alone() -> None:
    (band,) = marked(spec(), "bar")
    (median,) = marked(spec(), "tick")
    assert [(row["lower"], row["upper"]) for row in rows(band)] == [(20, 40)]
    assert [row["median"] for row in rows(median)] == [30]
    none = BANDS.assign(lower=None, median=None, upper=None).astype(
        dict.fromkeys(("lower", "median", "upper"), float)
    )
    assert not marked(spec(bands=none), "bar")
    assert "middle half" not in str(spec(bands=none)["title"])


def test_the_own_mark_is_a_diamond_of_its_own_colour_and_its_figures_stand_beside() -> None:
    drawn = spec()
    (own,) = marked(drawn, "point", shape="diamond")
    assert [row["place"] for row in rows(own)] == [56, 4]
    assert own["mark"]["color"] == LIGHT.accent
    assert "Alpha now" in str(drawn["title"])
    assert texts(drawn) == [*OWN["words"].unique(), "its own figure now"]


def test_rows_are_in_the_order_given_and_better_is_right() -> None:
    (circles,) = marked(spec(), "point", shape="circle")
    assert circles["encoding"]["y"]["scale"]["domain"] == BANDS["label"].tolist()
    low, high = circles["encoding"]["x"]["scale"]["domain"]
    assert low < 0 < 100 < high


@pytest.mark.parametrize(("labels", "row"), [(3, 44), (18, 22), (40, 22)])
def test_rows_are_low_where_there_are_many(labels: int, row: int) -> None:
    names = [f"I{place}" for place in range(labels)]
    bands = pd.DataFrame({"label": names}).assign(
        **dict.fromkeys(("lower", "median", "upper"), float("nan")), words="none"
    )
    own = pd.DataFrame({"label": names}).assign(
        place=1.0, organisation="A", place_words="", words=""
    )
    assert spec(EXITS[:0], bands=bands, own=own)["height"] == labels * row


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_colours_are_of_the_theme(tokens: Tokens) -> None:
    assert colours(spec(tokens=tokens)) <= token_colours(tokens)


def test_the_words_tell_every_row() -> None:
    told = describe_exit_places(BANDS, OWN, "Alpha")
    assert "A&E · 5: exits 5, median 30 %; Alpha now better than 56 % of 117" in told
    assert "Beds · 0: exits none with figures; Alpha now not known" in told
