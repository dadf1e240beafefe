"""Exits from intensive support on record: which are dated to the month, and after which came a return.

Leaving is meant; a transfer into another programme, a merger or the end of a programme is no exit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from indicators.durations import LEAVINGS
from indicators.frozen_entries import first_exposed
from indicators.its_stays import Stay, stays_of
from indicators.returns import RETURNED

VAGUE = "no source dates its exit to the month"
WITHIN = 12
"""Months after exit in which a return is looked for."""


@dataclass(frozen=True)
class Exit:
    """One stay that ended by leaving.

    `month`: the first month no longer inside (year times 12 plus month from 0; a day after the 15th counts
    for the month that follows), None for the reason in `why_not`. `came_back`: whether a return is on record
    within WITHIN months of it (`docs/methods/durability.md`); None where it was not followed for so long.
    """

    stay: Stay
    month: int | None
    why_not: str | None
    came_back: bool | None


def exits_of(spells: pd.DataFrame, returns: pd.DataFrame) -> list[Exit]:
    """Every exit on record in order of the entries before them.

    `spells`: every spell, as `read_spells` gives them; `returns`: the `times` of `time_to_return`.
    """
    told = zip(returns["spell_id"], returns["event"], returns["stop"], strict=True)
    judged = {spell: _came_back(int(event), float(stop)) for spell, event, stop in told}
    exits = [(stay, _spell_left(stay, spells)) for stay in stays_of(spells)]
    return [_exit(stay, judged.get(spell)) for stay, spell in exits if spell is not None]


def inside_now(spells: pd.DataFrame) -> list[Stay]:
    """Stays of which the register knows no end, of organisations that are still open."""
    closed = set(spells.loc[spells["org_closed_on"].notna(), "org_code"])
    return [stay for stay in stays_of(spells) if stay.ends is None and stay.org_code not in closed]


def _spell_left(stay: Stay, spells: pd.DataFrame) -> str | None:
    """The spell by whose end the organisation left; None where the stay runs on or ended otherwise."""
    own = spells[spells["spell_id"].isin(stay.spell_ids)]
    left = own[own["left_kind"].isin(LEAVINGS) & (own["left_latest"] == stay.ends)]
    return None if left.empty else str(left["spell_id"].iloc[-1])


def _exit(stay: Stay, came_back: bool | None) -> Exit:
    why = stay.doubt or (None if stay.has("exit") else VAGUE)
    month = None if why else int(first_exposed(pd.Series([stay.left_on])).iloc[0])
    return Exit(stay, month, why, came_back)


def _came_back(event: int, stop: float) -> bool | None:
    if event == RETURNED and stop <= WITHIN:
        return True
    return False if stop >= WITHIN else None


def of_type(exits: Sequence[Exit], org_type: str) -> list[Exit]:
    """The exits of organisations of one type."""
    return [one for one in exits if one.stay.org_type == org_type]
