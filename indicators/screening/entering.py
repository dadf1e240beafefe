"""What an indicator's entrants of one type did after entry, beyond what was to be expected."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import norm

from indicators.entry_rebounds import EntryRebounds, entry_rebounds
from indicators.screening.context import Context, Figures, Grid, grid_of
from indicators.screening.pooling import PooledAt, judged_at, pooled_at
from indicators.screening.steps import OfType, Steps, entry_steps
from indicators.stats.regression_to_mean.excess import Rebounds, Settings
from indicators.stats.screen.multiplicity import without_each
from indicators.stats.screen.resampling import (
    DRAWS,
    Estimate,
    FloatArray,
    organisation_weights,
    oriented,
    quotient,
)
from indicators.stats.screen.responsiveness import Effect, standardised_response
from indicators.stats.screen.signal import Changes

LATER, BEFORE = (6, 12), (-12, -3)
"""Months from entry of the response mean, [from, to): 7–12 after, 12–4 before (METHODS 8.3)."""


@dataclass(frozen=True)
class Entered:
    """`effect` (oriented), its probability `p` under no excess, `draws` of the mean excess (D,), and `srm`.

    `without`: least and greatest mean excess when one entrant is left out in turn.
    `changes`: each entrant's observed and expected change; None with its others where nobody is judged.
    `why`: in words why nobody is, where nobody is. `entries`: usable entries, a row each: `org_code, entry`.
    `pooled`: that of `effect`, or why there is none. `steps`: who on record was left out where.
    """

    effect: Effect
    p: float | None
    draws: FloatArray | None
    without: tuple[float, float] | None
    changes: Changes | None
    srm: Estimate | None
    entries: pd.DataFrame
    why: str
    pooled: PooledAt
    steps: Steps


def entered(figures: Figures, org_type: str, context: Context) -> Entered:
    """Entrants of a type: the mean of the year after entry against the quarter before, and what was expected.

    Nobody is judged where neither side of the indicator is better, or where it has one figure a year.
    """
    values = figures.steady[figures.steady["org_type"] == org_type]
    in_pool = judged_at(figures.pooled.get(org_type), "entry")
    told = _rebounds(figures, values, context.spells)
    steps = entry_steps(OfType(org_type, context.on_record, context.spells, figures), told, in_pool)
    beside = pooled_at(in_pool, "entry"), steps
    if isinstance(told, str):
        return _nobody(told, *beside)
    judged = told.table[told.table["excess"].notna()]
    if told.found is None or judged.empty:
        return _nobody("no entrant has figures enough on both sides of its entry", *beside)
    return _of_judged(figures, values, judged, told.found, *beside)


def _rebounds(figures: Figures, values: pd.DataFrame, spells: pd.DataFrame) -> EntryRebounds | str:
    """What entrants did beyond what was to be expected, or why nobody is looked at."""
    reason = _why_not(figures, values, spells["type_today"].fillna(spells["org_type"]))
    settings = Settings("mean_of_year", draws=DRAWS)
    return reason or entry_rebounds(values, figures.indicator, spells, settings)


def _why_not(figures: Figures, values: pd.DataFrame, of_spells: pd.Series) -> str:
    if figures.better == 0:
        return "neither side of it is better"
    if figures.indicator.cadence == "year":
        return "it has one figure a year"
    if values.empty:
        return "it has no figures of cases enough"
    entered_any = of_spells.isin(values["org_type"]).any()
    return "" if entered_any else "no organisation of this type has entered a programme"


def _nobody(why: str, pooled: PooledAt, steps: Steps) -> Entered:
    none = pd.DataFrame({"org_code": [], "entry": []})
    return Entered(
        Effect(0, None, pooled.effect), None, None, None, None, None, none, why, pooled, steps
    )


def _of_judged(
    figures: Figures,
    values: pd.DataFrame,
    judged: pd.DataFrame,
    found: Rebounds,
    pooled: PooledAt,
    steps: Steps,
) -> Entered:
    side, grid = figures.better, grid_of(values, figures.indicator.step_months)
    unit = pd.factorize(judged["org_code"])[0].astype(np.int64)
    excess = oriented(found.together.excess, (found.together.ci_low, found.together.ci_high), side)
    own = side * judged["excess"].to_numpy(dtype=np.float64)
    weights = organisation_weights(int(unit.max()) + 1)[:, unit]
    observed, expected = (
        side * judged[name].to_numpy(dtype=np.float64) for name in ("observed", "expected")
    )
    return Entered(
        Effect(len(judged), excess, pooled.effect),
        probability(excess),
        quotient(weights @ own, weights.sum(axis=1)),
        without_each(own) if len(own) > 1 else None,
        Changes(unit, observed, expected),
        _response(grid, judged, side),
        judged[["org_code", "entry"]].reset_index(drop=True),
        "",
        pooled,
        steps,
    )


def probability(found: Estimate) -> float | None:
    """Two-sided, from the interval as if normal; None where there is none."""
    if found.low is None or found.high is None or found.high <= found.low:
        return None
    error = (found.high - found.low) / (2 * float(norm.isf(0.025)))
    return float(2 * norm.sf(abs(found.value) / error))


def _response(grid: Grid, judged: pd.DataFrame, side: int) -> Estimate | None:
    change = side * changes_around(grid, judged)
    known = np.isfinite(change)
    unit = pd.factorize(judged["org_code"][known])[0].astype(np.int64)
    return standardised_response(change[known], unit)


def changes_around(grid: Grid, entries: pd.DataFrame) -> FloatArray:
    """Mean of LATER less mean of BEFORE, in months from `entry`, of each entry's `org_code`; NaN if unknown.

    Each mean needs three quarters of its periods.
    """
    rows = {org: row for row, org in enumerate(grid.orgs)}
    pairs = zip(entries["org_code"], entries["entry"], strict=True)
    return np.array(
        [
            _mean(grid, rows[org], entry, LATER) - _mean(grid, rows[org], entry, BEFORE)
            for org, entry in pairs
        ]
    )


def _mean(grid: Grid, row: int, entry: float, months: tuple[int, int]) -> float:
    first, end = (grid.column(entry + month) for month in months)
    series = grid.value[row, max(first, 0) : max(end, 0)]
    known = series[np.isfinite(series)]
    return float(known.mean()) if len(known) >= 0.75 * (end - first) else float("nan")
