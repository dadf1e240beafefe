"""What follows from all indicators together: chance, adjusted probabilities, stability, redundancy."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.charted import CHARTED_FROM, within
from indicators.frozen_entries import month_of
from indicators.screening.context import Figures
from indicators.screening.rows import Looked
from indicators.stats.screen.multiplicity import (
    ByChance,
    Drawn,
    Family,
    by_chance,
    family,
    rank_interval,
    shuffled_passes,
    stability,
)
from indicators.stats.screen.redundancy import (
    correlation_interval,
    less_period,
    redundancy,
    representatives,
)
from indicators.stats.screen.resampling import Estimate, FloatArray
from indicators.stats.screen.thresholds import Thresholds

_QUARTER = 3


@dataclass(frozen=True)
class Cluster:
    """`number` of the cluster among its type's, and whether the indicator may stand for it.

    `likeness`: rank correlation with the one that may; None of that one itself.
    """

    number: int
    is_representative: bool
    likeness: Estimate | None = None


def tested_together(rows: Sequence[Looked]) -> Family:
    """The excess at entry of every indicator and type, one family; NaN where it is not assessable."""
    return family(np.array([tested(row) for row in rows], dtype=np.float64))


def tested(row: Looked) -> float:
    """Probability of the excess at entry were there none; NaN where it is not assessable."""
    is_told = row.response.excess.grade != "not assessable" and row.entered.p is not None
    return float(row.entered.p) if is_told and row.entered.p is not None else float("nan")


def chance_of(rows: Sequence[Looked], thresholds: Thresholds, shuffles: int, seed: int) -> ByChance:
    """How many pass on discrimination, and would if segments were dealt out anew within each type.

    Only rows whose discrimination can be judged without being circular.
    """
    judged = [row for row in rows if is_judged(row)]
    passing = [row.told.found.ordinal.grade in ("strong", "adequate") for row in judged]
    shuffled = [
        shuffled_passes(row.told.placed, thresholds, shuffles, seed)
        for row in judged
        if row.told.placed is not None
    ]
    return by_chance(np.array(passing, dtype=bool), np.array(shuffled))


def is_judged(row: Looked) -> bool:
    """Whether discrimination is known and no circle."""
    found = row.told.found
    return found.ordinal.grade != "not assessable" and not found.is_circular


def stability_of(row: Looked, thresholds: Thresholds) -> float | None:
    """Share of draws in which the excess passes, and discrimination or prediction does.

    None where the excess is not assessable, or neither of the others is.
    """
    excess, moved = row.entered.effect.excess, row.entered.draws
    telling = _telling(row, thresholds)
    if row.response.excess.grade == "not assessable" or excess is None or moved is None:
        return None
    return stability(Drawn(excess, moved, 0.0), telling) if telling else None


def _telling(row: Looked, thresholds: Thresholds) -> list[Drawn]:
    """Discrimination and prediction, as far as they can be judged."""
    ordinal = row.told.found.ordinal.estimate if is_judged(row) else None
    sides = ((ordinal, row.told.draws), (row.prediction.auc.estimate, row.prediction.draws))
    return [
        Drawn(found, draws, thresholds.discrimination)
        for found, draws in sides
        if found is not None and draws is not None
    ]


def ranks_of(rows: Sequence[Looked]) -> dict[tuple[str, str], tuple[int, int]]:
    """By indicator and type the ranks (95 %) of its discrimination among those judged in its type and era."""
    groups: dict[tuple[str, str | None], list[Looked]] = {}
    for row in rows:
        if is_judged(row):
            groups.setdefault((row.org_type, row.told.era), []).append(row)
    found = {}
    for group in groups.values():
        draws = np.array([row.told.draws for row in group], dtype=np.float64)
        for row, ends in zip(group, rank_interval(draws), strict=True):
            found[row.indicator_id, row.org_type] = (int(ends[0]), int(ends[1]))
    return found


def quarterly(figures: Figures) -> pd.DataFrame:
    """`indicator_id, org_type, org_code, quarter, value`: oriented means of quarters since July 2021."""
    values = within(figures.steady, (CHARTED_FROM, None))
    side = figures.better or 1
    quarter = month_of(values["period_start"]) // _QUARTER
    means = (side * values["value"]).groupby(
        [values["org_type"], values["org_code"], quarter.rename("quarter")]
    )
    table = means.mean().rename("value").reset_index()
    return table.assign(indicator_id=figures.indicator.indicator_id)


def clusters_of(
    tables: pd.DataFrame, rows: Sequence[Looked], thresholds: Thresholds
) -> dict[tuple[str, str], Cluster]:
    """By indicator and type its cluster; `tables` are the rows of `quarterly` of all indicators."""
    found: dict[tuple[str, str], Cluster] = {}
    for org_type in dict.fromkeys(row.org_type for row in rows):
        of_type = [row for row in rows if row.org_type == org_type]
        found |= _clusters_in(tables[tables["org_type"] == org_type], of_type, thresholds)
    return found


def _clusters_in(
    table: pd.DataFrame, rows: list[Looked], thresholds: Thresholds
) -> dict[tuple[str, str], Cluster]:
    wide = table.pivot_table(index=["org_code", "quarter"], columns="indicator_id", values="value")
    known = [row for row in rows if row.indicator_id in wide]
    if len(known) < 2:
        return {(row.indicator_id, row.org_type): Cluster(1, True) for row in known}
    values = wide[[row.indicator_id for row in known]].to_numpy(dtype=np.float64)
    quarter = wide.index.get_level_values("quarter").to_numpy(dtype=np.int64)
    left = less_period(values, quarter)
    cluster = redundancy(left, thresholds).cluster
    stands = representatives(cluster, _values(known, "reliability"), _values(known, "timeliness"))
    unit = pd.factorize(wide.index.get_level_values("org_code"))[0].tolist()
    found = {}
    for place, (row, number) in enumerate(zip(known, cluster, strict=True)):
        first = stands[int(number)]
        like = (
            correlation_interval(left[:, place], left[:, first], unit) if first != place else None
        )
        found[row.indicator_id, row.org_type] = Cluster(int(number), first == place, like)
    return found


def _values(rows: list[Looked], criterion: str) -> FloatArray:
    estimates = [getattr(row, criterion).estimate for row in rows]
    return np.array([np.nan if one is None else one.value for one in estimates])
