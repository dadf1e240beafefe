"""How far figures have moved since entry, as the views of the Explorer tell it."""

from datetime import date
from typing import Any

import pandas as pd

from indicators.since_entry import changes_since_entry, first_exposed
from pages.charts._formats import IndicatorText, format_change, format_span, format_value
from pages.parts.spells import all_spells
from pages.parts.store import ask

FEWEST = 5
NO_EFFECT = (
    "Organisations enter at their worst, so some of a change would have come without support: this "
    "describes and shows no effect."
)


def peers_of(indicator: str, by_region: bool = False) -> pd.DataFrame:
    """One indicator's peers by type (and region), only where there are at least five."""
    rows = ask("indicator_peers", indicator=indicator, by_region=by_region)
    return rows[rows["n"] >= FEWEST]


def last_entries(programmes: tuple[str, ...] = ()) -> pd.DataFrame:
    """Each organisation's last spell (of some programmes): org_code, programme_short, month_zero and dates.

    Spells that no source dates come before those that one does.
    """
    spells = all_spells()
    if programmes:
        spells = spells[spells["programme"].isin(programmes)]
    ordered = spells.assign(month_zero=first_exposed(spells)).sort_values(
        "entered_earliest", na_position="first", kind="stable"
    )
    return ordered.groupby("org_code", sort=False).tail(1)


def since_entry(
    values: pd.DataFrame, entries: pd.DataFrame, medians: pd.DataFrame, until: date
) -> pd.DataFrame:
    """`changes_since_entry` with the figures of periods that begin before a day."""
    return changes_since_entry(
        values[values["period_start"] < pd.Timestamp(until)], entries, medians
    )


def change_sentence(row: Any, text: IndicatorText) -> str:
    """One organisation's change since its last entry beside its peers', or why there is none."""
    programme = row.programme_short
    if pd.isna(row.month_zero):
        return (
            f"No source gives the month it entered {programme}, so no change since then is given."
        )
    if pd.isna(row.change):
        return f"It entered {programme} in {row.entered_label}: no figure both before and since."
    before = format_span(row.before_on, text.step_months)
    moved = (
        f"Since {before}, the last {text.period_noun} before it entered {programme}, it has moved by "
        f"{format_change(row.change, text.unit)} (from {format_value(row.before, text.unit)})"
    )
    if pd.isna(row.peers_change):
        return f"{moved}; its peers have no median for both {text.period_noun}s."
    peers = format_change(row.peers_change, text.unit)
    return f"{moved}; its peers' median by {peers} over the same {text.period_noun}s."
