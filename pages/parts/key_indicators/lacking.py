"""What would change the answer: how much of what each pair lacks before its criteria can be judged."""

from collections import Counter
from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from indicators.screening.judged import Judged, Name
from indicators.stats.screen.thresholds import Thresholds
from pages.parts.frame import show_table
from pages.parts.indicators import catalogue
from pages.parts.key_indicators.steps import month_words
from pages.parts.key_indicators.words import CLASSES, pair_words, reason_words, some_of, title_of
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
    told = [lacking_sentence(rows, thresholds), *mending_sentences(pairs)]
    st.html("".join(f'<p class="ot-reading">{escape(sentence)}</p>' for sentence in told))
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
        "Entries that wait for later figures": waiting_words(one),
        "Entries that lack a file": missing_words(one),
        "Enough entrants with figures to": enough_words(one, thresholds),
        "Improvement": _standing(one, "responsiveness"),
        "Months lacking": max(0, thresholds.months - one.row["quality"]["months"]),
        "Coverage lacking, points": None if short is None else 100 * short,
        "Segments": _standing(one, "discrimination"),
        "Entries to foretell lacking": max(0, events) if can_be_judged else None,
        "Prediction": _standing(one, "prediction"),
    }


def waiting_words(one: Judged) -> str:
    """For how many entries on record figures up to which month are all that is lacking."""
    months = Counter(one.row["steps"]["entry"]["waiting"])
    return "; ".join(f"{number} to {month_words(month)}" for month, number in months.items())


def missing_words(one: Judged) -> str:
    """Figures of which months are all that how many entries lack."""
    missing = one.row["steps"]["entry"]["missing"]
    return "; ".join(f"{each['entries']} for {each['months']}" for each in missing)


def enough_words(one: Judged, thresholds: Thresholds) -> str:
    """The month up to which figures would let enough entries on record be judged; empty if none would do."""
    months = one.row["steps"]["entry"]["waiting"]
    place = thresholds.entrants - one.row["response"]["entrants"] - 1
    return month_words(months[place]) if 0 <= place < len(months) else ""


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


def mending_sentences(pairs: Sequence[Judged]) -> list[str]:
    """What files and time would let be judged of the entries already on record."""
    return [sentence for sentence in (_files(pairs), _time(pairs)) if sentence]


def _files(pairs: Sequence[Judged]) -> str:
    by_months: dict[str, list[str]] = {}
    for one in pairs:
        for each in one.row["steps"]["entry"]["missing"]:
            then = each["entries"] + one.row["response"]["entrants"]
            words = f"{each['entries']} of {pair_words(one)} ({then} in all)"
            by_months.setdefault(each["months"], []).append(words)
    told = [
        f"Files with the figures of {months}, brought from the publisher, would let more entries "
        f"on record be judged: {some_of(found)}."
        for months, found in by_months.items()
    ]
    return " ".join(told)


def _time(pairs: Sequence[Judged]) -> str:
    waiting = [(one.row["steps"]["entry"]["waiting"], one) for one in pairs]
    nearest = sorted((each for each in waiting if each[0]), key=lambda each: each[0][0])
    if not nearest:
        return "No entry on record waits for later figures alone, so that time brings only new entries."
    told = [
        f"{pair_words(one)} {len(months)}, the first with figures to {month_words(months[0])}"
        for months, one in nearest
    ]
    return f"Entries on record that lack nothing but later figures: {some_of(told)}."


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
    told += [
        f"{what}: {words}"
        for what, words in (
            ("Entries that wait for later figures", waiting_words(one)),
            ("Entries that lack a file", missing_words(one)),
        )
        if words
    ]
    return told or ["Nothing is lacking: every criterion that decides the class can be judged."]
