"""Reliability of one indicator by type of organisation: of one period, and of means of several."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from indicators.stats.reliability import WANTED, Reliability, spearman_brown
from pages.charts.coverage import TYPE_ORDER
from pages.charts.layers.backdrop import finish
from pages.charts.layers.formats import IndicatorText
from pages.charts.theme import Tokens

__all__ = [
    "AVERAGED",
    "describe_reliability",
    "draw_reliability",
    "lead_of_reliability",
    "reliability_rows",
]

AVERAGED = (1, 3, 6, 12)
"""Of how many periods the mean is looked at."""
_ROW, _GAP = 14, 20
_WORDS = 170
_AS_IF = "periods as if independent"
_ALIKE = "allowing for neighbouring periods being alike"
_HOVER = {
    "kind": "organisations",
    "mean_of": "mean of",
    "counted": "counted",
    "told": "reliability",
    "within": "95 % interval",
}


def reliability_rows(found: Mapping[str, Reliability], text: IndicatorText) -> pd.DataFrame:
    """A row per type, mean and way of counting: `kind, k, mean_of, counted, estimate, low, high`, words."""
    rows = [
        _row(kind, result, k, is_alike)
        for kind, result in _ordered(found).items()
        for k in AVERAGED
        for is_alike in (False, True)
    ]
    noun = text.period_noun
    table = pd.DataFrame(rows)
    return table.assign(
        mean_of=[f"{k} {noun}{'s' * (k > 1)}" for k in table["k"]],
        told=table["estimate"].map("{:.2f}".format),
        within=table["low"].map("{:.2f}".format) + " to " + table["high"].map("{:.2f}".format),
    )


def _ordered(found: Mapping[str, Reliability]) -> dict[str, Reliability]:
    return {kind: found[kind] for kind in TYPE_ORDER if kind in found}


def _row(kind: str, result: Reliability, k: int, is_alike: bool) -> dict[str, object]:
    worth = result.worth(k) if is_alike else float(k)
    ends = {"estimate": result.icc, "low": result.ci_low, "high": result.ci_high}
    return {
        "kind": f"{TYPE_ORDER[kind]} ({result.units})",
        "k": k,
        "counted": _ALIKE if is_alike else _AS_IF,
        **{name: spearman_brown(icc, worth) for name, icc in ends.items()},
    }


def draw_reliability(
    found: Mapping[str, Reliability], text: IndicatorText, tokens: Tokens
) -> alt.LayerChart:
    """Four rows for each type, one for each number of periods: a dot with its interval, a ring beside it.

    The dot allows for the likeness of neighbouring periods; the ring does not. A rule stands at 0.7.
    """
    rows, heads, height = _placed(reliability_rows(found, text))
    layers = [_wanted(tokens), _intervals(rows, height, tokens), *_marks(rows, height, tokens)]
    layers.append(_headings(heads, height, tokens))
    signs = (
        f"Dot with 95 % interval: {_ALIKE}.",
        f"Ring: {_AS_IF}.",
        f"Dashed: {WANTED}, enough to use a difference.",
    )
    return finish(layers, "", signs, height, tokens)


def _placed(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Rows with the pixel of their `middle`, the headings of the types with theirs, and the whole height."""
    kind, _ = pd.factorize(rows["kind"])
    number = kind * len(AVERAGED) + rows["k"].map(list(AVERAGED).index)
    middle = number * _ROW + (kind + 1) * _GAP
    placed = rows.assign(middle=middle)
    heads = placed.groupby("kind", sort=False)["middle"].min().reset_index()
    return placed, heads.assign(middle=heads["middle"] - _ROW), int(middle.max()) + _ROW


def _along(field: str) -> alt.X:
    axis = alt.Axis(
        orient="top",
        grid=True,
        values=[0, 0.2, 0.4, 0.6, 0.8, 1],
        format=".1f",
        title="reliability",
    )
    scale = alt.Scale(domain=[0, 1], range=[_WORDS, alt.ExprRef("width")], nice=False)
    return alt.X(f"{field}:Q", scale=scale, axis=axis)


def _down(height: int) -> alt.Y:
    return alt.Y("middle:Q", scale=alt.Scale(domain=[0, height], range=[0, height]), axis=None)


def _wanted(tokens: Tokens) -> alt.Chart:
    rule: alt.Chart = alt.Chart(pd.DataFrame({"wanted": [WANTED]})).mark_rule(
        color=tokens.muted, strokeDash=[4, 3]
    )
    return rule.encode(x=_along("wanted"))


def _tooltip() -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{name}:N", title=title) for name, title in _HOVER.items()]


def _intervals(rows: pd.DataFrame, height: int, tokens: Tokens) -> alt.Chart:
    alike = rows[rows["counted"] == _ALIKE][[*_HOVER, "low", "high", "middle"]]
    chart: alt.Chart = alt.Chart(alike).mark_rule(color=tokens.ink, strokeWidth=1.5)
    return chart.encode(x=_along("low"), x2=alt.X2("high"), y=_down(height), tooltip=_tooltip())


def _marks(rows: pd.DataFrame, height: int, tokens: Tokens) -> list[alt.Chart]:
    layers = []
    for counted, fill, size in ((_AS_IF, tokens.background, 40), (_ALIKE, tokens.accent, 80)):
        own = rows[rows["counted"] == counted][[*_HOVER, "estimate", "middle"]]
        chart: alt.Chart = alt.Chart(own).mark_point(
            shape="circle", filled=True, fill=fill, stroke=tokens.accent, size=size, opacity=1
        )
        layers.append(chart.encode(x=_along("estimate"), y=_down(height), tooltip=_tooltip()))
    named = rows[rows["counted"] == _ALIKE][["mean_of", "middle"]]
    words: alt.Chart = alt.Chart(named).mark_text(align="left", color=tokens.muted, fontSize=11.5)
    return [*layers, words.encode(x=alt.XValue(14), y=_down(height), text=alt.Text("mean_of:N"))]


def _headings(heads: pd.DataFrame, height: int, tokens: Tokens) -> alt.Chart:
    chart: alt.Chart = alt.Chart(heads).mark_text(
        align="left", fontSize=11.5, fontWeight="bold", color=tokens.ink
    )
    return chart.encode(x=alt.XValue(0), y=_down(height), text=alt.Text("kind:N"))


def describe_reliability(found: Mapping[str, Reliability], text: IndicatorText) -> str:
    """The takeaway: for each type the reliability of one period with its interval, and of three."""
    noun = text.period_noun
    parts = [
        f"{TYPE_ORDER[kind].lower()} with reliability {result.icc:.2f} ({result.ci_low:.2f} to "
        f"{result.ci_high:.2f}), the mean of three {noun}s {result.alike(3):.2f}"
        for kind, result in _ordered(found).items()
    ]
    return f"One {noun} tells apart {'; '.join(parts)}."


def lead_of_reliability(found: Mapping[str, Reliability], text: IndicatorText) -> str:
    """The same of the type with most organisations, and how the others compare."""
    noun, ordered = text.period_noun, _ordered(found)
    kind = max(ordered, key=lambda name: ordered[name].units)
    result, others = ordered[kind], [one.icc for name, one in ordered.items() if name != kind]
    told = (
        f"One {noun} tells {_lower(kind)} apart with reliability {result.icc:.2f} ({result.ci_low:.2f} to "
        f"{result.ci_high:.2f}); the mean of three {noun}s {result.alike(3):.2f}, allowing for neighbouring "
        f"{noun}s being alike ({result.of(3):.2f} if they were independent)."
    )
    if not others:
        return told
    ends = " to ".join(dict.fromkeys(f"{end:.2f}" for end in (min(others), max(others))))
    return f"{told} One {noun} of the other types: {ends}."


def _lower(kind: str) -> str:
    return TYPE_ORDER[kind][0].lower() + TYPE_ORDER[kind][1:]
