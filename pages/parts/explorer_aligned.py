"""The aligned view of the Explorer: one indicator by months from entry and from exit, many spells at once."""

from collections.abc import Callable
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indicators.definition import Indicator
from pages.charts.aligned import describe_aligned, draw_aligned
from pages.parts.filters import choose_programmes, choose_regions, choose_types
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
from pages.parts.links import linked_multiselect
from pages.parts.sources import compiled_notes, title_of
from pages.parts.store import ask, version

FEWEST = 5


def aligned_rows(indicator: str, programmes: tuple[str, ...]) -> pd.DataFrame:
    """The indicator by month from entry and from exit, one row per spell and month."""
    rows = ask("aligned_series", indicator=indicator, programmes=list(programmes))
    return rows.assign(programme_short=rows["programme"].str.upper())


def event_list(rows: pd.DataFrame) -> list[dict[str, str]]:
    """Month zero and type of each spell, for its comparators."""
    events = rows[["event", "spell_id", "month_zero", "org_type"]].drop_duplicates()
    return events.assign(month_zero=events["month_zero"].dt.strftime("%Y-%m-%d")).to_dict("records")


@st.cache_data(max_entries=64, show_spinner=False)
def aligned_of(
    indicator: str,
    programmes: tuple[str, ...],
    regions: tuple[str, ...],
    types: tuple[str, ...],
    highlighted: tuple[str, ...],
    theme: str,
    stacked: bool,
    data_version: str,
) -> tuple[dict[str, Any], str, pd.DataFrame] | None:
    """The chart, its takeaway and its rows; None where no spell fits."""
    rows = aligned_rows(indicator, programmes)
    for column, wanted in (("region", regions), ("org_type", types)):
        if wanted:
            rows = rows[rows[column].isin(wanted)]
    if rows.empty:
        return None
    band = ask("aligned_comparators", indicator=indicator, events=event_list(rows))
    band = band[band["n"] >= FEWEST]
    counts = rows.groupby(["event", "month"])["org_code"].nunique().reset_index(name="n")
    text = text_of(catalogue()[indicator])
    chart = draw_aligned(
        rows, band, counts, list(highlighted), text, tokens_of(theme), stacked=stacked
    )
    return chart.to_dict(), describe_aligned(rows, band, counts, text), rows


def show_aligned(write_head: Callable[..., None], indicator: Indicator) -> None:
    """What happened around entry and exit: controls, chart, table and sources."""
    first, second, third, fourth = st.columns([2, 2, 2, 3])
    with first:
        programmes = choose_programmes(placeholder="RSP")
    with second:
        types = choose_types()
    with third:
        regions = choose_regions(ask("organisations")["region"])
    names = ask("organisations").query("has_spell").set_index("org_code")["short_name"]
    with fourth:
        highlighted = linked_multiselect(
            "Highlight",
            "orgs",
            list(names.index),
            names.to_dict().__getitem__,
            most=4,
            placeholder="Up to four",
        )
    result = aligned_of(
        indicator.indicator_id,
        tuple(programmes or ["rsp"]),
        tuple(regions),
        tuple(types),
        tuple(highlighted),
        theme_name(),
        is_phone(),
        version(),
    )
    title = "What happened around entry and exit?"
    if result is None:
        write_head(
            title,
            "No spell with a known month of entry or exit has a value of this indicator within two years of "
            "it. Choose another indicator, programme, type or region.",
        )
        return
    spec, alt, rows = result
    write_head(title, alt)
    show_chart(spec, alt, "aligned")
    _below(rows, indicator)


def _below(rows: pd.DataFrame, indicator: Indicator) -> None:
    reading_aid(
        "Each line is one spell, drawn by months from the month it began (left) and ended (right), beside "
        "organisations of the same type that were never in a programme, in the same calendar months. "
        "Month 0 is the first month exposed. Spells whose entry or exit is known only to the quarter or year "
        "are left out, and so are transfers from special measures at exit. The line of entrants is drawn "
        "solid only where at least five have a value. Organisations enter a programme at their worst, so "
        "some rebound would follow without any support: this picture describes and shows no effect."
    )
    columns = ["event", "month", "org_code", "org_name", "programme", "period_start"]
    show_table(
        rows[[*columns, "value", "numerator", "denominator", "basis"]],
        f"aligned-{indicator.indicator_id}",
    )
    source_line(
        ["register of programme spells", title_of(indicator.measures.source)],
        f"{rows['spell_id'].nunique()} spells of {rows['org_code'].nunique()} organisations",
        *compiled_notes(rows),
    )
    method_note(escape(indicator.method), [escape(caveat) for caveat in indicator.caveats])
