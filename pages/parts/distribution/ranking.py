"""Ranks with their intervals: how little a place in an order can say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.definition import Indicator
from indicators.rank_levels import Ranked, what_is_ranked
from indicators.stats.ranks import DRAWS, rank_intervals, rankability
from pages.charts.layers.formats import format_span, format_value
from pages.charts.ranking import RankingText, describe_ranking, draw_ranking
from pages.parts.distribution.controls import (
    FEWEST,
    Asked,
    choose_period_values,
    not_shown,
    size_note,
    values_of,
)
from pages.parts.frame import (
    Look,
    is_phone,
    look_now,
    method_note,
    reading_aid,
    show_chart,
    show_table,
    source_line,
    tokens_of,
)
from pages.parts.indicators import catalogue, text_of
from pages.parts.organisations import PEERS
from pages.parts.sources import SPELL_REGISTER, compiled_notes, title_of
from pages.parts.specs import spec_of
from pages.parts.store import ask

TITLE = "How sure is any rank?"
_SAMPLING = (
    "The error of each value is that of chance in how many people there were (binomial): it leaves out that "
    "values truly change from month to month, so real intervals are wider."
)
_SERIES = (
    "Ranked is not the figure of the period but the level at which a straight line through the last 12 to 24 "
    "periods ends; its error comes from a bootstrap of residuals in blocks of three."
)


@dataclass(frozen=True)
class RankView:
    """A chart, its takeaway, its rows with their ranks, and what was ranked."""

    spec: dict[str, Any]
    alt: str
    rows: pd.DataFrame
    ranked: Ranked


def show_ranking(
    write_head: Callable[..., None], indicator: Indicator, places: Sequence[DeltaGenerator]
) -> None:
    """The whole display below the choice of display."""
    asked = choose_period_values(indicator, places)
    view = _ranking_of(asked, look_now(), is_phone())
    if isinstance(view, str):
        write_head(TITLE, view)
        st.info("Spread and Map show the figures themselves.")
        return
    absent = not_shown(asked.highlighted, view.rows["org_code"])
    write_head(TITLE, view.alt, size_note(indicator), absent)
    show_chart(view.spec, f"{indicator.short_title}. {view.alt}", "distribution-ranking")
    _below(view, indicator, f"ranks-{asked.file_name}")


@st.cache_data(max_entries=64, show_spinner=False)
def _ranks_of(asked: Asked, data_version: str) -> tuple[pd.DataFrame, Ranked]:
    """Every organisation of the type with the interval of its rank; no rows where there are too few."""
    definition = catalogue()[asked.indicator]
    series = ask("lineage_values", indicator=asked.indicator, lineage="as_was")
    until = series[series["period_start"] <= asked.month]
    ranked = what_is_ranked(definition, values_of(asked), until)
    rows = ranked.rows.set_index("org_code")
    if len(rows) < FEWEST:
        return rows.iloc[:0].reset_index(), ranked
    better = "lower" if definition.better == "lower" else "higher"
    intervals = rank_intervals(rows["ranked"], rows["error"], better, DRAWS)
    return rows.reset_index().merge(intervals.rename(columns={"unit": "org_code"})), ranked


@st.cache_data(max_entries=64, show_spinner=False)
def _ranking_of(asked: Asked, look: Look, narrow: bool) -> RankView | str:
    """The chart; a sentence instead where no interval can be given."""
    definition = catalogue()[asked.indicator]
    if definition.shared_periods:
        return (
            f"No rank of {definition.short_title} can be given an interval, so none is shown: neighbouring "
            "figures share data, so how much they vary does not say how exactly one is known."
        )
    # Whom to pick out changes no rank.
    rows, ranked = _ranks_of(replace(asked, highlighted=()), look.data_version)
    if rows.empty:
        return (
            f"No rank of {definition.short_title} can be given an interval, so none is shown: {ranked.why}, "
            f"and fewer than {FEWEST} organisations have the twelve periods in a row by which its own "
            "changes could be judged."
        )
    told = [format_value(float(value), definition.unit) for value in rows["value"]]
    text = RankingText(
        peers=PEERS[asked.org_type],
        period=format_span(asked.month, definition.step_months),
        rankability=rankability(rows["ranked"], rows["error"]),
        first=f"the {'lowest' if definition.better == 'lower' else 'highest'}",
    )
    told_rows = rows.assign(told=told)
    chart = draw_ranking(told_rows, asked.highlighted, text, tokens_of(look.theme), narrow=narrow)
    return RankView(spec_of(chart), describe_ranking(rows, asked.highlighted, text), rows, ranked)


def _below(view: RankView, indicator: Indicator, name: str) -> None:
    unit = text_of(indicator).unit_title
    reading_aid(
        f"Each value was drawn {DRAWS:,} times from a normal distribution about it, as wide as its error, "
        "and all were ranked each time. The bar leaves out 2.5 % of draws on each side, "
        "the tick is the middle. Where bars overlap, the order says nothing. "
        "Rankability is the share of the spread between organisations that is more than chance; a high one "
        "says that measurements are exact, not that care explains them."
    )
    columns = [
        "org_code",
        "org_name",
        "value",
        "ranked",
        "error",
        "rank_low",
        "rank_mid",
        "rank_high",
    ]
    rest = ["p_top", "p_bottom", "numerator", "denominator", "inside", "basis"]
    show_table(view.rows[[*columns, *rest]], name)
    source_line(
        [title_of(indicator.measures.source), SPELL_REGISTER],
        f"{len(view.rows)} organisations, figures in {unit}",
        *_notes(view.ranked),
        *compiled_notes(view.rows),
    )
    method_note(escape(indicator.method), [escape(caveat) for caveat in indicator.caveats])


def _notes(ranked: Ranked) -> list[str]:
    notes = [_SAMPLING if ranked.how == "sampling" else f"{_SERIES} That is because {ranked.why}."]
    if ranked.left_out:
        notes.append(
            f"{ranked.left_out} with a value are left out: no error of theirs can be told."
        )
    return notes
