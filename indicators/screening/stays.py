"""When organisations were in a programme, in months."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.frozen_entries import entries_of, first_exposed, month_of
from indicators.stats.screen.resampling import FloatArray


@dataclass(frozen=True)
class Stays:
    """Of one organisation, in months: spells `begun` (earliest) and `ended` (inf: not known), their usable
    `entry` (NaN where it is not), one array each.
    """

    begun: FloatArray
    ended: FloatArray
    entry: FloatArray


def stays_by_organisation(spells: pd.DataFrame) -> dict[str, Stays]:
    """By organisation its spells on record."""
    entries = entries_of(spells)
    entry = entries["entry"].where(entries["why_not"].isna())
    begun = first_exposed(spells["entered_earliest"].fillna(spells["programme_started_on"]))
    ended = first_exposed(spells["left_latest"]).fillna(month_of(spells["programme_ended_on"]) + 1)
    table = pd.DataFrame(
        {
            "org_code": spells["org_code"].to_numpy(),
            "begun": begun.to_numpy(dtype=float),
            "ended": ended.fillna(np.inf).to_numpy(dtype=float),
            "entry": entry.to_numpy(dtype=float),
        }
    )
    return {
        str(org): Stays(*(rows[name].to_numpy() for name in ("begun", "ended", "entry")))
        for org, rows in table.groupby("org_code")
    }
