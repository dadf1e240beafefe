"""Time in programmes as thin bars: below the cells of a quarter, alone in the years before."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer
from pages.charts.layers.spell_bars import painted
from pages.charts.layers.spell_frame import Columns
from pages.charts.layers.spell_geometry import lay_out
from pages.charts.layers.spell_names import NO_DATES
from pages.charts.layers.spell_words import hover, in_words
from pages.charts.layers.strip_grid import MIDDLE
from pages.charts.layers.strip_panels import EARLY, Panel
from pages.charts.theme import Tokens

_ALONE, _BELOW = (0.22, 0.56), (0.7, 0.32)
"""Where bars begin in a row, and how much of it they take."""
_PHONE = 500


def lay_out_bars(
    spells: pd.DataFrame, panels: Sequence[Panel], slots: Mapping[str, int], today: date
) -> pd.DataFrame:
    """The rectangles of `lay_out` cut to each panel, in columns from the left and rows from the top.

    A quarter that two panels show has its bars in both. A spell without any date keeps its row of part
    `undated`, in no panel.
    """
    shown = spells[spells["org_code"].isin(list(slots))]
    parts = lay_out(shown, today)
    records = [
        cut
        for part in parts.to_dict("records")
        for cut in _cuts(part, panels, slots[part["org_code"]])
    ]
    return pd.DataFrame(records, columns=list(parts.columns))


def _cuts(
    part: dict[Hashable, Any], panels: Sequence[Panel], slot: int
) -> Iterator[dict[Hashable, Any]]:
    if part["part"] == "undated":
        yield part | {"row": slot, "top": slot + _BELOW[0], "bottom": slot + 1}
        return
    for panel in panels:
        if part["begins"] < panel.ends and panel.begins < part["ends"]:
            upper, height = _ALONE if panel.era_id == EARLY else _BELOW
            yield part | {
                "row": slot,
                "begins": round(panel.place(part["begins"]), 3),
                "ends": round(panel.place(part["ends"]), 3),
                "top": round(slot + upper + height * (part["top"] - part["row"]), 3),
                "bottom": round(slot + upper + height * (part["bottom"] - part["row"]), 3),
            }


def programme_layers(bars: pd.DataFrame, columns: Columns, tokens: Tokens) -> list[Layer]:
    """What is known of a spell solid, what is not fading, in the colour of its programme; with a legend."""
    told = in_words(bars)
    dated, undated = told[told["part"] != "undated"], told[told["part"] == "undated"]
    words = [_without_dates(undated, columns, tokens)] if len(undated) else []
    return [*painted(dated, columns, tokens), *words]


def _without_dates(undated: pd.DataFrame, columns: Columns, tokens: Tokens) -> alt.Chart:
    """At the right end, where there is room: the programme of which no source gives a date."""
    chart: alt.Chart = (
        alt.Chart(undated.assign(middle=undated["row"] + MIDDLE))
        .transform_calculate(
            shown=f"width < {_PHONE} ? '' : datum.programme_short + ': {NO_DATES}'"
        )
        .mark_text(align="right", dx=-2, fontStyle="italic", fontSize=9, color=tokens.muted)
        .encode(
            x=alt.XValue("width"),
            y=columns.down("middle"),
            text=alt.Text("shown:N"),
            tooltip=hover(),
        )
    )
    return chart
