"""Coverage, timeliness and reliability of one indicator among one type of organisation."""

import numpy as np
import pandas as pd

from indicators.charted import CHARTED_FROM, within
from indicators.coverage import coverage_of
from indicators.frozen_entries import month_of
from indicators.screening.context import Figures, Values
from indicators.stats.reliability import Reliability
from indicators.stats.screen import quality as criterion
from indicators.stats.screen.resampling import FloatArray, Scored, not_assessable
from indicators.stats.screen.signal import Signal, signal
from indicators.stats.screen.thresholds import Thresholds
from indicators.stats.variance_components import components_of

_WITHHELD = "withheld"


def quality_of(figures: Figures, org_type: str, thresholds: Thresholds) -> criterion.Quality:
    """Coverage as the Library counts it, of the organisations of a type that have a figure."""
    rows = figures.coverage[figures.coverage["org_type"] == org_type]
    table = coverage_of(rows, figures.indicator.step_months).organisations
    orgs = pd.Index(table["org_code"])
    values = figures.values[figures.values["org_code"].isin(orgs)]
    withheld = rows[rows["missing_reason"].fillna("").str.startswith(_WITHHELD)]
    months = month_of(values["period_start"])
    return criterion.quality(
        criterion.Figures(
            (table["published"] + table["missing"]).to_numpy(dtype=np.float64),
            table["published"].to_numpy(dtype=np.float64),
            _counted(withheld, orgs),
            _counted(_small(values, figures, thresholds), orgs),
            int(months.max() - months.min()) + figures.indicator.step_months,
            len(figures.indicator.breaks),
        ),
        thresholds,
    )


def _small(values: pd.DataFrame, figures: Figures, thresholds: Thresholds) -> pd.DataFrame:
    """Shares of fewer cases than are asked for; figures without a denominator are none."""
    if figures.indicator.unit != "percent":
        return values.head(0)
    return values[values["denominator"] < thresholds.denominator]


def _counted(rows: pd.DataFrame, orgs: pd.Index) -> FloatArray:
    counts = rows["org_code"].value_counts().reindex(orgs, fill_value=0)
    return np.asarray(counts, dtype=np.float64)


def timeliness_of(figures: Figures, thresholds: Thresholds) -> Scored:
    """From the catalogue's usual delay: files on disk are often later editions of what came out earlier."""
    return criterion.timeliness(np.array([float(figures.indicator.lag_days)]), thresholds)


def signal_of(found: Reliability | str, thresholds: Thresholds) -> Signal | Scored:
    """The criterion, or in its place why it cannot be judged."""
    if isinstance(found, str):
        return not_assessable(found)
    return signal(found, thresholds)


def spread_of(figures: Values, org_type: str) -> tuple[float, float]:
    """Standard deviations between and within organisations, period means taken out; 0 where not known."""
    values = within(figures.steady, (CHARTED_FROM, None))
    rows = values[values["org_type"] == org_type]
    unit = pd.factorize(rows["org_code"])[0].astype(np.int64)
    period = month_of(rows["period_start"]).to_numpy(dtype=np.int64)
    try:
        found = components_of(unit, period, rows["value"].to_numpy(dtype=np.float64))
    except ValueError:
        return 0.0, 0.0
    return float(np.sqrt(found.between)), float(np.sqrt(found.within))
