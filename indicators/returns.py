"""Whether organisations that left intensive support came back to it, and after how many months.

A return is an entry into any programme, or a statement of the top segment (4; 5 from 2025/26 on), within the
regime in force on the day of exit. Special measures from 2013 to July 2021 are taken as one regime; from then
on regimes are the framework eras. What happened under a later framework is listed, never counted. No return
on record is not proof that there was none.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from indicators.durations import (
    DOUBTED,
    LEAVINGS,
    OTHER_SIDE,
    Bound,
    Durations,
    at_least_a_day,
    months_between,
)
from indicators.stats.competing import aalen_johansen
from indicators.stats.proportions import wilson

STILL_OUT, RETURNED, DISSOLVED = 0, 1, 2
RETURN_CAUSES = {RETURNED: "returned", DISSOLVED: "merged or dissolved"}
"""How the time after an exit can end, by number of cause."""


@dataclass(frozen=True)
class Incidence:
    """The share that has returned by some months after leaving; `followed` were watched that long without."""

    months: int
    share: float
    ci_low: float
    ci_high: float
    followed: int


STILL_INSIDE = "in another programme on the day it left this one, as far as its dates tell"

_COLUMNS = ["spell_id", "org_code", "programme_group", "exit_number", "entry", "stop", "event"]
_RETURN = ["returned_as", "return_earliest", "return_best", "return_latest", "return_sources"]
_DAY = pd.Timedelta(days=1)


def time_to_return(
    spells: pd.DataFrame, statements: pd.DataFrame, eras: pd.DataFrame, bound: Bound, today: date
) -> Durations:
    """Months from leaving a programme to the first return within the same regime, one row per exit.

    `spells`: the frame of `read_spells`; `statements`: of segments, `org_code, era_id, segment,
    effective_from, effective_to, source_url`; `eras`: the framework eras. `event`: a key of RETURN_CAUSES, or
    0 = no return on record by the end of the regime or `today`. `exit_number` counts an organisation's exits
    in order. Leaving one programme while in another is no exit and is left out. Beside the lengths stand
    `returned_as`, its days and sources. A re-entry that the register doubts counts: to drop it would flatter.
    """
    found = _exits_and_returns(spells, statements, eras, pd.Timestamp(today))
    counted = found[_RETURN].where(found["is_within"])
    return Durations(times=_times(found.assign(**counted), bound), left_out=_exits_left_out(spells))


def later_returns(
    spells: pd.DataFrame, statements: pd.DataFrame, eras: pd.DataFrame, today: date
) -> pd.DataFrame:
    """Exits whose first return came under a later framework: listed, never counted.

    One row per such exit: `spell_id, org_code, returned_as`, its days and its sources.
    """
    found = _exits_and_returns(spells, statements, eras, pd.Timestamp(today))
    later = found["return_best"].notna() & ~found["is_within"]
    return found.loc[later, ["spell_id", "org_code", *_RETURN]].reset_index(drop=True)


def returned_by(times: pd.DataFrame, months: int) -> Incidence:
    """The cumulative incidence of returning by `months` (inclusive), mergers competing (Aalen-Johansen).

    Where nobody has returned by then that method has no interval: it is then Wilson's for none among those
    followed for so long.
    """
    followed = int((times["stop"] > months).sum())
    table = aalen_johansen(times)
    by_then = table[(table["cause"] == RETURNED) & (table["time"] <= months)]
    if by_then.empty or by_then["probability"].iloc[-1] == 0:
        low, high = wilson(0, followed)
        return Incidence(months, 0.0, float(low), float(high), followed)
    share, low, high = by_then.iloc[-1][["probability", "ci_low", "ci_high"]]
    return Incidence(months, float(share), float(low), float(high), followed)


def _exits_and_returns(
    spells: pd.DataFrame, statements: pd.DataFrame, eras: pd.DataFrame, today: pd.Timestamp
) -> pd.DataFrame:
    """One row per exit that starts a clock, with its first return under any framework, if there is one."""
    exits = _exits(spells)
    used = _with_regime(exits[_reasons(exits, spells).isna()], eras, today)
    numbered = used.assign(exit_number=used.groupby("org_code").cumcount() + 1)
    back = pd.concat([_entries(spells), _top_statements(statements, eras)], ignore_index=True)
    joined = numbered.merge(_first_after(numbered, back), on="spell_id", how="left")
    return joined.assign(is_within=joined["is_within"].eq(True))


def _exits_left_out(spells: pd.DataFrame) -> pd.DataFrame:
    exits = _exits(spells)
    reasons = _reasons(exits, spells)
    out = exits.assign(reason=reasons)[reasons.notna()]
    return out[["spell_id", "org_code", "reason"]].reset_index(drop=True)


def _exits(spells: pd.DataFrame) -> pd.DataFrame:
    dated = spells[spells["left_kind"].isin(LEAVINGS) & spells["left_best"].notna()]
    return dated.sort_values(["left_best", "spell_id"], ignore_index=True)


def _reasons(exits: pd.DataFrame, spells: pd.DataFrame) -> pd.Series:
    """Why an exit starts no clock, in words; missing where it does."""
    other = spells[["spell_id", "org_code", "entered_best", "left_best"]]
    pairs = exits.merge(other, on="org_code", suffixes=("", "_other"))
    overlaps = (
        (pairs["spell_id"] != pairs["spell_id_other"])
        & (pairs["entered_best_other"] <= pairs["left_best"])
        # An exit that no source gives may have come later.
        & ~(pairs["left_best_other"] <= pairs["left_best"])
    )
    inside = exits["spell_id"].isin(pairs.loc[overlaps, "spell_id"])
    reasons = pd.Series(None, index=exits.index, dtype=object).mask(inside, STILL_INSIDE)
    return reasons.mask(exits["confidence"] == "low", DOUBTED)


def _regimes(eras: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """The regimes in order, [starts, ends): the first era reaches back over all of special measures."""
    dated = eras.dropna(subset="starts_on").sort_values("starts_on", ignore_index=True)
    starts = dated["starts_on"].mask(dated.index == 0, pd.Timestamp.min.as_unit("us"))
    return pd.DataFrame(
        {
            "era_id": dated["era_id"],
            "starts": starts,
            "ends": dated["ends_on"].fillna(today),
        }
    )


def _with_regime(exits: pd.DataFrame, eras: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """Exits with `era_id` of the regime on that day and `regime_ends` (today where it still runs)."""
    regimes = _regimes(eras, today).rename(columns={"ends": "regime_ends"})
    return pd.merge_asof(exits, regimes, left_on="left_best", right_on="starts")


def _first_after(exits: pd.DataFrame, back: pd.DataFrame) -> pd.DataFrame:
    """The first return after each exit that has one, and whether it lies within the regime of the exit."""
    pairs = exits.merge(back, on="org_code")
    is_stated = pairs["stated_era"].notna()
    # A statement must be clearly of the time after the exit: it may else tell of the spell just left.
    exit_day = pairs["left_best"].mask(is_stated, pairs["left_latest"])
    return_day = pairs["return_best"].mask(is_stated, pairs["return_earliest"])
    same_era = ~is_stated | (pairs["stated_era"] == pairs["era_id"])
    marked = pairs.assign(is_within=(pairs["return_best"] < pairs["regime_ends"]) & same_era)
    after = marked[return_day > exit_day]
    first = after.sort_values(["return_best", "returned_as"], kind="stable")
    return first.drop_duplicates("spell_id")[["spell_id", "is_within", *_RETURN]]


def _entries(spells: pd.DataFrame) -> pd.DataFrame:
    dated = spells.dropna(subset="entered_best")
    return pd.DataFrame(
        {
            "org_code": dated["org_code"],
            "returned_as": dated["programme_label"],
            "return_earliest": dated["entered_earliest"],
            "return_best": dated["entered_best"],
            "return_latest": dated["entered_latest"],
            "return_sources": dated["source_urls"].map(list),
            "stated_era": None,
        }
    )


def _top_statements(statements: pd.DataFrame, eras: pd.DataFrame) -> pd.DataFrame:
    """Statements of the highest segment of their era, the days they may speak of as bounds."""
    rows = statements.merge(eras[["era_id", "highest_segment"]], on="era_id")
    top = rows[rows["segment"] == rows["highest_segment"]]
    last = top["effective_to"] - _DAY
    return pd.DataFrame(
        {
            "org_code": top["org_code"],
            "returned_as": "stated in segment " + top["segment"].astype(str),
            "return_earliest": top["effective_from"],
            "return_best": top["effective_from"] + (last - top["effective_from"]) / 2,
            "return_latest": last,
            "return_sources": [[source] for source in top["source_url"]],
            "stated_era": top["era_id"],
        }
    )


def _times(joined: pd.DataFrame, bound: Bound) -> pd.DataFrame:
    """Lengths of a bound, with what ended them."""
    closed = joined["org_closed_on"]
    dissolved = closed.notna() & (closed < joined["regime_ends"]) & joined["return_best"].isna()
    event = pd.Series(STILL_OUT, index=joined.index).mask(dissolved, DISSOLVED)
    end = joined["regime_ends"].mask(dissolved, closed)
    end = joined[f"return_{bound}"].fillna(end)
    stop = at_least_a_day(months_between(joined[f"left_{OTHER_SIDE[bound]}"], end), 0.0)
    event = event.mask(joined["return_best"].notna(), RETURNED)
    return joined.assign(entry=0.0, stop=stop, event=event)[[*_COLUMNS, *_RETURN]]
