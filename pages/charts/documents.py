"""Public documents along time: one row for each kind, one mark for each document that is dated."""

from collections.abc import Callable
from datetime import date

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer, Span, finish, month_axis, month_x
from pages.charts.layers.spell_bands import drawn_spells, programme_labels, spell_layers
from pages.charts.layers.spell_words import count
from pages.charts.layers.top_labels import headroom, top_labels
from pages.charts.theme import Tokens

ROW_HEIGHT = 33
KIND_WORDS = {
    "cqc_report": "CQC report or release",
    "board_paper": "Board paper",
    "undertaking": "Undertaking",
    "evaluation": "Evaluation",
    "nhs_england": "NHS England",
    "trust_or_icb": "Trust or ICB",
    "parliament": "Parliament",
    "scrutiny": "Council scrutiny",
    "news": "News",
    "data": "Data",
    "other": "Other",
}
"""The kinds of document in words, in the order they are shown."""

_TITLE = "Dated documents, by kind"
_READING = [
    "Point: a document of a known day.",
    "Bar: dated only to that month, quarter or year.",
    "Undated ones are counted beside their kind.",
]
_LABEL_WIDTH = {"expr": "min(190, 0.34 * (containerSize()[0] || 1200))"}
_PLACES = (0.0, 0.17, -0.17, 0.34, -0.34)
"""Where in its row, from the middle, the first, second, … document of a year lies, so that few overlap."""
_BAR = 0.12
"""Height of a bar as a share of its row."""
_HOVER = {
    "name": "document",
    "dated_label": "date",
    "organisations": "organisations",
    "publisher": "publisher",
    "supports": "supports",
}


def draw_documents(
    documents: pd.DataFrame, spells: pd.DataFrame, today: date, tokens: Tokens
) -> alt.LayerChart:
    """The dated of `documents` (one row each, at least one dated) by kind against time.

    `dated_earliest` and `dated_latest` are inclusive days, both empty where a document is undated; a date
    that is not a day is a bar over all days it can mean. `spells` (may be empty) are drawn behind as bands.
    """
    span = _span(documents, spells, today)
    kinds = _kinds(documents)
    behind = drawn_spells(spells, span)
    labels = programme_labels(behind, span)
    top = headroom(labels, span)["narrow"] if labels else 0
    height = top + ROW_HEIGHT * len(kinds)
    down = _down(kinds, height, top)
    placed = _placed(documents, kinds)
    layers: list[Layer] = [
        _lanes(kinds, down, tokens),
        *spell_layers(behind, span, tokens),
        *_bars(placed, down, span, tokens),
        *_points(placed, down, span, tokens),
    ]
    if labels:
        layers.append(top_labels(labels, span, month_x("on", span), tokens))
    return finish(layers, _TITLE, _READING, height, tokens)


def _span(documents: pd.DataFrame, spells: pd.DataFrame, today: date) -> Span:
    first = min([*documents["dated_earliest"].dropna(), *spells["entered_earliest"].dropna()])
    return date(first.year, 1, 1), date(today.year + 1, 1, 1)


def _kinds(documents: pd.DataFrame) -> pd.DataFrame:
    """The kinds there are, in their order, with the row of each and its label of two lines."""
    dated = documents["dated_earliest"].notna().groupby(documents["kind"])
    counts = pd.DataFrame({"dated": dated.sum(), "documents": dated.size()})
    present = counts.loc[[kind for kind in KIND_WORDS if kind in counts.index]]
    undated = present["documents"] - present["dated"]
    return present.assign(
        row=range(len(present)),
        label=[
            f"{KIND_WORDS[kind]}|{present.loc[kind, 'dated']} dated, {undated[kind]} undated"
            for kind in present.index
        ],
    )


def _placed(documents: pd.DataFrame, kinds: pd.DataFrame) -> pd.DataFrame:
    """The dated documents with the day they are drawn at and their place down the page."""
    dated = documents.dropna(subset="dated_earliest").sort_values(["dated_earliest", "name"])
    days = (dated["dated_latest"] - dated["dated_earliest"]).dt.days // 2
    middle = dated["dated_earliest"] + pd.to_timedelta(days, unit="D")
    place = dated.groupby([dated["kind"], middle.dt.year]).cumcount() % len(_PLACES)
    down = place.map(_PLACES.__getitem__)
    return dated.assign(
        day=middle,
        until=dated["dated_latest"] + pd.Timedelta(days=1),
        down=dated["kind"].map(kinds["row"]) + 0.5 + down,
        is_day=days == 0,
    )[["day", "dated_earliest", "until", "down", "is_day", "url", *_HOVER]].fillna(
        {"publisher": "not stated", "organisations": "national"}
    )


def _down(kinds: pd.DataFrame, height: int, top: int) -> Callable[[str], alt.Y]:
    """The scale down the page with the names of the kinds, for a field of any layer."""
    words = ", ".join(f"'{label}'" for label in kinds["label"])
    axis = alt.Axis(
        values=[row + 0.5 for row in kinds["row"]],
        labelExpr=f"split([{words}][floor(datum.value)], '|')",
        labelLimit=_LABEL_WIDTH,
        labelOverlap=False,
        # Of two lines, the middle is to stand beside the middle of the row.
        labelOffset=-7,
        grid=False,
        title=None,
    )
    scale = alt.Scale(domain=[0, len(kinds)], range=[top, height])
    # Layers share one axis: were it given to one of them alone, names would be left out for want of room.
    return lambda field: alt.Y(f"{field}:Q", scale=scale, axis=axis)


def _lanes(kinds: pd.DataFrame, down: Callable[[str], alt.Y], tokens: Tokens) -> alt.Chart:
    """Thin rules between the kinds."""
    lines = pd.DataFrame({"at": range(len(kinds) + 1)})
    chart: alt.Chart = alt.Chart(lines).mark_rule(color=tokens.grid).encode(y=down("at"))
    return chart


def _points(
    placed: pd.DataFrame, down: Callable[[str], alt.Y], span: Span, tokens: Tokens
) -> list[alt.Chart]:
    """The documents of a known day."""
    days = placed[placed["is_day"]]
    if days.empty:
        return []
    points = alt.Chart(days).mark_point(filled=True, size=64, opacity=0.85, color=tokens.accent)
    return [points.encode(x=month_x("day", span), y=down("down"), tooltip=_hover())]


def _bars(
    placed: pd.DataFrame, down: Callable[[str], alt.Y], span: Span, tokens: Tokens
) -> list[alt.Chart]:
    """The documents of a month, quarter or year, with an end to each: two years in a row are two bars."""
    reaching = placed[~placed["is_day"]]
    if reaching.empty:
        return []
    edges = reaching.assign(upper=reaching["down"] - _BAR / 2, lower=reaching["down"] + _BAR / 2)
    bars = alt.Chart(edges).mark_rect(color=tokens.accent, opacity=0.55)
    ends = reaching.melt("down", ["dated_earliest", "until"], value_name="end")
    caps = alt.Chart(ends).mark_tick(color=tokens.accent, orient="vertical", thickness=1.5, size=9)
    return [
        # Without the days shown: Vega-Lite takes them, given for a bar and for a point, for a conflict.
        bars.encode(
            x=alt.X("dated_earliest:T", axis=month_axis(span)),
            x2=alt.X2("until:T"),
            y=down("upper"),
            y2=alt.Y2("lower:Q"),
            tooltip=_hover(),
        ),
        caps.encode(x=month_x("end", span), y=down("down")),
    ]


def _hover() -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{column}:N", title=title) for column, title in _HOVER.items()]


def describe_documents(documents: pd.DataFrame) -> str:
    """How many documents, how many of them dated, over which years, and of which kind most are."""
    dated = documents.dropna(subset="dated_earliest")
    most = documents["kind"].value_counts(sort=True).index[0]
    years = (
        f", from {dated['dated_earliest'].min().year} to {dated['dated_latest'].max().year}"
        if len(dated)
        else ""
    )
    return (
        f"{count(len(documents), 'document')}, {len(dated)} of them dated{years}; "
        f"most are of the kind “{KIND_WORDS[most]}” "
        f"({int((documents['kind'] == most).sum())})."
    )
