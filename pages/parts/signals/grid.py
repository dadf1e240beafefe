"""The grid of Signals: a row per organisation, a column per indicator, two icons in each cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indicators.signal_totals import signal_totals
from indicators.stats.icons import ASSURANCE, NO_ICON
from pages.charts.icon_grid import SELECTION, draw_icon_grid, icon_key, least_width
from pages.charts.icons import VARIATION_WORDS
from pages.charts.layers.spell_words import count
from pages.parts.charted import all_icons
from pages.parts.filters import choose_programmes, choose_regions, choose_types, only
from pages.parts.frame import (
    is_phone,
    reading_aid,
    show_chart,
    show_table,
    source_line,
    theme_name,
    tokens_of,
)
from pages.parts.indicators import GROUP_WORDS, catalogue
from pages.parts.links import linked_select
from pages.parts.opening import offer_cell, open_picked_cell
from pages.parts.organisations import listed, organisations
from pages.parts.signals.cells import (
    OLD_MONTHS,
    cells_of,
    exported,
    grid_of,
    shown_indicators,
    too_short,
    totals_table,
)
from pages.parts.sources import title_of
from pages.parts.specs import spec_of
from pages.parts.spells import all_spells
from pages.parts.store import version

TITLE = "Which indicators signal a change, and where?"
ALL = "all"
_BOX = "wide-grid"
_NAMES, _MARGIN = 184, 48
"""Pixels for the names of the rows, and of the page's margins that the grid may take."""
_READING = (
    "Each icon is the state of the last point of the control chart of one organisation and indicator, by "
    "Making Data Count's rules: a filled ring with diamonds is special cause concern, an open ring with "
    "dots special cause improvement, H a high side and L a low one. The second icon, where there is a "
    "standard, says whether the limits are sure to meet it (P), sure to miss it (F), or neither (?). A "
    "click opens the control chart; at the end of each row stands how many of its series end in a signal. "
    "A dashed ring has no icon: its hover says why. "
    "Far more signal than would by chance, for two reasons beside real change: waits trend for years, and "
    "neighbouring months are alike, while the rules suppose months that vary independently around a level "
    "that stays. A signal says that the figures changed, not why; organisations enter a programme at "
    "their worst, so some rebound would follow without support."
)


@dataclass(frozen=True)
class Chosen:
    """What the reader chose: a theme (or ALL), and codes of organisations in the order of their entry."""

    group: str
    orgs: tuple[str, ...]


def show_grid(write_head: Callable[..., None], places: Sequence[Any]) -> None:
    """The view, its further controls in `places` beside the choice of view."""
    chosen = _choose(places)
    if not chosen.orgs:
        write_head(TITLE, "No organisation fits these choices. Remove one of them to see more.")
        return
    cells, left_out = _cells(chosen, version())
    if cells.empty:
        write_head(TITLE, "No figures of these organisations are published for this theme.")
        return
    lead = lead_sentences(cells)
    write_head(TITLE, *lead)
    _show_chart(chosen, lead[0])
    _below(cells, left_out)


def _choose(places: Sequence[Any]) -> Chosen:
    known = catalogue()
    groups = list(dict.fromkeys(known[key].group for key in shown_indicators(all_icons())))
    with places[0]:
        words = {ALL: "All themes"} | {group: GROUP_WORDS[group] for group in groups}
        usual = groups[0] if is_phone() else ALL
        group = linked_select("Theme", "group", list(words), words.__getitem__, usual) or usual
    everyone = organisations()
    with places[1]:
        programmes = choose_programmes(placeholder="RSP")
    with places[2]:
        types = choose_types()
    with places[3]:
        regions = choose_regions(everyone["region"])
    entered = only(all_spells(), {"programme": programmes or ["rsp"]})["org_code"].unique()
    rows = everyone.loc[[code for code in entered if code in everyone.index]]
    rows = only(rows, {"org_type": types, "region": regions})
    return Chosen(group, tuple(rows.index))


@st.cache_data(max_entries=32, show_spinner=False)
def _cells(chosen: Chosen, data_version: str) -> tuple[pd.DataFrame, list[str]]:
    """The cells shown, and the indicators left out because none of them has enough points."""
    icons, orgs = all_icons(), organisations().loc[list(chosen.orgs)]
    if chosen.group != ALL:
        of_group = [key for key, each in catalogue().items() if each.group == chosen.group]
        return cells_of(icons[icons["indicator_id"].isin(of_group)], orgs), []
    cells = cells_of(icons, orgs)
    left_out = too_short(cells)
    return cells[~cells["indicator_id"].isin(left_out)].reset_index(drop=True), left_out


@st.cache_data(max_entries=32, show_spinner=False)
def _chart(chosen: Chosen, theme: str, data_version: str) -> tuple[dict[str, Any], int]:
    """The chart, and how many pixels wide it must at least be."""
    grid = grid_of(_cells(chosen, data_version)[0], organisations().loc[list(chosen.orgs)])
    return spec_of(draw_icon_grid(grid, tokens_of(theme))), least_width(grid.indicators)


def lead_sentences(cells: pd.DataFrame) -> list[str]:
    """How many series end in a signal, of which kind, and how many would by chance."""
    total = signal_totals(cells).iloc[0]
    kinds = [f"{total['improvement']:.0f} improvement", f"{total['concern']:.0f} concern"]
    if total["neutral"]:
        kinds.append(f"{total['neutral']:.0f} where neither side is better")
    is_old = cells["is_old"] & (cells["variation"] != NO_ICON)
    those = cells.loc[(cells["variation"] != NO_ICON) & ~cells["is_old"], "org_code"].nunique()
    left_out = int(is_old.sum())
    verb = "is" if left_out == 1 else "are"
    old = [
        f"Not counted {verb} {left_out:,} whose last figure is old or whose organisation has closed (faint)."
    ]
    return [
        f"Of {total['series']:,.0f} series of {count(those, 'organisation')}, "
        f"{total['signals']:,.0f} end in a signal: {listed(kinds)}; "
        f"by chance alone {total['expected']:.1f} would, if months were independent and nothing changed.",
        "More do, also because waits trend for years and neighbouring months are alike.",
        *(old if left_out else []),
    ]


def _show_chart(chosen: Chosen, alt: str) -> None:
    spec, width = _chart(chosen, theme_name(), version())
    # On a narrow screen the grid moves sideways in its own box; on a wide one it takes the page's margins.
    st.html(
        f"<style>.st-key-{_BOX} {{ overflow-x: auto; }} "
        f".st-key-{_BOX} .stElementContainer {{ min-width: {width + _NAMES}px; }} "
        f"@media (min-width: 1100px) {{ .st-key-{_BOX} {{ margin: 0 -{_MARGIN}px; "
        f"width: calc(100% + {2 * _MARGIN}px); max-width: none; }} }}</style>"
    )
    with st.container(key=_BOX):
        event = show_chart(spec, alt, "signals.grid", select=SELECTION)
    open_picked_cell(event)


def _below(cells: pd.DataFrame, left_out: list[str]) -> None:
    st.html(f'<p class="ot-reading">{_key(cells)}</p>')
    offer_cell(cells)
    reading_aid(escape(_READING))
    label = "The data behind this grid: a row for each cell"
    show_table(lambda: exported(cells), "signals-grid", label)
    label = "Totals of each organisation and each indicator"
    show_table(lambda: totals_table(cells), "signals-totals", label)
    known = catalogue()
    sources = {known[key].measures.source for key in cells["indicator_id"].unique()}
    source_line(
        sorted(map(title_of, sources)),
        f"{len(cells):,} series; limits rest on figures from July 2021 on, by the rules of the Making "
        "Data Count tools (mdc), from 13 points on",
        *_notes(cells, left_out),
    )


def _key(cells: pd.DataFrame) -> str:
    """The icons on the grid, each with its words."""
    found = [name for name in VARIATION_WORDS if (cells["variation"] == name).any()]
    judged = [name for name in ASSURANCE if (cells["assurance"] == name).any()]
    icons = [
        '<span style="white-space:nowrap;margin-right:1rem">'
        f'<img src="{address}" alt="" width="20" height="20" style="vertical-align:-5px"> '
        f"{escape(words)}</span> "
        for address, words in icon_key(tokens_of(theme_name()), found, judged)
    ]
    return "".join(icons) + (
        "<span>A dot: no figures of this organisation are published. A faint icon: its last figure is over "
        f"{OLD_MONTHS} months older than the indicator’s latest, or it has closed; not counted.</span>"
    )


def _notes(cells: pd.DataFrame, left_out: list[str]) -> list[str]:
    whys = cells.loc[cells["variation"] == NO_ICON, "why_empty"].value_counts()
    notes = [f"{n} series without an icon: {why}." for why, n in whys.items()]
    if left_out:
        names = listed([catalogue()[key].short_title for key in left_out])
        notes.append(
            f"Left out here, since none of these organisations has an icon: {escape(names)}; "
            "choose their theme to see what there is."
        )
    return notes
