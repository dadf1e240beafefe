"""The reliability of an indicator: whether a period, or several, tell organisations of a type apart."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.charted import CHARTED_FROM
from indicators.definition import Indicator
from indicators.reliability import reliability_by_type
from indicators.stats.reliability import WANTED, Reliability
from pages.charts.coverage import TYPE_ORDER
from pages.charts.layers.formats import format_month
from pages.charts.reliability import (
    AVERAGED,
    describe_reliability,
    draw_reliability,
    lead_of_reliability,
    reliability_rows,
)
from pages.parts.frame import (
    Look,
    look_now,
    reading_aid,
    show_chart,
    show_table,
    source_line,
    tokens_of,
)
from pages.parts.indicators import catalogue, text_of
from pages.parts.organisations import listed
from pages.parts.sources import title_of
from pages.parts.specs import spec_of
from pages.parts.store import ask, version

TRENDING, SHORT, FEW_UNITS = 0.3, {1: 24, 3: 8, 12: 5}, 15
"""From which share of own straight lines, and below how many periods and organisations, we warn."""
_MOST_NEEDED = 60
_READING = (
    "Reliability is the share of the differences seen between organisations that lasts: at 1 a figure always "
    "puts organisations in the same order, at 0 the order is chance. A mean of several periods is more "
    "reliable than one, but less so where neighbouring periods are alike, because they then say nearly the "
    "same. The dot allows for that, the ring does not. The line through the dot is the 95 % interval. "
    "What moves all organisations of a type together (a season, a national trend) is taken out first. "
    "A reliable indicator tells organisations apart; it need not move when care improves."
)


def show_reliability(indicator: Indicator, places: Sequence[DeltaGenerator]) -> str:
    """The picture, warnings, table and source; returns the takeaway. It has no controls of its own."""
    found = reliability_found(indicator.indicator_id, version())
    estimated = {kind: one for kind, one in found.items() if isinstance(one, Reliability)}
    left_out = _left_out(found)
    if not estimated:
        words = "Reliability cannot be estimated from the published figures."
        st.info(" ".join([words, *left_out]))
        return words
    spec, takeaway = _drawn(indicator.indicator_id, look_now())
    show_chart(spec, f"{indicator.short_title}. {takeaway}", "reliability")
    for warning in warnings_of(indicator, estimated):
        st.html(f'<p class="ot-reading">{warning}</p>')
    _below(indicator, estimated, left_out)
    return lead_of_reliability(estimated, text_of(indicator))


@st.cache_data(max_entries=64, show_spinner="Working out the reliability")
def reliability_found(indicator_id: str, data_version: str) -> dict[str, Reliability | str]:
    """By type of organisation the reliability of an indicator, or in words why there is none."""
    values = ask("lineage_values", indicator=indicator_id, lineage="as_was")
    types = ask("organisations").set_index("org_code")["org_type"]
    types = types[types.isin(list(TYPE_ORDER))]
    return reliability_by_type(values, types.to_dict(), catalogue()[indicator_id])


@st.cache_data(max_entries=64, show_spinner=False)
def _drawn(indicator_id: str, look: Look) -> tuple[dict[str, Any], str]:
    found = reliability_found(indicator_id, look.data_version)
    estimated = {kind: one for kind, one in found.items() if isinstance(one, Reliability)}
    text = text_of(catalogue()[indicator_id])
    chart = draw_reliability(estimated, text, tokens_of(look.theme))
    return spec_of(chart), describe_reliability(estimated, text)


def _left_out(found: Mapping[str, Reliability | str]) -> list[str]:
    """Why there is no estimate of some types, each reason once."""
    kinds: dict[str, list[str]] = {}
    for kind in TYPE_ORDER:
        if isinstance(words := found.get(kind), str):
            kinds.setdefault(words, []).append(TYPE_ORDER[kind].lower())
    return [f"Left out: {listed(names)} ({words})." for words, names in kinds.items()]


def warnings_of(indicator: Indicator, found: Mapping[str, Reliability]) -> list[str]:
    """What to bear in mind of these estimates: counts, own trends, short series, few organisations."""
    noun = text_of(indicator).period_noun
    trending = _names(found, lambda one: one.trend >= TRENDING)
    short = _names(found, lambda one: one.periods < SHORT[indicator.step_months])
    few = _names(found, lambda one: one.units < FEW_UNITS)
    said = {
        "This is a number of cases, so large organisations are told from small ones: its reliability says "
        "little about performance.": indicator.unit == "count",
        f"Organisations drift in different directions ({trending}): over another stretch of time the "
        "reliability would be another.": trending,
        f"Few {noun}s ({short}): the estimate is rough.": short,
        f"Few organisations ({few}): the interval is wide and tends to lie low.": few,
    }
    return [words for words, holds in said.items() if holds]


def _names(found: Mapping[str, Reliability], test: Callable[[Reliability], bool]) -> str:
    return ", ".join(
        TYPE_ORDER[kind].lower() for kind in TYPE_ORDER if kind in found and test(found[kind])
    )


def _below(indicator: Indicator, found: Mapping[str, Reliability], left_out: list[str]) -> None:
    reading_aid(_READING)
    key, text = indicator.indicator_id, text_of(indicator)
    show_table(_table(found), f"reliability-{key}", "What the estimates rest on")
    rows = reliability_rows(found, text).drop(columns=["k", "told", "within"])
    show_table(rows, f"reliability-means-{key}", "Reliability of means")
    source_line(
        [title_of(indicator.measures.source)],
        f"{format_month(CHARTED_FROM)} to the latest period, each organisation under its own code",
        *left_out,
        "Method: docs/methods/library.md.",
    )


def _table(found: Mapping[str, Reliability]) -> pd.DataFrame:
    rows = [
        {
            "Organisations": f"{TYPE_ORDER[kind]} ({one.units})",
            "Periods": one.periods,
            "Values": one.points,
            "Reliability of one": f"{one.icc:.2f} ({one.ci_low:.2f} to {one.ci_high:.2f})",
            **{f"of {k}": f"{one.alike(k):.2f}" for k in AVERAGED[1:]},
            f"Periods for {WANTED}": _needed(one.needed),
            "allowing for likeness": _needed(one.needed_alike),
            "Likeness of neighbours": f"{one.likeness:.2f}",
            "Movement that is not chance (%)": _movable(one),
        }
        for kind, one in sorted(found.items(), key=lambda item: list(TYPE_ORDER).index(item[0]))
    ]
    return pd.DataFrame(rows)


def _needed(periods: int | None) -> str:
    return (
        f"more than {_MOST_NEEDED}" if periods is None or periods > _MOST_NEEDED else str(periods)
    )


def _movable(one: Reliability) -> str:
    return "not known" if one.noise is None else f"{100 * (1 - one.noise):.0f}"
