"""A control chart drawn: what stands behind the points, and the row of icons above them."""

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indicators.charted import target_of
from indicators.definition import Indicator
from indicators.rebases import Recalculation
from pages.charts.control_chart import Behind, draw_control_chart
from pages.charts.icons import (
    ASSURANCE_WORDS,
    VARIATION_WORDS,
    as_address,
    assurance_svg,
    variation_svg,
)
from pages.charts.layers.backdrop import Span
from pages.charts.layers.formats import format_day
from pages.charts.theme import Tokens
from pages.parts.history import spells_of
from pages.parts.indicators import break_frame, standard_frame, text_of
from pages.parts.lineage import merger_breaks, predecessors_of
from pages.parts.specs import spec_of

_ICON = 30
_ROW = (
    "display:flex;flex-wrap:wrap;gap:.35rem 1.6rem;align-items:center;font-size:.95rem;"
    "margin-bottom:-.6rem"
)
_ONE = "display:flex;gap:.5rem;align-items:center"


def breaks_of(indicator: Indicator, org: str) -> pd.DataFrame:
    """Changes of the indicator's definition, and mergers into the organisation: on, label."""
    both = [break_frame(indicator), merger_breaks(predecessors_of(org))]
    return pd.concat(both, ignore_index=True)


def rebase_frame(recalculations: Sequence[Recalculation]) -> pd.DataFrame:
    """The recalculations in force as the chart takes them: on, words."""
    in_force = [each for each in recalculations if each.undone is None]
    rows = [(each.starts_on, who_and_why(each)) for each in in_force]
    return pd.DataFrame(rows, columns=["on", "words"])


def who_and_why(recalculation: Recalculation) -> str:
    """Reason, author and day of a recalculation."""
    made = format_day(pd.Timestamp(recalculation.made_at))
    return f"{recalculation.reason} ({recalculation.author}, {made})"


def drawn(
    points: pd.DataFrame,
    indicator: Indicator,
    org: str,
    rebases: pd.DataFrame,
    look: tuple[Tokens, Span],
) -> dict[str, Any]:
    """The specification of the chart of these points, in a theme and over the months [span)."""
    held_to, standards = (
        target_of(indicator, points["period_start"].iloc[-1]),
        standard_frame(indicator),
    )
    judged = standards[standards["kind"] == (held_to.kind if held_to else "")]
    behind = Behind(spells_of(org), judged, breaks_of(indicator, org), rebases)
    chart = draw_control_chart(points, behind, text_of(indicator), *look)
    return spec_of(chart)


def show_icons(
    variation: str, assurance: str, tokens: Tokens, note: str = "", why_empty: str = ""
) -> None:
    """Both icons, each with its name or why there is none, and a note beside them."""
    told = f"No icon: {why_empty}" if why_empty else VARIATION_WORDS[variation]
    pairs = [
        (variation_svg(variation, tokens, _ICON), told),
        (assurance_svg(assurance, tokens, _ICON), ASSURANCE_WORDS[assurance]),
    ]
    icons = "".join(
        f'<span style="{_ONE}"><img src="{as_address(svg)}" width="{_ICON}" height="{_ICON}" alt="">'
        f"{escape(words)}</span>"
        for svg, words in pairs
    )
    st.html(f'<div style="{_ROW}">{icons}<span>{escape(note)}</span></div>')
