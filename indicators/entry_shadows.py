"""Who was never in a programme, but had a year like the one before an entry, and what came after.

From one indicator's published figures and the spells on record. Method:
`docs/methods/regression_to_the_mean.md`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from indicators.charted import steady
from indicators.definition import Indicator
from indicators.entry_rebounds import NO_FIGURES, by_period, judged_entries
from indicators.stats.regression_to_mean.shadows import LAST, MONTHS, shadows_beside

FEWEST = 3
"""Shadows from which they are shown and their mean is told."""
NOT_MONTHLY = "its figures are not by month, so that a year has too few of them to be alike"
NO_YEAR = "a figure is missing in the twelve months before entry"
NOTHING_AFTER = "no figure from entry on is published"
_AHEAD, _AFTER = 24, 12
_ENDS = (0.1, 0.9)


@dataclass(frozen=True)
class EntryShadows:
    """`paths`: a row per organisation by code, the entrant first, then its shadows; a column per month, named
    by its first day, from twelve before entry to up to twenty-four from it on, NaN without a figure.

    `mean`: of the shadows, by month, NaN where under three quarters of them have a figure. `compared`:
    organisations that could have been one, with a whole year.
    """

    paths: pd.DataFrame
    mean: pd.Series
    compared: int
    entered_on: pd.Timestamp

    @property
    def shadows(self) -> list[str]:
        """Codes of the shadows."""
        return list(self.paths.index[1:])

    @property
    def is_enough(self) -> bool:
        """Whether there are three or more, so that they can be told."""
        return len(self.shadows) >= FEWEST

    @property
    def first(self) -> pd.Timestamp:
        """The first day of the first month inside."""
        return pd.Timestamp(self.paths.columns[MONTHS])

    @property
    def middle(self) -> pd.DataFrame:
        """By month the ends of the middle 80 % of the shadows, `low` and `high`, where there is a mean."""
        ends = self.paths.iloc[1:].quantile(list(_ENDS)).T
        return ends.set_axis(["low", "high"], axis="columns").where(self.mean.notna())

    @cached_property
    def changes(self) -> pd.DataFrame:
        """By organisation `base`, the mean of the last three months before entry, `outcome`, the twelfth
        month from entry on, and `change`, what lies between; missing where that month has no figure.
        """
        base = self.paths.iloc[:, MONTHS - LAST : MONTHS].mean(axis="columns")
        after = self.paths.iloc[:, MONTHS + _AFTER - 1 : MONTHS + _AFTER]
        outcome = after.iloc[:, 0] if after.shape[1] else np.nan
        return pd.DataFrame({"base": base, "outcome": outcome, "change": outcome - base})


def entry_shadows(
    values: pd.DataFrame,
    indicator: Indicator,
    spells: pd.DataFrame,
    spell_id: str,
    never: Collection[str],
) -> EntryShadows | str:
    """The shadows of a spell's organisation, or in words why none are sought.

    `values`: `org_code, period_start, value` (and `denominator`); `spells`: as `read_spells` gives them;
    `never`: the organisations of its type never in a programme. Months after a change of definition are left
    out; reasons against an entry are those of `entry_rebounds`.
    """
    entries = judged_entries(spells, indicator)
    row: Any = next(entries[entries["spell_id"] == spell_id].itertuples())
    if not pd.isna(row.why_not):
        return str(row.why_not)
    if indicator.step_months != 1:
        return NOT_MONTHLY
    org = str(row.org_code)
    known = steady(values[values["org_code"].isin([org, *never])], indicator)
    if org not in set(known["org_code"]):
        return NO_FIGURES
    table = by_period(known, 1)
    months = range(int(row.entry) - MONTHS, int(min(row.entry + _AHEAD, row.until)))
    seen = [month for month in months if month <= int(table.columns.max())]
    return _found(table.reindex(columns=seen), org, pd.Timestamp(row.entered_on))


def _found(table: pd.DataFrame, org: str, entered_on: pd.Timestamp) -> EntryShadows | str:
    """Among the rows of `table`, whose first twelve columns are the months before entry."""
    entrant, others = table.loc[org], table.drop(index=org)
    if entrant.iloc[:MONTHS].isna().any():
        return NO_YEAR
    if entrant.iloc[MONTHS:].isna().all():
        return NOTHING_AFTER
    found = shadows_beside(entrant.to_numpy(dtype=float), others.to_numpy(dtype=float), MONTHS)
    kept = pd.concat([table.loc[[org]], others[found.is_shadow]])
    months = table.columns.astype(int)
    days = [pd.Timestamp(month // 12, month % 12 + 1, 1) for month in months]
    return EntryShadows(
        kept.set_axis(days, axis="columns"),
        pd.Series(found.path, index=days),
        int(others.iloc[:, :MONTHS].notna().all(axis="columns").sum()),
        entered_on,
    )
