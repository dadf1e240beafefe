"""One organisation's segments and its time in programmes, on one strip."""

from dataclasses import replace
from datetime import date

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer, finish
from pages.charts.layers.formats import format_day
from pages.charts.layers.spell_bars import bar_layers
from pages.charts.layers.spell_frame import Frame, independent_rows
from pages.charts.layers.spell_geometry import lay_out
from pages.charts.layers.spell_words import count
from pages.charts.layers.strip_cells import cell_layers, lay_out_cells
from pages.charts.layers.years import year_axis
from pages.charts.theme import Tokens

HEIGHT = 120
FIRST_DAY = date(2016, 1, 1)

_ERA_LABEL, _SEGMENTS, _PROGRAMMES = 11, (24, 70), (80, 112)
_TITLE = "Segment and time in programmes"
_READING = ["Numbers: segments as sources state them.", "Outlined: no nearer than the year."]


def draw_segment_strip(
    statements: pd.DataFrame,
    eras: pd.DataFrame,
    spells: pd.DataFrame,
    tokens: Tokens,
    today: date,
) -> alt.LayerChart:
    """The segments stated for one organisation, above them the eras of the framework, below its spells.

    Time runs from 2016, or from an earlier spell or statement, to `today`. Statements and eras are half-open,
    [from, to), spells inclusive days. Nothing is drawn between two statements. An era without a start is
    left out, one without an end runs on. Where `statements` or `spells` is empty, the strip says so.
    """
    parts = lay_out(spells, today)
    frame = _frame(statements, parts, today)
    layers = [
        *_era_layers(eras, frame, tokens),
        *_segment_layers(statements, frame, tokens),
        *_programme_layers(parts, frame, tokens),
    ]
    return independent_rows(finish(layers, _TITLE, _READING, HEIGHT, tokens))


def _frame(statements: pd.DataFrame, parts: pd.DataFrame, today: date) -> Frame:
    begins = [pd.Timestamp(FIRST_DAY), *statements["effective_from"], *parts["begins"]]
    ends = [pd.Timestamp(today), *lay_out_cells(statements)["ends"]]
    return Frame(min(begins).date(), max(ends).date(), _between((0, HEIGHT)))


def _between(edges: tuple[int, int]) -> alt.Scale:
    return alt.Scale(domain=[0, 1], range=list(edges))


def _era_layers(eras: pd.DataFrame, frame: Frame, tokens: Tokens) -> list[alt.Chart]:
    """A thin separator and a label for each era; they carry the axis of time and the names of the rows."""
    shown = _shown_eras(eras, frame)
    days = alt.ExprRef(f"datum.days * width / {(frame.ends - frame.begins).days} - 8")
    rules: alt.Chart = alt.Chart(shown).mark_rule(color=tokens.comparators)
    labels: alt.Chart = alt.Chart(shown).mark_text(
        align="left", dx=4, fontSize=11, color=tokens.muted, limit=days
    )
    titles = {"framework": "framework", "since": "from", "until": "to, not included"}
    hover = [alt.Tooltip(f"{column}:N", title=title) for column, title in titles.items()]
    return [
        rules.encode(x=frame.time("begins", year_axis("bottom"))),
        labels.encode(
            x=frame.time("begins"),
            y=_row_names(tokens),
            text=alt.Text("framework:N"),
            tooltip=hover,
        ),
    ]


def _shown_eras(eras: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    begun = eras[eras["starts_on"].notna()]
    first, last = pd.Timestamp(frame.begins), pd.Timestamp(frame.ends)
    begins = pd.Series([max(day, first) for day in begun["starts_on"]], begun.index)
    ends = pd.Series([min(day, last) for day in begun["ends_on"].fillna(last)], begun.index)
    shown = begun.assign(
        begins=begins,
        days=(ends - begins).dt.days,
        y=_ERA_LABEL,
        since=[format_day(day) for day in begun["starts_on"]],
        until=["no end stated" if pd.isna(day) else format_day(day) for day in begun["ends_on"]],
    )
    return shown[shown["days"] > 0]


def _row_names(tokens: Tokens) -> alt.Y:
    names = {
        _ERA_LABEL: "framework",
        _middle(_SEGMENTS): "segment",
        _middle(_PROGRAMMES): "programme",
    }
    expression = f"{ {str(at): name for at, name in names.items()} }[datum.value]"
    axis = alt.Axis(
        values=list(names), labelExpr=expression, labelColor=tokens.ink, grid=False, title=None
    )
    return alt.Y("y:Q", scale=alt.Scale(domain=[0, HEIGHT], range=[0, HEIGHT]), axis=axis)


def _middle(edges: tuple[int, int]) -> int:
    return sum(edges) // 2


def _segment_layers(statements: pd.DataFrame, frame: Frame, tokens: Tokens) -> list[Layer]:
    if statements.empty:
        return [_nothing("no source states a segment", _SEGMENTS, tokens)]
    return cell_layers(lay_out_cells(statements), replace(frame, rows=_between(_SEGMENTS)), tokens)


def _programme_layers(parts: pd.DataFrame, frame: Frame, tokens: Tokens) -> list[alt.Chart]:
    if parts.empty:
        return [_nothing("no spell in the register", _PROGRAMMES, tokens)]
    return bar_layers(parts, replace(frame, rows=_between(_PROGRAMMES)), tokens)


def _nothing(words: str, edges: tuple[int, int], tokens: Tokens) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(pd.DataFrame({"words": [words]}))
        .mark_text(align="left", dx=6, fontStyle="italic", color=tokens.muted)
        .encode(
            x=alt.XValue(alt.ExprRef("width / 4")),
            y=alt.YValue(_middle(edges)),
            text=alt.Text("words:N"),
        )
    )
    return chart


def describe_segment_strip(statements: pd.DataFrame, spells: pd.DataFrame) -> str:
    """What the strip shows, in two sentences: the latest segment stated, and the programmes."""
    return f"{_describe_statements(statements)} {_describe_spells(spells)}"


def _describe_statements(statements: pd.DataFrame) -> str:
    if statements.empty:
        return "No source states a segment."
    since = statements["effective_from"].max()
    latest = statements[statements["effective_from"] == since]
    segments = " and ".join(str(segment) for segment in sorted(set(latest["segment"])))
    return (
        f"{count(len(statements), 'statement')} of its segment; the latest, for the time from "
        f"{format_day(since)}, gives {segments} ({latest['framework'].iloc[-1]})."
    )


def _describe_spells(spells: pd.DataFrame) -> str:
    if spells.empty:
        return "The register has no spell of intensive support."
    programmes = ", ".join(spells.sort_values("entered_earliest")["programme_short"])
    return f"{count(len(spells), 'spell')} of intensive support: {programmes}."
