"""The run that the address names: opened, left when a control is changed, and a new one fixed and saved."""

import re
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import streamlit as st

from indicators.analyses.refusal import Refusal
from indicators.content import digest
from indicators.runs.record import RunRecord, load_run, lock, record_run, save_run
from pages.charts.layers.formats import format_day
from pages.parts.address import forget, note_unknown
from pages.parts.indicators import with_data
from pages.parts.its.choice import OWN, USUAL, offered
from pages.parts.its.design import Asked, Design
from pages.parts.organisations import organisations
from settings import Settings

_OPEN, _SEEN, _OWN_RUNS = "its.open", "its.seen", "its.own_runs"
_RUN_ID = re.compile(r"[0-9a-f]{12}")
_Series = tuple[str | None, str | None, str | None]
"""Organisation and indicator, or the name of a person's own file."""


def opened_run(design: Design) -> RunRecord | None:
    """The saved run that the address names; one that is not there, or of another design, is left out.

    Opened by a link, it puts its own choices into the address, so that the controls show what was run.
    """
    asked = st.query_params.get("run")
    if asked is None:
        return None
    run = _load(asked)
    if run is None or run.document.get("analysis") != design.analysis:
        _leave_unknown(asked)
        return None
    if _open_id() != asked and "org" in run.document:
        _adopt(run.document, design)
    return run


def _leave_unknown(asked: str) -> None:
    """A run that cannot be opened here leaves the address, with a note where a link asked for it."""
    if _open_id() == asked:
        # Its result was seen in this visit, and then another view was chosen.
        _leave()
        return
    note_unknown("Run", [asked])
    forget("run")


def _leave() -> None:
    """The open run leaves the address."""
    forget("run")
    del st.session_state[_OPEN]


def _open_id() -> str | None:
    known: tuple[str, str] | None = st.session_state.get(_OPEN)
    return known[0] if known else None


def _load(run_id: str) -> RunRecord | None:
    mine: dict[str, RunRecord] = st.session_state.get(_OWN_RUNS, {})
    if run_id in mine:
        return mine[run_id]
    if not _RUN_ID.fullmatch(run_id):
        return None
    try:
        run = load_run(Settings().data_dir / "runs" / f"{run_id}.json")
    except Refusal:
        return None
    is_known = run.document.get("indicator") in with_data() and run.run_id == run_id
    return run if is_known and run.document.get("org") in organisations().index else None


def _adopt(document: dict[str, Any], design: Design) -> None:
    """The run's choices as the address has them."""
    org, dates = str(document["org"]), design.dates_of(document)
    at = next((name for name, (_, known) in offered(org).items() if known == dates), OWN)
    own = dict(zip(("entry", "exit"), (day[:7] for day in dates), strict=False))
    chosen = {"org": org, "indicator": document["indicator"], "interruptions": at}
    chosen |= {name: document[name] for name in ("lineage", *design.linked) if name in document}
    chosen |= own if at == OWN else {}
    for name, value in chosen.items():
        st.query_params[name] = str(value)
    offers = USUAL[with_data()[str(document["indicator"])].step_months].horizons
    asked = [str(one) for one in document.get("horizons", [])]
    if known := [one for one in asked if one in offers]:
        st.query_params["horizons"] = known


def stays(run: RunRecord, asked: Asked) -> bool:
    """Whether the controls still say what they did when the run was opened.

    If not, the reader has changed something, and the run leaves the address. Once shown it is the parent of
    the next one on its series, in whichever view.
    """
    now = _written(asked)
    known: tuple[str, str] | None = st.session_state.get(_OPEN)
    if known is None or known[0] != run.run_id:
        if not _is_of(run, asked):
            note_unknown("Run", [run.run_id])
            forget("run")
            return False
        st.session_state[_OPEN] = known = (run.run_id, now)
    # Noted as soon as it is shown: a reader may leave the page, and come back to fix something else.
    _seen()[_series_of(run.document, run.data.file_name)] = run.run_id
    if known[1] == now:
        return True
    _leave()
    return False


def _is_of(run: RunRecord, asked: Asked) -> bool:
    """Whether the page is about the run's series, so that no result stands under another's name."""
    return _series_of(run.document, run.data.file_name) == _series_asked(asked)


def _series_asked(asked: Asked) -> _Series:
    return _series_of(asked.document, None if asked.data is None else asked.data.name)


def _series_of(document: dict[str, Any], file_name: str | None) -> _Series:
    """Which series a document is about, whatever its model: an organisation's measure, or a file."""
    return document.get("org"), document.get("indicator"), file_name


def _written(asked: Asked) -> str:
    """One text for what is asked for, which changes with the document and with every cell of a file."""
    rows = {} if asked.data is None else {"rows": digest(asked.data.rows)}
    return lock(asked.document | rows)


def fix_and_run(asked: Asked) -> None:
    """Note document and time, run it, save it and open it; a refusal or a full disk is told instead.

    A run on a person's own rows stays in this visit's memory: nothing of their file is written down.
    """
    specified_at, data = datetime.now(UTC), asked.data
    try:
        with st.spinner("Running the specification"):
            run = record_run(asked.document, data, specified_at, parent(asked))
            if data is None:
                save_run(run, Settings().data_dir / "runs")
    except Refusal as refusal:
        st.error(str(refusal))
        return
    except OSError:
        # Its own words would name a place on the server.
        st.error("The run cannot be saved on this server, so none was made.")
        return
    if data is not None:
        st.session_state.setdefault(_OWN_RUNS, {})[run.run_id] = run
    st.session_state[_OPEN] = (run.run_id, _written(asked))
    st.query_params["run"] = run.run_id
    st.rerun()


def parent(asked: Asked) -> str | None:
    """The last run of this series whose result this visit has seen; those of other series do not count."""
    return _seen().get(_series_asked(asked))


def _seen() -> dict[_Series, str]:
    """By series, the last run whose result this visit has seen."""
    found: dict[_Series, str] = st.session_state.setdefault(_SEEN, {})
    return found


def status_of(run: RunRecord) -> str:
    """When the run was specified, whether before any result, and its short names."""
    known = f"specification {lock(run.document)[:12]}, run {run.run_id}"
    when = _time(run.specified_at)
    if run.parent is None:
        return f"Specified before results on {when}, {known}."
    return (
        f"Specified on {when}, changed after results were seen; the run it alters is {run.parent} "
        f"({known})."
    )


def _time(moment: datetime) -> str:
    return f"{format_day(pd.Timestamp(moment))} at {moment.astimezone(UTC):%H:%M} UTC"
