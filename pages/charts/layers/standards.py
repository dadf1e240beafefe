"""Published standards and ambitions as thin stepped lines, and words on those beyond the axis."""

from collections.abc import Callable
from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Span, month_x
from pages.charts.layers.rows import rows_of
from pages.charts.layers.scales import Extent

# A standard is a whole line; an ambition of national plans a dotted one.
_DASHES = alt.Scale(domain=["standard", "ambition"], range=[[1, 0], [2, 2]])
_WIDE_STEP = 0.35


def in_force(standards: pd.DataFrame, span: Span) -> pd.DataFrame:
    """Each standard with the months shown over which it holds, [begins, ends): until the next of its kind."""
    begin, end = pd.Timestamp(span[0]), pd.Timestamp(span[1])
    dated = standards.assign(on=pd.to_datetime(standards["on"]))
    ordered = dated.sort_values("on", ignore_index=True)
    on = ordered["on"]
    ends = on.groupby(ordered["kind"]).shift(-1).fillna(end)
    held = ordered.assign(begins=on.where(on > begin, begin), ends=ends.where(ends < end, end))
    return held[held["begins"] < held["ends"]]


def _corners(held: pd.DataFrame, extent: Extent) -> pd.DataFrame:
    seen = held.assign(value=held["value"].where(held["value"].map(extent.holds)))
    last = seen.groupby("kind").tail(1)
    return pd.concat([seen, last.assign(begins=last["ends"])], ignore_index=True)


def _on_the_line(held: pd.DataFrame, extent: Extent, span: Span) -> pd.DataFrame:
    # Ended within the months shown, and held long enough to carry words on the line itself.
    end = pd.Timestamp(span[1])
    least = _WIDE_STEP * (end - pd.Timestamp(span[0]))
    is_long = (held["ends"] < end) & (held["ends"] - held["begins"] >= least)
    return held[is_long & held["value"].map(extent.holds)]


def last_of_each_kind(held: pd.DataFrame, extent: Extent, span: Span) -> list[Any]:
    """The standards still in force at the end of the chart and on its axis: they are named at the right."""
    is_last = (held["ends"] == pd.Timestamp(span[1])) & held["value"].map(extent.holds)
    return rows_of(held[is_last])


def beyond(held: pd.DataFrame, extent: Extent) -> list[str]:
    """A sentence for each standard left out because it would squeeze the data."""
    above = [f"{label} is above this scale" for label in held["label"][held["value"] > extent.high]]
    below = [f"{label} is below this scale" for label in held["label"][held["value"] < extent.low]]
    return above + below


def standard_layers(
    held: pd.DataFrame, extent: Extent, span: Span, y: Callable[[str], alt.Y], colour: str
) -> list[alt.Chart]:
    """Stepped lines for the standards on the axis, with words on the steps that have ended."""
    if held.empty:
        return []
    x = month_x("begins", span)
    lines = alt.Chart(_corners(held, extent)).mark_line(
        interpolate="step-after", color=colour, strokeWidth=1, clip=True
    )
    dash = alt.StrokeDash("kind:N", legend=None, scale=_DASHES)
    words = alt.Chart(_on_the_line(held, extent, span)).mark_text(
        align="left", dx=3, dy=-5, fontSize=11, color=colour
    )
    return [
        lines.encode(
            x=x, y=y("value"), strokeDash=dash, tooltip=alt.Tooltip("label:N", title="Standard")
        ),
        words.encode(x=x, y=y("value"), text=alt.Text("label:N")),
    ]
