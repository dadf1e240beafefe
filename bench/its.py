"""Interrupted time series: how often their 95 % intervals hold the truth, simulated, and how long fits take.

`python -m bench.its` writes `indicators/stats/its/coverage.csv` anew, in some minutes and always the same.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from indicators.stats.its.estimators import METHODS, Method, fit_series
from indicators.stats.its.fit import FloatArray, IntArray
from indicators.stats.its.reml import fit_reml_batch
from indicators.stats.its.search import HIGHEST
from settings import ROOT

TABLE = ROOT / "indicators" / "stats" / "its" / "coverage.csv"
TERMS = ("intercept", "time", "level_1", "slope_1")
EFFECTS = {"level": (0, 0, 1, 0), "slope": (0, 0, 0, 1), "effect at 6": (0, 0, 1, 6)}
OTHERS: dict[str, tuple[Method, dict[str, Any]]] = {
    "ols": ("ols", {}),
    "newey_west": ("newey_west", {}),
    "newey_west_lag_3": ("newey_west", {"lag": 3}),
    "prais_winsten": ("prais_winsten", {}),
    "arima_1_0_0": ("arima", {"order": (1, 0)}),
}
SETTINGS = [(n, phi) for n in (12, 16, 24, 36, 48, 96) for phi in (0.0, 0.2, 0.4, 0.6)]
SIZES = [(n, phi) for n in (24, 36, 60) for phi in (0.0, 0.4, 0.7)]
SETTINGS += [each for each in SIZES if each not in SETTINGS]
WITH_ARIMA = [(12, 0.4), (24, 0.2), (24, 0.6), (48, 0.4), (96, 0.6)]
DEFAULT_SHOWN = (12, 24, 36, 48, 96)
COVERED = ("ols", "newey_west", "prais_winsten", "reml_ar1_t", "reml_ar1", "arima_1_0_0")
SIZED = ("ols", "newey_west_lag_3", "prais_winsten", "reml_ar1")
SERIES, ONE_BY_ONE = 10_000, 1_000
CLOSELY = {(24, 0.6): 200_000}
"""Series by the default where 10,000 leave open on which side of a bound the share lies."""
_SEED = 6


def jobs() -> dict[str, tuple[Callable[[], object], int]]:
    """What to time and how often."""
    x, time = design(48), np.arange(48)
    y = made(48, 0.4, 1_000, _SEED)
    return {
        "REML of 1,000 series of 48, three effects": (lambda: _default(y, x, time), 5),
        "one series of 48 by all five estimators": (lambda: _by_all(y[0], x, time), 5),
    }


def _default(y: FloatArray, x: FloatArray, time: IntArray) -> list[object]:
    batch = fit_reml_batch(y, x, time, TERMS)
    return [batch.contrast(np.array(c, dtype=float)) for c in EFFECTS.values()]


def _by_all(y: FloatArray, x: FloatArray, time: IntArray) -> list[object]:
    return [fit_series(method, y, x, time, TERMS) for method in METHODS]


def design(n: int) -> FloatArray:
    """A line that changes level and slope at the middle of n periods; the slope term is 0 there."""
    time, start = np.arange(n), n // 2
    after = time >= start
    return np.column_stack([np.ones(n), time, after, after * (time - start)]).astype(float)


def made(n: int, phi: float, series: int, seed: int) -> FloatArray:
    """Series in rows: AR(1) errors of standard deviation 1 and nothing else, so every true effect is 0."""
    y = np.random.default_rng([seed, n, round(10 * phi)]).standard_normal((series, n))
    for t in range(1, n):
        y[:, t] = phi * y[:, t - 1] + np.sqrt(1 - phi**2) * y[:, t]
    return y


def simulate(n: int, phi: float, series: int, seed: int, arima: bool = False) -> pd.DataFrame:
    """A row per method and effect: how many of `series` intervals hold 0, and their median half width.

    All series by the default; the first 1,000 by the others, which are fitted one by one. `at_bound` is the
    share of series whose phi by the default is at its bound, ±0.99.
    """
    x, time, y = design(n), np.arange(n), made(n, phi, series, seed)
    batch = fit_reml_batch(y, x, time, TERMS)
    few = y[:ONE_BY_ONE]
    others = {
        name: [fit_series(method, each, x, time, TERMS, **options) for each in few]
        for name, (method, options) in OTHERS.items()
        if arima or method != "arima"
    }
    rows = []
    for effect, weights in EFFECTS.items():
        c = np.array(weights, dtype=float)
        found = batch.contrast(c)
        normal = special.stdtrit(n - len(TERMS), 0.975) * found.se
        rows.append(_row("reml_ar1", effect, found.estimate, (found.ci_high - found.ci_low) / 2))
        rows.append(_row("reml_ar1_t", effect, found.estimate, normal))
        for name, fits in others.items():
            contrasts = [fit.contrast(c) for fit in fits]
            value = np.array([each.estimate for each in contrasts])
            rows.append(_row(name, effect, value, [each.ci_high for each in contrasts] - value))
    return pd.DataFrame(rows).assign(n=n, phi=phi, at_bound=(np.abs(batch.phi) >= HIGHEST).mean())


def _row(method: str, effect: str, value: FloatArray, half: FloatArray) -> dict[str, object]:
    held = int((np.abs(value) <= half).sum())
    return {
        "method": method,
        "effect": effect,
        "series": len(half),
        "held": held,
        "half_width": round(float(np.median(half)), 4),
    }


def tables(frame: pd.DataFrame) -> list[str]:
    """The rows of the tables in docs/methods/interrupted_time_series.md, of the table in the file."""
    missed = 1 - frame["held"] / frame["series"]
    shares = frame.assign(held=1 - missed, missed=missed).set_index(
        ["n", "phi", "method", "effect"]
    )
    rows = [_default_row(shares, n, phi) for n, phi in SETTINGS if n in DEFAULT_SHOWN and phi < 0.7]
    rows += [_covered_row(shares, n, phi) for n, phi in WITH_ARIMA]
    return rows + [_size_row(shares, n, phi) for n, phi in SIZES]


def _default_row(shares: pd.DataFrame, n: int, phi: float) -> str:
    found = shares.loc[(n, phi, "reml_ar1")]
    covered = [f"{100 * found.loc[effect, 'held']:.1f}" for effect in EFFECTS]
    return _joined(n, f"{phi:.1f}", *covered, f"{100 * found['at_bound'].iloc[0]:.1f}")


def _covered_row(shares: pd.DataFrame, n: int, phi: float) -> str:
    """Per cent of level, slope and effect at 6, by method."""
    cells = [
        " ".join(f"{100 * shares.loc[(n, phi, method, each), 'held']:.0f}" for each in EFFECTS)
        for method in COVERED
    ]
    return _joined(n, f"{phi:.1f}", *cells)


def _size_row(shares: pd.DataFrame, n: int, phi: float) -> str:
    cells = [f"{100 * shares.loc[(n, phi, method, 'level'), 'missed']:.0f}" for method in SIZED]
    return _joined(n, f"{phi:.1f}", *cells)


def _joined(*cells: object) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def main() -> None:
    """Write the table; print what the methods page shows of it."""
    parts = [
        simulate(n, phi, CLOSELY.get((n, phi), SERIES), _SEED, (n, phi) in WITH_ARIMA)
        for n, phi in SETTINGS
    ]
    columns = ["n", "phi", "method", "effect", "series", "held", "half_width", "at_bound"]
    whole = pd.concat(parts)[columns]
    whole.to_csv(TABLE, index=False, lineterminator="\n")
    print("\n".join(tables(whole)))


if __name__ == "__main__":
    main()
