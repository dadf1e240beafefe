"""The timeline of intensive support: one row per organisation, one bar per spell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import finish
from pages.charts.layers.spell_bars import bar_layers
from pages.charts.layers.spell_frame import Frame, independent_rows
from pages.charts.layers.spell_geometry import lay_out
from pages.charts.layers.spell_words import count
from pages.charts.layers.timeline_changes import change_layers
from pages.charts.layers.timeline_marks import CHANGE, edge_layers, mark_layers, place_marks
from pages.charts.layers.timeline_rows import heading_layers, row_layers, rows_in, under_headings
from pages.charts.layers.years import year_axis
from pages.charts.theme import Tokens

ROW_HEIGHT, LEAST_ROW_HEIGHT, LONG_ROW_HEIGHT = 18, 12, 16
"""Rows shrink so that the chart fits one screen; where it cannot, they are as high as reading needs."""
SCREEN = 540
LEAST_HEIGHT = 120

_MANY_ROWS = 30
_LEAST_ROWS = 5
"""Fewer rows are not drawn taller than these would be."""
_HEADER = 22
_ROOM_AFTER_TODAY = timedelta(days=120)
_READING = [
    "Solid: dates known. Fading: known to a quarter or year.",
    "Torn: no exit established; tick: the last day known inside.",
]


@dataclass(frozen=True)
class TimelineView:
    """What a timeline shows: the days from `begins` to `ends`, both inclusive, and what is brought out.

    Without `begins` it starts with the year of the earliest spell, without `ends` it reaches past `today`.
    `ruled` are days to rule off with a label, `today_words` that of `today`; `selected` is the `org_code` of
    a row to bring forward. Rows are as high as fits `screen` pixels, if they can be read so.
    """

    today: date
    begins: date | None = None
    ends: date | None = None
    ruled: Sequence[tuple[date, str]] = ()
    selected: str | None = None
    today_words: str = "today"
    screen: int = SCREEN


def draw_timeline(
    spells: pd.DataFrame, view: TimelineView, tokens: Tokens, marks: pd.DataFrame | None = None
) -> alt.LayerChart:
    """Every spell of `spells` (at least one) against time, organisations in the order of `row_order`.

    Dates are inclusive days. A date known only to a quarter or a year fades over it; an exit that no source
    gives ends torn, never as a line. Where the spells have a `heading`, organisations stand under it: those
    of one heading follow one another in `row_order`. Where they have `took_over`, the left edge tells of the
    organisations taken over. `marks`: see `place_marks`. A click in a row selects its
    `org_code` under the name `SELECTION`.
    """
    parts = under_headings(lay_out(spells, view.today))
    rows = rows_in(parts)
    height = max(LEAST_HEIGHT, row_height(rows.count, view.screen) * rows.count)
    frame = _frame(parts, view, rows.count, height)
    ruled = [mark for mark in [*view.ruled, (view.today, view.today_words)] if frame.shows(mark[0])]
    stripes, clicks = row_layers(rows, view.selected, frame, tokens)
    placed = place_marks(_none() if marks is None else marks, rows.organisations, frame)
    layers = [
        stripes,
        _rules(ruled, frame, tokens),
        _rule_labels(ruled, rows.count, frame, tokens),
        *heading_layers(rows, frame, tokens),
        clicks,
        *edge_layers(_with_since(parts), frame, tokens),
        *bar_layers(parts, frame, tokens),
        *change_layers(placed[placed["kind"] == CHANGE], rows.organisations, frame, tokens),
        *mark_layers(placed, frame, tokens),
    ]
    return independent_rows(finish(layers, "", _READING, height + _HEADER, tokens))


def row_height(rows: int, screen: int) -> int:
    """Pixels of one of so many rows, on a screen that has so many for all of them."""
    fitting = screen // rows
    return min(ROW_HEIGHT, fitting) if fitting >= LEAST_ROW_HEIGHT else LONG_ROW_HEIGHT


def _none() -> pd.DataFrame:
    columns = [
        "org_code",
        "kind",
        "letter",
        "into",
        "organisation",
        "what",
        "when",
        "words",
        "source",
    ]
    dates = pd.DataFrame({"day": pd.to_datetime([]), "until": pd.to_datetime([])})
    return dates.assign(**dict.fromkeys(columns, ""))


def _with_since(parts: pd.DataFrame) -> pd.DataFrame:
    words = parts["programme_short"] + ", entered " + parts["entered_label"]
    return parts.assign(since=words + ", left " + parts["left_label"])


def _frame(parts: pd.DataFrame, view: TimelineView, rows: int, height: int) -> Frame:
    begins = view.begins or date(parts["begins"].min().year, 1, 1)
    lowest = height * min(1, rows / _LEAST_ROWS)
    scale = alt.Scale(domain=[0, rows], range=[_HEADER, _HEADER + lowest])
    return Frame(begins, view.ends or view.today + _ROOM_AFTER_TODAY, scale)


def _rules(marks: Sequence[tuple[date, str]], frame: Frame, tokens: Tokens) -> alt.Chart:
    """Years and marked days ruled off; carries the time axis above the chart."""
    years = [date(year, 1, 1) for year in range(frame.begins.year, frame.ends.year + 1)]
    years = [day for day in years if frame.shows(day)]
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
            y=alt.YValue(_HEADER / 2),
            text=alt.Text("shown:N"),
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
