"""What would change the answer: how much of what each pair lacks before its criteria can be judged."""

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from indicators.screening.judged import Judged, Name
from indicators.stats.screen.thresholds import Thresholds
from pages.parts.frame import show_table
from pages.parts.indicators import catalogue
from pages.parts.key_indicators.words import CLASSES, reason_words, title_of
from pages.parts.spells import TYPE_WORDS

_HELP = {
    "Entrants lacking": st.column_config.NumberColumn(format="%d"),
    "Months lacking": st.column_config.NumberColumn(format="%d"),
    "Entries to foretell lacking": st.column_config.NumberColumn(format="%d"),
    "Coverage lacking, points": st.column_config.NumberColumn(format="%.1f"),
}


_MORE = {
    "Entrants lacking": "entrants with figures before and after",
    "Months lacking": "months of figures",
    "Coverage lacking, points": "percentage points of coverage",
    "Entries to foretell lacking": "entries after a quarter with figures",
}
"""What there can be too few of, by its column."""


def show_lacking(pairs: Sequence[Judged], thresholds: Thresholds) -> None:
    """How many pairs are near to being judged, and a table of what each lacks."""
    st.header("What would change this answer?", anchor=False)
    rows = lacking(pairs, thresholds)
    st.html(f'<p class="ot-reading">{escape(lacking_sentence(rows, thresholds))}</p>')
    label = "What each pair lacks, criterion by criterion"
    show_table(rows, "key-indicators-lacking", label, _HELP)


def lacking(pairs: Sequence[Judged], thresholds: Thresholds) -> pd.DataFrame:
    """A row per pair: entrants, months, entries to foretell and coverage it is short of; 0: enough."""
    return pd.DataFrame([_row(one, thresholds) for one in pairs])


def _row(one: Judged, thresholds: Thresholds) -> dict[str, object]:
    coverage = one.of("coverage").estimate
    short = None if coverage is None else max(0.0, thresholds.coverage - coverage.value)
    entrants = thresholds.entrants - one.row["response"]["entrants"]
    events = thresholds.events - one.row["prediction"]["events"]
    can_be_judged = _can_be_judged(one)
    return {
        "Indicator": title_of(one.indicator_id),
        "Type": TYPE_WORDS[one.org_type],
        "Class": CLASSES[one.decision.name],
        "Entrants lacking": max(0, entrants) if can_be_judged else None,
        "Improvement": _standing(one, "responsiveness"),
        "Months lacking": max(0, thresholds.months - one.row["quality"]["months"]),
        "Coverage lacking, points": None if short is None else 100 * short,
        "Segments": _standing(one, "discrimination"),
        "Entries to foretell lacking": max(0, events) if can_be_judged else None,
        "Prediction": _standing(one, "prediction"),
    }


def _standing(one: Judged, name: Name) -> str:
    return reason_words(one.of(name).reason) or "judged"


def _can_be_judged(one: Judged) -> bool:
    """Whether more entrants would help: not where neither side is better, or there is one figure a year."""
    indicator = catalogue()[one.indicator_id]
    return indicator.better != "neither" and indicator.cadence != "year"


def lacking_sentence(rows: pd.DataFrame, thresholds: Thresholds) -> str:
    """What is missing most, and how near the nearest are."""
    short = rows[rows["Entrants lacking"] > 0]
    some = short[short["Entrants lacking"] < thresholds.entrants]
    near = ", ".join(
        f"{row['Indicator']} ({row['Type'].lower()}s) {row['Entrants lacking']:.0f} more"
        for _, row in some.sort_values("Entrants lacking", kind="stable").head(3).iterrows()
    )
    parts = [
        f"{len(short)} of {len(rows)} pairs lack entrants: {thresholds.entrants} are needed, each with "
        "fifteen months of figures before a dated entry and a year after it."
    ]
    if near:
        parts.append(f"Nearest: {near}.")
    months = int((rows["Months lacking"] > 0).sum())
    parts.append(f"{months} lack months of figures, up to the {thresholds.months} asked for.")
    parts.append(
        "Longer series from a refresh, and entry dates that are known to the month, would each let more be "
        "judged; more organisations with a published segment would let more of them be compared."
    )
    return " ".join(parts)


def still_lacking(one: Judged, thresholds: Thresholds) -> list[str]:
    """What one pair lacks, a clause each, or that no number of anything would let more be judged."""
    row = _row(one, thresholds)
    told = [
        f"{number:.0f} more {what}"
        for column, what in _MORE.items()
        if isinstance(number := row[column], int | float) and number > 0
    ]
    told += [
        f"{column}: {row[column]}"
        for column in ("Improvement", "Segments")
        if row[column] != "judged"
    ]
    return told or ["Nothing is lacking: every criterion that decides the class can be judged."]
