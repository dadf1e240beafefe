"""The tables of a synthetic control: its donors with their weights, its placebos, its series."""

from typing import Any

import pandas as pd
import streamlit as st

from pages.charts.donor_weights import draw_weights, weight_words
from pages.charts.layers.formats import IndicatorText, format_change, format_span
from pages.parts.frame import show_chart, show_table, theme_name, tokens_of
from pages.parts.its.series import day_of
from pages.parts.its.subject import Subject
from pages.parts.its.synthetic_drawn import read_rows
from pages.parts.its.synthetic_names import named, short_name
from pages.parts.its.synthetic_words import LEAST_WEIGHT, NOT_READ
from pages.parts.specs import spec_of


def show_donors(result: dict[str, Any], subject: Subject) -> None:
    """Who the synthetic control is made of, and what each donor moves."""
    rows = pd.DataFrame(
        [
            {"code": code, "name": named(code), "weight": float(weight)}
            for code, weight in result["weights"].items()
            if abs(weight) >= LEAST_WEIGHT
        ]
    ).sort_values("weight", ascending=False, ignore_index=True)
    st.header("What it is made of", anchor=False)
    told = ", ".join(
        f"{row.name} {weight_words(row.weight)}"
        for row in rows.head(3).itertuples(index=False, name="Donor")
    )
    alt = f"Largest weights of the synthetic control: {told}."
    bars = rows.assign(name=[short_name(code) for code in rows["code"]])
    show_chart(spec_of(draw_weights(bars, tokens_of(theme_name()))), alt, "synthetic-weights")
    show_table(_weights(rows, result, subject.text), f"{subject.file_name}-weights", "The weights")
    if result["left_out"]:
        show_table(
            pd.DataFrame({"No donor for want of figures": list(map(named, result["left_out"]))}),
            f"{subject.file_name}-left-out",
            "Organisations that cannot be donors",
        )


def _weights(rows: pd.DataFrame, result: dict[str, Any], text: IndicatorText) -> pd.DataFrame:
    without = {one["unit"]: one["att"] for one in result["leave_one_out"]}
    passes = result["fit"]["passes"]
    return pd.DataFrame(
        {
            "Donor": rows["name"],
            "Weight": rows["weight"].map(weight_words),
            "Mean gap without it": [
                format_change(without[code], text.unit) if passes and code in without else NOT_READ
                for code in rows["code"]
            ],
        }
    )


def show_tables(result: dict[str, Any], subject: Subject) -> None:
    """Everything that the chart draws."""
    text, name = subject.text, subject.file_name
    show_table(_series(read_rows(result), text), f"{name}-series")
    if result["fit"]["passes"]:
        show_table(_placebos(result, text), f"{name}-placebos", "The placebos")
        show_table(lambda: _gaps(result, text), f"{name}-placebo-gaps", "Their gaps by period")


def _series(rows: pd.DataFrame, text: IndicatorText) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Period": _periods(rows["period"], text),
            "Value": rows["value"].map(text.shown),
            "Synthetic control": [
                NOT_READ if pd.isna(one) else text.shown(one) for one in rows["synthetic"]
            ],
            "Gap": [
                NOT_READ if pd.isna(one) else format_change(one, text.unit) for one in rows["gap"]
            ],
        }
    )


def _placebos(result: dict[str, Any], text: IndicatorText) -> pd.DataFrame:
    """The largest ratio first, the organisation's own among them."""
    own = {"unit": None, "ratio": result["placebos"]["ratio"], "kept": True}
    own |= {name: result[name] for name in ("pre_rmspe", "att")}
    everyone = pd.DataFrame([own, *result["placebos"]["units"]]).sort_values(
        "ratio", ascending=False, na_position="first", kind="stable"
    )
    return pd.DataFrame(
        {
            "Organisation": [
                "the one that entered" if unit is None else named(unit) for unit in everyone["unit"]
            ],
            "Gaps after, by gaps before": [
                "infinite" if pd.isna(one) else f"{one:.2f}" for one in everyone["ratio"]
            ],
            "Gap before entry": [_size(one, text) for one in everyone["pre_rmspe"]],
            "Mean gap from entry on": [format_change(one, text.unit) for one in everyone["att"]],
            "Counted": everyone["kept"].map({True: "yes", False: "no: fits five times worse"}),
        }
    )


def _size(gap: float, text: IndicatorText) -> str:
    return format_change(gap, text.unit).lstrip("+")


def _gaps(result: dict[str, Any], text: IndicatorText) -> pd.DataFrame:
    """A column for each placebo, counted or not."""
    columns = {named(one["unit"]): one["gap"] for one in result["placebos"]["units"]}
    periods = pd.Series([one["period"] for one in result["series"]])
    return pd.DataFrame({"Period": _periods(periods, text), **columns})


def _periods(periods: pd.Series, text: IndicatorText) -> list[str]:
    return [format_span(day_of(str(one)), text.step_months) for one in periods]
