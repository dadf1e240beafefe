"""Fitting a design by an estimator: plain values, values on another scale, or counts."""

from dataclasses import dataclass, replace
from typing import Any

from indicators.stats.its.counts import Counted, CountFamily, Errors, fit_counts
from indicators.stats.its.design import Design
from indicators.stats.its.estimators import Method as Estimator
from indicators.stats.its.estimators import fit_series
from indicators.stats.its.model import Model
from indicators.stats.its.observed import Observed
from indicators.stats.its.refusals import check_left_over
from indicators.stats.its.scale import Link, Scale

ERRORS: dict[Estimator, Errors] = {
    "reml_ar1": "larger",
    "ols": "dispersion",
    "newey_west": "robust",
}
"""Standard errors of counts by the estimator asked for; the others have no model of counts."""


@dataclass(frozen=True)
class Method:
    """How a design is fitted: an estimator on a scale, or (`is_counted`) a model of counts.

    Counts on a logarithm are Poisson's, or (`is_scattered`) negative binomial.
    `lag` holds for `newey_west` (None: its default), `order` for `arima` (None: by AICc).
    """

    estimator: Estimator
    link: Link = "identity"
    is_counted: bool = False
    lag: int | None = None
    order: tuple[int, int] | None = None
    is_scattered: bool = False

    @property
    def counted(self) -> CountFamily:
        """The family of a model of counts."""
        if self.link == "logit":
            return "binomial"
        return "negative_binomial" if self.is_scattered else "poisson"

    @property
    def options(self) -> dict[str, Any]:
        """What the estimator takes besides the series."""
        if self.estimator == "newey_west":
            return {"lag": self.lag}
        return {"order": self.order} if self.estimator == "arima" else {}

    @property
    def beside(self) -> "Method":
        """The method for fits that only stand beside the result: REML in place of ARIMA, which is slow."""
        return replace(self, estimator="reml_ar1") if self.estimator == "arima" else self


def fit_design(design: Design, observed: Observed, method: Method) -> Model:
    """The model of the design's used periods; raises NotFitted where nothing is left to vary."""
    rows = observed.among(design.grid[design.used])
    if method.is_counted:
        return _fit_counted(design, rows, method)
    y, scale = rows.on(method.link)
    x = design.x[design.used]
    fit = fit_series(method.estimator, y, x, rows.count, design.terms, **method.options)
    check_left_over(y, fit.residuals)
    return Model(design, fit, scale)


def _fit_counted(design: Design, rows: Observed, method: Method) -> Model:
    if rows.numerator is None or rows.denominator is None:
        raise ValueError("A model of counts takes numerators and denominators.")
    counted = Counted(method.counted, rows.numerator, rows.denominator, rows.count)
    x = design.x[design.used]
    fit = fit_counts(counted, x, design.terms, ERRORS[method.estimator], method.lag)
    return Model(design, fit, Scale(method.link, rows.unit))
