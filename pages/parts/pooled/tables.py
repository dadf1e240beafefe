"""The tables of the pooled evidence: every effect, who is left out, and the mean by controls and by base."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.charts.event_study import bin_words
from pages.parts.frame import show_table
from pages.parts.organisations import organisations
from pages.parts.pooled.choice import PROGRAMMES, Asked, describe_base
from pages.parts.pooled.study import study_text
from pages.parts.pooled.words import beside_words, changed, evidence, reasons_of, written_date

NOT_KNOWN = "not known to the month"
_TOO_FEW = "too few"


def short_name(one: dict[str, Any]) -> str:
    """The name of an organisation as charts have it."""
    return str(organisations()["short_name"].get(one["unit"], one["name"]))


def show_tables(result: dict[str, Any], asked: Asked) -> None:
    """Everything that the charts draw, and the mean by other controls and other months."""
    name = asked.file_name
    label = "Every effect, and the mean without it"
    show_table(lambda: effects_table(result, asked), f"{name}-effects", label)
    if result["compared"]:
        table = compared_table(result, asked)
        show_table(table, f"{name}-controls", "The mean beside other controls")
    if result["bases"]:
        show_table(
            bases_table(result, asked), f"{name}-bases", "The mean against other months before"
        )
    if result["event_study"]:
        show_table(lambda: study_table(result, asked), f"{name}-study", "The event study")


def show_left_out(left_out: Sequence[dict[str, Any]], asked: Asked) -> None:
    """How many on record cannot be judged for which reason, and who they are."""
    if left_out:
        counted = pd.DataFrame(reasons_of(left_out), columns=["Why left out", "How many"])
        st.table(counted.set_index("Why left out"))
        label = f"The {len(left_out)} left out, and why"
        show_table(left_out_table(left_out, asked), f"{asked.file_name}-left-out", label)


def effects_table(result: dict[str, Any], asked: Asked) -> pd.DataFrame:
    """One row per event, in words, with the mean of all others."""
    unit = asked.indicator.unit
    return pd.DataFrame(
        [
            _named(one, asked)
            | {
                "Effect": changed(one["effect"], unit),
                **_ends(one, unit),
                "Reading": evidence(one, asked),
                "Own change": changed(one["own"], unit),
                "Change of those beside": changed(one["beside"], unit),
                "How many beside": one["n_controls"],
                **_further(one, asked),
                "Mean without it": _change(one["pooled_without"], unit),
            }
            for one in result["units"]
        ]
    )


def _further(one: dict[str, Any], asked: Asked) -> dict[str, Any]:
    """What some events alone have: the programme, the months inside, the end of the year after leaving."""
    told: dict[str, Any] = {}
    if one["programme"] is not None:
        told["Programme"] = PROGRAMMES[one["programme"]]
    if asked.event == "programme":
        told["Months inside"] = one["months"]
    if asked.event == "exit":
        told["Months 10 to 12"] = _change(one["late"], asked.indicator.unit)
    return told


def left_out_table(left_out: Sequence[dict[str, Any]], asked: Asked) -> pd.DataFrame:
    """One row per event that cannot be judged."""
    return pd.DataFrame([_named(one, asked) | {"Reason": one["reason"]} for one in left_out])


def _named(one: dict[str, Any], asked: Asked) -> dict[str, Any]:
    first = "Neighbour entered" if asked.event == "exposure" else "Entered"
    told = {
        "Organisation": short_name(one),
        "Code": one["unit"],
        first: written_date(one["entered"], NOT_KNOWN),
    }
    left = {} if asked.event == "exposure" else {"Left": written_date(one["left"], NOT_KNOWN)}
    return told | left


def compared_table(result: dict[str, Any], asked: Asked) -> pd.DataFrame:
    """The mean of the same events beside each set of controls."""
    return pd.DataFrame(
        [
            {"Beside": beside_words(one["controls"], asked.event)} | mean_cells(one, asked)
            for one in result["compared"]
        ]
    )


def bases_table(result: dict[str, Any], asked: Asked) -> pd.DataFrame:
    """The mean of the same events against each stretch of months before."""
    return pd.DataFrame(
        [
            {"Year from the event against": describe_base((one["begins"], one["ends"]), 1)}
            | mean_cells(one, asked)
            for one in result["bases"]
        ]
    )


def mean_cells(one: dict[str, Any], asked: Asked) -> dict[str, Any]:
    """`n, estimate, ci_low, ci_high` as cells; without an estimate, that too few are left."""
    known = one["ci_low"] is not None
    unit = asked.indicator.unit
    return {
        "Mean effect": _change(one["estimate"], unit),
        **_ends(one, unit),
        "Reading": evidence(one, asked) if known else _TOO_FEW,
        "Of how many": one["n"],
    }


def study_table(result: dict[str, Any], asked: Asked) -> pd.DataFrame:
    """The bins of the event study."""
    unit, text = asked.indicator.unit, study_text(asked)
    return pd.DataFrame(
        [
            {
                "When": bin_words(one["event_time"], one["last"], text),
                "Difference": _change(one["estimate"], unit),
                **_ends(one, unit),
                "Band from": _change(one["band_low"], unit),
                "band to": _change(one["band_high"], unit),
                "Organisations": one["n_units"],
            }
            for one in result["event_study"]
        ]
    )


def _ends(one: dict[str, Any], unit: Any) -> dict[str, str]:
    return {"95 % from": _change(one["ci_low"], unit), "to": _change(one["ci_high"], unit)}


def _change(value: float | None, unit: Any) -> str:
    return _TOO_FEW if value is None else changed(value, unit)
