"""One indicator looked at: what was planted is found, and what cannot be told is not."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from indicators.entry_rebounds import entry_rebounds
from indicators.screening.context import grid_of
from indicators.screening.entering import changes_around, entered, probability
from indicators.screening.rows import Looked, looked_at
from indicators.screening.segmented import told_apart
from indicators.stats.regression_to_mean.excess import Settings
from indicators.stats.screen.resampling import Estimate, oriented
from indicators.stats.screen.thresholds import DEFAULTS
from tests.unit.indicators.screening.made import (
    CATALOGUE,
    CIRCULAR,
    ENTRANTS,
    Made,
    context,
    figures,
    values,
)


def look(made: Made) -> Looked:
    (row,) = looked_at(figures(made), context(), DEFAULTS)
    return row


@pytest.fixture(scope="module")
def planted() -> Looked:
    return look(Made(rise=3.0, fall=2.0))


def test_what_was_planted_is_found(planted: Looked) -> None:
    assert (planted.org_type, planted.organisations) == ("acute", 40)
    assert planted.quality.passes
    assert planted.quality.months == 49
    assert planted.response.entrants == 12
    assert planted.response.excess.grade == "strong"
    excess = planted.entered.effect.excess
    assert excess is not None
    assert excess.value == pytest.approx(3.0, abs=0.6)
    least, greatest = planted.entered.without or (0.0, 0.0)
    assert excess.value - 0.3 < least < excess.value < greatest < excess.value + 0.3
    assert planted.told.era == "R2"
    assert planted.told.found.ordinal.grade == "strong"


def test_nothing_planted_nothing_strong() -> None:
    row = look(Made())
    assert row.response.excess.grade == "weak"
    assert row.told.found.ordinal.grade == "weak"


def test_the_excess_is_that_of_the_shared_rebound(planted: Looked) -> None:
    shared = entry_rebounds(
        values(Made(rise=3.0, fall=2.0)),
        figures(Made()).indicator,
        context().spells,
        Settings("mean_of_year", draws=500),
    )
    assert shared.found is not None
    excess = planted.entered.effect.excess
    assert excess is not None
    assert excess.value == pytest.approx(shared.found.together.excess)
    assert excess.low == pytest.approx(shared.found.together.ci_low)


def test_where_lower_is_better_a_rise_is_no_improvement() -> None:
    worse = replace(figures(Made(rise=3.0)), indicator=CATALOGUE["sickness"])
    worse = replace(worse, indicator=worse.indicator.model_copy(update={"cadence": "month"}))
    found = entered(worse, "acute", context())
    assert found.effect.excess is not None
    assert found.effect.excess.high is not None
    assert found.effect.excess.high < -2
    assert found.changes is not None
    assert found.changes.observed.mean() < -2


def test_orientation_turns_the_interval_round() -> None:
    assert oriented(2.0, (1.0, 4.0), -1) == Estimate(-2.0, -4.0, -1.0)


def test_probability_from_the_interval() -> None:
    """An interval that ends at 0 is 0.05."""
    assert probability(Estimate(1.0, 0.0, 2.0)) == pytest.approx(0.05)
    assert probability(Estimate(1.0)) is None


def test_the_response_mean_compares_seven_to_twelve_after_with_twelve_to_four_before() -> None:
    """Months count 0 … 48 from January 2022; entry is January 2024, column 24."""
    rows = values(Made()).query("org_code == 'T00'")
    rows = rows.assign(value=np.arange(49.0))
    entries = pd.DataFrame({"org_code": ["T00"], "entry": [2024 * 12.0]})
    assert changes_around(grid_of(rows, 1), entries)[0] == np.mean(range(30, 36)) - np.mean(
        range(12, 21)
    )
    late = pd.DataFrame({"org_code": ["T00"], "entry": [2025 * 12.0 + 9]})
    assert np.isnan(changes_around(grid_of(rows, 1), late)[0])


def test_a_missing_month_is_a_gap_in_the_grid() -> None:
    rows = values(Made()).query("org_code in ['T00', 'T01']")
    rows = rows[rows["period_start"] != pd.Timestamp("2023-05-01")]
    grid = grid_of(rows, 1)
    assert grid.value.shape == (2, 49)
    assert np.isnan(grid.value[:, 16]).all()


def test_what_feeds_the_segment_rule_is_circular() -> None:
    found = told_apart(figures(Made(fall=2.0), CIRCULAR), "acute", context(), DEFAULTS)
    assert found.found.is_circular
    score = CATALOGUE["nof_segment"]
    assert told_apart(
        figures(Made(fall=2.0), score), "acute", context(), DEFAULTS
    ).found.is_circular


def test_an_earlier_era_in_which_it_is_no_circle_is_preferred() -> None:
    one, shared = figures(Made(fall=2.0), CIRCULAR), context()
    before = one.by_segment.assign(
        era_id="R1", quarter_start=one.by_segment["quarter_start"] - pd.DateOffset(years=2)
    )
    both = replace(one, by_segment=pd.concat([one.by_segment, before]))
    segments = shared.segments.assign(era_id="R1", period=shared.segments["period"] - 8)
    earlier = replace(shared, segments=pd.concat([shared.segments, segments]))
    found = told_apart(both, "acute", earlier, DEFAULTS)
    assert (found.era, found.found.is_circular) == ("R1", False)
    open_one = replace(both, indicator=figures(Made()).indicator)
    assert told_apart(open_one, "acute", earlier, DEFAULTS).era == "R2"


def test_types_and_eras_without_segments_are_not_assessable() -> None:
    found = told_apart(figures(Made()), "icb", context(), DEFAULTS)
    assert found.found.ordinal.grade == "not assessable"
    assert found.draws is None


def test_reasons_why_nobody_is_judged() -> None:
    nobody = context().spells.head(0)
    assert "has entered" in entered(figures(Made()), "acute", replace(context(), spells=nobody)).why
    neutral = figures(Made(), CATALOGUE["fte_change"])
    assert entered(neutral, "acute", context()).why == "neither side of it is better"
    late = context().spells.assign(entered_on=pd.Timestamp("2022-02-01"))
    late = late.assign(entered_earliest=late["entered_on"], entered_latest=late["entered_on"])
    assert "both sides" in entered(figures(Made()), "acute", replace(context(), spells=late)).why


def test_entrants_are_who_entered(planted: Looked) -> None:
    assert sorted(planted.entered.entries["org_code"]) == ENTRANTS
