"""What of a run can be taken away: its record, its series, and its report as Word or HTML once asked for."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from indicators.analyses.own_data import OwnData
from indicators.analyses.refusal import Refusal
from indicators.reporting.evidence import gather
from indicators.reporting.variants import Choice
from indicators.reporting.writing import KINDS, written
from indicators.runs.record import RunRecord
from pages.parts.frame import unmarked
from pages.parts.its.notes import note
from pages.parts.its.subject import Subject
from pages.parts.store import version

_WRITTEN = "its.report"
_REPORT = "Prepare report (Word, HTML)"
_REPORTS = {
    ".docx": (
        "Report (Word)",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ".html": ("Report (HTML)", "text/html"),
}
Files = dict[str, bytes]
"""The report by the ending of its file's name."""


def show_files(
    run: RunRecord, rows: pd.DataFrame, subject: Subject, data: OwnData | None = None
) -> None:
    """The row of files, and how the run is run again; `data`: the rows, where they were a person's own."""
    reports = offer_run(run, rows, subject.file_name)
    # The report knows one series alone.
    if run.document.get("analysis") == "its":
        _show_report(run, reports, subject, data)
    note_replay(run)


def offer_run(
    run: RunRecord, rows: pd.DataFrame, file_name: str, of_rows: str = "Series (CSV)"
) -> Sequence[Any]:
    """The record and its rows to take away, in a row of buttons whose further places are given back."""
    record, series, *further, _ = st.columns([1.8, 1.5, 2.4, 1.8, 1.5])
    with record:
        content = run.model_dump_json(indent=2).encode()
        _offer("Run record (JSON)", content, f"run-{run.run_id}.json", "application/json")
    with series:
        content = rows.to_csv(index=False).encode("utf-8-sig")
        _offer(of_rows, content, f"{file_name}-{run.run_id}.csv", "text/csv")
    return further


def note_replay(run: RunRecord) -> None:
    """The versions of a run, and the command that runs it again."""
    versions, own = run.versions, run.data.file_name
    command = f"python -m indicators replay run-{run.run_id}.json"
    note(
        f"Data version {versions.data or 'none, as the rows were your own'}, code version {versions.code}, "
        f"Python {versions.python}. “{command}{f' --data {own}' if own else ''}” runs it again and compares."
    )


def _offer(label: str, content: bytes, file_name: str, mime: str) -> None:
    st.download_button(label, content, file_name=file_name, mime=mime, on_click="ignore")


def _show_report(
    run: RunRecord, places: Sequence[Any], subject: Subject, data: OwnData | None
) -> None:
    """A button that writes the report, as that takes seconds; then both kinds of it in the button's place."""
    button = places[0].empty()
    found = _kept(run)
    if found is None and button.button(_REPORT, help="Takes some seconds"):
        found = _write(run, data)
    if found is None:
        return
    button.empty()
    for place, kind in zip(places, KINDS, strict=True):
        label, mime = _REPORTS[kind]
        with place:
            _offer(label, found[kind], f"{subject.file_name}-{run.run_id}{kind}", mime)


def _kept(run: RunRecord) -> Files | None:
    """The report written last in this visit, if it is of this run and today's data."""
    known, found = st.session_state.get(_WRITTEN, (None, None))
    return found if known == (run.run_id, version()) else None


def _write(run: RunRecord, data: OwnData | None) -> Files | None:
    """Both kinds of the report, kept for this visit; a refusal is told instead."""
    bar = st.progress(0.0, "Running the series again, and by other choices")

    def track(choices: Sequence[Choice]) -> Iterator[Choice]:
        for number, choice in enumerate(choices, start=1):
            bar.progress(number / (len(choices) + 1), f"{number} of {len(choices)}: {choice[0]}")
            yield choice

    try:
        evidence = gather(run, data, track)
        found = {kind: written(evidence, kind) for kind in KINDS}
    except Refusal as refusal:
        st.warning(f"No report can be written. {unmarked(refusal)}")
        return None
    finally:
        bar.empty()
    st.session_state[_WRITTEN] = ((run.run_id, version()), found)
    return found
