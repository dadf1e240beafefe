"""What is known of moves between segments, in sentences."""

import re

import pandas as pd

from indicators.stats.transitions import count_transitions


def lead_of_moves(panel: pd.DataFrame, moves: pd.DataFrame, era: str) -> str:
    """How many pairs of neighbouring quarters are known under a framework, and what they show."""
    if panel.empty and moves.empty:
        return f"Under {era} no segment of a single quarter is on record: nothing can be said of moves."
    counts = count_transitions(panel[["unit", "period", "state"]]).counts
    pairs = int(counts.to_numpy().sum())
    stayed = sum(int(counts.loc[state, state]) for state in counts.index)
    known = f"Under {era}, {_pairs(pairs)} of neighbouring quarters"
    said = (
        f"{known} {'is' if pairs == 1 else 'are'} known, {pairs - stayed or 'none'} of them a move"
    )
    over = moves[~moves["is_adjacent"]]
    moved = int((over["kind"] == "moved").sum())
    few = " That is too few for rates of moving." if pairs < 10 else ""
    longer = f"Over longer gaps {_pairs(len(over))} are known, {moved or 'none'} of them a move"
    return f"{said}.{few} {longer}; they are listed."


def _pairs(number: int) -> str:
    return f"{number or 'no'} pair{'s' * (number != 1)}"


def noise_warning(counts: pd.DataFrame) -> str:
    """The publisher's own word on moves between the first quarters of 2025/26; nothing where it has none."""
    if counts.empty:
        return ""
    row = counts.iloc[0]
    below = re.search(r"(\d+) below the significance threshold", str(row["note"]))
    noise = f", {below[1]} of them within its own threshold of noise" if below else ""
    return (
        f"NHS England reports that {row['organisations']} trusts changed segment between the first and "
        f"second quarter of 2025/26{noise}. Read moves under this framework with that in mind."
    )


def segment_three_sentence(rows: pd.DataFrame, era: str) -> str:
    """How many are known to have been in segment 3, how many were stated again, and where they went."""
    total = rows.sum(numeric_only=True)
    if rows.empty or not total["in_3"]:
        return f"Under {era} no organisation is on record in segment 3."
    number = {name: int(value) for name, value in total.items()}
    within, either = (
        number["moved_3_to_4_within_12_months"],
        number["moved_3_to_4_within_or_later"],
    )
    vague = f", {either} within or later since the day is not known" if either else ""
    return (
        f"Under {era}, {number['in_3']} organisations are on record in segment 3; {number['in_3_followed']} "
        f"of them are stated again later. Of these {number['moved_3_to_4']} moved to 4 ({within} within 12 "
        f"months{vague}) and {number['moved_3_to_2']} to 2. {number['moved_4_to_3']} of "
        f"{number['in_4_followed']} stated again after segment 4 moved to 3. Of the other "
        f"{number['in_3_not_followed']} in segment 3 nothing later is known, which does not mean that they "
        "stayed."
    )
