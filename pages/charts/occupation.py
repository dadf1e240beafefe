"""Which share of the organisations with a statement was in each segment, quarter by quarter of one era."""

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer, finish
from pages.charts.layers.contrast import readable_fill, readable_text
from pages.charts.layers.risk_plane import percent
from pages.charts.layers.strip_panels import financial_quarter
from pages.charts.theme import Tokens

HEIGHT = 270
FEW = 10
_TOP = 24
_PALE = 0.4
_ROOM = 0.06
_HOVER = {
    "quarter": "quarter",
    "state": "segment",
    "n": "organisations",
    "total": "with a statement",
    "told": "share",
}


def occupation(panel: pd.DataFrame) -> pd.DataFrame:
    """From `unit, period, state`: `period, quarter, state, n, total, share` and the edges of its bar.

    `period` counts quarters (4 x year + quarter - 1); quarters nobody was stated in have no row.
    """
    counts = panel.groupby(["period", "state"]).size().reset_index(name="n")
    total = counts.groupby("period")["n"].transform("sum")
    share = counts["n"] / total
    upper = share.groupby(counts["period"]).cumsum()
    return counts.assign(
        quarter=counts["period"].map(_quarter),
        total=total,
        share=share,
        lower=(upper - share).clip(lower=0),
        upper=upper,
    )


def _quarter(period: int) -> str:
    return financial_quarter(pd.Timestamp(period // 4, period % 4 * 3 + 1, 1))


def draw_occupation(shares: pd.DataFrame, era: str, tokens: Tokens) -> alt.LayerChart:
    """The shares of `occupation` (at least one row) as stacked bars, the number behind each on top.

    Pale where fewer than ten organisations have a statement.
    """
    drawn, x = _in_words(shares, tokens), _x(shares)
    # In every quarter the largest share has room for its name, so that no layer is empty.
    inside = alt.Chart(drawn[drawn["share"] > _ROOM]).mark_text(fontSize=11)
    names = inside.encode(
        x=x, y=_y("middle"), text=alt.Text("name:N"), color=alt.Color("ink:N", scale=None)
    )
    above = alt.Chart(drawn.drop_duplicates("period")).mark_text(fontSize=11, color=tokens.muted)
    numbers = above.encode(x=x, y=alt.YValue(_TOP - 10), text=alt.Text("on_top:N"))
    layers: list[Layer] = [_bars(drawn, x, tokens), names, numbers]
    subtitle = [
        f"{era}, within this framework only.",
        "In the bars: segment and how many; above: in all.",
        f"Pale: fewer than {FEW} have a statement.",
    ]
    return finish(layers, "Segments by quarter", subtitle, HEIGHT, tokens)


def _bars(drawn: pd.DataFrame, x: alt.X, tokens: Tokens) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(drawn)
        .mark_rect(stroke=tokens.background, strokeWidth=1)
        .encode(
            x=x,
            y=_y("lower"),
            y2=alt.Y2("upper:Q"),
            color=alt.Color("fill:N", scale=None),
            opacity=alt.Opacity("strength:Q", scale=None),
            tooltip=[alt.Tooltip(f"{name}:N", title=title) for name, title in _HOVER.items()],
        )
    )
    return chart


def _x(shares: pd.DataFrame) -> alt.X:
    """Every quarter from the first to the last: one without statements is a gap."""
    periods = range(shares["period"].min(), shares["period"].max() + 1)
    scale = alt.Scale(domain=[_quarter(period) for period in periods])
    axis = alt.Axis(title="quarter of the financial year", labelAngle=0, labelOverlap=True)
    return alt.X("quarter:O", scale=scale, axis=axis)


def _y(field: str) -> alt.Y:
    scale = alt.Scale(domain=[0, 1], range=[HEIGHT, _TOP], nice=False)
    axis = alt.Axis(format=".0%", tickCount=5, title="share of organisations with a statement")
    return alt.Y(f"{field}:Q", scale=scale, axis=axis)


def _in_words(shares: pd.DataFrame, tokens: Tokens) -> pd.DataFrame:
    is_few = shares["total"] < FEW
    fills = [tokens.segments[int(state) - 1] for state in shares["state"]]
    inks = [
        tokens.ink if few else readable_text(fill, tokens)
        for fill, few in zip(fills, is_few, strict=True)
    ]
    return shares.assign(
        fill=[readable_fill(fill, tokens) for fill in fills],
        ink=inks,
        strength=[_PALE if few else 1.0 for few in is_few],
        middle=(shares["lower"] + shares["upper"]) / 2,
        name=[f"{s}: {n}" for s, n in zip(shares["state"], shares["n"], strict=True)],
        on_top="n = " + shares["total"].astype(str),
        told=shares["share"].map(percent),
    )
