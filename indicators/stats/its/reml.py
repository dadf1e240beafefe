"""Generalised least squares with AR(1) errors by restricted maximum likelihood (REML), one series or many.

Correlation is phi^|s − t| over calendar periods, so gaps count; stacked units have one phi, one error
variance and no correlation between units. The same as `nlme::gls(corAR1, method = "REML")` in R. Degrees of
freedom of a contrast by Satterthwaite.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from indicators.stats.its.fit import (
    NO_VARIATION,
    BoolArray,
    Fit,
    FloatArray,
    IntArray,
    Regression,
    exact,
)
from indicators.stats.its.profile import Design, Points, design_of, points_at, residuals_of
from indicators.stats.its.satterthwaite import APPROX_DF, Satterthwaite
from indicators.stats.its.search import HIGHEST, best_phi

METHOD = "reml_ar1"
_AT_ONCE = 500


@dataclass(frozen=True)
class Contrasts:
    """The same weighted sum of coefficients in m fits: arrays (m,) of what a `Contrast` holds."""

    estimate: FloatArray
    se: FloatArray
    df: FloatArray
    ci_low: FloatArray
    ci_high: FloatArray
    p: FloatArray


@dataclass(frozen=True)
class RemlBatch:
    """Fits of m series with the same design; `batch[i]` is the fit of series i.

    `estimate` (m, p), `fitted` and `residuals` (m, n), `sigma`, `phi`, `log_likelihood` and `no_variation`
    (m,); `satterthwaite` holds the covariance matrices and gives the degrees of freedom.
    """

    terms: tuple[str, ...]
    estimate: FloatArray
    fitted: FloatArray
    residuals: FloatArray
    sigma: FloatArray
    phi: FloatArray
    log_likelihood: FloatArray
    no_variation: BoolArray
    satterthwaite: Satterthwaite

    def __len__(self) -> int:
        """How many series."""
        return len(self.phi)

    def __getitem__(self, i: int) -> Fit:
        """The fit of series i, from 0."""
        shared = self.satterthwaite
        degrees = Satterthwaite(
            shared.covariance[i],
            shared.slope[i],
            shared.information[i],
            shared.most,
            shared.at_bound[i],
        )
        marks = ((APPROX_DF, degrees.is_approximate), (NO_VARIATION, self.no_variation[i]))
        return Fit(
            method=METHOD,
            terms=self.terms,
            estimate=self.estimate[i],
            covariance=degrees.covariance,
            n=self.fitted.shape[1],
            sigma=float(self.sigma[i]),
            phi=float(self.phi[i]),
            fitted=self.fitted[i],
            residuals=self.residuals[i],
            log_likelihood=None if self.no_variation[i] else float(self.log_likelihood[i]),
            degrees=degrees,
            codes=tuple(code for code, is_so in marks if is_so),
        )

    def contrast(self, c: FloatArray, alpha: float = 0.05) -> Contrasts:
        """The weighted sum c·estimate, c (p,), in every fit, with intervals at level 1 − alpha."""
        value, se = self.estimate @ c, np.sqrt((self.satterthwaite.covariance @ c) @ c)
        df = self.satterthwaite.degrees(c)
        half = special.stdtrit(df, 1 - alpha / 2) * se
        with np.errstate(divide="ignore", invalid="ignore"):
            p = np.where(se > 0, 2 * special.stdtr(df, -np.abs(value) / se), value == 0)
        return Contrasts(value, se, df, value - half, value + half, p)


def fit_reml(data: Regression) -> Fit:
    """One series `data.y` (n,), or the stacked series of several units (`data.unit`)."""
    return _fit_many(data, data.y[None])[0]


def fit_reml_batch(
    y: FloatArray,
    x: FloatArray,
    time: IntArray,
    terms: tuple[str, ...],
    unit: npt.NDArray[np.generic] | None = None,
) -> RemlBatch:
    """Many series y (m, n) with the same design x (n, p), `time` and `unit` (n,), each as by `fit_reml`."""
    return _fit_many(Regression(y, x, time, terms, unit), y)


def _fit_many(data: Regression, y: FloatArray) -> RemlBatch:
    design = design_of(data.x, data.time, data.unit)
    plain = y @ design.q
    residual = y - plain @ design.q.T
    length, none_left = np.sqrt((residual**2).sum(axis=1)), exact(residual, y)
    scaled = np.where(none_left[:, None], 0, residual) / np.where(none_left, 1, length)[:, None]
    series = residuals_of(scaled, design)
    blocks = np.split(np.arange(len(y)), range(_AT_ONCE, len(y), _AT_ONCE))
    phi = np.concatenate([best_phi(design, series.at(rows)) for rows in blocks])
    phi = np.where(none_left, 0.0, phi)
    points = points_at(phi, design, series)
    back = np.linalg.inv(design.r)
    estimate = (plain + length[:, None] * points.z) @ back.T
    variance = length**2 * points.rss[0] / design.free
    fitted = estimate @ data.x.T
    return RemlBatch(
        terms=data.terms,
        estimate=estimate,
        fitted=fitted,
        residuals=y - fitted,
        sigma=np.sqrt(variance),
        phi=phi,
        log_likelihood=_log_likelihood(points, design, variance),
        no_variation=none_left,
        satterthwaite=_satterthwaite(points, design, phi, variance),
    )


def _log_likelihood(points: Points, design: Design, variance: FloatArray) -> FloatArray:
    """The restricted log-likelihood at its maximum."""
    with np.errstate(divide="ignore"):
        spread = design.free * (np.log(2 * np.pi * variance) + 1)
    return -0.5 * (spread + points.log_det[0] + design.log_scale)


def _satterthwaite(
    points: Points, design: Design, phi: FloatArray, variance: FloatArray
) -> Satterthwaite:
    """The covariance, and its slope and the likelihood's curvature by (atanh phi, log variance)."""
    back, step = np.linalg.inv(design.r), 1 - phi**2
    rss1, rss2 = (design.free * part / points.rss[0] for part in points.rss[1:])
    slope = 0.5 * (points.log_det[1] + rss1)
    bend = 0.5 * (points.log_det[2] + rss2)
    across = -0.5 * rss1 * step
    own = bend * step**2 - 2 * phi * step * slope
    spread = np.full(len(phi), 0.5 * design.free)
    information = np.stack([np.stack([own, across], -1), np.stack([across, spread], -1)], -2)
    covariance, by_angle = (
        variance[:, None, None] * (back @ part @ back.T)
        for part in (points.inverse, points.inverse_slope * step[:, None, None])
    )
    at_bound = np.abs(phi) >= HIGHEST
    return Satterthwaite(covariance, by_angle, information, float(design.free), at_bound)
