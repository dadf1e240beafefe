"""What the times to exit say, in sentences."""

from indicators.durations import Bound
from indicators.stats.survival import Curve, Estimate

_ENOUGH = 5


def lead_of_exit(curves: dict[Bound, Curve], since: str, rests: str) -> str:
    """How long until half had left, with its interval and its bounds.

    `since` says what the months count from, `rests` what the figure rests on. Where fewer than five were
    still followed at that time, it says so.
    """
    best = curves["best"].median
    if best.estimate is None:
        return f"Fewer than half are known to have left, so there is no median: {rests}."
    told = (
        f"Half had left within {_months(best.estimate)} months of {since} {_within(best)}; {rests}."
    )
    return f"{told} {_bounds(curves)}{_thin(curves['best'])}"


def _thin(curve: Curve) -> str:
    at = curve.table.loc[curve.table["time"] >= curve.median.estimate, "at_risk"].iloc[0]
    if at >= _ENOUGH:
        return ""
    return f" Only {at} were still followed when half had left: the figure is shaky."


def too_few(spells: int) -> str:
    """That no curve is drawn, and of how many spells the length is known."""
    if not spells:
        return "Of no spell chosen here is the length known well enough to be counted."
    counted = "one spell" if spells == 1 else f"{spells} spells"
    return f"Of {counted} chosen here the length is known well enough: too few for a curve."


def start_sentence(start: float) -> str:
    """Says so where a curve begins later than at 0, else nothing."""
    if start <= 0:
        return ""
    return (
        f"Before {start:.0f} months fewer than five were at risk: the curve begins there and is the share of "
        "those then inside."
    )


def _months(value: float) -> str:
    return f"{value:.0f}"


def _within(median: Estimate) -> str:
    low = _months(median.ci_low) if median.ci_low is not None else "not known"
    high = _months(median.ci_high) if median.ci_high is not None else "not known"
    return f"(95 % interval {low} to {high})"


def _bounds(curves: dict[Bound, Curve]) -> str:
    low, high = curves["earliest"].median.estimate, curves["latest"].median.estimate
    if low is None:
        return (
            "Depending on what the unknown dates are, it may also be that fewer than half had left."
        )
    if high is None:
        return (
            f"Depending on what the unknown dates are, it may be {_months(low)} months, or more than the "
            "longest time on record."
        )
    return f"Depending on what the unknown dates are, between {_months(low)} and {_months(high)} months."
