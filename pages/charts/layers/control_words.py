"""What a control chart says of a point: its figures, the rules it breaks and what kind of point it is."""

from typing import Any

import pandas as pd

from indicators.stats.spc_rules import RULES
from indicators.writing import rule_words
from pages.charts.layers.formats import IndicatorText, format_span, format_value
from pages.charts.layers.rows import rows_of
from pages.charts.layers.trajectory_data import NOT_FOUND

KIND_WORDS = {
    "common_cause": "common cause variation",
    "improvement": "special cause improvement",
    "concern": "special cause concern",
    "neutral": "special cause, neither side is better",
}
NO_RULE = "none"
"""Said of a point that breaks no rule."""


def rules_in_words(points: pd.DataFrame, run_length: int = 7) -> list[str]:
    """All rules that each point breaks, in words; `none` for a point that breaks none."""
    words = rule_words(run_length)
    hits = points[list(RULES)].fillna(0).to_numpy() != 0
    named = ([words[name] for name, hit in zip(RULES, row, strict=True) if hit] for row in hits)
    return ["; ".join(names) or NO_RULE for names in named]


def with_hover(points: pd.DataFrame, text: IndicatorText) -> pd.DataFrame:
    """Each period with the words of its hover: month, shown, above, below, middle, reach, is_kind, source."""
    rows = rows_of(points)
    return points.assign(
        month=[format_span(row.period_start, text.step_months) for row in rows],
        shown=[_shown(row, text) for row in rows],
        above=[_amount(row.numerator) for row in rows],
        below=[_amount(row.denominator) for row in rows],
        middle=[_figure(row.mean, text) for row in rows],
        rules_words=points["rules_words"].fillna(NO_RULE),
        reach=[f"{_figure(row.lower, text)} to {_figure(row.upper, text)}" for row in rows],
        is_kind=[_kind(row) for row in rows],
        source=[_source(row) for row in rows],
    )


def _shown(row: Any, text: IndicatorText) -> str:
    if not pd.isna(row.value):
        return format_value(row.value, text.unit)
    return NOT_FOUND if pd.isna(row.missing_reason) else str(row.missing_reason)


def _amount(amount: float) -> str:
    return "none" if pd.isna(amount) else format_value(float(amount), "count")


def _figure(value: float, text: IndicatorText) -> str:
    return "none" if pd.isna(value) else format_value(value, text.unit)


def _kind(row: Any) -> str:
    words = KIND_WORDS.get(row.kind, "none")
    return f"{words} (trial limits)" if not pd.isna(row.is_trial) and row.is_trial else words


def _source(row: Any) -> str:
    parts = [part for part in (row.file_name, row.basis) if not pd.isna(part)]
    return ", ".join(map(str, parts)) or "none"
