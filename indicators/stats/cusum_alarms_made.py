"""Simulate how often CUSUM on the percentile among peers alarms by chance: `cusum_alarms.csv`.

`python -m indicators.stats.cusum_alarms_made` writes the table anew, in some minutes and always the same.
"""

import numpy as np
import pandas as pd

from indicators.stats.cusum import cusum
from indicators.stats.cusum_alarms import TABLE
from indicators.stats.false_alarms_made import POINTS
from indicators.stats.spc import Floats

LAG_ONE = (0.0, 0.2, 0.4, 0.6, 0.8)
"""Correlations of a peer's neighbouring periods that are simulated."""
PEERS = 100
GROUPS = 2_000
_AT_ONCE = 100


def simulate(lag_one: float, groups: int, seed: int) -> pd.DataFrame:
    """A row per number of points: in how many `series` of `groups` groups of PEERS the last one alarms."""
    random = np.random.default_rng([seed, round(100 * lag_one)])
    parts = []
    for done in range(0, groups, _AT_ONCE):
        alarm = cusum(_percentiles(min(_AT_ONCE, groups - done), lag_one, random)).alarm
        is_new = (alarm != 0) & (alarm != np.roll(alarm, 1, axis=1))
        parts.append(np.stack([(alarm != 0).sum(axis=0), is_new.sum(axis=0)]))
    alarms, new = np.sum(parts, axis=0)[:, np.array(POINTS) - 1]
    counted = {"points": POINTS, "series": groups * PEERS, "alarms": alarms, "new_alarms": new}
    return pd.DataFrame({"lag_one": lag_one, **counted})


def _percentiles(groups: int, lag_one: float, random: np.random.Generator) -> Floats:
    """Percentiles of `groups` groups of peers, a row per peer, a column per period."""
    shape = (groups, PEERS, POINTS[-1])
    latent = random.standard_normal(shape)
    for place in range(1, shape[2]):
        fresh = np.sqrt(1 - lag_one**2) * latent[:, :, place]
        latent[:, :, place] = lag_one * latent[:, :, place - 1] + fresh
    ranks = latent.argsort(axis=1).argsort(axis=1)
    percentiles: Floats = ((ranks + 0.5) * 100 / PEERS).reshape(-1, shape[2])
    return percentiles


def main() -> None:
    """Write the table."""
    parts = [simulate(lag_one, GROUPS, seed=5) for lag_one in LAG_ONE]
    pd.concat(parts).to_csv(TABLE, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
