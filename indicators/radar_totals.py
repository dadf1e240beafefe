"""How many series of each indicator gave a new signal, on which side, and how many would by chance."""

import pandas as pd

from indicators.radar import SERIES, Radar

TOTALS = ("series", "worse", "better", "neutral", "expected_worse", "expected_better")


def radar_totals(radar: Radar) -> pd.DataFrame:
    """TOTALS by `indicator_id`, those with most signals first.

    A series that newly signals on both sides is counted on both. By chance a control chart or a sum signals
    on either side alike, and who is newly among the worst tenth got worse. Where neither side is better there
    are only `neutral` ones, and the expected numbers are those of its two sides.
    """
    new = radar.signals[radar.signals["is_new"]]
    sides = new.drop_duplicates([*SERIES, "direction"])
    counts = sides.groupby(["indicator_id", "direction"]).size().unstack(fill_value=0)  # noqa: PD010 (counts)
    tested = radar.tested
    both = tested["chance_new"] / 2
    is_place = tested["test"] == "worst_decile"
    chances = pd.DataFrame(
        {
            "indicator_id": tested["indicator_id"],
            "expected_worse": both.mask(is_place, tested["chance_new"]),
            "expected_better": both.mask(is_place, 0.0),
        }
    )
    totals = chances.groupby("indicator_id", sort=False).sum()
    counts = counts.reindex(totals.index, fill_value=0)
    counts = counts.reindex(columns=["worse", "better", "neutral"], fill_value=0)
    series = tested.drop_duplicates(SERIES).groupby("indicator_id").size().rename("series")
    joined = totals.join(counts).join(series)
    order = joined[["worse", "better", "neutral"]].sum(axis="columns")
    by_size = order.sort_values(ascending=False, kind="stable").index
    return joined.loc[by_size, list(TOTALS)]
