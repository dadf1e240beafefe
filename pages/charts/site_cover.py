"""What a set of case sites covers: a row for each level of each stratum, a column for each site."""

from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import finish
from pages.charts.layers.rows import rows_of
from pages.charts.layers.spell_words import count
from pages.charts.theme import Tokens

ROW_HEIGHT = 14
_HEADER = 122
_COUNTS_WIDTH = 96
_LABEL_WIDTH = {"expr": "min(230, 0.36 * (containerSize()[0] || 1200))"}
_NAME_LENGTH = 165
_SLANTED_WIDTH = 22
"""Pixels of a column in which a slanted name does not touch the next."""
_READING = [
    "Large dot: the site is of this kind.",
    "Right: of the candidates. Shaded: missed.",
]


def draw_site_cover(sites: pd.DataFrame, coverage: pd.DataFrame, tokens: Tokens) -> alt.LayerChart:
    """Dots where a site (`org_name`, one row each, at least one) has a level; levels without a site shaded.

    `coverage`: a row per level in drawing order with `stratum` (a column of `sites`), `stratum_label`,
    `level`, `level_label`, `candidates`, `chosen` and `is_wanted` (whether a set should cover it).
    """
    rows, cells = lay_out_cover(sites, coverage)
    height = _HEADER + ROW_HEIGHT * len(rows)
    y, x = _y(rows, tokens), _x(len(sites))
    levels = rows[rows["candidates"].notna()]
    missed = levels[levels["is_missed"]]
    layers = [
        _dots(cells[~cells["is_in"]], y, x, 10, tokens.comparators),
        _dots(cells[cells["is_in"]], y, x, 100, tokens.accent),
        _site_names(sites, x, tokens),
        _counts(levels[~levels["is_missed"]], y, tokens.muted, "normal"),
    ]
    if len(missed):
        shade = _bands(missed, y, alt.value(tokens.endings["not_established"]))
        layers = [shade, *layers, _counts(missed, y, tokens.ink, "bold")]
    return finish(layers, "", _READING, height, tokens)


def lay_out_cover(sites: pd.DataFrame, coverage: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of the chart, headings among them, and a cell for each site and level.

    A row: `row` (unique, its label after three letters), `candidates` (blank: a heading), `words`,
    `is_missed`. A cell: `row`, `place` (the site's column, from 0), `org_name`, `level_label`, `is_in`.
    """
    lines: list[dict[str, Any]] = []
    cells: list[dict[str, Any]] = []
    for stratum, levels in coverage.groupby("stratum", sort=False):
        heading = f"{len(lines):02}#{levels['stratum_label'].iloc[0]}"
        lines.append({"row": heading, "words": "", "is_missed": False})
        for level in rows_of(levels):
            row = f"{len(lines):02}.{level.level_label}"
            lines.append(_line(row, level))
            cells += [
                {
                    "row": row,
                    "place": place,
                    "org_name": name,
                    "level_label": level.level_label,
                    "is_in": value == level.level,
                }
                for place, (name, value) in enumerate(
                    zip(sites["org_name"], sites[str(stratum)], strict=True)
                )
            ]
    return pd.DataFrame(lines), pd.DataFrame(cells)


def _line(row: str, level: Any) -> dict[str, Any]:
    if not level.candidates:
        words = "no candidate"
    elif level.chosen:
        words = f"{level.chosen} of {level.candidates}"
    else:
        words = f"none of {level.candidates}"
    return {
        "row": row,
        "candidates": level.candidates,
        "words": words,
        "is_missed": bool(level.is_wanted and not level.chosen),
    }


def _y(rows: pd.DataFrame, tokens: Tokens) -> alt.Y:
    bottom = _HEADER + ROW_HEIGHT * len(rows)
    heading = "datum.value[2] === '#'"
    axis = alt.Axis(
        labelExpr="slice(datum.value, 3)",
        labelLimit=_LABEL_WIDTH,
        labelOverlap=False,
        labelFontWeight=alt.condition(heading, alt.value("bold"), alt.value("normal")),
        labelColor=alt.condition(heading, alt.value(tokens.muted), alt.value(tokens.ink)),
        title=None,
    )
    scale = alt.Scale(domain=list(rows["row"]), range=[_HEADER, bottom], padding=0)
    return alt.Y("row:N", scale=scale, axis=axis)


def _x(sites: int) -> alt.X:
    """Columns a little apart from the names on the left and the counts on the right."""
    room = alt.ExprRef(f"width - {_COUNTS_WIDTH}")
    scale = alt.Scale(domain=[-0.5, sites - 0.5], range=[0, room], nice=False, zero=False)
    return alt.X("place:Q", scale=scale, axis=None)


def _bands(rows: pd.DataFrame, y: alt.Y, colour: Any) -> alt.Chart:
    chart: alt.Chart = alt.Chart(rows).mark_rect(opacity=0.22, tooltip=None)
    return chart.encode(y=y, color=colour)


def _dots(cells: pd.DataFrame, y: alt.Y, x: alt.X, size: int, colour: str) -> alt.Chart:
    chart: alt.Chart = alt.Chart(cells).mark_circle(size=size, color=colour, opacity=1)
    hover = [
        alt.Tooltip("org_name:N", title="site"),
        alt.Tooltip("level_label:N", title="kind"),
        alt.Tooltip("is_in:N", title="is of this kind"),
    ]
    return chart.encode(y=y, x=x, tooltip=hover)


def _site_names(sites: pd.DataFrame, x: alt.X, tokens: Tokens) -> alt.Chart:
    named = pd.DataFrame({"place": range(len(sites)), "org_name": list(sites["org_name"])})
    chart: alt.Chart = alt.Chart(named).mark_text(
        angle=alt.ExprRef(
            f"(width - {_COUNTS_WIDTH}) / {len(sites)} < {_SLANTED_WIDTH} ? 270 : 315"
        ),
        align="left",
        baseline="middle",
        fontSize=11.5,
        color=tokens.ink,
        limit=_NAME_LENGTH,
    )
    return chart.encode(
        x=x,
        y=alt.YValue(_HEADER - 4),
        text=alt.Text("org_name:N"),
        tooltip=alt.Tooltip("org_name:N"),
    )


def _counts(levels: pd.DataFrame, y: alt.Y, colour: str, weight: Any) -> alt.Chart:
    chart: alt.Chart = alt.Chart(levels).mark_text(
        align="right", dx=-2, fontSize=11.5, color=colour, fontWeight=weight
    )
    return chart.encode(y=y, x=alt.XValue("width"), text=alt.Text("words:N"))


def describe_site_cover(sites: pd.DataFrame, coverage: pd.DataFrame) -> str:
    """How many kinds the sites cover, and which they miss."""
    wanted = coverage[coverage["is_wanted"]]
    missed = wanted[wanted["chosen"] == 0]
    covered = (
        f"{count(len(sites), 'site')} cover {len(wanted) - len(missed)} of {len(wanted)} kinds."
    )
    return f"{covered} Missed: {', '.join(missed['level_label']) or 'none'}."
