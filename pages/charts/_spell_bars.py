"""Drawing laid-out spells as bars: shared by every chart that gives time in a programme a row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
import pandas as pd

from pages.charts._contrast import readable_fill, readable_strength
from pages.charts._spell_frame import Frame, Places
from pages.charts._spell_names import name_layers, name_places
from pages.charts._spell_words import ENDING_WORDS, hover, in_words
from pages.charts.theme import Tokens, fade

_FADES: dict[Literal["left", "right"], tuple[str, ...]] = {
    "left": ("fade_in",),
    "right": ("fade_out", "torn"),
}


@dataclass(frozen=True)
class Key:
    """What the colour of a bar says: the values of `column`, each in the `words` of a legend, its `colours`.

    Values with the same words have the same colour.
    """

    column: str
    words: Mapping[str, str]
    colours: Mapping[str, str]


def bar_layers(parts: pd.DataFrame, frame: Frame, tokens: Tokens) -> list[alt.Chart]:
    """The layers that draw the rectangles of `lay_out`: fades undermost, names on top.

    Colour says how a spell ended (a legend above the chart says so in words), the text which programme it
    was; everything else is in the hover.
    """
    told = in_words(parts)
    names = name_places(told, pd.Timestamp(frame.ends))
    return [
        *painted(told, Key("ending", ENDING_WORDS, tokens.endings), frame, tokens),
        *_last_known(names[names["is_torn"] & names["last_known_in"].notna()], frame, tokens),
        *name_layers(told, names, frame, tokens),
    ]


def painted(parts: pd.DataFrame, key: Key, places: Places, tokens: Tokens) -> list[alt.Chart]:
    """The rectangles of `in_words`: what is known solid above what fades, with a legend of the colours."""
    return [*_fades(parts, key, places, tokens), _solids(parts, key, places, tokens)]


def _fades(parts: pd.DataFrame, key: Key, places: Places, tokens: Tokens) -> Iterator[alt.Chart]:
    for value, colour in key.colours.items():
        strength = readable_strength(colour, tokens)
        for towards, kinds in _FADES.items():
            fading = parts[(parts[key.column] == value) & parts["part"].isin(kinds)]
            if len(fading):
                yield _rectangles(fading, places, fill=fade(colour, towards), fillOpacity=strength)


def _solids(parts: pd.DataFrame, key: Key, places: Places, tokens: Tokens) -> alt.Chart:
    legend = {key.words[value]: readable_fill(key.colours[value], tokens) for value in key.words}
    scale = alt.Scale(domain=list(legend), range=list(legend.values()))
    colour = alt.Color(f"{key.column}_words:N", scale=scale, legend=_legend(), title=None)
    solid = parts[parts["part"] == "solid"]
    return _rectangles(
        solid.assign(**{f"{key.column}_words": solid[key.column].map(key.words)}), places
    ).encode(color=colour)


def _legend() -> alt.Legend:
    columns = alt.ExprRef("width < 500 ? 1 : 4")
    return alt.Legend(
        symbolType="square", symbolStrokeWidth=0, offset=6, columns=columns, labelLimit=220
    )


def _rectangles(parts: pd.DataFrame, places: Places, **mark: Any) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(parts)
        .mark_rect(**mark)
        .encode(
            x=places.stretch("begins"),
            x2="ends",
            y=places.down("top"),
            y2="bottom:Q",
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
        .mark_rule(color=tokens.ink, strokeWidth=1.5)
        .encode(x=frame.time("last_known_in"), y=frame.down("upper"), y2="lower:Q", tooltip=hover())
    )
    return [chart]
