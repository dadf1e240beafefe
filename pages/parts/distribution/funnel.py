"""A funnel of one period: who lies further from the rest than size and usual differences explain."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.counted import counted_rows, why_not_counted
from indicators.definition import Indicator
from indicators.stats.funnel import dispersion_of, proportions
from indicators.stats.funnel_limits import Funnel, expected_outside, flags_of, limits_at
from pages.charts.funnel import FunnelText, describe_funnel, draw_funnel, ends_of
from pages.charts.layers.formats import format_span
from pages.parts.distribution.controls import (
    FEWEST,
    Asked,
    choose_period_values,
    not_shown,
    values_of,
)
from pages.parts.durations import offer_analysis
from pages.parts.frame import (
    Look,
    look_now,
    method_note,
    reading_aid,
    show_chart,
    show_table,
    source_line,
    tokens_of,
)
from pages.parts.indicators import catalogue, text_of
from pages.parts.opening import open_picked
from pages.parts.organisations import PEERS
from pages.parts.sources import SPELL_REGISTER, compiled_notes, title_of
from pages.parts.specs import spec_of

TITLE = "Who differs by more than chance and size explain?"
_FEW = 10
_DRAWN = 90
_SMALL = 20
_NATURAL = ["lower_95", "upper_95", "lower_998", "upper_998"]


@dataclass(frozen=True)
class FunnelView:
    """A chart, its takeaway, and its rows with the flag of each."""

    spec: dict[str, Any]
    alt: str
    rows: pd.DataFrame


def show_funnel(
    write_head: Callable[..., None], indicator: Indicator, places: Sequence[DeltaGenerator]
) -> None:
    """The whole display below the choice of display."""
    asked = choose_period_values(indicator, places)
    view = _funnel_of(asked, look_now())
    if isinstance(view, str):
        write_head(TITLE, view)
        st.info("Spread, Ranks and Map show this indicator too.")
        return
    absent = not_shown(asked.highlighted, view.rows["org_code"])
    write_head(TITLE, view.alt, absent)
    open_picked(
        show_chart(
            view.spec, f"{indicator.short_title}. {view.alt}", "distribution-funnel", select="org"
        )
    )
    _below(view, indicator, f"funnel-{asked.file_name}")


@st.cache_data(max_entries=64, show_spinner=False)
def _funnel_of(asked: Asked, look: Look) -> FunnelView | str:
    """The funnel; a sentence instead where there can be none."""
    definition = catalogue()[asked.indicator]
    of_type = values_of(asked)
    refusal = _refusal(definition, of_type)
    if refusal:
        return refusal
    rows = counted_rows(of_type)
    sizes = proportions(rows["numerator"].to_numpy(float), rows["denominator"].to_numpy(float))
    funnel = Funnel(sizes, dispersion_of(sizes), "additive")
    flagged = rows.assign(flag=flags_of(funnel))
    text = FunnelText(
        indicator=text_of(definition),
        denominator=(definition.denominator_text or "denominator").rstrip("."),
        peers=PEERS[asked.org_type],
        period=format_span(asked.month, definition.step_months),
        overall=100 * funnel.target,
        phi=funnel.dispersion.phi,
        tau2=funnel.dispersion.tau2,
        expected=expected_outside(len(rows)),
    )
    chart = draw_funnel(
        flagged, _limits(funnel, rows), asked.highlighted, text, tokens_of(look.theme)
    )
    return FunnelView(spec_of(chart), describe_funnel(flagged, text), flagged)


def _limits(funnel: Funnel, rows: pd.DataFrame) -> pd.DataFrame:
    """Limits in per cent, at sizes evenly spaced along the root scale of the chart."""
    low, high = (end**0.5 for end in ends_of(rows["denominator"]))
    limits = limits_at(funnel, np.linspace(low, high, _DRAWN) ** 2)
    return limits.assign(**{name: 100 * limits[name] for name in _NATURAL})


def _refusal(indicator: Indicator, rows: pd.DataFrame) -> str | None:
    """Why there can be no funnel, in a sentence; None where there can."""
    reason = why_not_counted(indicator, rows)
    if reason:
        return f"No funnel can be drawn of {indicator.short_title}: {reason}, so chance by size is not known."
    counted = counted_rows(rows)
    if len(counted) < FEWEST:
        return f"Only {len(counted)} organisations have numerator and denominator: too few for a funnel."
    share = counted["numerator"].sum() / counted["denominator"].sum()
    if not 0 < share < 1:
        return f"All of them are at {100 * share:.0f} %: there is nothing to compare."
    return None


def funnel_analysis(rows: pd.DataFrame) -> tuple[dict[str, Any], pd.DataFrame]:
    """A funnel's rows as a document and data, as `python -m indicators analyse` takes them."""
    document = {
        "analysis": "funnel",
        "transform": "arcsine",
        "overdispersion": "additive",
        "trim": "winsorise",
    }
    return document, rows.rename(columns={"org_code": "unit"})[["unit", "numerator", "denominator"]]


def _below(view: FunnelView, indicator: Indicator, name: str) -> None:
    reading_aid(
        "Each point is an organisation, further right the larger it is. Lines are 95 % and 99.8 % limits "
        "about the overall share: they allow for chance, which is larger where numbers are small, and for "
        "how much organisations usually differ (additive overdispersion, measured after drawing in a tenth "
        "at each end). A point outside is worth a question, not a verdict; points inside differ by no more "
        "than is usual. A funnel never ranks. A click opens the organisation."
    )
    columns = [
        "org_code",
        "org_name",
        "value",
        "numerator",
        "denominator",
        "flag",
        "inside",
        "basis",
    ]
    show_table(view.rows[columns], name)
    document, rows = funnel_analysis(view.rows)
    offer_analysis(document, rows, name)
    source_line(
        [title_of(indicator.measures.source), SPELL_REGISTER],
        f"{len(view.rows)} organisations",
        *_warnings(view.rows),
        *compiled_notes(view.rows),
    )
    method_note(escape(indicator.method), [escape(caveat) for caveat in indicator.caveats])


def _warnings(rows: pd.DataFrame) -> list[str]:
    warnings = []
    if len(rows) < _FEW:
        warnings.append(
            f"Fewer than {_FEW} organisations: how much they vary beyond chance is hardly known."
        )
    small = int((rows["denominator"] < _SMALL).sum())
    if small:
        warnings.append(f"{small} with a denominator under {_SMALL}: their values swing by chance.")
    return warnings
