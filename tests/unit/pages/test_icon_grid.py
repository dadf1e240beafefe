"""The grid of icons as drawn: who stands where, what an empty cell means, what a click selects."""

from typing import Any

import pandas as pd
import pytest

from pages.charts.icon_grid import HOVER, SELECTION, Grid, draw_icon_grid, least_width
from pages.charts.icons import as_address, variation_svg
from pages.charts.layers.grid_places import LEAST_ICON, slots_of
from pages.charts.theme import DARK, LIGHT, Tokens
from tests.unit.pages.chart_picture import compile_chart, written
from tests.unit.pages.chart_reading import colours, marked, token_colours, units

INDICATORS = pd.DataFrame(
    [
        ("ae", "A&E within 4 hours", "Urgent care", True),
        ("beds", "Bed occupancy", "Beds", False),
        ("sick", "Sickness", "Beds", False),
    ],
    columns=["indicator_id", "title", "group", "has_assurance"],
)
ORGANISATIONS = pd.DataFrame(
    [("RXW", "Shrewsbury", "1 of 1"), ("RF4", "Barking", "1 of 2")],
    columns=["org_code", "label", "total"],
)


def cell(org: str, indicator: str, variation: str, assurance: str, old: bool = False) -> Any:
    words = dict.fromkeys(HOVER, "told")
    return words | {
        "org_code": org,
        "indicator_id": indicator,
        "variation": variation,
        "assurance": assurance,
        "is_old": old,
    }


CELLS = pd.DataFrame(
    [
        cell("RXW", "ae", "improvement_high", "fail"),
        cell("RF4", "ae", "concern_low", "empty", old=True),
        cell("RF4", "beds", "empty", "empty"),
    ]
)
GRID = Grid(ORGANISATIONS, INDICATORS, CELLS)
THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


def rows_of(spec: dict[str, Any], mark: str) -> list[dict[str, Any]]:
    return next(unit["data"]["values"] for unit in units(spec) if unit["mark"]["type"] == mark)


def test_a_theme_opens_with_a_gap_and_a_judged_indicator_takes_two_places() -> None:
    slots = slots_of(INDICATORS)
    assert slots.columns == {"ae": 1.0, "beds": 4.0, "sick": 5.0}
    assert slots.groups == {"Urgent care": 0.5, "Beds": 3.5}
    assert slots.titles["Bed occupancy"] == 4.5


def test_icons_have_at_least_eighteen_pixels_at_the_least_width() -> None:
    assert LEAST_ICON * 0.98 >= 18
    assert least_width(INDICATORS) == round(slots_of(INDICATORS).length * LEAST_ICON)


def test_a_pair_without_figures_is_a_dot_and_too_few_points_is_an_icon() -> None:
    spec = draw_icon_grid(GRID, LIGHT).to_dict()
    dots = {(row["across"], row["down"]) for row in rows_of(spec, "circle")}
    assert dots == {(4.5, 0.5), (5.5, 0.5), (5.5, 1.5)}
    drawn = {(row["org_code"], row["indicator_id"]) for row in rows_of(spec, "image")}
    assert ("RF4", "beds") in drawn
    assert len(drawn) == 3


def test_the_two_icons_of_a_cell_stand_beside_each_other() -> None:
    first, second = marked(draw_icon_grid(GRID, LIGHT).to_dict(), "image")
    assert first["encoding"]["x"]["field"] == "across"
    assert second["encoding"]["x"]["field"] == "across_assurance"
    assert second["transform"][-1]["filter"] == "datum.assurance !== 'empty'"
    (row, *_) = rows_of(draw_icon_grid(GRID, LIGHT).to_dict(), "image")
    assert row["across_assurance"] - row["across"] == 1


@THEMES
def test_the_picture_is_the_icon_of_that_name(tokens: Tokens) -> None:
    first, _ = marked(draw_icon_grid(GRID, tokens).to_dict(), "image")
    (made,) = first["transform"]
    assert made["calculate"].endswith("[datum.variation]")
    assert as_address(variation_svg("concern_low", tokens)) in made["calculate"]


def test_an_old_series_is_faint() -> None:
    shown = {
        row["org_code"]: row["opacity"]
        for row in rows_of(draw_icon_grid(GRID, LIGHT).to_dict(), "image")[:2]
    }
    assert shown["RXW"] == 1 > shown["RF4"]


def test_a_click_selects_organisation_and_indicator() -> None:
    (parameter,) = draw_icon_grid(GRID, LIGHT).to_dict()["params"]
    assert parameter["name"] == SELECTION
    assert parameter["select"]["fields"] == ["org_code", "indicator_id"]


def test_names_headings_and_totals_are_written() -> None:
    words = written(draw_icon_grid(GRID, LIGHT).to_dict(), 900)
    assert {"Shrewsbury", "Barking", "Urgent care", "Sickness", "1 of 2", "Signals"} <= {*words}


@THEMES
def test_every_colour_is_a_token_of_the_theme(tokens: Tokens) -> None:
    assert colours(draw_icon_grid(GRID, tokens).to_dict()) <= token_colours(tokens)


def test_nothing_in_the_chart_is_in_conflict(capfd: pytest.CaptureFixture[str]) -> None:
    compile_chart(draw_icon_grid(GRID, LIGHT).to_dict())
    full = Grid(ORGANISATIONS, INDICATORS[:1], CELLS[:2])
    compile_chart(draw_icon_grid(full, LIGHT).to_dict())
    assert capfd.readouterr().err == ""
