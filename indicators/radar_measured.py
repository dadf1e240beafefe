"""How alike neighbouring places among peers are in the published figures, and what that does to false alarms.

`python -m indicators.radar_measured` prints the figures of `docs/methods/signals.md`.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.radar import published_charts
from indicators.radar_command import open_published
from indicators.radar_series import RUNNING, Pool, pool_of
from indicators.registry import load_all
from indicators.stats.control_chart import LEAST_POINTS
from indicators.stats.cusum_alarms import alarm_chance, new_alarm_chance
from indicators.stats.dependence import lag_one
from settings import Settings
from sql.reads import read


@dataclass(frozen=True)
class Measured:
    """`lag_one` of every series of 13 places or more, and `worst`, of all stretches of RUNNING periods.

    `worst` has `held` and `new`: the share of stretches in which an organisation is among the worst tenth
    throughout, and throughout for the first time.
    """

    lag_one: pd.Series
    worst: dict[str, float]


def measure(pool: Pool) -> Measured:
    """What the series of a pool that are not excluded say."""
    usable = pool.last["left_out"] != "excluded"
    placed = pool.points[pool.points["percentile"].notna()]
    placed = placed[placed["series"].isin(pool.last.index[usable])]
    counts = placed["series"].map(placed["series"].value_counts())
    long = placed[counts >= LEAST_POINTS].assign(phase=0)
    alike = lag_one(long.drop(columns="value").rename(columns={"percentile": "value"}))
    return Measured(alike, _worst(placed))


def _worst(placed: pd.DataFrame) -> dict[str, float]:
    """Shares of stretches, a place in a series being the end of one if it has enough before it."""
    is_worst = placed["is_worst"].to_numpy()
    position = placed.groupby("series", sort=False).cumcount().to_numpy()
    back = [np.roll(is_worst, steps) for steps in range(RUNNING + 1)]
    held = np.logical_and.reduce(back[:RUNNING])
    whole, has_earlier = position >= RUNNING - 1, position >= RUNNING
    return {
        "held": float(held[whole].mean()),
        "new": float((held & ~back[RUNNING])[has_earlier].mean()),
    }


def main() -> None:
    """Print the figures."""
    settings = Settings()
    indicators = load_all(settings.catalogue_dir)
    with open_published(settings)[1] as connection:
        charts = published_charts(connection, indicators, settings.data_dir)
        found = measure(pool_of(charts, indicators, read(connection, "organisations")))
    quarters = found.lag_one.quantile([0.25, 0.5, 0.75]).round(2).to_dict()
    print(f"lag-1 correlation of places: {len(found.lag_one)} series, quartiles {quarters}")
    for lag in (0.0, quarters[0.5]):
        chances = [f"{100 * chance(48, lag):.2f} %" for chance in (alarm_chance, new_alarm_chance)]
        print(f"CUSUM at 48 points, lag-1 {lag}: alarm {chances[0]}, new alarm {chances[1]}")
    print(
        f"worst tenth in {RUNNING} periods running: "
        + ", ".join(f"{name} {100 * share:.2f} %" for name, share in found.worst.items())
    )


if __name__ == "__main__":
    main()
