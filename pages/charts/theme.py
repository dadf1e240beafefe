"""Colours, type and drawing conventions shared by every chart, in a light and a dark set."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import altair as alt

from pages.charts.layers.values import ready_values

# Streamlit converts each named dataset of a chart on every rerun, which costs more than drawing it: rows stay
# inside the layer that uses them.
alt.data_transformers.consolidate_datasets = False
alt.data_transformers.register("ready", ready_values)
alt.data_transformers.enable("ready")

FONT = "Arial, Helvetica, sans-serif"
CHART_WIDTH: Literal["container"] = "container"


@dataclass(frozen=True)
class Tokens:
    """The named colours of one theme; no chart writes a colour of its own."""

    background: str
    ink: str
    muted: str
    grid: str
    surface: str
    accent: str
    comparators: str
    segments: tuple[str, str, str, str, str]
    programmes: dict[str, str]
    endings: dict[str, str]
    lines: tuple[str, str, str, str]
    control: dict[str, str]
    outline: str


_LIGHT_ENDINGS = {
    "left": "#005EB8",
    "transferred": "#6B7A8F",
    "closed": "#9A8C57",
    "not_established": "#C77700",
}
_DARK_ENDINGS = {
    "left": "#6CB4FF",
    "transferred": "#93A3B8",
    "closed": "#C2B26F",
    "not_established": "#E8A33D",
}

# Making Data Count hues; they fall short of 3 to 1, so marks also have a shape each and an outline.
_CONTROL = {
    "common_cause": "#A6A6A6",
    "improvement": "#00B0F0",
    "concern": "#E46C0A",
    "neutral": "#490092",
    "target": "#DE1B1B",
}

LIGHT = Tokens(
    background="#FFFFFF",
    ink="#1D2B36",
    muted="#55636F",
    grid="#E3E8EC",
    surface="#F5F7F9",
    accent="#005EB8",
    comparators="#9AA7B2",
    segments=("#CFE0EC", "#8FB3CF", "#E9A23B", "#B3412C", "#4A0D18"),
    programmes={
        "qsm": "#6B7A8F",
        "fsm": "#9A8C57",
        "rsp": "#005EB8",
        "pip": "#7A3E9D",
        "irp": "#7A3E9D",
    },
    endings=_LIGHT_ENDINGS,
    lines=("#005EB8", "#B3412C", "#00703C", "#7A3E9D"),
    control=_CONTROL,
    outline="#1D2B36",
)
DARK = Tokens(
    background="#0E1720",
    ink="#E6EDF3",
    muted="#A9B7C4",
    grid="#2A3743",
    surface="#17212B",
    accent="#6CB4FF",
    comparators="#7F8E9B",
    segments=("#2C4A60", "#4F7FA3", "#D99A3A", "#E0664C", "#F3A0A8"),
    programmes={
        "qsm": "#93A3B8",
        "fsm": "#C2B26F",
        "rsp": "#6CB4FF",
        "pip": "#B98AD9",
        "irp": "#B98AD9",
    },
    endings=_DARK_ENDINGS,
    lines=("#6CB4FF", "#E0664C", "#4CC38A", "#B98AD9"),
    control=_CONTROL,
    outline="#E6EDF3",
)

COVID = (date(2020, 3, 1), date(2021, 4, 1))
"""The pandemic band drawn behind charts, [from, to)."""


def config(tokens: Tokens) -> dict[str, Any]:
    """Vega-Lite config: light horizontal grid, no frame, quiet axes, y title above the axis."""
    axis = {
        "labelColor": tokens.muted,
        "titleColor": tokens.muted,
        "labelFont": FONT,
        "titleFont": FONT,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "domainColor": tokens.comparators,
        "tickColor": tokens.comparators,
        "gridColor": tokens.grid,
    }
    return {
        "background": tokens.background,
        "font": FONT,
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"grid": False},
        "axisY": {
            "domain": False,
            "ticks": False,
            "titleAngle": 0,
            "titleAlign": "left",
            "titleAnchor": "start",
            "titleBaseline": "bottom",
            "titleX": 0,
            "titleY": -10,
        },
        "title": {
            "anchor": "start",
            "color": tokens.ink,
            "font": FONT,
            "fontSize": 15,
            "subtitleColor": tokens.muted,
            "subtitleFont": FONT,
            "subtitleFontSize": 12,
        },
        "text": {"font": FONT, "fontSize": 12, "color": tokens.ink},
        "legend": {
            "labelColor": tokens.ink,
            "titleColor": tokens.muted,
            "labelFont": FONT,
            "titleFont": FONT,
            "orient": "top",
            "title": None,
        },
    }


def fade(colour: str, towards: Literal["left", "right"]) -> dict[str, Any]:
    """A gradient that thins out to nothing towards one side: a date known only to lie in a stretch."""
    solid, gone = {"color": colour, "offset": 0.0}, {"color": colour + "00", "offset": 1.0}
    stops = (
        [solid, gone] if towards == "right" else [gone | {"offset": 0.0}, solid | {"offset": 1.0}]
    )
    return {"gradient": "linear", "x1": 0, "x2": 1, "y1": 0, "y2": 0, "stops": stops}
