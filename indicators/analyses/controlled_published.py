"""One organisation's published series beside comparators of its type, matched on the time before entry."""

from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from indicators.analyses.controlled_rows import ControlledRows, PoolRefused
from indicators.analyses.controlled_spec import Matching, Spec
from indicators.analyses.its_published import interrupted_rows, within_months
from indicators.analyses.its_rows import InterruptedRows, specification_of
from indicators.analyses.own_panel import GivenPanel
from indicators.analyses.published_series import as_series
from indicators.analyses.refusal import Refusal
from indicators.charted import steady
from indicators.comparator_pool import comparator_pool, explain
from indicators.definition import Indicator
from indicators.stats.its.notices import Notice
from indicators.stats.matching import (
    BALANCED,
    FEWEST,
    Matched,
    before_entry,
    match,
    standardised_differences,
)
from sql.reads import read

SETS: tuple[Matching, ...] = ("unmatched", "slope", "level_slope")
"""The sets of comparators that stand side by side."""
SIZE = "log of size"
_NO_TRAITS = "comparable, and its size or enough figures before entry are not on record"


@dataclass(frozen=True)
class _Pool:
    """The pool's `traits` by organisation (`level`, `slope` and, where on record, size), the `own` too."""

    own: pd.Series
    traits: pd.DataFrame

    def matched(self, names: list[str], number: int) -> Matched:
        own, pool = self.own[names].to_numpy(float), self.traits[names].to_numpy(float)
        return match(own, pool, names.index("slope"), number)

    def codes(self, matched: Matched) -> tuple[str, ...]:
        return tuple(self.traits.index[list(matched.places)])


def controlled_rows(spec: Spec, warehouse: duckdb.DuckDBPyConnection) -> ControlledRows:
    """The series of `org` and of its pool of comparators, and who is chosen of it in three ways.

    Refuses what a single series refuses, and `TOO_FEW_COMPARATORS` with fewer than five in the pool.
    """
    own = interrupted_rows(spec, warehouse)
    if own.indicator is None or spec.org is None:
        raise ValueError("a published series has an indicator and an organisation")
    values = _values(spec, warehouse, own.indicator)
    mine = values.loc[values["org_code"] == spec.org, "period_start"]
    window = {"first": mine.min().date(), "last": mine.max().date()}
    candidates = read(warehouse, "comparator_candidates", org=spec.org, **window)
    filled = values[values["period_start"].isin(mine)].groupby("org_code").size()
    judged = comparator_pool(candidates, spec.org, {str(k): int(n) for k, n in filled.items()})
    chosen = list(judged.loc[judged["is_in"], "org_code"])
    if len(chosen) < FEWEST:
        can = (
            f"{len(chosen)} organisation{'s' * (len(chosen) != 1)} can be compared with {spec.org}"
        )
        advice = "Choose another measure, or in a document a shorter stretch (from, to)."
        text = f"{can}, and {FEWEST} are the fewest. {advice}"
        raise PoolRefused("TOO_FEW_COMPARATORS", text, judged)
    panel = _panel(values, [spec.org, *chosen], own.indicator)
    sizes = read(warehouse, "organisation_sizes").set_index("org_code")["size"]
    return _choose(spec, own, panel, judged, sizes)


def _values(spec: Spec, warehouse: duckdb.DuckDBPyConnection, indicator: Indicator) -> pd.DataFrame:
    found = read(
        warehouse, "lineage_values", indicator=indicator.indicator_id, lineage=spec.lineage
    )
    return steady(within_months(found, spec), indicator)


def _panel(values: pd.DataFrame, orgs: list[str], indicator: Indicator) -> GivenPanel:
    place = values["org_code"].map({org: place for place, org in enumerate(orgs)})
    chosen = values.assign(place=place).dropna(subset="place")
    ordered = chosen.sort_values(["place", "period_start"], ignore_index=True)
    return GivenPanel(as_series(ordered, indicator, {}))


def _choose(
    spec: Spec, own: InterruptedRows, panel: GivenPanel, judged: pd.DataFrame, sizes: pd.Series
) -> ControlledRows:
    """The three sets of comparators, why each of the pool is in or out, and how they balance."""
    try:
        pool = _traits(spec, own, panel, sizes)
    except Refusal as refusal:
        raise PoolRefused(refusal.code, refusal.message, judged) from refusal
    names = list(pool.traits.columns)
    by_slope, by_all = (pool.matched(some, spec.nearest) for some in (["slope"], names))
    everyone = tuple(judged.loc[judged["is_in"], "org_code"])
    sets = dict(zip(SETS, (everyone, pool.codes(by_slope), pool.codes(by_all)), strict=True))
    matched = {"slope": by_slope, "level_slope": by_all}.get(spec.matching)
    chosen = sets[spec.matching]
    balance = _balance(pool, [code for code in chosen if code in pool.traits.index])
    return ControlledRows(
        panel,
        str(spec.org),
        sets,
        spec.matching,
        judged
        if matched is None
        else explain(judged, chosen, _passed_over(pool, matched, everyone)),
        own.indicator,
        balance,
        (*own.notices, *_told(spec, balance, matched, SIZE in names)),
    )


def _traits(spec: Spec, own: InterruptedRows, panel: GivenPanel, sizes: pd.Series) -> _Pool:
    """Traits before entry; size only where that of the one that entered is on record."""
    specification = specification_of(own, spec)
    per_year = specification.calendar.per_year or 12
    wide = panel.series.frame.pivot_table(index="count", columns="series", values="value")
    count = wide.index.to_numpy(dtype=np.int64)
    level, slope = before_entry(
        wide.to_numpy(dtype=float), count, specification.interruptions[0], per_year
    )
    traits = pd.DataFrame({"level": level, "slope": slope}, wide.columns)
    size = np.log(sizes.reindex(wide.columns).astype(float))
    if pd.notna(size[spec.org]):
        traits[SIZE] = size
    mine = traits.T[str(spec.org)]
    pool = traits.drop(index=[str(spec.org)]).dropna()
    if mine.isna().any() or len(pool) < FEWEST:
        text = f"Comparators of {spec.org} cannot be matched: too few figures before entry."
        advice = "Choose a longer stretch before entry, or another measure."
        raise Refusal("TOO_FEW_POINTS", f"{text} {advice}")
    return _Pool(mine, pool)


def _passed_over(pool: _Pool, matched: Matched, everyone: tuple[str, ...]) -> dict[str, str]:
    """Why each of the pool that was not chosen was not."""
    chosen = len(matched.places)
    words = {
        True: f"comparable, and {chosen} others are nearer before entry",
        False: "comparable, and its slope before entry is too far off",
    }
    near = dict(zip(pool.traits.index, matched.near, strict=True))
    return {code: words[bool(near[code])] if code in near else _NO_TRAITS for code in everyone}


def _balance(pool: _Pool, chosen: list[str]) -> pd.DataFrame:
    near = pool.traits.loc[chosen]
    smd = standardised_differences(
        pool.own.to_numpy(float), pool.traits.to_numpy(float), near.to_numpy(float)
    )
    return pd.DataFrame(
        {
            "trait": pool.traits.columns,
            "entered": pool.own.to_numpy(float),
            "comparators": near.mean().to_numpy(float),
            "smd": smd,
        }
    )


def _told(
    spec: Spec, balance: pd.DataFrame, matched: Matched | None, has_size: bool
) -> tuple[Notice, ...]:
    """What has to be known of the comparators before the result is believed."""
    told = []
    poor = balance[~(balance["smd"].abs() < BALANCED)]
    if len(poor):
        apart = ", ".join(f"{row.trait} ({row.smd:+.2f})" for row in poor.itertuples())
        cause = f"Before entry {spec.org} is not like its comparators: {apart} standard deviations apart"
        advice = "Read the result beside the synthetic control"
        told.append(Notice("POOR_MATCH", f"{cause}, and {BALANCED} is too many. {advice}."))
    if matched is not None and matched.is_wide:
        cause = f"Fewer than {FEWEST} organisations ran as {spec.org} did before entry"
        text = f"{cause}, so those nearest by slope are taken. Compare the unmatched estimate."
        told.append(Notice("POOR_MATCH", text))
    text = (
        "Matching on the level before entry, of an organisation chosen at its worst, can itself make a "
        "change: comparators at a passing low rebound too, and those low for good do not."
    )
    told.append(
        Notice("MATCHED_ON_LEVEL", f"{text} Compare the three estimates, unmatched to matched.")
    )
    missing = "deprivation of the region" if has_size else "deprivation of the region, and size,"
    verb = "is" if has_size else "are"
    text = f"The {missing} {verb} not on record, so comparators are not matched on that."
    told.append(Notice("NOT_MATCHED_ON", f"{text} Judge by the list of names."))
    return tuple(told)
