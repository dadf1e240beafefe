"""Figures of spells as published, beside comparators, or against the year before entry."""

from typing import Literal

import pandas as pd

from indicators.definition import BELOW_ZERO, Unit

Scale = Literal["raw", "difference", "percent"]

LEAST_MONTHS = 6
"""Months before entry, of twelve, that a pre-entry mean has to cover."""
LEAST_SHARE = 0.1
"""A pre-entry mean of no more than this share of the usual value is about zero: no per cent of it is read."""


def scales_of(unit: Unit, usual: float) -> tuple[Scale, ...]:
    """The scales that mean something for a unit; `usual` is the indicator's usual (median) value.

    Per cent of a mean needs figures that count up from zero, and mostly lie well above it.
    """
    if unit in BELOW_ZERO or usual <= 0:
        return "raw", "difference"
    return "raw", "difference", "percent"


def scaled(rows: pd.DataFrame, scale: Scale, least: float = 0.0) -> pd.DataFrame:
    """The rows whose figure can be read on a scale: `value` is the figure on it, `raw_value` as published.

    `rows` are those of `sql/reads/aligned_series`. `difference`: value minus `comparators_median`, the median
    in the same period of at least five organisations of the type never in a programme (missing where there
    are fewer). `percent`: 100 value / `pre_entry_mean`, the organisation's own mean over months -12 to -1 of
    entry, where that covers LEAST_MONTHS and is more than `least`.
    """
    raw = rows["value"]
    kept = rows.assign(raw_value=raw)
    if scale == "difference":
        kept = kept.assign(value=raw - rows["comparators_median"])
    if scale == "percent":
        mean = rows["pre_entry_mean"]
        is_firm = (rows["pre_entry_months"] >= LEAST_MONTHS) & (mean > least)
        kept = kept.assign(value=(100 * raw / mean).where(is_firm))
    return kept[kept["value"].notna()]
