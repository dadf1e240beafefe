"""Which indicators tell the same story (METHODS 8.8)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from indicators.stats.screen.resampling import (
    Estimate,
    FloatArray,
    IntArray,
    organisation_weights,
    quotient,
    with_interval,
)
from indicators.stats.screen.thresholds import DEFAULTS, Thresholds

FEWEST_SHARED = 10
"""Organisation-periods that two indicators must share for their correlation to count."""


@dataclass(frozen=True)
class Redundancy:
    """`rank_correlation` (I, I); `heights` (I − 1,) at which clusters merge; `cluster` (I,) numbered from 1.

    Clusters are numbered in the order of their first indicators. Two indicators that hardly share an
    organisation-period are as far apart as can be: their correlation is 0.
    """

    rank_correlation: FloatArray
    heights: FloatArray
    cluster: IntArray


def redundancy(residuals: FloatArray, thresholds: Thresholds = DEFAULTS) -> Redundancy:
    """Clusters of indicators by distance 1 − |Spearman's ρ|, average linkage, cut at 0.3.

    `residuals` (n, I): figures less their period's mean, a row per organisation and period, NaN where
    missing; at least two indicators. Ranks are of the rows that two indicators share.
    """
    table = pd.DataFrame(residuals).corr(method="spearman", min_periods=FEWEST_SHARED)
    found = np.array(table.fillna(0.0), dtype=np.float64)
    np.fill_diagonal(found, 1.0)
    distance = squareform(1 - np.abs(found), checks=False)
    merged = linkage(distance, method="average")
    cluster = fcluster(merged, t=thresholds.cluster_cut, criterion="distance")
    return Redundancy(found, merged[:, 2], pd.factorize(cluster)[0].astype(np.int64) + 1)


def less_period(value: FloatArray, period: IntArray) -> FloatArray:
    """Figures (n, I) less the mean of each indicator in each period (n,)."""
    frame = pd.DataFrame(value)
    return np.asarray(frame - frame.groupby(period).transform("mean"), dtype=np.float64)


def representatives(cluster: IntArray, reliability: FloatArray, days: FloatArray) -> dict[int, int]:
    """By cluster the place of the indicator that may stand for it: most reliable, then soonest published.

    NaN counts as worst. Nothing is removed.
    """
    table = pd.DataFrame({"cluster": cluster, "reliability": reliability, "days": days})
    ordered = table.sort_values(["reliability", "days"], ascending=[False, True], kind="stable")
    firsts = ordered.drop_duplicates("cluster").sort_values("cluster")
    return dict(zip(firsts["cluster"].tolist(), firsts.index.tolist(), strict=True))


def correlation_interval(first: FloatArray, second: FloatArray, unit: Sequence[int]) -> Estimate:
    """Spearman's ρ of two indicators' residuals (n,) with an interval by organisation (`unit`, from 0).

    Ranks are those of the rows as they are, so that a draw needs only sums. NaN where under ten are shared.
    """
    shared = np.isfinite(first) & np.isfinite(second)
    if shared.sum() < FEWEST_SHARED:
        return Estimate(float("nan"))
    places = np.asarray(unit, dtype=np.int64)[shared]
    a, b = (_standard_ranks(one[shared]) for one in (first, second))
    columns = [np.ones(len(a)), a, b, a * a, b * b, a * b]
    units = int(np.max(unit)) + 1
    sums = np.column_stack([np.bincount(places, one, minlength=units) for one in columns])
    return with_interval(
        float(_correlation(sums.sum(axis=0)[None])[0]),
        _correlation(organisation_weights(units) @ sums),
    )


def _standard_ranks(value: FloatArray) -> FloatArray:
    ranks = pd.Series(value).rank().to_numpy()
    return np.asarray((ranks - ranks.mean()) / max(float(ranks.std()), 1e-12))


def _correlation(sums: FloatArray) -> FloatArray:
    """Pearson's correlation from count, sums, squares and products, a row each."""
    n, a, b, aa, bb, ab = sums.T
    joint = quotient(ab, n) - quotient(a, n) * quotient(b, n)
    spreads = (quotient(aa, n) - quotient(a, n) ** 2) * (quotient(bb, n) - quotient(b, n) ** 2)
    return quotient(joint, np.sqrt(np.maximum(spreads, 0.0)))
