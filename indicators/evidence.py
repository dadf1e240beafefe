"""The words of evidence for a change: which side its interval lies on, if on one alone (METHODS 0.4)."""


def evidence_of(low: float, high: float, side: int) -> str:
    """`clear improvement`, `clear worsening` or `uncertain`, of the interval from `low` to `high`.

    `side`: 1 if higher is better, −1 if lower; 0 if neither, of which a change is a `clear rise` or `clear
    fall`. An interval with a missing end is uncertain.
    """
    if not (low > 0 or high < 0):
        return "uncertain"
    up = 1 if low > 0 else -1
    if side == 0:
        return "clear rise" if up > 0 else "clear fall"
    return "clear improvement" if up == side else "clear worsening"
