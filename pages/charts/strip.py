"""Every organisation's segment, a cell for each quarter, with its time in programmes as thin bars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer, finish
from pages.charts.layers.spell_frame import Columns, independent_rows
from pages.charts.layers.spell_words import count
from pages.charts.layers.strip_bars import lay_out_bars, programme_layers
from pages.charts.layers.strip_cells import CellLook, cell_layers
from pages.charts.layers.strip_grid import lay_out_grid
from pages.charts.layers.strip_ground import click_areas, headings, stripes, unsegmented_words
from pages.charts.layers.strip_head import HEAD, head_layers, year_rules
from pages.charts.layers.strip_panels import Panel, panels_of
from pages.charts.layers.strip_rows import Sort, arrange
from pages.charts.theme import Tokens

ROW_HEIGHT = 13

_LEAST_ROWS = 5
_READING = [
    "Number: segment stated for that quarter. Empty: none.",
    "Outlined: only the year is stated. Bar: in a programme.",
]
_CELLS = CellLook(
    largest=9,
    gap=1,
    hover={
        "confidence": "confidence",
        "beside": "also stated for this quarter",
        "source_url": "source",
        "organisation": "organisation",
        "quarter": "quarter",
    },
)


@dataclass(frozen=True)
class Ledger:
    """What the strip shows of some organisations.

    `organisations`: one row each, `org_code, org_name, org_full_name, org_type, type_label, region, icb_name,
    months, months_label, moved_on, move_label`. `statements`: rows of the segment ledger with the full name.
    `unsegmented`: by `era_id`, the `org_type` to which the framework gave no segment.
    """

    organisations: pd.DataFrame
    statements: pd.DataFrame
    spells: pd.DataFrame
    eras: pd.DataFrame
    unsegmented: Mapping[str, Sequence[str]] = field(default_factory=dict)


def draw_strip(ledger: Ledger, sort: Sort, tokens: Tokens, today: date) -> alt.LayerChart:
    """A row for each organisation (at least one), in the order of `sort`; see `arrange`.

    Quarters run from July 2021 to that of `today`, in one panel for each era of the framework, so that
    nothing joins two eras; a narrow panel before them has special measures from 2013. A click in a row
    selects its `org_code` under the name `SELECTION`.
    """
    rows = arrange(ledger.organisations, sort)
    slots = _slots(rows)
    panels = panels_of(ledger.eras, ledger.statements, today)
    cells = lay_out_grid(ledger.statements, panels, slots)
    bars = lay_out_bars(ledger.spells, panels, slots, today)
    columns = _columns(panels, len(rows))
    layers: list[Layer] = [
        stripes(rows, panels, columns, tokens),
        year_rules(panels, columns, tokens),
        *headings(rows, columns, tokens),
        *head_layers(panels, columns, tokens),
        click_areas(rows, columns),
        *unsegmented_words(_unsegmented(rows, panels, ledger), columns, tokens),
        *(cell_layers(cells, columns, tokens, _CELLS) if len(cells) else []),
        *(programme_layers(bars, columns, tokens) if len(bars) else []),
    ]
    height = HEAD + ROW_HEIGHT * max(len(rows), _LEAST_ROWS)
    return independent_rows(finish(layers, "", _READING, height, tokens))


def _slots(rows: pd.DataFrame) -> dict[str, int]:
    of_organisations = rows[~rows["is_heading"]]
    return dict(zip(of_organisations["org_code"], of_organisations["slot"], strict=True))


def _columns(panels: Sequence[Panel], rows: int) -> Columns:
    scale = alt.Scale(
        domain=[0, rows], range=[HEAD, HEAD + ROW_HEIGHT * rows], nice=False, zero=False
    )
    return Columns(panels[-1].right, scale)


def _unsegmented(rows: pd.DataFrame, panels: Sequence[Panel], ledger: Ledger) -> pd.DataFrame:
    """Where in which rows an era's panel begins whose framework did not segment the organisation."""
    return pd.DataFrame(
        [
            {"at": panel.left, "slot": slot}
            for panel in panels
            for slot, org_type in zip(rows["slot"], rows["org_type"], strict=True)
            if org_type in ledger.unsegmented.get(panel.era_id, ())
        ],
        columns=["at", "slot"],
    )


def describe_strip(ledger: Ledger) -> str:
    """What the strip shows, in two sentences: of how many organisations, and how much of it is stated."""
    rows, stated = ledger.organisations, ledger.statements
    known = stated[stated["org_code"].isin(rows["org_code"])]
    head = f"Segments of {count(len(rows), 'organisation')} by quarter since July 2021"
    if known.empty:
        return f"{head}: no source states any."
    return (
        f"{head}, from {count(len(known), 'statement')} about "
        f"{count(known['org_code'].nunique(), 'organisation')}. "
        "Most quarters are empty because no source states a segment for them; nothing is drawn across a "
        "change of framework."
    )
