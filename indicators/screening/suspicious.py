"""The signs of measurement risk that the published files can show."""

import numpy as np
import pandas as pd

from indicators.charted import CHARTED_FROM, target_of, within
from indicators.counted import why_not_counted
from indicators.screening.context import Figures, Grid, Values, grid_of
from indicators.screening.entering import changes_around
from indicators.screening.first_looks import spread_of
from indicators.stats.screen.measurement import (
    MeasurementRisk,
    Override,
    Sign,
    bunching,
    denominator_change,
    divergence,
    heaping,
    measurement_risk,
)
from indicators.stats.screen.resampling import FloatArray
from indicators.stats.screen.thresholds import Thresholds


def risk_of(
    figures: Figures, org_type: str, entries: pd.DataFrame, thresholds: Thresholds
) -> MeasurementRisk:
    """Bunching at the standard in force, round counts, denominators that move at entry, and figures that
    improve without those they are paired with; or the level an expert set.

    `entries`: `org_code, entry` of the entrants that are judged.
    """
    values = within(figures.steady, (CHARTED_FROM, None))
    rows = values[values["org_type"] == org_type]
    unit = pd.factorize(rows["org_code"])[0].astype(np.int64)
    everything = figures.values[figures.values["org_type"] == org_type]
    signs = [
        _bunching(figures, rows, unit, thresholds),
        _heaping(figures, rows, unit, thresholds),
        _denominators(everything, entries, figures.indicator.step_months, thresholds),
        _divergence(figures, org_type, entries, thresholds),
    ]
    expert = figures.indicator.measurement_risk
    return measurement_risk(signs, None if expert is None else Override(**dict(expert)))


def _bunching(
    figures: Figures, rows: pd.DataFrame, unit: np.ndarray, thresholds: Thresholds
) -> Sign | None:
    if figures.indicator.unit != "percent" or rows.empty:
        return None
    target = target_of(figures.indicator, rows["period_start"].max())
    if target is None:
        return None
    return bunching(rows["value"].to_numpy(dtype=np.float64), unit, target.value, thresholds)


def _heaping(
    figures: Figures, rows: pd.DataFrame, unit: np.ndarray, thresholds: Thresholds
) -> Sign | None:
    if rows.empty or why_not_counted(figures.indicator, rows):
        return None
    return heaping(rows["numerator"].to_numpy(dtype=np.float64), unit, thresholds)


def _denominators(
    values: pd.DataFrame, entries: pd.DataFrame, step: int, thresholds: Thresholds
) -> Sign | None:
    """Entrants against all others of the type around the same months; one mean change an organisation."""
    known = values[values["denominator"] > 0]
    if entries.empty or known.empty or step == 12:
        return None
    logs = known.assign(log=np.log(known["denominator"].astype(float)))
    grid = grid_of(logs, step, "log")
    entrants = entries[entries["org_code"].isin(grid.orgs)]
    others = [org for org in grid.orgs if org not in set(entries["org_code"])]
    months = sorted(set(entrants["entry"]))
    beside = pd.DataFrame(
        [(org, month) for org in others for month in months], columns=["org_code", "entry"]
    )
    return denominator_change(_moved(grid, entrants), _moved(grid, beside), thresholds)


def _moved(grid: Grid, entries: pd.DataFrame) -> FloatArray:
    changes = entries.assign(change=np.abs(changes_around(grid, entries)))
    return changes.groupby("org_code")["change"].mean().to_numpy(dtype=np.float64)


def _divergence(
    figures: Figures, org_type: str, entries: pd.DataFrame, thresholds: Thresholds
) -> Sign | None:
    """Entrants' change beside that of the paired indicator, both in spreads between organisations."""
    if figures.paired is None or entries.empty:
        return None
    sides = [_in_spreads(one, org_type, entries) for one in (figures, figures.paired)]
    both = pd.concat(sides, axis=1, keys=["own", "paired"]).to_numpy(dtype=np.float64)
    return divergence(both[:, 0], both[:, 1], thresholds)


def _in_spreads(one: Values, org_type: str, entries: pd.DataFrame) -> pd.Series:
    """By organisation the mean change around its entries, more is better; none where nothing is known."""
    values = one.steady[one.steady["org_type"] == org_type]
    between, _ = spread_of(one, org_type)
    if values.empty or between == 0:
        return pd.Series(dtype=np.float64)
    grid = grid_of(values, one.indicator.step_months)
    known = entries[entries["org_code"].isin(grid.orgs)]
    change = one.better * changes_around(grid, known) / between
    return known.assign(change=change).groupby("org_code")["change"].mean()
