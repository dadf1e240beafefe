"""The screen as the page shows it: the kept result of this data version, or worked out with a bar."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from indicators.runs.record import RunRecord
from indicators.screening.judged import Judged, judged
from indicators.screening.kept import Place, kept_document, kept_record
from indicators.stats.screen.thresholds import Thresholds
from pages.parts.indicators import catalogue
from pages.parts.store import version, warehouse
from settings import Settings


@st.cache_resource(max_entries=2, show_spinner=False)
def _held(data_version: str) -> dict[str, Any]:
    """Where the result is held once it is there, with a bar that a cached function cannot draw."""
    return {}


def screen_now(tell: Callable[[str], None]) -> dict[str, Any]:
    """The kept document; `tell` is given a sentence for the page's head while it is being worked out."""
    held = _held(version())
    if "document" not in held:
        published, connection = warehouse()
        bar = _Bar(tell)
        held["document"] = kept_document(Place(published, connection, Settings()), bar)
        bar.end()
    document: dict[str, Any] = held["document"]
    return document


def record_now() -> RunRecord:
    """The run record of the document that `screen_now` has given."""
    held = _held(version())
    if "record" not in held:
        published, connection = warehouse()
        held["record"] = kept_record(Place(published, connection, Settings()))
    record: RunRecord = held["record"]
    return record


class _Bar:
    """Progress of the screen, drawn only once there is work to be done."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._bar: Any = None

    def __call__(self, done: int, number: int, name: str) -> None:
        if self._bar is None:
            self._tell("Every indicator is being screened, which takes about a minute, once.")
            self._bar = st.progress(0.0)
        title = catalogue()[name].short_title
        self._bar.progress(done / number, text=f"{done + 1} of {number}: {title}")

    def end(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.empty()


def judged_now(document: dict[str, Any], thresholds: Thresholds) -> list[Judged]:
    """Its rows under the thresholds, kept."""
    return _judged(version(), thresholds, document)


@st.cache_resource(max_entries=16, show_spinner=False)
def _judged(data_version: str, thresholds: Thresholds, _document: dict[str, Any]) -> list[Judged]:
    return judged(_document["rows"], thresholds)
