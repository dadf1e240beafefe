"""What the times to return say, in sentences."""

import pandas as pd

from indicators.durations import Bound
from indicators.returns import RETURNED, Incidence, returned_by
from pages.charts.layers.formats import format_day
from pages.charts.layers.spell_words import count


def lead_of_returns(times: pd.DataFrame, group: str) -> str:
    """How many exits of a programme were followed by a return, by 12 and by 24 months."""
    if times.empty:
        return f"No exit from {_named(group)} is on record, so nothing can be said of returns."
    back = int((times["event"] == RETURNED).sum())
    year, two = returned_by(times, 12), returned_by(times, 24)
    exits = count(len(times), "exit")
    return (
        f"Of {exits} from {_named(group)}, {back or 'none'} {'is' if back < 2 else 'are'} known to have been "
        f"followed by a return under the same framework: {share_in_words(year)} within 12 months "
        f"({year.followed} followed that long) and {share_in_words(two)} within 24 ({two.followed})."
    )


def _named(group: str) -> str:
    return {"RSP": "the RSP", "Special measures": "special measures"}.get(group, "its successors")


def share_in_words(incidence: Incidence) -> str:
    """A share with its interval: `16.7 % (0.8 to 51.7)`; not known where nobody was followed so long."""
    if pd.isna(incidence.ci_low):
        return "not known"
    low, high = (f"{100 * bound:.1f}" for bound in (incidence.ci_low, incidence.ci_high))
    return f"{100 * incidence.share:.1f} % ({low} to {high})"


def bounds_in_words(incidences: dict[Bound, Incidence]) -> str:
    """The lowest and highest share of the readings of the dates: `9.1 to 20.0 %`."""
    shares = [100 * incidence.share for incidence in incidences.values()]
    return f"{min(shares):.1f} to {max(shares):.1f} %"


def days_in_words(returns: pd.DataFrame) -> list[str | None]:
    """The days on which each return can have been: `6 March 2025`, `1 January 2024 to 31 December 2024`."""
    return [
        None if pd.isna(first) else _days(first, last)
        for first, last in zip(returns["return_earliest"], returns["return_latest"], strict=True)
    ]


def _days(first: pd.Timestamp, last: pd.Timestamp) -> str:
    return format_day(first) if first == last else f"{format_day(first)} to {format_day(last)}"
