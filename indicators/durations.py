"""How long spells of intensive support lasted: one row per spell, in months, and who had to be left out.

A month is 30.4375 days (365.25 / 12). Sources often give a month, a quarter or a year, so every length has
three bounds: `earliest` as short as the dates allow, `best` from the middle days, `latest` as long as the
dates allow. Method: docs/methods/durability.md.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

Bound = Literal["earliest", "best", "latest"]
BOUNDS: dict[Bound, str] = {
    "earliest": "as early as the dates allow",
    "best": "best reading of the dates",
    "latest": "as late as the dates allow",
}
"""The readings of dates that are known only to the month, quarter or year, in words."""

OTHER_SIDE: dict[Bound, Bound] = {"earliest": "latest", "best": "best", "latest": "earliest"}
"""Which reading of a beginning goes with a reading of an end: the shortest spell begins late, ends early."""

PROGRAMME_GROUPS = {
    "rsp": "Recovery Support Programme",
    "special-measures": "special measures",
    "successors": "successor programmes",
}
"""Kinds of programme as links and analyses name them, and as the register does."""

CENSORED, LEFT, MERGED, CLOSED = 0, 1, 2, 3
CAUSES = {
    LEFT: "left",
    MERGED: "merged or dissolved",
    CLOSED: "moved into the RSP at its launch, or programme closed",
}
"""The ways in which a spell can end, by number of cause."""
LEAVINGS = ("improved", "left_unspecified")
"""The kinds of exit that are leaving the programme."""

_CAUSE_OF = {
    **dict.fromkeys(LEAVINGS, LEFT),
    "merged_or_dissolved": MERGED,
    "transferred": CLOSED,
    "regime_closed": CLOSED,
}
_DAY = pd.Timedelta(days=1)
_DAYS_PER_MONTH = 30.4375

DOUBTED = "the register doubts this spell (confidence low)"
NO_ENTRY = "no source gives its entry"
NO_START = "carried over from special measures whose start no source gives"
NO_END = "merged or dissolved on a day no source gives"
NO_TIME = (
    "no time inside is known: no source gives its exit or places it inside after the day of entry"
)


@dataclass(frozen=True)
class Durations:
    """Lengths of time and what has none: `times` one row each, `left_out` with the reason in words.

    `times` has at least `spell_id, org_code, entry, stop, event`: months from the start of the clock, at risk
    in (entry, stop]; `event` 0 = still under way when last known, else the number of a cause.
    """

    times: pd.DataFrame
    left_out: pd.DataFrame


def months_between(start: pd.Series, end: pd.Series) -> pd.Series:
    """Months from one day to another, a month being 30.4375 days."""
    return (end - start).dt.days / _DAYS_PER_MONTH


def at_least_a_day(stop: pd.Series, entry: pd.Series | float) -> pd.Series:
    """Lengths in months, none shorter than one day after `entry`: two vague dates may be the same day."""
    return stop.clip(lower=entry + 1 / _DAYS_PER_MONTH)


def leaving_only(times: pd.DataFrame) -> pd.DataFrame:
    """The same times with every end other than the first cause as censored: what Kaplan-Meier asks for."""
    return times.assign(event=(times["event"] == LEFT).astype(int))


def time_to_exit(
    spells: pd.DataFrame, programme_group: str, bound: Bound, today: date
) -> Durations:
    """Months from the first entry into intensive support to the exit, one row per spell of a group.

    `spells`: the frame of `read_spells`. `event`: a key of CAUSES, or 0. The clock of a spell that was
    carried over from special measures starts with those, and the spell enters the risk set at the months it
    had already lasted. Without an exit a spell counts, by bound, as having left the day after it was first
    possibly last seen inside; as censored at the end of the last day a source places it inside; as inside
    until today, the end of its programme or of its organisation. The same spells are used for every bound.
    """
    clocked = _with_clock(spells, programme_group)
    reasons = _reasons(clocked)
    used = clocked[reasons.isna()]
    out = clocked.assign(reason=reasons)[reasons.notna()]
    return Durations(
        times=_times(used, bound, pd.Timestamp(today)),
        left_out=out[["spell_id", "org_code", "reason"]].reset_index(drop=True),
    )


def _with_clock(spells: pd.DataFrame, programme_group: str) -> pd.DataFrame:
    """The group's spells with `is_carried` and `began_…`: its entry, or the start of what was carried."""
    chosen = spells[spells["programme_group"] == programme_group]
    carried = chosen["transferred_from"].notna() & (chosen["transferred_from"] != "none")
    entered = [f"entered_{side}" for side in BOUNDS]
    began = chosen[entered].mask(carried, _starts_before(spells, chosen["org_code"], entered))
    named = began.rename(columns=lambda name: name.replace("entered", "began"))
    return chosen.join(named).assign(is_carried=carried)


def _starts_before(spells: pd.DataFrame, org_codes: pd.Series, entered: list[str]) -> pd.DataFrame:
    """When the special measures that were carried over had begun, one row per code given."""
    before = spells[spells["left_kind"] == "transferred"]
    # Of two the first counts, bound by bound; one of unknown start leaves the first unknown.
    unknown = before.loc[before["entered_best"].isna(), "org_code"]
    first = before[~before["org_code"].isin(unknown)].groupby("org_code")[entered].min()
    return first.reindex(org_codes).set_axis(org_codes.index)


def _reasons(clocked: pd.DataFrame) -> pd.Series:
    """Why a spell cannot be used, in words; missing where it can."""
    merged = clocked["left_kind"] == "merged_or_dissolved"
    ended = clocked["left_best"].notna() | (merged & clocked["org_closed_on"].notna())
    seen = clocked["last_known_in"] > clocked["entered_best"]
    reasons = pd.Series(None, index=clocked.index, dtype=object)
    reasons[~ended & ~seen] = NO_TIME
    reasons[~ended & merged] = NO_END
    reasons[clocked["began_best"].isna()] = NO_START
    reasons[clocked["entered_best"].isna()] = NO_ENTRY
    reasons[clocked["confidence"] == "low"] = DOUBTED
    return reasons


def _times(used: pd.DataFrame, bound: Bound, today: pd.Timestamp) -> pd.DataFrame:
    start = OTHER_SIDE[bound]
    began, ends = used[f"began_{start}"], _ends(used, bound, today)
    elapsed = months_between(began, used[f"entered_{bound}"]).clip(lower=0)
    entry = elapsed.where(used["is_carried"], 0.0)
    stop = at_least_a_day(months_between(began, ends["day"]), entry)
    times = used[["spell_id", "org_code"]].assign(entry=entry, stop=stop, event=ends["event"])
    return times.reset_index(drop=True)


def _ends(used: pd.DataFrame, bound: Bound, today: pd.Timestamp) -> pd.DataFrame:
    """The last day of each spell and how it ended, known exits first."""
    merged = (used["left_kind"] == "merged_or_dissolved") & used["left_best"].isna()
    known = used[f"left_{bound}"].mask(merged, used["org_closed_on"])
    cause = used["left_kind"].map(_CAUSE_OF)
    unknown = _unknown_ends(used, bound, today)
    return pd.DataFrame(
        {
            "day": known.fillna(unknown["day"]),
            "event": cause.where(known.notna(), unknown["event"]).astype(int),
        }
    )


def _unknown_ends(used: pd.DataFrame, bound: Bound, today: pd.Timestamp) -> pd.DataFrame:
    """What a bound takes for the end of a spell whose exit no source gives."""
    if bound == "earliest":
        return pd.DataFrame({"day": used["last_known_in_earliest"] + _DAY, "event": LEFT})
    if bound == "best":
        return pd.DataFrame({"day": used["last_known_in"] + _DAY, "event": CENSORED})
    ends = used[["programme_ended_on", "org_closed_on"]].assign(today=today)
    day = ends.min(axis="columns")
    event = pd.Series(CENSORED, index=used.index)
    event = event.mask(day == ends["org_closed_on"], MERGED)
    return pd.DataFrame(
        {"day": day, "event": event.mask(day == ends["programme_ended_on"], CLOSED)}
    )
