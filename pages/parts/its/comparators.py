"""Who an organisation is compared with: every candidate in or out and why, and how alike they were."""

from collections.abc import Mapping, Sequence
from math import exp
from typing import Any

import pandas as pd
import streamlit as st

from indicators.analyses.controlled_published import SIZE
from indicators.stats.matching import BALANCED
from pages.charts.layers.formats import IndicatorText, format_change
from pages.charts.layers.spell_words import count
from pages.parts.frame import show_table
from pages.parts.its.controlled_words import balance_words
from pages.parts.its.notes import note
from pages.parts.its.subject import Subject

_OTHER_TYPE = "is another type of organisation"
_TRAITS = {
    "level": "Level, last year",
    "slope": "Slope, two years",
    SIZE: "Size (staff, or people waiting)",
}
Rows = Sequence[Mapping[str, Any]]


def show_comparators(organisations: Rows, balance: Rows, subject: Subject) -> None:
    """Candidates (`org_code, org_name, is_in, reason`), balance (`trait, entered, comparators, smd`)."""
    note(_counted(organisations))
    table = balance_table(balance, subject.text)
    if len(table):
        st.table(table.set_index("Before entry"))
        note(
            "Apart: the organisation less the mean of its comparators, in standard deviations between all "
            f"that can be compared; under {BALANCED:g} counts as alike."
        )
    show_table(
        lambda: candidates_table(organisations),
        f"{subject.file_name}-candidates",
        "Every organisation, in or out, and why",
    )


def candidates_table(organisations: Rows) -> pd.DataFrame:
    """Those compared first, then the rest of its type, then organisations of another type."""
    rows = sorted(organisations, key=lambda row: (not row["is_in"], row["reason"] == _OTHER_TYPE))
    return pd.DataFrame(
        {
            "Organisation": [row["org_name"] for row in rows],
            "Code": [row["org_code"] for row in rows],
            "Compared": ["in" if row["is_in"] else "out" for row in rows],
            "Reason": [str(row["reason"]) for row in rows],
        }
    )


def _counted(organisations: Rows) -> str:
    """How many are in, out of how many of its type, and how many are of another."""
    other = sum(row["reason"] == _OTHER_TYPE for row in organisations)
    chosen = sum(bool(row["is_in"]) for row in organisations)
    of_type = len(organisations) - other
    return (
        f"Of {count(of_type, 'organisation')} of its type, itself among them, {chosen} are in; {other} "
        "others are of another type. Each has its reason in the table below."
    )


def balance_table(balance: Rows, text: IndicatorText) -> pd.DataFrame:
    """Each trait of the organisation and of its comparators, and how far apart they are in words."""
    return pd.DataFrame(
        [
            {
                "Before entry": _TRAITS.get(row["trait"], row["trait"]),
                "Organisation": _figure(row["trait"], row["entered"], text),
                "Comparators": _figure(row["trait"], row["comparators"], text),
                "Apart, in SDs": balance_words(_known(row["smd"]), BALANCED),
            }
            for row in balance
        ]
    )


def _figure(trait: str, value: Any, text: IndicatorText) -> str:
    known = _known(value)
    if known is None:
        return "not known"
    if trait == SIZE:
        return f"{exp(known):,.0f}"
    if trait == "slope":
        # A year's worth: a month's is too small for one decimal.
        return f"{format_change(known * 12 / text.step_months, text.unit)} a year"
    return text.shown(known)


def _known(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)
