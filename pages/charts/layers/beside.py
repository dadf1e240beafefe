"""What stands beside the lines over months: peers as band and median, and England."""

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer
from pages.charts.layers.layered import laid_over
from pages.charts.layers.trajectory_data import with_every_period
from pages.charts.layers.trajectory_scene import Scene


def comparison_layers(scene: Scene) -> list[Layer]:
    """The peers' middle 80 % and median, and England as a dashed line."""
    x, y, tokens = scene.x("period_start"), scene.y, scene.tokens
    layers: list[Layer] = []
    if not scene.peers.empty:
        chart = alt.Chart()
        band = chart.mark_area(color=tokens.comparators, opacity=0.25)
        middle = chart.mark_line(
            color=tokens.comparators, strokeWidth=2, strokeCap="round", strokeJoin="round"
        )
        both = [band.encode(x=x, y=y("p10"), y2=alt.Y2("p90:Q")), middle.encode(x=x, y=y("median"))]
        layers.append(laid_over(*both, data=drawn_periods(scene.peers, "p10", "median", "p90")))
    if not scene.england.empty:
        chart = alt.Chart(drawn_periods(scene.england, "value"))
        line = chart.mark_line(color=tokens.muted, strokeWidth=1, strokeDash=[4, 3])
        layers.append(line.encode(x=x, y=y("value")))
    return layers


def drawn_periods(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Every period with these columns alone, for a line that bridges no gap."""
    return with_every_period(frame[["period_start", *columns]])
