"""The cover chart shows for each kind which sites are of it, how many candidates are, and what is missed."""

from typing import Any

import pandas as pd
import pytest

from pages.charts.site_cover import describe_site_cover, draw_site_cover, lay_out_cover
from pages.charts.theme import DARK, LIGHT, Tokens
from tests.unit.pages.chart_picture import compile_chart, layer_rows, written
from tests.unit.pages.chart_reading import colours, marked, token_colours

SITES = pd.DataFrame(
    {"org_name": ["Alpha", "Beta"], "region": ["London", "London"], "year": ["2021", "2022"]}
)
COVERAGE = pd.DataFrame(
    [
        ("region", "Region", "London", "London", 4, 2, True),
        ("region", "Region", "North", "North", 3, 0, True),
        ("region", "Region", "West", "West", 0, 0, True),
        ("year", "Year of entry", "2021", "2021", 5, 1, True),
        ("year", "Year of entry", "2022", "2022", 1, 1, True),
        ("year", "Year of entry", "not established", "Not established", 2, 0, False),
    ],
    columns=[
        *("stratum", "stratum_label", "level", "level_label"),
        *("candidates", "chosen", "is_wanted"),
    ],
)


def spec_of(tokens: Tokens = LIGHT) -> dict[str, Any]:
    return draw_site_cover(SITES, COVERAGE, tokens).to_dict()


def test_a_site_has_a_large_dot_for_each_of_its_kinds() -> None:
    (dots,) = marked(spec_of(), "circle", size=100)
    assert {(row["org_name"], row["level_label"]) for row in layer_rows(dots)} == {
        ("Alpha", "London"),
        ("Beta", "London"),
        ("Alpha", "2021"),
        ("Beta", "2022"),
    }


def test_rows_are_headings_and_kinds_in_order() -> None:
    rows, cells = lay_out_cover(SITES, COVERAGE)
    assert [row[3:] for row in rows["row"]] == [
        *("Region", "London", "North", "West"),
        *("Year of entry", "2021", "2022", "Not established"),
    ]
    assert rows["row"].is_unique
    assert len(cells) == 12


def test_what_is_missed_is_shaded_and_said() -> None:
    """An unknown year needs no site; a region without a candidate is missed all the same."""
    rows, _ = lay_out_cover(SITES, COVERAGE)
    assert [row[3:] for row in rows.loc[rows["is_missed"], "row"]] == ["North", "West"]
    words = written(spec_of(), 1000)
    assert {"2 of 4", "none of 3", "no candidate", "none of 2"} <= set(words)


def test_sites_and_kinds_are_named_on_the_chart() -> None:
    words = written(spec_of(), 1000)
    assert {"Alpha", "Beta", "London", "Year of entry", "Not established"} <= set(words)


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_only_colours_of_the_theme_are_used(tokens: Tokens) -> None:
    assert colours(spec_of(tokens)) <= token_colours(tokens)


def test_the_chart_compiles_without_complaint(capfd: pytest.CaptureFixture[str]) -> None:
    compile_chart(spec_of())
    assert capfd.readouterr().err == ""


def test_the_description_counts_what_is_covered_and_names_what_is_missed() -> None:
    assert (
        describe_site_cover(SITES, COVERAGE) == "2 sites cover 3 of 5 kinds. Missed: North, West."
    )
    full = COVERAGE[COVERAGE["chosen"] > 0]
    assert describe_site_cover(SITES, full) == "2 sites cover 3 of 3 kinds. Missed: none."
