"""What every estimator of an interrupted time series hands back, and the interval of any contrast."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Contrast:
    """A weighted sum of coefficients: its value, standard error and two-sided interval (both ends inclusive).

    `df` are the degrees of freedom of Student's t; infinite where the method goes by the normal distribution.
    `p` is the two-sided p-value of the value being 0.
    """

    estimate: float
    se: float
    df: float
    ci_low: float
    ci_high: float
    p: float


@dataclass(frozen=True)
class Fit:
    """A regression of n periods on p terms whose errors may depend on each other.

    `estimate` (p,) are the coefficients of `terms` and `covariance` (p, p) their covariance; `fitted` and
    `residuals` (n,) are in the unit of the series. `sigma` is the standard deviation of the errors as the
    method defines it, `phi` their correlation one period apart (None where the method takes none or has no
    single one), `log_likelihood` the maximised (for REML: restricted) one or None. `degrees` gives the
    degrees of freedom of a contrast (p,). `codes` are the warnings that go with the fit.
    """

    method: str
    terms: tuple[str, ...]
    estimate: FloatArray
    covariance: FloatArray
    n: int
    sigma: float
    phi: float | None
    fitted: FloatArray
    residuals: FloatArray
    log_likelihood: float | None
    degrees: Callable[[FloatArray], float]
    codes: tuple[str, ...] = ()

    def contrast(self, c: FloatArray, alpha: float = 0.05) -> Contrast:
        """The weighted sum c·estimate, c (p,), with its interval at level 1 − alpha."""
        value, se = float(c @ self.estimate), float(np.sqrt(c @ self.covariance @ c))
        df = self.degrees(c)
        half = float(stats.t.isf(alpha / 2, df)) * se
        p = float(2 * stats.t.sf(abs(value) / se, df)) if se > 0 else float(value == 0)
        return Contrast(value, se, df, value - half, value + half, p)
