"""Times to a lasting signal in words: the sentences above the chart, and the rows of chart and table."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from indicators.frozen import FrozenCharts
from indicators.frozen_compared import HORIZONS, Comparison, SignalCurve
from indicators.frozen_entries import ENDINGS
from indicators.stats.survival import Estimate
from pages.charts.layers.formats import format_month
from pages.charts.layers.risk_plane import interval, percent
from pages.charts.layers.spell_words import count
from pages.charts.survival import StepLine

FEWEST = 5
"""Fewer spells than these say what happened, not what tends to; nor are fewer shadows compared."""
HORIZON = HORIZONS[-1]
NONE = "none while it was watched"
TABLE = {
    "org_name": "organisation",
    "org_code": "code",
    "programme": "programme",
    "entered": "entered",
    "entry_words": "first month exposed",
    "improved_words": "lasting improvement",
    "worsened_words": "lasting concern",
    "watched": "months watched",
    "ended_words": "watch ended because",
    "others_words": "others frozen with it that improved",
    "baseline_words": "limits rest on",
    "why_not": "why there is no time",
    "improved_after": "months to lasting improvement",
    "worsened_after": "months to lasting concern",
}


CURVE = {
    "whose": "whose",
    "begins": "after months",
    "ends": "up to months",
    "told": "share with a lasting improvement",
    "within": "95 % interval",
    "at_risk": "watched",
}


def curve_table(lines: Sequence[StepLine]) -> pd.DataFrame:
    """Each curve's stretches (after one month, up to and with another) as the pointer tells them."""
    steps = pd.concat([line.steps.assign(whose=line.name) for line in lines], ignore_index=True)
    told = steps.assign(
        told=steps["share"].map(percent),
        within=[interval(*pair) for pair in zip(steps["ci_low"], steps["ci_high"], strict=True)],
    )
    return told[list(CURVE)].rename(columns=CURVE)


def month_words(months: float) -> str:
    """The month of that number: `Feb 2025`."""
    number = int(months)
    return format_month(pd.Timestamp(number // 12, number % 12 + 1, 1))


def spell_rows(charts: FrozenCharts) -> pd.DataFrame:
    """Every spell on record in order of entry, with the words of chart and table."""
    signals = charts.signals.sort_values(["entry", "org_name", "spell_id"], na_position="last")
    is_told = signals["why_not"].isna()
    period = {1: "month", 3: "quarter", 12: "year"}[charts.step]
    words = [_words(row, period) for row in signals.itertuples()]
    rows = signals.assign(
        programme=signals["programme"].str.upper(), entered=signals["entered_label"]
    )
    rows = rows.join(pd.DataFrame(words, index=signals.index))
    others = signals["spell_id"].map(_others(charts.beside)).astype(object)
    return rows.assign(
        others_words=others.where(is_told).fillna("nobody can be compared").where(is_told),
        label=rows["org_name"] + " · " + rows["programme"] + " " + rows["entry_words"].fillna(""),
    )


def _words(row: Any, period: str) -> dict[str, str | None]:
    has_baseline = row.has_limits
    return {
        "entry_words": None if pd.isna(row.entry) else month_words(row.entry),
        "baseline_words": (
            f"{row.baseline_points:.0f} {period}s, {month_words(row.baseline_from)} to "
            f"{month_words(row.baseline_to)}"
            if has_baseline
            else None
        ),
        "watched_words": None if pd.isna(row.watched) else f"{row.watched:.0f} months",
        "ended_words": None if pd.isna(row.ended_by) else ENDINGS[row.ended_by],
        "improved_words": None if pd.notna(row.why_not) else _after(row.improved_after),
        "worsened_words": None if pd.notna(row.why_not) else _after(row.worsened_after),
    }


def _after(months: float) -> str:
    if pd.isna(months):
        return NONE
    return "in the first month exposed" if months == 0 else f"after {count(int(months), 'month')}"


def _others(beside: pd.DataFrame) -> pd.Series:
    """Of those frozen with each spell, how many improved while it was watched."""
    improved = beside["improved_after"].notna().groupby(beside["spell_id"]).agg(["sum", "size"])
    return pd.Series(
        [f"{row['sum']} of {row['size']}" for _, row in improved.iterrows()], improved.index, object
    )


def lead_of(charts: FrozenCharts, comparison: Comparison, title: str) -> list[str]:
    """How many entrants signalled, how many others did, and what that comparison still leaves out."""
    told = charts.signals[charts.signals["why_not"].isna()]
    if told.empty:
        return [
            f"For {title} no spell on record can be given a time to a signal; the table says why for each."
        ]
    entrants = comparison.share("entrants", "improvement", HORIZON)
    worse = comparison.share("entrants", "concern", HORIZON)
    number = len(told)
    sentences = [
        f"Within {HORIZON} months of entry {entrants['signalled']} of {count(number, 'spell')} of support "
        f"signalled lasting improvement in {title}, each as long as it was watched "
        f"({_range(told['watched'])}); {worse['signalled']} signalled lasting concern.",
        *_others_sentences(comparison, number),
    ]
    if number < FEWEST:
        sentences.append(
            "So few spells tell what happened to them, not what tends to happen after entry."
        )
    return sentences


def _range(watched: pd.Series) -> str:
    low, high = watched.min(), watched.max()
    return f"{low:.0f} months" if low == high else f"{low:.0f} to {high:.0f} months"


def _others_sentences(comparison: Comparison, number: int) -> list[str]:
    never = comparison.share("never", "improvement", HORIZON)
    if pd.isna(never["share"]):
        return ["No organisation of the same type that was never in a programme can be compared."]
    compared = (
        "" if never["spells"] == number else f" (there are some for {never['spells']} of these)"
    )
    return [
        f"Of organisations of the same type never in a programme{compared}, frozen at the same months and "
        f"watched as long, {percent(never['share'])} did "
        f"(95 % interval {interval(never['ci_low'], never['ci_high'])}).",
        "Organisations enter at a low point and rebound by chance; these others were not at theirs, so "
        "even this comparison understates how many signals would have come anyway.",
    ]


def shadow_sentence(comparison: Comparison, number: int) -> str:
    """What organisations did whose year before had looked the same, or how few there are of them."""
    shadows = comparison.share("shadows", "improvement", HORIZON)
    if shadows["spells"] < FEWEST:
        found = f"only {shadows['spells']}" if shadows["spells"] else "none"
        return (
            "A fairer comparison, with organisations whose year before had looked the same, cannot be made: "
            f"such shadows were found for {found} of {count(number, 'spell')}."
        )
    return (
        f"For {shadows['spells']} spells there are organisations whose year before had looked the same: "
        f"{percent(shadows['share'])} of these shadows signalled improvement "
        f"({interval(shadows['ci_low'], shadows['ci_high'])}), and {shadows['signalled']} of the "
        f"{shadows['spells']} spells."
    )


def by_time_sentence(comparison: Comparison) -> str:
    """What share had signalled by 12 and 24 months, and when half had, of entrants and of others."""
    return (
        "With those no longer watched allowed for (Kaplan–Meier), lasting improvement was signalled, among "
        f"entrants, by {_by_time(comparison.curves['entrants', 'improvement'])}; among the others, by "
        f"{_by_time(comparison.curves['never', 'improvement'])}."
    )


def _by_time(curve: SignalCurve) -> str:
    """Only as far as enough are watched: one of the last two would change the curve by half."""
    is_thin = [months for months in HORIZONS if curve.watched_at(months) < FEWEST]
    shares = {months: curve.by(months) for months in HORIZONS if months not in is_thin}
    parts = [_share_words(share, months) for months, share in shares.items()]
    half = curve.median.estimate
    if half is not None and curve.watched_at(half) >= FEWEST:
        parts.append(f"half within {count(round(half), 'month')}")
    return ", ".join(parts) or f"a share not known (fewer than {FEWEST} watched for a year)"


def _share_words(share: Estimate, months: int) -> str:
    known = share.ci_low is not None and share.ci_high is not None
    within = f" ({interval(share.ci_low, share.ci_high)})" if known else ""
    return f"{percent(share.estimate)}{within} within {months} months"
