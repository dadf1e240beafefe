"""The timeline of intensive support: one row per organisation, one bar per spell."""

from collections.abc import Sequence
from datetime import date, timedelta

import altair as alt
import pandas as pd

from pages.charts._backdrop import finish
from pages.charts._spell_bars import bar_layers
from pages.charts._spell_frame import Frame, independent_rows
from pages.charts._spell_geometry import lay_out
from pages.charts._spell_words import count
from pages.charts._years import year_axis
from pages.charts.theme import Tokens

ROW_HEIGHT = 18
LEAST_HEIGHT = 120
SELECTION = "org"
"""Name of the selection: a click anywhere in a row selects the row's `org_code`."""

_MANY_ROWS = 30
_LEAST_ROWS = 5
"""Fewer rows are not drawn taller than these would be."""
_HEADER = 22
_LABEL_WIDTH = {"expr": "min(220, 0.28 * (containerSize()[0] || 1200))"}
"""Names give way on a phone; a chart drawn to a file has no container."""
_ROOM_AFTER_TODAY = timedelta(days=120)
_TITLE = "Spells of intensive support, by organisation"
_READING = [
    "Solid: dates known. Fading: known to a quarter or year.",
    "Torn: no exit established; tick: the last day known inside.",
]


def draw_timeline(
    spells: pd.DataFrame,
    today: date,
    tokens: Tokens,
    selected: str | None = None,
    marks: Sequence[tuple[date, str]] = (),
) -> alt.LayerChart:
    """Every spell of `spells` (at least one) against time, organisations in the order of `row_order`.

    Dates are inclusive days. A date known only to a quarter or a year fades over it; an exit that no source
    gives ends torn, never as a line. `selected` is the `org_code` of the row to bring forward; `marks` are
    days to rule off with a label. A click in a row selects its `org_code` under the name `SELECTION`.
    """
    parts = lay_out(spells, today)
    organisations = _rows(parts, selected, tokens)
    height = max(LEAST_HEIGHT, ROW_HEIGHT * len(organisations))
    frame = _frame(parts, today, height)
    ruled = [mark for mark in [*marks, (today, "today")] if frame.shows(mark[0])]
    layers = [
        _stripes(organisations, frame, tokens),
        _rules(ruled, frame, tokens),
        _rule_labels(ruled, len(organisations), frame, tokens),
        _click_areas(organisations, frame),
        *bar_layers(parts, frame, tokens),
    ]
    chart = finish(layers, _TITLE, _READING, height + _HEADER, tokens)
    return independent_rows(chart)


def _frame(parts: pd.DataFrame, today: date, height: int) -> Frame:
    first_year, rows = parts["begins"].min().year, parts["row"].nunique()
    lowest = height * min(1, rows / _LEAST_ROWS)
    scale = alt.Scale(domain=[0, rows], range=[_HEADER, _HEADER + lowest])
    return Frame(date(first_year, 1, 1), today + _ROOM_AFTER_TODAY, scale)


def _rows(parts: pd.DataFrame, selected: str | None, tokens: Tokens) -> pd.DataFrame:
    columns = ["row", "org_code", "org_name", "org_full_name"]
    rows = parts.drop_duplicates("row").sort_values("row")[columns]
    twice = rows["org_name"].duplicated(keep=False)
    rows["org_name"] = rows["org_name"].mask(twice, rows["org_name"] + " " + rows["org_code"])
    is_selected = rows["org_code"] == selected
    return rows.assign(
        fill=[tokens.accent if chosen else tokens.surface for chosen in is_selected],
        strength=[
            0.16 if chosen else row % 2
            for chosen, row in zip(is_selected, rows["row"], strict=True)
        ],
        selected=is_selected,
    )


def _stripes(rows: pd.DataFrame, frame: Frame, tokens: Tokens) -> alt.Chart:
    return _bands(rows, frame, _names(rows, tokens)).encode(
        color=alt.Color("fill:N", scale=None), opacity=alt.Opacity("strength:Q", scale=None)
    )


def _click_areas(rows: pd.DataFrame, frame: Frame) -> alt.Chart:
    click = alt.selection_point(name=SELECTION, fields=["org_code"], on="click")
    areas = _bands(rows, frame, None).encode(
        color=alt.value("transparent"),
        tooltip=alt.Tooltip("org_full_name:N", title="organisation"),
    )
    return areas.add_params(click)


def _bands(rows: pd.DataFrame, frame: Frame, axis: alt.Axis | None) -> alt.Chart:
    scale = alt.Scale(domain=list(rows["org_name"]), range=frame.rows.range, padding=0)
    y = alt.Y("org_name:N", scale=scale, axis=axis, title=None)
    chart: alt.Chart = alt.Chart(rows).mark_rect().encode(y=y)
    return chart


def _names(rows: pd.DataFrame, tokens: Tokens) -> alt.Axis:
    chosen = alt.FieldOneOfPredicate(
        field="value", oneOf=list(rows.loc[rows["selected"], "org_name"])
    )
    return alt.Axis(
        labelLimit=_LABEL_WIDTH,
        labelOverlap=False,
        labelColor=alt.condition(chosen, alt.value(tokens.accent), alt.value(tokens.ink)),
        labelFontWeight=alt.condition(chosen, alt.value("bold"), alt.value("normal")),
    )


def _rules(marks: Sequence[tuple[date, str]], frame: Frame, tokens: Tokens) -> alt.Chart:
    """Years and marked days ruled off; carries the time axis above the chart."""
    years = [date(year, 1, 1) for year in range(frame.begins.year, frame.ends.year + 1)]
    rules = pd.DataFrame(
        [(pd.Timestamp(year), tokens.grid) for year in years]
        + [(pd.Timestamp(day), tokens.comparators) for day, _ in marks],
        columns=["day", "stroke"],
    )
    chart: alt.Chart = (
        alt.Chart(rules)
        .mark_rule()
        .encode(x=frame.time("day", year_axis("top")), stroke=alt.Stroke("stroke:N", scale=None))
    )
    return chart


def _rule_labels(
    marks: Sequence[tuple[date, str]], rows: int, frame: Frame, tokens: Tokens
) -> alt.Chart:
    """Labels left of the marked days, where they fit; carries the time axis below a long chart."""
    labels = pd.DataFrame(sorted(marks), columns=["day", "label"])
    labels = labels.astype({"day": "datetime64[ns]"})
    before = labels["day"].shift(fill_value=pd.Timestamp(frame.begins))
    labels["free_days"] = (labels["day"] - before).dt.days
    fits = frame.hold("free_days", "6 * length(datum.label) + 6")
    chart: alt.Chart = (
        alt.Chart(labels)
        .transform_calculate(shown=f"{fits} ? datum.label : ''")
        .mark_text(align="right", dx=-4, fontSize=11, color=tokens.muted)
        .encode(
            x=frame.time("day", year_axis("bottom") if rows > _MANY_ROWS else None),
            y=alt.value(_HEADER / 2),
            text="shown:N",
        )
    )
    return chart


def describe_timeline(spells: pd.DataFrame) -> str:
    """What the timeline shows, in two sentences: how many spells, and how much is known of their ends."""
    undated = spells[["entered_earliest", "left_earliest", "last_known_in"]].isna().all(axis=1)
    with_exit = int(spells["left_earliest"].notna().sum())
    return (
        f"{count(len(spells), 'spell')} of intensive support at "
        f"{count(spells['org_code'].nunique(), 'organisation')}. "
        f"A source dates the exit of {with_exit}; for {len(spells) - with_exit} no exit date is "
        f"established, and {int(undated.sum())} of these have no date at all."
    )
