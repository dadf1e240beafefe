"""A published count against the ledger: the bar, its words and the sentence."""

import pandas as pd
import pytest

from pages.charts.completeness import describe_completeness, draw_completeness
from pages.charts.theme import DARK, LIGHT, Tokens
from tests.unit.pages.chart_picture import compile_chart, layer_rows
from tests.unit.pages.chart_reading import colours, marked, token_colours

COUNTS = pd.DataFrame(
    {
        "label": ["20 providers", "3 ICBs"],
        "published": [20, 3],
        "placed": [6, 3],
        "entered_before": [7, 0],
        "undated": [4, 0],
        "missing_at_least": [3, 0],
        "missing_at_most": [14, 0],
    }
)


def test_a_bar_is_as_long_as_the_count_and_split_by_what_is_known() -> None:
    bars = [
        (row["label"], row["part"], row["begins"], row["ends"])
        for unit in marked(draw_completeness(COUNTS, LIGHT).to_dict(), "bar")
        for row in layer_rows(unit)
    ]
    assert bars == [
        ("20 providers", "placed", 0, 6),
        ("3 ICBs", "placed", 0, 3),
        ("20 providers", "open", 6, 17),
        ("20 providers", "missing", 17, 20),
    ]


def test_the_sentence_gives_the_bounds_of_what_is_missing() -> None:
    assert describe_completeness(COUNTS) == (
        "The ledger can place 9 of these 23 by name; 11 more organisations cannot be ruled out. "
        "Between 3 and 14 members are missing from it altogether."
    )
    assert describe_completeness(COUNTS[1:]).endswith(
        "place 3 of these 3 by name; 0 more organisations cannot be ruled out. None is missing."
    )


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_is_a_token(tokens: Tokens) -> None:
    assert colours(draw_completeness(COUNTS, tokens).to_dict()) <= token_colours(tokens)


def test_nothing_is_in_conflict(capfd: pytest.CaptureFixture[str]) -> None:
    compile_chart(draw_completeness(COUNTS, LIGHT).to_dict())
    assert capfd.readouterr().err == ""
