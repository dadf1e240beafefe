"""How long after entry each organisation signalled, by limits frozen before it: below the control chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indicators.definition import Indicator
from indicators.frozen import FrozenCharts
from indicators.frozen_compared import Comparison
from indicators.stats.spc import Options
from pages.charts.layers.risk_plane import percent
from pages.charts.survival import CurveWords, StepLine, draw_curve, step_line
from pages.charts.time_to_signal import draw_time_to_signal
from pages.parts.control.frozen import comparison_of, frozen_of
from pages.parts.control.frozen_words import (
    FEWEST,
    HORIZON,
    TABLE,
    by_time_sentence,
    curve_table,
    lead_of,
    shadow_sentence,
    spell_rows,
)
from pages.parts.frame import (
    Look,
    kept_together,
    look_now,
    reading_aid,
    show_chart,
    show_table,
    source_line,
    tokens_of,
)
from pages.parts.indicators import catalogue
from pages.parts.sources import title_of
from pages.parts.specs import spec_of

_AID = (
    "Each line is one spell of support with a known month of entry, from its first month exposed to the end "
    "of its watch: its exit, a change of definition, or the latest figures. Limits are those of the last 12 "
    "to 20 figures before entry, carried on unchanged. A filled circle is the first of two neighbouring "
    "figures that both break a rule for the better; a diamond, of two for the worse, where these came first. "
    "A line without a circle is censored: no lasting improvement while it was watched, which is not to say "
    "that none came later. Organisations enter a programme at a low point. Limits frozen there are low, and "
    "later figures come out above them by regression to the mean alone, so a signal after entry is no sign "
    "that support worked: read it only beside the share of the others, which were frozen at the same months "
    "by the same rules. Chance alone makes many: of made figures that never change one in seven signals "
    "within 24 months, and half of them where neighbouring months are much alike. Trends and seasons that "
    "all share make signals too, on both sides. The order of rows is that of entry and no ranking."
)


@dataclass(frozen=True)
class _Asked:
    """Whose times are asked for, and by which rules."""

    key: str
    lineage: str
    options: Options

    @property
    def charts(self) -> FrozenCharts:
        """Every spell's frozen chart."""
        return frozen_of(self.key, self.lineage, self.options)

    @property
    def comparison(self) -> Comparison:
        """Its times beside those of others."""
        return comparison_of(self.key, self.lineage, self.options)


@dataclass(frozen=True)
class FrozenView:
    """What the part shows of one indicator."""

    lead: list[str]
    more: str = ""
    dots: dict[str, Any] | None = None
    curve: dict[str, Any] | None = None
    lines: tuple[StepLine, ...] = ()


def show_frozen(
    indicator: Indicator,
    lineage: str = "as_was",
    org: str | None = None,
    options: Options | None = None,
) -> None:
    """Lead, dot plot, curve, reading aid, table and source; `org` is set in bold where it has a row.

    `options` are those of the control chart above, so that chart and dots agree.
    """
    key = indicator.indicator_id
    asked = _Asked(key, lineage, options or Options())
    view = _view(asked, org, look_now())
    st.header("How long after entry until a lasting signal?", anchor=False)
    st.html(f'<p class="ot-lead">{kept_together(escape(" ".join(view.lead)))}</p>')
    if view.dots is not None:
        show_chart(view.dots, view.lead[0], "frozen-dots")
        reading_aid(_AID)
        st.html(f'<p class="ot-reading">{escape(view.more)}</p>')
    if view.curve is not None:
        show_chart(view.curve, view.more, "frozen-curve")
        show_table(
            curve_table(view.lines), f"time-to-signal-curve-{key}", "The data behind this curve"
        )
    show_table(
        lambda: _table(asked.charts),
        f"time-to-signal-{key}",
        "Every spell on record, with its time or why it has none",
    )
    is_told = asked.charts.signals["why_not"].isna()
    source_line(
        ["register of programme spells", title_of(indicator.measures.source)],
        f"{is_told.sum()} of {len(is_told)} spells on record have a time",
        "Entries known only to the quarter or year are left out, and so are spells carried over from special "
        "measures: their support began before. Where no source gives an exit a spell is watched to the end "
        "of its programme or of the figures, though it may have left before.",
    )


def _table(charts: FrozenCharts) -> pd.DataFrame:
    """Those with a time first, each part in order of entry."""
    rows = spell_rows(charts)
    listed = rows.sort_values("why_not", key=lambda why: why.notna(), kind="stable")
    return listed[list(TABLE)].rename(columns=TABLE)


@st.cache_resource(max_entries=64, show_spinner=False)
def _view(asked: _Asked, org: str | None, look: Look) -> FrozenView:
    charts, comparison = asked.charts, asked.comparison
    rows = spell_rows(charts)
    told = rows[rows["why_not"].isna()]
    lead = lead_of(charts, comparison, catalogue()[asked.key].short_title)
    if told.empty:
        return FrozenView(lead)
    never = comparison.share("never", "improvement", HORIZON)
    references = (
        []
        if pd.isna(never["share"])
        else [(float(HORIZON), f"others: {percent(never['share'])} by {HORIZON} months")]
    )
    dots = spec_of(draw_time_to_signal(told, references, org, tokens_of(look.theme)))
    lines = _lines(comparison) if len(told) >= FEWEST else ()
    curve = _curve(lines, look) if lines else None
    more = [shadow_sentence(comparison, len(told)), by_time_sentence(comparison)]
    return FrozenView(lead, " ".join(more), dots, curve, lines)


def _lines(comparison: Comparison) -> tuple[StepLine, ...]:
    """The share that has signalled, of entrants and of those never in a programme."""
    curves = comparison.curves
    own, others = curves["entrants", "improvement"], curves["never", "improvement"]
    return tuple(
        step_line(name, curve.times, curve.table, 0.0)
        for name, curve in (("entrants", own), ("never in a programme", others))
        if len(curve.times)
    )


def _curve(lines: Sequence[StepLine], look: Look) -> dict[str, Any]:
    words = CurveWords(
        "",
        ("Band: 95 % interval.", "Dashed: fewer than five watched."),
        "months from entry (below: spells watched)",
        "share with a lasting improvement",
    )
    return spec_of(draw_curve(lines[0], lines[1:], words, tokens_of(look.theme)))
