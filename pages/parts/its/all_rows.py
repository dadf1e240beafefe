"""Run for all as the page shows it: rows of the forest plot, and the tables of effects and of refusals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from indicators.definition import Indicator, Unit
from indicators.its_all_rows import estimated, refused
from indicators.its_all_words import short_reason
from pages.charts.forest import ForestText
from pages.charts.layers.formats import IndicatorText, format_change, format_month
from pages.charts.layers.rows import rows_of

SPREADS = "in standard deviations between its peers"
_SIDES = {"higher": "right", "lower": "left", "neither": "neither"}
_LARGE = 100
"""From which size on numbers are written without their tenths."""
_UNITS: dict[Unit, str] = {
    "percent": "percentage points",
    "signed_percent": "percentage points",
    "count": "numbers",
    "score": "points of the score",
}
_EVENTS = {"entry": "First month inside", "exit": "First month outside"}
_TABLE = {
    "org_name": "Organisation",
    "org_code": "Code",
    "programmes": "Programmes",
    "month": "",
    "title": "Indicator",
    "unit": "Unit",
    "estimate": "Effect",
    "ci_low": "from",
    "ci_high": "to",
    "horizon": "Months after start",
    "period": "Read in",
    "evidence": "Evidence",
    "excess": "Beyond expected rebound",
    "excess_low": "rebound from",
    "excess_high": "rebound to",
    "cautions": "Cautions",
    "grade": "Grade",
    "n_pre": "Points before",
    "n_post": "Points after",
    "placebo_p": "Placebo in time, p",
    "placebos": "Placebos",
    "favourable": "Favourable change",
    "spreads": "Favourable, SDs",
    "spreads_low": "SDs from",
    "spreads_high": "SDs to",
    "percent": "% of value without",
    "percent_low": "% from",
    "percent_high": "% to",
    "se": "Standard error",
    "df": "df",
    "phi": "φ",
    "method": "Method",
    "interruptions": "Dates on record",
    "spell_ids": "Spells",
    "warnings": "Warnings",
    "link": "Single view",
}
_REFUSED = {
    "org_name": "Organisation",
    "org_code": "Code",
    "programmes": "Programmes",
    "month": "",
    "title": "Indicator",
    "reason": "Reason",
    "why": "In full",
    "spell_ids": "Spells",
}


@dataclass(frozen=True)
class Drawing:
    """The rows drawn, what the chart says of them, and how many effects are not on its scale."""

    rows: pd.DataFrame
    text: ForestText
    off_scale: int = 0


def unit_of_changes(text: IndicatorText) -> str:
    """What differences between two figures are counted in: `percentage points`, `numbers`."""
    return _UNITS.get(text.unit, text.unit_title)


def drawing_of_indicator(
    frame: pd.DataFrame, indicator: Indicator, text: IndicatorText, event: str
) -> Drawing:
    """A row per organisation on the indicator's own scale."""
    found = estimated(frame)
    words = _in_words(found, ("estimate", "ci_low", "ci_high"), text.unit)
    excess = _in_words(found, ("excess", "excess_low", "excess_high"), text.unit)
    labels = [f"{format_month(row.event_on)} · {row.org_name}" for row in rows_of(found)]
    rows = _told(found, labels).assign(
        estimate=found["estimate"],
        low=found["ci_low"],
        high=found["ci_high"],
        words=words,
        excess_words=excess,
    )
    return Drawing(
        rows,
        ForestText(
            subject=f"{indicator.short_title}: effects of {event} for {len(rows)} organisations",
            unit=f"in {unit_of_changes(text)}",
            better=_SIDES[indicator.better],
            axis=text.axis_format(),
            has_excess=event == "entry",
        ),
    )


def drawing_of_organisation(
    frame: pd.DataFrame, known: Mapping[str, Indicator], name: str, event: str
) -> Drawing:
    """A row per indicator, favourable change in standard deviations between organisations of its type."""
    every = estimated(frame)
    found = every[every["spreads"].notna()]
    many = len(found["event_on"].unique()) > 1
    labels = [
        known[row.indicator_id].short_title + (f" · {format_month(row.event_on)}" if many else "")
        for row in rows_of(found)
    ]
    # The spread that the effect was divided by, with the sign of the better side.
    beyond = _scaled(found, found["spreads"] / found["estimate"])
    rows = _told(found, labels).assign(
        estimate=found["spreads"],
        low=found["spreads_low"],
        high=found["spreads_high"],
        words=_in_words(found, ("spreads", "spreads_low", "spreads_high"), "score"),
        excess_words=_in_words(beyond, ("excess", "excess_low", "excess_high"), "score"),
    )
    subject = f"{name}: favourable changes after {event} in {len(rows)} indicators"
    text = ForestText(subject, SPREADS, "right", has_excess=event == "entry")
    return Drawing(rows, text, len(every) - len(found))


def _told(found: pd.DataFrame, labels: list[str]) -> pd.DataFrame:
    """What both kinds of chart say of a row."""
    return found.assign(
        label=labels,
        when=[f"{row.horizon:.0f} months after the start, {row.period}" for row in rows_of(found)],
        points=[f"{row.n_pre:.0f}, {row.n_post:.0f}" for row in rows_of(found)],
        cautions=found["cautions"].replace("", "none"),
    )


def _scaled(found: pd.DataFrame, spread: pd.Series) -> pd.DataFrame:
    """The excess and its interval in spreads, favourable ones positive."""
    ends = pd.DataFrame(
        {name: found[name] * spread for name in ("excess_low", "excess_high")}, index=found.index
    )
    return ends.assign(
        excess=found["excess"] * spread, excess_low=ends.min(axis=1), excess_high=ends.max(axis=1)
    )


def _in_words(rows: pd.DataFrame, names: Sequence[str], unit: Unit) -> list[str]:
    """Estimates and their intervals: `+7.9 (−0.4 to +16.2)`; the unit stands above the axis."""
    return [
        "not known" if pd.isna(figures).any() else _interval(figures, unit)
        for figures in rows[list(names)].to_numpy(dtype=float)
    ]


def _interval(figures: NDArray[np.float64], unit: Unit) -> str:
    is_large = unit == "count" and np.abs(figures).max() >= _LARGE
    rounded = figures.round() if is_large else figures
    estimate, low, high = (format_change(float(one), unit).split(" ")[0] for one in rounded)
    return f"{estimate} ({low} to {high})"


def effects_table(frame: pd.DataFrame, known: Mapping[str, Indicator], event: str) -> pd.DataFrame:
    """Every effect with all that is known of it."""
    return _table(estimated(frame), known, event, _TABLE)


def refused_table(frame: pd.DataFrame, known: Mapping[str, Indicator], event: str) -> pd.DataFrame:
    """Who has no effect, and why."""
    none = refused(frame)
    reasons = none["code"].map(short_reason)
    return _table(none.assign(reason=reasons), known, event, _REFUSED)


def _table(
    rows: pd.DataFrame, known: Mapping[str, Indicator], event: str, columns: dict[str, str]
) -> pd.DataFrame:
    ids = rows["indicator_id"]
    told = rows.assign(
        month=[format_month(day) for day in rows["event_on"]],
        title=[known[name].short_title for name in ids],
        unit=[known[name].unit.replace("_", " ") for name in ids],
        link=[single_link(row) for row in rows_of(rows)],
    )
    return told[list(columns)].rename(columns=columns | {"month": _EVENTS[event]})


def single_link(row: object) -> str:
    """The single view of the same series and months."""
    days = [pd.Timestamp(text) for text in row.interruptions.split(", ")]  # type: ignore[attr-defined]
    months = [str(day.to_period("M") + int(day.day > 15)) for day in days]
    dates = dict(zip(("entry", "exit"), months, strict=False))
    whose = {"indicator": row.indicator_id, "org": row.org_code}  # type: ignore[attr-defined]
    return f"its?{urlencode({'view': 'one', **whose, 'interruptions': 'own', **dates})}"


COLUMN_CONFIG = {
    "Single view": st.column_config.LinkColumn("Single view", display_text="Open"),
    **{
        name: st.column_config.NumberColumn(format="%.2f")
        for name in (
            *("Effect", "from", "to", "Beyond expected rebound", "rebound from", "rebound to"),
            *(
                "Favourable change",
                "Favourable, SDs",
                "SDs from",
                "SDs to",
                "Standard error",
                "df",
                "φ",
            ),
        )
    },
    **{
        name: st.column_config.NumberColumn(format="%.1f")
        for name in ("% of value without", "% from", "% to")
    },
    **{
        name: st.column_config.NumberColumn(format="%d")
        for name in ("Months after start", "Points before", "Points after", "Placebos")
    },
}
"""How the columns of the table are written."""
