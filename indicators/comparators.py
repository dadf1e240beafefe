"""A matched comparator for each case site: same type, never in a programme, near in size and place."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

OTHER_REGION = 1.5
"""An organisation of another region is matched as if its size were this many times further off."""
FAR = 1.5
"""A comparator more than this many times as large or as small is called far in size."""


def comparator_pool(organisations: pd.DataFrame, in_programme: set[str]) -> pd.DataFrame:
    """The organisations that can be a comparator: open, and never in a programme on record.

    `organisations`: `org_code, org_type, region, closed_on, successor_code`, one row each. Left out too is
    one that an organisation with a spell has passed into, at once or by steps. Absence from the register is
    no proof of never having been inside.
    """
    passed_into = organisations.dropna(subset="successor_code")
    links = dict(zip(passed_into["org_code"], passed_into["successor_code"], strict=True))
    touched = set(in_programme)
    for org in in_programme:
        while (org := links.get(org, org)) not in touched:
            touched.add(org)
    free = organisations["closed_on"].isna() & ~organisations["org_code"].isin(touched)
    return organisations[free].reset_index(drop=True)


def match_comparators(sites: pd.DataFrame, pool: pd.DataFrame) -> pd.DataFrame:
    """For each site the comparator that keeps the sum of distances of all pairs least; none used twice.

    `sites` and `pool`: `org_code, org_type, region, size` (blank: not known). Only organisations of one type
    are paired. The distance is |ln(size / size)|, and ln 1.5 more for another region. Gives one row per site,
    in its order: `org_code`, `comparator_code` (blank if none), `size_ratio` (comparator over site),
    `same_region`, `why_none`.
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
    rows, columns = linear_sum_assignment(_distances(sized, pool))
    mine, other = sized.iloc[rows].reset_index(drop=True), pool.iloc[columns].reset_index(drop=True)
    pairs = pd.DataFrame(
        {
            "org_code": mine["org_code"],
            "comparator_code": other["org_code"],
            "size_ratio": other["size"] / mine["size"],
            "same_region": other["region"] == mine["region"],
        }
    )
    everyone = sites[["org_code", "size"]].merge(pairs, on="org_code", how="left")
    why = [
        None if paired else _why_none(size, pool)
        for paired, size in zip(everyone["comparator_code"].notna(), everyone["size"], strict=True)
    ]
    return everyone.drop(columns="size").assign(why_none=pd.Series(why, dtype=object))


def _distances(sites: pd.DataFrame, pool: pd.DataFrame) -> NDArray[np.float64]:
    sizes = np.log(sites["size"].to_numpy(float))[:, None] - np.log(pool["size"].to_numpy(float))
    elsewhere = sites["region"].to_numpy()[:, None] != pool["region"].to_numpy()[None, :]
    distances: NDArray[np.float64] = np.abs(sizes) + np.log(OTHER_REGION) * elsewhere
    return distances


def _why_none(size: float, pool: pd.DataFrame) -> str:
    if not size > 0:
        return "no size is known for this site"
    if pool.empty:
        return "no organisation of this type, of known size, has stayed out of every programme on record"
    return "every organisation of this type that could be compared is matched to another site"
