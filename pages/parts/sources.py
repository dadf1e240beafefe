"""Sources by their full title, as source lines and the Data page name them."""

from functools import cache
from html import escape

import pandas as pd

from data_sources.registry import sources

SPELL_REGISTER = "register of programme spells, compiled from public pages, a source for every row"
SEGMENT_REGISTER = "register of segment statements and programme spells, a source for every row"
"""The hand-kept tables as the source lines of charts name them."""
_HAND_KEPT = {
    "reference": "Register of programmes, segments and events (hand-kept, a source per row)"
}


@cache
def _titles() -> dict[str, str]:
    published = {
        name: f"{publication.SOURCE.publisher}, {publication.SOURCE.title}"
        for name, publication in sources().items()
    }
    return published | _HAND_KEPT


def compiled_notes(rows: pd.DataFrame) -> list[str]:
    """What to say of the compiled tables among the files that rows were read from (file_name, kind, note)."""
    compiled = rows[rows["kind"] == "compiled"]
    return [
        f"{len(part):,} of {len(rows):,} figures are from a table compiled from published files, "
        f"{escape(str(name))} ({escape(str(part['note'].iloc[0]))})."
        for name, part in compiled.groupby("file_name")
    ]


def title_of(source_id: str) -> str:
    """Publisher and title; a source that this version of the code does not know shows its id."""
    return _titles().get(source_id, source_id)
