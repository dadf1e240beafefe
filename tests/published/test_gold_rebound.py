"""Galton's check on the shared pairs of measurements, some of which were chosen for standing low."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from indicators.stats.regression_to_mean.galton import galton

pytestmark = pytest.mark.published


def test_those_chosen_for_standing_low_rise_as_much_as_the_check_says(gold: Path) -> None:
    """The file has no expected result: the formula is held to a regression, and to what was chosen."""
    pairs = pd.read_csv(gold / "screen" / "rtm.csv")
    first, second = pairs["y1"].to_numpy(), pairs["y2"].to_numpy()
    chosen = pairs["selected"].to_numpy() == 1
    check = galton(first, second)
    slope, level = np.polyfit(first, second, 1)
    expected = check.change(first[chosen].mean())
    assert expected == pytest.approx(level + (slope - 1) * first[chosen].mean(), abs=1e-9)
    observed = second[chosen] - first[chosen]
    error = observed.std(ddof=1) / np.sqrt(chosen.sum())
    assert observed.mean() == pytest.approx(expected, abs=3 * error)
    assert expected > 0
