"""Boards or regions as tiles: their own figures, or the medians of trusts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.definition import Indicator
from pages.charts.layers.formats import format_span
from pages.charts.tile_map import MapText, describe_map, draw_map
from pages.parts.distribution.controls import (
    FEWEST,
    choose_month,
    choose_type,
    size_note,
    types_with_values,
)
from pages.parts.frame import (
    method_note,
    reading_aid,
    show_chart,
    show_table,
    source_line,
    theme_name,
    tokens_of,
)
from pages.parts.indicators import catalogue, text_of
from pages.parts.links import linked_select
from pages.parts.organisations import PEERS
from pages.parts.sources import title_of
from pages.parts.specs import spec_of
from pages.parts.store import ask, version

TITLE = "Where is it high, where low?"
_TILES = {"icb": "Boards", "region": "Regions"}


@dataclass(frozen=True)
class MapView:
    """A chart, its takeaway, its rows, and how many organisations with a value lie in no tile."""

    spec: dict[str, Any]
    alt: str
    rows: pd.DataFrame
    nowhere: int


def show_map(
    write_head: Callable[..., None], indicator: Indicator, places: Sequence[DeltaGenerator]
) -> None:
    """The whole display below the choice of display."""
    periods = types_with_values(indicator.indicator_id)
    of_boards, of_trusts = (
        periods[(periods["org_type"] == "icb") == is_icb] for is_icb in (True, False)
    )
    tiles = "region"
    if len(of_boards):
        with places[0]:
            tiles = (
                linked_select("Tiles", "tiles", list(_TILES), _TILES.__getitem__, "icb") or "icb"
            )
    org_type = "icb"
    if tiles == "region":
        with places[2]:
            org_type = choose_type(of_trusts)
    own = of_boards if tiles == "icb" else of_trusts[of_trusts["org_type"] == org_type]
    with places[1]:
        month = choose_month(indicator, own)
    view = _map_of(indicator.indicator_id, org_type, month, theme_name(), version())
    write_head(TITLE, view.alt, size_note(indicator) if org_type == "icb" else "")
    show_chart(view.spec, f"{indicator.short_title}. {view.alt}", "distribution-map")
    _below(view, indicator, org_type, f"map-{indicator.indicator_id}-{org_type}-{month:%Y-%m}")


@st.cache_data(max_entries=64, show_spinner=False)
def _map_of(
    indicator: str, org_type: str, month: pd.Timestamp, theme: str, data_version: str
) -> MapView:
    definition = catalogue()[indicator]
    values = ask("period_values", indicator=indicator, period=f"{month:%Y-%m-%d}")
    of_type = values[values["org_type"] == org_type]
    tiles = ask("area_tiles")
    if org_type == "icb":
        rows, words = boards_in(tiles, of_type, month), ("boards", "own figures")
    else:
        rows = regions_of(tiles, of_type)
        words = ("regions", f"medians of {PEERS[org_type]}")
    text = MapText(text_of(definition), *words, format_span(month, definition.step_months))
    chart = draw_map(rows, text, tokens_of(theme))
    nowhere = len(of_type) - int(rows["n"].sum())
    return MapView(spec_of(chart), describe_map(rows, text), rows, nowhere)


def boards_in(tiles: pd.DataFrame, values: pd.DataFrame, month: pd.Timestamp) -> pd.DataFrame:
    """The boards of a month, with a value where there is one: those open on its first day, or with a figure.

    Before July 2022 figures stand under the codes of the partnerships that became boards.
    """
    boards = tiles[tiles["area_type"] == "icb"].merge(
        values[["org_code", "value", "numerator", "denominator"]],
        left_on="area_code",
        right_on="org_code",
        how="left",
    )
    is_open = (boards["opened_on"] <= month) & ~(boards["closed_on"] < month)
    shown = boards[is_open | boards["value"].notna()].reset_index(drop=True)
    return shown.assign(n=shown["value"].notna().astype(int), beside=shown.apply(_parts, axis=1))


def _parts(row: pd.Series) -> str:
    if pd.isna(row["denominator"]):
        return "the board's own figure" if pd.notna(row["value"]) else "no figure"
    return f"{row['numerator']:,.0f} of {row['denominator']:,.0f}"


def regions_of(tiles: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """The seven regions with the median of the organisations in each that have a value, and how many."""
    by_region = values.groupby("region")["value"].agg(value="median", n="count")
    regions = tiles[tiles["area_type"] == "region"].merge(
        by_region, left_on="area_name", right_index=True, how="left"
    )
    number = regions["n"].fillna(0).astype(int)
    words = [f"{n} organisation{'' if n == 1 else 's'}" for n in number]
    return regions.assign(n=number, beside=words).reset_index(drop=True)


def _below(view: MapView, indicator: Indicator, org_type: str, name: str) -> None:
    reading_aid(
        "Tiles are of one size, so that large areas do not count for more, and stand roughly where their "
        "areas lie; neighbours on the chart need not be neighbours on the ground. The stronger the colour, "
        "the higher the value, in five even steps from the lowest to the highest of this period: colours of "
        "two periods do not compare, figures do. "
        + (
            "Boards are those of the period: on 1 April 2026 six new ones took over from twelve."
            if org_type == "icb"
            else ""
        )
    )
    columns = ["area_code", "area_name", "value", "n", "beside"]
    show_table(view.rows[columns], name)
    source_line(
        [title_of(indicator.measures.source), "own layout of tiles"],
        f"{len(view.rows)} areas",
        *_notes(view, org_type),
    )
    method_note(escape(indicator.method), [escape(caveat) for caveat in indicator.caveats])


def _notes(view: MapView, org_type: str) -> list[str]:
    if org_type == "icb":
        return ["A difference between boards may be chance, or one of who lives there."]
    few = view.rows.loc[view.rows["n"] < FEWEST, "area_name"]
    thin = f"Fewer than {FEWEST} organisations: {', '.join(few)}." if len(few) else ""
    return [
        f"Medians of {PEERS[org_type]}, each counted once whatever its size.",
        *([thin] if thin else []),
        *(
            [f"In no tile, as no region of theirs is on record: {view.nowhere}."]
            if view.nowhere
            else []
        ),
    ]
