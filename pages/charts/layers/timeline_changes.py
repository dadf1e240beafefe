"""What became of an organisation, written on its row of the timeline and joined to the row it passed into."""

import altair as alt
import pandas as pd

from pages.charts.layers.spell_frame import Frame
from pages.charts.layers.timeline_marks import mark_hover
from pages.charts.theme import Tokens


def change_layers(
    changes: pd.DataFrame, rows: pd.DataFrame, frame: Frame, tokens: Tokens
) -> list[alt.Chart]:
    """The marks of kind `change` of `place_marks`: words after the last day, a rule to the row of `into`."""
    if changes.empty:
        return []
    row_of = rows.set_index("org_code")["row"]
    told = changes.assign(
        into_at=changes["into"].map(row_of) + 0.5,
        free_days=(pd.Timestamp(frame.ends) - changes["day"]).dt.days,
        arrow="→ " + changes["words"],
    )
    joined = told[told["into_at"].notna()]
    joins = [_joins(joined, frame, tokens)] if len(joined) else []
    return [*joins, _words(told, frame, tokens)]


def _joins(joined: pd.DataFrame, frame: Frame, tokens: Tokens) -> alt.Chart:
    rule = alt.Chart(joined).mark_rule(color=tokens.ink, strokeWidth=1.5)
    chart: alt.Chart = rule.encode(
        x=frame.time("day"), y=frame.down("at"), y2=alt.Y2("into_at:Q"), tooltip=mark_hover()
    )
    return chart


def _words(told: pd.DataFrame, frame: Frame, tokens: Tokens) -> alt.Chart:
    """All the words where there is room for them to the right, else the arrow alone."""
    fits = frame.hold("free_days", "5.2 * length(datum.arrow) + 8")
    chart: alt.Chart = (
        alt.Chart(told)
        .transform_calculate(shown=f"{fits} ? datum.arrow : '→'")
        .mark_text(align="left", dx=3, fontSize=10, color=tokens.ink)
        .encode(
            x=frame.time("day"), y=frame.down("at"), text=alt.Text("shown:N"), tooltip=mark_hover()
        )
    )
    return chart
