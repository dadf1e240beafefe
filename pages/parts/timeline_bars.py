"""The bars view of Timelines: one bar per spell of intensive support, a row for each organisation."""

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import streamlit as st

from pages.charts.timeline import describe_timeline, draw_timeline
from pages.parts.frame import (
    reading_aid,
    show_chart,
    show_table,
    source_line,
    theme_name,
    tokens_of,
)
from pages.parts.links import linked_multiselect
from pages.parts.spells import PROGRAMME_WORDS, TYPE_WORDS, renumber
from pages.parts.store import ask, version

TABLE = {
    "org_full_name": "Organisation",
    "org_code": "Code",
    "programme_label": "Programme",
    "entered_label": "Entered",
    "left_label": "Left",
    "ending_label": "How it ended",
    "last_known_label": "Last known inside",
    "region": "Region",
    "confidence": "Confidence",
    "note": st.column_config.TextColumn("Note", width="large"),
    "source_urls": st.column_config.ListColumn("Sources", width="large"),
}


def choose(spells: pd.DataFrame) -> pd.DataFrame:
    """The controls, and the spells they leave."""
    region, org_type, icb, programme = st.columns(4)
    names = spells.dropna(subset="icb_code").set_index("icb_code")["icb_name"].to_dict()
    with region:
        regions = linked_multiselect("Region", "region", sorted(spells["region"].dropna().unique()))
    with org_type:
        types = linked_multiselect("Type", "org_type", list(TYPE_WORDS), TYPE_WORDS.__getitem__)
    with icb:
        icbs = linked_multiselect(
            "ICB", "icb", sorted(names, key=names.__getitem__), names.__getitem__
        )
    with programme:
        programmes = linked_multiselect(
            "Programme", "programme", list(PROGRAMME_WORDS), PROGRAMME_WORDS.__getitem__
        )
    for column, wanted in (
        ("region", regions),
        ("org_type", types),
        ("icb_code", icbs),
        ("programme", programmes),
    ):
        if wanted:
            spells = spells[spells[column].isin(wanted)]
    return renumber(spells)


def era_marks() -> list[tuple[date, str]]:
    """The day each framework era began, with the name of its first framework."""
    eras = ask("eras").dropna(subset="starts_on")
    return [
        (era.starts_on.date(), era.short_name.partition(" and ")[0]) for era in eras.itertuples()
    ]


@st.cache_data(max_entries=64, show_spinner=False)
def chart_of(
    _spells: pd.DataFrame, shown: tuple[str, ...], theme: str, today: date, data_version: str
) -> tuple[dict[str, Any], str]:
    """The chart and its takeaway; `shown` and the version stand for the frame in the cache."""
    chart = draw_timeline(_spells, today, tokens_of(theme), marks=era_marks())
    return chart.to_dict(), describe_timeline(_spells)


def show_bars(spells: pd.DataFrame) -> None:
    """Controls, chart, table and sources of the bars, for `spells` as `all_spells` gives them."""
    chosen = choose(spells)
    if chosen.empty:
        st.info("No spell on record fits these choices. Remove one of them to see more.")
        return
    today = datetime.now(UTC).date()
    spec, alt = chart_of(chosen, tuple(chosen["spell_id"]), theme_name(), today, version())
    event = show_chart(spec, alt, "timeline", select="org")
    picked = (event.selection.get("org") or [{}])[0].get("org_code")
    if picked:
        st.switch_page("pages/explore/organisation.py", query_params={"org": picked})
    reading_aid(
        "One bar is one spell; organisations are in the order in which they first entered. The solid part "
        "is the time a source vouches for. A side that fades is a date known only to the quarter or year; "
        "a ragged end with a tick marks the last date at which a source places the organisation inside, "
        "because no source gives its exit. Select a bar to open the organisation."
    )
    open_org = st.selectbox(
        "Open an organisation",
        chosen["org_code"].drop_duplicates(),
        format_func=chosen.set_index("org_code")["org_name"].to_dict().__getitem__,
        index=None,
        placeholder="Choose one of those shown",
    )
    if open_org:
        st.switch_page("pages/explore/organisation.py", query_params={"org": open_org})
    show_table(
        chosen[list(TABLE)].assign(source_urls=chosen["source_urls"].map(list)),
        "spells",
        f"The {len(chosen)} spells as a table, each with its sources",
        TABLE,
    )
    source_line(
        ["register of programme spells, compiled from public pages, a source for every row"],
        f"{len(chosen)} of {len(spells)} spells on record, {chosen['org_code'].nunique()} organisations",
        "The register is incomplete: an organisation that is absent may still have been inside, and openly "
        "announced exits are over-represented, so spells look shorter than they were.",
    )
