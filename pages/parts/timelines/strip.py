"""The strip view of Timelines: every organisation's segment, quarter by quarter, above its programmes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from pages.charts.layers.spell_words import the_count
from pages.charts.layers.strip_rows import Sort, arrange
from pages.charts.strip import Ledger, describe_strip, draw_strip
from pages.parts.filters import choose_boards, choose_regions, choose_types, only
from pages.parts.frame import (
    Look,
    look_now,
    reading_aid,
    show_chart,
    show_table,
    source_line,
    tokens_of,
)
from pages.parts.links import linked_select
from pages.parts.opening import offer_to_open, open_picked
from pages.parts.sources import SEGMENT_REGISTER
from pages.parts.specs import spec_of
from pages.parts.store import version
from pages.parts.timelines.strip_ledger import (
    coverage_sentence,
    inside_since,
    quarters_of,
    spells_told,
    whole_ledger,
)

ROWS = {"programme": "Programme since 2021", "all": "All with a segment"}
SORTS: dict[Sort, str] = {
    "months": "Months in programmes",
    "icb": "ICB",
    "type": "Type",
    "move": "Latest move",
}
READING = (
    "A row is an organisation, a column a quarter of the financial year. A number is the segment that a "
    "source states for that quarter; an empty cell means that no source states it, and nothing is drawn "
    "between two statements. A cell that is only outlined covers the quarters of a year of which the "
    "source says no more; two numbers in one cell are two segments stated for one quarter, the earlier "
    "to the left; a small triangle in a cell marks a segment that an override changed. Each framework "
    "has a panel of its own, because a segment does not mean the same under two of them: a "
    "quarter of which sources state segments under both is there twice. The thin bar below is time "
    "in a programme, which is not the same as segment 4: solid where known, fading where a date is known "
    "only roughly or no source gives the exit. Under the 2025/26 framework ICBs have no segment. The day "
    "on which the 2026/27 framework took force is not established, and no segment under it is on "
    "record. Select a row to open the organisation."
)
CAVEATS = (
    "The order of the rows is for reading, not a league. Months count in any programme since 2013, "
    "from the middle of the entry date to that of the exit date, or to the last day a source places the "
    "organisation inside; spells without either are left out. Moves are counted within one framework."
)
STATEMENTS = {
    "org_full_name": "Organisation",
    "org_code": "Code",
    "quarter": "Quarter",
    "segment": "Segment",
    "segment_before_override": "Before an override",
    "framework": "Framework",
    "stated_as": "Date as stated",
    "confidence": "Confidence",
    "source_url": st.column_config.TextColumn("Source", width="large"),
}
ORGANISATIONS = {
    "org_full_name": "Organisation",
    "org_code": "Code",
    "type_label": "Type",
    "region": "Region",
    "icb_name": "ICB",
    "months_label": "Time in programmes",
    "move_label": "Latest move between segments",
    "programmes": st.column_config.TextColumn("Programmes", width="large"),
}


def choose(ledger: Ledger) -> tuple[Ledger, Sort]:
    """The controls, the organisations they leave, and the order of the rows."""
    shown, sort, region, org_type, icb = st.columns([4, 4, 3, 3, 3])
    rows = ledger.organisations
    with shown:
        which = linked_select("Rows", "rows", list(ROWS), ROWS.__getitem__, "programme")
    with sort:
        order = linked_select("Sorted by", "sort", list(SORTS), SORTS.__getitem__, "months")
    with region:
        regions = choose_regions(rows["region"])
    with org_type:
        types = choose_types()
    with icb:
        boards = choose_boards(rows)
    if which == "programme":
        rows = rows[rows["org_code"].isin(inside_since(ledger.spells))]
    rows = only(rows, {"region": regions, "org_type": types, "icb_code": boards})
    return replace(ledger, organisations=rows), order


@st.cache_data(max_entries=4, show_spinner=False)
def ledger_of(_spells: pd.DataFrame, data_version: str) -> Ledger:
    """All that the strip can show, of this data version."""
    return whole_ledger(_spells)


@st.cache_data(max_entries=32, show_spinner=False)
def chart_of(
    _ledger: Ledger, shown: tuple[str, ...], sort: Sort, look: Look
) -> tuple[dict[str, Any], str]:
    """The chart and its takeaway; `shown` and `look` stand for the ledger in the cache."""
    return spec_of(draw_strip(_ledger, sort, tokens_of(look.theme), look.day)), describe_strip(
        _ledger
    )


def show_strip(spells: pd.DataFrame, say: Callable[[str], None]) -> None:
    """Controls, chart, tables and sources of the strip, for `spells` as `all_spells` gives them.

    `say` takes the sentence that leads the page: how the best covered quarter stands, and how little is
    stated of those before.
    """
    ledger = ledger_of(spells, version())
    say(coverage_sentence(ledger))
    chosen, sort = choose(ledger)
    rows = chosen.organisations
    if rows.empty:
        st.info("No organisation on record fits these choices. Remove one of them to see more.")
        return
    spec, alt = chart_of(chosen, tuple(rows["org_code"]), sort, look_now())
    event = show_chart(spec, alt, "all-strip", select="org")
    open_picked(event)
    reading_aid(READING)
    offer_to_open(arrange(rows, sort).dropna(subset="org_code"), "label")
    _show_tables(chosen, sort)
    source_line(
        [SEGMENT_REGISTER],
        f"{len(rows)} of {len(ledger.organisations)} organisations with a segment or a programme on record",
        CAVEATS,
    )


def _show_tables(chosen: Ledger, sort: Sort) -> None:
    rows = arrange(chosen.organisations, sort).dropna(subset="org_code")
    stated = chosen.statements[chosen.statements["org_code"].isin(rows["org_code"])]
    show_table(
        stated.assign(quarter=quarters_of(stated))[list(STATEMENTS)],
        "segment-statements",
        f"{the_count(len(stated), 'statement')} of a segment as a table, each with its source",
        STATEMENTS,
    )
    show_table(
        rows.assign(programmes=rows["org_code"].map(spells_told(chosen.spells)))[
            list(ORGANISATIONS)
        ],
        "strip-organisations",
        f"{the_count(len(rows), 'organisation')} in this order, with time in programmes and latest move",
        ORGANISATIONS,
    )
