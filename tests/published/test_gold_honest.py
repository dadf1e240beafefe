"""Intervals under smoothness against the R package HonestDiD 0.2.6, and against the package diff-diff.

Values of R: diff-diff's benchmarks/data/honest_flci_golden.json (MIT licence), analytical quantiles.
"""

import numpy as np
import pytest
from diff_diff import HonestDiD
from diff_diff.results import MultiPeriodDiDResults, PeriodEffect

from indicators.stats.pooled.smoothness import Given, smooth_interval

pytestmark = pytest.mark.published

SHORT, LONG = [1, 0, 1, 1.2], [1, 0, 1, 1.2, 1.2 + 1 / 6, 1.2 + 2 / 6, 1.7]
FIRST, MEAN = [1.0, 0, 0, 0], [0.25] * 4


def apart(number: int) -> np.ndarray:
    return 0.01 * np.eye(number)


def alike(number: int) -> np.ndarray:
    place = np.arange(number)
    return np.asarray(0.01 * 0.5 ** np.abs(place[:, None] - place))


@pytest.mark.parametrize(
    ("estimate", "spread", "weight", "m", "center", "half"),
    [
        (SHORT, apart, [1.0], 0.0, 1.48575528987607, 0.202875546401568),
        (SHORT, apart, [1.0], 0.05, 1.52634895987866, 0.250459332503154),
        (SHORT, apart, [1.0], 0.1, 1.67452641383249, 0.313458657958823),
        (SHORT, apart, [1.0], 0.5, 2.19999999993086, 0.732617430726547),
        (SHORT, alike, [1.0], 0.2, 2.00143608768822, 0.484211636465734),
        (LONG, apart, MEAN, 0.1, 2.2669454904766, 0.793333920385725),
        (LONG, apart, MEAN, 0.2, 2.65977452809088, 1.36906552502129),
        (LONG, alike, FIRST, 0.05, 1.06873476216774, 0.271013845132539),
    ],
)
def test_intervals_of_r(estimate, spread, weight, m, center, half) -> None:  # type: ignore[no-untyped-def]
    given = Given(np.array(estimate), spread(len(estimate)), 3, np.array(weight))
    low, high = smooth_interval(given, m, 0.05)
    assert (low + high) / 2 == pytest.approx(center, abs=1e-4)
    assert (high - low) / 2 == pytest.approx(half, abs=1e-6)


def test_the_package_agrees() -> None:
    estimate, spread, weight = np.array(LONG), alike(7), np.array(MEAN)
    none = (np.nan, np.nan)
    effects = {n: PeriodEffect(n, e, 0.1, *none, none) for n, e in enumerate(LONG)}
    study = MultiPeriodDiDResults(
        effects, *[np.nan] * 4, none, 0, 0, 0, [0, 1, 2], [3, 4, 5, 6], vcov=spread,
        interaction_indices={n: n for n in range(7)},
    )  # fmt: skip
    found = HonestDiD("smoothness", 0.1, 0.05, weight).fit(study)
    ours = smooth_interval(Given(estimate, spread, 3, weight), 0.1, 0.05)
    assert ours == pytest.approx((found.ci_lb, found.ci_ub), abs=1e-4)
