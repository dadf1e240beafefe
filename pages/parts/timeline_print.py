"""The timeline on paper: its charts sheet by sheet, then every spell and mark with its sources."""

from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from pages.charts._formats import format_day
from pages.parts.frame import show_chart
from pages.parts.printing import PAPER_ROWS, PAPER_WIDTH, back_button
from pages.parts.store import version

Draw = Callable[[pd.DataFrame], tuple[dict[str, Any], str]]
_SPELLS = {
    "org_name": "Organisation",
    "programme_short": "Programme",
    "entered_label": "Entered",
    "left_label": "Left",
    "ending_label": "How it ended",
    "last_known_label": "Last known inside",
    "themes": "Themes at entry",
    "sources": "Sources",
}
_MARKS = {"organisation": "Organisation", "when": "Date", "words": "Mark", "source": "Source"}


def sheets(spells: pd.DataFrame, most: int = PAPER_ROWS) -> list[pd.DataFrame]:
    """The spells in parts of at most so many rows (at least two), in their order.

    An organisation takes a row, and so does every `heading` on each sheet that it stands on.
    """
    rows = spells.drop_duplicates("row_order").sort_values("row_order")
    headings = rows["heading"] if "heading" in rows else pd.Series("", rows.index)
    sheet_of, sheet, used, above = {}, 0, 0, ""
    for org, heading in zip(rows["org_code"], headings, strict=True):
        if used + 1 + (heading != above) > most:
            sheet, used, above = sheet + 1, 0, ""
        used, above = used + 1 + (heading != above), heading
        sheet_of[org] = sheet
    return [part for _, part in spells.groupby(spells["org_code"].map(sheet_of), sort=True)]


def show_print(chosen: pd.DataFrame, marks: pd.DataFrame, draw: Draw) -> None:
    """Everything the bars view shows, on paper; `draw` makes one sheet's chart and its takeaway."""
    back_button()
    today = format_day(datetime.now(UTC).date())
    st.html(f'<p class="ot-source">Printed {today}. Data version {version()}.</p>')
    parts = sheets(chosen)
    for number, part in enumerate(parts, 1):
        if len(parts) > 1:
            st.html(f'<p class="ot-source">Sheet {number} of {len(parts)}.</p>')
        spec, alt = draw(part)
        show_chart(spec | {"width": PAPER_WIDTH}, alt, f"timeline.{number}")
    _table("Every spell of these organisations", _with_sources(chosen), _SPELLS)
    if len(marks):
        _table("Marks beside the bars", marks.sort_values(["organisation", "day"]), _MARKS)


def _with_sources(chosen: pd.DataFrame) -> pd.DataFrame:
    return chosen.assign(sources=chosen["source_urls"].map(" ; ".join))


def _table(title: str, rows: pd.DataFrame, columns: dict[str, str]) -> None:
    st.header(escape(title), anchor=False)
    told = rows[list(columns)].astype(object).fillna("not stated")
    st.table(told.rename(columns=columns).map(_plain), hide_index=True)


def _plain(cell: Any) -> str:
    """Text as it stands: tables read Markdown, in which an address or a bracket could be a link."""
    return str(cell).translate({ord(sign): f"\\{sign}" for sign in "\\`*_[]<>$:"})
