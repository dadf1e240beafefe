"""Small marks on the rows of the timeline: ratings, leadership, targets, documents, and what came before."""

from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.spell_frame import Frame
from pages.charts.theme import Tokens

LETTERED, CHANGE = ("cqc",), "change"
_SHAPES = {"leadership": "triangle-up", "target": "diamond", "document": "square"}
_SIZES = {"leadership": 45, "target": 55, "document": 14}
_LOW = {"document": 0.9}
_HOVER = {
    "organisation": "organisation",
    "what": "mark",
    "when": "date",
    "words": "what",
    "source": "source",
}


def place_marks(marks: pd.DataFrame, rows: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    """The marks that show: those of organisations in `rows` (org_code, row) on days of `frame`.

    `marks` carries org_code, kind (cqc, leadership, target, document, change), day, until (the day a dotted
    line leads to, or NaT), letter, into (the organisation passed into), and the words of its hover. Added:
    `at`, its height in rows.
    """
    placed = marks.merge(rows[["org_code", "row"]], on="org_code")
    begins, ends = pd.Timestamp(frame.begins), pd.Timestamp(frame.ends)
    shown = placed[(placed["day"] >= begins) & (placed["day"] <= ends)]
    return shown.assign(at=shown["row"] + shown["kind"].map(_LOW).astype(float).fillna(0.5))


def mark_layers(placed: pd.DataFrame, frame: Frame, tokens: Tokens) -> list[alt.Chart]:
    """The marks of `place_marks`: ratings as letters in circles, the others by their shape."""
    placed = placed[placed["kind"] != CHANGE]
    slips = placed[placed["until"].notna()]
    layers = [_slips(slips, frame, tokens)] if len(slips) else []
    place = {"x": frame.time("day"), "y": frame.down("at")}
    return [*layers, *draw_marks(placed, place, tokens)]


def draw_marks(marks: pd.DataFrame, place: dict[str, Any], tokens: Tokens) -> list[alt.Chart]:
    """Marks (kind, letter, the words of their hover) where the encodings `place` put them."""
    is_lettered = marks["kind"].isin(LETTERED)
    placed = place | {"tooltip": mark_hover()}
    points = [
        _points(of_kind, str(kind), placed, tokens)
        for kind, of_kind in marks[~is_lettered].groupby("kind")
    ]
    return [*points, *_letters(marks[is_lettered], placed, tokens)]


def _slips(slips: pd.DataFrame, frame: Frame, tokens: Tokens) -> alt.Chart:
    rule = alt.Chart(slips).mark_rule(
        color=tokens.ink, strokeDash=[1, 2], strokeWidth=1.5, clip=True
    )
    chart: alt.Chart = rule.encode(
        x=frame.stretch("day"), x2=alt.X2("until:T"), y=frame.down("at"), tooltip=mark_hover()
    )
    return chart


def _points(marks: pd.DataFrame, kind: str, place: dict[str, Any], tokens: Tokens) -> alt.Chart:
    fill = tokens.muted if kind == "document" else tokens.background
    chart: alt.Chart = (
        alt.Chart(marks)
        .mark_point(
            shape=_SHAPES[kind],
            size=_SIZES[kind],
            stroke=tokens.ink,
            strokeWidth=1,
            opacity=1,
            fill=fill,
        )
        .encode(**place)
    )
    return chart


def _letters(marks: pd.DataFrame, place: dict[str, Any], tokens: Tokens) -> list[alt.Chart]:
    if marks.empty:
        return []
    circles: alt.Chart = (
        alt.Chart(marks)
        .mark_point(
            shape="circle",
            size=105,
            fill=tokens.background,
            stroke=tokens.ink,
            strokeWidth=1,
            opacity=1,
        )
        .encode(**place)
    )
    letters: alt.Chart = (
        alt.Chart(marks)
        .mark_text(fontSize=8, fontWeight="bold", color=tokens.ink)
        .encode(**place, text=alt.Text("letter:N"))
    )
    return [circles, letters]


def mark_hover() -> list[alt.Tooltip]:
    """All that is known of a mark."""
    return [alt.Tooltip(f"{column}:N", title=title) for column, title in _HOVER.items()]


def edge_layers(parts: pd.DataFrame, frame: Frame, tokens: Tokens) -> list[alt.Chart]:
    """A triangle at the left edge of every row with more before it: filled where a bar runs on from there."""
    edge = pd.Timestamp(frame.begins)
    before = parts[(parts["begins"] < edge) & (parts["part"] != "undated")]
    before = pd.concat([before, _of_predecessors(parts, edge)])
    if before.empty:
        return []
    rows = before.groupby("row").agg(
        organisation=("org_full_name", "first"), latest=("ends", "max"), words=("since", _listed)
    )
    runs_on = rows["latest"] > edge
    placed = rows.assign(
        at=rows.index + 0.5,
        fill=[tokens.ink if running else tokens.background for running in runs_on],
    )
    chart: alt.Chart = (
        alt.Chart(placed)
        .mark_point(shape="triangle-left", size=30, stroke=tokens.ink, strokeWidth=1, opacity=1)
        .encode(
            x=alt.XValue(-5),
            y=frame.down("at"),
            fill=alt.Fill("fill:N", scale=None),
            tooltip=[
                alt.Tooltip("organisation:N", title="organisation"),
                alt.Tooltip("words:N", title="before the days shown"),
            ],
        )
    )
    return [chart]


def _of_predecessors(parts: pd.DataFrame, edge: pd.Timestamp) -> pd.DataFrame:
    """A row for every organisation whose `took_over` says what happened at those it took over."""
    if "took_over" not in parts:
        return parts.iloc[:0]
    told = parts[parts["took_over"].notna()].drop_duplicates("row")
    return told.assign(ends=edge, since=told["took_over"])


def _listed(words: pd.Series) -> str:
    return "; ".join(dict.fromkeys(words))
