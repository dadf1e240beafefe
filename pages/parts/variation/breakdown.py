"""The breakdown view of Variation: programme experience by place, kind, way in and era."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.durations import PROGRAMME_GROUPS
from indicators.variation import ALL, FEW, apart_from_all, break_down, measure_rows
from indicators.variation_groups import Register
from pages.charts.breakdown import describe_breakdown, draw_counts, draw_rates
from pages.parts.durations import BIAS_NOTE, SHORT, choose_group
from pages.parts.frame import (
    Look,
    look_now,
    method_note,
    reading_aid,
    show_chart,
    show_table,
    source_line,
    today,
    tokens_of,
)
from pages.parts.links import linked_select
from pages.parts.sources import SPELL_REGISTER
from pages.parts.specs import spec_of
from pages.parts.spells import all_spells
from pages.parts.store import ask, version
from pages.parts.variation.sentences import (
    CAVEATS,
    METHOD,
    READING,
    TOGETHER,
    chance_sentence,
    chart_text,
    overall_sentence,
)
from pages.parts.variation.table import breakdown_table
from pages.parts.variation.words import (
    BY_WORDS,
    GROUP_ORDER,
    MEASURE_WORDS,
    UNANSWERABLE,
    Asked,
    figure_words,
    group_labels,
    interval_words,
)


def choose() -> Asked:
    """The controls of the breakdown."""
    by_box, measure_box, programme_box = st.columns([2, 3, 3], vertical_alignment="bottom")
    with by_box:
        by: Any = linked_select("By", "by", list(BY_WORDS), BY_WORDS.__getitem__, "region")
    with measure_box:
        measure: Any = linked_select(
            "Measure", "measure", list(MEASURE_WORDS), MEASURE_WORDS.__getitem__, "inside"
        )
    by, measure = by or "region", measure or "inside"
    if by == "era":
        programme_box.html(
            '<p class="ot-reading">Programme: each in its own rows, because programmes are not pooled.</p>'
        )
        return Asked(by, measure, tuple(PROGRAMME_GROUPS))
    return Asked(by, measure, (choose_group(programme_box),))


def _register(day: date) -> Register:
    return Register(
        all_spells(),
        ask("segment_statements"),
        ask("eras"),
        ask("programmes"),
        ask("organisations"),
        day,
    )


@st.cache_data(max_entries=64, show_spinner=False)
def table_of(asked: Asked, day: date, data_version: str) -> pd.DataFrame:
    """The breakdown in reading order, with names (`label`); several programmes below each other."""
    known = _register(day)
    boards = known.organisations.set_index("org_code")["short_name"].to_dict()
    labels = group_labels(asked.by, boards, known.eras)
    tables = []
    for group in asked.groups:
        table = break_down(known, PROGRAMME_GROUPS[group], asked.by)
        table = _in_order(table.assign(label=table["group"].replace(labels)), asked)
        if len(asked.groups) > 1:
            # A row of all would pool eras.
            table = table[table["group"] != ALL].assign(label=SHORT[group] + ", " + table["label"])
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def _in_order(table: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    """In the groups' own order where they have one, else by name; what is not stated, then all, last."""
    own = {group: place for place, group in enumerate(GROUP_ORDER.get(asked.by, ()))}
    last = table["group"].map({"not stated": 1, ALL: 2}).fillna(0)
    place = table["group"].map(own).fillna(len(own))
    keys = table.assign(last=last, place=place, name=table["label"].str.lower())
    order = keys.sort_values(["last", "place", "name"]).index
    return table.loc[order]


def rows_to_draw(table: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    """One measure of the breakdown as the chart takes it; only groups with spells, but for who was inside."""
    rows = measure_rows(table, asked.measure).assign(label=table["label"])
    if asked.measure not in ("inside", "share"):
        rows = rows[table["spells"] > 0]
    if asked.measure != "time":
        rows = rows.assign(**{name: 100 * rows[name] for name in ("estimate", "low", "high")})
    written = list(rows.itertuples())
    return rows.assign(
        is_all=rows["group"] == ALL,
        is_few=rows["n"].astype(float) < FEW,
        words=[figure_words(row, asked.measure) for row in written],
        hover=[interval_words(row, asked.measure) for row in written],
    ).reset_index(drop=True)


@st.cache_data(max_entries=64, show_spinner=False)
def chart_of(asked: Asked, look: Look) -> tuple[dict[str, Any], str]:
    """The chart and its takeaway."""
    rows, text = (
        rows_to_draw(table_of(asked, look.day, look.data_version), asked),
        chart_text(asked),
    )
    if asked.measure == "inside":
        rows = rows[~rows["is_all"]]
        return spec_of(draw_counts(rows, text, tokens_of(look.theme))), describe_breakdown(
            rows, text
        )
    return spec_of(draw_rates(rows, text, tokens_of(look.theme))), describe_breakdown(rows, text)


def _lead(asked: Asked, table: pd.DataFrame) -> str:
    """The sentences that answer from the data: all together, and what may be chance."""
    sentences = [overall_sentence(asked, table)]
    measure = "share" if asked.measure == "inside" else asked.measure
    if len(asked.groups) == 1 and (asked.by, measure) not in UNANSWERABLE:
        apart, intervals = apart_from_all(measure_rows(table, measure))
        labels = table.set_index("group")["label"]
        sentences.append(chance_sentence([labels[group] for group in apart], intervals))
        if apart and asked.by in ("region", "icb"):
            sentences.append(TOGETHER)
    return " ".join(sentences)


def show_breakdown(controls: DeltaGenerator, say: Callable[[str], None]) -> None:
    """Controls, chart, table and sources of the breakdown; `say` takes the sentence that leads the page."""
    with controls:
        asked = choose()
    table = table_of(asked, today(), version())
    if (asked.by, asked.measure) in UNANSWERABLE:
        say(overall_sentence(Asked(asked.by, "inside", asked.groups), table))
        st.info(UNANSWERABLE[asked.by, asked.measure])
    else:
        say(_lead(asked, table))
        spec, alt = chart_of(asked, look_now())
        show_chart(spec, alt, "breakdown")
        reading_aid(READING)
    shown = breakdown_table(table)
    show_table(
        shown,
        f"variation-{asked.by}",
        f"All measures as a table: {BY_WORDS[asked.by]}",
        # Figures in words, where some are not given, still read as figures.
        {name: st.column_config.Column(alignment="right") for name in shown.columns[1:]},
    )
    method_note(METHOD, CAVEATS)
    spells = int(table.loc[table["group"] != ALL, "spells"].sum())
    source_line(
        [SPELL_REGISTER],
        f"{spells} spells on record in {asked.among}",
        "An organisation that is absent from the register may still have been inside.",
        BIAS_NOTE,
    )
