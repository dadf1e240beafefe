"""Shadow entrants: never in a programme, but with a year like that of an entrant before it (METHODS 6.2)."""

from dataclasses import dataclass

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
    figures = _figures(timed)
    mine = _trajectories(of_entrants, figures).set_axis(of_entrants["spell_id"])
    theirs = _trajectories(asked, figures)
    spread = theirs.groupby(beside["spell_id"]).std()
    spells = beside["spell_id"]
    away = np.abs(theirs.to_numpy() - mine.loc[spells].to_numpy())
    # A comparison with what is missing is never true.
    return np.asarray((away <= CLOSE * spread.loc[spells].to_numpy()).all(axis=1))


@dataclass(frozen=True)
class _Figures:
    """`table`: a row per organisation of `orgs`, a column per month from `first` on; missing without one."""

    orgs: pd.Index
    first: int
    table: NDArray[np.float64]


def _figures(timed: pd.DataFrame) -> _Figures:
    row, orgs = pd.factorize(timed["org_code"])
    month = timed["month"].to_numpy(dtype=int)
    first = int(month.min())
    table = np.full((len(orgs), int(month.max()) - first + 1), np.nan)
    table[row, month - first] = timed["value"].to_numpy(dtype=float)
    return _Figures(pd.Index(orgs), first, table)


def _trajectories(asked: pd.DataFrame, figures: _Figures) -> pd.DataFrame:
    """Level and slope of the year before each entry, one row per row of `asked`; missing unless complete."""
    table = figures.table
    places = figures.orgs.get_indexer(pd.Index(asked["org_code"]))
    columns = asked["entry"].to_numpy(dtype=int)[:, None] - figures.first + np.arange(-MONTHS, 0)
    inside = (columns >= 0) & (columns < table.shape[1])
    year = np.where(inside, table[places[:, None], columns.clip(0, table.shape[1] - 1)], np.nan)
    return pd.DataFrame(level_and_slope(year), columns=["level", "slope"], index=asked.index)
