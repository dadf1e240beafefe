"""What stands beside the bars of the timeline: ratings, leadership, exit targets and documents, as marks."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from data_sources.short_dates import precision_of
from pages.parts.documents import all_documents
from pages.parts.spells import written_date
from pages.parts.store import ask, version

MARK_WORDS = {
    "cqc": "CQC ratings",
    "leadership": "Leadership",
    "target": "Exit targets",
    "document": "Documents",
}
MARK_KEYS = {
    "cqc": "a letter in a circle is an overall rating by the Care Quality Commission (O outstanding, G good, "
    "R requires improvement, I inadequate)",
    "leadership": "a triangle is a change of leadership",
    "target": "a hollow diamond is the exit once announced, dotted to the exit that came",
    "document": "a small square is a public document",
}
"""What each kind of mark means."""
USUAL_MARKS = ("cqc", "leadership", "target")
_KINDS = {"cqc_rating": "cqc", "leadership": "leadership"}
_LETTERS = {"outstanding": "O", "good": "G", "requires": "R", "inadequate": "I"}
MARK_COLUMNS = [
    *("org_code", "organisation", "kind", "what", "day", "until"),
    *("when", "letter", "into", "words", "source"),
]


def marks_of(kinds: list[str]) -> pd.DataFrame:
    """The marks of some kinds (keys of MARK_WORDS) for every organisation, with `MARK_COLUMNS`."""
    return _marks(tuple(kinds), version()).copy(deep=False)


@st.cache_resource(max_entries=40, show_spinner=False)
def _marks(kinds: tuple[str, ...], data_version: str) -> pd.DataFrame:
    makers: dict[str, Callable[[], pd.DataFrame]] = {
        "cqc": lambda: event_marks(ask("organisation_events"), "cqc"),
        "leadership": lambda: event_marks(ask("organisation_events"), "leadership"),
        "target": lambda: target_marks(ask("exit_targets")),
        "document": lambda: document_marks(all_documents()),
    }
    return pd.concat([_blank(), *(makers[kind]() for kind in kinds)], ignore_index=True)


def _blank() -> pd.DataFrame:
    dates = {name: pd.Series(dtype="datetime64[us]") for name in ("day", "until")}
    return pd.DataFrame(dict.fromkeys(MARK_COLUMNS, pd.Series(dtype=object)) | dates)


def mark_key(marks: pd.DataFrame) -> str:
    """What the marks that are drawn mean, as one sentence; nothing where there are none."""
    shown = [words for kind, words in MARK_KEYS.items() if kind in set(marks["kind"])]
    return f"Marks: {'; '.join(shown)}." if shown else ""


def event_marks(events: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Ratings or changes of leadership as marks; a rating carries its first letter."""
    events = events[events["kind"].map(_KINDS) == kind]
    rated = events["title"].str.extract(r"^Rated (\w+)", expand=False)
    return pd.DataFrame(
        {
            "org_code": events["org_code"],
            "organisation": events["org_name"] + " (" + events["org_code"] + ")",
            "kind": kind,
            "what": MARK_WORDS[kind],
            "day": events["happened_on"],
            "until": pd.Series(pd.NaT, events.index, dtype="datetime64[us]"),
            "when": [written_date(text, precision_of(text)) for text in events["stated_as"]],
            "into": "",
            "letter": rated.map(_LETTERS).fillna(""),
            "words": events["title"],
            "source": events["source_url"],
        }
    )


def target_marks(targets: pd.DataFrame) -> pd.DataFrame:
    """Announced exits as marks on the day in the middle of what was announced, with what came of them.

    A target without a date has none: it is in the table alone.
    """
    span = targets["target_latest"] - targets["target_earliest"]
    return pd.DataFrame(
        {
            "org_code": targets["org_code"],
            "organisation": targets["org_name"] + " (" + targets["org_code"] + ")",
            "kind": "target",
            "what": MARK_WORDS["target"],
            "day": targets["target_earliest"] + (span / 2).dt.floor("D"),
            "until": targets["actual_earliest"],
            "when": [_written(text) for text in targets["target_written"]],
            "letter": "",
            "into": "",
            "words": [_target_words(row) for row in targets.itertuples()],
            "source": targets["source_urls"].map(" ; ".join),
        }
    )


def _written(text: str) -> str:
    """A date in words, or the words of the source where they give none."""
    date_only = text.partition(" (")[0]
    precision = precision_of(date_only)
    return text if precision is None else written_date(date_only, precision)


def _target_words(row: Any) -> str:
    words = [f"said in {_written(row.stated_written)}: exit {_written(row.target_written)}"]
    if pd.notna(row.revised_written):
        words.append(f"later {_written(row.revised_written)}")
    if pd.isna(row.actual_written):
        return "; ".join([*words, "no source gives the exit"])
    return "; ".join([*words, f"left {_written(row.actual_written)}, {slip_words(row)}"])


def slip_words(row: Any) -> str:
    """How long after the first target the exit came, as far as both are dated."""
    least, most = round(row.slip_least), round(row.slip_most)
    months = f"{least}" if least == most else f"{least} to {most}"
    return f"{months} months after its target"


def with_slips(spells: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """The spells with `end_words` beside the exit for which another time had been announced."""
    dated = targets[targets["slip_least"].notna()]
    words = {(row.org_code, row.actual_written): slip_words(row) for row in dated.itertuples()}
    ends = zip(spells["org_code"], spells["left_written"], spells["left_earliest"], strict=True)
    return spells.assign(
        end_words=[
            None if pd.isna(day) else words.get((org, written)) for org, written, day in ends
        ]
    )


def document_marks(documents: pd.DataFrame) -> pd.DataFrame:
    """Dated public documents of an organisation as marks on the first day their date can mean."""
    dated = documents[documents["dated_earliest"].notna() & documents["org_code"].notna()]
    return pd.DataFrame(
        {
            "org_code": dated["org_code"],
            "organisation": dated["org_name"].fillna("") + " (" + dated["org_code"] + ")",
            "kind": "document",
            "what": MARK_WORDS["document"],
            "day": dated["dated_earliest"],
            "until": pd.Series(pd.NaT, dated.index, dtype="datetime64[us]"),
            "when": dated["dated_label"],
            "letter": "",
            "into": "",
            "words": dated["name"],
            "source": dated["url"].fillna("no address on record"),
        }
    )
