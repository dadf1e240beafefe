"""Drawing laid-out spells as bars: shared by every chart that gives time in a programme a row."""

from collections.abc import Iterator
from typing import Any, Literal

import altair as alt
import pandas as pd

from pages.charts.layers.contrast import readable_fill, readable_strength
from pages.charts.layers.spell_frame import Frame, Places
from pages.charts.layers.spell_names import name_layers, name_places
from pages.charts.layers.spell_words import LEGEND, hover, in_words
from pages.charts.theme import Tokens, fade

_FADES: dict[Literal["left", "right"], tuple[str, ...]] = {
    "left": ("fade_in",),
    "right": ("fade_out", "torn"),
}


def bar_layers(parts: pd.DataFrame, frame: Frame, tokens: Tokens) -> list[alt.Chart]:
    """The layers that draw the rectangles of `lay_out`: fades undermost, names on top.

    Colour and text say which programme it was (a legend above the chart does so in words), the ends of a bar
    how much is known of its dates; everything else is in the hover. What lies outside the days of `frame`
    is cut off.
    """
    told = in_words(parts)
    names = name_places(told, pd.Timestamp(frame.begins), pd.Timestamp(frame.ends))
    return [
        *painted(told, frame, tokens),
        *_last_known(names[names["is_torn"] & names["last_known_in"].notna()], frame, tokens),
        *name_layers(told, names, frame, tokens),
    ]


def painted(parts: pd.DataFrame, places: Places, tokens: Tokens) -> list[alt.Chart]:
    """The rectangles of `in_words`: what is known solid above what fades, with a legend of the colours."""
    solid = parts[parts["part"] == "solid"]
    return [*_fades(parts, places, tokens), _solids(solid, places, tokens)]


def _fades(parts: pd.DataFrame, places: Places, tokens: Tokens) -> Iterator[alt.Chart]:
    for programme, colour in tokens.programmes.items():
        strength = readable_strength(colour, tokens)
        for towards, kinds in _FADES.items():
            fading = parts[(parts["programme"] == programme) & parts["part"].isin(kinds)]
            if len(fading):
                yield _rectangles(fading, places, fill=fade(colour, towards), fillOpacity=strength)


def _solids(parts: pd.DataFrame, places: Places, tokens: Tokens) -> alt.Chart:
    colours = {
        words: readable_fill(tokens.programmes[code], tokens) for code, words in LEGEND.items()
    }
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    colour = alt.Color("legend:N", scale=scale, legend=_legend(), title=None)
    return _rectangles(parts, places).encode(color=colour)


def _legend() -> alt.Legend:
    columns = alt.ExprRef("width < 500 ? 1 : 4")
    return alt.Legend(
        symbolType="square", symbolStrokeWidth=0, labelLimit=260, offset=6, columns=columns
    )


def _rectangles(parts: pd.DataFrame, places: Places, **mark: Any) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(parts)
        .mark_rect(clip=True, **mark)
        .encode(
            x=places.stretch("begins"),
            x2=alt.X2("ends"),
            y=places.down("top"),
            y2=alt.Y2("bottom"),
            tooltip=hover(),
        )
    )
    return chart


def _last_known(torn: pd.DataFrame, frame: Frame, tokens: Tokens) -> list[alt.Chart]:
    if torn.empty:
        # An empty layer would leave a nameless mark behind for screen readers.
        return []
    chart: alt.Chart = (
        alt.Chart(torn)
        .mark_rule(color=tokens.ink, strokeWidth=1.5, clip=True)
        .encode(
            x=frame.time("last_known_in"),
            y=frame.down("upper"),
            y2=alt.Y2("lower:Q"),
            tooltip=hover(),
        )
    )
    return [chart]
