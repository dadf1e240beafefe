"""Charts frozen at entry, of the published version, as pages show them: each indicator's worked out once."""

import streamlit as st

from indicators.frozen import FrozenCharts, frozen_charts
from indicators.frozen_compared import Comparison, compare
from indicators.stats.spc import Options
from pages.parts.indicators import catalogue
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


@st.cache_resource(max_entries=80, show_spinner=False)
def _frozen(indicator: str, lineage: str, options: Options, data_version: str) -> FrozenCharts:
    values = ask("lineage_values", indicator=indicator, lineage=lineage)
    return frozen_charts(
        values, catalogue()[indicator], all_spells(), ask("organisations"), options
    )


@st.cache_resource(max_entries=80, show_spinner=False)
def _compared(indicator: str, lineage: str, options: Options, data_version: str) -> Comparison:
    return compare(frozen_of(indicator, lineage, options))
