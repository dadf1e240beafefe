"""The days a timeline shows, as a link writes them, and the spells that may lie in them."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from data_sources.short_dates import bounds, precision_of
from data_sources.source import SourceError


@dataclass(frozen=True)
class Window:
    """The first and the last day shown, both inclusive; without a last one time runs on past today."""

    begins: date
    ends: date | None = None

    @property
    def is_possible(self) -> bool:
        """Whether the first day comes before the last."""
        return self.ends is None or self.begins < self.ends


def is_moment(text: str) -> bool:
    """Whether a link may say so: a year (`2021`) or a month (`2021-07`) of the calendar."""
    precision = precision_of(text)
    if precision not in ("year", "month"):
        return False
    try:
        return bounds(text, precision) is not None
    except SourceError:
        return False


def window_of(begins: str, ends: str | None) -> Window:
    """From the first day `begins` can mean to the last day `ends` can; both as `is_moment` takes them."""
    return Window(_bounds(begins)[0], None if ends is None else _bounds(ends)[1])


def _bounds(text: str) -> tuple[date, date]:
    found = bounds(text, precision_of(text) or "")
    if found is None:
        raise ValueError("a moment cannot be blank")
    return found


def may_lie_in(spells: pd.DataFrame, window: Window) -> pd.Series:
    """For each spell, whether it may have run on a day of the window: true unless its dates rule it out.

    A date no source gives is taken as far out as its programme's life, [programme_started_on,
    programme_ended_on), allows; a programme without an end runs on.
    """
    first = spells["entered_earliest"].fillna(spells["programme_started_on"])
    last = spells["left_latest"].fillna(spells["programme_ended_on"] - pd.Timedelta(days=1))
    lies_in = last.isna() | (last >= pd.Timestamp(window.begins))
    if window.ends is not None:
        lies_in &= ~(first > pd.Timestamp(window.ends))
    return lies_in
