"""One organisation around its entry beside its shadows, and the sentences that go with it."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from indicators.entry_shadows import EntryShadows
from indicators.stats.reliability import Reliability
from pages.charts.interrupted import Interruption, Room
from pages.charts.layers.formats import IndicatorText
from pages.charts.shadows import HEIGHT, BesideShadows, draw_shadows
from pages.charts.theme import DARK, LIGHT
from pages.parts.its.chance_share import share_sentence
from pages.parts.its.shadows import shadows_sentence
from tests.unit.pages.chart_reading import colours, marked, rows, texts, token_colours

TEXT = IndicatorText("", "percent", "higher", "per cent")
MONTHS = pd.date_range("2022-01-01", periods=36, freq="MS")
ENTRY = Interruption(pd.Timestamp("2023-01-01"), True, pd.Timestamp("2022-12-20"))
ROOM = Room((date(2022, 1, 1), date(2025, 1, 1)), HEIGHT)


def drawn(shadows: int, tokens=LIGHT, without: str | None = None):
    series = pd.DataFrame({"period_start": MONTHS, "value": 60.0, "comparators": 70.0})
    series = series.assign(comparators_low=65.0, comparators_high=80.0)
    series.loc[series["period_start"] == without, "value"] = np.nan
    each = pd.concat(
        [
            pd.DataFrame({"name": f"Town {number}", "period_start": MONTHS, "value": 70.0})
            for number in range(shadows)
        ]
    )
    beside = BesideShadows("Mid Town", shadows, ENTRY, TEXT, ROOM)
    return draw_shadows(series, each, beside, tokens).to_dict()


def test_the_entrant_is_blue_and_many_shadows_are_a_mean_with_its_middle():
    spec = drawn(10)
    assert spec["height"] == 200
    (own,) = marked(spec, "line", color=LIGHT.accent)
    assert {row["value"] for row in rows(own)} == {60.0}
    (mean,) = marked(spec, "line", color=LIGHT.comparators)
    assert {row["comparators"] for row in rows(mean)} == {70.0}
    (band,) = marked(spec, "area")
    assert {(row["comparators_low"], row["comparators_high"]) for row in rows(band)} == {(65, 80)}
    written = {one.replace("\n", " ") for one in texts(spec)}
    assert written >= {"Mid Town", "mean of 10 others", "entered Dec 2022"}
    (rule,) = marked(spec, "rule", strokeWidth=1.5)
    assert rows(rule)[0]["on"].startswith("2023-01-01")


def test_few_shadows_are_a_thin_line_each_and_no_band():
    spec = drawn(3)
    (thin,) = marked(spec, "line", strokeWidth=1)
    assert {row["name"] for row in rows(thin)} == {"Town 0", "Town 1", "Town 2"}
    assert thin["encoding"]["detail"]["field"] == "name"
    (band,) = marked(spec, "area")
    assert {row["comparators_low"] for row in rows(band)} == {None}
    assert "thin: each of them" in str(spec["title"]["text"])
    assert not marked(drawn(10), "line", strokeWidth=1)


def test_the_hover_has_both_figures_and_a_missing_month_says_so():
    spec = drawn(10, without="2022-05-01")
    (targets,) = marked(spec, "point")
    found = {row["month"]: (row["shown"], row["mean"]) for row in rows(targets)}
    assert found["Jan 2022"] == ("60.0 %", "70.0 %")
    assert found["May 2022"] == ("no figure", "70.0 %")
    (tick,) = marked(spec, "rule", strokeWidth=2)
    assert [row["month"] for row in rows(tick)] == ["May 2022"]


@pytest.mark.parametrize("shadows", [3, 10])
@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_every_colour_is_of_the_theme(shadows, tokens):
    assert colours(drawn(shadows, tokens)) <= token_colours(tokens)


def found(changes: dict[str, float]) -> EntryShadows:
    """A year at 50, then the change; NaN: no figures from entry on."""
    after = [[50.0] * 12 + [50.0 + change] * 24 for change in changes.values()]
    paths = pd.DataFrame(after, index=list(changes), columns=MONTHS)
    return EntryShadows(paths, paths.iloc[1:].mean(), 60, ENTRY.happened)


def test_the_sentence_tells_the_mean_change_its_range_and_the_entrants():
    told = shadows_sentence(found({"A": 5, "B": 1, "C": -2, "D": 4}), "Mid Town", TEXT)
    assert told == (
        "3 organisations never in a programme had a year like this one before Jan 2023; over the first year "
        "from entry they changed by +1.0 points on average (range −2.0 points to +4.0 points), Mid Town by "
        "+5.0 points."
    )


def test_shadows_without_a_figure_are_not_in_the_mean_and_that_is_said():
    told = shadows_sentence(found({"A": 5, "B": 1, "C": 2, "D": np.nan}), "Mid Town", TEXT)
    assert "the 2 with a figure then changed by +1.5 points on average" in told
    unknown = shadows_sentence(found({"A": np.nan, "B": 1, "C": 2, "D": 3}), "Mid Town", TEXT)
    assert unknown.endswith("before Jan 2023; it has no figure a year on to compare.")
    alone = shadows_sentence(found({"A": 5, **dict.fromkeys("BCD", np.nan)}), "Mid Town", TEXT)
    assert alone.endswith("before Jan 2023; they have no figure a year on to compare.")


def test_fewer_than_three_are_too_few():
    told = shadows_sentence(found({"A": 5, "B": 1, "C": 2}), "Mid Town", TEXT)
    assert told == (
        "Of 60 organisations of its type never in a programme only 2 had a year like this one before "
        "Jan 2023: too few to show beside it."
    )
    assert "programme none had" in shadows_sentence(found({"A": 5}), "Mid Town", TEXT)


def test_the_share_that_is_chance_is_one_less_the_reliability_of_three_months():
    """ICC 0.5 (0.25 to 0.8), neighbours alike by 0.2: three months are worth two: ⅔ (0.4 to 8⁄9)."""
    one = Reliability(100, 48, 4800, 0.5, 0.25, 0.8, 0.2, 0.1, None)
    assert share_sentence(one, "acute", 1).startswith(
        "Of the distance of three months from the mean of acute trusts, 33.3 % (95 % interval 11.1 % to "
        "60.0 %) is chance or passing"
    )
    # One quarter is worth one: the share is 1 − ICC.
    assert "Of the distance of a quarter from the mean of ambulance trusts, 50.0 % (95 %" in (
        share_sentence(one, "ambulance", 3)
    )
