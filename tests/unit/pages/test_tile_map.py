"""Tiles tell their value in words, read well on every shade, and say where there is none."""

import pandas as pd
import pytest

from pages.charts.layers.contrast import READABLE, contrast
from pages.charts.theme import DARK, LIGHT, Tokens
from pages.charts.tile_map import STRENGTHS, IndicatorText, MapText, describe_map, draw_map
from tests.unit.pages.chart_picture import compile_chart, written
from tests.unit.pages.chart_reading import colours, marked, rows, token_colours

TEXT = MapText(
    IndicatorText("A&E within 4 hours", "percent", "higher", "per cent"),
    "boards",
    "own figures",
    "May 2026",
)


def tiles(*values: float | None) -> pd.DataFrame:
    number = range(len(values))
    return pd.DataFrame(
        {
            "area_code": [f"Q{place:02}" for place in number],
            "area_name": [f"Area {place}" for place in number],
            "label": [f"Long {place}" for place in number],
            "short_label": [f"S{place}" for place in number],
            "column_number": [place % 4 for place in number],
            "row_number": [place // 4 for place in number],
            "value": pd.Series(values, dtype=float),
            "beside": "1 of 2",
        }
    )


def mixed(accent: str, ground: str, share: float) -> str:
    parts = [
        round(share * int(accent[at : at + 2], 16) + (1 - share) * int(ground[at : at + 2], 16))
        for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02X}" for part in parts)


def test_the_words_name_both_ends_and_count_what_is_missing() -> None:
    assert describe_map(tiles(70.0, 80.0, None, 60.0), TEXT) == (
        "May 2026, own figures of 3 boards: from 60.0 % in Area 3 to 80.0 % in Area 1; middle 70.0 %. "
        "1 of 4 have no figure."
    )


def test_shades_are_even_steps_of_the_range() -> None:
    spec = draw_map(tiles(0.0, 19.9, 20.1, 50.0, 79.9, 80.1, 100.0), TEXT, LIGHT).to_dict()
    (rects,) = marked(spec, "rect")
    found = [STRENGTHS.index(row["strength"]) for row in rows(rects)]
    assert found == [0, 0, 1, 2, 3, 4, 4]


def test_a_tile_without_a_figure_says_so() -> None:
    spec = draw_map(tiles(70.0, None), TEXT, LIGHT).to_dict()
    (rects,) = marked(spec, "rect")
    assert [(row["figure"], row["told"]) for row in rows(rects)] == [
        ("70.0", "70.0 %"),
        ("–", "no figure"),
    ]
    assert "A dash: no figure." in " ".join(written(spec, 1000))


def test_equal_values_have_the_middle_shade() -> None:
    spec = draw_map(tiles(70.0, 70.0), TEXT, LIGHT).to_dict()
    (rects,) = marked(spec, "rect")
    assert {row["strength"] for row in rows(rects)} == {STRENGTHS[2]}


@pytest.mark.parametrize(("width", "label"), [(1000, "Long 0"), (358, "S0")])
def test_a_narrow_page_has_short_labels(width: int, label: str) -> None:
    spec = draw_map(tiles(*range(12)), TEXT, LIGHT).to_dict()
    assert label in written(spec, width)


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_words_can_be_read_on_every_shade(tokens: Tokens) -> None:
    spec = draw_map(tiles(10, 30, 50, 70, 90), TEXT, tokens).to_dict()
    (rects,) = marked(spec, "rect")
    for row in rows(rects):
        ground = mixed(tokens.accent, tokens.background, row["strength"])
        assert contrast(row["text_colour"], ground) >= READABLE
    assert colours(spec) <= token_colours(tokens)
    compile_chart(spec)
