"""The series that the radar tests: every published series of an organisation with its place among its peers.

A series is one organisation and one indicator.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.charted import has_gaps
from indicators.definition import Indicator
from indicators.stats.control_chart import ControlCharts
from indicators.stats.spc import Ints
from indicators.stats.spc_rules import RULES
from indicators.writing import PEERS

LEAST_PEERS = 10
"""A percentile needs so many organisations of a type in a period."""
LEAST_NUMERATOR = 15
"""Below this numerator of its last figure a series is not tested: a few cases more or less move it."""
OLD_MONTHS = 15
"""An indicator whose last figure is older than the newest of its cadence by more is not tested."""
RUNNING = 3
"""So many periods running among the worst tenth are a signal; no test needs fewer figures."""
LEFT_OUT = {
    "excluded": "of an indicator that the radar leaves out",
    "old": f"of an indicator whose last figure is over {OLD_MONTHS} months old",
    "closed": "of a closed organisation",
    "late": "without a figure for the indicator’s latest period",
    "short": "with too few figures for any test",
    "gaps": "of which over a fifth of the periods are missing",
    "small": f"with a latest numerator below {LEAST_NUMERATOR}",
}
"""Why a series is not tested; the first that holds counts."""
_KEPT = [
    *("org_code", "period_start", "numerator", "value", "phase", "improvement", "target"),
    *("mean", "lower", "upper", *RULES, "is_trial"),
]


@dataclass(frozen=True)
class Pool:
    """`points`, the figures of all series one below the other, each in order of time; `last`, one row each.

    `points` are those of the control charts with `indicator_id, org_type, series` (0, 1 …), `peers` (how
    many of its type have a figure in that period), `percentile` (0 best to 100 worst; missing under
    LEAST_PEERS and where neither side is better), `is_worst` (in the worst tenth), `worst_share` (of its
    peers that are), `peer_median`, `peer_spread`, `has_gaps` (`indicators.charted`). `last` is the last
    point of each series, its `points` (how many), `left_out` (a key of LEFT_OUT, or "").
    """

    points: pd.DataFrame
    last: pd.DataFrame

    @property
    def tested(self) -> "Pool":
        """Only the series that are tested, numbered anew."""
        is_in = (self.last["left_out"] == "").to_numpy()
        number = np.cumsum(is_in) - 1
        points = self.points[is_in[self.points["series"]]]
        points = points.assign(series=number[points["series"]]).reset_index(drop=True)
        return Pool(points, self.last[is_in].reset_index(drop=True))

    @property
    def starts(self) -> Ints:
        """The row at which each series begins."""
        return np.flatnonzero(np.diff(self.points["series"], prepend=-1)).astype(np.int64)

    @property
    def ends(self) -> Ints:
        """The row of each series' last point."""
        ends: Ints = self.starts + self.last["points"].to_numpy(dtype=np.int64) - 1
        return ends


def pool_of(
    charts: Mapping[str, ControlCharts],
    indicators: Mapping[str, Indicator],
    organisations: pd.DataFrame,
) -> Pool:
    """The pool of some indicators' charts; `organisations` has `org_code, org_type, closed_on`.

    Only organisations that have peers are kept: no regions, not England.
    """
    kept = organisations[organisations["org_type"].isin(list(PEERS))].set_index("org_code")
    parts = [
        _part(charted.points, kept["org_type"]).assign(
            indicator_id=key, has_gaps=has_gaps(charted.points, indicators[key])
        )
        for key, charted in charts.items()
    ]
    points = pd.concat(parts, ignore_index=True)
    which = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    orgs = pd.factorize(points["org_code"])[0]
    is_first = (np.diff(orgs, prepend=-1) != 0) | (np.diff(which, prepend=-1) != 0)
    series = np.cumsum(is_first) - 1
    points = _with_places(points.assign(series=series, _which=which)).drop(columns="_which")
    last = points[np.append(is_first[1:], True)].reset_index(drop=True)
    last = last.assign(points=np.bincount(series))
    closed = last["org_code"].map(kept["closed_on"]).notna()
    return Pool(points, last.assign(left_out=_left_out(last, indicators, closed)))


def _part(points: pd.DataFrame, types: pd.Series) -> pd.DataFrame:
    """The points of organisations with a type."""
    codes, orgs = pd.factorize(points["org_code"])
    org_type = pd.Categorical(types.reindex(orgs), categories=list(PEERS)).take(codes)
    return points[_KEPT].assign(org_type=org_type)[~org_type.isna()]


def _with_places(points: pd.DataFrame) -> pd.DataFrame:
    """The points with the place of each among organisations of its type in its period."""
    keys = [points["_which"], points["period_start"], points["org_type"].cat.codes]
    together = points.groupby(keys, sort=False).ngroup()
    badness = points["value"] * -points["improvement"].astype(float)
    peers = badness.groupby(together).transform("size")
    # Places from ½ to peers − ½, ties sharing theirs: tenths of them are exact, percentiles are not.
    place = badness.groupby(together).rank() - 0.5
    is_placed = (peers >= LEAST_PEERS) & (points["improvement"] != 0)
    is_worst = is_placed & (10 * place > 9 * peers)
    values = points["value"].groupby(together)
    return points.assign(
        peers=peers,
        percentile=(100 * place / peers).where(is_placed),
        is_worst=is_worst,
        worst_share=is_worst.astype(float).groupby(together).transform("mean"),
        peer_median=values.transform("median"),
        peer_spread=values.transform("std"),
    )


def _left_out(
    last: pd.DataFrame, indicators: Mapping[str, Indicator], closed: pd.Series
) -> pd.Series:
    """Why each series cannot be tested, "" where it can be if it is long enough."""
    known = last["indicator_id"].map
    newest = last.groupby("indicator_id")["period_start"].transform("max")
    cadence = known({key: indicators[key].cadence for key in last["indicator_id"].unique()})
    newest_of_cadence = newest.groupby(cadence).transform("max")
    is_excluded = known(
        {key: indicators[key].radar_exclusion is not None for key in last["indicator_id"].unique()}
    )
    reasons = {
        "excluded": is_excluded,
        "old": newest < newest_of_cadence - pd.DateOffset(months=OLD_MONTHS),
        "closed": closed,
        "late": last["period_start"] < newest,
        "short": last["points"] < RUNNING,
        "gaps": last["has_gaps"],
        "small": ~(last["numerator"] >= LEAST_NUMERATOR),
    }
    chosen = np.select(list(reasons.values()), list(reasons), default="")
    return pd.Series(chosen, last.index)
