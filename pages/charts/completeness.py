"""A published count against the ledger: how many members it places, cannot rule out, or lacks."""

from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import finish
from pages.charts.layers.contrast import readable_fill, readable_text
from pages.charts.layers.rows import rows_of
from pages.charts.layers.spell_words import count
from pages.charts.theme import Tokens

ROW_HEIGHT = 46
_PARTS = ("placed", "open", "missing")
_TITLE = "Members of the published count that the ledger knows by name"


def open_places(counts: pd.DataFrame) -> pd.Series:
    """Members not placed for whom an organisation is at hand that cannot be ruled out."""
    return counts["missing_at_most"] - counts["missing_at_least"]


def not_ruled_out(counts: pd.DataFrame) -> pd.Series:
    """Organisations that may have been inside on the day, and may not."""
    return counts["entered_before"] + counts["undated"]


def draw_completeness(counts: pd.DataFrame, tokens: Tokens) -> alt.LayerChart:
    """One bar per published count of `counts` (at least one), as long as the count.

    `counts` carries label, published, placed, entered_before, undated, missing_at_least and
    missing_at_most. Solid: placed. Pale: may be filled by organisations that cannot be ruled out. Empty and
    dashed: missing even if all of those were inside.
    """
    bars = _bars(counts)
    # An empty layer would leave a nameless mark behind for screen readers.
    drawn = [part for part in _PARTS if (bars["part"] == part).any()]
    rows = [_bar_layer(bars[bars["part"] == part], counts, part, tokens) for part in drawn]
    height = ROW_HEIGHT * len(counts)
    return finish([*rows, _words(bars, counts, tokens)], _TITLE, [], height, tokens)


def _bars(counts: pd.DataFrame) -> pd.DataFrame:
    widths = counts.assign(
        open=open_places(counts), missing=counts["missing_at_least"], possible=not_ruled_out(counts)
    )
    records = []
    for row in rows_of(widths):
        begins = 0
        for part in _PARTS:
            ends = begins + getattr(row, part)
            words = _words_of(part, ends - begins, row.possible)
            records.append((row.label, part, begins, ends, (begins + ends) / 2, words))
            begins = ends
    columns = ["label", "part", "begins", "ends", "middle", "words"]
    bars = pd.DataFrame(records, columns=columns)
    return bars[bars["ends"] > bars["begins"]]


def _words_of(part: str, width: int, possible: int) -> str:
    if part == "open":
        return f"{width} to fill, {possible} not ruled out"
    return f"{width} {part}"


def _bar_layer(bars: pd.DataFrame, counts: pd.DataFrame, part: str, tokens: Tokens) -> alt.Chart:
    looks: dict[str, dict[str, Any]] = {
        "placed": {"fill": readable_fill(tokens.accent, tokens)},
        "open": {"fill": tokens.accent, "fillOpacity": 0.22},
        "missing": {"fill": tokens.background, "stroke": tokens.muted, "strokeDash": [4, 3]},
    }
    chart: alt.Chart = (
        alt.Chart(bars)
        .mark_bar(height=26, **looks[part])
        .encode(x=_across("begins", counts), x2=alt.X2("ends:Q"), y=_down(counts), tooltip=_hover())
    )
    return chart


def _words(bars: pd.DataFrame, counts: pd.DataFrame, tokens: Tokens) -> alt.Chart:
    colours = {"placed": readable_text(tokens.accent, tokens)}
    longest = int(counts["published"].max())
    shown = bars.assign(
        colour=bars["part"].map(colours).fillna(tokens.ink), members=bars["ends"] - bars["begins"]
    )
    chart: alt.Chart = (
        alt.Chart(shown)
        .transform_calculate(
            fitting=f"datum.members * width > (6 * length(datum.words) + 8) * {longest}"
            " ? datum.words : ''"
        )
        .mark_text(fontSize=12)
        .encode(
            x=_across("middle", counts),
            y=_down(counts),
            text=alt.Text("fitting:N"),
            color=alt.Color("colour:N", scale=None),
            tooltip=_hover(),
        )
    )
    return chart


def _across(column: str, counts: pd.DataFrame) -> alt.X:
    longest = int(counts["published"].max())
    axis = alt.Axis(title=None, tickMinStep=1, format="d")
    return alt.X(f"{column}:Q", scale=alt.Scale(domain=[0, longest], nice=False), axis=axis)


def _down(counts: pd.DataFrame) -> alt.Y:
    return alt.Y("label:N", scale=alt.Scale(domain=list(counts["label"])), title=None)


def _hover() -> list[alt.Tooltip]:
    return [alt.Tooltip("label:N", title="published"), alt.Tooltip("words:N", title="members")]


def describe_completeness(counts: pd.DataFrame) -> str:
    """How many of all members are placed, how many organisations may be inside, and how many are missing."""
    published = int(counts["published"].sum())
    least, most = (int(counts[f"missing_at_{end}"].sum()) for end in ("least", "most"))
    possible = int(not_ruled_out(counts).sum())
    return (
        f"The ledger can place {published - most} of these {published} by name; "
        f"{count(possible, 'more organisation')} cannot be ruled out. {_missing(least, most)}"
    )


def _missing(least: int, most: int) -> str:
    if most == 0:
        return "None is missing."
    if least == most:
        return f"{count(most, 'member')} {'is' if most == 1 else 'are'} missing from it altogether."
    return f"Between {least} and {most} members are missing from it altogether."
