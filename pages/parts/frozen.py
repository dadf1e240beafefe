"""Charts frozen at entry, of the published version, as pages show them: each indicator's worked out once."""

import pandas as pd
import streamlit as st

from indicators.frozen import FrozenCharts, frozen_charts, signals_of
from indicators.frozen_compared import Comparison, compare
from indicators.stats.spc import Options
from pages.parts.indicators import catalogue, with_data
from pages.parts.spells import all_spells
from pages.parts.store import ask, version


def frozen_of(
    indicator: str, lineage: str = "as_was", options: Options | None = None
) -> FrozenCharts:
    """Every spell's chart with limits frozen at its entry: shared by all readers, never to be changed."""
    return _frozen(indicator, lineage, options or Options(), version())


def comparison_of(
    indicator: str, lineage: str = "as_was", options: Options | None = None
) -> Comparison:
    """The times to signal of `frozen_of` beside those of others: shared by all readers."""
    return _compared(indicator, lineage, options or Options(), version())


def signals_of_org(org: str) -> pd.DataFrame:
    """One organisation's times to signal in every indicator with data, a row per spell and indicator."""
    return _signals_of_org(org, version())


@st.cache_resource(max_entries=80, show_spinner=False)
def _frozen(indicator: str, lineage: str, options: Options, data_version: str) -> FrozenCharts:
    values = ask("lineage_values", indicator=indicator, lineage=lineage)
    return frozen_charts(
        values, catalogue()[indicator], all_spells(), ask("organisations"), options
    )


@st.cache_resource(max_entries=80, show_spinner=False)
def _compared(indicator: str, lineage: str, options: Options, data_version: str) -> Comparison:
    return compare(frozen_of(indicator, lineage, options))


@st.cache_data(max_entries=40, show_spinner=False)
def _signals_of_org(org: str, data_version: str) -> pd.DataFrame:
    return signals_of(ask("organisation_series", org=org), with_data(), all_spells())
