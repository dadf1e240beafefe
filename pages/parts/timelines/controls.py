"""The controls of the timeline's bars, and the spells they leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from pages.charts.layers.formats import format_period
from pages.parts.filters import (
    choose_boards,
    choose_programmes,
    choose_regions,
    choose_types,
    only,
)
from pages.parts.frame import today
from pages.parts.links import (
    linked_choice,
    linked_day,
    linked_multiselect,
    linked_pills,
    linked_select,
)
from pages.parts.printing import CONTROLS, print_button
from pages.parts.store import ask
from pages.parts.timelines.groups import GROUP_WORDS
from pages.parts.timelines.lineage import families_of, successions
from pages.parts.timelines.marks import MARK_WORDS, USUAL_MARKS
from pages.parts.timelines.window import Window, is_moment, may_lie_in, window_of

RSP_BEGAN, ALL_BEGAN = "2021-07", "2013"
"""The moments the timeline offers to begin with: the start of the RSP, and that of special measures."""
FIRST_DAY = date(2013, 7, 1)
"""The earliest day as known on which the ledger can be asked for."""


@dataclass(frozen=True)
class Choice:
    """What the reader asks for; an empty filter means all."""

    window: Window
    by: str
    marks: list[str]
    filters: dict[str, list[str]]
    known_on: date | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is filtered and the days are those the page opens with."""
        return self.window == window_of(RSP_BEGAN, None) and not any(self.filters.values())


def choose(spells: pd.DataFrame, names: dict[str, str]) -> Choice:
    """One row of controls and more options; `names` are the organisations to be found, by code."""
    with st.container(key=CONTROLS):
        return _choose(spells, names)


def _choose(spells: pd.DataFrame, names: dict[str, str]) -> Choice:
    find, region, programme, by, since, more = st.columns(
        [2.4, 1.7, 1.7, 1.7, 2.8, 1.8], vertical_alignment="bottom"
    )
    filters = {}
    with find:
        filters["org_code"] = linked_multiselect("Find", "orgs", list(names), names.__getitem__)
    with region:
        filters["region"] = choose_regions(spells["region"])
    with programme:
        filters["programme"] = choose_programmes()
    with by:
        group = linked_select(
            "Group by", "by", list(GROUP_WORDS), GROUP_WORDS.__getitem__, default="pathway"
        )
    with since:
        begins = linked_choice("Since", "from", _moments("from"), _moment_words, RSP_BEGAN)
    with more, st.popover("More options", width="stretch"):
        marks, ends, known_on = _more(spells, filters)
    return Choice(_possible(begins, ends), group or "pathway", marks, filters, known_on)


def _more(
    spells: pd.DataFrame, filters: dict[str, list[str]]
) -> tuple[list[str], str | None, date | None]:
    marks = linked_pills("Marks", "marks", list(MARK_WORDS), MARK_WORDS.__getitem__, USUAL_MARKS)
    if not (ask("organisation_events")["kind"] == "leadership").any():
        st.html(
            '<p class="ot-reading">The register holds no changes of leadership yet, so none are drawn; '
            "that does not mean that there were none.</p>"
        )
    years = [str(year) for year in range(2014, today().year + 1)]
    ends = linked_select(
        "Until the end of", "to", _with_asked("to", years), _moment_words, placeholder="today"
    )
    filters["org_type"] = choose_types()
    filters["icb_code"] = choose_boards(spells)
    known_on = linked_day("As it was known on", "known_on", FIRST_DAY, today())
    print_button()
    return marks, ends, known_on


def _moments(name: str) -> list[str]:
    return _with_asked(name, [ALL_BEGAN, RSP_BEGAN])


def _with_asked(name: str, offered: Sequence[str]) -> list[str]:
    """The moments offered and the one the link asks for, if it is one."""
    asked = st.query_params.get(name, "")
    return sorted({*offered, asked}) if is_moment(asked) else list(offered)


def _moment_words(moment: str) -> str:
    return format_period(moment, "month" if "-" in moment else "year")


def _possible(begins: str, ends: str | None) -> Window:
    asked = window_of(begins, ends)
    if asked.is_possible:
        return asked
    st.info("The link asked for an end before the beginning. The end was left out.")
    return window_of(begins, None)


def select(spells: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """The spells at organisations that fit every filter and may have had one in the window.

    With an organisation that is searched for come those it took over and the one it became part of. Of all
    of them all spells of the programmes asked for, earlier and later ones too: a timeline
    says at its edge what it cuts off.
    """
    asked = choice.filters["org_code"]
    wanted_orgs = families_of(asked, successions()) if asked else []
    spells = only(spells, choice.filters | {"org_code": list(wanted_orgs)})
    inside = spells.loc[may_lie_in(spells, choice.window), "org_code"]
    return spells[spells["org_code"].isin(inside)]
