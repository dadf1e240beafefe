"""An organisation's spells with those of the organisations it took over: one continuous history."""

from collections.abc import Hashable
from html import escape

import pandas as pd
import streamlit as st

from pages.parts.spells import all_spells
from pages.parts.store import version
from pages.parts.timelines.lineage import successions, taken_over, took_over_words


def spells_of(org: str) -> pd.DataFrame:
    """The organisation's spells, oldest first."""
    spells = all_spells()
    return spells[spells["org_code"] == org].assign(row_order=0)


def history_spells(org: str) -> pd.DataFrame:
    """Its spells and, starred, those of the organisations it took over, in one row and oldest first."""
    everyone = all_spells()
    both = pd.concat([spells_of(org), taken_over(org, everyone, successions())], ignore_index=True)
    return both.assign(row_order=0).sort_values("entered_earliest", kind="stable")


def before_sentence(org: str) -> str:
    """The spells at organisations it took over, in words; nothing where there are none."""
    told = _took_over(version())
    return f"Before that, marked * below: {escape(told[org])}." if org in told else ""


@st.cache_resource(max_entries=4, show_spinner=False)
def _took_over(data_version: str) -> dict[Hashable, str]:
    return took_over_words(all_spells(), successions()).to_dict()
