"""The groups that programme experience is broken down by: where each spell and each organisation belongs."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

By = Literal["region", "icb", "org_type", "pathway", "route", "era"]
OF_ORGANISATIONS: tuple[By, ...] = ("region", "icb", "org_type")
"""The groups that organisations without a spell belong to as well, so that a share can be given."""
NOT_STATED = "not stated"
BEFORE_ERAS = "before"
"""Entered before the first framework era began."""
FROM_SPECIAL_MEASURES, DIRECT = "special_measures", "direct"
"""How a spell came about: carried over from special measures, or entered without."""

_TRUSTS_ONLY = ("special measures", "successor programmes")
"""Groups of programmes that integrated care boards could not enter."""


@dataclass(frozen=True)
class Register:
    """What is on record, as the warehouse's reads give it.

    `spells`: as `read_spells`, but `org_type` and `region` as they are today. `statements`: of segments.
    `organisations`: everyone, with days of opening and closing. `today` ends what is still under way.
    """

    spells: pd.DataFrame
    statements: pd.DataFrame
    eras: pd.DataFrame
    programmes: pd.DataFrame
    organisations: pd.DataFrame
    today: date


def group_spells(register: Register, by: By) -> pd.Series:
    """The group of each spell; `not stated` where the record does not place it in one."""
    spells = register.spells
    if by == "icb":
        return _boards_of_today(spells["icb_code"], register.organisations)
    if by == "route":
        route = {"QSM": FROM_SPECIAL_MEASURES, "FSM": FROM_SPECIAL_MEASURES, "none": DIRECT}
        first = spells["transferred_from"].str.partition("+")[0]
        return first.map(route).fillna(NOT_STATED)
    if by == "era":
        return _eras_of_entry(spells, register.eras)
    return spells[by].fillna(NOT_STATED)


def existing_organisations(register: Register, programme_group: str, by: By) -> pd.Series:
    """The group of each organisation that existed on some day of the programmes' life, by its code.

    [opened_on, closed_on] has to touch [first start, last end) of the programmes; an unknown opening counts
    as earlier, an unknown closing as later. A successor by merger counts beside its predecessors. Boards are
    left out of programmes they could not enter, organisations of unknown type (closed before the lists of
    types were made) altogether. Whoever has a spell on record counts.
    """
    programmes = register.programmes
    mine = programmes[programmes["programme_group"] == programme_group]
    starts, ends = mine["started_on"].min(), mine["ended_on"].max(skipna=False)
    everyone = register.organisations[
        ~register.organisations["org_type"].isin(["region", "england"])
    ]
    opened, closed = everyone["opened_on"], everyone["closed_on"]
    alive = ~(closed < starts) & (pd.isna(ends) | ~(opened >= ends)) & everyone["org_type"].notna()
    if programme_group in _TRUSTS_ONLY:
        alive &= everyone["org_type"] != "icb"
    spells = register.spells
    inside = spells.loc[spells["programme_group"] == programme_group, "org_code"]
    existed = everyone[alive | everyone["org_code"].isin(inside)].set_index("org_code")
    if by == "icb":
        return _boards_of_today(existed["icb_code"], register.organisations)
    groups: pd.Series = existed[by].fillna(NOT_STATED)
    return groups


def _boards_of_today(boards: pd.Series, organisations: pd.DataFrame) -> pd.Series:
    """Boards that closed are read as the one they passed into, where there is exactly one."""
    closed = organisations[organisations["closed_on"].notna()].dropna(subset="successor_code")
    successor = closed.set_index("org_code")["successor_code"]
    return boards.map(successor).fillna(boards).fillna(NOT_STATED)


def _eras_of_entry(spells: pd.DataFrame, eras: pd.DataFrame) -> pd.Series:
    """The era in which a spell was entered; not stated where its dates allow two."""
    earliest, latest = (_era_on(spells[f"entered_{side}"], eras) for side in ("earliest", "latest"))
    return earliest.where((earliest == latest) & spells["entered_earliest"].notna(), NOT_STATED)


def _era_on(days: pd.Series, eras: pd.DataFrame) -> pd.Series:
    dated = eras.dropna(subset="starts_on").sort_values("starts_on")
    era = pd.Series(BEFORE_ERAS, index=days.index, dtype=object)
    for begins, era_id in zip(dated["starts_on"], dated["era_id"], strict=True):
        era = era.mask(days >= begins, era_id)
    return era
