"""The run records behind an evidence card: that of the whole screen, and a run of this pair alone."""

import json
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import streamlit as st

from indicators.analyses.refusal import Refusal
from indicators.runs.record import RunRecord, record_run, save_run
from indicators.runs.replay import moved_between
from indicators.screening.judged import Judged
from indicators.stats.screen.thresholds import Thresholds
from pages.charts.layers.formats import format_day
from pages.parts.frame import show_table, unmarked
from pages.parts.its.files import note_replay, offer_run
from pages.parts.its.notes import note
from pages.parts.key_indicators.places import (
    DIGITS,
    at,
    card_document,
    numbers_of,
    places_table,
    pointer_of,
    row_of,
)
from pages.parts.key_indicators.sentences import thresholds_changed
from pages.parts.store import version
from settings import Settings

_ALONE = "key-indicators.alone"
_BUTTON = "Run this card alone"


def show_origin(one: Judged, record: RunRecord, thresholds: Thresholds) -> None:
    """Where every number stands, the record to take away, and a run of this pair alone on demand."""
    st.header("Where each number stands", anchor=False)
    note(
        f"Criteria, facts, what else was found and shares of figures are of run {record.run_id} of "
        f"{format_day(record.ran_at)}, the screen of all indicators with seed {record.seed}; the "
        "place of each number in its record is a JSON pointer. What is lacking is what is asked for less "
        "what was found. Other caveats are the catalogue’s; pictures have runs or tables of their own."
    )
    name = f"key-indicators-{one.indicator_id}-{one.org_type}"
    show_table(
        lambda: places_table(one, record, thresholds),
        f"{name}-places",
        "Every number and its place",
        dict.fromkeys(DIGITS, st.column_config.NumberColumn(format="%.9g")),
    )
    _offer(one, record, thresholds, name)
    note_replay(record)
    _show_alone(one, thresholds, record)


def _offer(one: Judged, record: RunRecord, thresholds: Thresholds, name: str) -> None:
    whole, csv, plain, _ = st.columns([2.7, 1.6, 1.7, 2.4])
    table = places_table(one, record, thresholds)
    changes = "; ".join(thresholds_changed(thresholds)) or "none"
    export = table.assign(**{"Run": record.run_id, "Thresholds changed": changes})
    document = json.dumps(card_document(one, record, thresholds), indent=2, ensure_ascii=False)
    files = [
        (whole, "Run record of this screen (JSON)", _as_file(record.run_id, record), "json"),
        (csv, "This card (CSV)", export.to_csv(index=False).encode("utf-8-sig"), "csv"),
        (plain, "This card (JSON)", document.encode(), "json"),
    ]
    names = (f"run-{record.run_id}", *2 * (f"{name}-{version()}",))
    for file_name, (place, label, content, kind) in zip(names, files, strict=True):
        mime = {"json": "application/json", "csv": "text/csv"}[kind]
        place.download_button(
            label, content, file_name=f"{file_name}.{kind}", mime=mime, on_click="ignore"
        )


@st.cache_data(max_entries=2, show_spinner=False)
def _as_file(run_id: str, _record: RunRecord) -> bytes:
    return _record.model_dump_json(indent=2).encode()


def _show_alone(one: Judged, thresholds: Thresholds, record: RunRecord) -> None:
    """A run of this pair alone under the thresholds in force, once it is asked for."""
    document = alone_document(one, thresholds, record)
    key = json.dumps([document, version()])
    known, run = st.session_state.get(_ALONE, (None, None))
    place = st.empty()
    if known != key:
        run = None
        if place.button(_BUTTON, help="Takes some seconds; what comes of comparing is left out"):
            run = _run(document)
    if run is None:
        return
    st.session_state[_ALONE] = (key, run)
    place.empty()
    note(agreement(one, record, run))
    offer_run(run, pd.json_normalize(run.result["rows"]), f"screen-{one.indicator_id}", "Row (CSV)")
    note_replay(run)


def alone_document(one: Judged, thresholds: Thresholds, record: RunRecord) -> dict[str, Any]:
    """The analysis of this pair alone, with the seed of the screen and the thresholds in force."""
    return {
        "analysis": "screen",
        "indicator": one.indicator_id,
        "org_type": one.org_type,
        "thresholds": {name: now for name, _, now in thresholds.changes()},
        "seed": record.seed,
    }


def _run(document: dict[str, Any]) -> RunRecord | None:
    bar = st.progress(0.1, "Reading the figures and judging every criterion anew")
    try:
        run = record_run(document, specified_at=datetime.now(UTC))
        bar.progress(0.9, "Saving the run")
        save_run(run, Settings().data_dir / "runs")
    except Refusal as refusal:
        st.warning(unmarked(refusal))
        return None
    except OSError:
        # Its own words would name a place on the server.
        st.error("The run cannot be saved on this server, so none was made.")
        return None
    finally:
        bar.empty()
    return run


def agreement(one: Judged, record: RunRecord, run: RunRecord) -> str:
    """How many of the card's numbers the run alone has, and whether they are the same."""
    row, whole, alone = row_of(one, record), {"result": record.result}, {"result": run.result}
    found, moved = 0, []
    for number in numbers_of(one):
        try:
            now = at(alone, pointer_of(number, 0))
        except LookupError:
            continue
        found += 1
        was = at(whole, pointer_of(number, row))
        moved += [number.what] if list(moved_between(was, now)) else []
    told = f"; other ones: {', '.join(moved)}" if moved else ""
    return (
        f"Run {run.run_id} of this pair alone has {found} of the numbers above (not those that come of "
        f"comparing indicators): {found - len(moved)} are the same{told}."
    )
