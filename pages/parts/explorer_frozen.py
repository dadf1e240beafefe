"""How long after entry each organisation signalled, by limits frozen before it: below the control chart."""

from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indicators.definition import Indicator
from pages.charts._risk_plane import percent
from pages.charts.survival import CurveWords, draw_curve, step_line
from pages.charts.time_to_signal import draw_time_to_signal
from pages.parts.frame import (
    Look,
    look_now,
    reading_aid,
    show_chart,
    show_table,
    source_line,
    tokens_of,
)
from pages.parts.frozen import comparison_of, frozen_of
from pages.parts.frozen_words import (
    FEWEST,
    HORIZON,
    TABLE,
    by_time_sentence,
    lead_of,
    spell_rows,
)
from pages.parts.indicators import catalogue
from pages.parts.sources import title_of

_AID = (
    "Each line is one spell of support with a known month of entry, from its first month exposed to the end "
    "of its watch: its exit, a change of definition, or the latest figures. Limits are those of the last 12 "
    "to 20 figures before entry, carried on unchanged. A filled circle is the first of two neighbouring "
    "figures that both break a rule for the better; a diamond, of two for the worse, where these came first. "
    "A line without a circle is censored: no lasting improvement while it was watched, which is not to say "
    "that none came later. Organisations enter a programme at a low point. Limits frozen there are low, and "
    "later figures come out above them by regression to the mean alone, so a signal after entry is no sign "
    "that support worked: read it only beside the share of the others, which were frozen at the same months "
    "by the same rules. Trends and seasons that all share make signals too, for both. The order of rows is "
    "that of entry and no ranking."
)


@dataclass(frozen=True)
class FrozenView:
    """What the part shows of one indicator."""

    lead: list[str]
    dots: dict[str, Any] | None
    curve: dict[str, Any] | None
    by_time: str


def show_frozen(indicator: Indicator, lineage: str = "as_was", org: str | None = None) -> None:
    """Lead, dot plot, curve, reading aid, table and source; `org` is set in bold where it has a row."""
    key = indicator.indicator_id
    view = _view(key, lineage, org, look_now())
    st.subheader("How long after entry until a lasting signal?", anchor=False)
    st.html(f'<p class="ot-lead">{escape(" ".join(view.lead))}</p>')
    if view.dots is not None:
        show_chart(view.dots, view.lead[0], "frozen-dots")
        reading_aid(_AID)
    if view.curve is not None:
        st.html(f'<p class="ot-reading">{escape(view.by_time)}</p>')
        show_chart(view.curve, view.by_time, "frozen-curve")
    rows = spell_rows(frozen_of(key, lineage))
    show_table(
        rows[list(TABLE)].rename(columns=TABLE),
        f"time-to-signal-{key}",
        "Every spell on record, with its time or why it has none",
    )
    is_told = rows["why_not"].isna()
    source_line(
        ["register of programme spells", title_of(indicator.measures.source)],
        f"{is_told.sum()} of {len(rows)} spells on record have a time",
        "Entries known only to the quarter or year are left out, and so are spells carried over from special "
        "measures: their support began before. Where no source gives an exit a spell is watched to the end "
        "of its programme or of the figures, though it may have left before.",
    )


@st.cache_data(max_entries=64, show_spinner=False)
def _view(key: str, lineage: str, org: str | None, look: Look) -> FrozenView:
    indicator = catalogue()[key]
    charts, comparison = frozen_of(key, lineage), comparison_of(key, lineage)
    rows = spell_rows(charts)
    told = rows[rows["why_not"].isna()]
    lead = lead_of(charts, comparison, indicator.short_title)
    if told.empty:
        return FrozenView(lead, None, None, "")
    never = comparison.share("never", "improvement", HORIZON)
    references = (
        []
        if pd.isna(never["share"])
        else [(float(HORIZON), f"others: {percent(never['share'])} by {HORIZON} months")]
    )
    dots = draw_time_to_signal(told, references, org, tokens_of(look.theme)).to_dict()
    curve = _curve(key, lineage, look) if len(told) >= FEWEST else None
    return FrozenView(lead, dots, curve, by_time_sentence(comparison))


def _curve(key: str, lineage: str, look: Look) -> dict[str, Any] | None:
    """The share that has signalled, of entrants and of those never in a programme."""
    curves = comparison_of(key, lineage).curves
    own, others = curves["entrants", "improvement"], curves["never", "improvement"]
    lines = [
        step_line(name, curve.times, curve.table, 0.0)
        for name, curve in (("entrants", own), ("never in a programme", others))
        if len(curve.times)
    ]
    words = CurveWords(
        "",
        ("Band: 95 % interval.", "Dashed: fewer than five watched."),
        "months from entry (below: spells watched)",
        "share with a lasting improvement",
    )
    return draw_curve(lines[0], lines[1:], words, tokens_of(look.theme)).to_dict()
