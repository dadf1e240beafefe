"""What the views of durability share: groups of programmes, controls, caveats, analyses to take away."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from html import escape
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.durations import PROGRAMME_GROUPS
from pages.parts.links import linked_multiselect, linked_select
from pages.parts.spells import TYPE_WORDS
from pages.parts.store import version

SHORT = {"rsp": "RSP", "special-measures": "Special measures", "successors": "Successors"}
BIAS_NOTE = (
    "The register is incomplete: openly announced exits are over-represented, quiet entries and exits are "
    "missing, so lengths of spells are biased."
)
"""Stands on every chart of durations until the register is complete."""
BIAS_SHORT = "Register incomplete: lengths are biased."
"""The same, short enough to stand in a chart."""
FEWEST = 5
"""With fewer spells than this no curve is drawn."""


def today() -> date:
    """The day up to which time is counted."""
    return datetime.now(UTC).date()


def choose_group(place: DeltaGenerator) -> str:
    """The kind of programme whose spells are looked at."""
    with place:
        chosen = linked_select(
            "Programme", "programme", list(PROGRAMME_GROUPS), SHORT.__getitem__, "rsp"
        )
    return chosen or "rsp"


def choose_among(spells: pd.DataFrame, places: Sequence[DeltaGenerator]) -> pd.DataFrame:
    """Controls of type and region, and the spells of the organisations they leave."""
    with places[0]:
        types = linked_multiselect("Type", "org_type", list(TYPE_WORDS), TYPE_WORDS.__getitem__)
    with places[1]:
        regions = linked_multiselect("Region", "region", sorted(spells["region"].dropna().unique()))
    if types:
        spells = spells[spells["org_type"].isin(types)]
    return spells[spells["region"].isin(regions)] if regions else spells


def offer_analysis(document: Mapping[str, Any], rows: pd.DataFrame, name: str) -> None:
    """The analysis on screen as a document and its data, to be run again elsewhere."""
    box = st.expander("Run this analysis yourself", key=f"analysis.{name}", on_change="rerun")
    if not box.open:
        return
    with box:
        command = f"python -m indicators analyse {name}.json --data {name}.csv"
        st.html(
            '<p class="ot-reading">Both files, then this command, give the figures above: '
            f"<code>{escape(command)}</code></p>"
        )
        first, second = st.columns(2)
        text, data = json.dumps(dict(document), indent=2), rows.to_csv(index=False)
        with first:
            _file(f"{name}.json", "Analysis as JSON", text, "application/json")
        with second:
            _file(f"{name}.csv", "Its data as CSV", data, "text/csv")


def _file(name: str, label: str, text: str, mime: str) -> None:
    st.download_button(
        label, text, file_name=name, mime=mime, key=f"file.{name}.{version()}", on_click="ignore"
    )
