"""What stands beside the bars of the timeline: ratings, leadership, exit targets and documents, as marks."""

import pandas as pd

from data_sources.short_dates import precision_of
from pages.parts.spells import written_date
from pages.parts.store import ask

MARK_WORDS = {
    "cqc": "CQC ratings",
    "leadership": "Leadership",
    "target": "Exit targets",
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
    found = event_marks(ask("organisation_events"))
    return found[found["kind"].isin(kinds)].reset_index(drop=True)


def mark_key(marks: pd.DataFrame) -> str:
    """What the marks that are drawn mean, as one sentence; nothing where there are none."""
    shown = [words for kind, words in MARK_KEYS.items() if kind in set(marks["kind"])]
    return f"Marks: {'; '.join(shown)}." if shown else ""


def event_marks(events: pd.DataFrame) -> pd.DataFrame:
    """Ratings and changes of leadership as marks; a rating carries its first letter."""
    kinds = events["kind"].map(_KINDS)
    rated = events["title"].str.extract(r"^Rated (\w+)", expand=False)
    return pd.DataFrame(
        {
            "org_code": events["org_code"],
            "organisation": events["org_name"] + " (" + events["org_code"] + ")",
            "kind": kinds,
            "what": kinds.map(MARK_WORDS),
            "day": events["happened_on"],
            "until": pd.Series(pd.NaT, events.index, dtype="datetime64[us]"),
            "when": [written_date(text, precision_of(text)) for text in events["stated_as"]],
            "into": "",
            "letter": rated.map(_LETTERS).fillna(""),
            "words": events["title"],
            "source": events["source_url"],
        }
    )
