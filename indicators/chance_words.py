"""Was it more than chance, in plain words: warnings before and beside a result, the rebound in a sentence."""

from indicators.analyses.refusal import warn
from indicators.stats.its.power import is_underpowered
from indicators.stats.regression_to_mean.baselines import BaseSensitivity, EntryDip
from indicators.stats.regression_to_mean.excess import Rebound

Warnings = list[dict[str, str]]


def low_point_warnings(sensitivity: BaseSensitivity, dip: EntryDip | None) -> Warnings:
    """`RTM_LIKELY` and `ENTRY_DIP` where they hold, each with its cause and what to do."""
    told = []
    if sensitivity.is_likely:
        first, third = (_signed(sensitivity.effects[place].effect) for place in (0, 2))
        cause = f"Measured from the last month before entry the change is {first}, from months −12 to −4"
        advice = "Much of it may be return to the usual level: read the excess, not the change"
        told.append(warn("RTM_LIKELY", f"{cause} it is {third}. {advice}."))
    if dip is not None and dip.is_dip:
        cause = (
            "The half year before entry differs from the half year before that, after level months"
        )
        advice = "Measure the change from months −12 to −7"
        told.append(warn("ENTRY_DIP", f"{cause}, by {_signed(dip.size)}. {advice}."))
    return told


def power_warnings(detectable: float, gap: float, unit: str) -> Warnings:
    """`UNDERPOWERED` where the series could not show an effect as large as the gap to the national median."""
    if not is_underpowered(detectable, gap):
        return []
    cause = f"A series like this shows only effects of {detectable:.1f} {unit} or more"
    whole = f"the whole gap to the national median is {abs(gap):.1f}"
    advice = "No clear effect here does not mean that there was none: look at all entrants together"
    return [warn("UNDERPOWERED", f"{cause}, and {whole}. {advice}.")]


def rebound_sentence(rebound: Rebound, unit: str, better: int) -> str:
    """The rebound in the words of METHODS 6, favourable changes positive.

    `better`: 1 if higher is better, −1 if lower; with 0 the change is told as it is.
    """
    side = better or 1
    observed, expected = side * rebound.observed, side * rebound.expected
    low, high = sorted((side * rebound.ci_low, side * rebound.ci_high))
    interval = f"95 % interval {_signed(low)} to {_signed(high)}"
    beyond = f"the difference is {_signed(observed - expected)} ({interval})"
    if better and observed >= expected >= 0:
        gained = f"Of the {observed:.1f} {unit} of improvement in the first year"
        others = (
            f"{expected:.1f} {unit} is what similar organisations recovered without the programme"
        )
        return f"{gained}, {others}; {beyond}."
    change = f"In the first year the change was {_signed(observed)} {unit}"
    direction = " (improvement is +)" if better else ""
    others = f"of similar organisations without the programme it was {_signed(expected)}"
    return f"{change}{direction}, and {others}; {beyond}."


def _signed(number: float) -> str:
    size = f"{abs(number):.1f}"
    # A hair on either side of nothing is nothing, as in every other change.
    return size if size == "0.0" else ("−" if number < 0 else "+") + size
