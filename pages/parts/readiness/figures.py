"""What exit readiness shows of one organisation, kept until the data change: every indicator beside exits."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from indicators.definition import Indicator
from indicators.exit_levels import AtExit, Level, Levels, at_exits, levels_of
from indicators.exits_on_record import Exit, exits_of, inside_now, of_type
from indicators.its_stays import Stay
from indicators.returns import time_to_return
from pages.parts.frame import today
from pages.parts.indicators import with_data
from pages.parts.organisations import organisations
from pages.parts.spells import all_spells
from pages.parts.store import ask, version


@dataclass(frozen=True)
class Standing:
    """One indicator: every exit dated to the month, and the organisation's own latest level."""

    indicator: Indicator
    exits: tuple[AtExit, ...]
    own: Level | None

    @property
    def with_level(self) -> list[AtExit]:
        """The exits of which the level is known."""
        return [one for one in self.exits if one.level.value is not None]

    @property
    def alike(self) -> list[AtExit]:
        """Those whose level was measured by the definition of the organisation's own."""
        own = self.own
        same = (one for one in self.with_level if own and one.level.definition == own.definition)
        return list(same)


@dataclass(frozen=True)
class Standings:
    """One organisation inside a programme: its `stay`, all `exits` of its type on record, its indicators.

    Indicators of which it has no figure are left out.
    """

    stay: Stay
    name: str
    exits: tuple[Exit, ...]
    indicators: tuple[Standing, ...]

    @property
    def dated(self) -> list[Exit]:
        """The exits dated to the month."""
        return [one for one in self.exits if one.month is not None]

    @property
    def seen(self) -> list[Exit]:
        """Those of which the level of at least one indicator is known."""
        known = {one.exit.stay.spell_ids for each in self.indicators for one in each.with_level}
        return [one for one in self.dated if one.stay.spell_ids in known]


def stays_inside() -> dict[str, Stay]:
    """Who is on record inside a programme, by code, in order of name."""
    return _inside(version())


@st.cache_resource(max_entries=2, show_spinner=False)
def _inside(data_version: str) -> dict[str, Stay]:
    names = organisations()["short_name"]
    stays = {stay.org_code: stay for stay in inside_now(all_spells()) if stay.org_code in names}
    return dict(sorted(stays.items(), key=lambda item: str(names[item[0]])))


def standings_of(org: str) -> Standings:
    """The organisation, one of `stays_inside`, beside the exits of its type."""
    stay = stays_inside()[org]
    name = str(organisations()["short_name"][org])
    exits, found = _of_type(stay.org_type, today(), version())
    each = (Standing(one.indicator, exited, one.latest(org)) for one, exited in found)
    told = tuple(one for one in each if one.own is not None)
    return Standings(stay, name, exits, told)


@st.cache_resource(max_entries=8, show_spinner="Looking up figures at every exit")
def _of_type(
    org_type: str, day: date, data_version: str
) -> tuple[tuple[Exit, ...], tuple[tuple[Levels, tuple[AtExit, ...]], ...]]:
    spells = all_spells()
    returns = time_to_return(spells, ask("segment_statements"), ask("eras"), "best", day)
    exits = tuple(of_type(exits_of(spells, returns.times), org_type))
    types = ask("organisations").set_index("org_code")["org_type"]
    wanted = types.index[types == org_type]
    found = (_levels(one, wanted) for one in with_data().values())
    return exits, tuple((one, tuple(at_exits(one, exits))) for one in found if one is not None)


def _levels(indicator: Indicator, wanted: pd.Index) -> Levels | None:
    values = ask("lineage_values", indicator=indicator.indicator_id, lineage="as_was")
    return levels_of(values[values["org_code"].isin(wanted)], indicator)
