"""A matched comparator for each case site: same type, never in a programme, near in size and place."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

OTHER_REGION = 1.5
"""An organisation of another region is matched as if its size were this many times further off."""
FAR = 1.5
"""A comparator more than this many times as large or as small is called far in size."""
_NEVER = 1e6
"""The distance of a pair that cannot be: more than the distances of all others together."""


def comparator_pool(organisations: pd.DataFrame, in_programme: set[str]) -> pd.DataFrame:
    """The organisations that can be a comparator: open, and never in a programme on record.

    `organisations`: `org_code, org_type, region, closed_on, successor_code`, one row each. Left out too is
    one that an organisation with a spell has passed into, at once or by steps. Absence from the register is
    no proof of never having been inside.
    """
    free = organisations["closed_on"].isna()
    free &= ~organisations["org_code"].isin(touched_by_programme(organisations, in_programme))
    return organisations[free].reset_index(drop=True)


def touched_by_programme(organisations: pd.DataFrame, in_programme: set[str]) -> set[str]:
    """Those in a programme, and those that one of them has passed into, at once or by steps.

    `organisations`: `org_code, successor_code`, one row each.
    """
    passed_into = organisations.dropna(subset="successor_code")
    links = dict(zip(passed_into["org_code"], passed_into["successor_code"], strict=True))
    touched = set(in_programme)
    for org in in_programme:
        while (org := links.get(org, org)) not in touched:
            touched.add(org)
    return touched


def open_by(sites: pd.DataFrame, organisations: pd.DataFrame) -> pd.Series:
    """The day by which a comparator of each site has to have opened: the last day its entry can have been.

    The start of the programme, where no source gives the entry. A site that was itself formed later (a system
    that entered before it became a board) asks no more of its comparators. `sites`: `org_code,
    entered_latest, programme_started_on`; `organisations`: `org_code, opened_on`, one row each.
    """
    opened = organisations.set_index("org_code")["opened_on"]
    entered = sites["entered_latest"].fillna(sites["programme_started_on"])
    return pd.concat([entered, sites["org_code"].map(opened)], axis="columns").max(axis="columns")


def match_comparators(sites: pd.DataFrame, pool: pd.DataFrame) -> pd.DataFrame:
    """For each site the comparator that keeps the sum of distances of all pairs least; none used twice.

    `sites` and `pool`: `org_code, org_type, region, size` (blank: not known); `sites` has `open_by`, `pool`
    has `opened_on` (blank: always there). Only organisations of one type are paired, and only with a site by
    whose day they had opened. The distance is |ln(size / size)|, and ln 1.5 more for another region. Gives
    one row per site, in its order: `org_code`, `comparator_code` (blank if none), `size_ratio` (comparator
    over site), `same_region`, `why_none`.
    """
    known = pool[pool["size"] > 0].sort_values("org_code", ignore_index=True)
    matched = [
        _match_type(mine, known[known["org_type"] == kind].reset_index(drop=True))
        for kind, mine in sites.groupby("org_type", sort=True)
    ]
    columns = ["org_code", "comparator_code", "size_ratio", "same_region", "why_none"]
    pairs = pd.concat(matched) if matched else pd.DataFrame(columns=columns)
    return sites[["org_code"]].merge(pairs, on="org_code", how="left", validate="one_to_one")


def _match_type(sites: pd.DataFrame, pool: pd.DataFrame) -> pd.DataFrame:
    """Pairs within one type of organisation, and the reason where a site has none."""
    sized = sites[sites["size"] > 0].sort_values("org_code", ignore_index=True)
    distances = _distances(sized, pool)
    rows, columns = linear_sum_assignment(distances)
    can_be = distances[rows, columns] < _NEVER
    rows, columns = rows[can_be], columns[can_be]
    mine, other = sized.iloc[rows].reset_index(drop=True), pool.iloc[columns].reset_index(drop=True)
    pairs = pd.DataFrame(
        {
            "org_code": mine["org_code"],
            "comparator_code": other["org_code"],
            "size_ratio": other["size"] / mine["size"],
            "same_region": other["region"] == mine["region"],
        }
    )
    everyone = sites[["org_code", "size", "open_by"]].merge(pairs, on="org_code", how="left")
    is_paired = everyone["comparator_code"].notna()
    why = [
        None if paired else _why_none(site, pool)
        for paired, site in zip(is_paired, everyone.itertuples(), strict=True)
    ]
    return everyone.drop(columns=["size", "open_by"]).assign(why_none=pd.Series(why, dtype=object))


def _distances(sites: pd.DataFrame, pool: pd.DataFrame) -> NDArray[np.float64]:
    sizes = np.log(sites["size"].to_numpy(float))[:, None] - np.log(pool["size"].to_numpy(float))
    elsewhere = sites["region"].to_numpy()[:, None] != pool["region"].to_numpy()[None, :]
    opened, by = (
        pool["opened_on"].to_numpy("datetime64[s]"),
        sites["open_by"].to_numpy("datetime64[s]"),
    )
    # A comparison with an unknown day is never true: unknown openings count as early enough.
    is_late = opened[None, :] > by[:, None]
    distances: NDArray[np.float64] = np.abs(sizes) + np.log(OTHER_REGION) * elsewhere
    return np.where(is_late, _NEVER, distances)


def _why_none(site: Any, pool: pd.DataFrame) -> str:
    if not site.size > 0:
        return "no size is known for this site"
    if pool.empty:
        return "no organisation of this type, of known size, has stayed out of every programme on record"
    if (pool["opened_on"] > site.open_by).all():
        return "every organisation of this type that could be compared was formed after it entered"
    return "every organisation of this type that could be compared is matched to another site"
