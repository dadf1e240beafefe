"""An event study judged as a whole: bands that hold for all its points at once, and its leads."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from indicators.stats.pooled.imputation import FEWEST_UNITS, Contrast, Study, covariance
from indicators.stats.pooled.panel import FloatArray

DRAWS = 10_000
ALIKE = 0.36
"""Leads within this many residual standard deviations of 0 are taken as none (METHODS 4.3)."""
Verdict = Literal["pass", "fail", "unclear"]
_MISS = 0.05


def shown(bins: Mapping[int, Contrast]) -> dict[int, Contrast]:
    """The bins that five units or more are in."""
    return {begins: one for begins, one in bins.items() if one.units >= FEWEST_UNITS}


def quantile_of(contrast: Contrast, alpha: float) -> float:
    """How many standard errors the interval of one estimate reaches: t, with its events less one."""
    return float(stats.t.isf(alpha / 2, contrast.events - 1))


def simultaneous_quantile(bins: Mapping[int, Contrast], alpha: float, seed: int) -> float:
    """How many standard errors a band reaches that holds all of the bins at once (sup-t); NaN without any.

    The largest of draws from a multivariate t with the estimates' correlations, and the events less one of
    the bin that has fewest. With no more events than bins these correlations are hardly known, and Šidák's
    quantile is taken, for which they are not needed. NaN also where an estimate has no error at all.
    """
    told = list(bins.values())
    if not told:
        return np.nan
    free = min(one.events for one in told) - 1
    if free < len(told):
        return float(stats.t.ppf((1 + (1 - alpha) ** (1 / len(told))) / 2, free))
    spread = covariance(told)
    size = np.sqrt(np.diag(spread))
    if not size.all():
        return np.nan
    root = np.linalg.cholesky(spread / np.outer(size, size) + 1e-9 * np.eye(len(told)))
    random = np.random.default_rng(seed)
    drawn = random.standard_normal((DRAWS, len(told))) @ root.T
    drawn /= np.sqrt(random.chisquare(free, size=(DRAWS, 1)) / free)
    return float(np.quantile(np.abs(drawn).max(axis=1), 1 - alpha))


@dataclass(frozen=True)
class Leads:
    """Whether the time before was level.

    `wald_p`: of all leads before the anticipation at once, by F (`df` and the events less that); None with
    too few events for it.

    `bound`: ±.36 residual standard deviations; `equivalent`: for each lead of the last half year, by its
    first event time, whether it lies within (two one-sided tests at .05 each). `verdict`: pass if all do,
    fail if `wald_p` is under .05, unclear otherwise.
    """

    wald: float | None
    df: int
    wald_p: float | None
    bound: float
    equivalent: dict[int, bool]
    verdict: Verdict


def judge_leads(found: Study, anticipation: int, year: int) -> Leads:
    """The Wald test and the equivalence test of METHODS 4.3; they are told, and decide nothing."""
    leads = {begins: one for begins, one in shown(found.bins).items() if begins < 0}
    early = [one for begins, one in leads.items() if begins < -anticipation]
    wald, df, wald_p = _wald(early)
    bound = ALIKE * found.residual_sd
    late = {begins: _within(one, bound) for begins, one in leads.items() if begins >= -year // 2}
    verdict: Verdict = "unclear"
    if late and all(late.values()):
        verdict = "pass"
    elif wald_p is not None and wald_p < _MISS:
        verdict = "fail"
    return Leads(wald, df, wald_p, bound, late, verdict)


def _wald(leads: list[Contrast]) -> tuple[float | None, int, float | None]:
    """Hotelling's form: θ'V⁻¹θ · (n − q)/(q (n − 1)) follows F with q and n − q degrees of freedom."""
    events, number = min((one.events for one in leads), default=0), len(leads)
    if not number or events <= number + 1:
        return None, number, None
    estimate = np.array([one.estimate for one in leads])
    wald = float(estimate @ np.linalg.pinv(covariance(leads), hermitian=True) @ estimate)
    scaled = wald * (events - number) / (number * (events - 1))
    return wald, number, float(stats.f.sf(scaled, number, events - number))


def _within(one: Contrast, bound: float) -> bool:
    """Both one-sided tests: the estimate lies a t quantile of standard errors within ±bound."""
    return bool(abs(one.estimate) + stats.t.isf(_MISS, one.events - 1) * one.se < bound)


def intervals(bins: Mapping[int, Contrast], quantile: float) -> FloatArray:
    """Both ends for each bin (B, 2)."""
    return np.array(
        [[c.estimate - quantile * c.se, c.estimate + quantile * c.se] for c in bins.values()]
    )
