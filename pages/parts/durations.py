"""What the views of durability share: groups of programmes, controls, caveats, analyses to take away."""

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.durations import PROGRAMME_GROUPS
from pages.parts.filters import choose_regions, choose_types, only
from pages.parts.links import linked_select
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
        types = choose_types()
    with places[1]:
        regions = choose_regions(spells["region"])
    return only(spells, {"org_type": types, "region": regions})


def times_analysis(
    times: pd.DataFrame, causes: Mapping[int, str]
) -> tuple[dict[str, Any], pd.DataFrame]:
    """Times to an end as a document and rows, as `python -m indicators analyse` takes them.

    `times` has spell_id, entry, stop (months) and event: 0 or a number of `causes`.
    """
    document = {
        "analysis": "time_to_exit",
        "alpha": 0.05,
        "causes": {str(cause): name for cause, name in causes.items()},
    }
    return document, times.rename(columns={"spell_id": "unit"})[["unit", "entry", "stop", "event"]]


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
