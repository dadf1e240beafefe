"""How many control charts end in a signal, and how many would by chance: in all, or by some column."""

from collections.abc import Sequence

import pandas as pd

from indicators.stats.false_alarms import signal_chance
from indicators.stats.icons import NO_ICON

COLUMNS = ("series", "signals", "improvement", "concern", "neutral", "expected")


def signal_totals(icons: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """Series with a variation icon, and of them those that end in a signal; a row for each group of `by`.

    `icons`: `variation` (a name of VARIATION or NO_ICON), `points`, `is_old` (its last figure tells of long
    ago) and the columns of `by`; without `by` the answer is one row. `series` leaves out those without an
    icon and the old ones, which signal nothing of today; `improvement`, `concern`
    and `neutral` (neither side is better) add up to `signals`. `expected` is how many would end in a signal
    if months were independent and nothing changed (`signal_chance`). A group without an icon has zeros.
    """
    variation = icons["variation"].to_numpy(dtype=object)
    kind = pd.Series([name.partition("_")[0] for name in variation], icons.index, dtype=object)
    has_icon = pd.Series(variation != NO_ICON, icons.index) & ~icons["is_old"].astype(bool)
    chance = pd.Series(signal_chance(icons["points"]), icons.index)
    told = pd.DataFrame(
        {
            "series": has_icon,
            "signals": has_icon & (kind != "common"),
            **{name: has_icon & (kind == name) for name in ("improvement", "concern", "neutral")},
            "expected": chance.where(has_icon, 0.0),
        }
    )
    # Side by side, not joined: icons of several indicators put together may share row labels.
    beside = pd.concat([told, icons[list(by)]], axis="columns")
    grouped = beside.groupby(list(by) or (lambda _: 0), sort=False)
    totals: pd.DataFrame = grouped[list(COLUMNS)].sum()
    counts = [name for name in COLUMNS if name != "expected"]
    return totals.astype(dict.fromkeys(counts, "int64"))
