"""What the view of the synthetic control says, in sentences: before a run, of its fit, of its gap."""

from collections.abc import Sequence
from typing import Any

from indicators.analyses.synthetic_before import SyntheticBefore
from indicators.analyses.synthetic_panel import enough_before
from indicators.stats.synthetic.gate import FAIR, LEAST_DONORS
from pages.charts.layers.formats import IndicatorText, format_change, format_span
from pages.charts.layers.spell_words import count
from pages.parts.its.series import day_of
from pages.parts.its.words import interval_of, size_of

FORM_WORDS = {
    "demeaned": "Demeaned: movements agree, not levels",
    "plain": "Plain: levels agree too",
    "ridge": "Ridge-augmented: weights may be below 0",
    "sdid": "Synthetic difference in differences",
}
SHORT_FORM_WORDS = {
    "demeaned": "Demeaned",
    "plain": "Plain",
    "ridge": "Ridge-augmented",
    "sdid": "Synthetic DiD",
}
LEAST_WEIGHT = 0.0005
"""Weights that are 0.1 % when rounded, or more, are told."""
NOT_READ = "not read"


def before_sentences(before: SyntheticBefore, text: IndicatorText) -> tuple[str, str]:
    """Whether a fit can pass at all, and what it has to go by."""
    donors, periods = len(before.donors), text.period_noun
    told = (
        f"{count(before.before, periods)} before entry and {before.after} from entry on; "
        f"{count(donors, 'organisation')} of its type, never in a programme, can be donors."
    )
    if before.lacking:
        lead = f"No fit can pass here: {'; '.join(before.lacking)}."
        return f"{lead} A run shows the fit before entry, and no effect is read.", told
    lead = (
        f"However large the gap, p cannot be below {before.least_p:.3f}, as there are {donors} others "
        "to compare with."
    )
    return lead, told


def left_out_sentence(left_out: int, text: IndicatorText) -> str:
    """How many organisations are no donors for want of figures; nothing where there are none."""
    if not left_out:
        return ""
    who = count(left_out, "further organisation")
    verb = "has" if left_out == 1 else "have"
    return (
        f"{who} of its type never in a programme {verb} no figure in one {text.period_noun} or more, and "
        "cannot be donors."
    )


def fit_words(fit: dict[str, Any]) -> str:
    """`fit fair: before entry the gap is 0.30 of its own spread`."""
    return f"fit {fit['label']}: before entry the gap is {fit['share']:.2f} of its own spread"


def result_sentences(result: dict[str, Any], text: IndicatorText) -> tuple[str, ...]:
    """The mean gap with the fit and its rank among placebos; or plainly that no effect is read."""
    if not result["fit"]["passes"]:
        return (no_effect_sentence(result, text), "The chart shows the fit before entry alone.")
    side = "above" if result["att"] > 0 else "below"
    size = size_of(result["att"], text)
    gap = f"{stretch_words(result, text)} it lay on average {size} {side} its synthetic control"
    first = f"{gap} of {donors_words(result)} ({fit_words(result['fit'])})."
    told = [first, placebo_sentence(result)]
    if "ci_low" in result:
        told.append(f"By the spread of the placebos: {interval_of(result, text)}.")
    return tuple(told)


def no_effect_sentence(result: dict[str, Any], text: IndicatorText) -> str:
    """What keeps the fit from passing, all of it."""
    fit, periods = result["fit"], result["n_pre"]
    enough = enough_before(text.period_noun)
    lacks = []
    if fit["share"] > FAIR:
        lacks.append(
            f"before entry the gap is {fit['share']:.2f} of its own spread, and at most {FAIR} passes"
        )
    if periods < enough:
        lacks.append(
            f"there are {count(periods, text.period_noun)} before entry, and {enough} are needed"
        )
    if result["n_donors"] < LEAST_DONORS:
        lacks.append(
            f"there are {count(result['n_donors'], 'donor')}, and {LEAST_DONORS} are needed"
        )
    return f"No effect is read, because the fit does not pass: {'; '.join(lacks)}."


def stretch_words(result: dict[str, Any], text: IndicatorText) -> str:
    """`From Jul 2021 to Feb 2026`: the periods from entry on."""
    after = result["series"][result["n_pre"] :]
    first, last = (
        format_span(day_of(one["period"]), text.step_months)
        for one in after[:: len(after) - 1 or 1]
    )
    return f"In {first}" if first == last else f"From {first} to {last}"


def donors_words(result: dict[str, Any]) -> str:
    """`11 organisations`: those with a weight that is told."""
    number = sum(abs(weight) >= LEAST_WEIGHT for weight in result["weights"].values())
    return count(number, "organisation")


def placebo_sentence(result: dict[str, Any]) -> str:
    """How many placebos are as large (by gap after to gap before), with p and the smallest it could be."""
    usual = usual_rank(result)
    kept, large = usual["kept"], usual["as_large"]
    if not kept:
        return "No placebo fits well enough before entry to be compared with, so there is no p."
    verb = "is" if large == 1 else "are"
    return (
        f"{large or 'None'} of {count(kept, 'placebo')} {verb} as large or larger: "
        f"p {usual['p']:.3f}; with {count(kept, 'other')} p cannot be below "
        f"{usual['floor']:.3f}."
    )


def usual_rank(result: dict[str, Any]) -> dict[str, Any]:
    """The rank among placebos that fit at most five times worse."""
    found: dict[str, Any] = next(one for one in result["placebos"]["by_limit"] if one["limit"] == 5)
    return found


def further_sentences(result: dict[str, Any], text: IndicatorText) -> list[str]:
    """What else speaks for or against the gap; of a poor fit nothing of the time after entry."""
    earlier = _earlier(result["placebo_in_time"], text)
    if not result["fit"]["passes"]:
        return [earlier]
    return [
        _limits(result["placebos"]["by_limit"]),
        earlier,
        _without_each(result["leave_one_out"], text),
        "All donors and all periods alike (difference in differences): "
        f"{format_change(result['difference_in_differences'], text.unit)}.",
    ]


def _limits(ranks: Sequence[dict[str, Any]]) -> str:
    named = [
        f"{_limit(one['limit'])} {'no p' if one['p'] is None else format(one['p'], '.3f')} ({one['kept']})"
        for one in ranks
    ]
    return (
        f"p (and the number of placebos) by how much worse a placebo may fit: {', '.join(named)}."
    )


def _limit(limit: float | None) -> str:
    return "any" if limit is None else f"{limit:.0f} times"


def _earlier(found: dict[str, Any] | None, text: IndicatorText) -> str:
    if found is None:
        return "Placebo in time: the time before entry has no room for an entry a year earlier."
    when = format_span(day_of(found["interruption"]), text.step_months)
    gap = format_change(found["att"], text.unit)
    return (
        f"Placebo in time: with an entry made up in {when} the mean gap up to the real one is {gap}. It is "
        "no effect of the programme, and says how far off the later gap can be."
    )


def _without_each(found: Sequence[dict[str, Any]], text: IndicatorText) -> str:
    low, high = (format_change(end, text.unit) for end in left_out_range(found))
    number = len(found)
    donors = "the only donor with a weight" if number == 1 else f"each of {number} donors in turn"
    return f"Without {donors} the mean gap lies between {low} and {high}."


def left_out_range(found: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """The smallest and the largest mean gap without one donor."""
    gaps = [float(one["att"]) for one in found]
    return min(gaps), max(gaps)


def form_label(form: str, result: dict[str, Any]) -> str:
    """`Demeaned, fit fair 0.30`."""
    fit = result["fit"]
    return f"{SHORT_FORM_WORDS[form]}, fit {fit['label']} {fit['share']:.2f}"


def earlier_stay_sentence(names: Sequence[str]) -> str:
    """That the time before entry is partly time in another programme; nothing where it is not."""
    if not names:
        return ""
    return (
        f"Part of the time before this entry was already spent in a programme: {'; '.join(names)}. The fit "
        "then takes up what that programme changed, and the gap is what came on top."
    )
