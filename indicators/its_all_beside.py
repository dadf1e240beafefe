"""What stands beside the effects of one indicator: the spread between organisations, the expected rebound."""

from functools import cached_property

import numpy as np
import pandas as pd

from indicators.analyses.its_published import Ask
from indicators.charted import BETTER
from indicators.definition import Indicator
from indicators.entry_rebounds import entry_rebounds
from indicators.its_stays import Event, Stay

ENOUGH = 10
"""Organisations of a type from which their spread is told."""
_MONTHS_BEFORE = 12
_EXCESS = ("excess", "excess_low", "excess_high")


class Beside:
    """One indicator's figures of all organisations, read once for all stays."""

    def __init__(self, indicator: Indicator, event: Event, spells: pd.DataFrame, ask: Ask) -> None:
        self.indicator, self.event, self.spells, self.ask = indicator, event, spells, ask

    def in_spreads(
        self, interval: tuple[float, float, float], stay: Stay, event_on: pd.Timestamp
    ) -> dict[str, float]:
        """A change and its interval, favourable ones positive, in spreads of the year before the event.

        A spread is the standard deviation of the means of organisations of the same type.
        """
        side = BETTER[self.indicator.better]
        spread = self._spread(stay.org_type, event_on) if side else np.nan
        change, *ends = (side * one / spread for one in interval)
        low, high = sorted(ends)
        return {"spreads": change, "spreads_low": low, "spreads_high": high}

    def excess(self, stay: Stay) -> dict[str, float]:
        """What of the change a year after entry lies beyond the expected rebound, where that can be told."""
        if self.event == "exit":
            return {}
        missing = (np.nan, np.nan, np.nan)
        return dict(zip(_EXCESS, self._rebounds.get(stay.spell_ids[0], missing), strict=True))

    @cached_property
    def _values(self) -> pd.DataFrame:
        types = self.ask("organisations").set_index("org_code")["org_type"]
        values = self.ask("lineage_values", indicator=self.indicator.indicator_id, lineage="as_was")
        return values.assign(org_type=values["org_code"].map(types))

    @cached_property
    def _rebounds(self) -> dict[str, tuple[float, float, float]]:
        table = entry_rebounds(self._values, self.indicator, self.spells).table
        told = zip(table["excess"], table["ci_low"], table["ci_high"], strict=True)
        return dict(zip(table["spell_id"], told, strict=True))

    def _spread(self, org_type: str, event_on: pd.Timestamp) -> float:
        starts = self._values["period_start"]
        is_before = (starts >= event_on - pd.DateOffset(months=_MONTHS_BEFORE)) & (
            starts < event_on
        )
        year = self._values[is_before & (self._values["org_type"] == org_type)]
        means = year.groupby("org_code")["value"].mean()
        spread = float(means.std()) if len(means) >= ENOUGH else np.nan
        return spread if spread > 0 else np.nan
