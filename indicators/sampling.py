"""Choosing case sites that differ as much as possible: a maximum-variation sample with quotas."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.covering import Cover, Mask, solve_cover
from indicators.sampling_design import Design, Quota

NOT_ESTABLISHED = "not established"
"""The level of a site whose year of entry no source gives; it is shown, and never a level to be covered."""


@dataclass(frozen=True)
class Shortfall:
    """A quota that the set does not keep: what was wanted, what it holds, and why no set does better."""

    quota: str
    wanted: str
    found: int
    why: str


@dataclass(frozen=True)
class Sample:
    """The chosen sites, what they cover, and which quotas they do not keep.

    `sites`: the candidates' rows with `asked_for`, `serves` (names of quotas the site counts towards) and
    `only` (pairs of stratum and level that no other site of the set brings). `coverage`: one row per
    `stratum` and `level` with the numbers of `candidates` (excluded ones left out) and `chosen`.
    """

    sites: pd.DataFrame
    coverage: pd.DataFrame
    shortfalls: list[Shortfall]


def candidates_of(spells: pd.DataFrame, programmes: Sequence[str]) -> pd.DataFrame:
    """The organisations with a spell in one of the `programmes`, each with its latest spell, by code.

    `programmes` are in order of time: a spell in a later one is later, and of two in one programme the one
    entered later; an entry that no source gives counts as the earliest. Adds `kind` (trust or icb) and
    `entry_year`, the year of entry where its dates leave no doubt of it, else `not established`.
    """
    mine = spells[spells["programme"].isin(list(programmes))]
    order = mine["programme"].map({name: place for place, name in enumerate(programmes)})
    latest = (
        mine.assign(programme_order=order)
        .sort_values(["programme_order", "entered_earliest"], na_position="first", kind="stable")
        .drop_duplicates("org_code", keep="last")
        .sort_values("org_code", ignore_index=True)
    )
    return latest.drop(columns="programme_order").assign(
        kind=["icb" if kind == "icb" else "trust" for kind in latest["org_type"]],
        entry_year=_entry_years(latest),
    )


def _entry_years(spells: pd.DataFrame) -> list[str]:
    bounds = zip(spells["entered_earliest"], spells["entered_latest"], strict=True)
    return [
        str(first.year) if pd.notna(first) and first.year == last.year else NOT_ESTABLISHED
        for first, last in bounds
    ]


def draw_sample(candidates: pd.DataFrame, design: Design) -> Sample:
    """The set of sites that keeps the quotas as far as any set can, and then covers the most levels.

    `candidates`: one row per `org_code` with the columns that strata and quotas name. Exact, not a search:
    one unit of a missed quota weighs more than all coverage, coverage more than the seed. Fewer candidates
    than places: all of them. Same candidates (in any order), design and seed: same set. ValueError where an
    organisation is to be in and out, is no candidate, or where more must be in than there are places.
    """
    design.check(candidates)
    ordered = candidates.sort_values("org_code", ignore_index=True)
    # Drawn for all, so that leaving one out does not reshuffle the others.
    noise = np.random.default_rng(design.seed).random(len(ordered))
    allowed = ~ordered["org_code"].isin(list(design.exclude))
    available = ordered[allowed].reset_index(drop=True)
    chosen = solve_cover(_cover(available, design, noise[allowed.to_numpy()]))
    sites = available[chosen].reset_index(drop=True)
    return Sample(
        _with_reasons(sites, design),
        _coverage(available, sites, design),
        _shortfalls(available, sites, design),
    )


def _cover(candidates: pd.DataFrame, design: Design, noise: np.ndarray) -> Cover:
    return Cover(
        size=min(design.size, len(candidates)),
        levels=[
            _mask(candidates[stratum] == level)
            for stratum, levels in design.strata.items()
            for level in levels
        ],
        quotas=[
            (_mask(quota.members(candidates)), quota.at_least, quota.at_most)
            for quota in design.all_quotas
        ],
        must=_mask(candidates["org_code"].isin(list(design.must))),
        noise=noise,
    )


def _mask(flags: "pd.Series[bool]") -> Mask:
    return flags.to_numpy(dtype=bool)


def _coverage(candidates: pd.DataFrame, sites: pd.DataFrame, design: Design) -> pd.DataFrame:
    rows = [
        (stratum, level, *(int((frame[stratum] == level).sum()) for frame in (candidates, sites)))
        for stratum, levels in design.strata.items()
        for level in levels
    ]
    return pd.DataFrame(rows, columns=["stratum", "level", "candidates", "chosen"])


def _with_reasons(sites: pd.DataFrame, design: Design) -> pd.DataFrame:
    wanted = [(quota.name, quota.members(sites)) for quota in design.quotas if quota.at_least]
    counts = {stratum: sites[stratum].value_counts() for stratum in design.strata}
    serves = [[name for name, members in wanted if members[row]] for row in sites.index]
    only = [
        [
            (stratum, level)
            for stratum, levels in design.strata.items()
            if (level := sites[stratum][row]) in levels and counts[stratum][level] == 1
        ]
        for row in sites.index
    ]
    return sites.assign(
        asked_for=sites["org_code"].isin(list(design.must)),
        serves=pd.Series(serves, sites.index, dtype=object),
        only=pd.Series(only, sites.index, dtype=object),
    )


def _shortfalls(candidates: pd.DataFrame, sites: pd.DataFrame, design: Design) -> list[Shortfall]:
    missed = []
    for quota in design.all_quotas:
        found, available = int(quota.members(sites).sum()), int(quota.members(candidates).sum())
        if found < quota.at_least:
            missed.append(
                Shortfall(quota.name, quota.wanted, found, _why_too_few(available, quota))
            )
        elif quota.at_most is not None and found > quota.at_most:
            why = "the other wishes leave no choice of fewer"
            missed.append(Shortfall(quota.name, quota.wanted, found, why))
    return missed


def _why_too_few(available: int, quota: Quota) -> str:
    if available >= quota.at_least:
        return f"{available} candidates are of this kind, but the other wishes take the places"
    if not available:
        return "no candidate is of this kind"
    return f"only {available} {'candidate is' if available == 1 else 'candidates are'} of this kind"
