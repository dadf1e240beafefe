"""What a spell's hover and legend say, absent facts in words."""

import altair as alt
import pandas as pd

LEGEND = {
    "qsm": "quality special measures",
    "fsm": "financial special measures",
    "rsp": "Recovery Support Programme",
    "pip": "successor programmes",
    "irp": "successor programmes",
}
"""What the colour of a bar says; both successors of the RSP share one."""
NOT_STATED = "not stated"

_HOVER = {
    "organisation": "organisation",
    "org_type": "type",
    "region": "region",
    "icb_name": "integrated care board",
    "programme_label": "programme",
    "themes": "themes at entry",
    "entered_label": "entered",
    "left_label": "left",
    "ending_label": "how it ended",
    "last_known_label": "last known inside",
    "confidence": "confidence in the dates",
}
_DRAWN = [
    *("spell_id", "org_code", "programme", "programme_short", "last_known_in"),
    *("part", "begins", "ends", "row", "lanes", "top", "bottom"),
]


def hover() -> list[alt.Tooltip]:
    """All that is known of a spell, for the hover of any of its marks."""
    return [alt.Tooltip(f"{column}:N", title=title) for column, title in _HOVER.items()]


def in_words(parts: pd.DataFrame) -> pd.DataFrame:
    """The columns of `lay_out` that are drawn, with those of `hover` in words.

    Added: `legend` for the legend, and `end_words`, which stand beside the end of the bar: those of column
    `end_words` where the spells have one, and "last known" after the last day a source places the
    organisation inside.
    """
    torn = parts["left_earliest"].isna() & parts["last_known_in"].notna()
    told = parts.assign(
        organisation=parts["org_full_name"] + " (" + parts["org_code"] + ")",
    )
    return (
        parts[_DRAWN]
        .assign(
            is_torn=torn,
            end_words=_own_end_words(parts).where(~torn, "last known"),
            legend=parts["programme"].map(LEGEND),
        )
        .join(told[list(_HOVER)].astype(object).fillna(NOT_STATED))
    )


def _own_end_words(parts: pd.DataFrame) -> pd.Series:
    own: pd.Series = parts.get("end_words", pd.Series("", parts.index))
    return own.astype(object).fillna("")


def the_count(number: int, noun: str) -> str:
    """`The one spell`, `The 2 spells`."""
    return f"The one {noun}" if number == 1 else f"The {count(number, noun)}"


def count(number: int, noun: str) -> str:
    """`1 spell`, `2 spells`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
