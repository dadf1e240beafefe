"""Many organisations' changes since entry in words and as a table."""

from typing import Any

import pandas as pd

from pages.charts.layers.formats import IndicatorText, format_month
from pages.charts.layers.spell_words import count
from pages.parts.organisations import listed
from pages.parts.since_entry_words import change_words, mean_words

_WAYS = {"rose": "rose", "fell": "fell", "unchanged": "did not change"}


def direction_of(change: float, text: IndicatorText) -> str:
    """Whether a change, as it is written, is up, down or none."""
    sign = change_words(change, text.unit)[0]
    return {"+": "rose", "−": "fell"}.get(sign, "unchanged")


def multiples_sentences(
    places: pd.DataFrame, absent: int, programmes: str, text: IndicatorText
) -> list[str]:
    """How many rose and fell since entry, and what those never in a programme did over the same months."""
    known = places[places["change"].notna()]
    words = [_counted_words(places, absent, programmes)]
    if known.empty:
        return [*words, "None has a figure both before a dated entry and since."]
    told = f"From {_sides(text)} {_tally(known['change'], text)}"
    if known["peers_change"].notna().any():
        peers = _tally(known["peers_change"].dropna(), text)
        told = (
            f"{told}; of their types' median changes over the same months, of organisations never in "
            f"a programme, {peers}"
        )
    return [*words, f"{told}.", *_unknown_words(places), "This shows no effect of support."]


def _counted_words(places: pd.DataFrame, absent: int, programmes: str) -> str:
    shown = count(len(places), "organisation")
    missing = f"; {absent} more have none in these months" if absent else ""
    return f"{shown} on record in {programmes} have figures{missing}."


def _unknown_words(places: pd.DataFrame) -> list[str]:
    """Those whose change is not known: entry not dated to the month, or no figure on one side of it."""
    undated = int(places["month_zero"].isna().sum())
    without = int(places["change"].isna().sum()) - undated
    words = []
    if undated:
        words.append(f"for {undated} no source gives the month of entry")
    if without:
        words.append(f"for {without} some figures before or after it are missing")
    return [f"Not known: {', '.join(words)}."] if words else []


def _sides(text: IndicatorText) -> str:
    if text.step_months == 1:
        return "the mean of the three months before entry to that of the latest three"
    return f"the last {text.period_noun} before entry to the latest"


def _tally(changes: pd.Series, text: IndicatorText) -> str:
    moved = changes.map(lambda change: direction_of(change, text)).value_counts()
    ways = ("rose", "fell", "unchanged")
    return listed([f"{moved[way]} {_WAYS[way]}" for way in ways if way in moved])


def note_of(row: Any, text: IndicatorText) -> str:
    """Below an organisation's name: its entry, and how far the figure has moved since."""
    if pd.notna(row.change):
        return f"since {format_month(row.month_zero)}: {change_words(row.change, text.unit)}"
    return "entry not dated" if pd.isna(row.entered_earliest) else f"entered {row.entered_label}"


def changes_table(places: pd.DataFrame, icons: pd.Series, text: IndicatorText) -> pd.DataFrame:
    """One row per organisation: entry, figures before it and latest, both changes, icon in words."""
    return pd.DataFrame(
        {
            "Organisation": places["org_name"],
            "Code": places["org_code"],
            "Programme": places["programme_short"],
            "Entered": places["entered_label"],
            "Before entry": places["before_on"].replace("", "not known"),
            "Mean then": _figures(places["before"], text),
            "Latest": places["now_on"].replace("", "not known"),
            "Mean of the latest": _figures(places["now"], text),
            "Change since entry": _changes(places["change"], text),
            "Median change of peers": _changes(places["peers_change"], text),
            "Peers": ["" if pd.isna(n) else f"{n:.0f}" for n in places["peers_number"]],
            "Variation": icons,
        }
    )


def _figures(values: pd.Series, text: IndicatorText) -> list[str]:
    return ["not known" if pd.isna(value) else mean_words(value, text.unit) for value in values]


def _changes(changes: pd.Series, text: IndicatorText) -> list[str]:
    return ["not known" if pd.isna(each) else change_words(each, text.unit) for each in changes]
