"""Whether an indicator is a share of people or events counted one by one, so that chance is known."""

import pandas as pd

from indicators.definition import Indicator

_STOCK = "beds"
"""The group whose figures are averages of beds over the days of a period."""


def why_not_counted(indicator: Indicator, rows: pd.DataFrame) -> str | None:
    """The reason, a clause, why binomial chance does not apply to the figures `rows`; None where it does.

    `rows` have `numerator` and `denominator`. Half people, as in shared cancer pathways, count.
    """
    if indicator.unit != "percent":
        return "it is no share of people or events"
    if indicator.measures.denominator is None:
        return "its numerators and denominators are not published"
    if indicator.group == _STOCK:
        return "its figures are averages of beds over days, not people counted one by one"
    halves = 2 * rows[["numerator", "denominator"]].dropna()
    if (halves % 1 != 0).any(axis=None):
        return "its figures are days or parts of posts added up, not people counted one by one"
    return None


def counted_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with a numerator and a denominator above 0."""
    known = rows.dropna(subset=["numerator", "denominator"])
    return known[known["denominator"] > 0].reset_index(drop=True)
