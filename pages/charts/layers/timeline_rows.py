"""The rows of the timeline: organisations under the headings of their groups, named and ready for a click."""

from dataclasses import dataclass

import altair as alt
import pandas as pd

from pages.charts.layers.spell_frame import Frame
from pages.charts.theme import Tokens

SELECTION = "org"
"""Name of the selection: a click anywhere in a row selects the row's `org_code`."""

_LABEL_WIDTH = {"expr": "min(220, 0.28 * (containerSize()[0] || 1200))"}
"""Names give way on a phone; a chart drawn to a file has no container."""
_DENSE = 15
_COLUMNS = ["row", "org_code", "org_name", "org_full_name"]


@dataclass(frozen=True)
class Rows:
    """Organisations (row, org_code, org_name, org_full_name) and headings (row, words), counted from 0."""

    organisations: pd.DataFrame
    headings: pd.DataFrame

    @property
    def count(self) -> int:
        """How many rows there are, headings included."""
        return len(self.organisations) + len(self.headings)


def under_headings(parts: pd.DataFrame) -> pd.DataFrame:
    """The rectangles of `lay_out` moved down, so that a row stands free above each `heading` there is."""
    if "heading" not in parts:
        return parts
    order = parts.sort_values("row", kind="stable")["heading"].drop_duplicates()
    above = parts["heading"].map({words: place + 1 for place, words in enumerate(order)})
    return parts.assign(**{name: parts[name] + above for name in ("row", "top", "bottom")})


def rows_in(parts: pd.DataFrame) -> Rows:
    """The rows that the rectangles of `under_headings` lie in; two organisations of one name keep theirs."""
    rows = parts.drop_duplicates("row").sort_values("row")
    twice = rows["org_name"].duplicated(keep=False)
    names = rows["org_name"].mask(twice, rows["org_name"] + " " + rows["org_code"])
    return Rows(rows.assign(org_name=names)[_COLUMNS], _headings(parts))


def _headings(parts: pd.DataFrame) -> pd.DataFrame:
    if "heading" not in parts:
        return pd.DataFrame({"row": [], "words": []})
    first = parts.groupby("heading")["row"].min() - 1
    return pd.DataFrame({"row": first.to_numpy(), "words": first.index}).sort_values("row")


def row_layers(
    rows: Rows, selected: str | None, frame: Frame, tokens: Tokens
) -> tuple[alt.Chart, alt.Chart]:
    """The stripes with the names of the rows, to lie undermost, and the areas that take a click."""
    shaded = _shaded(rows.organisations, selected, tokens)
    stripes = _bands(shaded, rows, frame, _names(shaded, rows, frame, tokens)).encode(
        color=alt.Color("fill:N", scale=None), opacity=alt.Opacity("strength:Q", scale=None)
    )
    click = alt.selection_point(name=SELECTION, fields=["org_code"], on="click")
    areas = _bands(shaded, rows, frame, None).encode(
        color=alt.ColorValue("transparent"),
        tooltip=alt.Tooltip("org_full_name:N", title="organisation"),
    )
    return stripes, areas.add_params(click)


def _shaded(organisations: pd.DataFrame, selected: str | None, tokens: Tokens) -> pd.DataFrame:
    is_selected = organisations["org_code"] == selected
    return organisations.assign(
        fill=[tokens.accent if chosen else tokens.surface for chosen in is_selected],
        strength=[
            0.16 if chosen else row % 2
            for chosen, row in zip(is_selected, organisations["row"], strict=True)
        ],
        selected=is_selected,
    )


def _bands(shaded: pd.DataFrame, rows: Rows, frame: Frame, axis: alt.Axis | None) -> alt.Chart:
    scale = alt.Scale(domain=_slots(rows), range=frame.rows.range, padding=0)
    y = alt.Y("org_name:N", scale=scale, axis=axis, title=None)
    chart: alt.Chart = alt.Chart(shaded).mark_rect().encode(y=y)
    return chart


def _slots(rows: Rows) -> list[str]:
    """What stands in each row: the name of an organisation or, to be left blank, the words of a heading."""
    organisations = rows.organisations.set_index("row")["org_name"]
    return list(pd.concat([organisations, rows.headings.set_index("row")["words"]]).sort_index())


def _names(shaded: pd.DataFrame, rows: Rows, frame: Frame, tokens: Tokens) -> alt.Axis:
    chosen = alt.FieldOneOfPredicate(
        field="value", oneOf=list(shaded.loc[shaded["selected"], "org_name"])
    )
    top, bottom = frame.rows.range
    return alt.Axis(
        values=list(shaded["org_name"]),
        labelLimit=_LABEL_WIDTH,
        labelOverlap=False,
        labelPadding=12,
        labelFontSize=11 if bottom - top < _DENSE * rows.count else 12,
        labelColor=alt.condition(chosen, alt.value(tokens.accent), alt.value(tokens.ink)),
        labelFontWeight=alt.condition(chosen, alt.value("bold"), alt.value("normal")),
    )


def heading_layers(rows: Rows, frame: Frame, tokens: Tokens) -> list[alt.Chart]:
    """The words of each heading at the left of its row, with a thin rule above them."""
    if rows.headings.empty:
        return []
    placed = rows.headings.assign(middle=rows.headings["row"] + 0.55)
    chart = alt.Chart(placed)
    rules: alt.Chart = chart.mark_rule(color=tokens.comparators).encode(y=frame.down("row"))
    words: alt.Chart = chart.mark_text(
        align="left",
        dx=4,
        fontSize=11,
        fontWeight="bold",
        color=tokens.ink,
        limit={"expr": "width"},
    ).encode(x=alt.XValue(0), y=frame.down("middle"), text=alt.Text("words:N"))
    return [rules, words]
