"""What may be wrong with a model of interruptions; shown beside it, never a gate (METHODS 1.8)."""

from dataclasses import dataclass, replace

import numpy as np

from indicators.stats.its.dependence import (
    LagTest,
    autocorrelations,
    breusch_godfrey,
    durbin_watson,
    ljung_box,
    longest_lag,
    partial_autocorrelations,
)
from indicators.stats.its.design import Design
from indicators.stats.its.fit import Contrast, FloatArray
from indicators.stats.its.fitting import Method, fit_design
from indicators.stats.its.model import Model
from indicators.stats.its.notices import NotFitted, Notice
from indicators.stats.its.observed import Observed

LAST_BEFORE = 3
"""How many points before the first interruption are left out to see what hangs on them."""
CURVED = 4.0
"""How much better (in AICc) a curve has to fit the time before than a line, for a warning."""
FAR = 3.0
"""Standardised residuals beyond this count as outliers."""


@dataclass(frozen=True)
class Diagnostics:
    """Residuals of ordinary least squares on the model's scale, and what they say.

    `standardised` (n,) are each divided by its own standard error; `variance_ratio` is that after the first
    start by that before. `curvature` is by how much AICc favours a curve before the first start (None with
    too few points). `without_last` is the first level change with the last three points before it left out.
    """

    standardised: FloatArray
    acf: FloatArray
    pacf: FloatArray
    durbin_watson: float
    breusch_godfrey: tuple[LagTest, ...]
    ljung_box: LagTest
    variance_ratio: float | None
    outliers: int
    curvature: float | None
    without_last: Contrast | None

    @property
    def notices(self) -> tuple[Notice, ...]:
        """A warning where the time before the first interruption is curved."""
        if self.curvature is None or self.curvature <= CURVED:
            return ()
        text = (
            "A curve fits the time before the interruption better than a straight line, so carrying the line "
            "on may mislead. Begin the series later, and compare with matched trusts."
        )
        return (Notice("CURVED_BASELINE", text),)


def diagnose(model: Model, observed: Observed, method: Method, alpha: float) -> Diagnostics:
    """The diagnostics of a fitted model; `method` is the one it was fitted by."""
    design = model.design
    rows = observed.among(design.grid[design.used])
    y, _ = rows.on(model.scale.link)
    x, time = design.x[design.used], rows.count
    residuals = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
    lag = longest_lag(len(y))
    correlations = autocorrelations(residuals, time, lag)
    standardised = _standardised(residuals, x)
    is_before = time < design.interruptions[0].start
    return Diagnostics(
        standardised=standardised,
        acf=correlations,
        pacf=partial_autocorrelations(correlations),
        durbin_watson=durbin_watson(residuals, time),
        breusch_godfrey=tuple(
            breusch_godfrey(residuals, x, time, order) for order in sorted({1, lag})
        ),
        ljung_box=ljung_box(residuals, time, lag),
        variance_ratio=_variance_ratio(residuals, is_before),
        outliers=int((np.abs(standardised) > FAR).sum()),
        curvature=_curvature(y[is_before], x[is_before]),
        without_last=_without_last(design, observed, method, alpha),
    )


def _standardised(residuals: FloatArray, x: FloatArray) -> FloatArray:
    """Each residual by its standard error, which is less where a point pulls the line towards itself."""
    n, p = x.shape
    leverage = (np.linalg.qr(x).Q ** 2).sum(axis=1)
    spread = np.sqrt(float(residuals @ residuals) / (n - p) * np.maximum(1 - leverage, 0))
    shown = np.divide(residuals, spread, out=np.zeros(n), where=leverage < 1 - 1e-9)
    return np.asarray(shown, dtype=np.float64)


def _variance_ratio(residuals: FloatArray, is_before: np.ndarray) -> float | None:
    before = float(residuals[is_before].var())
    return float(residuals[~is_before].var()) / before if before > 0 else None


def _curvature(y: FloatArray, x: FloatArray) -> float | None:
    """AICc of the line (with seasons) less that of the curve, in the time before."""
    varying = x[:, (x != 0).any(axis=0)]
    line = np.linalg.qr(varying).Q[:, : np.linalg.matrix_rank(varying)]
    bend = (np.arange(len(y)) - (len(y) - 1) / 2) ** 2
    straight, curved = _aicc(y, line), _aicc(y, np.column_stack([line, bend]))
    return None if straight is None or curved is None else straight - curved


def _aicc(y: FloatArray, x: FloatArray) -> float | None:
    n, k = len(y), x.shape[1] + 1
    left = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
    squares = float(left @ left)
    if n - k - 1 <= 0 or squares <= 0:
        return None
    return float(n * np.log(squares / n) + 2 * k + 2 * k * (k + 1) / (n - k - 1))


def _without_last(
    design: Design, observed: Observed, method: Method, alpha: float
) -> Contrast | None:
    """The first level change without the last points before it; None if that cannot be."""
    before = np.flatnonzero(design.used & (design.grid < design.interruptions[0].start))
    used = design.used.copy()
    used[before[-LAST_BEFORE:]] = False
    if np.linalg.matrix_rank(design.x[used]) < len(design.terms):
        return None
    try:
        model = fit_design(replace(design, used=used), observed, method.beside)
    except NotFitted:
        return None
    level = np.array([term == "level_1" for term in design.terms], dtype=float)
    return model.fit.contrast(level, alpha)
