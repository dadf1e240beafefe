"""When spells of intensive support began and ended for limits frozen at entry; why some cannot be used.

Months are whole numbers: year times 12 plus month from 0. The month of an event is the first month exposed to
it: a day up to the 15th counts for its own month, a later one for the next.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.definition import Break
from indicators.durations import DOUBTED, NO_ENTRY

Months = NDArray[np.float64]

PANDEMIC = (2020 * 12 + 2, 2021 * 12 + 3)
"""March 2020 to March 2021 as months [from, to): they set no limits and break no rules (METHODS 1.3)."""
CARRIED = "it was carried over from special measures, so its support began before this spell"
INSIDE = "it was, or may still have been, in another programme when this spell began"
IN_PANDEMIC = (
    "its entry falls in the months of the pandemic that are left out (Mar 2020 to Mar 2021)"
)
CHANGED = " since its definition changed"
EARLIER = " since an earlier spell ended"
ENDINGS = {
    "left": "left the programme",
    "transferred": "moved into the Recovery Support Programme",
    "programme": "the programme came to an end; no source gives an exit",
    "break": "the definition of the indicator changed",
    "data": "the figures end",
    "unknown": "the figures end; no source gives an exit",
}
"""Why the watch over a spell ended."""
_KNOWN = ("day", "month")
_KEPT = [
    *("spell_id", "org_code", "org_name", "org_type", "region", "programme"),
    *("entered_on", "entered_label", "left_label", "last_known_label"),
]


def month_of(days: pd.Series) -> pd.Series:
    """The month each day lies in; missing for no day."""
    month: pd.Series = days.dt.year * 12.0 + days.dt.month - 1
    return month


def first_exposed(days: pd.Series) -> pd.Series:
    """The first month exposed to what happened on each day; missing for no day."""
    month: pd.Series = month_of(days) + (days.dt.day > 15)
    return month


def entries_of(spells: pd.DataFrame, breaks: Sequence[Break] = ()) -> pd.DataFrame:
    """One row per spell: what is frozen when, from when and until when figures can be used, and `why_not`.

    `spells`: every spell on record, so that earlier ones of the same organisation are known. Gives the
    spell's `spell_id, org_code, org_name, org_type, region, programme, entered_on` (and labels, where given),
    `entry`, `exit` (inf: none known; a vague one counts from the first month it can mean), `exit_kind` (of
    ENDINGS), `since` (the baseline begins no earlier: after an earlier spell and the last change of
    definition; `since_because` says which), `until` (the watch ends: the next change of definition),
    `why_not` (missing where the spell can be used).
    """
    entry = first_exposed(spells["entered_on"]).where(spells["entered_precision"].isin(_KNOWN))
    free_from = _free_from(spells)
    begins, ends = _between(entry, [item.on for item in breaks])
    kept = spells[[name for name in _KEPT if name in spells]]
    return kept.assign(
        org_type=spells["type_today"].fillna(spells["org_type"]),
        entry=entry,
        exit=_exits(spells),
        exit_kind=_exit_kinds(spells),
        since=np.maximum(free_from, begins),
        since_because=np.where(begins >= free_from, CHANGED, EARLIER),
        until=ends,
        why_not=_reasons(spells, entry, free_from),
    ).reset_index(drop=True)


def _between(entry: pd.Series, changes: Sequence[date]) -> tuple[Months, Months]:
    """From which month on and until which one definition held, as of each entry; -inf and inf: for ever.

    A month within which the definition changed belongs to neither.
    """
    held = entry.to_numpy(dtype=float)[:, None]
    whole = np.array([day.year * 12.0 + day.month - (day.day == 1) for day in changes])
    part = np.array([day.year * 12.0 + day.month - 1 for day in changes])
    before, after = np.where(whole <= held, whole, -np.inf), np.where(part > held, part, np.inf)
    return before.max(axis=1, initial=-np.inf), after.min(axis=1, initial=np.inf)


def _exits(spells: pd.DataFrame) -> pd.Series:
    known = spells["left_on"].where(spells["left_precision"].isin(_KNOWN), spells["left_earliest"])
    closed = month_of(spells["programme_ended_on"]) + 1
    return first_exposed(known).fillna(closed).fillna(np.inf)


def _exit_kinds(spells: pd.DataFrame) -> NDArray[np.str_]:
    chosen = [
        spells["left_kind"] == "transferred",
        spells["left_earliest"].notna(),
        spells["programme_ended_on"].notna(),
    ]
    return np.select(chosen, ["transferred", "left", "programme"], default="unknown")


def _free_from(spells: pd.DataFrame) -> pd.Series:
    """The first month after every spell of the organisation that began before this one; inf: still inside."""
    began = spells["entered_earliest"].fillna(spells["programme_started_on"])
    ended = first_exposed(spells["left_latest"]).fillna(month_of(spells["programme_ended_on"]) + 1)
    # No more columns than asked for: to sort all fifty of the spells takes as long as the rest together.
    order = (
        spells[["org_code", "spell_id"]]
        .assign(began=began, ended=ended.fillna(np.inf))
        .sort_values(["org_code", "began", "spell_id"], kind="stable")
    )
    latest = order.groupby("org_code")["ended"].cummax()
    return latest.groupby(order["org_code"]).shift().fillna(-np.inf).reindex(spells.index)


def _reasons(spells: pd.DataFrame, entry: pd.Series, free_from: pd.Series) -> pd.Series:
    """Why a spell cannot be used, the first that holds; missing where it can."""
    vague = "its entry is known only to the " + spells["entered_precision"].fillna("")
    chosen = {
        NO_ENTRY: spells["entered_on"].isna(),
        "vague": entry.isna(),
        DOUBTED: spells["confidence"] == "low",
        CARRIED: ~spells["transferred_from"].fillna("none").isin(["none"]),
        INSIDE: free_from > entry,
        IN_PANDEMIC: entry.between(*PANDEMIC, inclusive="left"),
    }
    words = np.full(len(spells), None, dtype=object)
    for reason, holds in reversed(chosen.items()):
        is_so = holds.to_numpy(dtype=bool)
        words[is_so] = vague.to_numpy(dtype=object)[is_so] if reason == "vague" else reason
    return pd.Series(words, index=spells.index, dtype=object)
