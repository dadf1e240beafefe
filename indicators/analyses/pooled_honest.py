"""What the mean of the first year withstands of a drift that would have come anyway, as `pooled` tells it."""

from typing import Any

from indicators.analyses.numbers import plain
from indicators.analyses.pooled_judged import Judged
from indicators.stats.pooled.honest import FEWEST, Steps, Withstood, steps_of, withstood

REFUSED = (
    f"Whether a drift from before explains it cannot be told: at least {FEWEST} events with figures in every "
    "quarter of the year before and after are needed, and a lead before the last quarter."
)
_NUMBERS = ("n", "leads", "reference", "line", "points", "largest_before", "breakdown")


def honest_of(judged: Judged) -> dict[str, Any]:
    """`honest`: the mean with a straight drift carried on, with bends in it, and at which 0 is let in."""
    steps = steps_of(judged.panel, judged.effects, judged.options.anticipation)
    if steps is None:
        return {"honest": dict.fromkeys(_NUMBERS) | {"refused": REFUSED}}
    return {"honest": _told(steps, withstood(steps, judged.spec.alpha)) | {"refused": None}}


def _told(steps: Steps, found: Withstood) -> dict[str, Any]:
    points = [
        {"m": plain(m), "ci_low": plain(low), "ci_high": plain(high)}
        for m, (low, high) in found.intervals.items()
    ]
    low, high = found.intervals[0.0]
    return {
        "n": len(steps.each),
        "leads": steps.leads,
        "reference": steps.reference,
        "line": {"estimate": plain((low + high) / 2), "ci_low": plain(low), "ci_high": plain(high)},
        "points": points,
        "largest_before": plain(steps.largest_before),
        "breakdown": None if found.breakdown is None else plain(found.breakdown),
    }
