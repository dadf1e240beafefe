"""Ranks with their intervals: how little a place in an order can say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.definition import Indicator
from indicators.rank_levels import Ranked, what_is_ranked
from indicators.stats.ranks import DRAWS, rank_intervals, rankability
from pages.charts._formats import format_span, format_value
from pages.charts.ranking import RankingText, describe_ranking, draw_ranking
from pages.parts.distribution_controls import (
    FEWEST,
    choose_highlighted,
    choose_month,
    choose_type,
    not_shown,
    types_with_values,
)
from pages.parts.frame import (
    is_phone,
    method_note,
    reading_aid,
    show_chart,
    show_table,
    source_line,
    theme_name,
    tokens_of,
)
from pages.parts.indicators import catalogue, text_of
from pages.parts.organisations import PEERS
from pages.parts.sources import SPELL_REGISTER, compiled_notes, title_of
from pages.parts.store import ask, version

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
    periods = types_with_values(indicator.indicator_id)
    with places[0]:
        org_type = choose_type(periods)
    with places[1]:
        month = choose_month(indicator, periods[periods["org_type"] == org_type])
    with places[2]:
        highlighted = choose_highlighted(indicator.indicator_id)
    view = _ranking_of(
        indicator.indicator_id, org_type, month, highlighted, theme_name(), is_phone(), version()
    )
    if isinstance(view, str):
        write_head(TITLE, view)
        st.info("Spread and Map show the figures themselves.")
        return
    write_head(TITLE, view.alt, not_shown(highlighted, view.rows["org_code"]))
    show_chart(view.spec, view.alt, "distribution-ranking")
    _below(view, indicator, f"ranks-{indicator.indicator_id}-{org_type}-{month:%Y-%m}")


@st.cache_data(max_entries=64, show_spinner=False)
def _ranks_of(
    indicator: str, org_type: str, month: pd.Timestamp, data_version: str
) -> tuple[pd.DataFrame, Ranked]:
    """Every organisation of the type with the interval of its rank; no rows where there are too few."""
    definition = catalogue()[indicator]
    values = ask("period_values", indicator=indicator, period=f"{month:%Y-%m-%d}")
    series = ask("lineage_values", indicator=indicator, lineage="as_was")
    ranked = what_is_ranked(
        definition, values[values["org_type"] == org_type], series[series["period_start"] <= month]
    )
    rows = ranked.rows.set_index("org_code")
    if len(rows) < FEWEST:
        return rows.iloc[:0].reset_index(), ranked
    better = "lower" if definition.better == "lower" else "higher"
    intervals = rank_intervals(rows["ranked"], rows["error"], better, DRAWS)
    return rows.reset_index().merge(intervals.rename(columns={"unit": "org_code"})), ranked


@st.cache_data(max_entries=64, show_spinner=False)
def _ranking_of(
    indicator: str,
    org_type: str,
    month: pd.Timestamp,
    highlighted: tuple[str, ...],
    theme: str,
    narrow: bool,
    data_version: str,
) -> RankView | str:
    """The chart; a sentence instead where no interval can be given."""
    definition = catalogue()[indicator]
    rows, ranked = _ranks_of(indicator, org_type, month, data_version)
    if rows.empty:
        return (
            f"No rank of {definition.short_title} can be given an interval, so none is shown: {ranked.why}, "
            f"and fewer than {FEWEST} organisations have the twelve periods in a row by which its own "
            "changes could be judged."
        )
    told = [format_value(float(value), definition.unit) for value in rows["value"]]
    text = RankingText(
        peers=PEERS[org_type],
        period=format_span(month, definition.step_months),
        rankability=rankability(rows["ranked"], rows["error"]),
        first=f"the {'lowest' if definition.better == 'lower' else 'highest'}",
    )
    told_rows = rows.assign(told=told)
    chart = draw_ranking(told_rows, highlighted, text, tokens_of(theme), narrow=narrow)
    return RankView(chart.to_dict(), describe_ranking(rows, highlighted, text), rows, ranked)


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
