"""The forest plot of the pooled evidence as the browser draws it: every effect, and their mean."""

import json
from typing import Any

import pandas as pd
import streamlit as st

from pages.charts.forest import ForestText, Mean, describe_forest, draw_forest
from pages.charts.layers.formats import format_month
from pages.parts.frame import show_chart, theme_name, tokens_of
from pages.parts.its.series import day_of
from pages.parts.pooled.choice import Asked
from pages.parts.pooled.tables import short_name
from pages.parts.pooled.words import changed, evidence, mean_of, text_of_changes
from pages.parts.specs import spec_of
from pages.parts.store import version

_SIDES = {"higher": "right", "lower": "left", "neither": "neither"}
_HOVER = {
    "label": "effect of",
    "words": "effect (95 % interval)",
    "evidence": "evidence",
    "own": "own change",
    "beside": "change of those beside",
    "n": "organisations beside",
}


def show_forest(result: dict[str, Any], asked: Asked) -> None:
    """The effects in order of the event, and their mean if there is one."""
    rows, text, mean = _rows(result, asked), _text(result, asked), _mean(result, asked)
    alt = describe_forest(rows, text, mean)
    spec = _forest(json.dumps(asked.document), theme_name(), version(), rows, text, mean)
    show_chart(spec, alt, "pooled.forest")


@st.cache_data(max_entries=64, show_spinner=False)
def _forest(
    document: str,
    theme: str,
    data_version: str,
    _rows: pd.DataFrame,
    _text: ForestText,
    _mean: Mean | None,
) -> dict[str, Any]:
    return spec_of(draw_forest(_rows, _text, tokens_of(theme), _mean))


def _text(result: dict[str, Any], asked: Asked) -> ForestText:
    text = text_of_changes(asked)
    when = "while inside" if asked.event == "programme" else f"after {asked.event}"
    subject = f"{asked.indicator.short_title} {when}, {len(result['units'])} effects"
    better: Any = _SIDES[asked.indicator.better]
    unit = f"in {text.unit_title}"
    return ForestText(subject, unit, better, text.axis_format(), has_grades=False, hover=_HOVER)


def _rows(result: dict[str, Any], asked: Asked) -> pd.DataFrame:
    """In order of the event; `label` is its month and the organisation."""
    unit, when = asked.indicator.unit, "left" if asked.event == "exit" else "entered"
    ordered = sorted(result["units"], key=lambda one: str(one[when]))
    return pd.DataFrame(
        [
            {
                "label": f"{format_month(day_of(one[when]))} · {short_name(one)}",
                "estimate": one["effect"],
                "low": one["ci_low"],
                "high": one["ci_high"],
                "grade": "standard",
                "evidence": evidence(one, asked),
                "is_extrapolated": False,
                "words": _in_words(one["effect"], one["ci_low"], one["ci_high"], unit),
                "own": changed(one["own"], unit),
                "beside": changed(one["beside"], unit),
                "n": str(one["n_controls"]),
            }
            for one in ordered
        ]
    )


def _mean(result: dict[str, Any], asked: Asked) -> Mean | None:
    if result["pooled"] is None:
        return None
    found, unit = mean_of(result), asked.indicator.unit
    low, high = found["prediction_low"], found["prediction_high"]
    return Mean(
        label=f"Mean of {found['n']}",
        estimate=found["estimate"],
        low=found["ci_low"],
        high=found["ci_high"],
        words=_in_words(found["estimate"], found["ci_low"], found["ci_high"], unit),
        further="Where one more would lie",
        further_low=low,
        further_high=high,
        further_words=f"{_bare(low, unit)} to {_bare(high, unit)}",
    )


def _in_words(estimate: float, low: float, high: float, unit: Any) -> str:
    return f"{_bare(estimate, unit)} ({_bare(low, unit)} to {_bare(high, unit)})"


def _bare(change: float, unit: Any) -> str:
    """Without its unit, which stands above the axis."""
    return changed(change, unit).removesuffix(" points")
