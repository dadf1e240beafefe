"""How many months each organisation is known to have been in programmes, whichever they were."""

from collections.abc import Iterator

import pandas as pd

from indicators.durations import months_between

COLUMNS = ("months", "is_at_least", "not_counted")


def months_in_programmes(spells: pd.DataFrame) -> pd.DataFrame:
    """Months inside by organisation (the index): `months`, `is_at_least`, `not_counted`.

    `spells`: the frame of `read_spells`. A spell counts from the middle day of its entry to that of its exit
    or, where no source gives one, to the last day a source places it inside; days in two programmes count
    once. A spell of which neither is known, or that was last seen on the day of entry, is one of the
    `not_counted`. `months` is missing where no spell counts, and a lower bound where `is_at_least`.
    """
    ends = spells["left_best"].fillna(spells["last_known_in"])
    timed = spells.assign(
        ends=ends,
        counts=spells["entered_best"] < ends,
        is_open=spells["left_best"].isna(),
    )
    by_organisation = timed.groupby("org_code")
    return pd.DataFrame(
        {
            "months": {org: _months(group[group["counts"]]) for org, group in by_organisation},
            "is_at_least": by_organisation["is_open"].any() | ~by_organisation["counts"].all(),
            "not_counted": by_organisation["counts"].agg(lambda counts: int((~counts).sum())),
        },
        columns=list(COLUMNS),
    )


def _months(counted: pd.DataFrame) -> float:
    if counted.empty:
        return float("nan")
    stretches = pd.DataFrame(list(_merged(counted)), columns=["begins", "ends"])
    return float(months_between(stretches["begins"], stretches["ends"]).sum())


def _merged(counted: pd.DataFrame) -> Iterator[tuple[pd.Timestamp, pd.Timestamp]]:
    """The stretches of time that at least one spell covers."""
    ordered = counted.sort_values("entered_best")
    begins, ends = ordered["entered_best"].iloc[0], ordered["ends"].iloc[0]
    for entered, left in zip(ordered["entered_best"], ordered["ends"], strict=True):
        if entered > ends:
            yield begins, ends
            begins, ends = entered, left
        ends = max(ends, left)
    yield begins, ends
