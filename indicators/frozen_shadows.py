"""Shadow entrants: never in a programme, but with a year like that of an entrant before it (METHODS 6.2)."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.stats.regression_to_mean.shadows import CLOSE, MONTHS, level_and_slope


def shadows_of(
    beside: pd.DataFrame, entrants: pd.DataFrame, timed: pd.DataFrame, step: int
) -> NDArray[np.bool_]:
    """Whether each row of `beside` (`spell_id, org_code`) is a shadow of its spell.

    Its mean of the last 3 months before entry and its slope over the last 12 lie within 0.25 standard
    deviations of the entrant's, the deviations being those of all organisations compared with that spell in
    the same calendar months. `entrants`: `spell_id, org_code, entry`; `timed`: `org_code, month, value`.
    Only monthly figures, all twelve there: nothing is a shadow otherwise.
    """
    if step != 1 or beside.empty:
        return np.zeros(len(beside), bool)
    entry = entrants.set_index("spell_id")[["entry", "org_code"]]
    asked = beside[["spell_id", "org_code"]].assign(entry=beside["spell_id"].map(entry["entry"]))
    of_entrants = entry.reset_index()
    mine = _trajectories(of_entrants, timed).set_axis(of_entrants["spell_id"])
    theirs = _trajectories(asked, timed)
    spread = theirs.groupby(beside["spell_id"]).std()
    spells = beside["spell_id"]
    away = np.abs(theirs.to_numpy() - mine.loc[spells].to_numpy())
    # A comparison with what is missing is never true.
    return np.asarray((away <= CLOSE * spread.loc[spells].to_numpy()).all(axis=1))


def _trajectories(asked: pd.DataFrame, timed: pd.DataFrame) -> pd.DataFrame:
    """Level and slope of the year before each entry, one row per row of `asked`; missing unless complete."""
    first = int(timed["month"].min())
    table = timed.pivot_table(index="org_code", columns="month", values="value")
    table = table.reindex(columns=range(first, int(timed["month"].max()) + 1))
    places = table.index.get_indexer(pd.Index(asked["org_code"]))
    columns = asked["entry"].to_numpy(dtype=int)[:, None] - first + np.arange(-MONTHS, 0)
    inside = (columns >= 0) & (columns < table.shape[1])
    year = np.where(
        inside, table.to_numpy()[places[:, None], columns.clip(0, table.shape[1] - 1)], np.nan
    )
    return pd.DataFrame(level_and_slope(year), columns=["level", "slope"], index=asked.index)
