"""How spells ended over months since a start: the probabilities of the ways to end, stacked to one whole."""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer, finish
from pages.charts.layers.contrast import own_or_ink
from pages.charts.layers.end_labels import EndLabel, end_labels, place
from pages.charts.layers.risk_plane import HEIGHT, RiskPlane, percent
from pages.charts.layers.risk_steps import risk_steps
from pages.charts.survival import CurveWords
from pages.charts.theme import Tokens

STILL_IN = "still inside"
_FIRM, _PALE = 0.85, 0.35


def stack_endings(
    times: pd.DataFrame, probabilities: pd.DataFrame, causes: Mapping[int, str]
) -> pd.DataFrame:
    """One row per cause and stretch of time: `lower` and `upper` edge of its share in the stack.

    `probabilities` are Aalen-Johansen's (`cause, time, probability`). Causes are stacked in their order
    from the bottom; what is left above them is the share still inside, without rows.
    """
    stacked: list[pd.DataFrame] = []
    for cause, name in causes.items():
        own = probabilities[probabilities["cause"] == cause]
        if own.empty:
            continue
        shares = own.rename(columns={"probability": "share"})
        steps = risk_steps(times, shares[["time", "share", "ci_low", "ci_high"]], 0.0)
        lower = stacked[-1]["upper"] if stacked else steps["share"] * 0
        stacked.append(
            steps.assign(name=name, cause=cause, lower=lower, upper=lower + steps["share"])
        )
    columns = ["begins", "ends", "share", "at_risk", "is_thin", "run", "name", "cause"]
    empty = pd.DataFrame(columns=[*columns, "lower", "upper"])
    return pd.concat(stacked, ignore_index=True) if stacked else empty


def draw_endings(
    stacked: pd.DataFrame,
    times: pd.DataFrame,
    colours: Mapping[int, str],
    words: CurveWords,
    tokens: Tokens,
) -> alt.LayerChart:
    """The stack of `stack_endings` (at least one row); pale where fewer than five are at risk."""
    plane = RiskPlane(float(stacked["ends"].max()), 1.0, words.x_title, words.y_title)
    filled = stacked.assign(fill=stacked["cause"].map(dict(colours)))
    layers: list[Layer] = [
        *(_area(rows, plane, bool(thin)) for thin, rows in filled.groupby("is_thin")),
        _names(filled, plane, tokens),
        plane.counts(times, tokens),
        plane.targets(*_hover(stacked), tokens),
    ]
    return finish(layers, words.title, words.subtitle, HEIGHT, tokens)


def _area(rows: pd.DataFrame, plane: RiskPlane, is_thin: bool) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(_outline(rows))
        .mark_area(
            interpolate="step-after", opacity=_PALE if is_thin else _FIRM, strokeWidth=0, line=False
        )
        .encode(
            x=plane.x("time"),
            y=plane.y("lower"),
            y2=alt.Y2("upper:Q"),
            color=alt.Color("fill:N", scale=None),
            detail=["run:N", "cause:N"],
        )
    )
    return chart


def _outline(rows: pd.DataFrame) -> pd.DataFrame:
    """The points of the areas, to be joined by steps; runs of stretches touch at their ends."""
    last = rows.groupby(["cause", "run"]).tail(1)
    points = pd.concat([rows.assign(time=rows["begins"]), last.assign(time=last["ends"])])
    columns = ["time", "lower", "upper", "fill", "run", "cause"]
    return points.sort_values(["cause", "run", "time"], ignore_index=True)[columns]


def _names(stacked: pd.DataFrame, plane: RiskPlane, tokens: Tokens) -> Layer:
    last = stacked.groupby("cause").tail(1)
    labels = [
        EndLabel(plane.end, (low + high) / 2, name, own_or_ink(fill, tokens), percent(share))
        for low, high, name, fill, share in last[
            ["lower", "upper", "name", "fill", "share_after"]
        ].itertuples(index=False)
    ]
    rest = float(last["upper"].max())
    inside = percent(1 - float(last["share_after"].sum()))
    labels.append(EndLabel(plane.end, (1 + rest) / 2, STILL_IN, tokens.muted, inside))
    return end_labels(place(labels, plane.end, 0.0, plane.rise), plane.x, plane.y, tokens)


def _hover(stacked: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    """One row per stretch with every share in words, and the columns with their titles."""
    keys = ["begins", "ends", "at_risk"]
    names: Sequence[str] = list(stacked["name"].drop_duplicates())
    wide = stacked.pivot_table(index=keys, columns="name", values="share").reset_index()
    inside = (1 - wide[names].sum(axis=1)).map(percent)
    told = pd.DataFrame({f"share_{i}": wide[name].map(percent) for i, name in enumerate(names)})
    when = [f"{b:.1f} to {e:.1f}" for b, e in zip(wide["begins"], wide["ends"], strict=True)]
    hover = {"when": "months", **{f"share_{i}": name for i, name in enumerate(names)}}
    frame = wide[keys].join(told).assign(when=when, inside=inside)
    return frame, hover | {"inside": STILL_IN, "at_risk": "at risk"}
