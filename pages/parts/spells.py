"""Spells of intensive support as the pages show them: with dates in words and filters applied."""

import pandas as pd
import streamlit as st

from indicators.series import order_by_entry
from pages.charts.layers.formats import format_period
from pages.charts.layers.rows import with_plain_texts
from pages.parts.store import ask, version

TYPE_WORDS = {
    "acute": "Acute trust",
    "specialist": "Specialist trust",
    "mental_health": "Mental health trust",
    "community": "Community trust",
    "ambulance": "Ambulance trust",
    "icb": "Integrated care board",
}
PATHWAY_WORDS = {
    "entered": "Entered, no exit established",
    "transferred": "Transferred from special measures, no exit established",
    "left": "Left",
}
"""How a spell began and whether it is known to have ended, as in the evaluation's protocol."""


def programme_words() -> dict[str, str]:
    """Every programme by code, in order of its start, named without what its name later became."""
    programmes = ask("programmes")
    names = programmes["name"].str.partition(" (")[0]
    return dict(zip(programmes["programme"], names, strict=True))


def written_date(written: str | None, precision: str | None) -> str:
    """A register date in words, to the precision it is known; a missing one says so."""
    if pd.isna(written):
        return "not established"
    return format_period(written, precision)


def all_spells() -> pd.DataFrame:
    """Every spell on record, in order of first entry, dates in words beside their bounds."""
    return _all_spells(version()).copy(deep=False)


@st.cache_resource(max_entries=4, show_spinner=False)
def _all_spells(_version: str) -> pd.DataFrame:
    spells = order_by_entry(ask("spells"))
    told = spells.assign(
        org_type=spells["type_today"].fillna(spells["org_type"]),
        region=spells["region_today"],
        entered_label=[
            written_date(w, p)
            for w, p in zip(spells["entered_written"], spells["entered_precision"], strict=True)
        ],
        last_known_label=[
            None if pd.isna(w) else written_date(w, p)
            for w, p in zip(
                spells["last_known_in_written"], spells["last_known_in_precision"], strict=True
            )
        ],
        left_label=[
            written_date(w, p)
            for w, p in zip(spells["left_written"], spells["left_precision"], strict=True)
        ],
    )
    return with_plain_texts(told)


def lead_sentence(spells: pd.DataFrame) -> str:
    """How many organisations the Recovery Support Programme has had, and how many are known to have left."""
    rsp = spells[spells["programme"] == "rsp"]
    latest = rsp.sort_values("entered_earliest", na_position="last").groupby("org_code").tail(1)
    inside_unknown = int(latest["left_earliest"].isna().sum())
    return (
        f"{latest['org_code'].nunique()} organisations are on record in the Recovery Support Programme "
        f"since July 2021; {len(latest) - inside_unknown} are known to have left it. "
        f"For {inside_unknown} no source gives an exit, which does not mean that they are still inside."
    )
