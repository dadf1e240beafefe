"""Months before and after entry, and before and after exit, of many organisations laid over one another."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from pages.charts.layers.aligned_data import (
    DRAWN,
    ENOUGH,
    Event,
    figure_at,
    lines_of_spells,
    medians,
    of_event,
)
from pages.charts.layers.aligned_layers import Part, panel_layers, rows_of_lines, targets
from pages.charts.layers.backdrop import Layer, finish
from pages.charts.layers.formats import IndicatorText
from pages.charts.layers.layered import laid_over
from pages.charts.layers.panels import SIDE_HEIGHT, STACKED_HEIGHT, WINDOW, Panel
from pages.charts.layers.scales import Extent, extent_of
from pages.charts.theme import Tokens

__all__ = ["IndicatorText", "describe_aligned", "draw_aligned"]

DESCRIPTIVE = "descriptive: no adjustment for regression to the mean"
_EVENTS: tuple[Event, Event] = ("entry", "exit")


def draw_aligned(
    series: pd.DataFrame,
    band: pd.DataFrame,
    counts: pd.DataFrame,
    highlighted: Sequence[str],
    indicator: IndicatorText,
    tokens: Tokens,
    *,
    stacked: bool,
) -> alt.LayerChart:
    """Spells from 24 months before to 24 after entry (left, or above if `stacked`) and exit.

    `series` has at least one row with a value. `highlighted` are at most four organisation codes, each
    drawn in a colour of its own. A click on a line sets the parameter `org` to its `org_code`. At most
    50 spells stay within the number of marks a browser draws at ease.
    """
    shown, beside, numbers = (_in_window(frame) for frame in (series[DRAWN], band, counts))
    extent = _extent(shown, beside, indicator)
    # The first colour is that of the median: it is the last to be given to an organisation.
    colours = dict(zip(highlighted, (*tokens.lines[1:], tokens.lines[0]), strict=False))
    panels = [Panel(event, extent, indicator, stacked) for event in _EVENTS]
    parts = [_part(panel, shown, beside, numbers, colours, tokens) for panel in panels]
    chosen = alt.selection_point(name="org", fields=["org_code"], on="click")
    layers: list[Layer] = [
        *(laid_over(*panel_layers(part, chosen)) for part in parts),
        targets(parts, chosen),
    ]
    height = STACKED_HEIGHT if stacked else SIDE_HEIGHT
    chart = finish(layers, indicator.title, _subtitle(parts), height, tokens)
    whole: alt.LayerChart = chart.properties(data=rows_of_lines(parts)).resolve_scale(
        x="independent", y="independent"
    )
    return whole


def _in_window(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["month"].between(-WINDOW, WINDOW)]


def _extent(series: pd.DataFrame, band: pd.DataFrame, indicator: IndicatorText) -> Extent:
    values = [*series["value"], *band["p10"], *band["p90"]]
    return extent_of([float(value) for value in values], indicator.unit)


def _part(
    panel: Panel,
    series: pd.DataFrame,
    band: pd.DataFrame,
    counts: pd.DataFrame,
    colours: dict[str, str],
    tokens: Tokens,
) -> Part:
    return Part(
        panel=panel,
        lines=lines_of_spells(series, panel.event, panel.indicator),
        medians=medians(series, counts, panel.event, panel.indicator.step_months),
        band=of_event(band, panel.event),
        counts=of_event(counts, panel.event),
        colours=colours,
        tokens=tokens,
    )


def _subtitle(parts: Sequence[Part]) -> list[str]:
    entry, leaving = (part.lines["spell_id"].nunique() for part in parts)
    return [
        DESCRIPTIVE,
        f"thin lines: {entry} spells from entry, {leaving} from exit",
        "grey: comparators' median and middle 80 %",
        f"n: organisations, in brackets where fewer than {ENOUGH}",
    ]


def describe_aligned(
    series: pd.DataFrame, band: pd.DataFrame, counts: pd.DataFrame, indicator: IndicatorText
) -> str:
    """How many spells are aligned, the entrants' median a year before, at and a year after entry, of how many
    organisations where that differs, and the comparators' change between the same months.
    """
    known = series.loc[series["value"].notna(), ["event", "spell_id"]]
    spells = [known.loc[known["event"] == event, "spell_id"].nunique() for event in _EVENTS]
    leaving = f"{spells[1] or 'None'} aligned at exit."
    if not spells[0]:
        return f"No spells aligned at entry. {leaving}"
    middle = medians(series, counts, "entry", indicator.step_months)
    steps = ((-12, "twelve months before"), (0, "at entry"), (12, "twelve months after"))
    told = ", ".join(f"{_told(middle, month, indicator)} {words}" for month, words in steps)
    # Differences from the comparators' median have nothing to say of that median itself.
    beside = "" if indicator.is_change else f"; {_moved(of_event(band, 'entry'), indicator)}"
    aligned = "1 spell" if spells[0] == 1 else f"{spells[0]} spells"
    numbers = _numbers(middle, [month for month, _ in steps])
    return f"{aligned} aligned at entry: median {told}{numbers}{beside}. {leaving}"


def _numbers(middle: pd.DataFrame, months: Sequence[int]) -> str:
    """How many organisations the medians are of, where these differ: a move may be one of who is there."""
    found = [figure_at(middle, month) for month in months]
    counts = [str(row.n) for row in found if row is not None]
    if len(set(counts)) < 2:
        return ""
    told = f"{', '.join(counts[:-1])} and {counts[-1]}"
    return f" (of {told} organisations, not all the same)"


def _told(middle: pd.DataFrame, month: int, indicator: IndicatorText) -> str:
    row = figure_at(middle, month)
    if row is None:
        return "not available"
    figure = indicator.shown(row.median)
    return figure if row.n >= ENOUGH else f"{figure} (fewer than five organisations)"


def _moved(band: pd.DataFrame, indicator: IndicatorText) -> str:
    before, after = figure_at(band, -12), figure_at(band, 12)
    if before is None or after is None:
        return "no comparators for both months"
    figures = [indicator.shown(row.median) for row in (before, after)]
    return f"comparators moved from {figures[0]} to {figures[1]}"
