"""What the times to exit say, in sentences."""

from indicators.durations import Bound
from indicators.stats.survival import Curve, Estimate
from pages.charts.layers.spell_words import count
from pages.parts.durations import FEWEST


def lead_of_exit(
    curves: dict[Bound, Curve], since: str, spells: int, exits: int, other_ends: int = 0
) -> str:
    """How long until half had left, with its interval and its bounds; fewer than five exits cannot say.

    `since` says what the months count from; `other_ends` are the spells that ended otherwise, which the
    curves set aside (censor). The sentence says so, and where fewer than five were still followed then.
    """
    best = curves["best"].median
    left = count(exits, "exit") if exits else "no exits"
    if exits < FEWEST:
        return f"{spells} spells and {left} are too few to say when half had left."
    if best.estimate is None:
        return f"Fewer than half of {spells} spells are known to have ended by leaving: {left}, no median."
    told = f"Half had left within {_months(best.estimate)} months of {since} {_within(best)}; "
    return f"{told}{spells} spells, {left}{_set_aside(other_ends)}. {_bounds(curves)}{_thin(curves['best'])}"


def _set_aside(other_ends: int) -> str:
    return f", {count(other_ends, 'other end')} set aside" if other_ends else ""


def _thin(curve: Curve) -> str:
    at = curve.table.loc[curve.table["time"] >= curve.median.estimate, "at_risk"].iloc[0]
    if at >= FEWEST:
        return ""
    return f" Only {at} were still followed when half had left: the figure is shaky."


def no_curve(known: int, at_once: int) -> str:
    """Why no curve is drawn: of `known` spells the length is known, of which `at_once` can be followed."""
    if not known:
        return "Of no spell chosen here is the length known well enough to be counted."
    counted = "one spell" if known == 1 else f"{known} spells"
    told = f"Of {counted} chosen here the length is known well enough"
    if at_once < FEWEST:
        return f"{told}, but never of five at once: too few for a curve."
    return f"{told}, and none of them is known to have ended."


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
    if _months(low) == _months(high):
        return "The unknown dates change that by less than a month."
    return f"Depending on what the unknown dates are, between {_months(low)} and {_months(high)} months."
