"""Run for all in sentences: how many effects are clear, how many by chance alone, and why some have none."""

import pandas as pd

from indicators.its_all import ENTRY_UNKNOWN
from indicators.its_all_rows import estimated, refused

ALPHA = 0.05
"""The share of intervals that miss."""
NOT_POOLED = {
    "entry": "Each is an estimate of one series, of organisations that entered at their worst, so some "
    "rebound would follow anyway; they are not averaged here.",
    "exit": "Each is an estimate of one series, of organisations that left once they had improved, so some "
    "falling back would follow anyway; they are not averaged here.",
}
"""Why a count is all that is said of them together."""
REASONS = {
    "TOO_FEW_POINTS": "too few points before or after",
    "NEEDS_DATA": "no figures published",
    "TOO_MANY_GAPS": "too many gaps",
    "SERIES_BREAK": "a merger or change of definition in the way",
    "COVID_OVERLAP": "entry or exit inside the pandemic",
    "ROLLING_WINDOW": "rolling figures, which smear a change",
    "NO_VARIATION": "no variation",
    "NOT_CONVERGED": "the model did not settle",
    "INTERRUPTIONS_CLOSE": "entry and exit too close together",
    ENTRY_UNKNOWN: "entry not known to the month",
    "HORIZON_NOT_OBSERVED": "nothing observed after the event",
}


def lead_sentences(frame: pd.DataFrame, event: str) -> list[str]:
    """What the effects say together, which is a count; `frame` as `as_frame` gives it."""
    found, of = estimated(frame), _of(frame, event)
    if found.empty:
        return [f"None of {of} could be estimated."]
    sided = found[found["favourable"].notna()]
    told = [f"{len(found):,} of {of} could be estimated."]
    if len(sided):
        told.append(_counted(sided, "improvement", "worsening"))
    if len(sided) < len(found):
        told.append(
            _counted(found[found["favourable"].isna()], "rise", "fall", " (neither is better)")
        )
    return [*told, *_far(found), NOT_POOLED[event]]


def _of(frame: pd.DataFrame, event: str) -> str:
    """`45 entries known to the month`, or `74 series (37 indicators, 2 entries known to the month)`."""
    indicators, stays = (len(frame[name].unique()) for name in ("indicator_id", "spell_ids"))
    events = {"entry": ("entry", "entries"), "exit": ("exit", "exits")}[event]
    known = f"{stays:,} {events[stays != 1]} known to the month"
    return (
        known if indicators == 1 else f"{len(frame):,} series ({indicators:,} indicators, {known})"
    )


def _counted(rows: pd.DataFrame, up: str, down: str, beside: str = "") -> str:
    """How many are clear on each side, and how many of each would be if nothing had changed."""
    ups, downs = (int((rows["evidence"] == f"clear {way}").sum()) for way in (up, down))
    chance = ALPHA / 2 * len(rows)
    return (
        f"{ups} of {len(rows)} show a clear {up} and {downs} a clear {down}{beside}; by chance alone about "
        f"{chance:.1f} of each would."
    )


def _far(found: pd.DataFrame) -> list[str]:
    """How many of the clear ones are extrapolation."""
    clear = found[found["evidence"].str.startswith("clear")]
    far = int(clear["is_extrapolated"].sum())
    if not far:
        return []
    verb = "rests" if far == 1 else "rest"
    beyond = "a line carried on far beyond every value of the series"
    return [f"{far} of these {verb} on {beyond}, which is hardly evidence."]


def refusal_sentence(frame: pd.DataFrame) -> str:
    """How many have no estimate, by reason: `34 not estimated: 21 too few points before or after; …`."""
    none = refused(frame)
    if none.empty:
        return ""
    reasons = none["code"].map(REASONS).fillna(none["code"]).value_counts()
    listed = "; ".join(f"{number:,} {reason}" for reason, number in reasons.items())
    return f"{len(none):,} not estimated: {listed}."


def short_reason(code: str) -> str:
    """A refusal in a few words."""
    return REASONS.get(code, code)
