"""The timeline's answer in words: how many organisations of a selection were inside, left, or are unknown."""

import pandas as pd

from pages.charts.layers.formats import format_month
from pages.charts.layers.spell_words import count
from pages.parts.timelines.groups import latest_spells
from pages.parts.timelines.window import Window


def selection_sentence(chosen: pd.DataFrame, window: Window) -> str:
    """How many organisations are shown, and whether the latest spell of each is known to have ended."""
    latest = latest_spells(chosen)
    left = int((latest["pathway"] == "left").sum())
    until = "" if window.ends is None else f" to {format_month(window.ends)}"
    return (
        f"Shown: {count(len(latest), 'organisation')} with a spell that may lie in the time from "
        f"{format_month(window.begins)}{until}. The latest spell of {left} is known to have ended; for "
        f"{len(latest) - left} no source gives an exit."
    )
