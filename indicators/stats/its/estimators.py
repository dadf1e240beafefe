"""The estimators of an interrupted time series by name: one default, the others to see what hangs on it."""

from collections.abc import Callable
from typing import Any, Literal, get_args

from indicators.stats.its.arima import fit_arima
from indicators.stats.its.fit import Fit, FloatArray, IntArray, Regression
from indicators.stats.its.least_squares import fit_newey_west, fit_ols
from indicators.stats.its.prais_winsten import fit_prais_winsten
from indicators.stats.its.reml import fit_reml

Method = Literal["reml_ar1", "ols", "newey_west", "prais_winsten", "arima"]
METHODS: tuple[Method, ...] = get_args(Method)
"""The default comes first."""
_FITS: dict[Method, Callable[..., Fit]] = {
    "reml_ar1": fit_reml,
    "ols": fit_ols,
    "newey_west": fit_newey_west,
    "prais_winsten": fit_prais_winsten,
    "arima": fit_arima,
}


def fit_series(
    method: Method,
    y: FloatArray,
    x: FloatArray,
    time: IntArray,
    terms: tuple[str, ...],
    **options: Any,
) -> Fit:
    """Fit y (n,) on x (n, p), columns `terms`, at the calendar periods `time` (n,), none missing.

    Options: `lag` of `newey_west`, `order` (p, q) of `arima`, `unit` (n,) of `reml_ar1`, which stacks units,
    rows grouped by unit. ValueError where the rows or the design cannot be fitted (see `Regression`).
    """
    unit = options.pop("unit", None) if method == "reml_ar1" else None
    return _FITS[method](Regression(y, x, time, terms, unit), **options)
