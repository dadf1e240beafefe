"""The points of a control chart as a table and a file, and the analysis that gives them again."""

from typing import Any

import pandas as pd
import streamlit as st

from indicators.charted import SIDES, Rebase
from indicators.definition import Indicator
from pages.charts.control_chart import KIND_WORDS, NO_RULE
from pages.parts.control.choice import Choice
from pages.parts.control.data import OneChart
from pages.parts.durations import offer_analysis
from pages.parts.frame import show_table

_FIGURE = "%.2f"
_COLUMNS: dict[str, Any] = {
    "period_start": st.column_config.DateColumn("Period starts", format="D MMM YYYY"),
    "value": st.column_config.NumberColumn("Value", format=_FIGURE),
    "rules_hit": "Rules broken",
    "kind": "Kind",
    "mean": st.column_config.NumberColumn("Mean", format=_FIGURE),
    "lower": st.column_config.NumberColumn("Lower limit", format=_FIGURE),
    "upper": st.column_config.NumberColumn("Upper limit", format=_FIGURE),
    "numerator": "Numerator",
    "denominator": "Denominator",
    "phase": "Phase",
    "is_trial": "Trial limits",
    "missing_reason": "Why there is no value",
    "basis": "Basis",
    "file_name": "Read from",
    "variation_icon": "Variation icon",
    "assurance_icon": "Assurance icon",
}
_SOMETIMES = {"observed": "As published", "is_baseline": "Sets the limits"}


def show_points(chart: OneChart, file_name: str) -> None:
    """Every period, its limits and each rule it breaks by name; the icons are those of the last point."""
    points = chart.points
    is_there = points["value"].notna()
    rows = points.assign(
        kind=points["kind"].map(KIND_WORDS),
        rules_hit=points["rules_words"].where(points["rules_words"] != NO_RULE, ""),
        phase=(points["phase"] + 1).astype("Int64"),
        is_trial=points["is_trial"].map({True: "yes", False: "no"}),
        variation_icon=chart.variation,
        assurance_icon=chart.assurance,
    )
    rows = rows.assign(rules_hit=rows["rules_hit"].where(is_there, None))
    kept = [*_COLUMNS, *(name for name in _SOMETIMES if name in rows)]
    show_table(
        rows[kept],
        file_name,
        f"The {is_there.sum()} points behind this chart, each with the rules it breaks",
        _COLUMNS | _SOMETIMES,
    )


def analysis(
    indicator: Indicator, choice: Choice, chart: OneChart, rebases: tuple[Rebase, ...]
) -> tuple[dict[str, Any], pd.DataFrame]:
    """The chart as a document and rows, as `python -m indicators analyse` takes them.

    Without the rows a document of single values asks the warehouse for the same months.
    """
    measured = chart.measured
    own = [each.starts_on for each in rebases if each.org_code == choice.org]
    # Proportions are charted as shares of one.
    target = measured["target"].iloc[-1] / (100 if choice.is_proportion else 1)
    first, last = (measured["period_start"].iloc[end] for end in (0, -1))
    document = {
        "analysis": "spc",
        "indicator": indicator.indicator_id,
        "org": choice.org,
        "from": f"{first:%Y-%m}",
        "to": f"{last:%Y-%m}",
        "lineage": choice.lineage,
        **_as_judged(choice),
        "improvement": SIDES[indicator.better],
        "target": None if pd.isna(target) else float(target),
        "rebase": [_written(pd.Timestamp(day), indicator) for day in own] or None,
    }
    known = {name: value for name, value in document.items() if value is not None}
    return known, _rows(measured, indicator, choice)


def _as_judged(choice: Choice) -> dict[str, Any]:
    """How limits are made and points judged; charts of proportions do without moving ranges."""
    options, is_single = choice.options, not choice.is_proportion
    return {
        "chart": choice.chart,
        "seasonally_adjusted": choice.is_adjusted or None,
        "rules": options.rules,
        "screen_moving_ranges": options.is_screened if is_single else None,
        "run_length": options.run_length,
        "fix_after": options.fix_after if is_single else None,
    }


def _rows(measured: pd.DataFrame, indicator: Indicator, choice: Choice) -> pd.DataFrame:
    """Periods with their values as published, or with what they are proportions of."""
    rows = pd.DataFrame({"period": [_written(day, indicator) for day in measured["period_start"]]})
    if choice.is_proportion:
        parts = measured[["numerator", "denominator"]].reset_index(drop=True)
        return rows.join(parts)
    published = "observed" if choice.is_adjusted else "value"
    return rows.assign(value=measured[published].to_numpy())


def _written(day: pd.Timestamp, indicator: Indicator) -> str:
    """A period as an analysis writes it."""
    return {1: f"{day:%Y-%m}", 3: f"{day.year}-Q{day.quarter}", 12: str(day.year)}[
        indicator.step_months
    ]


def offer(
    indicator: Indicator, choice: Choice, chart: OneChart, rebases: tuple[Rebase, ...]
) -> None:
    """The analysis to take away, where `analyse` knows this kind of chart."""
    if not choice.is_frozen:
        document, rows = analysis(indicator, choice, chart, rebases)
        offer_analysis(document, rows, f"control-chart-{indicator.indicator_id}-{choice.org}")
