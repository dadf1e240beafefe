"""Ranks are drawn as intervals, all on one screen, and told as what they could be."""

import pandas as pd
import pytest

from pages.charts.ranking import ROW, RankingText, describe_ranking, draw_ranking
from pages.charts.theme import DARK, LIGHT, Tokens
from tests.unit.pages.chart_picture import compile_chart, written
from tests.unit.pages.chart_reading import all_rows, colours, marked, rows, token_colours

TEXT = RankingText("acute trusts", "May 2026", 0.883, "the highest")


def ranks(number: int) -> pd.DataFrame:
    """Trust k could be on any of the ranks from k − 2 to k + 2."""
    places = pd.Series(range(1, number + 1))
    return pd.DataFrame(
        {
            "org_code": [f"R{place:03}" for place in places],
            "org_name": [f"Trust {place}" for place in places],
            "told": "50.0 %",
            "inside": [None] * (number - 1) + ["RSP"],
            "rank_low": (places - 2).clip(lower=1),
            "rank_mid": places,
            "rank_high": (places + 2).clip(upper=number),
            "p_top": (places <= number // 4).astype(float),
            "p_bottom": (places > number - number // 4).astype(float),
        }
    )


def test_a_chosen_organisation_could_lie_anywhere_from_to() -> None:
    words = describe_ranking(ranks(40), ["R007"], TEXT)
    assert words == (
        "May 2026: Trust 7 could lie anywhere from 5 to 9 of 40. Half of the 40 acute trusts could be on any "
        "of 5 ranks or more; 10 are in the first quarter and 10 in the last with 95 % certainty or more. Of "
        "the spread between them 88 % is more than chance (rankability)."
    )


def test_without_a_choice_the_one_in_the_middle_is_the_example() -> None:
    assert "Trust 21 could lie anywhere from 19 to 23 of 40." in describe_ranking(
        ranks(40), [], TEXT
    )


@pytest.mark.parametrize(
    ("number", "narrow", "columns", "rows_down"),
    [(30, False, 1, 30), (31, False, 3, 11), (130, False, 3, 44), (130, True, 1, 130)],
)
def test_many_stand_in_three_columns_and_all_are_drawn(number, narrow, columns, rows_down) -> None:
    spec = draw_ranking(ranks(number), [], TEXT, LIGHT, narrow=narrow).to_dict()
    bars = marked(spec, "rule")
    assert len(bars) == columns
    assert sum(len(rows(bar)) for bar in bars) == number
    assert spec["height"] == rows_down * ROW
    assert all_rows(spec) < 5000


def test_a_bar_covers_all_of_its_ranks() -> None:
    spec = draw_ranking(ranks(5), [], TEXT, LIGHT).to_dict()
    (bars,) = marked(spec, "rule")
    first = rows(bars)[0]
    assert (first["low"], first["high"], first["could"]) == (0.5, 3.5, "1 to 3 of 5")


def test_those_in_a_programme_are_blue_and_those_chosen_have_a_colour_of_their_own() -> None:
    spec = draw_ranking(ranks(5), ["R002"], TEXT, LIGHT).to_dict()
    (bars,) = marked(spec, "rule")
    found = {row["org_code"]: row["colour"] for row in rows(bars)}
    assert found["R005"] == LIGHT.accent
    assert found["R002"] == LIGHT.lines[1]
    assert found["R001"] == LIGHT.comparators


def test_long_names_are_cut_on_the_chart_only() -> None:
    name = "University Hospitals of Somewhere and Elsewhere and Everywhere"
    spec = draw_ranking(ranks(3).assign(org_name=name), [], TEXT, LIGHT).to_dict()
    (bars,) = marked(spec, "rule")
    assert rows(bars)[0]["org_name"] == name
    assert rows(bars)[0]["short"] == "Univ Hosps of Somewhere & Elsewhe…"
    assert "Univ Hosps of Somewhere &amp; Elsewhe…" in written(spec, 900)


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_colours_are_those_of_the_theme(tokens: Tokens) -> None:
    spec = draw_ranking(ranks(40), ["R002"], TEXT, tokens).to_dict()
    assert colours(spec) <= token_colours(tokens)
    compile_chart(spec)
