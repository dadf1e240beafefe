"""Where the name of a programme is written: inside its bar, beside it, or only in the hover."""

from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.contrast import readable_text
from pages.charts.layers.spell_frame import Frame
from pages.charts.layers.spell_words import hover
from pages.charts.theme import Tokens

NO_DATES, NO_DATES_SHORT = "no dates established", "no dates"

_NAME_WIDTH = "30"
_NARROW = 420
_LEAST_PIXELS = 7
"""A bar less high than this has its name in the hover only."""
_SIZE = {"expr": "datum.lanes > 1 ? 8 : 10"}


def name_places(parts: pd.DataFrame, begins: pd.Timestamp, ends: pd.Timestamp) -> pd.DataFrame:
    """One row per dated spell of `lay_out` that shows between two days, with the room its name has there.

    Added: `solid_begins` and `solid_days` of the solid part (0 days when there is none), `bar_ends`, the
    bar's `upper`, `middle` and `lower` height, and `free_days` between the bar and the next one of its lane,
    or `ends`, the end of the time axis.
    """
    dated = _cut(parts[parts["part"] != "undated"], begins, ends)
    names = dated.drop_duplicates("spell_id").set_index("spell_id")
    names = names.join(_whole_bars(dated)).join(_solid_parts(dated))
    names["solid_days"] = names["solid_days"].fillna(0).astype(int)
    names["free_days"] = [_free_days(bar, names, ends) for bar in names.itertuples()]
    return names.reset_index()


def _cut(parts: pd.DataFrame, begins: pd.Timestamp, ends: pd.Timestamp) -> pd.DataFrame:
    inside = parts[(parts["begins"] < ends) & (parts["ends"] > begins)]
    return inside.assign(
        begins=inside["begins"].where(inside["begins"] > begins, begins),
        ends=inside["ends"].where(inside["ends"] < ends, ends),
    )


def _whole_bars(parts: pd.DataFrame) -> pd.DataFrame:
    bars = parts.groupby("spell_id").agg(
        bar_begins=("begins", "min"),
        bar_ends=("ends", "max"),
        upper=("top", "min"),
        lower=("bottom", "max"),
    )
    return bars.assign(middle=(bars["upper"] + bars["lower"]) / 2)


def _solid_parts(parts: pd.DataFrame) -> pd.DataFrame:
    solid = parts[parts["part"] == "solid"].set_index("spell_id")
    days = (solid["ends"] - solid["begins"]).dt.days
    return pd.DataFrame({"solid_begins": solid["begins"], "solid_days": days})


def _free_days(bar: Any, names: pd.DataFrame, ends: pd.Timestamp) -> int:
    same_lane = (names["upper"] < bar.lower) & (names["lower"] > bar.upper)
    later = same_lane & (names["bar_ends"] > bar.bar_ends)
    limits = [*names.loc[later, "bar_begins"], ends]
    return max(0, int((min(limits) - bar.bar_ends).days))


def name_layers(
    parts: pd.DataFrame, names: pd.DataFrame, frame: Frame, tokens: Tokens
) -> list[alt.Chart]:
    """The words on and beside the bars; which of them fit is decided at the width the reader has."""
    high_enough = (names["lower"] - names["upper"]) * frame.row_pixels >= _LEAST_PIXELS
    return [
        _inside(names[high_enough & (names["solid_days"] > 0)], frame, tokens),
        _beside(names[high_enough], frame, tokens),
        _without_dates(parts[parts["part"] == "undated"], frame, tokens),
    ]


def _inside(names: pd.DataFrame, frame: Frame, tokens: Tokens) -> alt.Chart:
    colours = {code: readable_text(fill, tokens) for code, fill in tokens.programmes.items()}
    fits = frame.hold("solid_days", _NAME_WIDTH)
    chart: alt.Chart = (
        alt.Chart(names.assign(text_colour=names["programme"].map(colours)))
        .transform_calculate(shown=f"{fits} ? datum.programme_short : ''")
        .mark_text(align="left", dx=4, fontWeight="bold", fontSize=_SIZE)
        .encode(
            x=frame.time("solid_begins"),
            y=frame.down("middle"),
            text=alt.Text("shown:N"),
            color=alt.Color("text_colour:N", scale=None),
            tooltip=hover(),
        )
    )
    return chart


def _beside(names: pd.DataFrame, frame: Frame, tokens: Tokens) -> alt.Chart:
    """The name where the bar is too short for it, and what a torn end means, as far as there is room."""
    fits = frame.hold("free_days", "6 * length(datum.{}) + 8")
    chart: alt.Chart = (
        alt.Chart(names)
        .transform_calculate(
            name=f"{frame.hold('solid_days', _NAME_WIDTH)} ? '' : datum.programme_short"
        )
        .transform_calculate(
            all="datum.name + (datum.name && datum.end_words ? ', ' : '') + datum.end_words"
        )
        .transform_calculate(
            shown=f"{fits.format('all')} ? datum.all : {fits.format('name')} ? datum.name : ''"
        )
        .mark_text(align="left", dx=4, fontSize=_SIZE, color=tokens.muted)
        .encode(
            x=frame.time("bar_ends"),
            y=frame.down("middle"),
            text=alt.Text("shown:N"),
            tooltip=hover(),
        )
    )
    return chart


def _without_dates(parts: pd.DataFrame, frame: Frame, tokens: Tokens) -> alt.Chart:
    words = f"width < {_NARROW} ? '{NO_DATES_SHORT}' : '{NO_DATES}'"
    middle = (parts["top"] + parts["bottom"]) / 2
    chart: alt.Chart = (
        alt.Chart(parts.assign(middle=middle))
        .transform_calculate(shown=f"datum.programme_short + ': ' + ({words})")
        .mark_text(align="right", fontStyle="italic", fontSize=_SIZE, color=tokens.muted)
        .encode(
            x=alt.XValue("width"), y=frame.down("middle"), text=alt.Text("shown:N"), tooltip=hover()
        )
    )
    return chart
