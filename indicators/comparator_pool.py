"""Who can be compared with an organisation that entered: every organisation in or out, with its reason."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

LEAST_FILLED = 0.9
"""Share of the periods of the one that entered in which a comparator has to have a value."""


def comparator_pool(candidates: pd.DataFrame, org: str, filled: Mapping[str, int]) -> pd.DataFrame:
    """One row per organisation: `org_code, org_name, is_in, reason`, the reason as one plain phrase.

    `candidates` are the rows of the read `comparator_candidates` for `org`; `filled`: in how many of the
    periods in which `org` has a value each organisation has one too (`org` itself: how many there are).
    The first reason that holds is given: type, programme, segment, merger, missing figures.
    """
    rows = [_judge(row, org, filled) for row in candidates.itertuples()]
    judged = pd.DataFrame(rows, columns=["is_in", "reason"], index=candidates.index)
    return candidates[["org_code", "org_name"]].join(judged).reset_index(drop=True)


def _judge(row: Any, org: str, filled: Mapping[str, int]) -> tuple[bool, str]:
    """Whether one organisation is in the pool, and why (not)."""
    periods, has = filled[org], filled.get(row.org_code, 0)
    if row.org_code == org:
        return False, "is the one that entered"
    against = _against(row)
    if against:
        return False, against
    if has == 0:
        return False, "has no figure in this time"
    if has < LEAST_FILLED * periods:
        return False, f"has figures for only {has} of the {periods} periods"
    return (
        True,
        f"same type, never in a programme on record, figures for {has} of {periods} periods",
    )


def _against(row: Any) -> str | None:
    """What the register says against it, in words; None if nothing."""
    if pd.isna(row.is_same_type) or not row.is_same_type:
        return "is another type of organisation"
    if not row.is_never_in_programme:
        return "was in a programme, or took over one that was"
    if pd.notna(row.highest_on):
        return (
            f"was in segment {int(row.highest_segment)} in the quarter from {row.highest_on:%B %Y}"
        )
    if pd.notna(row.took_over_on):
        return f"took over another organisation on {_day(row.took_over_on)}"
    if pd.notna(row.passed_on):
        return f"passed into another organisation on {_day(row.passed_on)}"
    return None


def _day(day: pd.Timestamp) -> str:
    return f"{day.day} {day:%B %Y}"


def explain(
    pool: pd.DataFrame, chosen: Sequence[str], passed_over: Mapping[str, str]
) -> pd.DataFrame:
    """The pool after matching: `chosen` (nearest first) are in; others of the pool are out, and why."""
    places = {code: place for place, code in enumerate(chosen, start=1)}
    codes = pool["org_code"]
    was_in = pool["is_in"]
    reason = pool["reason"].where(~was_in, codes.map(passed_over).fillna(pool["reason"]))
    nearest = codes.map(
        {code: f"comparable, and {_rank(place)} before entry" for code, place in places.items()}
    )
    return pool.assign(is_in=codes.isin(places), reason=nearest.fillna(reason))


def _rank(place: int) -> str:
    return "nearest" if place == 1 else f"number {place} in nearness"
