"""Coverage: for each organisation the stretches of time with figures, without, with nothing to measure."""

from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from indicators.coverage import Coverage
from pages.charts.layers.backdrop import finish, month_axis
from pages.charts.layers.formats import IndicatorText, format_span
from pages.charts.theme import Tokens

__all__ = ["STATE_WORDS", "TYPE_ORDER", "describe_coverage", "draw_coverage"]

STATE_WORDS = {
    "published": "a figure",
    "missing": "no figure",
    "nothing": "nothing to measure",
}
TYPE_ORDER = {
    "acute": "Acute trusts",
    "specialist": "Specialist trusts",
    "mental_health": "Mental health trusts",
    "community": "Community trusts",
    "ambulance": "Ambulance trusts",
    "icb": "Integrated care boards",
    "unknown": "Type not known",
}
"""Types in the order in which they stand, as headings."""
_HEIGHT, _HEADING = 424, 17
_LEAST_ROW, _MOST_ROW, _NAMED_ROW = 1.2, 18.0, 10.0
_THICK = {"published": 0.86, "missing": 0.42, "nothing": 0.42}
"""Share of its row that a bar is thick: state is told by thickness as well as by colour."""
_THIN_ROW, _WHOLE = 4.0, 0.9
"""In rows thinner than this all bars are as thick as can be, or they could not be seen."""
_NAMES = 190
_HOVER = {
    "org_name": "organisation",
    "told": "here",
    "stretch": "periods",
    "reason": "reason",
}


def draw_coverage(coverage: Coverage, text: IndicatorText, tokens: Tokens) -> alt.LayerChart:
    """A row per organisation, by type and name; a bar per stretch of one state, at most 5,000.

    Rows are thin where there are many; only those with room are named, all have a hover.
    """
    rows = _placed(coverage.organisations)
    bars = _bars(coverage.runs, rows, text)
    span = _span(bars)
    height = float(rows["below"].max())
    layers = [_drawn(bars, span, height, tokens), _headings(rows, height, tokens)]
    if rows["below"].iloc[0] - rows["above"].iloc[0] >= _NAMED_ROW:
        layers.append(_names(rows, height, tokens))
    return finish(layers, "", (_reading(text),), round(height), tokens)


def _reading(text: IndicatorText) -> str:
    return f"Each row is an organisation, each bar a stretch of {text.period_noun}s."


def _placed(organisations: pd.DataFrame) -> pd.DataFrame:
    """Organisations in order, with the pixels `above` and `below` their row, and their heading's `top`."""
    kind = organisations["org_type"].fillna("unknown")
    ordered = organisations.assign(kind=kind, rank=kind.map(list(TYPE_ORDER).index)).sort_values(
        ["rank", "short_name", "org_code"], ignore_index=True
    )
    heads = _HEADING * (ordered["rank"] != ordered["rank"].shift()).cumsum()
    room = _HEIGHT - heads.iloc[-1]
    row = min(max(room / len(ordered), _LEAST_ROW), _MOST_ROW)
    above = heads + row * ordered.index
    return ordered.assign(above=above, below=above + row)


def _bars(runs: pd.DataFrame, rows: pd.DataFrame, text: IndicatorText) -> pd.DataFrame:
    placed = runs.merge(rows[["org_code", "above", "below"]], on="org_code")
    row = placed["below"] - placed["above"]
    slack = (1 - placed["state"].map(_THICK).where(row >= _THIN_ROW, _WHOLE)) * row / 2
    last = placed["ends"] - pd.DateOffset(months=text.step_months)
    first_words = [format_span(day, text.step_months) for day in placed["begins"]]
    last_words = [format_span(day, text.step_months) for day in last]
    stretch = [
        f"{first} to {end} ({number})" if number > 1 else first
        for first, end, number in zip(first_words, last_words, placed["periods"], strict=True)
    ]
    return placed.assign(
        above=placed["above"] + slack,
        below=placed["below"] - slack,
        told=placed["state"].map(STATE_WORDS),
        stretch=stretch,
        reason=placed["reason"].mask(placed["reason"] == "", "published"),
    )


def _span(bars: pd.DataFrame) -> tuple[date, date]:
    return bars["begins"].min().date(), bars["ends"].max().date()


def _down(field: str, height: float) -> alt.Y:
    scale = alt.Scale(domain=[0, height], range=[0, height], nice=False, zero=False)
    return alt.Y(f"{field}:Q", scale=scale, axis=None)


def _drawn(bars: pd.DataFrame, span: tuple[date, date], height: float, tokens: Tokens) -> alt.Chart:
    fills = {
        STATE_WORDS["published"]: tokens.segments[1],
        STATE_WORDS["missing"]: tokens.endings["not_established"],
        STATE_WORDS["nothing"]: tokens.comparators,
    }
    shown = [words for words in fills if (bars["told"] == words).any()]
    scale = alt.Scale(domain=shown, range=[fills[words] for words in shown])
    columns = [*_HOVER, "begins", "ends", "above", "below"]
    chart: alt.Chart = (
        alt.Chart(bars[columns])
        .mark_rect(clip=True)
        .encode(
            x=alt.X("begins:T", scale=alt.Scale(nice=False), axis=month_axis(span)),
            x2=alt.X2("ends:T"),
            y=_down("above", height),
            y2=alt.Y2("below"),
            color=alt.Color("told:N", scale=scale, legend=alt.Legend(symbolType="square")),
            tooltip=[alt.Tooltip(f"{name}:N", title=title) for name, title in _HOVER.items()],
        )
    )
    return chart


def _headings(rows: pd.DataFrame, height: float, tokens: Tokens) -> alt.Chart:
    """The name of each type and how many there are, above its rows."""
    groups = rows.groupby("rank", sort=True)
    heads = pd.DataFrame(
        {
            "middle": groups["above"].min() - _HEADING / 2 + 1,
            "label": groups["kind"].first().map(TYPE_ORDER) + groups.size().map(" ({})".format),
        }
    )
    chart: alt.Chart = (
        alt.Chart(heads)
        .mark_text(align="left", fontSize=11.5, fontWeight="bold", color=tokens.ink)
        .encode(x=alt.XValue(0), y=_down("middle", height), text=alt.Text("label:N"))
    )
    return chart


def _names(rows: pd.DataFrame, height: float, tokens: Tokens) -> alt.Chart:
    named = rows.assign(middle=(rows["above"] + rows["below"]) / 2)[["middle", "short_name"]]
    chart: alt.Chart = (
        alt.Chart(named)
        .mark_text(align="right", dx=-6, fontSize=11, color=tokens.ink, limit=_NAMES)
        .encode(x=alt.XValue(0), y=_down("middle", height), text=alt.Text("short_name:N"))
    )
    return chart


def describe_coverage(coverage: Coverage) -> str:
    """The takeaway: the share with a figure, what it counts, and the commonest reason for a gap."""
    missing = coverage.runs[coverage.runs["state"] == "missing"]
    told = (
        f"{coverage.published:,} of {coverage.eligible:,} expected figures "
        f"({_percent(coverage.share)}) of {len(coverage.organisations)} organisations are there."
    )
    if missing.empty:
        return told
    reasons: Any = missing.groupby("reason")["periods"].sum().sort_values(ascending=False)
    return f"{told} The commonest reason for a gap: {reasons.index[0]} ({reasons.iloc[0]:,})."


def _percent(share: float) -> str:
    """Never 100.0 % where a figure is missing."""
    return f"{min(share, 99.9) if share < 100 else share:.1f} %"
