"""The control charts of the published version as pages show them: each indicator's worked out once."""

from datetime import date

import pandas as pd
import streamlit as st

from indicators.charted import CHARTED_FROM, Rebase, chart_values, within
from indicators.rebases import rebases_in_force
from indicators.stats.control_chart import ControlCharts
from indicators.stats.spc import Options
from pages.parts.indicators import catalogue, with_data
from pages.parts.store import ask, version
from settings import Settings

Stretch = tuple[date, date | None]
"""The periods that limits rest on, [from, to); no `to`: up to the latest published."""
USUAL: Stretch = (CHARTED_FROM, None)
"""The stretch of every icon in the product."""
ICONS_NOTE = "Icons rest on figures from July 2021 on."


def charts_of(
    indicator: str,
    lineage: str = "as_was",
    stretch: Stretch = USUAL,
    options: Options | None = None,
) -> ControlCharts:
    """Every organisation's control chart of one indicator: shared by all readers, never to be changed."""
    chosen = options or Options()
    return _charts(indicator, lineage, stretch, chosen, rebases_of(indicator), version())


def all_icons() -> pd.DataFrame:
    """Icons of every indicator with data and every organisation: `charts_of`'s, and `indicator_id`."""
    return _all_icons(all_rebases(), version())


def all_rebases() -> tuple[tuple[str, tuple[Rebase, ...]], ...]:
    """`rebases_of` every indicator with data, by its id."""
    data_dir = Settings().data_dir
    return tuple((key, rebases_in_force(data_dir, key)) for key in with_data())


def rebases_of(indicator: str) -> tuple[Rebase, ...]:
    """Recalculations of the indicator in force, which people have decided on."""
    return rebases_in_force(Settings().data_dir, indicator)


@st.cache_resource(max_entries=240, show_spinner=False)
def _charts(
    indicator: str,
    lineage: str,
    stretch: Stretch,
    options: Options,
    rebases: tuple[Rebase, ...],
    data_version: str,
) -> ControlCharts:
    values = within(ask("lineage_values", indicator=indicator, lineage=lineage), stretch)
    return chart_values(values, catalogue()[indicator], rebases, options)


@st.cache_resource(max_entries=2, show_spinner="Working out the control charts")
def _all_icons(
    rebases: tuple[tuple[str, tuple[Rebase, ...]], ...], data_version: str
) -> pd.DataFrame:
    icons = [charts_of(key).icons.assign(indicator_id=key) for key, _ in rebases]
    return pd.concat(icons, ignore_index=True)
