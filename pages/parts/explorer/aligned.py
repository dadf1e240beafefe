"""The aligned view of the Explorer: one indicator by months from entry and from exit, many spells at once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indicators.aligned_scale import LEAST_SHARE, Scale, scaled, scales_of
from indicators.definition import Indicator
from pages.charts.aligned import describe_aligned, draw_aligned
from pages.charts.layers.formats import IndicatorText
from pages.parts.explorer.controls import has_two_periods
from pages.parts.filters import choose_programmes, choose_regions, choose_types, only
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
from pages.parts.indicators import catalogue, untitled_text_of
from pages.parts.links import linked_multiselect, linked_select
from pages.parts.sources import compiled_notes, title_of
from pages.parts.specs import spec_of
from pages.parts.store import ask

FEWEST = 5
TITLE = "What happened around entry and exit?"
SCALE_WORDS: dict[Scale, str] = {
    "raw": "As published",
    "difference": "Gap to comparators",
    "percent": "% of mean before entry",
}
SCALE_NOTES: dict[Scale, str] = {
    "raw": "",
    "difference": "Each is the value minus the median, in its period, of the same type never in a programme.",
    "percent": "In per cent of each one's own mean of the year before entry: after a trough all is inflated.",
}
COLUMNS = {
    "raw": [],
    "difference": ["raw_value", "comparators_median", "comparators"],
    "percent": ["raw_value", "pre_entry_mean", "pre_entry_months"],
}


@dataclass(frozen=True)
class Choice:
    """What the reader asks to see; nothing chosen of regions or types means all."""

    programmes: tuple[str, ...]
    types: tuple[str, ...]
    regions: tuple[str, ...]
    highlighted: tuple[str, ...]
    scale: Scale


def aligned_rows(indicator: str, programmes: tuple[str, ...]) -> pd.DataFrame:
    """The indicator by month from entry and from exit, one row per spell and month."""
    rows = ask("aligned_series", indicator=indicator, programmes=list(programmes))
    return rows.assign(programme_short=rows["programme"].str.upper())


def event_list(rows: pd.DataFrame) -> list[dict[str, str | None]]:
    """Month zero and type of each spell, and month zero of its entry, for its comparators."""
    names = ["event", "spell_id", "month_zero", "entry_zero", "org_type"]
    columns = [rows[name].to_list() for name in names]
    events = dict.fromkeys(zip(*columns, strict=True))
    return [dict(zip(names, map(_written, event), strict=True)) for event in events]


def _written(value: Any) -> str | None:
    if pd.isna(value):
        return None
    return str(value.date()) if isinstance(value, pd.Timestamp) else str(value)


def usual_value(indicator: str) -> float:
    """The median of all its published values."""
    return float(ask("usual_value", indicator=indicator)["usual"].iloc[0])


def scaled_text(indicator: Indicator, scale: Scale) -> IndicatorText:
    """What the chart says of the indicator on a scale."""
    text = untitled_text_of(indicator)
    if scale == "difference":
        unit = "percentage points" if text.unit == "percent" else text.unit_title
        return replace(text, unit_title=f"{unit} from comparators' median", is_change=True)
    if scale == "percent":
        return replace(text, unit="percent", unit_title="per cent of mean before entry")
    return text


@st.cache_data(max_entries=64, show_spinner=False)
def aligned_of(
    indicator: str, choice: Choice, stacked: bool, look: Look
) -> tuple[dict[str, Any], str, pd.DataFrame] | None:
    """The chart, its takeaway and its rows; None where no spell fits."""
    found = aligned_rows(indicator, choice.programmes)
    least = LEAST_SHARE * usual_value(indicator)
    rows = only(
        scaled(found, choice.scale, least),
        {"region": choice.regions, "org_type": choice.types},
    )
    if rows.empty:
        return None
    band = ask(
        "aligned_comparators",
        indicator=indicator,
        events=event_list(rows),
        scale=choice.scale,
        least=least,
    )
    band = band[band["n"] >= FEWEST]
    counts = rows.groupby(["event", "month"])["org_code"].nunique().reset_index(name="n")
    text = scaled_text(catalogue()[indicator], choice.scale)
    chart = draw_aligned(
        rows,
        band,
        counts,
        list(choice.highlighted),
        text,
        tokens_of(look.theme),
        stacked=stacked,
    )
    return spec_of(chart), describe_aligned(rows, band, counts, text), rows


def _choose(indicator: Indicator) -> Choice:
    """The view's one row of controls."""
    first, second, third, fourth, fifth = st.columns([2, 2, 2, 3, 2.4])
    with first:
        programmes = choose_programmes(placeholder="RSP")
    with second:
        types = choose_types()
    with third:
        regions = choose_regions(ask("organisations")["region"])
    known = ask("organisations")
    names = known[known["has_spell"]].set_index("org_code")["short_name"]
    with fourth:
        highlighted = linked_multiselect(
            "Highlight",
            "orgs",
            list(names.index),
            names.to_dict().__getitem__,
            most=4,
            placeholder="Up to four",
        )
    with fifth:
        scale = _choose_scale(indicator)
    return Choice(
        tuple(programmes or ["rsp"]), tuple(types), tuple(regions), tuple(highlighted), scale
    )


def _choose_scale(indicator: Indicator) -> Scale:
    key = indicator.indicator_id
    # Of one period alone each figure is 100 % of its own mean.
    offered = {
        str(scale): scale
        for scale in scales_of(indicator.unit, usual_value(key))
        if scale != "percent" or has_two_periods(key)
    }
    chosen = linked_select(
        "Scale", "scale", list(offered), lambda scale: SCALE_WORDS[offered[scale]], "raw"
    )
    return offered[chosen or "raw"]


def show_aligned(write_head: Callable[..., None], indicator: Indicator) -> None:
    """What happened around entry and exit: controls, chart, table and sources."""
    choice = _choose(indicator)
    result = aligned_of(indicator.indicator_id, choice, is_phone(), look_now())
    if result is None:
        write_head(
            TITLE,
            "No spell with a known month of entry or exit has a value of this indicator within two years of "
            "it. Choose another indicator, programme, type, region or scale.",
        )
        return
    spec, alt, rows = result
    write_head(TITLE, *filter(None, (alt, SCALE_NOTES[choice.scale])))
    show_chart(spec, f"{indicator.short_title}. {alt}", "aligned")
    _below(rows, indicator, choice.scale)


def _below(rows: pd.DataFrame, indicator: Indicator, scale: Scale) -> None:
    reading_aid(
        "Each line is one spell, drawn by months from the month it began (left) and ended (right), beside "
        "organisations of the same type that were never in a programme, in the same calendar months. "
        "Month 0 is the first month exposed. Spells whose entry or exit is known only to the quarter or year "
        "are left out, and so are transfers from special measures at exit; at entry they count. The line of "
        "entrants is drawn solid only where at least five have a value. Organisations enter a programme at "
        "their worst, so some rebound would follow without any support: this picture describes and shows no "
        "effect. "
        "Figures are those published under each organisation's own code, predecessors not added."
    )
    columns = ["event", "month", "org_code", "org_name", "programme", "period_start", "value"]
    show_table(
        rows[[*columns, *COLUMNS[scale], "numerator", "denominator", "basis", "file_name"]],
        f"aligned-{indicator.indicator_id}",
    )
    source_line(
        ["register of programme spells", title_of(indicator.measures.source)],
        f"{rows['spell_id'].nunique()} spells of {rows['org_code'].nunique()} organisations",
        *compiled_notes(rows),
    )
    method_note(
        f"{SCALE_NOTES[scale]} {escape(indicator.method)}", [escape(c) for c in indicator.caveats]
    )
