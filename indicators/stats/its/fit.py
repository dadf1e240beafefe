"""What every estimator of an interrupted time series takes and hands back, and the interval of a contrast."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.intp]
BoolArray = npt.NDArray[np.bool_]
NO_VARIATION = "NO_VARIATION"
"""The terms fit the series exactly: there is no error to judge by."""
_EXACT = 1e-10


@dataclass(frozen=True)
class Regression:
    """A series and what it is regressed on; `time` counts calendar periods, a missing period is absent.

    `y` (n,) finite, or (m, n) for m series at once; `x` (n, p) of full rank with fewer terms than rows,
    `terms` name its columns. With `unit` (n,) rows are grouped by unit; `time` (n,) are whole numbers that
    rise within each unit. ValueError otherwise.
    """

    y: FloatArray
    x: FloatArray
    time: IntArray
    terms: tuple[str, ...]
    unit: npt.NDArray[np.generic] | None = None

    def __post_init__(self) -> None:
        check_design(self.x, self.terms)
        if self.y.shape[-1:] != self.x.shape[:1] or not np.isfinite(self.y).all():
            raise ValueError("the series needs one finite value per row of the design")


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
    `residuals` (n,) are in the unit of the series. `sigma` is the standard deviation of the errors about the
    line, `phi` their correlation one period apart (None where the method takes none, or more than that one),
    `log_likelihood` the maximised one (for REML: restricted) or None. `degrees` gives the degrees of freedom
    of a contrast (p,). `codes` are the warnings that go with the fit.
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
    codes: tuple[str, ...]

    def contrast(self, c: FloatArray, alpha: float = 0.05) -> Contrast:
        """The weighted sum c·estimate, c (p,), with its interval at level 1 − alpha."""
        value, se = float(c @ self.estimate), float(np.sqrt(c @ self.covariance @ c))
        df = self.degrees(c)
        half = float(special.stdtrit(df, 1 - alpha / 2)) * se
        p = float(2 * special.stdtr(df, -abs(value) / se)) if se > 0 else float(value == 0)
        return Contrast(value, se, df, value - half, value + half, p)


@dataclass(frozen=True)
class SameDegrees:
    """Degrees of freedom that are the same for every contrast."""

    df: float

    def __call__(self, _: FloatArray) -> float:
        """The degrees of freedom, whatever the contrast (p,)."""
        return self.df


def check_design(x: FloatArray, terms: tuple[str, ...]) -> None:
    """ValueError unless x (n, p) is finite, has a name per column, more rows than columns and full rank."""
    rows, columns = x.shape
    if columns != len(terms):
        raise ValueError(f"{columns} columns of the design, but {len(terms)} names of terms")
    if not np.isfinite(x).all():
        raise ValueError("the design has a missing or infinite value")
    if rows <= columns:
        raise ValueError(f"{rows} points are too few for {columns} terms")
    norms = np.sqrt((x**2).sum(axis=0))
    if not norms.all() or np.linalg.matrix_rank(x / norms) < columns:
        raise ValueError("the terms of the design are not independent of each other")


def exact(residual: FloatArray, y: FloatArray) -> BoolArray:
    """Whether nothing but rounding is left of series (…, n) once the terms are fitted."""
    size = np.sqrt((y**2).sum(axis=-1))
    return np.asarray(np.sqrt((residual**2).sum(axis=-1)) <= _EXACT * size)
