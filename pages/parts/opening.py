"""From organisations on a page to the page of one of them, or to its control chart."""

from typing import Any

import pandas as pd
import streamlit as st


def open_picked(event: Any) -> None:
    """Go to the organisation that was selected in a chart, if one was (selection `org`)."""
    if picked := _picked(event):
        _open(picked)


def offer_to_open(rows: pd.DataFrame, name: str) -> None:
    """A list of the organisations of `rows` in their order, named by column `name`; choosing one opens it."""
    if chosen := _offered("Open an organisation", rows, name):
        _open(chosen)


def open_picked_chart(event: Any, indicator: str) -> None:
    """Go to the control chart of the organisation that was selected in a chart, if one was."""
    if picked := _picked(event):
        _open_chart(picked, indicator)


def offer_charts(rows: pd.DataFrame, name: str, indicator: str) -> None:
    """A list of the organisations of `rows`; choosing one opens its control chart of the indicator."""
    if chosen := _offered("Open a control chart", rows, name):
        _open_chart(chosen, indicator)


def open_picked_cell(event: Any) -> None:
    """Go to the control chart whose cell was selected in a chart, if one was (selection `cell`)."""
    picked = (event.selection.get("cell") or [{}])[0]
    if picked.get("org_code") and picked.get("indicator_id"):
        _open_chart(picked["org_code"], picked["indicator_id"])


def offer_cell(cells: pd.DataFrame) -> None:
    """Two lists and a button that lead to the control chart of a cell (`org_code, organisation, indicator_id,
    indicator`): what a click on the grid does, by keyboard.
    """
    first, second, third = st.columns([3, 3, 2], vertical_alignment="bottom")
    names = cells.drop_duplicates("org_code").set_index("org_code")["organisation"].to_dict()
    with first:
        org = st.selectbox(
            "Organisation", list(names), format_func=names.__getitem__, key="open.org"
        )
    of_org = cells[cells["org_code"] == org].set_index("indicator_id")["indicator"].to_dict()
    with second:
        indicator = st.selectbox(
            "Indicator", list(of_org), format_func=of_org.__getitem__, key="open.indicator"
        )
    with third:
        if st.button("Open its control chart", key="open.chart") and org and indicator:
            _open_chart(org, indicator)


def _picked(event: Any) -> str | None:
    found: str | None = (event.selection.get("org") or [{}])[0].get("org_code")
    return found


def _offered(label: str, rows: pd.DataFrame, name: str) -> str | None:
    return st.selectbox(
        label,
        rows["org_code"].drop_duplicates(),
        format_func=rows.set_index("org_code")[name].to_dict().__getitem__,
        index=None,
        placeholder="Choose one of those shown",
    )


def _open(org: str) -> None:
    st.switch_page("pages/explore/organisation.py", query_params={"org": org})


def _open_chart(org: str, indicator: str) -> None:
    link = {"view": "control-chart", "indicator": indicator, "org": org}
    st.switch_page("pages/explore/explorer.py", query_params=link)
