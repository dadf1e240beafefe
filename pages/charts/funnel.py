"""One period's shares of many organisations against limits that allow for their size; never a ranking."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer, finish
from pages.charts.layers.contrast import own_or_ink
from pages.charts.layers.formats import IndicatorText, axis_format, format_value
from pages.charts.layers.scales import NOT_FROM_ZERO, Extent, extent_of
from pages.charts.theme import Tokens

__all__ = ["FunnelText", "IndicatorText", "describe_funnel", "draw_funnel", "ends_of"]

HEIGHT = 326
_DOTS = {"95": [5, 3], "998": [1, 0]}
_NEAR_EDGE = 0.15
_MOST_NAMED = 4


@dataclass(frozen=True)
class FunnelText:
    """What the funnel is of: its indicator, the denominator in words, organisations as a plural, the period.

    `phi` and `tau2` are the overdispersion, `expected` how many lie outside 99.8 % limits by chance.
    """

    indicator: IndicatorText
    denominator: str
    peers: str
    period: str
    overall: float
    phi: float
    tau2: float
    expected: float


@dataclass(frozen=True)
class _Plane:
    """Where sizes and values lie."""

    extent: Extent
    low: float
    reach: float
    text: FunnelText
    tokens: Tokens

    def x(self, field: str) -> alt.X:
        # Sizes differ a hundredfold: on a root scale the small ones do not lie on one line.
        scale = alt.Scale(type="sqrt", domain=[self.low, self.reach], nice=False, clamp=True)
        axis = alt.Axis(
            title=self.text.denominator,
            titleLimit=alt.ExprRef("width"),
            format="~s",
            tickCount=8,
            labelFlush=True,
        )
        return alt.X(f"{field}:Q", scale=scale, axis=axis)

    def y(self, field: str) -> alt.Y:
        scale = alt.Scale(domain=[self.extent.low, self.extent.high], nice=False, clamp=True)
        axis = alt.Axis(
            values=list(self.extent.ticks),
            title=self.text.indicator.axis_title,
            **axis_format(self.text.indicator.unit),
        )
        return alt.Y(f"{field}:Q", scale=scale, axis=axis)

    def side(self, size: float) -> str:
        """Towards which side of a point its name runs."""
        low, high = self.low**0.5, self.reach**0.5
        share = (size**0.5 - low) / (high - low)
        return "left" if share < _NEAR_EDGE else "right" if share > 1 - 2 * _NEAR_EDGE else "center"


def draw_funnel(
    points: pd.DataFrame,
    limits: pd.DataFrame,
    highlighted: Sequence[str],
    text: FunnelText,
    tokens: Tokens,
) -> alt.LayerChart:
    """A point per organisation at its size and value, with 95 % (dashed) and 99.8 % limits about the overall.

    `points`: `org_code, org_name, value, numerator, denominator, inside` (programmes, missing for none),
    `flag` (1 above, −1 below the 99.8 % limits, 0 within), at least one. `limits`: `size, lower_95, upper_95,
    lower_998, upper_998` in order of size. Values and limits are in the unit of the indicator. A click sets
    the parameter `org`.
    """
    plane = _plane(points, text, tokens)
    shown = _told(points, text)
    layers: list[Layer] = [
        *_limit_lines(limits, plane),
        _overall(plane),
        *_points(shown, plane),
        *_named(shown, highlighted, plane),
    ]
    return finish(layers, "", _reading(plane, shown), HEIGHT, tokens)


def _plane(points: pd.DataFrame, text: FunnelText, tokens: Tokens) -> _Plane:
    extent = extent_of([*points["value"].astype(float), text.overall], text.indicator.unit)
    low, reach = ends_of(points["denominator"])
    return _Plane(extent, low, reach, text, tokens)


def ends_of(sizes: pd.Series) -> tuple[float, float]:
    """From which to which size a funnel is drawn: a little beyond its smallest and largest."""
    return 0.7 * float(sizes.min()), 1.04 * float(sizes.max())


def _told(points: pd.DataFrame, text: FunnelText) -> pd.DataFrame:
    where = {1: "above the 99.8 % limits", -1: "below the 99.8 % limits", 0: "within the limits"}
    columns = ["org_code", "org_name", "value", "denominator", "flag"]
    unit = text.indicator.unit
    return points[columns].assign(
        told=[format_value(float(value), unit) for value in points["value"]],
        above=[format_value(float(value), "count") for value in points["numerator"]],
        below=[format_value(float(value), "count") for value in points["denominator"]],
        where=points["flag"].map(where),
        inside=points["inside"].fillna("not known to be in one"),
        is_inside=points["inside"].notna(),
    )


def _hover() -> list[alt.Tooltip]:
    titles = {
        "org_name": "organisation",
        "told": "value",
        "above": "numerator",
        "below": "denominator",
        "where": "place",
        "inside": "programme",
    }
    return [alt.Tooltip(f"{name}:N", title=title) for name, title in titles.items()]


def _limit_lines(limits: pd.DataFrame, plane: _Plane) -> list[alt.Chart]:
    lines = []
    for name, dash in _DOTS.items():
        for side in ("lower", "upper"):
            field = f"{side}_{name}"
            chart = alt.Chart(limits[["size", field]]).mark_line(
                color=plane.tokens.muted, strokeWidth=1.2, strokeDash=dash, clip=True
            )
            lines.append(
                chart.encode(x=plane.x("size"), y=plane.y(field), order=alt.Order("size:Q"))
            )
    return lines


def _overall(plane: _Plane) -> alt.Chart:
    rule = alt.Chart(pd.DataFrame({"value": [plane.text.overall]})).mark_rule(
        color=plane.tokens.comparators, strokeWidth=1.5
    )
    drawn: alt.Chart = rule.encode(y=plane.y("value"))
    return drawn


def _points(shown: pd.DataFrame, plane: _Plane) -> list[alt.Chart]:
    """Circles within the limits, diamonds outside; filled blue for those in a programme."""
    tokens = plane.tokens
    chosen = alt.selection_point(name="org", fields=["org_code"], on="click")
    within, inside = "datum.flag === 0", "datum.is_inside"
    chart: alt.Chart = (
        alt.Chart(shown)
        .mark_point(filled=True, strokeWidth=1.3, opacity=0.95)
        .encode(
            x=plane.x("denominator"),
            y=plane.y("value"),
            shape=alt.ShapeValue("diamond", condition=_where(within, "circle")),
            fill=alt.FillValue(tokens.background, condition=_where(inside, tokens.accent)),
            stroke=alt.StrokeValue(tokens.muted, condition=_where(inside, tokens.outline)),
            size=alt.SizeValue(110, condition=_where(within, 52)),
            tooltip=_hover(),
        )
        .add_params(chosen)
    )
    return [chart]


def _where(test: str, value: Any) -> Any:
    # As Altair's own condition, which it would check against the whole schema of Vega-Lite.
    return {"test": test, "value": value}


def _named(shown: pd.DataFrame, highlighted: Sequence[str], plane: _Plane) -> list[alt.Chart]:
    own = shown[shown["org_code"].isin(list(highlighted))]
    if own.empty:
        return []
    tokens = plane.tokens
    colours = dict(zip(highlighted, (*tokens.lines[1:], tokens.lines[0]), strict=False))
    named = own.assign(
        colour=own["org_code"].map(colours),
        text_colour=[own_or_ink(colours[code], tokens) for code in own["org_code"]],
        side=[plane.side(float(size)) for size in own["denominator"]],
    )
    base = alt.Chart(named).encode(x=plane.x("denominator"), y=plane.y("value"), tooltip=_hover())
    ring = base.mark_point(size=230, strokeWidth=2.6, filled=False, opacity=1)
    placed: dict[str, Any] = {"dy": -15, "fontWeight": "bold", "fontSize": 11.5}
    words = base.encode(text=alt.Text("org_name:N"))
    side, ground = alt.ExprRef("datum.side"), tokens.background
    halo = words.mark_text(align=side, color=ground, stroke=ground, strokeWidth=3, **placed)
    name = words.mark_text(align=side, **placed)
    return [
        ring.encode(stroke=alt.Color("colour:N", scale=None)),
        halo,
        name.encode(color=alt.Color("text_colour:N", scale=None)),
    ]


def _reading(plane: _Plane, shown: pd.DataFrame) -> list[str]:
    lines = ["Lines: 99.8 % limits; dashed: 95 %.", "Diamond: outside 99.8 %."]
    if shown["is_inside"].any():
        lines.append("Blue: known to be in a programme.")
    if not plane.extent.starts_at_zero:
        lines.append(f"The {NOT_FROM_ZERO}.")
    return lines


def describe_funnel(points: pd.DataFrame, text: FunnelText) -> str:
    """How many lie outside the limits and on which side, how many would by chance, and the overdispersion."""
    above, below = (int((points["flag"] == side).sum()) for side in (1, -1))
    overall = format_value(text.overall, text.indicator.unit)
    names = _names(points)
    return (
        f"{text.period}: {above + below} of {len(points)} {text.peers} lie outside the 99.8 % limits, "
        f"{above} above and {below} below{names}; {text.expected:.1f} expected by chance. Overall {overall}. "
        f"Their variance is {text.phi:,.1f} times what chance by size alone gives (φ), {_widened(text)}."
    )


def _widened(text: FunnelText) -> str:
    if not text.tau2:
        return "no more than chance, so the limits are not widened"
    return f"so the limits are widened by τ² = {text.tau2:.2g}"


def _names(points: pd.DataFrame) -> str:
    outside = points[points["flag"] != 0].sort_values("org_name")
    if not 0 < len(outside) <= _MOST_NAMED:
        return ""
    return f" ({', '.join(outside['org_name'])})"
