"""The view of moves between segments: within one era, and only from one quarter to the next."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.stats.transitions import Transitions, count_transitions
from pages.charts.layers.formats import format_day
from pages.charts.occupation import draw_occupation, occupation
from pages.charts.transition_matrix import draw_matrix, matrix_cells
from pages.parts.durability.move_words import lead_of_moves, noise_warning, segment_three_sentence
from pages.parts.durations import offer_analysis
from pages.parts.filters import choose_types, only
from pages.parts.frame import (
    reading_aid,
    show_chart,
    show_table,
    source_line,
    theme_name,
    tokens_of,
)
from pages.parts.links import linked_select
from pages.parts.specs import spec_of
from pages.parts.spells import TYPE_WORDS
from pages.parts.store import ask, version

DEFAULT_ERA = "R2"
_MATRIX = {
    "before": "Segment before",
    "after": "Segment in the next quarter",
    "n": "Moves or stays",
    "total": "All from that segment",
    "share": "Share (%)",
    "ci_low": "95 % interval from (%)",
    "ci_high": "to (%)",
}
_OCCUPATION = {
    "quarter": "Quarter",
    "state": "Segment",
    "n": "Organisations",
    "total": "With a statement",
    "share": "Share (%)",
}
_MOVES = {
    "org_name": "Organisation",
    "org_code": "Code",
    "type": "Type",
    "from_segment": "From segment",
    "to_segment": "To segment",
    "from_last_day": "Last known before",
    "to_first_day": "First known after",
    "apart": "Quarters apart",
    "counted": "In the table of moves",
    "confidence": "Confidence",
    "source_urls": st.column_config.ListColumn("Sources", width="large"),
}
_THREE = {
    "type": "Type",
    "organisations": "With a segment known",
    "in_3": "Known in 3",
    "in_3_followed": "of them stated again",
    "entered_3": "Moved into 3",
    "moved_3_to_4_within_12_months": "3 to 4 within 12 months",
    "moved_3_to_4_later": "3 to 4 later",
    "moved_3_to_4_within_or_later": "3 to 4, may be either",
    "moved_3_to_2": "3 to 2",
    "in_4": "Known in 4",
    "in_4_followed": "of them stated again",
    "moved_4_to_3": "4 to 3",
}


def show_transitions(write_head: Callable[[str], None], places: Sequence[DeltaGenerator]) -> None:
    """The whole view; `write_head` takes the sentence that answers the page's question."""
    era, types = _controls(places)
    panel, moves = _of_types(ask("segment_panel", era=era), types), _moves(era, types)
    name = str(_eras()[era])
    write_head(lead_of_moves(panel, moves, name))
    if era == DEFAULT_ERA:
        st.html(f'<p class="ot-reading">{escape(noise_warning(ask("published_changes")))}</p>')
    if len(panel):
        _charts(panel, name)
    _aid()
    if len(panel):
        _tables(panel, name)
    _moves_table(moves)
    _segment_three(era, types, name)
    if len(panel):
        offer_analysis(*transition_analysis(panel), f"transitions-{era}")
    source_line(
        ["published and reported segments, a source for every statement"],
        f"{panel['unit'].nunique()} organisations with a statement of a quarter of {name}",
        "Within this framework only: no move is counted across a change of framework. Statements are few and "
        "were not found at random, so shares describe those found and not all organisations.",
    )


def _eras() -> dict[str, str]:
    eras = ask("eras").dropna(subset="starts_on")
    return dict(zip(eras["era_id"], eras["short_name"], strict=True))


def _controls(places: Sequence[DeltaGenerator]) -> tuple[str, list[str]]:
    names = _eras()
    with places[0]:
        era = linked_select("Framework", "era", list(names)[::-1], names.__getitem__, DEFAULT_ERA)
    with places[1]:
        types = choose_types()
    return era or DEFAULT_ERA, types


def _of_types(rows: pd.DataFrame, types: Sequence[str]) -> pd.DataFrame:
    return only(rows, {"org_type": types}).reset_index(drop=True)


def _moves(era: str, types: Sequence[str]) -> pd.DataFrame:
    moves = _of_types(ask("segment_moves", era=era), types)
    return moves[~moves["is_contradicted"]].reset_index(drop=True)


def _charts(panel: pd.DataFrame, name: str) -> None:
    units = tuple(sorted(panel["unit"].unique()))
    matrix, shares = _specs(panel, units, name, theme_name(), version())
    show_chart(shares, f"Segments by quarter under {name}, of those with a statement.", "shares")
    show_chart(matrix, f"Moves between segments under {name}, counts by pair.", "matrix")


@st.cache_data(max_entries=32, show_spinner=False)
def _specs(
    _panel: pd.DataFrame, units: tuple[str, ...], name: str, theme: str, data_version: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    tokens, cells = tokens_of(theme), matrix_cells(_counted(_panel))
    matrix = draw_matrix(cells, name, tokens)
    shares = draw_occupation(occupation(_panel), name, tokens)
    return spec_of(matrix), spec_of(shares)


def _counted(panel: pd.DataFrame) -> Transitions:
    return count_transitions(panel[["unit", "period", "state"]])


def _aid() -> None:
    reading_aid(
        "A row is the segment in one quarter, a column the segment in the next; the diagonal are those who "
        "stayed. Only organisations stated in two quarters that follow each other count: a gap is never "
        "bridged, and no move is counted from one framework into another. The bars show who is in which "
        "segment among those with a statement; from 2025/26 segments 1 to 4 are quarters of a ranking, so "
        "about a quarter of trusts is in each by construction."
    )


def _tables(panel: pd.DataFrame, name: str) -> None:
    cells = matrix_cells(_counted(panel))
    shown = cells.assign(**{c: (100 * cells[c]).round(1) for c in ("share", "ci_low", "ci_high")})
    show_table(shown[list(_MATRIX)], "moves", f"The table of moves under {name}", _MATRIX)
    shares = occupation(panel)
    told = shares.assign(share=(100 * shares["share"]).round(1))[list(_OCCUPATION)]
    show_table(told, "segments-by-quarter", "Segments by quarter", _OCCUPATION)


def _moves_table(moves: pd.DataFrame) -> None:
    changed = moves[moves["kind"] == "moved"]
    if changed.empty:
        return
    is_counted = changed["is_adjacent"] & (changed["basis"] == "statements")
    told = changed.assign(
        type=changed["org_type"].map(TYPE_WORDS),
        apart=changed["quarters_apart"],
        counted=is_counted.map({True: "yes", False: "no"}),
        from_last_day=changed["from_last_day"].map(format_day),
        to_first_day=changed["to_first_day"].map(format_day),
        source_urls=changed["source_urls"].map(list),
    )
    label = f"Every move on record, over a gap or not ({len(told)})"
    show_table(told[list(_MOVES)], "moves-on-record", label, _MOVES)


def _segment_three(era: str, types: Sequence[str], name: str) -> None:
    st.header("Segment 3", anchor=False)
    rows = ask("segment_three")
    rows = _of_types(rows[rows["era_id"] == era].reset_index(drop=True), types)
    st.html(f'<p class="ot-reading">{escape(segment_three_sentence(rows, name))}</p>')
    if len(rows):
        told = rows.assign(type=rows["org_type"].map(TYPE_WORDS))
        label = "Segment 3 by type of organisation"
        show_table(told[list(_THREE)], "segment-3", label, _THREE, is_open=True)


def transition_analysis(panel: pd.DataFrame) -> tuple[dict[str, Any], pd.DataFrame]:
    """The analysis of this panel as a document and rows, as `python -m indicators analyse` takes them."""
    document = {"analysis": "transitions", "period_step": 1, "alpha": 0.05}
    return document, panel[["unit", "period", "state"]]
