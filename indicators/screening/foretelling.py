"""Days on which organisations outside a programme could enter one, and what was known of them then."""

import numpy as np
import pandas as pd

from indicators.frozen_entries import month_of
from indicators.screening.context import Context, Figures, grid_of
from indicators.screening.stays import Stays
from indicators.stats.screen.as_known import known_on
from indicators.stats.screen.prediction import Prediction, Risk, prediction
from indicators.stats.screen.resampling import FloatArray, not_assessable
from indicators.stats.screen.thresholds import Thresholds

_DAYS_A_MONTH = 30.4375
_QUARTER = 3


def foretold(
    figures: Figures, org_type: str, context: Context, thresholds: Thresholds
) -> Prediction:
    """Entry into a programme within twelve months, from what was published by each quarter's first day.

    An era's end cuts what is followed: no entry is foretold across it.
    """
    reason = _why_not(figures)
    values = figures.steady[figures.steady["org_type"] == org_type]
    if reason or values.empty:
        why = reason or "it has no figures of this type"
        return Prediction(not_assessable(why), None, None, None, None, None, 0)
    return prediction(risk_of(figures, values, context), thresholds)


def _why_not(figures: Figures) -> str:
    if figures.better == 0:
        return "neither side of it is better"
    return "it has one figure a year" if figures.indicator.cadence == "year" else ""


def risk_of(figures: Figures, values: pd.DataFrame, context: Context) -> Risk:
    """A row per organisation and quarter outside a programme."""
    grid = grid_of(values, figures.indicator.step_months)
    ends: FloatArray = grid.first + grid.step * np.arange(1.0, grid.value.shape[1] + 1)
    published: FloatArray = ends + figures.indicator.lag_days / _DAYS_A_MONTH
    last = int(published[-1]) + 1
    days = np.arange(grid.first + (-grid.first) % _QUARTER, last + _QUARTER, _QUARTER)
    known = known_on(figures.better * grid.value, published, days.astype(float), 12 // grid.step)
    features = np.stack([known.level, known.change, known.state], axis=2)
    stays = context.stays
    horizon = _era_ends(days, context)
    followed = [_followed(stays.get(org), days, horizon) for org in grid.orgs]
    until, watched, outside = (np.array(part) for part in zip(*followed, strict=True))
    unit, day = np.nonzero(outside)
    beside = _segments(grid.orgs, days, context)[unit, day]
    return Risk(
        unit.astype(np.int64),
        days[day].astype(np.int64),
        features[unit, day],
        np.column_stack([beside, beside > 0]),
        until[unit, day],
        watched[unit, day],
    )


def _followed(
    stays: Stays | None, days: np.ndarray, horizon: FloatArray
) -> tuple[FloatArray, FloatArray, np.ndarray]:
    """Months until the next usable entry, months followed (up to `horizon`), and whether outside, by day."""
    if stays is None:
        never: FloatArray = np.full(len(days), np.inf)
        return never, horizon - days, np.ones(len(days), dtype=bool)
    is_in = (stays.begun <= days[:, None]) & (days[:, None] < stays.ended)
    later = np.where(stays.begun > days[:, None], stays.begun, np.inf).min(axis=1)
    entry = np.where(stays.entry > days[:, None], stays.entry, np.inf).min(axis=1)
    # Another spell that begins first, or whose beginning is not known to the month, ends the watch.
    comes = (entry <= horizon) & (later >= entry)
    until: FloatArray = np.where(comes, entry - days, np.inf)
    return until, np.minimum(horizon, later) - days, np.asarray(~is_in.any(axis=1))


def _era_ends(days: np.ndarray, context: Context) -> FloatArray:
    """The end of the era of each day, or of the record where that comes sooner."""
    starts = month_of(pd.to_datetime(context.eras["starts_on"])).to_numpy(dtype=float)
    place = np.searchsorted(starts, days, side="right")
    ends = np.append(starts, np.inf)[place]
    told = ("entered_latest", "left_latest", "last_known_in_earliest")
    columns = [month_of(pd.to_datetime(context.spells[name])).max() for name in told]
    return np.asarray(np.minimum(ends, float(np.nanmax(columns))))


def _segments(orgs: tuple[str, ...], days: np.ndarray, context: Context) -> FloatArray:
    """The last segment stated for a quarter of the same era that was over by each day; 0 where none was."""
    found = np.zeros((len(orgs), len(days)))
    rows = {org: row for row, org in enumerate(orgs)}
    starts = month_of(pd.to_datetime(context.eras["starts_on"])).to_numpy(dtype=float)
    era_of_day = np.searchsorted(starts, days, side="right")
    for unit, period, state in context.segments.sort_values("period")[
        ["unit", "period", "state"]
    ].itertuples(index=False):
        over = _QUARTER * (period + 1)
        same_era = era_of_day == np.searchsorted(starts, over - 1, side="right")
        if unit in rows:
            found[rows[unit], (days >= over) & same_era] = state
    return found
