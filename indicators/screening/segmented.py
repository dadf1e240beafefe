"""An indicator's figures beside the segments of one era, organisations always in the same order."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.charted import steady
from indicators.screening.context import Context, Figures
from indicators.stats.screen.discrimination import (
    Discrimination,
    Placed,
    discrimination,
    pairs_of,
)
from indicators.stats.screen.resampling import (
    FloatArray,
    not_assessable,
    organisation_weights,
)
from indicators.stats.screen.thresholds import Thresholds


@dataclass(frozen=True)
class Told:
    """Discrimination in the era that is judged; `era` None where no era can be, `placed` what it rests on."""

    found: Discrimination
    era: str | None
    placed: Placed | None

    @property
    def draws(self) -> FloatArray | None:
        """The ordinal share in each draw of organisations (D,)."""
        if self.placed is None:
            return None
        return pairs_of(self.placed).share(organisation_weights(len(self.placed.value)))


def told_apart(figures: Figures, org_type: str, context: Context, thresholds: Thresholds) -> Told:
    """The latest era in which it can be judged without being circular; else the latest in which it can be."""
    if figures.better == 0:
        return _untold("neither side of it is better")
    stated = context.segments[context.segments["unit"].map(context.types) == org_type]
    eras = [era for era in context.eras["era_id"][::-1] if era in set(stated["era_id"])]
    found = [_in_era(figures, org_type, era, context, thresholds) for era in eras]
    judged = [one for one in found if one.found.ordinal.grade != "not assessable"]
    ordered = sorted(judged, key=lambda one: one.found.is_circular)
    if ordered:
        return ordered[0]
    reasons = [one.found.ordinal.reason for one in found]
    return _untold(reasons[0] if reasons else "no segments of its type are on record")


def _in_era(
    figures: Figures, org_type: str, era: str, context: Context, thresholds: Thresholds
) -> Told:
    placed = placed_in(figures, org_type, era, context)
    # The segments and scores of the frameworks themselves are no evidence about them.
    own = figures.indicator.group == "oversight"
    is_circular = own or era in figures.indicator.in_segment_formula
    return Told(discrimination(placed, is_circular, thresholds), era, placed)


def _untold(why: str) -> Told:
    none = Discrimination(not_assessable(why), None, None, float("nan"), 0, 0, is_circular=False)
    return Told(none, None, None)


def placed_in(figures: Figures, org_type: str, era: str, context: Context) -> Placed:
    """All organisations of the type with a segment in the era, by code, and all quarters with one."""
    stated = context.segments[context.segments["era_id"] == era]
    stated = stated[stated["unit"].map(context.types) == org_type]
    orgs, quarters = (pd.Index(sorted(stated[name].unique())) for name in ("unit", "period"))
    segment = np.zeros((len(orgs), len(quarters)), dtype=np.int64)
    value = np.full(segment.shape, np.nan)
    rows = figures.by_segment
    rows = steady(rows[(rows["era_id"] == era) & (rows["org_type"] == org_type)], figures.indicator)
    start = rows["quarter_start"].dt
    row = orgs.get_indexer(pd.Index(rows["org_code"]))
    column = quarters.get_indexer(pd.Index(4 * start.year + start.quarter - 1))
    kept = (row >= 0) & (column >= 0)
    value[row[kept], column[kept]] = figures.better * rows["value"].to_numpy(dtype=np.float64)[kept]
    at = (
        orgs.get_indexer(pd.Index(stated["unit"])),
        quarters.get_indexer(pd.Index(stated["period"])),
    )
    segment[at] = stated["state"].to_numpy(dtype=np.int64)
    return Placed(value, segment)
