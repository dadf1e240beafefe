"""What a spell's hover and legend say, absent facts in words."""

import altair as alt
import pandas as pd

ENDING_WORDS = {
    "left": "left",
    "transferred": "moved into the RSP",
    "closed": "merged or programme closed",
    "not_established": "exit not established",
}
NOT_STATED = "not stated"

_HOVER = {
    "organisation": "organisation",
    "org_type": "type",
    "region": "region",
    "icb_name": "integrated care board",
    "programme_label": "programme",
    "entered_label": "entered",
    "left_label": "left",
    "ending_label": "how it ended",
    "last_known_label": "last known inside",
    "confidence": "confidence in the dates",
}
_DRAWN = [
    *("spell_id", "org_code", "ending", "programme", "programme_short", "last_known_in"),
    *("part", "begins", "ends", "row", "lanes", "top", "bottom"),
]


def hover() -> list[alt.Tooltip]:
    """All that is known of a spell, for the hover of any of its marks."""
    return [alt.Tooltip(f"{column}:N", title=title) for column, title in _HOVER.items()]


def in_words(parts: pd.DataFrame) -> pd.DataFrame:
    """The columns of `lay_out` that are drawn, with those of `hover` in words.

    Added: `torn_words`, which stand beside a torn end after the last day a source places the organisation
    inside.
    """
    torn = parts["left_earliest"].isna() & parts["last_known_in"].notna()
    told = parts.assign(
        organisation=parts["org_full_name"] + " (" + parts["org_code"] + ")",
    )
    return (
        parts[_DRAWN]
        .assign(
            is_torn=torn,
            torn_words=torn.map({True: "last known", False: ""}),
        )
        .join(told[list(_HOVER)].astype(object).fillna(NOT_STATED))
    )


def count(number: int, noun: str) -> str:
    """`1 spell`, `2 spells`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
