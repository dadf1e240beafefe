"""The picture of entries left at each step."""

import pandas as pd
import pytest

from pages.charts.steps_left import describe_steps, draw_steps
from pages.charts.theme import DARK, LIGHT, Tokens
from tests.unit.pages.chart_reading import colours, marked, rows, texts, token_colours

STEPS = pd.DataFrame(
    {
        "label": ["Waiting list", "Sickness absence"],
        **{"on_record": [60, 60], "dated": [40, 40], "covered": [9, 30], "judged": [0, 28]},
        "since": [0, 2],
        "words": ["0", "28 (2)"],
    }
)


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_bars_lie_within_each_other_and_numbers_stand_beside(tokens: Tokens) -> None:
    spec = draw_steps(STEPS, tokens).to_dict()
    bars = marked(spec, "bar")
    assert [bar["encoding"]["x"]["field"] for bar in bars] == [*STEPS.columns[1:5]]
    assert [len(rows(bar)) for bar in bars] == [2, 2, 2, 1]
    assert texts(spec) == ["0", "28 (2)"]
    assert colours(spec) <= token_colours(tokens)
    low, high = bars[0]["encoding"]["x"]["scale"]["domain"]
    assert (low, high) == (0, pytest.approx(78))


def test_every_number_is_in_the_hover() -> None:
    (bars, *_) = marked(draw_steps(STEPS, LIGHT).to_dict(), "bar")
    told = {each["field"] for each in bars["encoding"]["tooltip"]}
    assert told == {"label", "on_record", "dated", "covered", "judged", "since"}


def test_its_takeaway_is_how_far_the_best_covered_gets() -> None:
    assert describe_steps(STEPS) == (
        "Best covered is Sickness absence: of 60 entries on record 40 are known to the month, 30 have "
        "figures for a year on both sides and 28 can be judged."
    )
