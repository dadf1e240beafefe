"""The spread over time: tenths, quarters and median of a type, those inside the RSP, and a few by name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.definition import Indicator
from pages.charts.band import BandText, describe_band, draw_band
from pages.charts.layers.formats import format_span
from pages.charts.trajectory import footnotes
from pages.parts.distribution.controls import (
    choose_highlighted,
    choose_type,
    not_shown,
    types_with_values,
    with_names,
)
from pages.parts.frame import (
    method_note,
    reading_aid,
    show_chart,
    show_table,
    source_line,
    theme_name,
    tokens_of,
)
from pages.parts.indicators import break_frame, catalogue, text_of
from pages.parts.organisations import PEERS
from pages.parts.sources import SPELL_REGISTER, title_of
from pages.parts.specs import spec_of
from pages.parts.store import ask, version

TITLE = "How far apart are organisations?"


@dataclass(frozen=True)
class BandView:
    """A chart, its takeaway, its rows, and the values of the organisations picked out."""

    spec: dict[str, Any]
    alt: str
    rows: pd.DataFrame
    own: pd.DataFrame


def show_band(
    write_head: Callable[..., None], indicator: Indicator, places: Sequence[DeltaGenerator]
) -> None:
    """The whole display below the choice of display."""
    periods = types_with_values(indicator.indicator_id)
    with places[0]:
        org_type = choose_type(periods)
    with places[2]:
        highlighted = choose_highlighted(indicator.indicator_id)
    view = _band_of(indicator.indicator_id, org_type, highlighted, theme_name(), version())
    write_head(TITLE, view.alt, not_shown(highlighted, view.own["org_code"]))
    show_chart(view.spec, f"{indicator.short_title}. {view.alt}", "distribution-band")
    _below(view, indicator, org_type)


@st.cache_data(max_entries=64, show_spinner=False)
def _band_of(
    indicator: str, org_type: str, highlighted: tuple[str, ...], theme: str, data_version: str
) -> BandView:
    rows = ask("distribution_band", indicator=indicator, org_type=org_type)
    definition = catalogue()[indicator]
    text = BandText(text_of(definition), PEERS[org_type])
    own = _values_of(indicator, highlighted)
    chart = draw_band(rows, own, break_frame(definition), text, tokens_of(theme))
    return BandView(spec_of(chart), describe_band(rows, text), rows, own)


def _values_of(indicator: str, highlighted: tuple[str, ...]) -> pd.DataFrame:
    """The values of those picked out, as published, in the order in which they were picked."""
    values = ask("lineage_values", indicator=indicator, lineage="as_was")
    parts = [values[values["org_code"] == code] for code in highlighted]
    return with_names(pd.concat([values.iloc[:0], *parts], ignore_index=True))


def _below(view: BandView, indicator: Indicator, org_type: str) -> None:
    reading_aid(
        "Of the organisations of one type with a figure, a tenth lie below the light band and a tenth above "
        "it; half lie within the dark band. Who has a figure can change from period to period, so a band can "
        "move because organisations merged or began to report. The blue line is the median of those "
        "certainly inside the Recovery Support Programme on the first day of the period, where five or more "
        "have a figure: who is inside changes too, and organisations enter at their worst, so it shows no "
        "effect of the programme. The pale column is the pandemic, March 2020 to March 2021; dotted rules "
        "with a number are changes of definition: see the source line."
    )
    name = f"spread-{indicator.indicator_id}-{org_type}"
    show_table(view.rows, name)
    if len(view.own):
        columns = ["org_code", "org_name", "period_start", "value", "numerator", "denominator"]
        show_table(view.own[columns], f"{name}-chosen", "The organisations picked out")
    starts = view.rows["period_start"]
    first, last = (format_span(day, indicator.step_months) for day in (starts.min(), starts.max()))
    source_line(
        [title_of(indicator.measures.source), SPELL_REGISTER],
        f"{len(starts)} period{'s' if len(starts) > 1 else ''}, {first} to {last}",
        "Percentiles are interpolated between neighbouring values.",
        "Known to be inside: other organisations may have been inside on dates no source gives.",
        *(f"{escape(note)}." for note in footnotes(break_frame(indicator))),
    )
    method_note(escape(indicator.method), [escape(caveat) for caveat in indicator.caveats])
