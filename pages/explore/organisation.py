"""Organisation: one trust or board, its segments and spells, and each indicator around entry and exit."""

from datetime import date
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indicators.definition import Indicator
from pages.charts.layers.formats import format_span
from pages.charts.layers.spell_words import count
from pages.charts.segment_strip import describe_segment_strip, draw_segment_strip
from pages.charts.trajectory import describe_trajectory, draw_trajectory, footnotes
from pages.parts.documents import all_documents, one_row_each, show_documents
from pages.parts.frame import (
    method_note,
    page_head,
    reading_aid,
    show_chart,
    show_table,
    source_line,
    theme_name,
    today,
    tokens_of,
)
from pages.parts.history import before_sentence, history_spells, spells_of
from pages.parts.indicators import (
    GROUP_WORDS,
    break_frame,
    catalogue,
    standard_frame,
    text_of,
)
from pages.parts.lineage import (
    LINEAGE_WORDS,
    History,
    history_of,
    merger_breaks,
    predecessors_of,
)
from pages.parts.links import linked_choice, linked_select
from pages.parts.organisation.events import show_events
from pages.parts.organisation.view import show_profile
from pages.parts.organisations import (
    PEERS,
    describe_organisation,
    name_sentence,
    organisations,
    spell_sentence,
)
from pages.parts.readiness.choice import show_readiness_link
from pages.parts.sources import SEGMENT_REGISTER, compiled_notes, title_of
from pages.parts.specs import spec_of
from pages.parts.spells import all_spells
from pages.parts.store import ask, version

_PEERS = ("median", "p10", "p90", "n")
"""What the pointer tells of an organisation's peers, in the table too."""


def segment_sentence(statements: pd.DataFrame) -> str:
    """The latest segment a source states, and of when."""
    if statements.empty:
        return "No source in the register states its segment."
    last = statements.iloc[-1]
    return f"The latest segment on record is {last['segment']} ({escape(last['framework'])})."


@st.cache_data(max_entries=64, show_spinner=False)
def strip_of(org: str, theme: str, today: date, data_version: str) -> tuple[dict[str, Any], str]:
    """The strip of segments and spells, and its takeaway."""
    statements, spells = ask("segments", org=org), history_spells(org)
    eras = ask("eras")
    eras = eras.assign(framework=eras["short_name"])
    chart = draw_segment_strip(statements, eras, spells, tokens_of(theme), today)
    return spec_of(chart), describe_segment_strip(statements, spells)


def trajectory_of(
    org: str, indicator: Indicator, history: History, breaks: pd.DataFrame, theme: str
) -> dict[str, Any]:
    """One indicator's chart, its takeaway and its rows."""
    rows = history.rows
    chosen = organisations().loc[org]
    only = {"indicator_id": indicator.indicator_id}
    bands = _where(ask("peer_bands", org_type=chosen["org_type"]), **only)
    chart = draw_trajectory(
        rows,
        bands,
        _where(ask("organisation_series", org="ENG"), **only),
        spells_of(org),
        standard_frame(indicator),
        breaks,
        text_of(indicator),
        chosen["short_name"],
        PEERS[chosen["org_type"]],
        tokens_of(theme),
        _span_of(pd.concat([rows, history.beside])),
        predecessors=history.beside,
    )
    takeaway = describe_trajectory(rows, bands, text_of(indicator), chosen["short_name"])
    return {
        "indicator_id": indicator.indicator_id,
        "spec": spec_of(chart),
        "alt": takeaway,
        "rows": rows.merge(bands[["period_start", *_PEERS]], on="period_start", how="left"),
        "notes": footnotes(breaks),
    }


def _span_of(rows: pd.DataFrame) -> tuple[date, date]:
    return rows["period_start"].min().date(), rows["period_end"].max().date()


def _where(rows: pd.DataFrame, **equal: str) -> pd.DataFrame:
    for column, value in equal.items():
        rows = rows[rows[column] == value]
    return rows


@st.cache_data(max_entries=64, show_spinner="Drawing the indicators")
def trajectories_of(
    org: str, group: str, lineage: str, theme: str, data_version: str
) -> tuple[list[dict[str, Any]], list[str]]:
    """Charts of a group's indicators in catalogue order, and titles of those with one period alone."""
    series, before = ask("organisation_series", org=org), predecessors_of(org)
    views, too_short = [], []
    for indicator in (each for each in catalogue().values() if each.group == group):
        rows = _where(series, indicator_id=indicator.indicator_id)
        if not rows["value"].notna().any():
            continue
        rows = rows.assign(source_title=title_of(indicator.measures.source))
        history = history_of(lineage, rows, before, indicator.indicator_id, org)
        if history.rows["value"].notna().sum() < 2:
            too_short.append(indicator.short_title)
            continue
        breaks = pd.concat([break_frame(indicator), merger_breaks(before)], ignore_index=True)
        views.append(trajectory_of(org, indicator, history, breaks, theme))
    return views, too_short


def groups_of(org: str) -> list[str]:
    """The groups of indicators of which the organisation has a value, in catalogue order."""
    series = ask("organisation_series", org=org)
    published = set(series.loc[series["value"].notna(), "indicator_id"].unique())
    known = [indicator for key, indicator in catalogue().items() if key in published]
    return list(dict.fromkeys(indicator.group for indicator in known))


def show_indicator(view: dict[str, Any], org: str) -> None:
    """One indicator: chart, data, source and caveats."""
    indicator, rows = catalogue()[view["indicator_id"]], view["rows"]
    show_chart(view["spec"], view["alt"], f"trajectory.{indicator.indicator_id}")
    columns = [
        "period_start",
        "value",
        *_PEERS,
        "numerator",
        "denominator",
        "missing_reason",
        "basis",
        "file_name",
    ]
    show_table(rows[columns], f"{indicator.indicator_id}-{org}")
    first, last = (
        format_span(rows["period_start"].agg(end), indicator.step_months) for end in ("min", "max")
    )
    source_line(
        [title_of(indicator.measures.source)],
        f"{first} to {last}",
        *compiled_notes(rows),
        *(f"{escape(note)}." for note in view["notes"]),
    )
    method_note(escape(indicator.method), [escape(caveat) for caveat in indicator.caveats])


def documents_of(org: str) -> pd.DataFrame:
    """The public documents that bear on the organisation, one row each."""
    return _documents(org, version())


@st.cache_data(max_entries=64, show_spinner=False)
def _documents(org: str, data_version: str) -> pd.DataFrame:
    rows = all_documents()
    return one_row_each(rows[rows["org_code"] == org])


def show_documents_of(org: str) -> None:
    """The public documents that bear on the organisation, folded; nothing where there is none."""
    documents = documents_of(org)
    if len(documents):
        undated = int(documents["dated_earliest"].isna().sum())
        label = f"Documents: {len(documents)} on record, {undated} of them undated"
        show_documents(documents, f"documents-{org}", label)


names = organisations()["short_name"].to_dict()
head = st.container()
org = linked_select(
    "Organisation",
    "org",
    list(names),
    lambda code: f"{names[code]} ({code})",
    default=_where(all_spells(), programme="rsp")["org_code"].iloc[0],
)
if org is None:
    with head:
        page_head(
            "Organisation", "Choose an organisation to see its segments, spells and indicators."
        )
    st.stop()

statements, spells = ask("segments", org=org), spells_of(org)
with head:
    page_head(
        names[org],
        *describe_organisation(org),
        name_sentence(spells),
        segment_sentence(statements),
        spell_sentence(spells),
        before_sentence(org),
    )
if len(statements) or len(history_spells(org)):
    spec, alt = strip_of(org, theme_name(), today(), version())
    show_chart(spec, alt, "strip")
    show_table(
        statements[["stated_as", "framework", "segment", "confidence", "source_url"]],
        f"segments-{org}",
        "Segment statements and their sources",
    )
    source_line(
        [SEGMENT_REGISTER],
        f"{count(len(statements), 'statement')} and {count(len(spells), 'spell')}",
        "An empty stretch means that no source was found, not that the organisation had no segment.",
    )

groups = groups_of(org)
if not groups:
    show_events(org, len(documents_of(org)))
    show_readiness_link(org)
    show_documents_of(org)
    st.info("None of the sources read so far publishes a figure for this organisation.")
    st.stop()
st.header("Indicators", anchor=False)
show_profile(org)
show_events(org, len(documents_of(org)))
show_readiness_link(org)
st.header("Around entry and exit", anchor=False)
group = linked_choice("Group", "group", groups, GROUP_WORDS.__getitem__, groups[0])
predecessors = predecessors_of(org)
lineage = "as_was"
if len(predecessors):
    lineage = linked_choice(
        "History before mergers", "lineage", list(LINEAGE_WORDS), LINEAGE_WORDS.__getitem__, lineage
    )
reading_aid(
    "The blue line is the organisation; the grey band holds the middle eighty percent of organisations of "
    "its type, the grey line is their median, the dashed line England, except of counts. Time in a "
    "programme is a pale band. "
    "A gap is a month that was not published; the tick on the baseline says why. Improvement after entry "
    "is not yet evidence that support worked: organisations enter at their worst."
)
views, too_short = trajectories_of(org, group, lineage, theme_name(), version())
for view in views:
    show_indicator(view, org)
if too_short:
    st.html(
        f'<p class="ot-reading">Fewer than two periods are known of {escape(", ".join(too_short))}: '
        "the table above has what there is, and a line needs two.</p>"
    )
show_documents_of(org)
