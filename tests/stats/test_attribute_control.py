"""Rules of p and u charts: each point by its own limits, runs by the centre line."""

import numpy as np
import pandas as pd
import pytest

from indicators.stats.attribute_charts import p_limits
from indicators.stats.attribute_control import attribute_control_charts
from indicators.stats.spc import Options
from tests.stats.charts import series


def counts(numerator: list[float], denominator: list[float], **columns: object) -> pd.DataFrame:
    above, below = np.array(numerator), np.array(denominator)
    return series(above / below, **columns).assign(numerator=above, denominator=below)  # type: ignore[arg-type]


def test_the_same_share_is_outside_where_many_were_counted_only() -> None:
    """180 of 900 and 26 of 100: p 206/1000; three spreads at 100 are 0.121, at 2,500 0.024."""
    frame = counts([180, 26, 650, 464], [900, 100, 2500, 2500])
    found = attribute_control_charts(frame, "p").points
    centre = 1320 / 6000
    width = 3 * np.sqrt(centre * (1 - centre) / np.array([900, 100, 2500, 2500]))
    assert found["mean"].tolist() == pytest.approx([centre] * 4)
    assert found["upper"].tolist() == pytest.approx((centre + width).tolist())
    assert found["value"].tolist()[1:3] == [0.26, 0.26]
    assert found["outside"].tolist() == [0, 0, 1, -1]


def test_two_of_three_go_by_two_thirds_of_each_points_own_limits() -> None:
    """Centre 0.5; at 100 the spread is 0.05 and the near limit 0.6, at 10,000 0.51."""
    small = counts([61, 61, 51, 27], [100, 100, 100, 100])
    assert attribute_control_charts(small, "p").points["two_of_three"].tolist() == [1, 1, 0, 0]
    mixed = counts([59, 5150, 51, 4890], [100, 10_000, 100, 10_000])
    found = attribute_control_charts(mixed, "p").points
    assert found["mean"].iloc[0] == pytest.approx(0.5024752)
    assert found["two_of_three"].tolist() == [0, 0, 0, 0]


def test_seven_above_the_centre_line_are_a_shift_whatever_their_limits() -> None:
    size = [100, 10_000] * 7
    shares = [0.5] * 7 + [0.52] * 7
    frame = counts([n * share for n, share in zip(size, shares, strict=True)], size)
    found = attribute_control_charts(frame, "u").points
    assert found["shift"].tolist() == [-1] * 7 + [1] * 7
    six = attribute_control_charts(frame, "u", Options(run_length=6)).points
    assert six["shift"].tolist() == found["shift"].tolist()


def test_each_phase_of_each_series_has_limits_and_sigma_of_its_own() -> None:
    rng = np.random.default_rng(4)
    below = rng.integers(50, 5000, 40).astype(float)
    above = np.floor(below * rng.uniform(0.2, 0.4, 40))
    phase = np.repeat([0, 1, 0], [13, 13, 14])
    names = np.repeat(["a", "b"], [26, 14])
    frame = counts(above.tolist(), below.tolist(), phase=phase, series=names)
    found = attribute_control_charts(frame, "p_prime")
    for part in (slice(0, 13), slice(13, 26), slice(26, 40)):
        alone = p_limits(above[part], below[part], True)
        rows = found.points.iloc[part]
        assert rows["lower"].tolist() == alone.lower.tolist()
        assert rows["upper"].tolist() == alone.upper.tolist()
        assert rows["sigma_z"].tolist() == [alone.sigma_z] * len(rows)
    assert found.icons["series"].tolist() == ["a", "b"]
    assert found.icons["points"].tolist() == [26, 14]


def test_a_share_of_none_or_all_is_within_limits_that_are_cut() -> None:
    frame = counts([0, 1, 2, 4, 4], [4.0] * 5)
    found = attribute_control_charts(frame, "p").points
    assert (found["lower"].tolist(), found["upper"].tolist()) == ([0] * 5, [1] * 5)
    assert found["outside"].tolist() == [0] * 5


@pytest.mark.parametrize(("target", "assurance"), [(0.559, "inconsistent"), (0.56, "fail")])
def test_icons_go_by_the_last_points_limits(target: float, assurance: str) -> None:
    """Centre 6150/11300 = 0.5442; at 10,000 three spreads are 0.0149, at 100 they are 0.149."""
    frame = counts([50] * 13 + [5500], [100] * 13 + [10_000], target=target)
    icon = attribute_control_charts(frame, "p").icons.iloc[0]
    assert (icon["variation"], icon["assurance"]) == ("common_cause", assurance)
