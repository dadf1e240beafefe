"""What a reader is told of low points, of power and of rebounds."""

import numpy as np

from indicators.chance_words import low_point_warnings, power_warnings, rebound_sentence
from indicators.stats.regression_to_mean.baselines import base_sensitivity, entry_dip
from indicators.stats.regression_to_mean.excess import Rebound


def year_before(dip: float) -> np.ndarray:
    values = 50 + np.tile([0.5, -0.5], 12)
    values[-6:] += dip
    return values


def test_low_points_are_told_with_what_to_do() -> None:
    before, after = year_before(-4), np.full(12, 51.0)
    told = low_point_warnings(base_sensitivity(before, after, 1), entry_dip(before, 1))
    assert told == [
        {
            "code": "RTM_LIKELY",
            "message": "Measured from the last month before entry the change is +5.5, from months −12 to −4 "
            "it is +2.3. Much of it may be return to the usual level: read the excess, not the change.",
        },
        {
            "code": "ENTRY_DIP",
            "message": "The half year before entry differs from the half year before that, after level "
            "months, by −4.0. Measure the change from months −12 to −7.",
        },
    ]
    level = year_before(0)
    assert low_point_warnings(base_sensitivity(level, after, 1), entry_dip(level, 1)) == []
    assert low_point_warnings(base_sensitivity(level, after, 1), None) == []


def test_too_little_power_is_told_with_the_gap() -> None:
    assert power_warnings(3, -3, "pp") == []
    assert power_warnings(7.26, -3, "pp")[0] == {
        "code": "UNDERPOWERED",
        "message": "A series like this shows only effects of 7.3 pp or more, and the whole gap to the "
        "national median is 3.0. No clear effect here does not mean that there was none: look at all "
        "entrants together.",
    }


def test_the_rebound_in_a_sentence() -> None:
    better = Rebound(base=60, observed=5, expected=3, ci_low=-1, ci_high=4.5)
    assert rebound_sentence(better, "pp", 1) == (
        "Of the 5.0 pp of improvement in the first year, 3.0 pp is what similar organisations recovered "
        "without the programme; the difference is +2.0 (95 % interval −1.0 to +4.5)."
    )
    lower = Rebound(base=60, observed=-5, expected=-3, ci_low=-4.5, ci_high=1)
    assert rebound_sentence(lower, "pp", -1) == rebound_sentence(better, "pp", 1)


def test_a_change_that_is_no_improvement_beyond_others_is_told_as_it_is() -> None:
    worse = Rebound(base=60, observed=1, expected=3, ci_low=-4, ci_high=0)
    assert rebound_sentence(worse, "pp", 1) == (
        "In the first year the change was +1.0 pp (improvement is +), and of similar organisations "
        "without the programme it was +3.0; the difference is −2.0 (95 % interval −4.0 to 0.0)."
    )
    assert rebound_sentence(worse, "days", 0).startswith(
        "In the first year the change was +1.0 days, and of"
    )


def test_nothing_has_no_sign() -> None:
    hair = Rebound(base=60, observed=-0.04, expected=0.04, ci_low=-1, ci_high=1)
    told = rebound_sentence(hair, "pp", 1)
    assert "the change was 0.0 pp" in told
    assert "it was 0.0; the difference is −0.1" in told
