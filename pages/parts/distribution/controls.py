"""Controls of the distribution: whose values, of which period, and whom to pick out."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from streamlit.delta_generator import DeltaGenerator

from indicators.definition import Indicator
from pages.charts.layers.formats import format_span
from pages.parts.explorer.controls import choose_orgs
from pages.parts.links import linked_select
from pages.parts.organisations import PEERS, listed, organisations
from pages.parts.spells import TYPE_WORDS
from pages.parts.store import ask


@dataclass(frozen=True)
class Asked:
    """What a display of one period is asked for; `month` is the first day of the period."""

    indicator: str
    org_type: str
    month: pd.Timestamp
    highlighted: tuple[str, ...]

    @property
    def file_name(self) -> str:
        """What files of this display are called after its kind."""
        return f"{self.indicator}-{self.org_type}-{self.month:%Y-%m}"


FEWEST = 5
"""With fewer organisations than this in a period there is no picture of a spread."""
_RECENT = 12
_NEARLY_ALL = 0.85
_PERIOD = {"month": "Month", "quarter": "Quarter starting", "year": "Year starting"}


def types_with_values(indicator: str, fewest: int = FEWEST) -> pd.DataFrame:
    """`org_type, period_start, n` of periods with enough organisations of a type that has a name here."""
    rows = ask("distribution_periods", indicator=indicator)
    return rows[(rows["n"] >= fewest) & rows["org_type"].isin(list(PEERS))]


def choose_type(periods: pd.DataFrame) -> str:
    """One type of organisation; without a choice the one with most figures."""
    known = [key for key in TYPE_WORDS if key in set(periods["org_type"])]
    usual = periods.groupby("org_type")["n"].sum().idxmax()
    words = TYPE_WORDS.__getitem__
    return linked_select("Type", "org_type", known, words, str(usual)) or str(usual)


def usual_period(periods: pd.DataFrame) -> str:
    """Of the last twelve periods the latest in which (nearly) as many organisations have a figure as in any.

    `2026-05`, the first month of the period; nearly is 85 %.
    """
    recent = periods.sort_values("period_start").tail(_RECENT)
    full = recent[recent["n"] >= _NEARLY_ALL * recent["n"].max()]
    return f"{full['period_start'].iloc[-1]:%Y-%m}"


def choose_month(indicator: Indicator, periods: pd.DataFrame) -> pd.Timestamp:
    """One of the periods, latest first, by its first month."""
    ordered = periods.sort_values("period_start", ascending=False)
    words = {
        f"{row.period_start:%Y-%m}": f"{format_span(row.period_start, indicator.step_months)} ({row.n})"
        for row in ordered.itertuples()
    }
    usual = usual_period(periods)
    label = _PERIOD[indicator.cadence]
    chosen = linked_select(label, "month", list(words), words.__getitem__, usual) or usual
    return pd.Period(chosen, "M").start_time


def choose_highlighted(indicator: str) -> tuple[str, ...]:
    """Up to three organisations with a value, drawn in colours of their own."""
    return tuple(choose_orgs(indicator, "Highlight", 3, "Up to three"))


def choose_period_values(indicator: Indicator, places: Sequence[DeltaGenerator]) -> Asked:
    """Type, period and organisations to pick out, each in its place."""
    periods = types_with_values(indicator.indicator_id)
    with places[0]:
        org_type = choose_type(periods)
    with places[1]:
        month = choose_month(indicator, periods[periods["org_type"] == org_type])
    with places[2]:
        highlighted = choose_highlighted(indicator.indicator_id)
    return Asked(indicator.indicator_id, org_type, month, highlighted)


def values_of(asked: Asked) -> pd.DataFrame:
    """The values of the period of organisations of the type, with the programmes they are inside."""
    values = ask("period_values", indicator=asked.indicator, period=f"{asked.month:%Y-%m-%d}")
    return values[values["org_type"] == asked.org_type]


def not_shown(highlighted: Sequence[str], shown: pd.Series) -> str:
    """A sentence on the organisations picked out that are not among those drawn; nothing if all are."""
    names = organisations()["short_name"]
    absent = [str(names[code]) for code in highlighted if code not in set(shown)]
    return f"Not in this picture: {listed(absent)}." if absent else ""


def size_note(indicator: Indicator) -> str:
    """A sentence where the figures are numbers of cases; nothing of shares, means and published grades."""
    if indicator.unit != "count" or indicator.group == "oversight":
        return ""
    return "This is a number of cases: it is high where many people are served, and the order is mostly that."


def with_names(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the short name of each organisation as `org_name`."""
    return rows.assign(org_name=rows["org_code"].map(organisations()["short_name"]))
