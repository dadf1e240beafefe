"""Axes, scales and channels that are written out once, however many layers share them."""

from typing import Any

import altair as alt


class _Once:
    """Never altered once made, so that what was written out stays right.

    Altair writes every axis and scale again for each channel of each layer, and looks at each of their
    parts: half the time that a chart of many layers takes.
    """

    def to_dict(self, *args: Any, **kwargs: Any) -> Any:
        if "written" not in self.__dict__:
            parent: Any = super()
            self.__dict__["written"] = parent.to_dict(*args, **kwargs)
        return self.__dict__["written"]


class Axis(_Once, alt.Axis):
    """An axis that many channels share."""


class Scale(_Once, alt.Scale):
    """A scale that many channels share."""


class X(_Once, alt.X):
    """A place across that many layers share, of a field whose type is given."""


class Y(_Once, alt.Y):
    """A height that many layers share, of a field whose type is given."""


class Color(_Once, alt.Color):
    """A colour that many layers share, of a field whose type is given."""


class Text(_Once, alt.Text):
    """Words that many layers share, of a field whose type is given."""


WORDS = Text("words:N")
"""The words of a row."""
TEXT = Text("text:N")
"""The text of a row."""
OWN_COLOUR = Color("colour:N", scale=None)
"""The colour that a row names."""
