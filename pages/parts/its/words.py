"""What the page of interrupted time series says, in sentences."""

from typing import Any

from indicators.analyses.its_before import Before
from indicators.stats.its.power import REPS, SEED
from pages.charts.layers.formats import IndicatorText, format_change, format_month, format_value
from pages.charts.layers.spell_words import count
from pages.parts.its.choice import METHOD_WORDS
from pages.parts.its.series import day_of

GRADE_WORDS = {
    "standard": "a standard run",
    "exploratory": "an exploratory run: 8 to 11 points on the smaller side, read the interval",
    "descriptive": "a descriptive run: under 8 points on the smaller side, so no p-value",
}
FITTED_WORDS = METHOD_WORDS | {
    "quasi_binomial": "counts as shares with overdispersion (quasi-binomial)",
    "quasi_poisson": "counts as rates with overdispersion (quasi-Poisson)",
    "negative_binomial": "few and scattered counts as rates (negative binomial)",
}
"""Methods of a result: counts are fitted as such where METHODS prescribes it, whatever was asked for."""


def size_of(change: float, text: IndicatorText) -> str:
    """A difference without its sign: `1.2 points`."""
    return format_change(abs(change), text.unit).lstrip("+")


def interval_of(found: dict[str, Any], text: IndicatorText) -> str:
    """`95 % interval −9.3 points to +3.6 points`."""
    low, high = (format_change(found[name], text.unit) for name in ("ci_low", "ci_high"))
    return f"95 % interval {low} to {high}"


def power_sentence(before: Before, text: IndicatorText, phase_in: int) -> str:
    """The smallest effects that this series could show, before any result."""
    since = _since(phase_in > 0)
    first, *rest = before.detectable
    horizon, smallest = first
    what = "change in level" if horizon == 0 else f"change {_after(horizon, text, since)}"
    told = f"A {what} smaller than {size_of(smallest, text)} could not have been told from chance"
    if not rest:
        return f"{told} (80 % power)."
    horizon, smallest = rest[-1]
    later = f"a difference {_after(horizon, text, since)} under {size_of(smallest, text)}"
    return f"{told}, nor {later} (80 % power)."


def formula_sentences(before: Before, text: IndicatorText) -> list[str]:
    """How that was found where it was simulated, and what the formula alone would have said."""
    found = [one for one in before.least if one.interruption == 1 and one.simulated is not None]
    if not found:
        return []
    smallest = [
        f"{size_of(one.known, text)} {_at(one.horizon, text)}"
        for one in dict.fromkeys((found[0], found[-1]))
    ]
    return [
        f"What could have been told is known from {REPS:,} made series with errors like these (seed {SEED}), "
        "each fitted as this one would be. The formula, which takes the errors’ correlation and spread as "
        f"known, gives {' and '.join(smallest)}."
    ]


def _at(horizon: int, text: IndicatorText) -> str:
    return "at the start" if horizon == 0 else f"{count(horizon, text.period_noun)} on"


def _since(is_phased: bool) -> str:
    """What horizons count from."""
    return "the phase-in" if is_phased else "entry"


def _after(horizon: int, text: IndicatorText, since: str) -> str:
    return f"{count(horizon, text.period_noun)} after {since}"


def points_sentence(segments: tuple[int, ...] | list[int], text: IndicatorText) -> str:
    """`91 months before entry and 16 after`; with an exit `…, 56 to the exit and 3 after it`."""
    before, *after = segments
    begun = f"{count(before, text.period_noun)} before entry"
    if len(after) == 1:
        return f"{begun} and {after[0]} after"
    named = ", ".join(str(number) for number in after[:-1])
    return f"{begun}, {named} to the exit and {after[-1]} after it"


def headline(result: dict[str, Any], step_months: int) -> dict[str, Any] | None:
    """The effect after twelve months, or at the last horizon observed; None where none was."""
    found: list[dict[str, Any]] = result["effects"]
    year = 12 // step_months
    return next((one for one in found if one["horizon"] == year), found[-1] if found else None)


def effect_sentence(effect: dict[str, Any], text: IndicatorText, is_phased: bool) -> str:
    """What the first interruption changed by then, with its interval and the words of evidence.

    `is_phased`: periods from entry on were left out, and horizons count from their end.
    """
    change = effect["estimate"]
    side = "above" if change > 0 else "below"
    line = format_value(effect["counterfactual"], text.unit).replace("-", "−")
    return (
        f"{moment_words(effect, text, is_phased)} it was {size_of(change, text)} {side} the line without "
        f"entry ({line}): {effect['evidence']}, {interval_of(effect, text)}."
    )


def moment_words(effect: dict[str, Any], text: IndicatorText, is_phased: bool) -> str:
    """`12 months after entry (Jul 2022)`, to begin a sentence with."""
    first = (
        "In the first period after the phase-in"
        if is_phased
        else "In the first period from entry on"
    )
    horizon = effect["horizon"]
    moment = first if horizon == 0 else _after(horizon, text, _since(is_phased))
    return f"{moment} ({format_month(day_of(effect['period']))})"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def model_sentence(result: dict[str, Any], text: IndicatorText) -> str:
    """Points, method, autocorrelation and run grade."""
    phi = result["phi"]
    method = FITTED_WORDS.get(result["method"], result["method"].replace("_", " "))
    likeness = "" if phi is None else f", neighbouring errors correlate by φ = {phi:.2f}"
    points = _capital(points_sentence(result["segments"], text))
    return f"{points}; {method}{likeness.replace('-', '−')}; {GRADE_WORDS[result['grade']]}."


def diagnostic_sentences(result: dict[str, Any], text: IndicatorText) -> list[str]:
    """The diagnostics of a run, a sentence each; none of them decides anything."""
    found = result["diagnostics"]
    told = [
        _likeness(found),
        *_ratio(found),
        f"Points over three standard deviations off the line: {found['outliers']}.",
        *_curve(found),
        *_without_last(found, text),
    ]
    return [one.replace(" -", " −") for one in told]


def _likeness(found: dict[str, Any]) -> str:
    tests = [
        f"Breusch–Godfrey at lag {one['lag']} {_chance(one['p'])}"
        for one in found["breusch_godfrey"]
    ]
    ljung = found["ljung_box"]
    tests.append(f"Ljung–Box to lag {ljung['lag']} {_chance(ljung['p'])}")
    lead = f"Neighbouring residuals correlate by {found['acf'][0]:.2f}" if found["acf"] else ""
    watson = f"Durbin–Watson {found['durbin_watson']:.2f}"
    named = "; ".join([*([lead] if lead else []), watson, *tests])
    return f"{named}. The default method allows for such likeness."


def _chance(p: float | None) -> str:
    if p is None:
        return "not defined"
    return "p below 0.001" if p < 0.001 else f"p {p:.3f}"


def _ratio(found: dict[str, Any]) -> list[str]:
    ratio = found["variance_ratio"]
    if ratio is None:
        return []
    return [f"Residuals vary {ratio:.2f} times as much after entry as before (variance)."]


def _curve(found: dict[str, Any]) -> list[str]:
    better = found["curvature_aicc"]
    if better is None:
        return []
    return [
        f"A curve in place of the line before entry is better by {better:.1f} in AICc; above 4 is warned of."
    ]


def _without_last(found: dict[str, Any], text: IndicatorText) -> list[str]:
    other = found["level_without_last_three"]
    if other is None:
        return []
    return [
        "Without the last three points before entry the change in level is "
        f"{format_change(other['estimate'], text.unit)} ({interval_of(other, text)})."
    ]


def placebo_sentence(placebo: dict[str, Any] | None) -> str:
    """How often as clear a change is found at made-up entries before the real one."""
    if placebo is None:
        return "Placebo in time: the time before entry has no room for made-up entries."
    number, rank = placebo["number"], placebo["rank"]
    return (
        f"Placebo in time: of {number} made-up entries before the real one, {rank - 1} gave a change in "
        f"level as clear as it or clearer (rank {rank} of {number + 1}, p {placebo['p']:.3f}; the least "
        f"possible is {1 / (number + 1):.3f})."
    )
