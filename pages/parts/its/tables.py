"""The tables of a run: effects by horizon, slopes, coefficients; and its diagnostics in plain words."""

from typing import Any

import pandas as pd
import streamlit as st

from pages.charts.layers.formats import IndicatorText, format_change, format_span
from pages.parts.frame import show_table
from pages.parts.its.notes import note
from pages.parts.its.series import day_of
from pages.parts.its.subject import Subject
from pages.parts.its.words import diagnostic_sentences

_NO_SINGLE = "no single figure"
_STRETCHES = {"before": "before entry", "during": "in the programme", "after": "after exit"}


def show_tables(result: dict[str, Any], subject: Subject) -> None:
    """What each interruption changed; and, folded, what the model is made of."""
    name = subject.file_name
    show_table(
        _effects(result, subject.text), f"{name}-effects", "Effects by horizon", is_open=True
    )
    show_table(_slopes(result), f"{name}-slopes", "Slope of each stretch")
    show_table(
        pd.DataFrame(result["coefficients"]), f"{name}-coefficients", "Coefficients of the model"
    )
    show_table(pd.DataFrame(result["series"]), f"{name}-series", "The data behind this chart")


def _effects(result: dict[str, Any], text: IndicatorText) -> pd.DataFrame:
    """Both interruptions by horizon, then their means, and the first against the flat line."""
    changes = [(_kind(result, 0), result["effects"], result["mean_effect"])]
    changes += [
        (_kind(result, one["interruption"] - 1), one["effects"], one["mean_effect"])
        for one in result["later_interruptions"]
    ]
    rows = []
    for kind, effects, mean in changes:
        rows += [_effect(kind, one, text) for one in effects]
        whole = _row(f"{kind}, mean of all", f"{mean['periods']} periods", mean, text)
        rows.append(whole | {"Without it": _NO_SINGLE, "In % of that": _NO_SINGLE})
    flat = f"{_kind(result, 0)}, without a slope before"
    rows += [_effect(flat, one, text) for one in result["effects_against_flat"]]
    return pd.DataFrame(rows)


def _kind(result: dict[str, Any], place: int) -> str:
    return str(result["interruptions"][place]["kind"])


def _effect(kind: str, one: dict[str, Any], text: IndicatorText) -> dict[str, Any]:
    when = format_span(day_of(one["period"]), text.step_months)
    row = _row(kind, f"{one['horizon']} ({when})", one, text)
    percent = one["percent"]
    return row | {
        "Without it": text.shown(one["counterfactual"]).replace("-", "−"),
        "In % of that": "not defined" if percent is None else f"{percent:+.1f}".replace("-", "−"),
    }


def _row(kind: str, after: str, one: dict[str, Any], text: IndicatorText) -> dict[str, Any]:
    ends = {
        title: format_change(one[name], text.unit)
        for title, name in (
            ("Change", "estimate"),
            ("95 % from", "ci_low"),
            ("to", "ci_high"),
        )
    }
    df, p = one["df"], one["p"]
    return {
        "Interruption": kind,
        f"{text.period_noun.capitalize()}s after": after,
        **ends,
        "Reading": one.get("evidence") or "no better side",
        "df": "normal" if df is None else f"{df:.1f}",
        "p": _chance(p),
    }


def _chance(p: float | None) -> str:
    if p is None:
        return "not given"
    return "below 0.001" if p < 0.001 else f"{p:.3f}"


def _slopes(result: dict[str, Any]) -> pd.DataFrame:
    unit = "per period" if result["link"] == "identity" else f"per period, {result['link']}"
    return pd.DataFrame(
        [
            {
                "Stretch": _STRETCHES[one["stretch"]],
                f"Slope {unit}": one["estimate"],
                "95 % from": one["ci_low"],
                "to": one["ci_high"],
            }
            for one in result["slopes"]
        ]
    )


def show_diagnostics(result: dict[str, Any], subject: Subject) -> None:
    """How far the model fits, each number with what it says."""
    with st.expander("How well does the model fit?"):
        for told in diagnostic_sentences(result, subject.text):
            note(told)
