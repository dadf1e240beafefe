"""The timeline on paper: its charts sheet by sheet, then every spell and mark with its sources."""

from collections.abc import Callable
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from pages.charts.layers.formats import format_day
from pages.parts.frame import show_chart, today, unmarked
from pages.parts.printing import PAPER_ROWS, PAPER_WIDTH, back_button
from pages.parts.store import version
from pages.parts.timelines.completeness import USUAL, completeness_sentence
from pages.parts.timelines.marks import mark_key

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
    """Everything the bars view shows, on paper; `draw` makes one sheet's chart and its takeaway.

    Below the charts stand the key to the marks and how complete the ledger is.
    """
    back_button()
    st.html(f'<p class="ot-source">Printed {format_day(today())}. Data version {version()}.</p>')
    parts = sheets(chosen)
    for number, part in enumerate(parts, 1):
        _above_sheet(number, len(parts))
        spec, alt = draw(part)
        show_chart(spec | {"width": PAPER_WIDTH}, alt, f"timeline.{number}")
    complete = escape(completeness_sentence(USUAL))
    st.html(
        f'<p class="ot-source">{mark_key(marks)}</p>'
        f'<p class="ot-source">How complete the ledger is: {complete} Their names, and other published '
        "counts, are on the page Timelines.</p>"
    )
    _table("Every spell of these organisations", _with_sources(chosen), _SPELLS)
    if len(marks):
        _table("Marks beside the bars", marks.sort_values(["organisation", "day"]), _MARKS)


def _above_sheet(number: int, of_all: int) -> None:
    words = f"Sheet {number} of {of_all}. Printed {format_day(today())}. Data version {version()}."
    st.html(f'<p class="ot-source{" ot-sheet" if number > 1 else ""}">{words}</p>')


def _with_sources(chosen: pd.DataFrame) -> pd.DataFrame:
    return chosen.assign(sources=chosen["source_urls"].map(" ; ".join))


def _table(title: str, rows: pd.DataFrame, columns: dict[str, str]) -> None:
    st.header(escape(title), anchor=False)
    told = rows[list(columns)].astype(object).fillna("not stated")
    st.table(told.rename(columns=columns).map(unmarked), hide_index=True)
